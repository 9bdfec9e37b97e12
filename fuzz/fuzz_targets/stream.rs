//! Compressed streams.
#![no_main]

libfuzzer_sys::fuzz_target!(
    |data: &[u8]| daytona::engine::runtime::namespace::fuzzed::stream(data)
);
