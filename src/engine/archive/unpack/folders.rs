//! The folders on the way to what is unpacked: found, made, and reached through links as inside of a sandbox.

use std::os::fd::{AsFd as _, OwnedFd};
use std::rc::Rc;

use anyhow::{Result, bail};
use rustix::fs::{FileType, Mode, fchown, mkdirat, readlinkat};
use rustix::io::Errno;

use super::super::place::{clear, is_whiteout, kind, look, make_opaque, name, open, shown};
use super::{Finish, Unpacker};

/// A folder of the layer.
#[derive(Clone)]
pub(super) struct Place {
    /// Its names from the top, none of them a link's.
    pub(super) names: Vec<Vec<u8>>,
    pub(super) folder: Rc<OwnedFd>,
}

impl Place {
    pub(super) fn path(&self) -> Vec<u8> {
        self.names.join(&b'/')
    }

    /// The path of what has that name in it.
    pub(super) fn with(&self, last: &[u8]) -> Vec<u8> {
        let mut path = self.path();
        if !path.is_empty() {
            path.push(b'/');
        }
        path.extend_from_slice(last);
        path
    }
}

/// The most links on the way to a folder, as in the kernel.
const MOST_LINKS: usize = 40;

impl Unpacker {
    /// The folder of these names; made where it is missing. Links are followed as inside of a sandbox: the
    /// top of the layer is what they see as `/`, and nothing is above it.
    pub(super) fn folder(&mut self, names: &[&[u8]]) -> Result<Place> {
        let asked = names.join(&b'/');
        if let Some((near, place)) = &self.near
            && *near == asked
        {
            return Ok(place.clone());
        }
        // Those from the top to where we are, none of which is a link: one step back is the one above.
        let mut at: Vec<(Vec<u8>, Rc<OwnedFd>)> = Vec::new();
        let mut left: Vec<Vec<u8>> = names.iter().rev().map(|name| name.to_vec()).collect();
        let mut links = 0;
        while let Some(part) = left.pop() {
            match &part[..] {
                b"" | b"." => continue,
                b".." => {
                    at.pop();
                    continue;
                }
                _ => {}
            }
            let parent = at.last().map_or(&self.root, |(_, folder)| folder);
            let parent = Rc::clone(parent);
            let names = |at: &[(Vec<u8>, _)]| {
                let names = at.iter().map(|(name, _)| &name[..]);
                names.chain([&part[..]]).collect::<Vec<_>>().join(&b'/')
            };
            let folder = match open(&*parent, &part) {
                Ok(folder) => Rc::new(folder),
                Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => {
                    let found = look(&*parent, &part)?.filter(|stat| !is_whiteout(stat));
                    let link = found.is_some_and(|stat| kind(&stat) == FileType::Symlink);
                    if link && links < MOST_LINKS {
                        links += 1;
                        let target = readlinkat(&*parent, name(&part), Vec::new())?;
                        let target = target.as_bytes();
                        if target.starts_with(b"/") {
                            at.clear();
                        }
                        left.extend(target.rsplit(|byte| *byte == b'/').map(<[u8]>::to_vec));
                        continue;
                    }
                    if found.is_some() {
                        bail!("{} is no folder", shown(&names(&at)));
                    }
                    self.enter(&parent, &part, &names(&at))?
                }
                Err(error) => return Err(error.into()),
            };
            at.push((part, folder));
        }
        let folder = at.last().map_or(&self.root, |(_, folder)| folder);
        let place = Place {
            folder: Rc::clone(folder),
            names: at.into_iter().map(|(name, _)| name).collect(),
        };
        self.near = Some((asked, place.clone()));
        Ok(place)
    }

    /// Makes a folder unless it is there, and opens it.
    pub(super) fn enter(
        &mut self,
        parent: &Rc<OwnedFd>,
        last: &[u8],
        path: &[u8],
    ) -> Result<Rc<OwnedFd>> {
        // Closed to all others, and open to us, until it is finished.
        let make = || mkdirat(&**parent, name(last), Mode::from_raw_mode(0o700));
        let mut hides = false;
        match make() {
            Err(Errno::EXIST) => {
                let found = look(&**parent, last)?;
                if found.is_some_and(|stat| kind(&stat) == FileType::Directory) {
                    return Ok(Rc::new(open(&**parent, last)?));
                }
                // The layer deletes what is below and makes a folder in its place.
                hides = found.is_some_and(|stat| is_whiteout(&stat));
                clear(parent.as_fd(), last)?;
                make()?;
            }
            done => done?,
        }
        let folder = open(&**parent, last)?;
        if let Some((user, group)) = self.owner {
            fchown(&folder, Some(user), Some(group))?;
        }
        if hides {
            make_opaque(&folder)?;
            self.opaque.insert(path.to_vec());
        }
        self.folders.insert(
            path.to_vec(),
            Finish {
                mode: Some(0o755),
                mtime: None,
            },
        );
        Ok(Rc::new(folder))
    }
}
