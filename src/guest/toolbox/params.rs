//! The query of a request, decoded to bytes: names of files need not be UTF-8.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::failure::{Answer, Failure};

/// The parameters in the order in which they came.
pub(super) struct Params(Vec<(Vec<u8>, Vec<u8>)>);

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::parse(parts.uri.query().unwrap_or_default()))
    }
}

impl Params {
    pub(super) fn parse(query: &str) -> Self {
        let decode = |text: &str| {
            let text = text.replace('+', " ");
            percent_encoding::percent_decode_str(&text).collect()
        };
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decode(name), decode(value)))
                .collect(),
        )
    }

    fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.0
            .iter()
            .find(|(own, _)| own == name.as_bytes())
            .map(|(_, value)| value.as_slice())
            .filter(|value| !value.is_empty())
    }

    /// A text; none where it is missing or empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.bytes(name)
            .map(|value| String::from_utf8_lossy(value).into_owned())
    }

    /// A text that must be there.
    pub(super) fn required(&self, name: &str) -> Answer<String> {
        self.text(name).ok_or_else(|| missing(name))
    }

    /// A path, byte for byte; none where it is missing or empty.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        self.bytes(name)
            .map(|value| PathBuf::from(OsString::from_vec(value.to_vec())))
    }

    /// A path that must be there.
    pub(super) fn required_path(&self, name: &str) -> Answer<PathBuf> {
        self.path(name).ok_or_else(|| missing(name))
    }

    /// A yes or no, in any case; no where it is missing.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.bytes(name)
            .is_some_and(|value| value.eq_ignore_ascii_case(b"true") || value == b"1")
    }

    /// A number that may be missing.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Answer<Option<T>> {
        self.text(name)
            .map(|text| {
                text.parse()
                    .map_err(|_| Failure::bad_request(format!("{name} is not a number: '{text}'")))
            })
            .transpose()
    }
}

fn missing(name: &str) -> Failure {
    Failure::bad_request(format!("{name} is required"))
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn names_are_bytes() {
        let params = Params::parse("path=%2Ftmp%2Fa%20b%0A%ff+c%2B&recursive=True&empty=&n=3");
        let path = params.required_path("path").unwrap();
        assert_eq!(path.as_os_str().as_bytes(), b"/tmp/a b\n\xff c+");
        assert!(params.flag("recursive") && !params.flag("other"));
        assert!(params.text("empty").is_none() && params.required("empty").is_err());
        assert_eq!(params.number::<u32>("n").unwrap(), Some(3));
        assert!(params.number::<u32>("path").is_err());
    }
}
