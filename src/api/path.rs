//! Paths and queries, percent-encoded (RFC 3986: everything but the unreserved characters).

use std::fmt::Write as _;

/// One segment of a path, or one value of a query.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A query string with its question mark, or nothing where there are no pairs.
pub(super) fn query(pairs: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (key, value) in pairs {
        text.push(if text.is_empty() { '?' } else { '&' });
        let _ = write!(text, "{key}={}", encode(value));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{encode, query};

    #[test]
    fn everything_but_unreserved_characters_is_encoded() {
        assert_eq!(encode("a b/ü"), "a%20b%2F%C3%BC");
        assert_eq!(query(&[]), "");
        assert_eq!(
            query(&[("a", "1".into()), ("b", "x&y".into())]),
            "?a=1&b=x%26y"
        );
    }
}
