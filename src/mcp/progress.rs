//! Signs of life of a call, for a client that asks for progress: what is new, as it comes, within bounds.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rmcp::RoleServer;
use rmcp::model::ProgressNotificationParam;
use rmcp::service::RequestContext;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::error::{Error, Result};
use crate::ops::Ctx;

/// How often a client hears that a call lives: well below any client's timeout.
const BEAT: Duration = Duration::from_secs(5);
/// The least time between two messages.
const GAP: Duration = Duration::from_millis(100);
/// How many bytes of text one message has.
const LONGEST_PROGRESS: usize = 4 << 10;

/// What is done, with signs of life for a client that wants them.
pub(super) async fn told<T>(
    ctx: Ctx,
    call: impl Future<Output = Result<T>>,
    context: &RequestContext<RoleServer>,
) -> Result<T> {
    let Some(token) = context.meta.get_progress_token() else {
        return call.await;
    };
    let news = Arc::new(News::default());
    let heard = Arc::clone(&news);
    ctx.hear(Some(Arc::new(move |text| heard.add(&text))));
    let begun = Instant::now();
    let telling = async {
        let (mut last, mut reached) = (begun, 0.0);
        loop {
            let _ = tokio::time::timeout_at(last + BEAT, news.come.notified()).await;
            tokio::time::sleep_until(last + GAP).await;
            last = Instant::now();
            let elapsed = last - begun;
            let text = news.take();
            let text = text.unwrap_or_else(|| format!("running for {} s", elapsed.as_secs()));
            // Each is more than the one before, whatever the clock does.
            reached = elapsed.as_secs_f64().max(reached + 0.001);
            let progress = ProgressNotificationParam::new(token.clone(), reached);
            let _ = context
                .peer
                .notify_progress(progress.with_message(text))
                .await;
        }
    };
    tokio::select! {
        outcome = call => outcome,
        () = telling => Err(Error::internal("the signs of life ended")),
    }
}

/// What was said since the last message.
#[derive(Debug, Default)]
struct News {
    said: Mutex<Said>,
    come: Notify,
}

#[derive(Debug, Default)]
struct Said {
    text: String,
    /// Bytes that did not fit.
    left_out: usize,
}

impl News {
    fn add(&self, text: &str) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let text = text.trim_end_matches('\n');
        if !said.text.is_empty() {
            said.text.push('\n');
        }
        said.text.push_str(text);
        if said.text.len() > LONGEST_PROGRESS {
            let mut from = said.text.len() - LONGEST_PROGRESS;
            while !said.text.is_char_boundary(from) {
                from += 1;
            }
            // Not from the middle of a line, where that costs little.
            if let Some(line) = said.text[from..]
                .find('\n')
                .filter(|at| *at < LONGEST_PROGRESS / 2)
            {
                from += line + 1;
            }
            said.text.drain(..from);
            said.left_out += from;
        }
        self.come.notify_one();
    }

    fn take(&self) -> Option<String> {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let said = std::mem::take(&mut *said);
        match said.left_out {
            0 if said.text.is_empty() => None,
            0 => Some(said.text),
            bytes => Some(format!("[… {bytes} bytes left out …]\n{}", said.text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_is_told_once_and_within_bounds() {
        let news = News::default();
        assert_eq!(news.take(), None);
        news.add("one\n");
        news.add("two");
        assert_eq!(news.take().as_deref(), Some("one\ntwo"));
        assert_eq!(news.take(), None);
        for number in 0..10_000 {
            news.add(&format!("line {number} ü"));
        }
        let text = news.take().unwrap();
        assert!(text.len() < LONGEST_PROGRESS + 100, "{}", text.len());
        assert!(
            text.starts_with("[… ") && text.ends_with("line 9999 ü"),
            "{text}"
        );
        assert!(text.lines().nth(1).unwrap().starts_with("line "), "{text}");
    }
}
