//! What fuzz targets call: readers of what programs in the sandbox and clients send to the guest.

use bytes::Bytes;

use super::artifacts;
use super::params::Params;

/// The output of a program, in pieces: nothing of it but artifacts is lost.
pub fn output(data: &[u8]) {
    let mut pieces = data
        .chunks(7)
        .map(Bytes::copy_from_slice)
        .collect::<Vec<_>>()
        .into_iter();
    let made = artifacts::take(Box::new(move || Ok(pieces.next()))).expect("it is in memory");
    if made.charts.is_empty() && !data.windows(3).any(|part| part == b"dtn") {
        assert_eq!(made.text.held(), data);
    }
}

/// The query and the body of a request.
pub fn request(text: &str) {
    let params = Params::parse(text);
    let _ = (params.text("path"), params.path("path"));
    super::files::fuzzed(text);
}
