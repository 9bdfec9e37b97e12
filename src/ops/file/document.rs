//! The text of a document of a sandbox.

use crate::error::{Error, Kind, NextTool, Result};
use crate::ops::inside::Inside;

use crate::document::TEXT_MOST;
use crate::document::worker;

/// The largest document that is taken.
const LARGEST_DOCUMENT: u64 = 64 << 20;

/// The text of the document at a path. What has none, or cannot be read, is unsupported.
pub(super) async fn text(inside: &Inside, path: &str, size: u64, format: &str) -> Result<String> {
    if size > LARGEST_DOCUMENT {
        let message = format!("{path} is too large to extract its text: {size} bytes");
        return Err(unsupported(message));
    }
    let file = inside.client.download_file(&inside.toolbox, path).await?;
    match worker::run(format, file, TEXT_MOST as u64 + 1).await? {
        Ok(text) => Ok(String::from_utf8_lossy(&text).into_owned()),
        Err(why) => Err(unsupported(format!(
            "the text of {path} cannot be extracted: {why}"
        ))),
    }
}

fn unsupported(message: String) -> Error {
    Error::new(Kind::Unsupported, message).hint(
        NextTool::new("file_download")
            .with("download", "forced")
            .to("for its bytes")
            .or(NextTool::new("execute_command").to("or use a program in the sandbox")),
    )
}
