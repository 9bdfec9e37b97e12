//! Begins a job: claims its session, writes its files, hands its command to the sandbox's shell.

use crate::api::types::SessionNew;
use crate::error::{Kind, Result};
use crate::ops::exec::script::{Script, Streams};
use crate::ops::key_values::Pair;

use super::place::JobPlace;

/// What a job runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    /// Shell text.
    pub(super) text: String,
    /// The folder; the sandbox's own where absent.
    pub(super) cwd: Option<String>,
    /// Variables on top of the sandbox's.
    pub(super) env: Vec<Pair>,
    /// Further files of the job's folder: names and contents.
    pub(super) files: Vec<(&'static str, String)>,
    /// Whether the same work may have been begun before, by a try whose result was lost.
    pub(super) keyed: bool,
}

/// How a job was begun.
pub(super) enum Begun {
    /// Just now: the toolbox's name for its command.
    Now(String),
    /// By an earlier try with the same key; nothing was run again.
    Before,
}

impl JobPlace {
    /// Begins it, unless it was begun before.
    pub(super) async fn begin(&self, work: &Work) -> Result<Begun> {
        let script = self.script(work)?;
        let claim = SessionNew {
            session_id: self.session(),
            transient: false,
        };
        let claiming = self.client.create_session(&self.toolbox, &claim);
        if work.keyed {
            if self.exists(&self.folder()).await? {
                return Ok(Begun::Before);
            }
            match claiming.await {
                Err(error) if error.kind() == Kind::Conflict => return Ok(Begun::Before),
                claimed => claimed?,
            }
            self.put_files(work).await?;
        } else {
            // Nobody else has its id: there is nothing to wait for.
            tokio::try_join!(claiming, self.put_files(work))?;
        }
        let session = self.session();
        let begun = self.client.session_exec(&self.toolbox, &session, &script);
        Ok(Begun::Now(begun.await?.cmd_id))
    }

    async fn put_files(&self, work: &Work) -> Result<()> {
        self.write("command", work.text.clone()).await?;
        for (name, content) in &work.files {
            self.write(name, content.clone()).await?;
        }
        Ok(())
    }

    /// What the session's shell gets.
    fn script(&self, work: &Work) -> Result<String> {
        let script = Script {
            cwd: work.cwd.as_deref(),
            env: &work.env,
            env_option: "env",
        };
        script.text(&work.text, &Streams::Kept(&self.folder()))
    }
}
