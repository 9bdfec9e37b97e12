//! Replies that are made while they are sent: what programs wrote may be larger than our memory.

use std::collections::VecDeque;
use std::io;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;

use super::failure::{Answer, Failure};

/// Gives one chunk after another, until there is none.
pub(super) type Chunks = Box<dyn FnMut() -> io::Result<Option<Bytes>> + Send>;

/// A reply up to this size is sent with its length.
const WHOLE: usize = 256 << 10;

/// A part of a reply.
pub(super) enum Part {
    /// As it is.
    Raw(String),
    /// Bytes that should be text, as a string of JSON.
    Quoted(Chunks),
    /// The same as plain text.
    Plain(Chunks),
}

/// A reply out of parts.
pub(super) fn reply(kind: &'static str, parts: Vec<Part>) -> Answer<Response> {
    let mut pieces = Pieces {
        parts: parts.into(),
        begun: false,
        carry: Vec::new(),
    };
    let mut first = Vec::new();
    let broken = |error| Failure::internal("cannot read what was written", error);
    while first.len() <= WHOLE {
        let Some(piece) = pieces.next().map_err(broken)? else {
            return Ok(([(CONTENT_TYPE, kind)], first).into_response());
        };
        first.extend_from_slice(&piece);
    }
    let rest = futures_util::stream::unfold((Some(first), pieces), |(first, mut pieces)| async {
        let piece = match first {
            Some(first) => Ok(first.into()),
            None => pieces.next().transpose()?,
        };
        Some((piece, (None, pieces)))
    });
    Ok(([(CONTENT_TYPE, kind)], Body::from_stream(rest)).into_response())
}

struct Pieces {
    parts: VecDeque<Part>,
    /// The opening quote of the first part is out.
    begun: bool,
    /// The beginning of a character whose rest is in the next chunk.
    carry: Vec<u8>,
}

impl Pieces {
    fn next(&mut self) -> io::Result<Option<Bytes>> {
        let Some(part) = self.parts.front_mut() else {
            return Ok(None);
        };
        let (chunks, quoted) = match part {
            Part::Raw(text) => {
                let text = std::mem::take(text);
                self.parts.pop_front();
                return Ok(Some(text.into()));
            }
            Part::Quoted(chunks) => (chunks, true),
            Part::Plain(chunks) => (chunks, false),
        };
        let begins = quoted && !std::mem::replace(&mut self.begun, true);
        let chunk = chunks()?;
        let text = characters(&mut self.carry, chunk.as_deref());
        let mut text = if quoted {
            let escaped = serde_json::to_string(&text)?;
            escaped[1..escaped.len() - 1].to_owned()
        } else {
            text
        };
        if begins {
            text.insert(0, '"');
        }
        if chunk.is_none() {
            if quoted {
                text.push('"');
            }
            self.begun = false;
            self.parts.pop_front();
        }
        Ok(Some(text.into()))
    }
}

/// The text of a chunk and of what was carried over; at the end (none), of all that is left.
fn characters(carry: &mut Vec<u8>, chunk: Option<&[u8]>) -> String {
    carry.extend_from_slice(chunk.unwrap_or_default());
    let whole = match chunk {
        Some(_) => carry.len() - begun_character(carry),
        None => carry.len(),
    };
    let text = String::from_utf8_lossy(&carry[..whole]).into_owned();
    carry.drain(..whole);
    text
}

/// How many bytes at the end are the beginning of a character that goes on.
fn begun_character(bytes: &[u8]) -> usize {
    for (back, byte) in bytes.iter().rev().take(3).enumerate() {
        let length = match byte {
            0x80..=0xbf => continue,
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 0,
        };
        return if length > back + 1 { back + 1 } else { 0 };
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(list: Vec<Vec<u8>>) -> Chunks {
        let mut list = list.into_iter();
        Box::new(move || Ok(list.next().map(Bytes::from)))
    }

    async fn body(parts: Vec<Part>) -> String {
        let response = reply("application/json", parts).unwrap();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        String::from_utf8(bytes.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn characters_survive_wherever_they_are_cut() {
        let text = "a\"\\\n\u{1}ß…🦀z".as_bytes().to_vec();
        for cut in 0..text.len() {
            let list = vec![text[..cut].to_vec(), text[cut..].to_vec()];
            let body = body(vec![Part::Quoted(chunks(list))]).await;
            let told: String = serde_json::from_str(&body).unwrap();
            assert_eq!(told.as_bytes(), text, "{cut}");
        }
        let list = vec![b"x\xf0\x9f".to_vec(), b"\xff".to_vec(), b"\xe2".to_vec()];
        let body = body(vec![Part::Quoted(chunks(list))]).await;
        let told: String = serde_json::from_str(&body).unwrap();
        assert_eq!(told, "x\u{fffd}\u{fffd}\u{fffd}");
    }

    #[tokio::test]
    async fn long_replies_are_the_same_as_short_ones() {
        for count in [0, 1, 100] {
            let parts = vec![
                Part::Raw("{\"a\":".into()),
                Part::Quoted(chunks(vec![vec![b'x'; 10_000]; count])),
                Part::Raw(",\"b\":".into()),
                Part::Quoted(chunks(vec![b"y".to_vec()])),
                Part::Raw("}".into()),
            ];
            let told: serde_json::Value = serde_json::from_str(&body(parts).await).unwrap();
            assert_eq!(told["a"].as_str().unwrap().len(), 10_000 * count);
            assert_eq!(told["b"], "y");
        }
    }
}
