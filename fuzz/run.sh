#!/bin/sh
# Builds all targets with the stable toolchain, and runs each for some seconds: `fuzz/run.sh [SECONDS [TARGET…]]`.
# `cargo fuzz run TARGET` does the same with a sanitizer, where there are a nightly toolchain and cargo-fuzz.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
[ $# -gt 0 ] && shift
level="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
target=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS="--cfg fuzzing -Ccodegen-units=1 $level"
cargo build --release --bins --target "$target"
[ $# -gt 0 ] || set -- $(ls fuzz_targets | sed 's/\.rs$//')
for name in "$@"; do
    mkdir -p "corpus/$name" "artifacts/$name"
    echo "== $name"
    "target/$target/release/$name" "corpus/$name" -max_total_time="$seconds" -max_len=65536 -rss_limit_mb=1024 \
        -timeout=10 -artifact_prefix="artifacts/$name/" -print_final_stats=1 2>&1 | tail -25
done
