//! Completion of what is typed for prompts and addresses: sandboxes by name, files by path, jobs by id.

use rmcp::model::{CompleteRequestParams, CompleteResult, CompletionInfo, Reference};

use crate::error::Result;
use crate::ops::Ctx;
use crate::ops::Operation as _;
use crate::ops::job::list::ListJobs;
use crate::ops::sandbox::list::List;
use crate::ops::sandbox::resolve;

use super::{prompts, resources};

/// What a client has typed, completed. What cannot be completed has no values; that is no error.
pub(super) async fn complete(
    ctx: &Ctx,
    request: &CompleteRequestParams,
    files: bool,
) -> CompleteResult {
    let found = find(ctx, request, files).await.unwrap_or_else(|error| {
        tracing::debug!("nothing to complete with: {error}");
        Vec::new()
    });
    let total = u32::try_from(found.len()).ok();
    let more = found.len() > CompletionInfo::MAX_VALUES;
    let values = found.into_iter().take(CompletionInfo::MAX_VALUES).collect();
    let info = CompletionInfo::with_pagination(values, total, more).unwrap_or_default();
    CompleteResult::new(info)
}

async fn find(ctx: &Ctx, request: &CompleteRequestParams, files: bool) -> Result<Vec<String>> {
    let (argument, typed) = (
        request.argument.name.as_str(),
        request.argument.value.as_str(),
    );
    let given = |name: &str| {
        let arguments = request.context.as_ref()?.arguments.as_ref()?;
        arguments.get(name).cloned()
    };
    match (&request.r#ref, argument) {
        (Reference::Prompt(_), prompts::SANDBOX) | (Reference::Resource(_), "id") => {
            sandboxes(ctx, typed).await
        }
        (Reference::Resource(template), "path") if files && template.uri == resources::FILE => {
            match given("id") {
                Some(id) => paths(ctx, &id, typed).await,
                None => Ok(Vec::new()),
            }
        }
        (Reference::Resource(template), "job") if files && template.uri == resources::OUTPUT => {
            match given("id") {
                Some(id) => jobs(ctx, id, typed).await,
                None => Ok(Vec::new()),
            }
        }
        (Reference::Resource(_), "stream") => {
            let streams = ["stdout", "stderr"].into_iter();
            Ok(streams
                .filter(|one| one.starts_with(typed))
                .map(str::to_owned)
                .collect())
        }
        _ => Ok(Vec::new()),
    }
}

async fn sandboxes(ctx: &Ctx, typed: &str) -> Result<Vec<String>> {
    let list = List {
        limit: Some(200),
        name: (!typed.is_empty()).then(|| typed.to_owned()),
        ..List::default()
    };
    let found = list.run(ctx).await?.items.into_iter();
    let mut names: Vec<String> = found.map(|sandbox| sandbox.name).collect();
    names.sort();
    Ok(names)
}

/// The paths that go on from what is typed; those of folders end in a slash. An address has them without
/// the first slash. A sandbox at rest is not started for it.
async fn paths(ctx: &Ctx, id: &str, typed: &str) -> Result<Vec<String>> {
    let sandbox = resolve::running(ctx, id, false).await?;
    let client = ctx.client().await?;
    let toolbox = client.toolbox(&sandbox).await?;
    let (folder, begin) = typed.rsplit_once('/').unwrap_or(("", typed));
    let listed = client
        .list_files(&toolbox, &format!("/{}", folder.trim_start_matches('/')))
        .await?;
    let prefix = if typed.contains('/') {
        format!("{folder}/")
    } else {
        String::new()
    };
    let files = listed
        .into_iter()
        .filter(|file| file.name.starts_with(begin));
    let mut paths: Vec<String> = files
        .map(|file| {
            format!(
                "{prefix}{}{}",
                file.name,
                if file.is_dir { "/" } else { "" }
            )
        })
        .collect();
    paths.sort();
    Ok(paths)
}

async fn jobs(ctx: &Ctx, id: String, typed: &str) -> Result<Vec<String>> {
    resolve::running(ctx, &id, false).await?;
    let jobs = ListJobs { id }.run(ctx).await?.jobs.into_iter();
    Ok(jobs
        .map(|job| job.job)
        .filter(|job| job.starts_with(typed))
        .collect())
}
