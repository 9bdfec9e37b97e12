//! Starts a configured command as an agent does, and asks it for its tools.

use std::collections::VecDeque;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};

use crate::error::{Error, Kind, Result};

use super::launch::Launch;
use super::places::Places;
use crate::mcp::TROUBLE;

/// How long a server may take until all its tools are known.
const LONGEST_PROBE: Duration = Duration::from_secs(10);
/// The protocol that is offered: the one that the most agents speak.
const PROTOCOL: &str = "2025-06-18";
/// The longest message that is read.
const LONGEST_MESSAGE: u64 = 4 << 20;
/// So many last lines of a server's complaints are shown.
const COMPLAINTS: usize = 3;

/// What a server answered
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
pub struct Answer {
    /// The version of the protocol that it chose
    pub protocol: String,
    /// The names of its tools
    pub tools: Vec<String>,
    /// How long it took, from start to the last tool
    pub milliseconds: u64,
}

impl Answer {
    /// In one line.
    pub fn text(&self) -> String {
        let count = self.tools.len();
        format!(
            "{count} {}, protocol {}, {} ms",
            if count == 1 { "tool" } else { "tools" },
            self.protocol,
            self.milliseconds
        )
    }
}

/// Starts the command with as little around it as agents give, and asks for its tools. It is always ended.
pub async fn probe(launch: &Launch, places: &Places) -> Result<Answer> {
    let started = Instant::now();
    let failed = |why: String, complaints: &[String]| {
        let mut text = format!("`{}` {why}", launch.text());
        if !complaints.is_empty() {
            text = format!("{text}; it said: {}", complaints.join(" | "));
        }
        Error::new(Kind::Unavailable, text)
    };
    let mut running =
        Running::start(&launch.clone().found(places), &places.home).map_err(|error| {
            failed(format!("cannot be started: {error}"), &[])
                .hint("bring the entry up to date with `daytona mcp init` and the agent's name")
        })?;
    let talk = async {
        tokio::time::timeout(LONGEST_PROBE, running.conversation.talk())
            .await
            .unwrap_or_else(|_| {
                Err(format!(
                    "did not answer within {} s",
                    LONGEST_PROBE.as_secs()
                ))
            })
    };
    // What it says on stderr is read beside, or a full pipe would stop it.
    let mut complaints = VecDeque::new();
    let outcome = {
        let hear = hear(running.stderr.take(), &mut complaints);
        tokio::pin!(talk, hear);
        let mut heard = false;
        let outcome = loop {
            tokio::select! {
                outcome = &mut talk => break outcome,
                () = &mut hear, if !heard => heard = true,
            }
        };
        if outcome.is_err() && !heard {
            // Its last words may still be in the pipe.
            let _ = tokio::time::timeout(Duration::from_millis(100), hear).await;
        }
        outcome
    };
    running.end().await;
    match outcome {
        Ok((protocol, tools)) => Ok(Answer {
            protocol,
            tools,
            milliseconds: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        }),
        Err(why) => Err(
            failed(why, &complaints.into_iter().collect::<Vec<String>>())
                .hint(format!("see for yourself: `{}`", launch.text())),
        ),
    }
}

/// A child that does not outlive the look at it, with what it started in its group.
struct Running {
    child: Child,
    conversation: Conversation,
    stderr: Option<ChildStderr>,
}

impl Running {
    fn start(launch: &Launch, home: &Path) -> Result<Self, String> {
        let mut command = Command::new(&launch.program);
        // As bare as Codex starts servers; Windows's programs need more than a handful of variables.
        if cfg!(unix) {
            command
                .env_clear()
                .env("HOME", home)
                .env("PATH", "/usr/bin:/bin")
                .env("LANG", "C.UTF-8");
        }
        // References to variables are the agent's to fill in, and here there is nothing to fill in.
        let plain = launch
            .env
            .iter()
            .filter(|(_, value)| !value.contains(['$', '{']));
        command
            .args(&launch.args)
            .envs(plain)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(stdin), Some(stdout)) => Ok(Self {
                conversation: Conversation {
                    stdin,
                    stdout: BufReader::new(stdout),
                    id: 0,
                },
                stderr: child.stderr.take(),
                child,
            }),
            _ => Err("it has no standard input or output".to_owned()),
        }
    }
}

