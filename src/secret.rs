//! A string that never shows itself: not in `Debug`, not in `Display`, not in logs.

use std::fmt;

/// A credential.
#[derive(Clone, Eq, PartialEq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a credential; the text around it is trimmed.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The credential itself, for the request header and the key file only.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// First and last three characters, the rest hidden; short ones are hidden whole.
    pub fn masked(&self) -> String {
        let characters: Vec<char> = self.0.chars().collect();
        if characters.len() < 16 {
            return "********".to_owned();
        }
        let head: String = characters[..3].iter().collect();
        let tail: String = characters[characters.len() - 3..].iter().collect();
        format!("{head}********{tail}")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_shows_its_ends_only_when_long() {
        assert_eq!(
            Secret::new("dtn_0123456789abcdef\n").masked(),
            "dtn********def"
        );
        assert_eq!(Secret::new("short").masked(), "********");
        assert_eq!(format!("{:?}", Secret::new("dtn_0123456789abcdef")), "***");
    }
}
