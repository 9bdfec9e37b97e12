//! `file_download` with the arguments and choices of the older interpreters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::ops::file::choices::How;
use crate::ops::file::download::{Download, Downloaded};
use crate::ops::{Attachment, Ctx, Effect, Group, On, Operation, Role, Tool};

use super::wording::{reworded, text};

/// A file to return
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileDownload {
    /// Path of the file
    pub file_path: String,

    /// MB over which choices are returned instead [default: 5]
    #[serde(default)]
    #[schemars(with = "f64")]
    pub max_size_mb: Option<f64>,

    /// How to return it
    #[serde(default)]
    #[schemars(with = "Way")]
    pub download_option: Option<Way>,

    /// KB of a part [default: 100]
    #[serde(default)]
    #[schemars(with = "u32")]
    pub chunk_size_kb: Option<u64>,
}

/// How a file is returned.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Way {
    DownloadPartial,
    ConvertToText,
    CompressFile,
    ForceDownload,
}

/// A file, or what can be had of it
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Returned {
    /// The file
    #[serde(flatten)]
    file: Downloaded,
    /// What can be had of it instead: call again with one of these
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(skip)]
    options: Vec<Choice>,
}

/// One way to get something of a file
#[derive(Clone, Debug, JsonSchema, Serialize)]
struct Choice {
    /// The value of `download_option`
    download_option: &'static str,
    /// What it returns
    returns: String,
}

impl Operation for FileDownload {
    type Output = Returned;

    const TOOL: Option<Tool> = Some(Tool {
        name: "file_download",
        title: "Download file",
        description: "Returns a file of the session's sandbox: text (shortened), an image, the text of a PDF or Office file; choices \
            where it is larger than max_size_mb, or binary.",
        group: Group::Files,
        default: true,
        effect: Effect::Reads,
        on: On::Sandbox,
        open_world: false,
    });

    const ROLES: &'static [Role] = &[Role::ReadsFiles];

    async fn run(self, ctx: &Ctx) -> Result<Returned> {
        let download = Download {
            file_path: self.file_path,
            max_size_mb: self.max_size_mb,
            download: self.download_option.map(|way| match way {
                Way::DownloadPartial => How::Partial,
                Way::ConvertToText => How::ToText,
                Way::CompressFile => How::Compressed,
                Way::ForceDownload => How::Forced,
            }),
            chunk_size_kb: self.chunk_size_kb,
            id: String::new(),
        };
        let mut file = download.run(ctx).await.map_err(|error| reworded(&error))?;
        file.note = file.note.map(|note| text(&note));
        let choices = std::mem::take(&mut file.choices).into_iter();
        let options = choices.map(|choice| Choice {
            download_option: match choice.download {
                "partial" => "download_partial",
                "to_text" => "convert_to_text",
                "compressed" => "compress_file",
                _ => "force_download",
            },
            returns: text(&choice.returns),
        });
        Ok(Returned {
            options: options.collect(),
            file,
        })
    }

    fn attached(output: &mut Returned) -> Vec<Attachment> {
        Download::attached(&mut output.file)
    }
}
