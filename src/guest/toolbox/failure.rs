//! Failures of the toolbox in the API's shape (toolbox API, errors).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::api::types::ErrorBody;

/// A refused request.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    code: &'static str,
    message: String,
}

/// A handler's result.
pub(super) type Answer<T> = Result<T, Failure>;

impl Failure {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// The same as the body of an error part or an event.
    pub(super) fn into_body(self) -> ErrorBody {
        ErrorBody {
            status_code: self.status.as_u16(),
            message: self.message.into(),
            code: Some(self.code.to_owned()),
            source: Some("DAYTONA_DAEMON".to_owned()),
            timestamp: Some(jiff::Timestamp::now().to_string()),
            error: self.status.canonical_reason().map(str::to_owned),
            // Filled in by the router, which knows the request.
            path: None,
            errors: Vec::new(),
            method: None,
        }
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code: "BAD_REQUEST",
            message: message.into(),
        }
    }

    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            code: "NOT_FOUND",
            message: message.into(),
        }
    }

    pub(super) fn conflict(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::CONFLICT,
            code: "CONFLICT",
            message: message.into(),
        }
    }

    pub(super) fn gone(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::GONE,
            code,
            message: message.into(),
        }
    }

    pub(super) fn timeout(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::REQUEST_TIMEOUT,
            code: "PROCESS_EXECUTION_TIMEOUT",
            message: message.into(),
        }
    }

    pub(super) fn internal(what: &str, error: impl std::fmt::Display) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "INTERNAL_SERVER_ERROR",
            message: format!("{what}: {error}"),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status, Json(self.into_body())).into_response()
    }
}
