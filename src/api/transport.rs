//! One request: headers, timeouts, retries, redirects.

use std::time::Duration;

use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, IF_MATCH, LOCATION, RANGE,
};
use reqwest::{Method, Response, StatusCode, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Command, Context as _, Error, Kind, Result};
#[cfg(unix)]
use crate::local_socket::Near;

use super::client::{Client, Endpoint};
use super::permit::{self, Class, Permit};
use super::reply::{decode, ignore, refused};
use super::retry::Attempts;
use super::types::ENGINE_HEADER;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const MAX_REDIRECTS: u32 = 5;
/// How long a connection to the local engine is kept: shorter than the engine keeps it, so that no request
/// meets its end.
#[cfg(unix)]
const KEPT: Duration = Duration::from_secs(20);
/// The version of the contract that we speak; servers switch the shape of some replies on it.
const CONTRACT: &str = "0.205.1";

/// A request that is about to be sent.
#[derive(Clone, Debug)]
pub(super) struct Request {
    method: Method,
    url: String,
    body: Option<Vec<u8>>,
    repeatable: bool,
    timeout: Option<Duration>,
    class: Class,
    /// What the thing must still be.
    revision: Option<HeaderValue>,
}

impl Request {
    pub(super) fn new(method: Method, url: String) -> Self {
        let repeatable = is_repeatable(&method);
        let class = class_of(&method);
        Self {
            method,
            url,
            body: None,
            repeatable,
            timeout: None,
            class,
            revision: None,
        }
    }

    /// A request that removes something, now or later.
    pub(super) fn removal(method: Method, url: String, permit: &Permit) -> Self {
        let revision = permit.revision().map(|text| format!("\"{text}\""));
        Self {
            class: permit.class(),
            revision: revision.and_then(|text| HeaderValue::try_from(text).ok()),
            ..Self::new(method, url)
        }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The request changes nothing, although its method is that of changes.
    pub(super) fn looks(mut self) -> Self {
        self.class = Class::Looks;
        self
    }

    /// The request brings to life what rests, or says that it is in use.
    pub(super) fn wakes(mut self) -> Self {
        self.class = Class::Wakes;
        self
    }

    pub(super) fn json(mut self, body: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_vec(body)
            .context(Kind::Internal, || "cannot encode the request".into())?;
        self.body = Some(body);
        Ok(self)
    }

    /// The request may take this long, whatever the endpoint's timeout is.
    pub(super) fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }
}

/// The connections to one endpoint.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) http: reqwest::Client,
    /// Keeps the path valid by which a socket is reached.
    #[cfg(unix)]
    _socket: Option<Near>,
}

pub(super) fn build(endpoint: &Endpoint) -> Result<Pool> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("daytona-rs/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT.min(endpoint.timeout))
        .redirect(redirect::Policy::none());
    if endpoint.is_loopback() {
        builder = builder.no_proxy();
    }
    let _ = rustls::crypto::ring::default_provider().install_default();
    if endpoint.url.starts_with("http://") {
        // Nothing to verify: spare the milliseconds of reading the certificate store.
        let no_roots = rustls::ClientConfig::builder()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        builder = builder.tls_backend_preconfigured(no_roots);
    } else {
        builder = builder.tls_danger_accept_invalid_certs(!endpoint.verify_tls);
    }
    #[cfg(unix)]
    let socket = match &endpoint.socket {
        Some(path) => Some(Near::to(path).context(Kind::Unavailable, || {
            format!("cannot reach {}", path.display())
        })?),
        None => None,
    };
    #[cfg(unix)]
    if let Some(socket) = &socket {
        builder = builder.unix_socket(socket.path()).pool_idle_timeout(KEPT);
    }
    let http = builder
        .build()
        .context(Kind::Internal, || "cannot set up the HTTP client".into())?;
    Ok(Pool {
        http,
        #[cfg(unix)]
        _socket: socket,
    })
}

