//! Dockerfiles.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &str| daytona::engine::fuzz_dockerfile(data));
