//! One side of a copy as it is written: a path here, or `SANDBOX:PATH`.

use std::path::PathBuf;
use std::str::FromStr;

use crate::error::Error;

/// Where something is copied from or to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CopyPlace {
    /// On this machine; `-` is standard input or output.
    Here(PathBuf),
    /// In a sandbox; a relative path begins in its home.
    Sandbox {
        /// Id or name.
        sandbox: String,
        /// The path, not empty.
        path: String,
    },
}

impl FromStr for CopyPlace {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text.is_empty() {
            return Err(Error::usage("an empty path names nothing"));
        }
        let Some((sandbox, path)) = text.split_once(':') else {
            return Ok(Self::Here(text.into()));
        };
        // `./a:b` and `/a:b` are files here, and so is `C:\a` on Windows.
        let drive = cfg!(windows) && sandbox.len() == 1;
        if sandbox.is_empty() || sandbox.contains(['/', '\\']) || sandbox.starts_with('.') || drive
        {
            return Ok(Self::Here(text.into()));
        }
        let path = if path.is_empty() { "." } else { path };
        Ok(Self::Sandbox {
            sandbox: sandbox.to_owned(),
            path: path.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_names_a_sandbox_unless_a_path_comes_before_it() {
        let inside = |sandbox: &str, path: &str| CopyPlace::Sandbox {
            sandbox: sandbox.into(),
            path: path.into(),
        };
        let read = |text: &str| text.parse::<CopyPlace>().unwrap();
        assert_eq!(read("demo:/a/b"), inside("demo", "/a/b"));
        assert_eq!(read("demo:"), inside("demo", "."));
        assert_eq!(read("demo:a:b"), inside("demo", "a:b"));
        assert_eq!(read("./a:b"), CopyPlace::Here("./a:b".into()));
        assert_eq!(read("-"), CopyPlace::Here("-".into()));
        assert!("".parse::<CopyPlace>().is_err());
    }
}
