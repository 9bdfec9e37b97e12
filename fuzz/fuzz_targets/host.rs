//! Names under which ports of sandboxes are served.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &str| daytona::engine::fuzz_host(data));
