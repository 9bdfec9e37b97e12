//! Queries, patterns, ranges, modes and names of files.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &str| daytona::guest::toolbox::fuzzed::request(data));
