//! Every runtime that runs real programs goes through one suite: namespaces here, and namespaces behind a socket
//! in another process, which is cut off and killed. This program takes the roles of `daytona` itself, because
//! sandboxes run the program that starts them.

mod engine;
mod remote;
#[path = "../../src/engine/runtime/conformance.rs"]
mod suite;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

use daytona::engine::runtime::{contract, namespace::Namespace};
// What the suite finds under `crate::` where it is a part of the library.
use daytona::error;
use libtest_mimic::{Arguments, Failed, Trial};
use tempfile::TempDir;

use remote::{Process, Remote};

fn main() -> ExitCode {
    let argv: Vec<OsString> = std::env::args_os().collect();
    if let Some(code) = daytona::cli::inner_role(&argv).or_else(|| remote::server_role(&argv)) {
        return code;
    }
    let mut arguments = Arguments::from_args();
    // Sandboxes are counted and killed: one case at a time.
    arguments.test_threads = Some(1);
    let folder = TempDir::new().expect("a folder");
    // Zygotes are started before there are threads.
    let here = Namespace::start(folder.path(), &folder.path().join("images.json"));
    let here = Arc::new(here.expect("namespaces"));
    let trials = vec![
        trial("namespaces_live_and_end", move || {
            block_on(suite::lives_and_ends(&*here, &id()));
        }),
        trial("a_remote_runtime_lives_and_ends", || {
            let process = Process::start();
            block_on(suite::lives_and_ends(&process.remote(), &id()));
        }),
        trial(
            "a_remote_runtime_that_hangs_says_that_it_does_not_know",
            || {
                let process = Process::start();
                let cut = |away| {
                    if away {
                        process.halt();
                    } else {
                        process.go_on();
                    }
                };
                block_on(suite::says_what_it_does_not_know(
                    &process.remote(),
                    &id(),
                    cut,
                ));
            },
        ),
        trial("a_remote_runtime_that_was_killed_goes_on", || {
            let process = Process::start();
            let cut = |away| {
                if away {
                    process.kill();
                } else {
                    process.again();
                }
            };
            block_on(suite::says_what_it_does_not_know(
                &process.remote(),
                &id(),
                cut,
            ));
        }),
        trial("a_remote_runtime_that_lies_is_found_out", || {
            let process = Process::start();
            let remote = Remote {
                lies: true,
                ..process.remote()
            };
            let cut = |away| {
                if away {
                    process.kill();
                } else {
                    process.again();
                }
            };
            let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                block_on(suite::says_what_it_does_not_know(&remote, &id(), cut));
            }));
            let panic = told.expect_err("a lie is found out");
            let text = panic.downcast_ref::<String>().map(String::as_str);
            assert!(
                text.is_some_and(|text| text.contains("is unknown")),
                "found out for another reason: {text:?}"
            );
        }),
        trial(
            "an_engine_outlives_that_its_runtime_is_away",
            engine::outlives_its_runtime,
        ),
    ];
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(name: &str, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        run();
        Ok::<(), Failed>(())
    })
}

fn block_on(future: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new()
        .expect("threads")
        .block_on(future);
}

fn id() -> String {
    uuid::Uuid::new_v4().to_string()
}
