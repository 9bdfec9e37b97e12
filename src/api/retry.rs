//! Which requests are sent again, and after which pause: never one that may have been carried out and must
//! not be twice.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::Error;

/// How often a request is sent at most.
const TRIES: u32 = 4;
/// How often where no connection can be made: a server that is down stays so for longer than anybody waits.
const CONNECTIONS: u32 = 3;
/// The longest pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// So long after the first try no other is made: whoever waits has waited enough.
const LAST_TRY: Duration = Duration::from_secs(10);

/// One request, and how often it was sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempts {
    sent: u32,
    begun: Instant,
    repeatable: bool,
    /// The engine on this machine is started by whoever needs it, not waited for.
    local: bool,
    /// An earlier one may have been carried out.
    arrived: bool,
}

impl Attempts {
    pub(super) fn new(repeatable: bool, local: bool) -> Self {
        Self {
            sent: 1,
            begun: Instant::now(),
            repeatable,
            local,
            arrived: false,
        }
    }

    /// How long to wait before the request is sent again, if it may be, after that answer.
    pub(super) fn after_answer(
        &mut self,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<Duration> {
        let asked = asked_to_wait(headers);
        let again = match status {
            // Refused before anything was done; without a time to wait it may be for good.
            StatusCode::TOO_MANY_REQUESTS => self.repeatable || asked.is_some(),
            // A proxy says these too, of what the server behind it may have done.
            StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => self.repeatable,
            _ => false,
        };
        if !again || self.sent >= TRIES || asked.is_some_and(|pause| pause > LONGEST_PAUSE) {
            return None;
        }
        self.arrived |= status.is_server_error();
        if status.is_server_error() && self.is_over() {
            return None;
        }
        Some(self.next(asked))
    }

    /// Whether an earlier try may have been carried out though it was not answered so.
    pub(super) fn may_have_arrived(self) -> bool {
        self.arrived
    }

    /// The same where there was no answer.
    pub(super) fn after_failure(&mut self, error: &reqwest::Error) -> Option<Duration> {
        let again = if error.is_connect() {
            // It was never sent, whatever it is.
            !self.local && self.sent < CONNECTIONS
        } else {
            let over = error.is_timeout() || error.is_builder();
            self.arrived = true;
            self.repeatable && !over && !self.is_over() && self.sent < TRIES
        };
        again.then(|| self.next(None))
    }

    fn is_over(self) -> bool {
        self.begun.elapsed() > LAST_TRY
    }

    fn next(&mut self, asked: Option<Duration>) -> Duration {
        let pause = asked.unwrap_or_else(|| backoff(self.sent));
        tracing::debug!(?pause, sent = self.sent, "trying again");
        self.sent += 1;
        pause
    }
}

/// Whether a request may have reached its server although this is what came of it.
pub fn was_sent(error: &Error) -> bool {
    let cause = error.cause().and_then(|cause| cause.downcast_ref());
    !cause.is_some_and(reqwest::Error::is_connect)
}

/// The pause that the server asks for: `retry-after` or one of `retry-after-<scope>`, in seconds.
pub(super) fn asked_to_wait(headers: &HeaderMap) -> Option<Duration> {
    headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("retry-after"))
        .filter_map(|(_, value)| value.to_str().ok()?.trim().parse::<u64>().ok())
        .max()
        .map(Duration::from_secs)
}

/// 200 ms, doubled at each attempt, plus up to as much again so that clients do not march in step.
fn backoff(attempt: u32) -> Duration {
    let base = 200_u64 << (attempt - 1).min(5);
    let noise = uuid::Uuid::new_v4().as_u128() % u128::from(base);
    Duration::from_millis(base + u64::try_from(noise).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn again(repeatable: bool, status: u16, wait: Option<&'static str>) -> bool {
        let mut headers = HeaderMap::new();
        if let Some(wait) = wait {
            headers.insert("retry-after", HeaderValue::from_static(wait));
        }
        let status = StatusCode::from_u16(status).unwrap();
        let mut attempts = Attempts::new(repeatable, false);
        attempts.after_answer(status, &headers).is_some()
    }

    #[test]
    fn only_what_may_be_repeated_is() {
        for status in [500, 502, 503, 504] {
            assert!(again(true, status, None), "{status}");
            assert!(!again(false, status, None), "{status}");
            assert!(!again(false, status, Some("1")), "{status}");
        }
        assert!(again(true, 429, None) && again(false, 429, Some("1")));
        assert!(!again(false, 429, None) && !again(true, 429, Some("31")));
        for status in [400, 401, 403, 404, 408, 409, 422, 501] {
            assert!(!again(true, status, Some("1")), "{status}");
        }
    }

    #[test]
    fn it_ends() {
        let mut attempts = Attempts::new(true, false);
        let mut pauses = 0;
        while attempts
            .after_answer(StatusCode::BAD_GATEWAY, &HeaderMap::new())
            .is_some()
        {
            pauses += 1;
        }
        assert_eq!(pauses, TRIES - 1);
    }

    #[test]
    fn the_longest_wait_that_a_server_asks_for_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(asked_to_wait(&headers), None);
        headers.insert("retry-after-authenticated", HeaderValue::from_static("2"));
        headers.insert("retry-after-sandbox-create", HeaderValue::from_static("7"));
        assert_eq!(asked_to_wait(&headers), Some(Duration::from_secs(7)));
    }

    #[test]
    fn pauses_grow_and_stay_bounded() {
        assert!(
            backoff(1) >= Duration::from_millis(200) && backoff(1) < Duration::from_millis(400)
        );
        assert!(backoff(9) < Duration::from_secs(13));
    }

    #[test]
    fn an_answer_that_took_long_is_not_waited_for_again() {
        let mut attempts = Attempts::new(true, false);
        let status = StatusCode::GATEWAY_TIMEOUT;
        assert!(attempts.after_answer(status, &HeaderMap::new()).is_some());
        attempts.begun = Instant::now().checked_sub(LAST_TRY * 2).unwrap();
        assert!(attempts.after_answer(status, &HeaderMap::new()).is_none());
    }
}
