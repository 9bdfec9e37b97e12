//! Questions and answers about names.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| daytona::engine::runtime::namespace::fuzzed::names(data));
