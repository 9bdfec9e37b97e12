//! What clients can read without a tool: sandboxes, files in them, and the output of jobs, page by page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use rmcp::model::{
    ListResourcesResult, MetaObject, ReadResourceResult, Resource, ResourceContents,
    ResourceTemplate,
};
use serde_json::json;

use crate::error::{Context as _, Error, Kind, Result};
use crate::ops::Ctx;
use crate::ops::Operation as _;
use crate::ops::file::page;
use crate::ops::sandbox::list::List;
use crate::ops::sandbox::resolve;

/// How many sandboxes one page of the list has.
const LISTED: u32 = 50;
/// How many bytes one page of a file has, unless asked otherwise, and at most.
const PAGE: u64 = 32 << 10;
const LARGEST: u64 = 1 << 20;

/// The addresses, as templates: of a sandbox, of a file in it, of a job's output in it.
pub(super) const SANDBOX: &str = "sandbox://{id}";
pub(super) const FILE: &str = "sandbox://{id}/file/{+path}{?offset,limit}";
pub(super) const OUTPUT: &str = "sandbox://{id}/job/{job}/{stream}{?offset,limit}";

/// An address that was asked for.
#[derive(Debug, Eq, PartialEq)]
enum Address {
    Sandbox(String),
    File {
        id: String,
        path: String,
        offset: u64,
        limit: u64,
    },
}

/// The templates of what can be read; files and outputs only where `files` says so.
pub(super) fn templates(files: bool) -> Vec<ResourceTemplate> {
    let sandbox = ResourceTemplate::new(SANDBOX, "sandbox")
        .with_title("Sandbox")
        .with_description("Everything about one sandbox")
        .with_mime_type("application/json");
    let file = ResourceTemplate::new(FILE, "file")
        .with_title("File in a sandbox")
        .with_description("A page of a file: limit bytes from offset on; _meta says how long it is and where the next page begins");
    let output = ResourceTemplate::new(OUTPUT, "job-output")
        .with_title("Output of a job")
        .with_description("A page of what a job wrote to stdout or stderr")
        .with_mime_type("text/plain");
    let mut all = vec![sandbox];
    if files {
        all.extend([file, output]);
    }
    all
}

/// One page of the sandboxes.
pub(super) async fn list(ctx: &Ctx, cursor: Option<String>) -> Result<ListResourcesResult> {
    let list = List {
        cursor,
        limit: Some(LISTED),
        ..List::default()
    };
    let page = list.run(ctx).await?;
    let resources = page.items.iter().map(|sandbox| {
        Resource::new(format!("sandbox://{}", sandbox.id), sandbox.name.clone())
            .with_description(format!("sandbox, {}", sandbox.state))
            .with_mime_type("application/json")
    });
    let mut result = ListResourcesResult::with_all_items(resources.collect());
    result.next_cursor = page.next_cursor;
    Ok(result)
}

/// What is at an address.
pub(super) async fn read(ctx: &Ctx, uri: &str, files: bool) -> Result<ReadResourceResult> {
    let contents = match parse(uri)? {
        Address::Sandbox(id) => {
            let sandbox = resolve::find(ctx, &id).await?;
            let text = serde_json::to_string_pretty(&sandbox)
                .context(Kind::Internal, || "cannot encode the sandbox".to_owned())?;
            ResourceContents::text(text, uri).with_mime_type("application/json")
        }
        Address::File { .. } if !files => {
            return Err(Error::new(
                Kind::NotFound,
                "this server was started without the tools that read files",
            ));
        }
        Address::File {
            id,
            path,
            offset,
            limit,
        } => {
            let page = page::read(ctx, &id, &path, offset, limit).await?;
            let mut meta = MetaObject::new();
            meta.insert("size".to_owned(), json!(page.size));
            if let Some(next) = page.next {
                meta.insert("nextOffset".to_owned(), json!(next));
            }
            if page.text {
                ResourceContents::text(String::from_utf8_lossy(&page.bytes), uri)
            } else {
                ResourceContents::blob(STANDARD.encode(&page.bytes), uri)
                    .with_mime_type("application/octet-stream")
            }
            .with_meta(meta)
        }
    };
    Ok(ReadResourceResult::new(vec![contents]))
}

fn parse(uri: &str) -> Result<Address> {
    let unknown = || {
        Error::new(Kind::NotFound, format!("there is nothing at {uri}"))
            .hint(format!("addresses are {SANDBOX}, {FILE} and {OUTPUT}"))
    };
    let rest = uri.strip_prefix("sandbox://").ok_or_else(unknown)?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let decode = |text: &str| {
        let text = percent_decode_str(text).decode_utf8();
        text.map(std::borrow::Cow::into_owned)
            .map_err(|_| unknown())
    };
    let (mut offset, mut limit) = (0, PAGE);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').ok_or_else(unknown)?;
        let number = value.parse().map_err(|_| unknown())?;
        match key {
            "offset" => offset = number,
            "limit" if (1..=LARGEST).contains(&number) => limit = number,
            _ => return Err(unknown()),
        }
    }
    let (id, inside) = place.split_once('/').unwrap_or((place, ""));
    let id = decode(id)?;
    if id.is_empty() {
        return Err(unknown());
    }
    let path = match inside.split_once('/') {
        None if inside.is_empty() => return Ok(Address::Sandbox(id)),
        Some(("file", path)) if !path.is_empty() => {
            format!("/{}", decode(path)?.trim_start_matches('/'))
        }
        Some(("job", output)) => match output.split_once('/') {
            Some((job, stream @ ("stdout" | "stderr"))) => {
                crate::ops::job::output_file(&decode(job)?, stream)?
            }
            _ => return Err(unknown()),
        },
        _ => return Err(unknown()),
    };
    Ok(Address::File {
        id,
        path,
        offset,
        limit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_others_refused() {
        let file = |path: &str, offset, limit| Address::File {
            id: "a b".to_owned(),
            path: path.to_owned(),
            offset,
            limit,
        };
        assert_eq!(
            parse("sandbox://demo").unwrap(),
            Address::Sandbox("demo".to_owned())
        );
        assert_eq!(
            parse("sandbox://a%20b/file/tmp/x%3Fy").unwrap(),
            file("/tmp/x?y", 0, PAGE)
        );
        assert_eq!(
            parse("sandbox://a%20b/file//etc/hosts?offset=5&limit=9").unwrap(),
            file("/etc/hosts", 5, 9)
        );
        assert_eq!(
            parse("sandbox://a%20b/job/j1/stderr").unwrap(),
            file("/tmp/.daytona/jobs/j1/stderr", 0, PAGE)
        );
        for wrong in [
            "file:///etc/passwd",
            "sandbox://",
            "sandbox://a/file/",
            "sandbox://a/job/../x/stdout",
            "sandbox://a/job/j1/exit",
            "sandbox://a/file/x?offset=-1",
            "sandbox://a/file/x?limit=99999999",
            "sandbox://a/other/x",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
