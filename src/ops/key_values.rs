//! Maps of strings: `--env KEY=VALUE` in a terminal, an object in MCP, lines in a file.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use crate::error::{Error, Result};

/// One `KEY=VALUE`.
pub type Pair = (String, String);

/// A flag's value as a pair.
pub fn parse(text: &str) -> Result<Pair, String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.to_owned()))
        }
        Some(_) => Err("the key before `=` is empty".to_owned()),
        None => Err("it must be KEY=VALUE".to_owned()),
    }
}

/// An object of strings as pairs.
pub(crate) fn from_map<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<Pair>, D::Error> {
    Ok(BTreeMap::deserialize(input)?.into_iter().collect())
}

/// The pairs as a map, or none where there are none. A later pair wins.
pub(crate) fn map(pairs: Vec<Pair>) -> Option<BTreeMap<String, String>> {
    (!pairs.is_empty()).then(|| pairs.into_iter().collect())
}

/// The pairs of an env file: `KEY=VALUE` lines; empty lines and `#` comments are skipped, quotes around a value removed.
pub fn parse_file(text: &str, name: &str) -> Result<Vec<Pair>> {
    let mut pairs = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (key, value) = parse(line).map_err(|why| {
            Error::usage(format!("--env-file: {name}, line {}: {why}", number + 1))
        })?;
        let value = value.trim();
        let bare = ['"', '\'']
            .iter()
            .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
        pairs.push((key, bare.unwrap_or(value).to_owned()));
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_strict() {
        assert_eq!(parse("A=b=c"), Ok(("A".into(), "b=c".into())));
        assert!(parse("A").is_err());
        assert!(parse("=x").is_err());
    }

    #[test]
    fn files_have_comments_and_quotes() {
        let pairs = parse_file("# c\n\nexport A='x y'\nB=1\n", "f").expect("pairs");
        assert_eq!(
            pairs,
            [("A".into(), "x y".into()), ("B".into(), "1".into())]
        );
        let error = parse_file("A=1\nB\n", "f").expect_err("a line without =");
        assert!(error.text().contains("f, line 2"), "{error}");
    }
}
