//! Our names in messages → those that the callers of the older interpreters know.

use crate::error::Error;

/// Longer ones come first.
const NAMES: [(&str, &str); 18] = [
    (
        "call file_upload again with overwrite: true",
        "call file_upload with overwrite: true",
    ),
    ("download: compressed", "download_option: compress_file"),
    ("download: partial", "download_option: download_partial"),
    ("download: to_text", "download_option: convert_to_text"),
    ("download: forced", "download_option: force_download"),
    (
        "read on: call read_file with offset: ",
        "read on by shell_exec: tail -c +1+",
    ),
    (
        "call read_file for a page of it",
        "call shell_exec for a part of it",
    ),
    ("read_file", "file_download"),
    ("call list_files", "call shell_exec with `ls`"),
    ("call create_folder", "call shell_exec with `mkdir -p`"),
    ("execute_command", "shell_exec"),
    ("run_code", "python_interpreter"),
    ("preview_link", "web_preview"),
    ("checkServer", "check_server"),
    ("maxSizeMb", "max_size_mb"),
    ("chunkSizeKb", "chunk_size_kb"),
    ("filePath", "file_path"),
    ("another folder: path", "another folder: target_path"),
];

/// The text in their words.
pub(super) fn text(ours: &str) -> String {
    let all = NAMES.iter();
    all.fold(ours.to_owned(), |text, (ours, theirs)| {
        text.replace(ours, theirs)
    })
}

/// The error in their words.
pub(super) fn reworded(error: &Error) -> Error {
    let reworded = Error::new(error.kind(), text(&error.text()));
    let hints = error.hints().iter().map(|hint| hint.reworded(text));
    hints.fold(reworded, Error::hint)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn names_are_those_of_the_callers() {
        assert_eq!(
            text("for its bytes: call file_download with download: forced"),
            "for its bytes: call file_download with download_option: force_download"
        );
        assert_eq!(
            text("the first 100 KB (chunkSizeKb)"),
            "the first 100 KB (chunk_size_kb)"
        );
    }
}
