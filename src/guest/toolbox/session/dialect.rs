//! What clients of different ages want of a log: its streams apart, marked, or as plain text.

use axum::http::HeaderMap;

/// The header in which clients say how old they are.
const VERSION: &str = "x-daytona-sdk-version";
/// Asks for the streams apart, whatever the age.
const SPLIT: &str = "x-daytona-split-output";
/// From this version on, clients take the streams apart.
const APART: (u64, u64) = (0, 167);
/// From this version on, clients understand marks.
const MARKED: (u64, u64) = (0, 27);

/// The form in which a log is sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Dialect {
    /// JSON: marked, and each stream by itself.
    Apart,
    /// The bytes with their marks.
    Marked,
    /// The bytes without marks.
    Plain,
}

impl Dialect {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        if text(SPLIT).is_some_and(|value| value.eq_ignore_ascii_case("true")) {
            return Self::Apart;
        }
        let Some(version) = text(VERSION) else {
            return Self::Plain;
        };
        if version.contains("dev") {
            return Self::Apart;
        }
        let mut numbers = version
            .trim_start_matches('v')
            .split(['.', '-', '+'])
            .map(|number| number.parse().unwrap_or(0));
        let mut next = || numbers.next().unwrap_or(0);
        let version = (next(), next());
        if version >= APART {
            Self::Apart
        } else if version >= MARKED {
            Self::Marked
        } else {
            Self::Plain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_decides() {
        for (name, value, expected) in [
            (VERSION, "0.205.1", Dialect::Apart),
            (VERSION, "v1.0.0", Dialect::Apart),
            (VERSION, "0.0.0-dev", Dialect::Apart),
            (VERSION, "0.166.9", Dialect::Marked),
            (VERSION, "0.27.0", Dialect::Marked),
            (VERSION, "0.26.9", Dialect::Plain),
            (VERSION, "nonsense", Dialect::Plain),
            (SPLIT, "True", Dialect::Apart),
            (SPLIT, "false", Dialect::Plain),
        ] {
            let headers = HeaderMap::from_iter([(
                name.parse().unwrap(),
                axum::http::HeaderValue::from_static(value),
            )]);
            assert_eq!(Dialect::of(&headers), expected, "{name}: {value}");
        }
        assert_eq!(Dialect::of(&HeaderMap::new()), Dialect::Plain);
    }
}
