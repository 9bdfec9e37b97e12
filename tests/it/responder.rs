//! A scripted HTTP server, for what the engine cannot do: 401, 429, HTML, broken JSON, silence.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One scripted reply.
#[derive(Clone)]
pub(crate) struct Reply {
    status: &'static str,
    headers: String,
    body: String,
    pause: Duration,
    /// How many bytes more are promised than are sent before the connection ends.
    missing: usize,
}

pub(crate) fn reply(status: &'static str, body: &str) -> Reply {
    Reply {
        status,
        headers: String::new(),
        body: body.to_owned(),
        pause: Duration::ZERO,
        missing: 0,
    }
}

impl Reply {
    pub(crate) fn header(mut self, line: &str) -> Self {
        self.headers.push_str(line);
        self.headers.push_str("\r\n");
        self
    }

    /// As if so many bytes more were to come: then the connection ends.
    pub(crate) fn longer(mut self, missing: usize) -> Self {
        self.missing = missing;
        self
    }

    pub(crate) fn after(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }
}

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) line: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

/// Listens on a free port of this machine until the test ends.
pub(crate) struct Responder {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Responder {
    /// Answers the nth request with the nth reply, and all later ones with the last.
    pub(crate) fn script(replies: Vec<Reply>) -> Self {
        Self::new(move |count, _| replies[count.min(replies.len() - 1)].clone())
    }

    /// Answers each request by what it asks.
    pub(crate) fn new(answer: impl Fn(usize, &Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}/api", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answer = Arc::new(answer);
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                std::thread::spawn(move || serve(stream, &*answer, &seen));
            }
        });
        Self { url, asked }
    }

    /// What was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no panic").clone()
    }

    /// The request lines so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }
}

fn serve(stream: TcpStream, answer: &dyn Fn(usize, &Asked) -> Reply, seen: &Mutex<Vec<Asked>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut stream = stream;
    loop {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if line.trim().is_empty() {
                break;
            }
            head.push(line.trim().to_owned());
        }
        let length = head.iter().find_map(|line| {
            line.to_lowercase()
                .strip_prefix("content-length: ")?
                .parse()
                .ok()
        });
        let mut body = vec![0; length.unwrap_or(0)];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        let mut head = head.into_iter();
        let line = head.next().unwrap_or_default();
        let asked = Asked {
            line: line.trim_end_matches(" HTTP/1.1").to_owned(),
            headers: head.collect(),
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        let count = {
            let mut seen = seen.lock().expect("no panic");
            seen.push(asked.clone());
            seen.len() - 1
        };
        let reply = answer(count, &asked);
        std::thread::sleep(reply.pause);
        let text = format!(
            "HTTP/1.1 {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{}\r\n{}",
            reply.status,
            reply.body.len() + reply.missing,
            reply.headers,
            reply.body
        );
        if stream.write_all(text.as_bytes()).is_err() || reply.missing > 0 {
            return;
        }
    }
}
