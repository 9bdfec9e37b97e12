//! A bounded wait for a sandbox to reach a state.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::api::Client;
use crate::api::types::{Sandbox, State};
use crate::error::{Command, Error, Kind, Result};
use crate::ops::outage::Outage;

const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Asks until the sandbox is in that state. A failed one ends the wait, and so does a state from which
/// it will not come there by itself.
pub async fn await_state(
    client: &Client,
    id: &str,
    wanted: &State,
    timeout: Duration,
) -> Result<Sandbox> {
    let deadline = Instant::now() + timeout;
    let mut pause = SHORTEST_PAUSE;
    let mut outage = Outage::of(client);
    loop {
        let sandbox = match client.get_sandbox(id).await {
            Err(error) if outage.may_pass(&error) && Instant::now() < deadline => {
                sleep(pause.min(deadline - Instant::now())).await;
                pause = (pause * 3 / 2).min(LONGEST_PAUSE);
                continue;
            }
            Err(error) if error.kind() == Kind::NotFound && *wanted == State::Destroyed => {
                return Ok(Sandbox {
                    id: id.to_owned(),
                    name: id.to_owned(),
                    state: State::Destroyed,
                    ..Sandbox::default()
                });
            }
            Err(error) if error.kind() == Kind::NotFound => {
                return Err(super::resolve::unknown(client, id, |_| false).await);
            }
            other => other?,
        };
        outage.over();
        if sandbox.state == *wanted {
            return Ok(sandbox);
        }
        if let Some(error) = hopeless(&sandbox, wanted) {
            return Err(error);
        }
        let now = Instant::now();
        if now >= deadline {
            return Err(timed_out(&sandbox, wanted, timeout));
        }
        sleep(pause.min(deadline - now)).await;
        pause = (pause * 3 / 2).min(LONGEST_PAUSE);
    }
}

fn hopeless(sandbox: &Sandbox, wanted: &State) -> Option<Error> {
    let (name, state) = (&sandbox.name, &sandbox.state);
    if state.is_failed() {
        let reason = sandbox
            .error_reason
            .as_deref()
            .unwrap_or("the server gives no reason");
        return Some(
            Error::new(
                Kind::Other,
                format!("sandbox `{name}` failed ({state}): {reason}"),
            )
            .hint(Command::new("delete").on(name).to("delete it")),
        );
    }
    if *state == State::Destroyed {
        return Some(Error::new(
            Kind::NotFound,
            format!("sandbox `{name}` was deleted meanwhile"),
        ));
    }
    let towards = sandbox
        .desired_state
        .as_ref()
        .is_none_or(|desired| desired == wanted);
    let resting = matches!(state, State::Stopped | State::Archived | State::Paused);
    if *wanted == State::Started && resting && !towards {
        return Some(
            Error::new(
                Kind::Conflict,
                format!("sandbox `{name}` is {state}, and nothing is starting it"),
            )
            .hint(Command::new("start").on(name).to("start it")),
        );
    }
    None
}

fn timed_out(sandbox: &Sandbox, wanted: &State, timeout: Duration) -> Error {
    let (name, state) = (&sandbox.name, &sandbox.state);
    Error::new(
        Kind::Timeout,
        format!(
            "sandbox `{name}` is still {state} after {} s, not {wanted}",
            timeout.as_secs_f64()
        ),
    )
    .hint(
        Command::new("wait")
            .on(name)
            .flags(format!("--for {wanted} --timeout 300"))
            .to("go on waiting"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sandbox(state: State, desired: Option<State>) -> Sandbox {
        Sandbox {
            name: "demo".into(),
            state,
            desired_state: desired,
            ..Sandbox::default()
        }
    }

    #[test]
    fn only_hopeless_states_end_a_wait() {
        let started = State::Started;
        for (state, desired, ends) in [
            (State::Creating, None, false),
            (State::Stopped, Some(State::Started), false),
            (State::Stopped, Some(State::Stopped), true),
            (State::Error, None, true),
            (State::Destroyed, None, true),
        ] {
            let sandbox = sandbox(state, desired);
            assert_eq!(
                hopeless(&sandbox, &started).is_some(),
                ends,
                "{:?}",
                sandbox.state
            );
        }
        assert!(
            hopeless(
                &sandbox(State::Started, Some(State::Started)),
                &State::Stopped
            )
            .is_none()
        );
    }
}
