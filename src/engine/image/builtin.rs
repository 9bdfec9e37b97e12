//! Names that stand for images which need no account.

use std::collections::BTreeMap;

const NAMES: &[(&str, &str)] = &[
    ("alpine", "docker.io/library/alpine:3.22"),
    ("debian", "docker.io/library/debian:trixie-slim"),
    ("node", "docker.io/library/node:24-slim"),
    ("python", "docker.io/library/python:3.13-slim"),
];

/// The reference that a name stands for: of `overrides`, or else of our own.
pub(crate) fn built_in(name: &str, overrides: &BTreeMap<String, String>) -> Option<String> {
    overrides.get(name).cloned().or_else(|| {
        let (_, reference) = NAMES.iter().find(|(known, _)| *known == name)?;
        Some((*reference).to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::built_in;
    use super::super::reference::Reference;
    use super::*;

    #[test]
    fn names_stand_for_images() {
        let mut overrides = BTreeMap::new();
        assert_eq!(
            built_in("python", &overrides).unwrap(),
            "docker.io/library/python:3.13-slim"
        );
        assert_eq!(built_in("ruby", &overrides), None);
        overrides.insert("python".to_owned(), "ghcr.io/us/python:1".to_owned());
        overrides.insert("ruby".to_owned(), "ruby:3".to_owned());
        assert_eq!(
            built_in("python", &overrides).unwrap(),
            "ghcr.io/us/python:1"
        );
        assert_eq!(built_in("ruby", &overrides).unwrap(), "ruby:3");
    }

    #[test]
    fn every_name_stands_for_what_can_be_read() {
        for (_, reference) in NAMES {
            assert_eq!(Reference::parse(reference).unwrap().to_string(), *reference);
        }
    }
}
