//! The first ten minutes in a new sandbox: names, settings, languages and their packages, and what it is
//! told of its limits.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use expect_test::expect;
use serde_json::json;

use super::clients::skipped;
use crate::binary::Home;
use crate::machine;
use crate::mcp_client::Server;
use crate::toolbox::sandbox::Sandbox;

fn demo() -> Home {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo"]);
    home
}

/// Whether everybody on this machine may read what is there.
fn is_public(path: &Path) -> bool {
    let Ok(real) = fs::canonicalize(path) else {
        return false;
    };
    let mode = |path: &Path| fs::metadata(path).map_or(0, |meta| meta.permissions().mode());
    let kind = fs::metadata(&real);
    let needed = if kind.is_ok_and(|kind| kind.is_dir()) {
        0o005
    } else {
        0o004
    };
    mode(&real) & needed == needed && real.ancestors().skip(1).all(|one| mode(one) & 0o001 != 0)
}

#[test]
fn links_of_programs_lead_where_they_lead_on_this_machine() {
    let home = demo();
    let seen = home.sh(
        "demo",
        "find /usr -xtype l -printf '%p\\n' 2>/dev/null; find /usr -type l 2>/dev/null | wc -l",
    );
    let links = seen.stdout.lines().last().expect("how many there are");
    assert!(links.parse::<u32>().expect("a number") > 50, "{seen}");
    let missing: Vec<&str> = seen
        .stdout
        .lines()
        .filter(|link| {
            let real = fs::canonicalize(link).unwrap_or_default();
            let outside = ["/etc", "/var", "/run"];
            outside.iter().any(|top| real.starts_with(top)) && is_public(Path::new(link))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    // It is not the host's folder, and has none of what is for some only.
    let seen = home.sh(
        "demo",
        "cat /etc/shadow /etc/gshadow /etc/machine-id /etc/sudoers 2>/dev/null | wc -l; ls -A /root /home /etc/ssl/private 2>/dev/null",
    );
    let expected = "0\n/etc/ssl/private:\n\n/home:\ndaytona\n\n/root:\n";
    assert!(
        seen.stdout == expected || seen.stdout == expected.replace("/etc/ssl/private:\n\n", ""),
        "{seen}"
    );
}

#[test]
fn it_knows_its_own_name_and_services_find_their_folders() {
    let home = demo();
    let seen = home.sh(
        "demo",
        "getent hosts demo localhost | tr -s ' '; python3 -c 'import socket; print(socket.gethostbyname(socket.gethostname()))'; echo '10.9.8.7 mine' >>/etc/hosts",
    );
    assert!(
        seen.stdout.starts_with("127.0.1.1 demo\n") && seen.stdout.ends_with("127.0.1.1\n"),
        "{seen}"
    );
    // What was added stays, also in a fork, which has a name of its own.
    home.done(&["fork", "demo", "--name", "other"]);
    home.done(&["stop", "demo"]);
    home.done(&["start", "demo"]);
    for name in ["demo", "other"] {
        let seen = home.sh(name, &format!("getent hosts mine {name} | tr -s ' '"));
        assert_eq!(seen.stdout, format!("10.9.8.7 mine\n127.0.1.1 {name}\n"));
    }
    // Made anew at each start, for it is in memory.
    if Path::new("/usr/lib/tmpfiles.d/postgresql-common.conf").exists() {
        let seen = home.sh("demo", "touch /var/run/postgresql/x && ls /run/postgresql");
        assert_eq!(seen.stdout, "x\n", "{seen}");
    }
    let seen = home.sh("demo", "touch /var/lock/x && ls /run/lock/x");
    assert_eq!(seen.stdout, "/run/lock/x\n", "{seen}");
}

#[test]
fn sys_is_told_and_cannot_be_changed() {
    let home = Home::with_engine();
    home.done(&["create", "--name", "demo", "--cpu", "1", "--memory", "1"]);
    if !Path::new("/sys/devices/system/cpu").exists() {
        skipped!("this machine shows no /sys");
    }
    let count = "import os; print(os.cpu_count(), len(os.sched_getaffinity(0)))";
    let seen = home.sh(
        "demo",
        &format!("lscpu | grep -c '^Architecture:'; nproc; getconf _NPROCESSORS_ONLN; python3 -c '{count}'"),
    );
    assert_eq!(seen.stdout, "1\n1\n1\n1 1\n", "{seen}");
    // What containers mask is masked, and only the own interfaces are there.
    let seen = home.sh(
        "demo",
        "ls -A /sys/firmware /sys/devices/virtual/powercap /proc/acpi /proc/scsi /proc/asound 2>/dev/null | grep -v : | grep -c .; \
         cat /proc/interrupts /proc/timer_list /proc/keys | wc -c; mkdir /sys/firmware/x || mkdir /sys/x || echo none; ls /sys/class/net",
    );
    assert_eq!(
        seen.stdout.replace("tap0\n", ""),
        "0\n0\nnone\nlo\n",
        "{seen}"
    );
    // A group that limits it is to be read, by it and by the runtimes of languages.
    if let Err(why) = machine::limits_memory() {
        skipped!(why);
    }
    let seen = home.sh(
        "demo",
        "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null; echo 1 2>/dev/null >/sys/fs/cgroup/cgroup.procs; echo 1 2>/dev/null >/sys/fs/cgroup/memory/cgroup.procs; true",
    );
    assert_eq!(seen.stdout, "1073741824\n", "{seen}");
}

#[test]
fn metrics_tell_of_the_sandbox_and_not_of_this_machine() {
    let sandbox = Sandbox::new();
    let told = sandbox.get("/system/metrics").json();
    assert_eq!(told["memTotal"], 1_u64 << 30, "{told}");
    assert_eq!(told["cpuCount"], 1, "{told}");
}

#[test]
fn installed_programs_find_their_settings() {
    let home = demo();
    for (program, text, expected) in [
        (
            "/usr/bin/java",
            "java -version 2>&1 | grep -c Runtime",
            "1\n",
        ),
        ("/usr/bin/mvn", "mvn -v | grep -c '^Maven home'", "1\n"),
        (
            "/usr/bin/fc-list",
            "fc-list 2>&1 | grep -c -i 'fontconfig error'",
            "0\n",
        ),
        (
            "/usr/bin/manpath",
            "manpath 2>&1 | grep -c -i warning",
            "0\n",
        ),
        ("/usr/bin/locale", "locale 2>&1 >/dev/null | wc -l", "0\n"),
        (
            "/usr/bin/psql",
            "B=$(ls -d /usr/lib/postgresql/*/bin | head -1); $B/initdb -D /tmp/pg >/dev/null 2>&1 && $B/pg_ctl -D /tmp/pg -l /tmp/log -w start >/dev/null && psql -d postgres -Atc 'select 6*7'; $B/pg_ctl -D /tmp/pg stop >/dev/null",
            "42\n",
        ),
    ] {
        if !Path::new(program).exists() {
            let program = program.trim_start_matches("/usr/bin/");
            crate::skip::skip(format_args!("this machine has no /usr/bin/{program}"));
            continue;
        }
        assert_eq!(home.sh("demo", text).stdout, expected, "{program}");
    }
    let seen = home.sh("demo", "python -c 'print(6*7)'; ls -A | wc -l");
    assert_eq!(seen.stdout, "42\n0\n", "{seen}");
}

#[test]
fn packages_are_installed_without_a_flag_and_a_figure_comes_back() {
    let home = demo();
    let registries = ["pypi.org", "registry.npmjs.org"];
    if !machine::resolves(&registries) || !machine::has_network_stack() {
        skipped!("this machine reaches no registry, or gives sandboxes no network");
    }
    if !machine::has("pip3") || !machine::has("npm") {
        skipped!("this machine has no pip or no npm");
    }
    let reached = home.sh("demo", "getent hosts pypi.org registry.npmjs.org | wc -l");
    assert_eq!(reached.stdout, "2\n", "{reached}");
    let tools = home.sh("demo", "python3 -m pip --version && npm --version");
    assert_eq!(tools.code, Some(0), "{tools}");
    let seen = home.sh(
        "demo",
        "python -m pip install -q cowsay && cowsay -t hi | grep -c hi",
    );
    assert_eq!(seen.stdout, "1\n", "{seen}");
    // Where this machine trusts authorities of its own, Node has to be told.
    let seen = home.sh(
        "demo",
        "export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt; npm install -g --silent semver@7 && semver 1.2.3; npx --yes --silent semver@7 2.0.0; npm install --silent is-odd@3 && node -e 'console.log(require(\"is-odd\")(3))'",
    );
    assert_eq!(seen.stdout, "1.2.3\n2.0.0\ntrue\n", "{seen}");
    let mut server = Server::greeted(&home);
    let call = json!({ "id": "demo", "code": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()" });
    let ran = server.result("run_code", &call)["structuredContent"].clone();
    let hint = ran["next"].as_str().unwrap_or_default();
    assert!(
        hint.contains("`python3 -m pip install matplotlib`"),
        "{ran}"
    );
    let install =
        json!({ "id": "demo", "command": "python3 -m pip install -q matplotlib", "timeout": 300 });
    let mut installed = server.done("execute_command", &install);
    while let Some(job) = installed["job"].as_str() {
        installed = server.done("get_job", &json!({ "id": "demo", "job": job }));
        if installed["status"] != "running" {
            break;
        }
    }
    assert_eq!(installed["exitCode"], 0, "{installed}");
    let result = server.result("run_code", &call);
    assert_eq!(result["structuredContent"]["pictures"], 1, "{result}");
}

#[test]
fn what_a_program_lacks_is_told_with_how_to_install_it() {
    let home = demo();
    let mut server = Server::greeted(&home);
    let mut told = String::new();
    for (language, code) in [
        ("python", "import cv2"),
        ("python", "import no_such_module_of_anybody"),
        ("python", "raise KeyError('x')"),
        ("javascript", "require('no-such-package/part')"),
        ("javascript", "require('./no-such-file')"),
        ("javascript", "console.log(1)"),
    ] {
        let call = json!({ "id": "demo", "language": language, "code": code });
        let ran = server.result("run_code", &call)["structuredContent"].clone();
        told.extend([code, ": ", ran["next"].as_str().unwrap_or("-"), "\n"]);
    }
    expect![[r#"
        import cv2: install what it lacks, then run it again: `python3 -m pip install opencv-python-headless` (execute_command)
        import no_such_module_of_anybody: `no_such_module_of_anybody` is not installed: if it is a package and no file of yours, `python3 -m pip install no_such_module_of_anybody` (execute_command), then run it again
        raise KeyError('x'): -
        require('no-such-package/part'): install what it lacks, then run it again: `npm install no-such-package` (execute_command)
        require('./no-such-file'): -
        console.log(1): -
    "#]].assert_eq(&told);
}
