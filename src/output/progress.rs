//! One line on a terminal that says what is being waited for; gone before the result comes.

use std::io::Write as _;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const BEFORE_SHOWN: Duration = Duration::from_millis(150);
const TICK: Duration = Duration::from_millis(100);
const FRAMES: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/// The line, as long as this lives.
#[derive(Debug, Default)]
pub struct Progress {
    thread: Option<(Sender<()>, JoinHandle<()>)>,
    text: Arc<Mutex<String>>,
}

impl Progress {
    /// Shows `text` after a moment; its own thread, so that a busy command does not stop it.
    pub(super) fn start(text: String) -> Self {
        let (sender, receiver) = channel::<()>();
        let text = Arc::new(Mutex::new(text));
        let shared = Arc::clone(&text);
        let thread = std::thread::spawn(move || {
            let begun = Instant::now();
            let mut wait = BEFORE_SHOWN;
            let mut shown = false;
            for frame in FRAMES.iter().cycle() {
                if receiver.recv_timeout(wait) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
                wait = TICK;
                shown = true;
                let seconds = begun.elapsed().as_secs();
                let text = shared
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .clone();
                let mut stderr = std::io::stderr().lock();
                let _ = write!(stderr, "\r\x1b[2K{frame} {text} ({seconds} s)");
                let _ = stderr.flush();
            }
            if shown {
                let _ = std::io::stderr().lock().write_all(b"\r\x1b[2K");
            }
        });
        Self {
            thread: Some((sender, thread)),
            text,
        }
    }

    /// Says something else from now on.
    pub fn say(&self, text: String) {
        *self.text.lock().unwrap_or_else(PoisonError::into_inner) = text;
    }

    /// As [`Self::say`], for whoever knows only that there is something to say.
    pub fn teller(&self) -> Arc<dyn Fn(String) + Send + Sync> {
        let text = Arc::clone(&self.text);
        Arc::new(move |said| *text.lock().unwrap_or_else(PoisonError::into_inner) = said)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.thread.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}
