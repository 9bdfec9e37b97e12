//! `file_download`: a file as a model can use it: text, a picture, the text of a document; or the
//! choices where it is too large or nothing of these.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt as _;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Hint, Kind as Failure, NextTool, Result};
use crate::ops::inside::Inside;
use crate::ops::{Attachment, Ctx, Effect, Group, On, Operation, Role, Tool};

use super::choices::{self, Choice, How};
use super::{compress, document};
use crate::document::clip::{self, BUDGET};
use crate::document::encoding::Encoding;
use crate::document::media::{self, Kind, Media, SNIFFED};

/// The size guard in MB, unless said otherwise.
const GUARD_MB: f64 = 5.0;
/// The length of a part in KB, unless said otherwise.
const CHUNK_KB: u64 = 100;
/// What is never exceeded: all of it is in memory, and in one message.
const LARGEST_DOWNLOAD: u64 = 100 << 20;

/// A file to return
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Download {
    /// Path of the file
    #[schemars(description = "")]
    pub file_path: String,

    /// Above it choices are returned [default: 5]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64")]
    pub max_size_mb: Option<f64>,

    /// How to return it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "choices::schema", description = "")]
    pub download: Option<How>,

    /// Length of partial (100) or to_text (8)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub chunk_size_kb: Option<u64>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// A file, or what can be had of it
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Downloaded {
    /// The file
    pub path: String,
    /// Its bytes
    pub size: u64,
    /// Its media type
    pub content_type: &'static str,
    /// Text; a picture comes beside the result
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub text: Option<String>,
    /// Bytes
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub base64: Option<String>,
    /// How many of the file's bytes this is, where it is a part
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub partial_bytes: Option<u64>,
    /// `gzip` where the bytes are compressed
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub content_encoding: Option<&'static str>,
    /// The encoding of the text in the file, where it is not UTF-8
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub encoding: Option<&'static str>,
    /// What else to know
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub note: Option<String>,
    /// What can be had of it instead: call again with one of these
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(skip)]
    pub choices: Vec<Choice>,
    #[serde(skip)]
    #[schemars(skip)]
    picture: Option<Vec<u8>>,
}

impl Operation for Download {
    type Output = Downloaded;

