//! Moments as a person says them.

use jiff::Timestamp;

/// "2 minutes ago", "in 3 hours"; the text itself where it is not a moment.
pub(super) fn describe(text: &str, now: Timestamp) -> String {
    let Ok(moment) = text.parse::<Timestamp>() else {
        return text.to_owned();
    };
    let seconds = now.as_second() - moment.as_second();
    let (count, unit) = match seconds.abs() {
        0..60 if seconds < 0 => return "in a moment".to_owned(),
        0..60 => return "just now".to_owned(),
        s @ 60..3600 => (s / 60, "minute"),
        s @ 3600..86_400 => (s / 3600, "hour"),
        s => (s / 86_400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if seconds < 0 {
        format!("in {count} {unit}{plural}")
    } else {
        format!("{count} {unit}{plural} ago")
    }
}

#[cfg(test)]
mod tests {
    use super::describe;

    #[test]
    fn moments_read_naturally() {
        let now = "2026-01-02T00:00:00Z".parse().expect("a moment");
        for (text, said) in [
            ("2026-01-01T23:59:30Z", "just now"),
            ("2026-01-01T23:58:00Z", "2 minutes ago"),
            ("2026-01-01T23:00:00Z", "1 hour ago"),
            ("2025-12-31T00:00:00Z", "2 days ago"),
            ("2026-01-02T03:00:00Z", "in 3 hours"),
            ("yesterday", "yesterday"),
        ] {
            assert_eq!(describe(text, now), said);
        }
    }
}
