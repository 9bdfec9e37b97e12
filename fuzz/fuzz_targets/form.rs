//! Uploads as forms in parts.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| daytona::guest::toolbox::fuzzed::form(data));
