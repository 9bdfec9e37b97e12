//! What is told of a build while it goes on, and for a while afterwards: text by lines, in memory.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::watch;

use super::{Service, lock};

/// The longest log; what comes after it is dropped, but for how the build ended.
const LONGEST_LOG: usize = 256 << 10;
/// The most logs that are kept: the oldest go first.
const MOST_LOGS: usize = 64;

/// The log of one build.
#[derive(Clone, Debug)]
pub(crate) struct BuildLog(Arc<watch::Sender<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    text: String,
    ended: bool,
}

/// The logs by what is built, with the number of each: later ones have higher numbers.
#[derive(Debug, Default)]
pub(super) struct BuildLogs {
    logs: HashMap<String, (u64, BuildLog)>,
    next: u64,
}

impl BuildLog {
    fn new() -> Self {
        Self(Arc::new(watch::Sender::new(Kept::default())))
    }

    /// Adds a line, unless it is the one before it again.
    pub(super) fn say(&self, line: &str) {
        self.add(line, LONGEST_LOG);
    }

    /// Adds the last line.
    pub(super) fn end(&self, line: &str) {
        self.add(line, usize::MAX);
        self.0.send_modify(|kept| kept.ended = true);
    }

    fn add(&self, line: &str, most: usize) {
        self.0.send_if_modified(|kept| {
            let last = kept.text.trim_end_matches('\n').rsplit('\n').next();
            if kept.ended || kept.text.len() + line.len() >= most || last == Some(line) {
                return false;
            }
            kept.text.push_str(line);
            kept.text.push('\n');
            true
        });
    }

    /// Everything so far.
    pub(crate) fn text(&self) -> String {
        self.0.borrow().text.clone()
    }

    /// What there is beyond so many bytes, once there is some; none when there will be no more.
    pub(crate) async fn beyond(&self, bytes: usize) -> Option<String> {
        let mut heard = self.0.subscribe();
        let kept = heard.wait_for(|kept| kept.text.len() > bytes || kept.ended);
        let kept = kept.await.ok()?;
        let more = kept.text.get(bytes..).unwrap_or_default();
        (!more.is_empty()).then(|| more.to_owned())
    }
}

impl Service {
    /// A new log for what is built.
    pub(super) fn begin_log(&self, id: &str) -> BuildLog {
        let log = BuildLog::new();
        let mut logs = lock(&self.0.build_logs);
        logs.next += 1;
        let number = logs.next;
        logs.logs.insert(id.to_owned(), (number, log.clone()));
        if logs.logs.len() > MOST_LOGS {
            let oldest = logs.logs.iter().min_by_key(|(_, (number, _))| *number);
            if let Some(oldest) = oldest.map(|(id, _)| id.clone()) {
                logs.logs.remove(&oldest);
            }
        }
        log
    }

    /// The log of what was built; none where it was not, or long ago.
    fn log_of(&self, id: &str) -> Option<BuildLog> {
        let logs = lock(&self.0.build_logs);
        logs.logs.get(id).map(|(_, log)| log.clone())
    }

    pub(super) fn drop_log(&self, id: &str) {
        lock(&self.0.build_logs).logs.remove(id);
    }

    /// The id of a sandbox, and the log of its build.
    pub(crate) async fn sandbox_log(
        &self,
        id_or_name: &str,
    ) -> crate::error::Result<(String, Option<BuildLog>)> {
        let id = self.find(id_or_name).await?.id;
        let log = self.log_of(&id);
        Ok((id, log))
    }

    /// The id of a snapshot, and the log of its build.
    pub(crate) async fn snapshot_log(
        &self,
        id_or_name: &str,
    ) -> crate::error::Result<(String, Option<BuildLog>)> {
        let id = self.snapshot(id_or_name).await?.id;
        let log = self.log_of(&id);
        Ok((id, log))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_follows_a_log_hears_all_of_it_and_its_end() {
        let log = BuildLog::new();
        log.say("one");
        log.say("one");
        log.say("two");
        assert_eq!(log.beyond(0).await.as_deref(), Some("one\ntwo\n"));
        let follower = log.clone();
        let later = tokio::spawn(async move { follower.beyond(8).await });
        log.end("done");
        assert_eq!(later.await.unwrap().as_deref(), Some("done\n"));
        assert_eq!(log.beyond(13).await, None);
        log.say("late");
        assert_eq!(log.text(), "one\ntwo\ndone\n");
    }

    #[test]
    fn a_log_is_bounded_and_says_how_it_ended() {
        let log = BuildLog::new();
        for number in 0..20_000 {
            log.say(&format!("layer {number:060}"));
        }
        log.end("failed");
        let text = log.text();
        assert!(text.len() < LONGEST_LOG + 100 && text.ends_with("failed\n"));
    }
}
