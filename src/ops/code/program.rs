//! A program as a file in a sandbox, there only while it runs.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Body;

use crate::api::Client;
use crate::api::types::Sandbox;
use crate::error::{Kind, Result};
use crate::ops::exec::Command;
use crate::ops::gate;

use super::run::Run;

const CLEAN_UP: Duration = Duration::from_secs(5);

/// The file of a program: its standard input stays free, and its text is passed by no shell.
pub struct Program {
    client: Arc<Client>,
    toolbox: String,
    file: Option<String>,
    command: Command,
}

impl Program {
    /// Writes it where commands begin, so that modules and packages beside it are found, as they are
    /// for a program on standard input; where nothing can be written there, to `/tmp`.
    pub async fn write(client: &Arc<Client>, sandbox: &Sandbox, run: &Run) -> Result<Self> {
        let toolbox = client.toolbox(sandbox).await?;
        let work = client.work_dir(&toolbox).await?.dir;
        let language = run.language();
        let name = format!(
            ".daytona-{}.{}",
            uuid::Uuid::new_v4().simple(),
            language.end(run.file.as_deref())
        );
        // From here on it is cleaned up, also where this is dropped half-way.
        let mut program = Self {
            client: Arc::clone(client),
            toolbox,
            file: None,
            command: Command::default(),
        };
        let mut file = format!("{}/{name}", work.trim_end_matches('/'));
        if let Err(error) = program.upload(&file, &run.code).await {
            let elsewhere = format!("/tmp/{name}");
            let unwritable = matches!(error.kind(), Kind::Auth | Kind::Other | Kind::Usage);
            if !unwritable || program.upload(&elsewhere, &run.code).await.is_err() {
                return Err(error);
            }
            file = elsewhere;
        }
        program.command = Command {
            words: vec![language.text(&file, &run.args)],
            cwd: None,
            env: run.env.clone(),
        };
        Ok(program)
    }

    async fn upload(&mut self, file: &str, code: &str) -> Result<()> {
        self.file = Some(file.to_owned());
        let body = Body::from(code.to_owned());
        self.client.upload_file(&self.toolbox, file, body).await
    }

    /// The command that runs it.
    pub fn command(&self) -> &Command {
        &self.command
    }

    /// Deletes the file. That it may fail is no news: the program's result stands.
    pub async fn remove(mut self) {
        if let Some(file) = self.file.take() {
            delete(&self.client, &self.toolbox, &file).await;
        }
    }
}

async fn delete(client: &Client, toolbox: &str, file: &str) {
    let permit = gate::undo();
    let deletion = client.delete_file(toolbox, file, &permit);
    match tokio::time::timeout(CLEAN_UP, deletion).await {
        Ok(Ok(())) => {}
        outcome => tracing::warn!(?outcome, file, "the program's file was not deleted"),
    }
}

impl Drop for Program {
    /// A cancelled call drops everything at once: the deletion goes on without it.
    fn drop(&mut self) {
        let Some(file) = self.file.take() else { return };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let (client, toolbox) = (Arc::clone(&self.client), std::mem::take(&mut self.toolbox));
            runtime.spawn(async move { delete(&client, &toolbox, &file).await });
        }
    }
}
