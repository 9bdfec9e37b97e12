//! Where a job is: its folder in the sandbox, and the session of the toolbox that runs it.

use std::fmt::Write as _;
use std::sync::Arc;

use ring::digest::{SHA256, digest};

use crate::api::Client;
use crate::api::types::Sandbox;
use crate::error::{Error, Hint, Kind, NextTool, Result};
use crate::ops::Ctx;
use crate::ops::inside::Inside;

/// The folder of all jobs. On the sandbox's disk, so that output outlives a stop.
pub(super) const FOLDER: &str = "/tmp/.daytona/jobs";

/// The file that holds a stream of a job.
pub fn output_file(job: &str, stream: &str) -> Result<String> {
    checked_job(job)?;
    Ok(format!("{FOLDER}/{job}/{stream}"))
}

/// An id that a job can have, which is also the name of its folder.
fn checked_job(job: &str) -> Result<&str> {
    let fits = !job.is_empty()
        && job.len() <= 64
        && job.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits {
        return Ok(job);
    }
    Err(Error::usage(format!("`{job}` cannot be a job's id"))
        .hint("a job's id is the `job` of an earlier result"))
}

/// One job in a sandbox that runs.
#[derive(Clone)]
pub(super) struct JobPlace {
    pub(super) client: Arc<Client>,
    pub(super) sandbox: Sandbox,
    pub(super) toolbox: String,
    /// The job's id.
    pub(super) id: String,
}

impl JobPlace {
    /// A place for a new job. With a key it is the same one at each try.
    pub(super) async fn fresh(ctx: &Ctx, sandbox: &str, key: Option<&str>) -> Result<Self> {
        let id = match key {
            Some(key) if key.trim().is_empty() => {
                return Err(Error::usage(
                    "idempotencyKey is empty: leave it out, or give a unique text",
                ));
            }
            Some(key) => {
                let digest = digest(&SHA256, key.as_bytes());
                digest.as_ref()[..8]
                    .iter()
                    .fold("k".to_owned(), |mut id, byte| {
                        let _ = write!(id, "{byte:02x}");
                        id
                    })
            }
            None => format!("j{}", &uuid::Uuid::new_v4().simple().to_string()[..12]),
        };
        Self::in_sandbox(ctx, sandbox, id).await
    }

    /// The place of a job that was begun before.
    pub(super) async fn of(ctx: &Ctx, sandbox: &str, job: &str) -> Result<Self> {
        let place = Self::in_sandbox(ctx, sandbox, checked_job(job)?.to_owned()).await?;
        if place.exists(&place.folder()).await? {
            return Ok(place);
        }
        let name = &place.sandbox.name;
        Err(Error::new(
            Kind::NotFound,
            format!("there is no job {job} in sandbox `{name}`"),
        )
        .hint(
            Hint::new("give the id of the sandbox that it was begun in").or(Hint::new("")
                .step(NextTool::new("list_jobs"))
                .words(" shows those of a sandbox")),
        ))
    }

    async fn in_sandbox(ctx: &Ctx, sandbox: &str, id: String) -> Result<Self> {
        let inside = Inside::of(ctx, sandbox).await?;
        Ok(Self {
            client: inside.client,
            sandbox: inside.sandbox,
            toolbox: inside.toolbox,
            id,
        })
    }

    /// The job's folder.
    pub(super) fn folder(&self) -> String {
        format!("{FOLDER}/{}", self.id)
    }

    /// A file of the job.
    pub(super) fn file(&self, name: &str) -> String {
        format!("{FOLDER}/{}/{name}", self.id)
    }

    /// The toolbox's session that runs it.
    pub(super) fn session(&self) -> String {
        format!("daytona-job-{}", self.id)
    }

    pub(super) async fn exists(&self, path: &str) -> Result<bool> {
        match self.client.file_info(&self.toolbox, path).await {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == Kind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// A small file of the job; none where it is not there.
    pub(super) async fn read(&self, name: &str) -> Result<Option<String>> {
        let path = self.file(name);
        match self
            .client
            .download_part(&self.toolbox, &path, 0, 4096)
            .await
        {
            Ok(part) => Ok(Some(String::from_utf8_lossy(&part.bytes).trim().to_owned())),
            Err(error) if error.kind() == Kind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn write(&self, name: &str, text: impl Into<String>) -> Result<()> {
        let body = reqwest::Body::from(text.into());
        let path = self.file(name);
        self.client.upload_file(&self.toolbox, &path, body).await
    }
}
