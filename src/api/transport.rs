//! One request: headers, timeouts, retries, and the one place that decodes replies and errors.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RANGE};
use reqwest::{Method, Response, StatusCode, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Context as _, Error, Kind, Result};

use super::client::{Client, Endpoint};
use super::types::{ENGINE_HEADER, ErrorBody};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const TRIES: u32 = 4;
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The version of the contract that we speak; servers switch the shape of some replies on it.
const CONTRACT: &str = "0.205.1";

/// A request that is about to be sent.
pub(super) struct Request {
    method: Method,
    url: String,
    body: Option<Vec<u8>>,
    repeatable: bool,
    timeout: Option<Duration>,
}

impl Request {
    pub(super) fn new(method: Method, url: String) -> Self {
        let repeatable = matches!(method, Method::GET | Method::PUT | Method::DELETE);
        Self {
            method,
            url,
            body: None,
            repeatable,
            timeout: None,
        }
    }

    pub(super) fn json(mut self, body: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_vec(body)
            .context(Kind::Internal, || "cannot encode the request".into())?;
        self.body = Some(body);
        Ok(self)
    }

    /// The request may be sent again when it is not known whether it arrived.
    pub(super) fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    /// The request may take this long, whatever the endpoint's timeout is.
    pub(super) fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }
}

