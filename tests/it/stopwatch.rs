//! Time as this program had it: what the machine was halted for, or gave to others for long, does not count.
//! Upper bounds are held against it, so that a slow machine fails no test; what really hangs still does.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const TICK: Duration = Duration::from_millis(5);
/// A tick that took longer counts as this.
const LONGEST_TICK: Duration = Duration::from_millis(50);

/// Microseconds that this program had since its first stopwatch.
static HAD: AtomicU64 = AtomicU64::new(0);

/// A moment from which time is taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Duration);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(had())
    }

    pub(crate) fn elapsed(self) -> Duration {
        had().saturating_sub(self.0)
    }

    /// How long after an earlier moment this one was.
    pub(crate) fn after(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

fn had() -> Duration {
    static TICKING: OnceLock<()> = OnceLock::new();
    TICKING.get_or_init(|| {
        let tick = || {
            loop {
                let begun = Instant::now();
                thread::sleep(TICK);
                let took = begun.elapsed().min(LONGEST_TICK).as_micros();
                HAD.fetch_add(u64::try_from(took).unwrap_or(0), Ordering::Relaxed);
            }
        };
        thread::Builder::new()
            .name("stopwatch".to_owned())
            .spawn(tick)
            .expect("a thread");
    });
    Duration::from_micros(HAD.load(Ordering::Relaxed))
}

#[test]
fn it_counts_what_passes() {
    let (watch, clock) = (Stopwatch::start(), Instant::now());
    while watch.elapsed() < Duration::from_millis(300) {
        assert!(clock.elapsed() < Duration::from_mins(5), "it stands");
        thread::sleep(TICK);
    }
    assert!(clock.elapsed() >= Duration::from_millis(250));
}
