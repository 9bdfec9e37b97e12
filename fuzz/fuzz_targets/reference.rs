//! Names of images, and headers that ask for credentials.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &str| {
    daytona::engine::runtime::namespace::fuzzed::reference(data);
    daytona::engine::runtime::namespace::fuzzed::challenge(data);
});
