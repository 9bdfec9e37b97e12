//! Waits for a job's end, and tells meanwhile how far it is.

use std::time::{Duration, Instant};

use crate::error::{Kind, Result};
use crate::ops::Ctx;

use super::place::Place;

/// How often to say how far it is.
const BEAT: Duration = Duration::from_secs(5);
/// How often to look where the server does not tell by itself.
const LOOK: Duration = Duration::from_millis(250);
/// How much of the last line is told.
const LINE: u64 = 200;

/// How a job is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum State {
    /// It runs.
    Running,
    /// It has ended with this code.
    Ended(i32),
    /// It was ended because its time was over.
    TimedOut,
    /// It was ended by somebody.
    Killed,
    /// It went with its sandbox, which was stopped meanwhile.
    Lost,
}

impl Place {
    /// How it is now.
    pub(super) async fn state(&self) -> Result<State> {
        if let Some(code) = self.read("exit").await?.and_then(|text| text.parse().ok()) {
            return Ok(State::Ended(code));
        }
        match self.client.session(&self.toolbox, &self.session()).await {
            Ok(_) => return Ok(State::Running),
            Err(error) if error.kind() == Kind::NotFound => {}
            Err(error) => return Err(error),
        }
        // It may have ended between the two looks.
        if let Some(code) = self.read("exit").await?.and_then(|text| text.parse().ok()) {
            return Ok(State::Ended(code));
        }
        Ok(match self.read("ended-by").await?.as_deref() {
            Some("timeout") => State::TimedOut,
            Some(_) => State::Killed,
            None => State::Lost,
        })
    }

    /// Waits until it has ended, at most so long. Who began it knows the toolbox's name of its command,
    /// and hears of the end; others look.
    pub(super) async fn wait(
        &self,
        ctx: &Ctx,
        command: Option<&str>,
        limit: Duration,
    ) -> Result<State> {
        let begun = Instant::now();
        let end = tokio::time::sleep(limit);
        tokio::pin!(end);
        let telling = async {
            loop {
                tokio::time::sleep(BEAT).await;
                self.tell(ctx, begun).await;
            }
        };
        tokio::pin!(telling);
        tokio::select! {
            ended = self.ended(command) => return ended,
            () = &mut telling => {}
            () = &mut end => {}
        }
        self.state().await
    }

    async fn ended(&self, command: Option<&str>) -> Result<State> {
        // The log is empty, but it closes when the command ends.
        if let Some(command) = command
            && let Ok(mut log) = self
                .client
                .log_stream(&self.toolbox, &self.session(), command, true)
                .await
        {
            while let Ok(Some(_)) = log.next().await {}
            if let Some(code) = log.exit_code() {
                return Ok(State::Ended(code));
            }
        }
        let mut pause = Duration::from_millis(5);
        loop {
            match self.state().await {
                Ok(State::Running) => {}
                Err(error) if error.kind() == Kind::Unavailable && pause < LOOK => {}
                outcome => return outcome,
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LOOK);
        }
    }

    /// Says how long it has run and what it wrote last.
    async fn tell(&self, ctx: &Ctx, begun: Instant) {
        let path = self.file("stdout");
        let info = self.client.file_info(&self.toolbox, &path).await;
        let bytes = info.map_or(0, |info| info.size);
        let from = bytes.saturating_sub(LINE);
        let part = self.client.download_part(&self.toolbox, &path, from, LINE);
        let tail = part.await.unwrap_or_default().bytes;
        let tail = String::from_utf8_lossy(&tail);
        let line = tail.trim_end().lines().next_back().unwrap_or_default();
        let seconds = begun.elapsed().as_secs();
        ctx.tell(&format!(
            "running for {seconds} s, {bytes} bytes of output: {line}"
        ));
    }

    /// Ends it with all that it started.
    pub(super) async fn end(&self, why: &str) -> Result<()> {
        self.write("ended-by", why).await?;
        match self
            .client
            .delete_session(&self.toolbox, &self.session())
            .await
        {
            Err(error) if error.kind() != Kind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
