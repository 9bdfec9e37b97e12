//! Errors on the wire: from a kind to a status, and one shape of body whoever failed.

use axum::Json;
use axum::body::to_bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::api::types::ErrorBody;
use crate::engine::clock::{Clock, stamp};
use crate::error::{Error, Kind};

/// The longest message that is taken over from elsewhere.
const LONGEST_MESSAGE: usize = 64 * 1024;

/// A refusal that has no body yet: that is made where the request's path is known.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    status: StatusCode,
    message: String,
    source: &'static str,
    startable: bool,
}

/// Marks a reply that is the agent's own and passes as it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proxied;

impl Failure {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            source: "DAYTONA_API",
            startable: false,
        }
    }

    /// The same, and a start of the sandbox would mend it.
    pub(super) fn that_a_start_mends(mut self) -> Self {
        self.startable = true;
        self
    }

    /// Whether a start of the sandbox would mend it.
    pub(super) fn can_be_started(&self) -> bool {
        self.startable
    }

    /// The same, said by the toolbox proxy.
    pub(super) fn of_proxy(mut self) -> Self {
        self.source = "DAYTONA_PROXY";
        self
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    /// Whether whoever asked did nothing wrong.
    pub(super) fn is_server_error(&self) -> bool {
        self.status.is_server_error()
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    fn body(&self, path: String) -> Response {
        let reason = self.status.canonical_reason().unwrap_or("Error");
        let code = match self.status {
            StatusCode::REQUEST_TIMEOUT => "REQUEST_TIMEOUT".to_owned(),
            _ => reason.to_uppercase().replace([' ', '-'], "_"),
        };
        let body = ErrorBody {
            path: Some(path),
            timestamp: Some(stamp(Clock::default().now())),
            status_code: self.status.as_u16(),
            error: Some(reason.to_owned()),
            message: self.message.clone().into(),
            code: Some(code),
            source: Some(self.source.to_owned()),
            errors: Vec::new(),
            method: None,
        };
        (self.status, Json(body)).into_response()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let status = match error.kind() {
            Kind::Usage => StatusCode::BAD_REQUEST,
            Kind::Auth => StatusCode::UNAUTHORIZED,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Conflict => StatusCode::CONFLICT,
            // Of the engine's, only what is not any more as it was seen.
            Kind::Unconfirmed => StatusCode::PRECONDITION_FAILED,
            Kind::Limit => StatusCode::TOO_MANY_REQUESTS,
            Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Kind::Timeout => StatusCode::GATEWAY_TIMEOUT,
            Kind::Unsupported => StatusCode::UNPROCESSABLE_ENTITY,
            // What has no better name is nothing that whoever asks did wrong.
            Kind::Interrupted | Kind::Internal | Kind::Other => StatusCode::INTERNAL_SERVER_ERROR,
        };
        // With its causes: they are all that tells afterwards what was wrong.
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(kind = ?error.kind(), "{}", error.text());
        } else if status.is_server_error() {
            tracing::warn!(kind = ?error.kind(), "{}", error.text());
        }
        // The wire has one string: what to do next goes behind what is wrong.
        let mut message = error.text();
        for hint in error.hints() {
            message.push_str("; ");
            message.push_str(hint);
        }
        Self::new(status, message)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every error the API's body, those of the web framework too; other replies pass.
pub(super) async fn shape(mut response: Response, path: String) -> Response {
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        return failure.body(path);
    }
    let status = response.status();
    let proxied = response.extensions().get::<Proxied>().is_some();
    if proxied || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    if is_json(response.headers()) {
        return response;
    }
    let text = to_bytes(response.into_body(), LONGEST_MESSAGE).await;
    let text = text.map_or_else(
        |_| String::new(),
        |text| String::from_utf8_lossy(&text).into_owned(),
    );
    Failure::new(status, text).body(path)
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json"))
}