    const TOOL: Option<Tool> = Some(Tool {
        name: "file_download",
        title: "Download file",
        description: "Returns a file: text (shortened), an image, the text of a PDF or Office file; choices where it is too \
            large or binary.",
        group: Group::Files,
        default: true,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    const ROLES: &'static [Role] = &[Role::ReadsFiles];

    async fn run(self, ctx: &Ctx) -> Result<Downloaded> {
        let guard = self.max_size_mb.unwrap_or(GUARD_MB);
        if !(guard > 0.0 && guard.is_finite()) || self.chunk_size_kb == Some(0) {
            let message = "maxSizeMb and chunkSizeKb must be more than 0";
            return Err(Error::usage(message));
        }
        let inside = Inside::of(ctx, &self.id).await?;
        let info = inside.file(&self.file_path).await?;
        let first = inside.part(&self.file_path, 0, SNIFFED).await?;
        let there = Found {
            media: media::of(&self.file_path, &first.bytes),
            encoding: Encoding::of(&first.bytes).unwrap_or(Encoding::Utf8),
            // Files that are made while they are read say that they are empty.
            size: first
                .total
                .unwrap_or(info.size)
                .max(first.bytes.len() as u64),
            inside,
            path: self.file_path,
        };
        let chunk = self.chunk_size_kb.unwrap_or(CHUNK_KB);
        let shown = self.chunk_size_kb.map_or(BUDGET, |kb| {
            usize::try_from(kb.saturating_mul(1 << 10)).unwrap_or(usize::MAX)
        });
        match self.download {
            #[expect(clippy::cast_precision_loss, reason = "a guard need not be exact")]
            None if there.size as f64 > guard * 1_048_576.0 => {
                let mut choices = there.described();
                choices.note = Some(format!("larger than maxSizeMb, {guard}"));
                choices.choices = choices::of(there.media, there.size, chunk);
                Ok(choices)
            }
            None => there.natural(chunk).await,
            Some(How::Partial) => there.partial(chunk).await,
            Some(How::ToText) => there.to_text(shown).await,
            Some(How::Compressed) => there.compressed().await,
            Some(How::Forced) => there.forced().await,
        }
    }

    fn attached(output: &mut Downloaded) -> Vec<Attachment> {
        let media_type = output.content_type.to_owned();
        let picture = output.picture.take().into_iter();
        picture
            .map(|bytes| Attachment {
                media_type: media_type.clone(),
                bytes,
            })
            .collect()
    }
}

/// The file, before it is known what becomes of it.
struct Found {
    inside: Inside,
    path: String,
    media: Media,
    /// Of text.
    encoding: Encoding,
    size: u64,
}

impl Found {
    fn described(&self) -> Downloaded {
        Downloaded {
            path: self.path.clone(),
            size: self.size,
            content_type: self.media.name,
            ..Downloaded::default()
        }
    }

    /// What a model can use of it.
    async fn natural(&self, chunk: u64) -> Result<Downloaded> {
        match self.media.kind {
            Kind::Image => self.forced().await,
            Kind::Text => self.to_text(BUDGET).await,
            Kind::Document(_) => match self.to_text(BUDGET).await {
                Err(error) if error.kind() == Failure::Unsupported => {
                    let mut choices = self.described();
                    choices.note = Some(error.text());
                    choices.choices = choices::of(self.media, self.size, chunk);
                    choices.choices.retain(|one| one.download != "to_text");
                    Ok(choices)
                }
                other => other,
            },
            Kind::Binary if self.size <= BUDGET as u64 => self.forced().await,
            Kind::Binary => {
                let mut choices = self.described();
                choices.note = Some("binary: no text or picture can be shown".to_owned());
                choices.choices = choices::of(self.media, self.size, chunk);
                Ok(choices)
            }
        }
    }

    /// Exactly so many bytes from the beginning on.
    async fn partial(&self, chunk: u64) -> Result<Downloaded> {
        let wanted = chunk.saturating_mul(1 << 10);
        if wanted > LARGEST_DOWNLOAD {
            return Err(too_large(&self.path, wanted));
        }
        let part = self.inside.part(&self.path, 0, wanted).await?;
        let mut downloaded = self.described();
        downloaded.partial_bytes = Some(part.bytes.len() as u64);
        if part.more {
            let text = self.media.kind == Kind::Text;
            downloaded.note = text.then(|| go_on(part.bytes.len() as u64));
        }
        // Text that ends within a character is bytes: not one more or less than was asked for.
        match String::from_utf8(part.bytes) {
            Ok(text) if self.media.kind == Kind::Text => downloaded.text = Some(text),
            Ok(text) => downloaded.base64 = Some(STANDARD.encode(text)),
            Err(error) => downloaded.base64 = Some(STANDARD.encode(error.as_bytes())),
        }
        Ok(downloaded)
    }

    /// Its text, both ends of it where it is longer than `most`.
    async fn to_text(&self, most: usize) -> Result<Downloaded> {
        let mut downloaded = self.described();
        if self.media.kind == Kind::Text {
            downloaded.encoding = self.encoding.name();
        }
        match self.media.kind {
            Kind::Text if self.size <= most as u64 => {
                let part = self.inside.part(&self.path, 0, most as u64 + 1).await?;
                let text = self.encoding.text(&part.bytes);
                let ends = clip::ends(&text, most);
                if let Some((head, left_out, _)) = ends {
                    downloaded.note = Some(go_on(head.len() as u64));
                    downloaded.text = Some(shortened(ends, left_out, &text));
                } else {
                    downloaded.text = Some(text.into_owned());
                }
            }
            Kind::Text => {
                let (head, tail) = (most as u64 / 4 * 3, most as u64 / 4);
                let first = self.inside.part(&self.path, 0, head).await?;
                let start = self.size - tail;
                let last = self.inside.part(&self.path, start, tail).await?;
                let kept = self.encoding.whole(&first.bytes, 0, false);
                let end = self.encoding.whole(&last.bytes, start, true);
                let left_out = start + end.start as u64 - kept.end as u64;
                downloaded.text = Some(format!(
                    "{}\n[… {left_out} bytes left out …]\n{}",
                    self.encoding.text(&first.bytes[kept.clone()]),
                    self.encoding.text(&last.bytes[end]),
                ));
                downloaded.note = Some(go_on(kept.end as u64));
            }
            Kind::Document(format) => {
                let text = document::text(&self.inside, &self.path, self.size, format).await?;
                let ends = clip::ends(&text, most);
                if let Some((_, left_out, _)) = ends {
                    downloaded.text = Some(shortened(ends, left_out, &text));
                    downloaded.note = Some(format!(
                        "the extracted text has {} bytes; for more: download: to_text with chunkSizeKb",
                        text.len()
                    ));
                } else {
                    downloaded.text = Some(text);
                    downloaded.note = Some("extracted text; for the file: download: forced".into());
                }
            }
            Kind::Image | Kind::Binary => {
                let message = format!("{} is {}: it has no text", self.path, self.media.name);
                return Err(Error::new(Failure::Unsupported, message).hint(
                    Hint::new("call ")
                        .step(NextTool::new("file_download").with("download", "forced"))
                        .words(" for its bytes, or a program in the sandbox by ")
                        .step(NextTool::new("execute_command")),
                ));
            }
        }
        Ok(downloaded)
    }

    async fn compressed(&self) -> Result<Downloaded> {
        let (inside, path) = (&self.inside, self.path.as_str());
        let chunks = inside.client.download_file(&inside.toolbox, path).await?;
        let bytes = compress::gzip(chunks, LARGEST_DOWNLOAD)
            .await?
            .ok_or_else(|| too_large(path, LARGEST_DOWNLOAD))?;
        Ok(Downloaded {
            base64: Some(STANDARD.encode(bytes)),
            content_encoding: Some("gzip"),
            ..self.described()
        })
    }

    async fn forced(&self) -> Result<Downloaded> {
        let mut downloaded = self.described();
        let (inside, path) = (&self.inside, self.path.as_str());
        let mut chunks = inside.client.download_file(&inside.toolbox, path).await?;
        let mut bytes = Vec::new();
        while let Some(chunk) = chunks.next().await {
            bytes.extend_from_slice(&chunk?);
            if bytes.len() as u64 > LARGEST_DOWNLOAD {
                return Err(too_large(path, self.size));
            }
        }
        downloaded.size = bytes.len() as u64;
        let kind = self.media.kind;
        if kind == Kind::Image {
            downloaded.picture = Some(bytes);
            return Ok(downloaded);
        }
        match String::from_utf8(bytes) {
            Ok(text) if kind == Kind::Text => downloaded.text = Some(text),
            Ok(text) => downloaded.base64 = Some(STANDARD.encode(text)),
            Err(error) => downloaded.base64 = Some(STANDARD.encode(error.as_bytes())),
        }
        Ok(downloaded)
    }
}

fn shortened(ends: Option<(&str, usize, &str)>, left_out: usize, text: &str) -> String {
    ends.map_or_else(
        || text.to_owned(),
        |(head, _, tail)| format!("{head}\n[… {left_out} bytes left out …]\n{tail}"),
    )
}

fn go_on(offset: u64) -> String {
    format!("read on: call read_file with offset: {offset}")
}

fn too_large(path: &str, size: u64) -> Error {
    let message = format!(
        "{path} is too large for one message: {size} bytes, and {LARGEST_DOWNLOAD} are the most"
    );
    Error::new(Failure::Limit, message).hint(
        Hint::new("call ")
            .step(NextTool::new("read_file"))
            .words(" for a page of it, or work on it in the sandbox: call ")
            .step(NextTool::new("execute_command")),
    )
}