impl Running {
    /// Ends it, and waits until it is gone.
    async fn end(&mut self) {
        self.kill();
        let _ = self.child.wait().await;
    }

    fn kill(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self
            .child
            .id()
            .and_then(|id| rustix::process::Pid::from_raw(i32::try_from(id).ok()?))
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.start_kill();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The few messages of the protocol that are needed; a failure says what the server did.
struct Conversation {
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    id: u64,
}

impl Conversation {
    async fn talk(&mut self) -> Result<(String, Vec<String>), String> {
        let hello = json!({
            "protocolVersion": PROTOCOL,
            "capabilities": {},
            "clientInfo": { "name": "daytona", "version": env!("CARGO_PKG_VERSION") },
        });
        let answer = self.ask("initialize", hello).await?;
        let protocol = answer["protocolVersion"]
            .as_str()
            .ok_or("did not say which protocol it speaks")?
            .to_owned();
        let instructions = answer["instructions"].as_str().unwrap_or_default();
        if instructions.starts_with(TROUBLE) {
            return Err("refuses every call".to_owned());
        }
        self.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }))
            .await?;
        let mut tools = Vec::new();
        let mut parameters = json!({});
        loop {
            let page = self.ask("tools/list", parameters).await?;
            let listed = page["tools"].as_array().ok_or("did not list its tools")?;
            tools.extend(
                listed
                    .iter()
                    .filter_map(|tool| Some(tool.get("name")?.as_str()?.to_owned())),
            );
            match page["nextCursor"].as_str() {
                Some(cursor) => parameters = json!({ "cursor": cursor }),
                None => return Ok((protocol, tools)),
            }
        }
    }

    async fn ask(&mut self, method: &str, parameters: Value) -> Result<Value, String> {
        self.id += 1;
        let request =
            json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": parameters });
        self.send(&request).await?;
        loop {
            let message = self.receive(method).await?;
            if message["id"] != self.id || message.get("method").is_some() {
                continue;
            }
            if let Some(error) = message.get("error") {
                let why = error["message"].as_str().unwrap_or("no reason given");
                return Err(format!("refused `{method}`: {why}"));
            }
            return Ok(message["result"].clone());
        }
    }

    /// A server that is gone is noticed where its answer is awaited.
    async fn send(&mut self, message: &Value) -> Result<(), String> {
        let _ = self
            .stdin
            .write_all(format!("{message}\n").as_bytes())
            .await;
        let _ = self.stdin.flush().await;
        Ok(())
    }

    async fn receive(&mut self, method: &str) -> Result<Value, String> {
        let mut line = Vec::new();
        let mut limited = (&mut self.stdout).take(LONGEST_MESSAGE);
        limited
            .read_until(b'\n', &mut line)
            .await
            .map_err(|error| format!("cannot be heard: {error}"))?;
        if line.is_empty() {
            return Err(format!("ended before it answered `{method}`"));
        }
        serde_json::from_slice(&line).map_err(|_| {
            let text = String::from_utf8_lossy(&line);
            let start: String = text.trim_end().chars().take(80).collect();
            format!("printed what is not MCP: `{start}`")
        })
    }
}

/// Keeps the last lines of stderr until it ends.
async fn hear(stderr: Option<ChildStderr>, last: &mut VecDeque<String>) {
    let Some(stderr) = stderr else { return };
    let mut stderr = BufReader::new(stderr);
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut stderr).take(4096).read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        if text.is_empty() {
            continue;
        }
        last.push_back(text);
        if last.len() > COMPLAINTS {
            last.pop_front();
        }
    }
}
