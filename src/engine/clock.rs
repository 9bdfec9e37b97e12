//! What time it is for the engine: milliseconds since 1970, and how the wire shows them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// One second in milliseconds.
pub(crate) const SECOND: i64 = 1_000;
/// One minute in milliseconds: the unit of every interval of the API.
pub(crate) const MINUTE: i64 = 60_000;

/// The system's clock, which tests can put forward.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock {
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// Milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX) + self.ahead.load(Ordering::Relaxed)
    }

    /// Lets time pass.
    #[cfg(test)]
    pub(crate) fn pass(&self, milliseconds: i64) {
        self.ahead.fetch_add(milliseconds, Ordering::Relaxed);
    }
}

/// The wire's form: `2025-01-01T00:00:00.000Z`.
pub(crate) fn stamp(milliseconds: i64) -> String {
    let time = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{time:.3}")
}

/// A time as clients send it: RFC 3339, or with `+0000` for the offset as Python writes it.
pub(crate) fn parse(text: &str) -> Option<i64> {
    // A `+` that was not percent-encoded arrives as a space.
    let text = text.trim().replace(' ', "+");
    text.parse::<Timestamp>()
        .or_else(|_| Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", &text))
        .ok()
        .map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::{parse, stamp};

    #[test]
    fn times_are_read_as_every_sdk_writes_them() {
        for text in [
            "2025-01-01T00:00:00.000Z",
            "2025-01-01T00:00:00Z",
            "2025-01-01T00:00:00.000000+0000",
            "2025-01-01T01:00:00+01:00",
            "2025-01-01T00:00:00 00:00",
        ] {
            let time = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(stamp(time), "2025-01-01T00:00:00.000Z", "{text}");
        }
        assert_eq!(parse("yesterday"), None);
    }
}
