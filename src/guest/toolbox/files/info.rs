//! What a file is, in the words of the API (Go's texts for modes and times).

use std::fs::Metadata;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::Path;

use jiff::Timestamp;

use crate::api::types::FileInfo;

pub(super) fn describe(path: &Path, meta: &Metadata) -> FileInfo {
    let name = path.file_name().map_or_else(
        || path.to_string_lossy().into_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let changed = Timestamp::new(
        meta.mtime(),
        i32::try_from(meta.mtime_nsec()).unwrap_or_default(),
    )
    .unwrap_or_default();
    FileInfo {
        name,
        path: Some(path.to_string_lossy().into_owned()),
        size: meta.len(),
        mode: mode_text(meta),
        mod_time: changed
            .strftime("%Y-%m-%d %H:%M:%S%.f +0000 UTC")
            .to_string(),
        modified_at: changed.to_string(),
        is_dir: meta.is_dir(),
        owner: meta.uid().to_string(),
        group: meta.gid().to_string(),
        permissions: format!("{:04o}", meta.mode() & 0o777),
    }
}

/// As Go's `FileMode.String`: the letters of the type and of special bits, then the nine bits.
fn mode_text(meta: &Metadata) -> String {
    let kind = meta.file_type();
    let mode = meta.mode();
    let mut text = String::new();
    for (letter, is) in [
        ('d', kind.is_dir()),
        ('L', kind.is_symlink()),
        ('D', kind.is_block_device() || kind.is_char_device()),
        ('p', kind.is_fifo()),
        ('S', kind.is_socket()),
        ('u', mode & 0o4000 != 0),
        ('g', mode & 0o2000 != 0),
        ('c', kind.is_char_device()),
        ('t', mode & 0o1000 != 0),
    ] {
        if is {
            text.push(letter);
        }
    }
    if text.is_empty() {
        text.push('-');
    }
    for (index, letter) in "rwxrwxrwx".chars().enumerate() {
        let set = mode & (0o400 >> index) != 0;
        text.push(if set { letter } else { '-' });
    }
    text
}

/// The bits of a mode written in octal (`755`, `0755`, `0o755`).
pub(super) fn parse_mode(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0o").unwrap_or(text);
    u32::from_str_radix(digits, 8)
        .ok()
        .filter(|mode| *mode <= 0o7777 && !digits.starts_with('+'))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_is_described_as_go_does() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a b");
        fs::write(&file, "abc").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let time = std::time::UNIX_EPOCH + std::time::Duration::new(1_735_725_600, 120_000_000);
        let opened = fs::File::options().write(true).open(&file).unwrap();
        opened.set_modified(time).unwrap();
        let info = describe(&file, &fs::metadata(&file).unwrap());
        assert_eq!((info.name.as_str(), info.size), ("a b", 3));
        assert_eq!(info.mode, "-rw-r-----");
        assert_eq!(info.permissions, "0640");
        assert_eq!(info.mod_time, "2025-01-01 10:00:00.12 +0000 UTC");
        assert_eq!(info.modified_at, "2025-01-01T10:00:00.12Z");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o1777)).unwrap();
        let info = describe(folder.path(), &fs::metadata(folder.path()).unwrap());
        assert_eq!(info.mode, "dtrwxrwxrwx");
        assert_eq!(info.permissions, "0777");
    }

    #[test]
    fn modes_are_octal() {
        assert_eq!(parse_mode("755"), Some(0o755));
        assert_eq!(parse_mode("0644"), Some(0o644));
        assert_eq!(parse_mode("0o600"), Some(0o600));
        for bad in ["", "8", "rwx", "+7", "77777"] {
            assert_eq!(parse_mode(bad), None, "{bad}");
        }
    }
}
