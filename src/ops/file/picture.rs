//! Pictures that a model is shown: only what the strictest of the common APIs takes. One that it refuses
//! stays in the conversation, and each later request fails with it.

use bytes::Bytes;

use crate::error::Result;
use crate::ops::Attachment;

use crate::document::worker;

/// How many bytes all pictures of one result may have.
const TOGETHER: usize = 8_000_000;

/// The pictures of a result as they can be shown, and what is to be said of them.
#[derive(Debug, Default)]
pub struct Shown {
    /// Those that are shown.
    pub pictures: Vec<Attachment>,
    /// What was done to them, and why others are not shown.
    pub notes: Vec<String>,
}

/// What can be shown of these pictures.
pub async fn show(pictures: Vec<Attachment>) -> Result<Shown> {
    let (mut shown, count) = (Shown::default(), pictures.len());
    let mut together = 0;
    for (at, picture) in pictures.into_iter().enumerate() {
        let which = if count > 1 {
            format!("picture {}", at + 1)
        } else {
            "the picture".to_owned()
        };
        let bytes = picture.bytes.len();
        let fitted = match fit(picture.bytes).await? {
            Ok((picture, _)) if together + picture.bytes.len() > TOGETHER => {
                Err("with it the result would be too large".to_owned())
            }
            fitted => fitted,
        };
        match fitted {
            Ok((picture, note)) => {
                together += picture.bytes.len();
                shown.pictures.push(picture);
                let note = note.map(|note| format!("{which} is {note}"));
                shown.notes.extend(note);
            }
            Err(why) => shown.notes.push(format!(
                "{which} ({}, {bytes} bytes) is not shown: {why}; work on it in the sandbox, or have its bytes: file_download with download: compressed",
                picture.media_type
            )),
        }
    }
    Ok(shown)
}

/// A picture that can be shown, with what was done to it; or why it cannot.
async fn fit(bytes: Vec<u8>) -> Result<std::result::Result<(Attachment, Option<String>), String>> {
    let file = futures_util::stream::iter([Ok(Bytes::from(bytes))]);
    let said = match worker::run(
        crate::document::pixels::JOB,
        file,
        crate::document::pixels::SAID_MOST,
    )
    .await?
    {
        Ok(said) => said,
        Err(why) => return Ok(Err(why)),
    };
    let (head, bytes) = match memchr::memchr(b'\n', &said) {
        Some(end) => (String::from_utf8_lossy(&said[..end]), &said[end + 1..]),
        None => return Ok(Err("nothing came of it".to_owned())),
    };
    let (media_type, note) = head.split_once('\t').unwrap_or((&head, ""));
    let picture = Attachment {
        media_type: media_type.to_owned(),
        bytes: bytes.to_vec(),
    };
    Ok(Ok((picture, (!note.is_empty()).then(|| note.to_owned()))))
}
