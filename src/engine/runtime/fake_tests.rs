//! The runtime in memory goes through the suite of all runtimes: fast, slow, away, and lying.

use std::time::Duration;

use super::conformance::{lives_and_ends, says_what_it_does_not_know};
use super::fake::fake;

#[tokio::test]
async fn the_fake_conforms_fast_and_slow() {
    let fake = fake();
    lives_and_ends(&*fake, "quick").await;
    fake.set(|switches| switches.slow = Duration::from_millis(5));
    lives_and_ends(&*fake, "slow").await;
    says_what_it_does_not_know(&*fake, "far", |away| fake.cut_off(away)).await;
}

#[tokio::test]
#[should_panic(expected = "what cannot be asked is unknown")]
async fn a_runtime_that_lies_about_liveness_is_found_out() {
    let fake = fake();
    fake.set(|switches| switches.lies = true);
    says_what_it_does_not_know(&*fake, "far", |away| fake.cut_off(away)).await;
}
