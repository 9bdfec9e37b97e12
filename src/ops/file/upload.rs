//! `file_upload`: a file with exactly these bytes, looked at again after it was written.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, NextTool, Result};
use crate::ops::inside::{Inside, checked_path};
use crate::ops::{Ctx, Effect, Group, On, Operation, Tool};

/// Up to this size the bytes are read back; of larger files the size.
const COMPARED: usize = 1 << 20;

/// A file to write
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Upload {
    /// Path of the file; folders above it are made
    #[schemars(description = "")]
    pub file_path: String,

    /// What it is to hold
    #[schemars(description = "")]
    pub content: String,

    /// text, or base64 for bytes [default: text]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "encodings")]
    pub encoding: Option<String>,

    /// Replace a file that is there
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(description = "")]
    pub overwrite: bool,

    /// Sandbox; default: own
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
}

pub(in crate::ops) fn encodings(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": ["text", "base64"] })
}

/// The file that was written
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Uploaded {
    /// Its path
    pub path: String,
    /// Its bytes, as the sandbox counts them
    pub size: u64,
    /// Whether all of its bytes were read back and compared; of a large file only the size was
    #[schemars(skip)]
    pub compared: bool,
}

impl Operation for Upload {
    type Output = Uploaded;

    const TOOL: Option<Tool> = Some(Tool {
        name: "file_upload",
        title: "Upload file",
        description: "Writes a file and checks it. Refuses where it exists, unless overwrite is true.",
        group: Group::Files,
        default: true,
        effect: Effect::Overwrites,
        on: On::Sandbox,
        open_world: false,
    });

    async fn run(self, ctx: &Ctx) -> Result<Uploaded> {
        let path = checked_path(&self.file_path)?;
        let content = decoded(self.content, self.encoding.as_deref())?;
        let inside = Inside::of(ctx, &self.id).await?;
        let (client, toolbox) = (&inside.client, inside.toolbox.as_str());
        match client.file_info(toolbox, path).await {
            Ok(info) if info.is_dir => {
                let message = format!("{path} is a folder");
                return Err(Error::usage(message).hint("give the path of a file in it"));
            }
            Ok(_) if !self.overwrite => {
                let message = format!("{path} exists already, and was left as it is");
                return Err(Error::new(Kind::Conflict, message).hint(
                    NextTool::new("file_upload")
                        .again()
                        .with("overwrite", "true")
                        .to("to replace it"),
                ));
            }
            Ok(_) => {}
            Err(error) if error.kind() == Kind::NotFound => {
                // Other servers may not make the folders above a file by themselves.
                let above = path.rsplit_once('/').map_or("", |(above, _)| above);
                if !above.is_empty() && !client.is_engine() {
                    client.create_folder(toolbox, above, "0755").await?;
                }
            }
            Err(error) => return Err(error),
        }
        let size = content.len() as u64;
        let body = reqwest::Body::from(content.clone());
        client.upload_file(toolbox, path, body).await?;
        let compared = content.len() <= COMPARED;
        let there = if compared {
            let part = inside.part(path, 0, size + 1).await?;
            (part.bytes == content).then_some(size)
        } else {
            Some(inside.file(path).await?.size)
        };
        if there != Some(size) {
            let message = format!("{path} does not hold what was sent after the upload");
            return Err(Error::new(Kind::Other, message).hint(
                NextTool::new("execute_command")
                    .to("something else may write to it, or the disk may be full")
                    .words(" with `df -h`"),
            ));
        }
        Ok(Uploaded {
            path: self.file_path,
            size,
            compared,
        })
    }
}

fn decoded(content: String, encoding: Option<&str>) -> Result<Vec<u8>> {
    match encoding {
        None | Some("text") => Ok(content.into_bytes()),
        Some("base64") => {
            // `base64` writes lines; anything else that does not belong there is refused.
            let joined: Vec<u8> = content
                .bytes()
                .filter(|byte| !matches!(byte, b'\n' | b'\r'))
                .collect();
            STANDARD.decode(joined).map_err(|error| {
                Error::usage(format!(
                    "content is not base64: {error}; nothing was written"
                ))
                .hint("send the bytes in padded standard base64, or text with encoding: text")
            })
        }
        Some(other) => Err(Error::usage(format!(
            "there is no encoding `{other}`: text and base64 are"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_taken_strictly() {
        let decode = |text: &str| decoded(text.to_owned(), Some("base64"));
        assert_eq!(decode("AAH/\nYWI=\n").unwrap(), b"\0\x01\xffab");
        assert_eq!(decode("").unwrap(), b"");
        for wrong in ["AAH", "AA_-", "a b=", "YWI=YWI=", "YWI", "ü", "YW=I"] {
            assert!(decode(wrong).is_err(), "{wrong}");
        }
        assert!(decoded(String::new(), Some("hex")).is_err());
        assert_eq!(decoded("ä".to_owned(), None).unwrap(), "ä".as_bytes());
    }
}