pub(super) fn build(endpoint: &Endpoint) -> Result<reqwest::Client> {
    let same_host = redirect::Policy::custom(|attempt| {
        let same = attempt
            .previous()
            .first()
            .is_some_and(|first| first.origin() == attempt.url().origin());
        if same && attempt.previous().len() < 5 {
            attempt.follow()
        } else {
            attempt.stop()
        }
    });
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("daytona-rs/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT.min(endpoint.timeout))
        .redirect(same_host);
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
    builder
        .build()
        .context(Kind::Internal, || "cannot set up the HTTP client".into())
}

impl Client {
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.endpoint().url)
    }

    /// Sends, and decodes the JSON reply.
    pub(super) async fn call<T: DeserializeOwned>(&self, request: Request) -> Result<T> {
        let url = request.url.clone();
        let response = self.send(request).await?;
        self.decode(&url, response).await
    }

    /// The JSON of a good reply.
    pub(super) async fn decode<T: DeserializeOwned>(
        &self,
        url: &str,
        response: Response,
    ) -> Result<T> {
        let status = response.status();
        let body = response.bytes().await;
        let body = body.map_err(|error| broken(url, error))?;
        serde_json::from_slice(&body).map_err(|error| {
            Error::new(
                Kind::Unavailable,
                format!("{url} answered {status} with something that is not the expected JSON ({error}): {}", first_line(&body)),
            )
            .hint("check that the API URL is a Daytona API, usually ending in /api: `daytona config show`")
        })
    }

    /// Sends, and decodes the JSON reply; null where there is none.
    pub(super) async fn call_or_nothing(&self, request: Request) -> Result<serde_json::Value> {
        let url = request.url.clone();
        let response = self.send(request).await?;
        if response.content_length() == Some(0) {
            return Ok(serde_json::Value::Null);
        }
        self.decode(&url, response).await
    }

    /// Sends, and expects no body.
    pub(super) async fn tell(&self, request: Request) -> Result<()> {
        let url = request.url.clone();
        let response = self.send(request).await?;
        response
            .bytes()
            .await
            .map(drop)
            .map_err(|error| broken(&url, error))
    }

    /// Sends until there is a good reply, an error that is final, or no try left.
    pub(super) async fn send(&self, request: Request) -> Result<Response> {
        let http = self.http()?;
        let headers = self.headers()?;
        let timeout = request.timeout.unwrap_or(self.endpoint().timeout);
        for attempt in 1.. {
            let id = uuid::Uuid::new_v4();
            let mut builder = http
                .request(request.method.clone(), &request.url)
                .headers(headers.clone())
                .header("x-request-id", id.to_string())
                .timeout(timeout);
            if let Some(body) = &request.body {
                builder = builder
                    .header(CONTENT_TYPE, "application/json")
                    .body(body.clone());
            }
            let begun = std::time::Instant::now();
            let outcome = builder.send().await;
            let last = attempt == TRIES;
            let pause = match outcome {
                Ok(response) => {
                    let status = response.status();
                    tracing::debug!(%id, method = %request.method, url = %request.url, %status, elapsed = ?begun.elapsed(), "request");
                    self.saw_engine(response.headers().contains_key(ENGINE_HEADER));
                    if status.is_success() || status == StatusCode::SWITCHING_PROTOCOLS {
                        return Ok(response);
                    }
                    let wait = asked_to_wait(response.headers());
                    let busy = matches!(
                        status,
                        StatusCode::TOO_MANY_REQUESTS
                            | StatusCode::BAD_GATEWAY
                            | StatusCode::SERVICE_UNAVAILABLE
                    );
                    if !busy || last || wait.is_some_and(|wait| wait > LONGEST_PAUSE) {
                        return Err(refused(response, wait).await);
                    }
                    wait.unwrap_or_else(|| backoff(attempt))
                }
                Err(error) => {
                    tracing::debug!(%id, method = %request.method, url = %request.url, ?error, "request failed");
                    // A connection that was never made can be tried again whatever the request does,
                    // but where nothing listens there is no point in waiting.
                    let error_is_final =
                        error.is_timeout() || error.is_builder() || error.is_connect();
                    if error_is_final || !request.repeatable || last {
                        return Err(unreachable(&request.url, timeout, error));
                    }
                    backoff(attempt)
                }
            };
            tracing::debug!(?pause, attempt, "trying again");
            tokio::time::sleep(pause).await;
        }
        Err(Error::internal("ran out of tries"))
    }

    /// Sends once, without a limit of time: for bodies of any length.
    pub(super) async fn stream(
        &self,
        method: Method,
        url: &str,
        body: Option<reqwest::Body>,
    ) -> Result<Response> {
        let mut builder = self.http()?.request(method, url).headers(self.headers()?);
        if let Some(body) = body {
            builder = builder
                .header(CONTENT_TYPE, "application/octet-stream")
                .body(body);
        }
        self.begin(url, builder).await
    }

    /// As [`Self::stream`], of some of the bytes: servers may send all of them nevertheless.
    pub(super) async fn part(&self, url: &str, first: u64, last: u64) -> Result<Response> {
        let builder = self.http()?.get(url).headers(self.headers()?);
        self.begin(url, builder.header(RANGE, format!("bytes={first}-{last}")))
            .await
    }

    async fn begin(&self, url: &str, builder: reqwest::RequestBuilder) -> Result<Response> {
        let response = builder
            .send()
            .await
            .map_err(|error| unreachable(url, self.endpoint().timeout, error))?;
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(refused(response, None).await)
        }
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
            let mut value = HeaderValue::try_from(format!("Bearer {}", credential.expose())).map_err(|_| {
                Error::new(Kind::Auth, "the API key has characters that no key can have")
                    .hint("set it again: `printf %s \"$KEY\" | daytona login --api-key-stdin`, or DAYTONA_API_KEY")
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

/// The pause that the server asks for: `retry-after` or one of `retry-after-<scope>`, in seconds.
fn asked_to_wait(headers: &HeaderMap) -> Option<Duration> {
    headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("retry-after"))
        .filter_map(|(_, value)| value.to_str().ok()?.trim().parse::<u64>().ok())
        .max()
        .map(Duration::from_secs)
}

/// 200 ms, doubled at each attempt, plus up to as much again so that clients do not march in step.
fn backoff(attempt: u32) -> Duration {
    let base = 200_u64 << (attempt - 1).min(5);
    let noise = uuid::Uuid::new_v4().as_u128() % u128::from(base);
    Duration::from_millis(base + u64::try_from(noise).unwrap_or(0))
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

fn broken(url: &str, error: reqwest::Error) -> Error {
    let kind = if error.is_timeout() {
        Kind::Timeout
    } else {
        Kind::Unavailable
    };
    Error::new(kind, format!("the reply of {url} broke off")).because(error.without_url())
}

/// The error that a refusing reply stands for; status and first line are always shown.
pub(super) async fn refused(response: Response, wait: Option<Duration>) -> Error {
    let status = response.status();
    let url = response.url().clone();
    let body = response.bytes().await.unwrap_or_default();
    let parsed = serde_json::from_slice::<ErrorBody>(&body).ok();
    let message = parsed.as_ref().and_then(ErrorBody::text);
    let kind = match status.as_u16() {
        401 | 403 => Kind::Auth,
        404 | 410 => Kind::NotFound,
        408 | 504 => Kind::Timeout,
        409 => Kind::Conflict,
        422 | 501 => Kind::Unsupported,
        429 => Kind::Limit,
        502 | 503 => Kind::Unavailable,
        _ => Kind::Other,
    };
    // A page that is not the API's says nothing about a sandbox.
    let kind = match kind {
        Kind::NotFound if parsed.is_none() && !body.is_empty() => Kind::Unavailable,
        kind => kind,
    };
    let reason = status.canonical_reason().unwrap_or("");
    let Some(message) = message else {
        return Error::new(
            kind,
            format!("{} answered {} {reason}: {}", url.origin().ascii_serialization(), status.as_u16(), first_line(&body)),
        )
        .hint("check that the API URL is a Daytona API, usually ending in /api: `daytona config show`");
    };
    let error = Error::new(kind, format!("{message} ({} {reason})", status.as_u16()));
    let inside = parsed.and_then(|body| body.source).as_deref() == Some("DAYTONA_DAEMON");
    match status.as_u16() {
        403 if inside => {
            error.hint("inside the sandbox this belongs to somebody else: its user may not do that")
        }
        401 => error.hint("check the key and where it is sent: `daytona config show`"),
        403 => error
            .hint("the key lacks a permission for this: `daytona config show` says which it is"),
        429 => match wait {
            Some(wait) => error.hint(format!("the server asks to wait {} s", wait.as_secs())),
            None => error.hint("wait a little, then run it again"),
        },
        _ => error,
    }
}

fn first_line(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or("(empty reply)");
    let short: String = line.chars().take(200).collect();
    if short.len() < line.len() {
        format!("{short}…")
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wait_that_a_server_asks_for_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(asked_to_wait(&headers), None);
        headers.insert("retry-after-authenticated", HeaderValue::from_static("2"));
        headers.insert("retry-after-sandbox-create", HeaderValue::from_static("7"));
        assert_eq!(asked_to_wait(&headers), Some(Duration::from_secs(7)));
    }

    #[test]
    fn pauses_grow_and_stay_bounded() {
        assert!(
            backoff(1) >= Duration::from_millis(200) && backoff(1) < Duration::from_millis(400)
        );
        assert!(backoff(9) < Duration::from_secs(13));
    }

    #[test]
    fn a_page_of_html_is_cut_to_its_first_line() {
        assert_eq!(first_line(b"\n  <html>\n<body>"), "<html>");
        assert_eq!(first_line(b""), "(empty reply)");
    }
}
