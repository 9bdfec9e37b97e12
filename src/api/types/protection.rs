//! The labels by which a sandbox is kept from being deleted: extensions of ours that every server stores.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;

/// `true`, or the moment (RFC 3339) until which the sandbox is kept from being deleted.
pub const PROTECTED_LABEL: &str = "daytona.io/protected";
/// Why it is kept.
pub const PROTECTED_WHY_LABEL: &str = "daytona.io/protected-why";

/// What keeps a sandbox from being deleted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Protection {
    /// Until when (RFC 3339); for ever without.
    pub until: Option<String>,
    /// Why.
    pub why: Option<String>,
}

impl Protection {
    /// Of a sandbox with these labels at that time. What cannot be read protects: it was meant to.
    pub fn of(labels: &BTreeMap<String, String>, now: Timestamp) -> Option<Self> {
        let value = labels.get(PROTECTED_LABEL)?;
        if value.is_empty() || value == "false" {
            return None;
        }
        let until = value.parse::<Timestamp>().ok();
        if until.is_some_and(|until| until <= now) {
            return None;
        }
        Some(Self {
            until: until.map(|_| value.clone()),
            why: labels.get(PROTECTED_WHY_LABEL).cloned(),
        })
    }
}

impl fmt::Display for Protection {
    /// `protected until 2026-12-01T00:00:00Z: it is the demo`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("protected")?;
        if let Some(until) = &self.until {
            write!(f, " until {until}")?;
        }
        match &self.why {
            Some(why) => write!(f, ": {why}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_protects_until_its_moment_and_what_cannot_be_read_protects() {
        let now: Timestamp = "2026-11-28T00:00:00Z".parse().expect("a moment");
        let of = |value: &str| {
            let labels = BTreeMap::from([
                (PROTECTED_LABEL.to_owned(), value.to_owned()),
                (PROTECTED_WHY_LABEL.to_owned(), "demo".to_owned()),
            ]);
            Protection::of(&labels, now).map(|told| told.to_string())
        };
        assert_eq!(of("true").as_deref(), Some("protected: demo"));
        assert_eq!(of("no idea").as_deref(), Some("protected: demo"));
        let until = of("2026-11-28T00:00:01Z");
        assert_eq!(
            until.as_deref(),
            Some("protected until 2026-11-28T00:00:01Z: demo")
        );
        for gone in [
            "",
            "false",
            "2026-11-28T00:00:00Z",
            "2001-01-01T00:00:00+02:00",
        ] {
            assert_eq!(of(gone), None, "{gone}");
        }
        assert_eq!(Protection::of(&BTreeMap::new(), now), None);
    }
}
