//! Measures what the product promises, against the real binary and its own engine, in a folder of its own.
//!
//! `cargo bench` prints a line for each promise: median, the 95th percentile, the target. It exits 0
//! whether targets are met or not: machines differ, and a missed one is a finding, not a failure.

#![expect(clippy::print_stdout, reason = "a benchmark reports")]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const DAYTONA: &str = env!("CARGO_BIN_EXE_daytona");

fn main() {
    // `cargo test --benches` passes no flag; measuring belongs to `cargo bench` only.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let many: usize = std::env::var("MANY")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1000);
    let bench = Bench::new();
    bench.programs();
    bench.sandboxes();
    bench.tools();
    bench.copies();
    bench.crowd(many);
}

struct Bench {
    home: tempfile::TempDir,
    address: String,
    key: String,
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = self.command(&["delete", "--all", "--yes", "-q"]).status();
        let _ = self.command(&["serve", "--stop", "-q"]).status();
    }
}

impl Bench {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut bench = Self {
            home,
            address: String::new(),
            key: String::new(),
        };
        let reach = bench.reach();
        let text = |name: &str| reach[name].as_str().expect("a text").to_owned();
        let url = text("apiUrl");
        bench
            .address
            .push_str(url.trim_start_matches("http://").trim_end_matches("/api"));
        bench.key.push_str(&text("apiKey"));
        bench
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(DAYTONA);
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home.path())
            .env("DAYTONA_ENGINE_LISTEN", "127.0.0.1:0")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn connect(&self) -> Connection {
        let stream = TcpStream::connect(&self.address).expect("the engine listens");
        stream.set_nodelay(true).expect("a socket");
        Connection {
            stream: BufReader::new(stream),
            key: self.key.clone(),
        }
    }

    /// Whole processes: what a person or a script waits for.
    fn programs(&self) {
        let run = |arguments: &[&str]| {
            let begun = Instant::now();
            assert!(
                self.command(arguments)
                    .status()
                    .expect("the binary runs")
                    .success()
            );
            begun.elapsed()
        };
        report(
            "`daytona version`",
            "3 ms",
            sample(50, || run(&["version"])),
        );
        let size = std::fs::metadata(DAYTONA).expect("the binary").len();
        println!(
            "{:<52} {:>10.1} MB {:>22}",
            "size of the binary",
            megabytes(size),
            "target 16 MB"
        );
        let mut engine = self.connect();
        for _ in 0..100 {
            engine.create();
        }
        report(
            "`daytona list` of 100 sandboxes",
            "15 ms",
            sample(30, || run(&["list"])),
        );
        let id = engine.create();
        report(
            "`daytona exec SANDBOX -- true`",
            "6 ms",
            sample(50, || run(&["exec", &id, "--", "true"])),
        );
        report(
            "`daytona run -- true`",
            "-",
            sample(20, || run(&["run", "--", "true"])),
        );
        self.command(&["delete", "--all", "--yes", "-q"])
            .status()
            .expect("deleted");
    }

    /// REST: what an SDK waits for.
    fn sandboxes(&self) {
        let mut engine = self.connect();
        let mut ids = Vec::new();
        let first = sample(50, || {
            let begun = Instant::now();
            let id = engine.create();
            engine.execute(&id, "echo hi");
            let elapsed = begun.elapsed();
            ids.push(id);
            elapsed
        });
        report("create → first output of a command (REST)", "10 ms", first);
        let id = ids[0].clone();
        report(
            "… of that, POST /sandbox",
            "-",
            sample(50, || {
                let begun = Instant::now();
                ids.push(engine.create());
                begun.elapsed()
            }),
        );
        // Programs think between commands; a spare shell is started meanwhile.
        let thinking = sample(100, || {
            std::thread::sleep(Duration::from_millis(25));
            timed(|| engine.execute(&id, "true"))
        });
        report(
            "exec of `true` in a running sandbox (REST)",
            "1 ms",
            thinking,
        );
        let hasty = sample(200, || timed(|| engine.execute(&id, "true")));
        report("… back to back", "-", hasty);
        report(
            "GET /sandbox/{id}",
            "-",
            sample(200, || timed(|| drop(engine.get(&id)))),
        );
        report(
            "DELETE /sandbox/{id} of a running one",
            "-",
            sample(50, || {
                let id = ids.pop().expect("enough were made");
                timed(|| engine.delete(&id))
            }),
        );
        self.command(&["delete", "--all", "--yes", "-q"])
            .status()
            .expect("deleted");
        let begun = Instant::now();
        let each = 50;
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut engine = self.connect();
                    for _ in 0..each {
                        let id = engine.create();
                        engine.execute(&id, "true");
                        engine.delete(&id);
                    }
                });
            }
        });
        rate(
            "create + exec + delete, 4 at once",
            4 * each,
            begun.elapsed(),
            "-",
        );
    }

    /// MCP: what an agent waits for.
    fn tools(&self) {
        report(
            "`mcp start`: start of the process → initialize reply",
            "5 ms",
            sample(30, || {
                let begun = Instant::now();
                let agent = Agent::start(self);
                let elapsed = begun.elapsed();
                drop(agent);
                elapsed
            }),
        );
        let mut engine = self.connect();
        let id = engine.create();
        let mut agent = Agent::start(self);
        let direct = sample(300, || timed(|| drop(engine.get(&id))));
        let through = sample(300, || {
            timed(|| agent.call("get_sandbox", &json!({ "id": id })))
        });
        let own = through
            .iter()
            .zip(&direct)
            .map(|(through, direct)| through.saturating_sub(*direct))
            .collect();
        report("get_sandbox through MCP", "-", through);
        report(
            "… less the same request to REST: the tool call's own",
            "0.3 ms",
            own,
        );
        report(
            "execute_command of `true` through MCP",
            "-",
            sample(100, || {
                timed(|| agent.call("execute_command", &json!({ "id": id, "command": "true" })))
            }),
        );
        drop(agent);
        engine.delete(&id);
    }

    /// Files: one large, many small.
    fn copies(&self) {
        let pid = self.reach()["pid"].as_u64().expect("a pid");
        let mut engine = self.connect();
        let id = engine.create();
        engine.execute(&id, "true");
        let before = peak(pid);
        let large = self.home.path().join("large");
        let size = 2 << 30;
        let file = std::fs::File::create(&large).expect("a file");
        file.set_len(size).expect("a size");
        for (way, from, to) in [
            ("up", "large".to_owned(), format!("{id}:large")),
            ("down", format!("{id}:large"), "large".to_owned()),
        ] {
            let (elapsed, most) = self.copy(&from, &to);
            println!(
                "{:<52} {:>10.1} MB/s {:>20}",
                format!(
                    "`daytona cp` of 2 GiB {way}, peak {:.0} MB",
                    megabytes(most)
                ),
                megabytes(size) / elapsed.as_secs_f64(),
                "-"
            );
        }
        println!(
            "{:<52} {:>10.1} MB {:>22}",
            "… the engine's peak grew by",
            megabytes(peak(pid).saturating_sub(before)),
            "target 16 MB"
        );
        std::fs::remove_file(large).expect("removed");
        let small = self.home.path().join("small");
        for number in 0..10_000 {
            let folder = small.join((number / 100).to_string());
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(folder.join(number.to_string()), b"small").expect("a file");
        }
        engine.execute(&id, "rm large");
        let (up, _) = self.copy("small", &format!("{id}:small"));
        rate("`daytona cp` of small files up", 10_000, up, "-");
        let (down, _) = self.copy(&format!("{id}:small"), "back");
        rate("`daytona cp` of small files down", 10_000, down, "-");
        for (what, path) in [
            ("fork of a running sandbox with 10,000 files", "fork"),
            ("stop of it", "stop"),
            ("archive of it", "archive"),
            ("start of it from the archive", "start"),
        ] {
            let path = format!("/api/sandbox/{id}/{path}");
            let took = timed(|| drop(engine.ask("POST", &path, &json!({}))));
            report(what, "-", vec![took]);
        }
        self.command(&["delete", "--all", "--yes", "-q"])
            .status()
            .expect("deleted");
    }

    /// How long a copy takes, and the most memory that it has.
    fn copy(&self, from: &str, to: &str) -> (Duration, u64) {
        let begun = Instant::now();
        let mut command = self.command(&["cp", from, to]);
        let mut child = command.current_dir(self.home.path()).spawn().expect("cp");
        let mut most = 0;
        loop {
            most = most.max(peak(child.id().into()));
            if let Some(status) = child.try_wait().expect("a child") {
                assert!(status.success(), "cp {from} {to}");
                return (begun.elapsed(), most);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Many at once: what a machine holds.
    fn crowd(&self, many: usize) {
        let pid = self.reach()["pid"].as_u64().expect("a pid");
        println!(
            "{:<52} {:>10.1} MB {:>22}",
            "engine idle (resident)",
            megabytes(resident(pid)),
            "target 30 MB"
        );
        let before = available();
        let begun = Instant::now();
        std::thread::scope(|scope| {
            for part in 0..4 {
                scope.spawn(move || {
                    let mut engine = self.connect();
                    for _ in 0..(many / 4 + usize::from(part < many % 4)) {
                        engine.create();
                    }
                });
            }
        });
        rate("creates, 4 at once", many, begun.elapsed(), "target 100/s");
        let each = before.saturating_sub(available()) / many.max(1) as u64;
        println!(
            "{:<52} {:>10.2} MB {:>22}",
            format!("memory of one of {many} idle sandboxes"),
            megabytes(each),
            "target 3 MB"
        );
        println!(
            "{:<52} {:>10.1} MB {:>22}",
            format!("engine with {many} sandboxes (resident)"),
            megabytes(resident(pid)),
            "-"
        );
        let mut engine = self.connect();
        let id = engine.create();
        report(
            &format!("exec with {many} alive (REST)"),
            "-",
            sample(50, || timed(|| engine.execute(&id, "true"))),
        );
        report(
            &format!("`daytona list --limit 100` of {many}"),
            "-",
            sample(20, || {
                timed(|| drop(self.command(&["list", "--limit", "100"]).status()))
            }),
        );
        for number in 0..5 {
            let labels = json!({ "labels": { "part": number.to_string() } });
            engine.ask("PUT", &format!("/api/sandbox/{id}/labels"), &labels);
        }
        report(
            &format!("GET /sandbox?labels=… of {many}"),
            "50 ms",
            sample(50, || {
                let path = "/api/sandbox?labels=%7B%22part%22%3A%224%22%7D";
                timed(|| drop(engine.ask("GET", path, &Value::Null)))
            }),
        );
        let begun = Instant::now();
        assert!(
            self.command(&["delete", "--all", "--yes", "-q"])
                .status()
                .expect("the binary runs")
                .success()
        );
        rate("`daytona delete --all`", many, begun.elapsed(), "-");
    }

    /// Where the engine is; starts it where it does not run.
    fn reach(&self) -> Value {
        let mut command = self.command(&["serve", "--print-env", "--json"]);
        let output = command
            .stdout(Stdio::piped())
            .output()
            .expect("the binary runs");
        serde_json::from_slice(&output.stdout).expect("the engine's address")
    }
}

/// One kept-alive HTTP connection.
struct Connection {
    stream: BufReader<TcpStream>,
    key: String,
}

impl Connection {
    fn create(&mut self) -> String {
        let made = self.ask("POST", "/api/sandbox", &json!({}));
        assert_eq!(made["state"], "started", "{made}");
        made["id"].as_str().expect("an id").to_owned()
    }

    fn get(&mut self, id: &str) -> Value {
        self.ask("GET", &format!("/api/sandbox/{id}"), &Value::Null)
    }

    fn delete(&mut self, id: &str) {
        self.ask("DELETE", &format!("/api/sandbox/{id}"), &Value::Null);
    }

    fn execute(&mut self, id: &str, command: &str) {
        let done = self.ask(
            "POST",
            &format!("/toolbox/{id}/process/execute"),
            &json!({ "command": command }),
        );
        assert_eq!(done["exitCode"], 0, "{done}");
    }

    fn ask(&mut self, method: &str, path: &str, body: &Value) -> Value {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n",
            self.key
        );
        let _ = write!(request, "Content-Length: {}\r\n\r\n{body}", body.len());
        self.stream
            .get_mut()
            .write_all(request.as_bytes())
            .expect("sent");
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).expect("a header");
            if line == "\r\n" {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut reply = vec![0; length];
        self.stream.read_exact(&mut reply).expect("a body");
        serde_json::from_slice(&reply).unwrap_or(Value::Null)
    }
}

/// `mcp start` with its client's side.
struct Agent {
    child: Child,
    replies: BufReader<std::process::ChildStdout>,
}

impl Drop for Agent {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

impl Agent {
    fn start(bench: &Bench) -> Self {
        let mut child = bench
            .command(&["mcp", "start"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let replies = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut agent = Self { child, replies };
        let client = json!({ "name": "bench", "version": "1" });
        let parameters =
            json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
        agent.send(
            &json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": parameters }),
        );
        agent.hear();
        agent.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        agent
    }

    fn call(&mut self, tool: &str, arguments: &Value) {
        let parameters = json!({ "name": tool, "arguments": arguments });
        self.send(
            &json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": parameters }),
        );
        let reply = self.hear();
        assert!(reply["result"]["isError"] != true, "{reply}");
    }

    fn send(&mut self, message: &Value) {
        let stdin = self.child.stdin.as_mut().expect("a pipe");
        writeln!(stdin, "{message}").expect("sent");
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.replies.read_line(&mut line).expect("a reply");
        serde_json::from_str(&line).expect("JSON")
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

/// `count` measurements after a tenth as many that do not count.
fn sample(count: usize, mut once: impl FnMut() -> Duration) -> Vec<Duration> {
    for _ in 0..count / 10 {
        once();
    }
    (0..count).map(|_| once()).collect()
}

fn report(what: &str, target: &str, mut times: Vec<Duration>) {
    times.sort();
    let at =
        |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    let target = if target == "-" {
        String::new()
    } else {
        format!("target {target}")
    };
    println!(
        "{what:<52} {:>8.2} ms  p95 {:>8.2} ms {target:>14}",
        at(50),
        at(95)
    );
}

fn rate(what: &str, count: usize, elapsed: Duration, target: &str) {
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let each = count as f64 / elapsed.as_secs_f64();
    println!(
        "{what:<52} {each:>8.0} /s  {count} in {:.1} s {target:>14}",
        elapsed.as_secs_f64()
    );
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn resident(pid: u64) -> u64 {
    field(Path::new(&format!("/proc/{pid}/status")), "VmRSS:")
}

fn peak(pid: u64) -> u64 {
    field(Path::new(&format!("/proc/{pid}/status")), "VmHWM:")
}

fn available() -> u64 {
    field(Path::new("/proc/meminfo"), "MemAvailable:")
}

fn field(file: &Path, name: &str) -> u64 {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .unwrap_or("0 kB");
    line.trim()
        .trim_end_matches(" kB")
        .parse::<u64>()
        .unwrap_or(0)
        * 1024
}
