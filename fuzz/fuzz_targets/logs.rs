//! Frames of logs, as a client takes them apart.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| daytona::api::fuzz_logs(data));
