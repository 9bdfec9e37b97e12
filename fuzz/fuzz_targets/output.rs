//! Output of programs with artifacts in it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| daytona::guest::toolbox::fuzzed::output(data));
