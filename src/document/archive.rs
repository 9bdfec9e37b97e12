//! The parts of an office file, which is a zip archive.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::NoText;

/// The longest part that is read, unpacked: what is longer was made to exhaust us.
const LARGEST_PART: u64 = 128 << 20;

pub(super) struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, NoText> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        archive.map(Self).map_err(|error| damaged(&error))
    }

    /// The text of a part; nothing where there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, NoText> {
        let part = match self.0.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&error)),
        };
        if part.encrypted() {
            return Err(NoText::new("it is encrypted"));
        }
        let mut bytes = Vec::new();
        part.take(LARGEST_PART)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(&error))?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// A part that must be there.
    pub(super) fn needed(&mut self, name: &str) -> Result<String, NoText> {
        self.part(name)?
            .ok_or_else(|| NoText::new(format_args!("it is damaged: there is no {name} in it")))
    }

    /// The names of the parts `PREFIX<number>SUFFIX`, in the order of their numbers.
    pub(super) fn numbered(&self, prefix: &str, suffix: &str) -> Vec<String> {
        let number = |name: &str| -> Option<u32> {
            let rest = name.strip_prefix(prefix)?.strip_suffix(suffix)?;
            rest.parse().ok()
        };
        let mut found: Vec<(u32, String)> = self
            .0
            .file_names()
            .flatten()
            .filter_map(|name| Some((number(&name)?, name.into_owned())))
            .collect();
        found.sort();
        found.into_iter().map(|(_, name)| name).collect()
    }
}

fn damaged(error: &dyn std::fmt::Display) -> NoText {
    NoText::new(format_args!("it is damaged: {error}"))
}
