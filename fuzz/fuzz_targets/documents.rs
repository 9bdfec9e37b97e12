//! Manifests, indexes and configurations of images.
#![no_main]

libfuzzer_sys::fuzz_target!(
    |data: &[u8]| daytona::engine::runtime::namespace::fuzzed::documents(data)
);
