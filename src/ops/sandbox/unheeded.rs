//! What of a request a server has ignored: older ones take what they do not know in silence.

use crate::api::types::{CreateSandbox, Sandbox};

/// A sentence for each setting that was asked for and that the sandbox does not have.
pub(super) fn unheeded(asked: &CreateSandbox, made: &Sandbox) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |flag: &str, name: &str, what: String| {
        notes.push(format!(
            "the server ignored `{flag}` ({name}): `{}` {what}",
            made.name
        ));
    };
    if asked.ttl_minutes.is_some_and(|minutes| minutes > 0) && made.auto_destroy_at.is_none() {
        let what = "is not deleted when its time is over".to_owned();
        note("--ttl", "ttlMinutes", what);
    }
    let intervals = [
        (
            "--auto-stop",
            "autoStopInterval",
            asked.auto_stop_interval,
            made.auto_stop_interval,
        ),
        (
            "--auto-pause",
            "autoPauseInterval",
            asked.auto_pause_interval,
            made.auto_pause_interval,
        ),
        (
            "--auto-archive",
            "autoArchiveInterval",
            asked.auto_archive_interval,
            made.auto_archive_interval,
        ),
        (
            "--auto-delete",
            "autoDeleteInterval",
            asked.auto_delete_interval,
            made.auto_delete_interval,
        ),
    ];
    for (flag, name, asked, made) in intervals {
        match (asked, made) {
            (Some(asked), Some(made)) if asked != made => {
                note(flag, name, format!("has {made} minutes, not {asked}"));
            }
            // None and never are the same.
            (Some(asked), None) if asked > 0 => note(flag, name, "has no such interval".to_owned()),
            _ => {}
        }
    }
    let sizes = [
        ("--cpu", "cpu", asked.cpu, made.cpu),
        ("--memory", "memory", asked.memory, made.memory),
        ("--disk", "disk", asked.disk, made.disk),
        ("--gpu", "gpu", asked.gpu, made.gpu),
    ];
    for (flag, name, asked, made) in sizes {
        if let Some(asked) = asked.filter(|asked| i64::from(*asked) != made) {
            note(flag, name, format!("has {made}, not {asked}"));
        }
    }
    if asked.public == Some(true) && !made.public {
        note("--public", "public", "is not public".to_owned());
    }
    if asked.network_block_all == Some(true) && !made.network_block_all {
        let what = "can reach the network".to_owned();
        note("--network-block-all", "networkBlockAll", what);
    }
    let lists = [
        (
            "--network-allow-list",
            "networkAllowList",
            &asked.network_allow_list,
            &made.network_allow_list,
        ),
        (
            "--domain-allow-list",
            "domainAllowList",
            &asked.domain_allow_list,
            &made.domain_allow_list,
        ),
    ];
    for (flag, name, asked, made) in lists {
        let given = |list: &Option<String>| list.as_ref().is_some_and(|list| !list.is_empty());
        if given(asked) && !given(made) {
            note(flag, name, "has no such list".to_owned());
        }
    }
    if let Some(user) = &asked.user
        && !made.user.is_empty()
        && *user != made.user
    {
        note("--user", "user", format!("runs as `{}`", made.user));
    }
    let labels = asked.labels.iter().flatten();
    for (key, value) in labels.filter(|(key, value)| made.labels.get(*key) != Some(*value)) {
        let what = format!("has no label {key}={value}");
        note("--label", "labels", what);
    }
    let volumes = asked.volumes.iter().flatten();
    for volume in volumes {
        let path = &volume.mount_path;
        if !made.volumes.iter().any(|one| one.mount_path == *path) {
            note("--volume", "volumes", format!("has nothing at {path}"));
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sandbox_does_not_have_is_told() {
        let asked = CreateSandbox {
            ttl_minutes: Some(5),
            auto_pause_interval: Some(3),
            auto_stop_interval: Some(0),
            auto_archive_interval: Some(99_999),
            cpu: Some(2),
            network_block_all: Some(true),
            labels: Some([("a".to_owned(), "b".to_owned())].into()),
            ..CreateSandbox::default()
        };
        let made = Sandbox {
            name: "demo".to_owned(),
            auto_archive_interval: Some(43_200),
            cpu: 2,
            ..Sandbox::default()
        };
        expect_test::expect![[r"
            the server ignored `--ttl` (ttlMinutes): `demo` is not deleted when its time is over
            the server ignored `--auto-pause` (autoPauseInterval): `demo` has no such interval
            the server ignored `--auto-archive` (autoArchiveInterval): `demo` has 43200 minutes, not 99999
            the server ignored `--network-block-all` (networkBlockAll): `demo` can reach the network
            the server ignored `--label` (labels): `demo` has no label a=b"]]
        .assert_eq(&unheeded(&asked, &made).join("\n"));
        let asked = CreateSandbox::default();
        assert!(unheeded(&asked, &made).is_empty());
    }
}
