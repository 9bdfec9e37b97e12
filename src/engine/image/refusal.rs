//! Errors for people from a registry's silence, its refusals and its replies that are no images.

use reqwest::Response;
use serde::Deserialize;

use crate::error::{Error, Kind};

use super::reference::Reference;
use super::registry::STALLED;

#[derive(Deserialize)]
struct Refusal {
    errors: Vec<Reason>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reason {
    code: String,
    message: String,
}

/// The longest that a registry may go on about why not.
const LONGEST_REASON: usize = 64 << 10;

/// A failure, and whether the next try may go well.
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) passing: bool,
}

impl Failure {
    pub(super) fn passing(error: Error) -> Self {
        Self {
            error,
            passing: true,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            error,
            passing: false,
        }
    }
}

/// As much of an answer as is wanted.
pub(super) async fn beginning(mut response: Response, most: usize) -> reqwest::Result<Vec<u8>> {
    let mut text = Vec::new();
    while text.len() < most
        && let Some(chunk) = response.chunk().await?
    {
        text.extend_from_slice(&chunk);
    }
    text.truncate(most);
    Ok(text)
}

/// No answer, or half of one.
pub(super) fn failed(image: &Reference, error: reqwest::Error) -> Failure {
    // Where nothing can be reached at all, or nothing comes, there is no point in waiting longer.
    let passing = !(error.is_connect() || error.is_timeout() || error.is_redirect());
    Failure {
        error: silence(image, error),
        passing,
    }
}

fn silence(image: &Reference, error: reqwest::Error) -> Error {
    let registry = &image.registry;
    let error = error.without_url();
    if error.is_timeout() && !error.is_connect() {
        return Error::new(
            Kind::Timeout,
            format!(
                "the transfer of {image} stalled: {registry} sent nothing for {} s",
                STALLED.as_secs()
            ),
        )
        .hint("run it again: layers that are complete are kept");
    }
    if error.is_body() || error.is_decode() {
        return Error::new(
            Kind::Unavailable,
            format!("the transfer of {image} from {registry} broke off"),
        )
        .because(error)
        .hint("run it again: layers that are complete are kept");
    }
    let kind = if error.is_timeout() {
        Kind::Timeout
    } else {
        Kind::Unavailable
    };
    Error::new(kind, format!("cannot reach {registry} for the image {image}"))
            .because(error)
            .hint("behind a proxy: start the engine with HTTPS_PROXY set")
            .hint("without a network, import an archive of the image: `daytona snapshot create NAME --from FILE`")
}

/// An answer that is none.
pub(super) async fn refused(image: &Reference, response: Response) -> Failure {
    let status = response.status();
    let body = beginning(response, LONGEST_REASON)
        .await
        .unwrap_or_default();
    let reason = serde_json::from_slice::<Refusal>(&body)
        .ok()
        .and_then(|refusal| refusal.errors.into_iter().next())
        .unwrap_or_default();
    let registry = &image.registry;
    let said = match (&*reason.message, &*reason.code) {
        ("", "") => status.to_string(),
        ("", said) | (said, _) => format!(
            "{}: {}",
            status.as_u16(),
            said.chars().take(200).collect::<String>()
        ),
    };
    let error = match status.as_u16() {
            401 | 403 => Error::new(Kind::Auth, format!("{registry} does not give out {image}: it does not exist, or is private ({said})"))
                .hint("check the name; a private image can be imported: `docker save IMAGE -o FILE`, then `daytona snapshot create NAME --from FILE`"),
            404 => Error::new(Kind::NotFound, format!("there is no image {image} ({said})")).hint("check its name and its tag"),
            429 => Error::new(Kind::Limit, format!("{registry} refuses to give out {image} for now: too many requests ({said})"))
                .hint("wait a while; Docker Hub counts pulls by address, a mirror of it does not"),
            500.. => Error::new(Kind::Unavailable, format!("{registry} cannot give out {image} now ({said})")),
            _ => Error::usage(format!("{registry} refused to give out {image} ({said})")),
    };
    Failure {
        error,
        passing: status.is_server_error(),
    }
}
