//! The layers of the program: who may import whom, and what only one place may do.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A module, and what of the crate it may import. The first that matches a file's path counts.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("secret", &[]),
    ("document", &["document", "error"]),
    ("guest_boot", &[]),
    ("http_upgrade", &[]),
    ("local_socket", &[]),
    ("syscall", &["syscall"]),
    ("typescript", &[]),
    ("config", &["config", "error", "secret"]),
    // Of the configuration only what it found about the terminal.
    (
        "output",
        &["output", "error", "config::Environment", "config::Stdin"],
    ),
    ("api/types", &["api::types", "error"]),
    ("api", &["api", "error", "local_socket", "secret"]),
    (
        "ops",
        &["api", "error", "output", "document", "ops", "typescript"],
    ),
    ("mcp", &["mcp", "ops", "error"]),
    ("clients", &["clients", "config", "error", "mcp", "output"]),
    (
        "cli",
        &[
            "api",
            "cli",
            "clients",
            "config",
            "document",
            "engine",
            "error",
            "guest",
            "guest_boot",
            "mcp",
            "ops",
            "output",
            "secret",
        ],
    ),
    (
        "engine/http",
        &[
            "engine::http",
            "engine::service",
            "engine::clock",
            "engine::store",
            "api::types",
            "error",
            "local_socket",
            "http_upgrade",
            "secret",
        ],
    ),
    (
        "engine/service",
        &[
            "engine::service",
            "engine::store",
            "engine::runtime",
            "engine::clock",
            "engine::random",
            "api::types",
            "error",
        ],
    ),
    ("engine/store", &["engine::store", "api::types", "error"]),
    ("engine/archive", &["engine::archive", "guest_boot"]),
    (
        "engine/image",
        &[
            "engine::archive",
            "engine::identity",
            "engine::image",
            "engine::runtime::contract",
            "engine::tree",
            "error",
            "guest_boot",
        ],
    ),
    (
        "engine/runtime",
        &[
            "engine::archive",
            "engine::identity",
            "engine::image",
            "engine::runtime",
            "engine::tree",
            "api::types",
            "error",
            "guest_boot",
            "syscall",
        ],
    ),
    (
        "engine",
        &["engine", "error", "guest_boot", "local_socket", "secret"],
    ),
    (
        "guest",
        &[
            "guest",
            "api::types",
            "guest_boot",
            "http_upgrade",
            "syscall",
            "typescript",
        ],
    ),
    ("lib", &[]),
    ("main", &[]),
];

pub(crate) struct Source {
    /// Below src, without `.rs` and `/mod`.
    pub(crate) module: String,
    path: PathBuf,
    /// The code that is shipped: without comments and tests.
    pub(crate) code: String,
    lines: usize,
}

pub(crate) fn sources() -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![top.clone()];
    let mut all = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("tests") {
                    folders.push(path);
                }
                continue;
            }
            let name = path.file_stem().expect("a name").to_string_lossy();
            if path.extension().is_none_or(|end| end != "rs") || name.contains("tests") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source file");
            let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
            let module = path.strip_prefix(&top).expect("below src");
            let module = module.with_extension("").display().to_string();
            all.push(Source {
                module: module.trim_end_matches("/mod").to_owned(),
                code: shipped
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .fold(String::new(), |mut code, line| {
                        let _ = writeln!(code, "{line}");
                        code
                    }),
                lines: text.lines().count(),
                path,
            });
        }
    }
    assert!(all.len() > 100, "the sources were not found");
    all
}

fn below(module: &str, folder: &str) -> bool {
    module
        .strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The paths after `crate::`, as far as they name modules; `{…}` groups are taken apart one level.
fn imports(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.code.match_indices("crate::") {
        let rest = &source.code[at + "crate::".len()..];
        let path: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == ':')
            .collect();
        if let Some(group) = rest[path.len()..].strip_prefix('{') {
            for part in group.split('}').next().unwrap_or("").split(',') {
                found.push(format!("{path}{}", part.trim()));
            }
        } else {
            found.push(path);
        }
    }
    // Relative paths that leave the module are imports as well.
    let depth = source.module.split('/').count();
    for line in source.code.lines() {
        let Some(path) = line.trim().strip_prefix("use super::") else {
            continue;
        };
        let ups = 1 + path.matches("super::").count();
        let above: Vec<&str> = source.module.split('/').collect();
        let is_mod = source.path.ends_with("mod.rs");
        let kept = (depth + usize::from(is_mod)).saturating_sub(ups + usize::from(is_mod));
        let rest = path.trim_start_matches("super::");
        let rest: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == ':')
            .collect();
        let mut full: Vec<&str> = above[..kept].to_vec();
        full.extend(Some(rest.trim_end_matches(':')).filter(|rest| !rest.is_empty()));
        if kept > 0 {
            found.push(full.join("::"));
        }
    }
    found
}

