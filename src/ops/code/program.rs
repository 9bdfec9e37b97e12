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
    /// The same for sandboxes that cannot run the file.
    beside: Option<String>,
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
            beside: None,
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
        if let Some((end, text)) = language.beside(&run.code) {
            let stem = file
                .rsplit_once('.')
                .map_or(file.as_str(), |(stem, _)| stem);
            let beside = format!("{stem}.{end}");
            program.beside = Some(beside.clone());
            let client = &program.client;
            client
                .upload_file(&program.toolbox, &beside, Body::from(text))
                .await?;
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
        for file in [self.file.take(), self.beside.take()].into_iter().flatten() {
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
        let files = [self.file.take(), self.beside.take()];
        if files.iter().all(Option::is_none) {
            return;
        }
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let (client, toolbox) = (Arc::clone(&self.client), std::mem::take(&mut self.toolbox));
            runtime.spawn(async move {
                for file in files.into_iter().flatten() {
                    delete(&client, &toolbox, &file).await;
                }
            });
        }
    }
}
