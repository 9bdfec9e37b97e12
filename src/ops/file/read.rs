//! `read_file`: a page of a text file of any size. Offsets are bytes: a line may be as long as the file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ops::inside::Inside;
use crate::ops::{Ctx, Effect, Group, On, Operation, Role, Tool};

use crate::document::clip::{self, BUDGET};
use crate::document::encoding::Encoding;
use crate::document::media;

/// The longest page.
const LONGEST_PAGE: u64 = 1 << 20;

/// A page of a text file
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Read {
    /// Path of the file
    #[schemars(description = "")]
    pub file_path: String,

    /// First byte; negative from the end [default: 0]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub offset: Option<i64>,

    /// Most bytes [default: 8192]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub limit: Option<u64>,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

/// A page of a file
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The file
    #[schemars(skip)]
    pub path: String,
    /// Its bytes
    pub size: u64,
    /// The first byte of the text in the file
    pub offset: u64,
    /// The text; none of a binary file
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub text: Option<String>,
    /// Where the next page begins; none at the end of the file
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub next_offset: Option<u64>,
    /// The media type, of a binary file
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub content_type: Option<&'static str>,
    /// The encoding of the text, where it is not UTF-8; offsets count the file's bytes
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub encoding: Option<&'static str>,
    /// What else to know
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub note: Option<&'static str>,
}

impl Operation for Read {
    type Output = Page;

    const TOOL: Option<Tool> = Some(Tool {
        name: "read_file",
        title: "Read file",
        description: "Reads a page of a text file of any size. Go on with offset = nextOffset.",
        group: Group::Files,
        default: true,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    const ROLES: &'static [Role] = &[Role::ReadsFiles];

    async fn run(self, ctx: &Ctx) -> Result<Page> {
        let limit = self.limit.unwrap_or(BUDGET as u64);
        if !(1..=LONGEST_PAGE).contains(&limit) {
            let message = format!("limit is {limit}: it must be 1 to {LONGEST_PAGE} bytes");
            return Err(Error::usage(message));
        }
        let inside = Inside::of(ctx, &self.id).await?;
        let size = inside.file(&self.file_path).await?.size;
        let offset = match self.offset.unwrap_or(0) {
            from_end @ ..0 => size.saturating_sub(from_end.unsigned_abs()),
            offset => offset.unsigned_abs(),
        };
        // Files that are made while they are read say that they are empty.
        if size > 0 && offset >= size {
            return Ok(Page {
                note: Some("the file ends before this offset"),
                text: Some(String::new()),
                path: self.file_path,
                size,
                offset,
                ..Page::default()
            });
        }
        let part = inside.part(&self.file_path, offset, limit).await?;
        let size = part.total.unwrap_or(size);
        // A page from the middle does not tell alone in which encoding it is.
        let encoding = if offset == 0 {
            Encoding::of(&part.bytes)
        } else if std::str::from_utf8(&part.bytes).is_ok() && !part.bytes.contains(&0) {
            Some(Encoding::Utf8)
        } else {
            let first = inside.part(&self.file_path, 0, media::SNIFFED).await?;
            Encoding::of(&first.bytes)
                .filter(|encoding| *encoding != Encoding::Utf8 || !clip::is_binary(&part.bytes))
        };
        let Some(encoding) = encoding else {
            let kind = media::of(&self.file_path, &part.bytes);
            return Ok(Page {
                path: self.file_path,
                size,
                offset,
                content_type: Some(kind.name),
                note: Some(
                    "this is not text: file_download shows pictures, and the text of documents",
                ),
                ..Page::default()
            });
        };
        let kept = encoding.whole(&part.bytes, offset, !part.more);
        let end = offset + kept.end as u64;
        let text = encoding.text(&part.bytes[kept.clone()]);
        let lossy = encoding == Encoding::Utf8 && matches!(text, std::borrow::Cow::Owned(_));
        Ok(Page {
            path: self.file_path,
            size,
            offset: offset + kept.start as u64,
            next_offset: (part.more || kept.end < part.bytes.len()).then_some(end),
            text: Some(text.into_owned()),
            encoding: encoding.name(),
            note: lossy.then_some("some bytes are not UTF-8; they show as \u{fffd}"),
            ..Page::default()
        })
    }
}
