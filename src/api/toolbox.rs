//! The toolbox of one sandbox: sessions and their commands, which carry every `exec`.

use std::time::Duration;

use reqwest::Method;

use crate::error::Result;

use super::client::Client;
use super::path::encode;
use super::transport::Request;
use super::types::{
    CommandLogs, Dir, ExecuteRequest, ExecuteResponse, Sandbox, Session, SessionCommand,
    SessionExec, SessionExecResponse, SessionInput, SessionNew, ToolboxUrl,
};

impl Client {
    /// Where the toolbox of that sandbox is: the sandbox says it; older servers are asked.
    pub async fn toolbox(&self, sandbox: &Sandbox) -> Result<String> {
        let base = if sandbox.toolbox_proxy_url.is_empty() {
            let path = format!("/sandbox/{}/toolbox-proxy-url", encode(&sandbox.id));
            self.call::<ToolboxUrl>(Request::new(Method::GET, self.url(&path)))
                .await?
                .url
        } else {
            sandbox.toolbox_proxy_url.clone()
        };
        Ok(format!(
            "{}/{}",
            base.trim_end_matches('/'),
            encode(&sandbox.id)
        ))
    }

    /// `POST /process/execute`: waits for the end; both streams in one.
    pub async fn execute(
        &self,
        toolbox: &str,
        execute: &ExecuteRequest,
    ) -> Result<ExecuteResponse> {
        let mut request =
            Request::new(Method::POST, format!("{toolbox}/process/execute")).json(execute)?;
        if let Some(seconds) = execute.timeout.filter(|seconds| *seconds > 0) {
            request = request.timeout(Duration::from_secs(seconds.saturating_add(5)));
        }
        self.call(request).await
    }

    /// `GET /work-dir`.
    pub async fn work_dir(&self, toolbox: &str) -> Result<Dir> {
        self.call(Request::new(Method::GET, format!("{toolbox}/work-dir")))
            .await
    }

    /// `POST /process/session`.
    pub async fn create_session(&self, toolbox: &str, session: &SessionNew) -> Result<()> {
        self.tell(Request::new(Method::POST, format!("{toolbox}/process/session")).json(session)?)
            .await
    }

    /// `GET /process/session`: all but the entrypoint's.
    pub async fn sessions(&self, toolbox: &str) -> Result<Vec<Session>> {
        let url = format!("{toolbox}/process/session");
        self.call(Request::new(Method::GET, url)).await
    }

    /// `GET /process/session/{id}`.
    pub async fn session(&self, toolbox: &str, id: &str) -> Result<Session> {
        let url = format!("{toolbox}/process/session/{}", encode(id));
        self.call(Request::new(Method::GET, url)).await
    }

    /// `GET /process/session/entrypoint/logs`: what the image's own program has written.
    pub async fn entrypoint_logs(&self, toolbox: &str) -> Result<CommandLogs> {
        let url = format!("{toolbox}/process/session/entrypoint/logs");
        self.call(Request::new(Method::GET, url)).await
    }

    /// `POST /process/session/{id}/exec`, answered at once.
    pub async fn session_exec(
        &self,
        toolbox: &str,
        session: &str,
        command: &str,
    ) -> Result<SessionExecResponse> {
        let exec = SessionExec {
            command: command.to_owned(),
            run_async: Some(true),
            suppress_input_echo: Some(true),
            ..SessionExec::default()
        };
        let url = format!("{toolbox}/process/session/{}/exec", encode(session));
        self.call(Request::new(Method::POST, url).json(&exec)?)
            .await
    }

    /// `GET /process/session/{id}/command/{cmd}`.
    pub async fn session_command(
        &self,
        toolbox: &str,
        session: &str,
        command: &str,
    ) -> Result<SessionCommand> {
        let url = format!(
            "{toolbox}/process/session/{}/command/{}",
            encode(session),
            encode(command)
        );
        self.call(Request::new(Method::GET, url)).await
    }

    /// `POST /process/session/{id}/command/{cmd}/input`.
    pub async fn session_input(
        &self,
        toolbox: &str,
        session: &str,
        command: &str,
        input: &SessionInput,
    ) -> Result<()> {
        let url = format!(
            "{toolbox}/process/session/{}/command/{}/input",
            encode(session),
            encode(command)
        );
        self.tell(Request::new(Method::POST, url).json(input)?)
            .await
    }

    /// `DELETE /process/session/{id}` once its commands have ended: our engine lets what they left in
    /// the background live on; other servers end that too.
    pub async fn close_session(&self, toolbox: &str, session: &str) -> Result<()> {
        let url = format!(
            "{toolbox}/process/session/{}?background=spare",
            encode(session)
        );
        self.tell(Request::new(Method::DELETE, url)).await
    }

    /// `DELETE /process/session/{id}?signal=INT`: ends its commands; our engine interrupts them first, as
    /// Ctrl-C would.
    pub async fn interrupt_session(&self, toolbox: &str, session: &str) -> Result<()> {
        self.tell(Request::new(
            Method::DELETE,
            format!("{toolbox}/process/session/{}?signal=INT", encode(session)),
        ))
        .await
    }

    /// `DELETE /process/session/{id}`: ends its commands.
    pub async fn delete_session(&self, toolbox: &str, session: &str) -> Result<()> {
        self.tell(Request::new(
            Method::DELETE,
            format!("{toolbox}/process/session/{}", encode(session)),
        ))
        .await
    }
}
