//! An MCP client that knows nothing but JSON lines on a pipe.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::binary::Home;
use crate::leftover::within;
use crate::stopwatch::Stopwatch;

/// How a server is started that offers every tool there is, and asks nothing.
const ALL_TOOLS: &[&str] = &["mcp", "start", "--toolsets", "all", "--confirm", "never"];
/// No call of a test takes longer.
const ANSWER_WITHIN: Duration = Duration::from_secs(90);

/// A server and the lines that it writes. It is killed when a test fails.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    id: i64,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    pub(crate) fn start(home: &Home) -> Self {
        Self::started(home, &["mcp", "start"])
    }

    /// One that was started with these flags, and heard nothing yet.
    pub(crate) fn start_with(home: &Home, flags: &[&str]) -> Self {
        Self::started(home, &[&["mcp", "start"], flags].concat())
    }

    /// One that was greeted, and offers every tool.
    pub(crate) fn with_all_tools(home: &Home) -> Self {
        let mut server = Self::started(home, ALL_TOOLS);
        server.initialize("2025-11-25");
        server
    }

    /// One that was started with these flags, by a client of the older era with these capabilities.
    pub(crate) fn with(home: &Home, flags: &[&str], capabilities: &Value) -> Self {
        let mut server = Self::started(home, &[&["mcp", "start"], flags].concat());
        server.introduce("2025-11-25", capabilities);
        server
    }

    /// One that was not greeted.
    pub(crate) fn with_flags(home: &Home, flags: &[&str]) -> Self {
        Self::started(home, &[&["mcp", "start"], flags].concat())
    }

    fn started(home: &Home, arguments: &[&str]) -> Self {
        let mut child = home
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let (said, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                let _ = said.send(line);
            }
        });
        Self {
            stdin: child.stdin.take(),
            child,
            lines,
            id: 0,
        }
    }

    /// One that was greeted as clients of the older era do.
    pub(crate) fn greeted(home: &Home) -> Self {
        let mut server = Self::start(home);
        server.initialize("2025-11-25");
        server
    }

    pub(crate) fn initialize(&mut self, version: &str) -> Value {
        self.introduce(version, &json!({}))
    }

    fn introduce(&mut self, version: &str, capabilities: &Value) -> Value {
        let client = json!({"name": "Test Client", "version": "1"});
        let reply = self.ask(
            "initialize",
            json!({"protocolVersion": version, "capabilities": capabilities, "clientInfo": client}),
        );
        self.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        reply
    }

    pub(crate) fn say(&mut self, message: &Value) {
        let stdin = self.stdin.as_mut().expect("a pipe that is open");
        writeln!(stdin, "{message}").expect("the server reads");
    }

    /// Sends a request and does not wait for its answer.
    pub(crate) fn post(&mut self, method: &str, params: Value) -> i64 {
        self.id += 1;
        let id = self.id;
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
        message["params"] = params;
        self.say(&message);
        id
    }

    /// The whole answer to a request.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.post(method, params);
        self.answer_to(id, |_, _| {})
    }

    /// The answer to a request; whatever comes before it is looked at.
    pub(crate) fn answer_to(&mut self, id: i64, mut look: impl FnMut(&mut Self, &Value)) -> Value {
        loop {
            let line = self.lines.recv_timeout(ANSWER_WITHIN).expect("an answer");
            let message: Value = serde_json::from_str(&line).expect("only JSON on stdout");
            if message["id"] == id && message["method"].is_null() {
                return message;
            }
            look(self, &message);
        }
    }

    /// The next message, whatever it is.
    pub(crate) fn next_message(&mut self) -> Value {
        let line = self.lines.recv_timeout(ANSWER_WITHIN).expect("a message");
        serde_json::from_str(&line).expect("only JSON on stdout")
    }

    /// How many answers have come that nobody has looked at.
    pub(crate) fn answers(&mut self) -> usize {
        let lines = self.lines.try_iter();
        let messages = lines.filter_map(|line| serde_json::from_str::<Value>(&line).ok());
        messages
            .filter(|message| message["result"].is_object())
            .count()
    }

    pub(crate) fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        self.ask("tools/call", json!({"name": tool, "arguments": arguments}))
    }

    /// The exit code, once the server has ended; and what else it wrote on stdout.
    pub(crate) fn ended(&mut self, limit: Duration) -> (Option<i32>, Vec<String>) {
        let begun = Stopwatch::start();
        let mut status = None;
        assert!(
            within(limit, || {
                status = self.child.try_wait().expect("a child");
                status.is_some()
            }),
            "the server did not end within {limit:?}"
        );
        let left: Vec<String> = self.lines.iter().collect();
        assert!(begun.elapsed() < limit + Duration::from_secs(2));
        (status.and_then(|status| status.code()), left)
    }

    pub(crate) fn terminate(&self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).expect("a signal");
    }
    /// The whole result of a call: its content as well.
    #[track_caller]
    pub(crate) fn result(&mut self, tool: &str, arguments: &Value) -> Value {
        let mut reply = self.call(tool, arguments);
        assert!(reply["error"].is_null(), "{tool} {arguments}: {reply}");
        reply["result"].take()
    }

    /// The structured result of a call that must succeed.
    #[track_caller]
    pub(crate) fn done(&mut self, tool: &str, arguments: &Value) -> Value {
        let mut result = self.result(tool, arguments);
        assert_ne!(result["isError"], true, "{tool} {arguments}: {result}");
        result["structuredContent"].take()
    }

    /// The failure of a call that must fail: its kind, its message, and its hints by line.
    #[track_caller]
    pub(crate) fn refused(&mut self, tool: &str, arguments: &Value) -> (String, String, String) {
        let result = self.result(tool, arguments);
        assert_eq!(result["isError"], true, "{tool} {arguments}: {result}");
        let text = result["content"][0]["text"].as_str().expect("text");
        let error: Value = serde_json::from_str(text).expect("JSON");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let hints: Vec<String> = error["hints"]
            .as_array()
            .into_iter()
            .flatten()
            .map(text)
            .collect();
        (
            text(&error["kind"]),
            text(&error["message"]),
            hints.join("\n"),
        )
    }
}
