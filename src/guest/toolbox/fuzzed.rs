//! What fuzz targets call: readers of what programs in the sandbox and clients send to the guest.

use bytes::Bytes;
use tokio::runtime::{Builder, Runtime};

use super::artifacts;
use super::params::Params;

/// The output of a program, in pieces: nothing of it but artifacts is lost.
pub fn output(data: &[u8]) {
    let mut pieces = data
        .chunks(7)
        .map(Bytes::copy_from_slice)
        .collect::<Vec<_>>()
        .into_iter();
    let made = artifacts::take(Box::new(move || Ok(pieces.next()))).expect("it is in memory");
    if made.charts.is_empty() && !data.windows(3).any(|part| part == b"dtn") {
        assert_eq!(made.text.held(), data);
    }
}

/// The query and the body of a request.
pub fn request(text: &str) {
    let params = Params::parse(text);
    let _ = (params.text("path"), params.path("path"));
    super::files::fuzzed(text);
}

/// The body of an upload, as a form in parts.
pub fn form(data: &[u8]) {
    thread_local! {
        static RUNTIME: Runtime = Builder::new_current_thread().build().expect("a runtime");
    }
    let folder = tempfile::tempdir().expect("a folder");
    RUNTIME.with(|runtime| runtime.block_on(super::files::fuzzed_form(data, folder.path())));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each target begins with, and what broke one.
    #[test]
    fn seeds_pass() {
        let part = |name: &str, rest: &str, content: &str| {
            format!(
                "--b\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n{content}\r\n"
            )
        };
        let file = part(
            "file",
            "; filename=\"f\"\r\nContent-Type: text/plain",
            "text",
        );
        let many = part("files[0].path", "", "/tmp/größe")
            + &part("files[0].file", "; filename=\"f\"", "text")
            + &part("files[1].file", "", "no path")
            + &part("files[2].path", "", "");
        for text in [&file, &many, &part("file", "", &"x\r\n--".repeat(99))] {
            form(format!("{text}--b--\r\n").as_bytes());
            // Cut off anywhere.
            for end in (0..text.len()).step_by(5) {
                form(&text.as_bytes()[..end]);
            }
        }
        for text in ["", "--b--", "--b\r\n\r\n\r\n--b--", "--b\r\nname\0=\r\n"] {
            form(text.as_bytes());
        }
        for text in ["", "path=a%00b&x", "**/[a-z\n../a", "0-5,-1", "0777"] {
            request(text);
        }
        for data in [&b""[..], b"plain", b"dtn_artifact_k39fd2:", b"\xff\0dtn"] {
            output(data);
        }
    }
}