impl Client {
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.endpoint().url)
    }

    /// Sends, and decodes the JSON reply.
    pub(super) async fn call<T: DeserializeOwned>(&self, request: Request) -> Result<T> {
        let url = request.url.clone();
        let response = self.send(request).await?;
        decode(&url, response).await
    }

    /// Sends, and decodes the JSON reply; null where there is none.
    pub(super) async fn call_or_nothing(&self, request: Request) -> Result<serde_json::Value> {
        let url = request.url.clone();
        let response = self.send(request).await?;
        if response.content_length() == Some(0) {
            return Ok(serde_json::Value::Null);
        }
        decode(&url, response).await
    }

    /// Sends, and expects no body.
    pub(super) async fn tell(&self, request: Request) -> Result<()> {
        let url = request.url.clone();
        let response = self.send(request).await?;
        ignore(&url, response).await
    }

    /// Sends until there is a good reply, an error that is final, or no try left.
    pub(super) async fn send(&self, request: Request) -> Result<Response> {
        permit::check(request.class)?;
        let http = self.http()?;
        let headers = self.headers()?;
        let timeout = request.timeout.unwrap_or(self.endpoint().timeout);
        let (mut url, mut led) = (request.url.clone(), 0);
        let mut attempts = self.attempts(request.repeatable);
        loop {
            let id = uuid::Uuid::new_v4();
            let mut builder = http
                .request(request.method.clone(), &url)
                .headers(headers.clone())
                .header("x-request-id", id.to_string())
                .timeout(timeout);
            if let Some(body) = &request.body {
                builder = builder
                    .header(CONTENT_TYPE, "application/json")
                    .body(body.clone());
            }
            if let Some(revision) = &request.revision {
                builder = builder.header(IF_MATCH, revision);
            }
            let begun = std::time::Instant::now();
            let outcome = builder.send().await;
            let pause = match outcome {
                Ok(response) => {
                    let status = response.status();
                    tracing::debug!(%id, method = %request.method, %url, %status, elapsed = ?begun.elapsed(), "request");
                    // What a sandbox answers says nothing of the server.
                    if self.is_of_api(&url) {
                        self.saw_engine(response.headers().contains_key(ENGINE_HEADER));
                    }
                    if status.is_success() {
                        return Ok(response);
                    }
                    if led < MAX_REDIRECTS
                        && let Some(next) = self.redirected(&request.method, &response)
                    {
                        (url, led) = (next, led + 1);
                        continue;
                    }
                    if let Some(pause) = attempts.after_answer(status, response.headers()) {
                        pause
                    } else {
                        let gone = request.method == Method::DELETE
                            && status == StatusCode::NOT_FOUND
                            && attempts.may_have_arrived();
                        let error = refused(&request.method, response).await;
                        return Err(if gone { deleted_before(&error) } else { error });
                    }
                }
                Err(error) => {
                    tracing::debug!(%id, method = %request.method, %url, ?error, "request failed");
                    match attempts.after_failure(&error) {
                        Some(pause) => pause,
                        None => return Err(unreachable(&url, timeout, error)),
                    }
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    fn attempts(&self, repeatable: bool) -> Attempts {
        Attempts::new(repeatable, self.endpoint().socket.is_some())
    }

    /// Whether an address is one of the API's; others are of sandboxes, and what they say is not believed.
    fn is_of_api(&self, url: &str) -> bool {
        let rest = url.strip_prefix(self.endpoint().url.as_str());
        rest.is_some_and(|rest| rest.starts_with(['/', '?']))
    }

    /// Where the API sends a request on to: on the same origin and by the same method. A sandbox sends
    /// nobody anywhere: the key would go along.
    fn redirected(&self, method: &Method, response: &Response) -> Option<String> {
        let same_method = match response.status() {
            StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => {
                *method == Method::GET
            }
            _ => false,
        };
        let from = response.url();
        if !same_method || !self.is_of_api(from.as_str()) {
            return None;
        }
        let target = response.headers().get(LOCATION)?.to_str().ok()?;
        let target = from.join(target).ok()?;
        (target.origin() == from.origin()).then(|| target.into())
    }

    /// Sends without a limit of time, for bodies of any length and their type: once where there is one to send.
    pub(super) async fn stream(
        &self,
        method: Method,
        url: &str,
        body: Option<(reqwest::Body, &str)>,
    ) -> Result<Response> {
        permit::check(class_of(&method))?;
        let repeatable = is_repeatable(&method) && body.is_none();
        let mut builder = self
            .http()?
            .request(method.clone(), url)
            .headers(self.headers()?);
        if let Some((body, kind)) = body {
            builder = builder.header(CONTENT_TYPE, kind).body(body);
        }
        self.begin(&method, url, builder, repeatable).await
    }

    /// As [`Self::stream`], of some of the bytes: servers may send all of them nevertheless.
    pub(super) async fn part(&self, url: &str, first: u64, last: u64) -> Result<Response> {
        let builder = self.http()?.get(url).headers(self.headers()?);
        let builder = builder.header(RANGE, format!("bytes={first}-{last}"));
        self.begin(&Method::GET, url, builder, true).await
    }

    async fn begin(
        &self,
        method: &Method,
        url: &str,
        builder: reqwest::RequestBuilder,
        repeatable: bool,
    ) -> Result<Response> {
        let mut attempts = self.attempts(repeatable);
        let mut next = Some(builder);
        while let Some(builder) = next {
            // What is sent as it comes cannot be sent twice.
            next = builder.try_clone().filter(|_| repeatable);
            let pause = match builder.send().await {
                Ok(response) if response.status().is_success() => return Ok(response),
                Ok(response) => {
                    match attempts.after_answer(response.status(), response.headers()) {
                        Some(pause) if next.is_some() => pause,
                        _ => return Err(refused(method, response).await),
                    }
                }
                Err(error) => match attempts.after_failure(&error) {
                    Some(pause) if next.is_some() => pause,
                    _ => return Err(unreachable(url, self.endpoint().timeout, error)),
                },
            };
            tokio::time::sleep(pause).await;
        }
        Err(Error::internal("a request was not sent"))
    }

    pub(super) fn headers(&self) -> Result<HeaderMap> {
        let endpoint = self.endpoint();
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(
            "x-daytona-source",
            HeaderValue::from_static(endpoint.source),
        );
        headers.insert("x-daytona-sdk-version", HeaderValue::from_static(CONTRACT));
        if let Some(credential) = &endpoint.credential {
            let mut value = HeaderValue::try_from(format!("Bearer {}", credential.expose()))
                .map_err(|_| {
                    Error::new(
                        Kind::Auth,
                        "the API key has characters that no key can have",
                    )
                    .hint(
                        "set DAYTONA_API_KEY again; see where it comes from: `daytona config show`",
                    )
                })?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        if let Some(organization) = &endpoint.organization {
            let value = HeaderValue::try_from(organization).map_err(|_| {
                Error::usage("the organization id has characters that no id can have")
            })?;
            headers.insert("x-daytona-organization-id", value);
        }
        Ok(headers)
    }
}

/// What requests of a method do unless they say otherwise.
fn class_of(method: &Method) -> Class {
    if *method == Method::GET {
        Class::Looks
    } else {
        Class::Changes
    }
}

/// Whether a second request of this method does no more than the first.
fn is_repeatable(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::PUT | Method::DELETE
    )
}

/// What is not there when it is deleted once more was deleted, most likely, by the try before.
fn deleted_before(error: &Error) -> Error {
    let message = format!(
        "an earlier try of this deletion had no clear answer and may have deleted it: {}",
        error.text()
    );
    Error::new(Kind::Conflict, message).hint(Command::new("list").to("see whether it is gone"))
}

fn unreachable(url: &str, timeout: Duration, error: reqwest::Error) -> Error {
    let error = error.without_url();
    if error.is_timeout() && !error.is_connect() {
        return Error::new(
            Kind::Timeout,
            format!("{url} did not answer within {} s", timeout.as_secs_f64()),
        )
        .hint("allow more time: `--request-timeout SECONDS`");
    }
    let refused = Error::new(Kind::Unavailable, format!("cannot reach {url}"))
        .because(error)
        .hint("see where requests go, and why: `daytona config show`");
    if url.starts_with("https://") {
        return refused.hint("behind a proxy: set HTTPS_PROXY; a certificate of your own: `--insecure`, or add it to the system's store");
    }
    refused
}
