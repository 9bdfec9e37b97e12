//! One value at a time: text into URL, seconds, switch; errors name the flag or variable.

use std::net::SocketAddr;
use std::time::Duration;

use reqwest::Url;

use crate::error::{Error, Result};

use super::Origin;

fn named(origin: &Origin) -> String {
    match origin {
        Origin::Flag(name) | Origin::Variable(name) => (*name).to_owned(),
        other => other.to_string(),
    }
}

/// A base URL without its last slash.
pub(super) fn url(text: &str, origin: &Origin) -> Result<String> {
    let wrong = |why: &str| {
        Error::usage(format!(
            "{}: `{text}` is not a usable URL: {why}",
            named(origin)
        ))
        .hint("give a base URL such as https://app.daytona.io/api")
    };
    let url = Url::parse(text.trim()).map_err(|error| wrong(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("the scheme must be http or https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("a credential does not belong in it"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("a base URL has no query"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Whether two URLs have the same scheme, host and port: what a credential is bound to.
pub(super) fn same_origin(one: &str, other: &str) -> bool {
    match (Url::parse(one), Url::parse(other)) {
        (Ok(one), Ok(other)) => one.origin() == other.origin(),
        _ => false,
    }
}

/// Seconds, more than none.
pub(super) fn seconds(text: &str, origin: &Origin) -> Result<Duration> {
    text.trim()
        .parse::<f64>()
        .ok()
        .filter(|seconds| *seconds > 0.0)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|duration| *duration <= Duration::from_hours(24))
        .ok_or_else(|| {
            Error::usage(format!(
                "{}: `{text}` is not a number of seconds above 0 (at most a day)",
                named(origin)
            ))
        })
}

/// Yes or no.
pub(super) fn switch(text: &str, origin: &Origin) -> Result<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Ok(true),
        "0" | "false" | "no" | "off" => Ok(false),
        _ => Err(Error::usage(format!(
            "{}: `{text}` is neither true nor false",
            named(origin)
        ))),
    }
}

/// An address with its port.
pub(super) fn address(text: &str, origin: &Origin) -> Result<SocketAddr> {
    text.trim().parse().map_err(|_| {
        Error::usage(format!(
            "{}: `{text}` is not an address such as 127.0.0.1:3986",
            named(origin)
        ))
    })
}
