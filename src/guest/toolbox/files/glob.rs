//! Patterns for names: `*`, `?`, `[a-z]`, `[^a-z]`, and `\` before a character meant as it is.

/// A pattern that was found to be well formed.
pub(super) struct Glob(Vec<Token>);

enum Token {
    Any,
    One,
    Exactly(u8),
    Class {
        ranges: Vec<(u8, u8)>,
        negated: bool,
    },
}

impl Glob {
    /// None where the pattern is malformed.
    pub(super) fn parse(pattern: &str) -> Option<Self> {
        let mut tokens = Vec::new();
        let mut rest = pattern.bytes().peekable();
        while let Some(byte) = rest.next() {
            tokens.push(match byte {
                b'*' => Token::Any,
                b'?' => Token::One,
                b'\\' => Token::Exactly(rest.next()?),
                b'[' => {
                    let negated = rest.next_if(|byte| matches!(byte, b'^' | b'!')).is_some();
                    let mut ranges = Vec::new();
                    loop {
                        let low = match rest.next()? {
                            b']' if !ranges.is_empty() => break,
                            b']' => return None,
                            b'\\' => rest.next()?,
                            byte => byte,
                        };
                        let high = if rest.next_if_eq(&b'-').is_some() {
                            match rest.next()? {
                                b']' => return None,
                                b'\\' => rest.next()?,
                                byte => byte,
                            }
                        } else {
                            low
                        };
                        ranges.push((low, high));
                    }
                    Token::Class { ranges, negated }
                }
                byte => Token::Exactly(byte),
            });
        }
        Some(Self(tokens))
    }

    /// Whether the whole name matches. Linear but for one step back to the last `*`.
    pub(super) fn matches(&self, name: &[u8]) -> bool {
        let (mut token, mut at) = (0, 0);
        let mut star = None;
        loop {
            let step = match self.0.get(token) {
                Some(Token::Any) => {
                    star = Some((token, at));
                    token += 1;
                    continue;
                }
                Some(token) => token.takes(&name[at..]),
                None if at == name.len() => return true,
                None => None,
            };
            if let Some(length) = step {
                token += 1;
                at += length;
                continue;
            }
            // The last star takes one byte more.
            let Some((back, from)) = star else {
                return false;
            };
            if from == name.len() {
                return false;
            }
            star = Some((back, from + 1));
            token = back + 1;
            at = from + 1;
        }
    }
}

impl Token {
    /// How many bytes of the name it takes.
    fn takes(&self, name: &[u8]) -> Option<usize> {
        let first = *name.first()?;
        match self {
            Self::Any => None,
            // A whole character, where the name is UTF-8.
            Self::One => Some(width(first).min(name.len())),
            Self::Exactly(byte) => (*byte == first).then_some(1),
            Self::Class { ranges, negated } => {
                let inside = ranges
                    .iter()
                    .any(|(low, high)| (*low..=*high).contains(&first));
                (inside != *negated)
                    .then(|| if *negated { width(first) } else { 1 }.min(name.len()))
            }
        }
    }
}

fn width(first: u8) -> usize {
    match first {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_as_a_whole() {
        for (pattern, name, expected) in [
            ("*.py", "a.py", true),
            ("*.py", "a.pyc", false),
            ("*", "", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbY", false),
            ("?", "ä", true),
            ("??", "ä", false),
            ("[a-c]1", "b1", true),
            ("[^a-c]1", "b1", false),
            ("[^a-c]1", "d1", true),
            (r"\*", "*", true),
            (r"\*", "a", false),
            ("[]", "x", false),
        ] {
            let glob = Glob::parse(pattern);
            let matched = glob.is_some_and(|glob| glob.matches(name.as_bytes()));
            assert_eq!(matched, expected, "{pattern} on {name}");
        }
        for bad in ["[", "[a", "[]", "[a-]", r"\"] {
            assert!(Glob::parse(bad).is_none(), "{bad}");
        }
    }
}
