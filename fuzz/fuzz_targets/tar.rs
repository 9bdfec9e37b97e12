//! Tar streams: read, and unpacked as a layer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    daytona::engine::runtime::namespace::fuzzed::tar(data);
    let folder = tempfile::tempdir().expect("a folder");
    let layer = folder.path().join("layer");
    std::fs::create_dir(&layer).expect("a folder");
    daytona::engine::runtime::namespace::fuzzed::layer(data, &layer);
    let beside: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .collect();
    assert_eq!(beside.len(), 1, "something was written outside");
});
