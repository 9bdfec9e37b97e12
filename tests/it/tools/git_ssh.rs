//! A repository behind OpenSSH: reached with a key that is named, and kept nowhere.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use crate::binary::Home;
use crate::leftover::within;
use crate::mcp_client::Server;

/// An SSH server for the sandbox's own user, and a repository that only its key opens.
const HUB: &str = r#"set -e
cd /tmp && mkdir -p hub && cd hub
ssh-keygen -q -t ed25519 -N '' -f host && ssh-keygen -q -t ed25519 -N '' -f user
cp user.pub authorized
printf '%s\n' "ListenAddress 127.0.0.1:2222" "HostKey $PWD/host" "AuthorizedKeysFile $PWD/authorized" \
  "PidFile none" "StrictModes no" "UsePAM no" "PasswordAuthentication no" > conf
/usr/sbin/sshd -f $PWD/conf
git config --global user.name Me; git config --global user.email me@x
git init -qb main w && cd w && echo 1 > f && git add . && git commit -qm first && git branch other
cd .. && git clone -q --bare w hub.git && rm -rf w
"#;

#[test]
fn a_key_is_named_and_kept_nowhere() {
    if !Path::new("/usr/sbin/sshd").exists() {
        crate::skip::skip("there is no sshd");
        return;
    }
    let home = Home::with_engine();
    home.done(&["create", "--name", "server"]);
    let made = home.sh("server", HUB);
    assert_eq!(made.code, Some(0), "{made}");
    let key = home.sh("server", "cat /tmp/hub/user").stdout;
    std::fs::write(home.path().join("key"), &key).expect("written");
    home.done(&["secret", "create", "DEPLOY", "--file", "key"]);
    // The repository is reached inside of the same sandbox, whose key file is taken away.
    let fresh = home.sh("server", "rm /tmp/hub/user && mkdir -p ~/keys");
    assert_eq!(fresh.code, Some(0), "{fresh}");
    let ready = || {
        home.sh("server", "grep -c ':08AE .* 0A ' /proc/net/tcp")
            .stdout
            == "1\n"
    };
    assert!(within(Duration::from_secs(20), ready));
    let mut server = Server::with_all_tools(&home);
    let user = home.sh("server", "id -un").stdout;
    let url = format!("ssh://{}@127.0.0.1:2222/tmp/hub/hub.git", user.trim());
    let clone =
        |path: &str, key: &str| json!({"id": "server", "url": url, "path": path, "sshKey": key});
    // No key, none of that name, and one that the server does not know.
    for wrong in ["GIT_KEY", "~/keys/none", "$(touch /tmp/harm)"] {
        let (kind, message, hints) = server.refused("git_clone", &clone("a", wrong));
        assert_eq!(kind, "usage", "{wrong}: {message}");
        assert!(
            message.contains("sshKey") && hints.contains("secret"),
            "{message} {hints}"
        );
    }
    assert_eq!(home.sh("server", "test -e /tmp/harm").code, Some(1));
    let _ = home.sh("server", "ssh-keygen -q -t ed25519 -N '' -f ~/keys/other");
    let (kind, message, _) = server.refused("git_clone", &clone("a", "~/keys/other"));
    assert_eq!(kind, "auth", "{message}");
    // A file of the sandbox, and a variable as a secret sets it.
    let put = json!({"id": "server", "filePath": "keys/right", "content": key});
    server.done("file_upload", &put);
    let cloned = server.done("git_clone", &clone("a", "~/keys/right"));
    assert_eq!(
        (&cloned["branch"], &cloned["fileCount"]),
        (&json!("main"), &json!(1))
    );
    let _ = home.sh(
        "server",
        "rm ~/keys/right; cd a && echo 2 > g && git add g && git commit -qm second",
    );
    assert_eq!(
        server
            .refused(
                "git_push",
                &json!({"id": "server", "path": "a", "sshKey": "DEPLOY"})
            )
            .0,
        "usage"
    );
    let export = format!("cat > ~/.bashrc-key <<'K'\n{key}K\n");
    let _ = home.sh("server", &export);
    let pushed = server.done(
        "git_push",
        &json!({"id": "server", "path": "a", "sshKey": "~/.bashrc-key"}),
    );
    assert_eq!(
        (&pushed["ahead"], &pushed["behind"]),
        (&json!(0), &json!(0)),
        "{pushed}"
    );
    let other = json!({"id": "server", "url": url, "path": "b", "branch": "other", "depth": 0, "sshKey": "~/.bashrc-key"});
    assert_eq!(server.done("git_clone", &other)["branch"], "other");
    server.done(
        "git_pull",
        &json!({"id": "server", "path": "b", "sshKey": "~/.bashrc-key"}),
    );
    // Nothing of it is left where ssh was given it, nor in the log.
    let left = home.sh(
        "server",
        "rm ~/.bashrc-key; grep -rlF -- \"$(printf '%s' 'OPENSSH PRIVATE')\" /tmp ~ 2>/dev/null",
    );
    assert_eq!(
        left.stdout
            .lines()
            .filter(|line| !line.ends_with("/host") && !line.ends_with("/other"))
            .count(),
        0,
        "{left}"
    );
    let log = std::fs::read_to_string(home.path().join(".daytona/daytona-mcp.log")).expect("a log");
    assert!(!log.contains("PRIVATE KEY"), "{log}");
}

#[test]
fn a_secret_is_a_key() {
    if !Path::new("/usr/sbin/sshd").exists() {
        crate::skip::skip("there is no sshd");
        return;
    }
    let home = Home::with_engine();
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(home.path().join("user"))
        .status();
    assert!(made.is_ok_and(|status| status.success()));
    home.done(&["secret", "create", "DEPLOY", "--file", "user"]);
    home.done(&["create", "--name", "box", "--secret", "GIT_KEY=DEPLOY"]);
    let public = std::fs::read_to_string(home.path().join("user.pub")).expect("a key");
    let hub = format!(
        "{HUB}\nprintf '%s\\n' '{}' > /tmp/hub/authorized",
        public.trim()
    );
    let made = home.sh("box", &hub);
    assert_eq!(made.code, Some(0), "{made}");
    let mut server = Server::with_all_tools(&home);
    let user = home.sh("box", "id -un").stdout;
    let url = format!("ssh://{}@127.0.0.1:2222/tmp/hub/hub.git", user.trim());
    let clone = json!({"id": "box", "url": url, "sshKey": "GIT_KEY"});
    assert_eq!(server.done("git_clone", &clone)["path"], "hub");
}