fn within(import: &str, granted: &str) -> bool {
    import
        .strip_prefix(granted)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn imports_go_downwards_only() {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources() {
        let (folder, may) = MAY_IMPORT
            .iter()
            .find(|(folder, _)| below(&source.module, folder))
            .unwrap_or_else(|| panic!("{} is in no layer", source.module));
        used.insert((*folder, ""));
        let top = source.module.split('/').next().unwrap_or("");
        for import in imports(&source) {
            // Names of the module itself, such as constants beside a submodule.
            let own =
                import == top || !import.contains("::") && import.starts_with(char::is_uppercase);
            let grants: Vec<_> = may.iter().filter(|one| within(&import, one)).collect();
            if !own && grants.is_empty() {
                wrong.push(format!("{} imports {import}", source.module));
            }
            used.extend(grants.into_iter().map(|grant| (*folder, *grant)));
        }
    }
    // A grant that nobody uses is an arrow that nobody would see being drawn.
    for (folder, may) in MAY_IMPORT {
        for grant in may.iter().chain([&""]) {
            if !used.contains(&(*folder, *grant)) {
                wrong.push(format!("{folder} may import {grant:?}, and does not"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_stay_short_enough_to_read() {
    let long: Vec<_> = sources()
        .into_iter()
        .filter(|source| source.lines > 400)
        .map(|source| format!("{}: {} lines", source.module, source.lines))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn each_file_says_what_it_is_for() {
    for source in sources() {
        let text = fs::read_to_string(&source.path).expect("a source file");
        assert!(text.starts_with("//! "), "{}", source.module);
    }
}

/// Where `needles` stand outside `places`; and the places in which none stands, because an exemption that
/// nobody needs is one that nobody would see being used.
fn elsewhere(needles: &[&str], places: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut unused = places.to_vec();
    for source in sources() {
        for (number, line) in source.code.lines().enumerate() {
            if !needles.iter().any(|needle| line.contains(needle)) {
                continue;
            }
            if places.iter().any(|place| below(&source.module, place)) {
                unused.retain(|place| !below(&source.module, place));
            } else {
                wrong.push(format!("{} ({number}): {}", source.module, line.trim()));
            }
        }
    }
    wrong.extend(unused.iter().map(|place| format!("{place}: none here")));
    wrong
}

#[test]
fn only_output_prints() {
    let prints = [
        "print!(",
        "println!(",
        "eprint!(",
        "eprintln!(",
        "io::stdout().w",
        "io::stderr().w",
        "io::stdout().lock()",
        "io::stderr().lock()",
        "(std::io::stdout()",
        "(std::io::stderr()",
    ];
    // The engine's own processes have nobody else to tell why they end.
    let wrong = elsewhere(&prints, &["output", "engine/runtime/namespace/channel"]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_config_reads_the_environment() {
    let reads = [
        "env::var",
        "env::vars",
        "env::home_dir",
        "env::set_var",
        "BaseDirs",
        "option_env!",
    ];
    // In a sandbox the environment is what is managed, not a setting.
    let wrong = elsewhere(&reads, &["config", "guest/environment"]);
    assert!(wrong.is_empty(), "{wrong:#?}");
    let wrong = elsewhere(&["env::current_dir"], &["config", "guest"]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn in_a_sandbox_programs_are_started_in_one_place() {
    // What is started elsewhere would have our descriptors, and our room among the processes.
    let starts = ["Command::new(", ".spawn()", ".exec()", "posix_spawn"];
    let mut wrong = elsewhere(&starts, &["guest/spawn"]);
    wrong.retain(|place| place.starts_with("guest"));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_a_cloned_child_exits() {
    let exits = [
        "process::exit",
        "process::abort",
        "libc::_exit",
        "libc::exit",
    ];
    // A cloned child that could not become the agent must not return into the zygote's code.
    let wrong = elsewhere(&exits, &["syscall"]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_transport_builds_a_client() {
    // A registry of images is no Daytona API: other hosts, redirects and time limits.
    let wrong = elsewhere(
        &[
            "reqwest::Client::",
            "reqwest::ClientBuilder",
            "Client::builder()",
        ],
        &["api/transport", "engine/image/registry"],
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_route_of_the_engine_says_what_it_takes() {
    // Where routes are declared, each has to name its permission; on a bare router none has to.
    let mut wrong = elsewhere(
        &[".route(", ".route_service(", ".nest("],
        &["engine/http/routes", "engine/http/toolbox/older_paths"],
    );
    wrong.retain(|place| place.starts_with("engine/http"));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_removes_something_passes_the_gate() {
    // A permit is made at the gate only.
    let makers = ["Permit::granted", "Permit::undo"];
    assert_eq!(
        elsewhere(&makers, &["ops/gate"]),
        Vec::<String>::new(),
        "only the gate makes permits"
    );
    // What an operation has just made itself it may take back.
    let undoing = [
        "cli/create",
        "cli/throwaway",
        "ops/session/count",
        "ops/session/own",
        "ops/code/program",
        "ops/code/run",
        "ops/job/report",
        "ops/sandbox/submit",
    ];
    assert_eq!(
        elsewhere(&["gate::undo"], &undoing),
        Vec::<String>::new(),
        "only what is one's own is taken back"
    );
    // Processes, terminals and SSH accesses of a sandbox end without a permit; nothing else does.
    assert_eq!(
        elsewhere(
            &["Request::new(Method::DELETE"],
            &["api/pty", "api/ssh", "api/toolbox"]
        ),
        Vec::<String>::new(),
        "a request that deletes needs a permit"
    );
}

#[test]
fn a_reason_that_no_test_gives_is_not_allowed_for() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it")];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("skip.rs")
            {
                texts.push(fs::read_to_string(path).expect("a test"));
            }
        }
    }
    for (start, _) in crate::skip::MAY_LACK {
        let quoted = format!("\"{start}");
        assert!(texts.iter().any(|text| text.contains(&quoted)), "{start}");
    }
}

#[test]
fn what_a_tool_may_do_is_raised_at_the_gate_only() {
    let raises = ["Ceiling::", ".raise(", "held::admitted"];
    assert_eq!(
        elsewhere(&raises, &["api/permit", "ops/gate"]),
        Vec::<String>::new(),
        "only the gate lets a call do more than look"
    );
    // What a session has made itself is not looked up, and so not compared with the scope.
    assert_eq!(
        elsewhere(
            &["own_sandbox("],
            &["ops/gate/admit", "ops/sandbox/resolve"]
        ),
        Vec::<String>::new(),
        "only the session's own sandbox passes unseen"
    );
}
