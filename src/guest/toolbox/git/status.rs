//! `GET /git/status`: git's own report (porcelain, version 2) in the words of the API.

use crate::api::types::{GitFileStatus, GitStatus};

/// Reads `git status --porcelain=v2 --branch -z`.
pub(super) fn parse(report: &[u8]) -> GitStatus {
    let mut status = GitStatus::default();
    let text = String::from_utf8_lossy(report);
    let mut entries = text.split('\0');
    while let Some(entry) = entries.next() {
        let Some((kind, rest)) = entry.split_once(' ') else {
            continue;
        };
        match kind {
            "#" => header(&mut status, rest),
            "1" => changed(&mut status, rest, 6, ""),
            "2" => changed(&mut status, rest, 7, entries.next().unwrap_or_default()),
            "u" => changed(&mut status, rest, 8, ""),
            "?" => status.file_status.push(GitFileStatus {
                name: rest.to_owned(),
                extra: String::new(),
                staging: word('?').to_owned(),
                worktree: word('?').to_owned(),
            }),
            _ => {}
        }
    }
    status
}

fn header(status: &mut GitStatus, line: &str) {
    let Some((name, value)) = line.split_once(' ') else {
        return;
    };
    match name {
        "branch.head" if value == "(detached)" => {
            status.detached = true;
            "HEAD".clone_into(&mut status.current_branch);
        }
        "branch.head" => value.clone_into(&mut status.current_branch),
        "branch.upstream" => status.upstream = Some(value.to_owned()),
        "branch.ab" => {
            // Only where the branch of the remote is there.
            status.branch_published = true;
            for count in value.split(' ') {
                let number = count.get(1..).and_then(|number| number.parse().ok());
                let number = number.unwrap_or(0);
                if count.starts_with('+') {
                    status.ahead = number;
                } else {
                    status.behind = number;
                }
            }
        }
        _ => {}
    }
}

/// `XY` and, after `skipped` fields more, the name.
fn changed(status: &mut GitStatus, line: &str, skipped: usize, before: &str) {
    let mut fields = line.splitn(skipped + 2, ' ');
    let mut columns = fields.next().unwrap_or_default().chars();
    let name = fields.nth(skipped).unwrap_or_default();
    status.file_status.push(GitFileStatus {
        name: name.to_owned(),
        extra: before.to_owned(),
        staging: word(columns.next().unwrap_or('.')).to_owned(),
        worktree: word(columns.next().unwrap_or('.')).to_owned(),
    });
}

fn word(letter: char) -> &'static str {
    match letter {
        'M' | 'T' => "Modified",
        'A' => "Added",
        'D' => "Deleted",
        'R' => "Renamed",
        'C' => "Copied",
        'U' => "Updated but unmerged",
        '?' => "Untracked",
        _ => "Unmodified",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read() {
        let report = "# branch.oid abc\0# branch.head main\0# branch.upstream origin/main\0\
            # branch.ab +2 -1\0\
            1 .M N... 100644 100644 100644 a b with a space\0\
            1 A. N... 000000 100644 100644 a b new\0\
            2 R. N... 100644 100644 100644 a b R100 to\0from\0\
            u UU N... 100644 100644 100644 100644 a b c both\0\
            ? other\0";
        let status = parse(report.as_bytes());
        assert_eq!(
            (status.current_branch.as_str(), status.ahead, status.behind),
            ("main", 2, 1)
        );
        assert!(status.branch_published && !status.detached);
        let shown: Vec<_> = status
            .file_status
            .iter()
            .map(|file| {
                let GitFileStatus {
                    name,
                    extra,
                    staging,
                    worktree,
                } = file;
                format!("{name}|{extra}|{staging}|{worktree}")
            })
            .collect();
        assert_eq!(
            shown,
            [
                "with a space||Unmodified|Modified",
                "new||Added|Unmodified",
                "to|from|Renamed|Unmodified",
                "both||Updated but unmerged|Updated but unmerged",
                "other||Untracked|Untracked",
            ]
        );
    }
}
