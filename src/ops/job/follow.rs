//! Waits for a job's end, and tells meanwhile how far it is.

use std::time::Duration;

use jiff::Timestamp;

use crate::error::{Kind, Result};
use crate::ops::Ctx;

use super::place::JobPlace;
use super::tail::Tail;

/// How often to look for new output: at first, and where none comes.
const SOON: Duration = Duration::from_millis(50);
const LATER: Duration = Duration::from_secs(1);
/// How often to look where the server does not tell by itself.
const LOOK: Duration = Duration::from_millis(250);

/// How a job is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum JobState {
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

impl JobPlace {
    /// How it is now.
    pub(super) async fn state(&self) -> Result<JobState> {
        if let Some(code) = self.read("exit").await?.and_then(|text| text.parse().ok()) {
            return Ok(JobState::Ended(code));
        }
        match self.client.session(&self.toolbox, &self.session()).await {
            Ok(_) => return Ok(JobState::Running),
            Err(error) if error.kind() == Kind::NotFound => {}
            Err(error) => return Err(error),
        }
        // It may have ended between the two looks.
        if let Some(code) = self.read("exit").await?.and_then(|text| text.parse().ok()) {
            return Ok(JobState::Ended(code));
        }
        Ok(match self.read("ended-by").await?.as_deref() {
            Some("timeout") => JobState::TimedOut,
            Some(_) => JobState::Killed,
            None => JobState::Lost,
        })
    }

    /// How long it has run, or ran, by the sandbox's own clock where that says both.
    pub(super) async fn lasted(&self) -> Duration {
        let changed = async |name: &str| {
            let path = self.file(name);
            let info = self.client.file_info(&self.toolbox, &path).await.ok()?;
            info.modified_at.parse::<Timestamp>().ok()
        };
        let Some(begun) = changed("command").await else {
            return Duration::ZERO;
        };
        let mut end = None;
        for name in ["exit", "ended-by"] {
            if end.is_none() {
                end = changed(name).await;
            }
        }
        let end = end.unwrap_or_else(Timestamp::now);
        Duration::try_from(end.duration_since(begun)).unwrap_or_default()
    }

    /// Waits until it has ended, at most so long. Who began it knows the toolbox's name of its command,
    /// and hears of the end; others look.
    pub(super) async fn wait(
        &self,
        ctx: &Ctx,
        command: Option<&str>,
        limit: Duration,
    ) -> Result<JobState> {
        let end = tokio::time::sleep(limit);
        tokio::pin!(end);
        let telling = async {
            if ctx.is_heard() {
                self.tell(ctx, command.is_some()).await;
            }
            std::future::pending::<()>().await;
        };
        tokio::pin!(telling);
        tokio::select! {
            ended = self.ended(command) => return ended,
            () = &mut telling => {}
            () = &mut end => {}
        }
        self.state().await
    }

    async fn ended(&self, command: Option<&str>) -> Result<JobState> {
        // The log is empty, but it closes when the command ends.
        if let Some(command) = command
            && let Ok(mut log) = self
                .client
                .log_stream(&self.toolbox, &self.session(), command, true)
                .await
        {
            while let Ok(Some(_)) = log.next().await {}
            if let Some(code) = log.exit_code() {
                return Ok(JobState::Ended(code));
            }
        }
        let mut pause = Duration::from_millis(5);
        loop {
            match self.state().await {
                Ok(JobState::Running) => {}
                Err(error) if error.kind() == Kind::Unavailable && pause < LOOK => {}
                outcome => return outcome,
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LOOK);
        }
    }

    /// Says what it writes, as it comes; of one that was begun before what comes from now on.
    async fn tell(&self, ctx: &Ctx, fresh: bool) {
        let mut tail = if fresh {
            Tail::from_start()
        } else {
            Tail::from_now(self).await
        };
        let mut pause = SOON;
        loop {
            tokio::time::sleep(pause).await;
            let lines = tail.look(self).await;
            if lines.is_empty() {
                pause = (pause * 2).min(LATER);
            } else {
                pause = SOON;
                ctx.tell(&lines);
            }
        }
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
