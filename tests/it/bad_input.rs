//! Wrong input: refused with exit code 2 before anything is done.

use std::fmt::Write as _;

use expect_test::expect;

use crate::binary::Home;

#[test]
fn wrong_input_is_refused() {
    let home = Home::new();
    let cases: &[&[&str]] = &[
        &["list", "--limit", "0"],
        &["list", "--label", "team"],
        &["list", "--json=id,nam"],
        &["list", "extra", "words"],
        &["create", "--env", "=x"],
        &["create", "--auto-stop", "-1"],
        &["create", "--env-file", "missing"],
        &["delete"],
        &["delete", "demo", "--all"],
        &["exec", "demo"],
        &["wait", "demo", "--for", "ready"],
        &["lst"],
    ];
    let mut text = String::new();
    for arguments in cases {
        let seen = home.run(arguments);
        assert_eq!(seen.code, Some(2), "{arguments:?}: {seen}");
        assert_eq!(seen.stdout, "");
        let _ = writeln!(text, "$ daytona {}\n{}", arguments.join(" "), seen.stderr);
    }
    expect![[r#"
        $ daytona list --limit 0
        error: invalid value '0' for '--limit <COUNT>': 0 is not in 1..=200
        hint: see `daytona list --help`

        $ daytona list --label team
        error: invalid value 'team' for '--label <KEY=VALUE>': it must be KEY=VALUE
        hint: see `daytona list --help`

        $ daytona list --json=id,nam
        {
          "error": {
            "kind": "usage",
            "message": "--json: there is no field `nam` in this result",
            "hints": [
              "its fields are: id, organizationId, name, target, snapshot, user, env, labels, public, networkBlockAll, networkAllowList, domainAllowList, cpu, gpu, memory, disk, state, desiredState, errorReason, recoverable, autoStopInterval, autoPauseInterval, autoArchiveInterval, autoDeleteInterval, autoDestroyAt, createdAt, updatedAt, lastActivityAt, stoppedAt, sandboxClass, daemonVersion, toolboxProxyUrl, kvm, runtime, volumes"
            ]
          }
        }

        $ daytona list extra words
        error: unexpected argument 'extra' found

        Usage: daytona list [OPTIONS]
        hint: see `daytona list --help`

        $ daytona create --env =x
        error: invalid value '=x' for '--env <KEY=VALUE>': the key before `=` is empty
        hint: see `daytona create --help`

        $ daytona create --auto-stop -1
        error: unexpected argument '-1' found

        Usage: daytona create [OPTIONS]
        hint: see `daytona create --help`

        $ daytona create --env-file missing
        error: --env-file: cannot read missing: No such file or directory (os error 2)

        $ daytona delete
        error: the following required arguments were not provided:
          <SANDBOX|--all|--state <STATE>|--label <KEY=VALUE>|--name <PREFIX>>

        Usage: daytona delete <SANDBOX|--all|--state <STATE>|--label <KEY=VALUE>|--name <PREFIX>>
        hint: see `daytona delete --help`

        $ daytona delete demo --all
        error: the argument '[SANDBOX]...' cannot be used with '--all'

        Usage: daytona delete <SANDBOX|--all|--state <STATE>|--label <KEY=VALUE>|--name <PREFIX>>
        hint: see `daytona delete --help`

        $ daytona exec demo
        error: the following required arguments were not provided:
          <COMMAND>...

        Usage: daytona exec [OPTIONS] <SANDBOX> -- <COMMAND>...
        hint: see `daytona exec --help`

        $ daytona wait demo --for ready
        error: invalid value 'ready' for '--for <STATE>'
          [possible values: creating, restoring, destroyed, destroying, started, stopped, starting, stopping, error, build_failed, pending_build, building_snapshot, pulling_snapshot, archived, archiving, resizing, snapshotting, forking, pausing, paused, resuming, unknown]
        hint: see `daytona wait --help`

        $ daytona lst
        error: unrecognized subcommand 'lst'

          tip: some similar subcommands exist: 'stop', 'ls', 'list'

        Usage: daytona [OPTIONS] [COMMAND]
        hint: see `daytona --help`

    "#]].assert_eq(&text);
}

#[test]
fn an_unknown_state_lists_the_known_ones() {
    let seen = Home::new().run(&["list", "--state", "running"]);
    assert_eq!(seen.code, Some(2));
    assert!(
        seen.stderr.contains("creating, restoring, destroyed"),
        "{seen}"
    );
}
