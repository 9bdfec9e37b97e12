//! The files of an image outside of a registry: in a folder, or in a tar archive, read in place.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::engine::archive::{Reader, What};

/// The longest manifest or configuration.
const LONGEST_TEXT: u64 = 8 << 20;
/// The most links from one name to another within an archive.
const MOST_LINKS: usize = 8;

/// Where the files are.
pub(super) enum Archive {
    Folder(PathBuf),
    Tar {
        file: File,
        index: BTreeMap<String, Place>,
    },
}

/// A file in an archive.
pub(super) enum Place {
    Bytes { begin: u64, size: u64 },
    Link(String),
}

impl Archive {
    /// Reads where the files of a plain tar archive are.
    pub(super) fn index(file: File) -> Result<Self> {
        let mut index = BTreeMap::new();
        let mut reader = Reader::new(&file);
        while let Some(entry) = reader.next()? {
            let begin = reader.leap()?;
            let name = clean(&String::from_utf8_lossy(&entry.path));
            let target = String::from_utf8_lossy(&entry.link).into_owned();
            let place = match entry.what {
                What::File => Place::Bytes {
                    begin,
                    size: entry.size,
                },
                What::Hardlink => Place::Link(clean(&target)),
                What::Symlink => {
                    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
                    Place::Link(clean(&format!("{folder}/{target}")))
                }
                _ => continue,
            };
            index.insert(name, place);
        }
        Ok(Self::Tar { file, index })
    }

    /// A file's content, if it is there.
    pub(super) fn open(&self, name: &str) -> Result<Option<Box<dyn Read + '_>>> {
        match self {
            Self::Folder(folder) => match File::open(folder.join(name)) {
                Ok(file) => Ok(Some(Box::new(file))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error).with_context(|| format!("cannot open {name}")),
            },
            Self::Tar { file, index } => {
                let mut name = clean(name);
                for _ in 0..MOST_LINKS {
                    match index.get(&name) {
                        None => return Ok(None),
                        Some(Place::Link(target)) => name.clone_from(target),
                        Some(Place::Bytes { begin, size }) => {
                            let end = begin.saturating_add(*size);
                            return Ok(Some(Box::new(Slice {
                                file,
                                at: *begin,
                                end,
                            })));
                        }
                    }
                }
                bail!("{name} is a link that leads nowhere")
            }
        }
    }

    /// A small file as a whole.
    pub(super) fn text(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(file) = self.open(name)? else {
            return Ok(None);
        };
        let mut text = Vec::new();
        file.take(LONGEST_TEXT + 1).read_to_end(&mut text)?;
        if text.len() as u64 > LONGEST_TEXT {
            bail!("{name} is longer than any real one");
        }
        Ok(Some(text))
    }
}

/// A part of a file.
struct Slice<'a> {
    file: &'a File,
    at: u64,
    end: u64,
}

impl Read for Slice<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let most = left.min(buffer.len());
        let count = self.file.read_at(&mut buffer[..most], self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

/// A name without detours.
fn clean(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
