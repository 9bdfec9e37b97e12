//! An id or a name → the sandbox; near names where there is none.

use crate::api::types::{Sandbox, State};
use crate::api::{Class, Client, ListQuery, at_most};
use crate::error::{Command, Error, Kind, Result};
use crate::ops::Ctx;
use crate::ops::gate;

use super::await_state::await_state;

/// The sandbox with that id or name.
pub async fn find(ctx: &Ctx, id: &str) -> Result<Sandbox> {
    let id = checked_id(id)?;
    let client = ctx.client().await?;
    let sandbox = match meant(ctx, &client, id).await {
        Err(error) if error.kind() == Kind::NotFound => {
            // Names that an agent may not touch are none of its business.
            let shown = |one: &Sandbox| {
                ctx.session()
                    .is_none_or(|session| session.scope().holds(one))
            };
            return Err(unknown(&client, id, shown).await);
        }
        other => other?,
    };
    gate::admit::sandbox(ctx, &sandbox)?;
    Ok(sandbox)
}

async fn meant(ctx: &Ctx, client: &Client, id: &str) -> Result<Sandbox> {
    match by_either(client, id).await {
        // Agents name what they mean in full.
        Err(error)
            if error.kind() == Kind::NotFound && ctx.session().is_none() && is_beginning(id) =>
        {
            match beginning(client, id).await? {
                Some(found) => client.get_sandbox(&found).await,
                None => Err(error),
            }
        }
        outcome => outcome,
    }
}

/// Whether this can be the beginning of an id: as with commits, four digits are the least.
pub(super) fn is_beginning(text: &str) -> bool {
    (4..36).contains(&text.len())
        && text.char_indices().all(|(at, c)| match at {
            8 | 13 | 18 | 23 => c == '-',
            _ => c.is_ascii_digit() || ('a'..='f').contains(&c),
        })
}

/// The id that begins so; an error where several do.
async fn beginning(client: &Client, text: &str) -> Result<Option<String>> {
    let mut query = ListQuery {
        limit: Some(200),
        ..ListQuery::default()
    };
    let mut found: Vec<Sandbox> = Vec::new();
    loop {
        let page = client.list_sandboxes(&query).await?;
        let begin = |one: &Sandbox| one.id.starts_with(text);
        found.extend(page.items.into_iter().filter(begin));
        match page.next_cursor {
            // The same cursor again would never end.
            Some(next) if query.cursor.as_ref() != Some(&next) && found.len() < 2 => {
                query.cursor = Some(next);
            }
            _ => break,
        }
    }
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.id.clone())),
        several => {
            let ids: Vec<&str> = several.iter().map(|one| one.id.as_str()).collect();
            let message = format!("several sandboxes have an id that begins with `{text}`");
            Err(Error::usage(message).hint(format!("write more of it: {}", ids.join(", "))))
        }
    }
}

async fn by_either(client: &Client, id: &str) -> Result<Sandbox> {
    match client.get_sandbox(id).await {
        Err(error) if error.kind() == Kind::NotFound => match listed(client, id).await? {
            Some(found) => client.get_sandbox(&found).await,
            None => Err(error),
        },
        outcome => outcome,
    }
}

/// The id of the sandbox of that name. Servers may remember for a while that a name was nobody's; their lists do
/// not.
pub(super) async fn listed(client: &Client, name: &str) -> Result<Option<String>> {
    if client.is_engine() {
        return Ok(None);
    }
    let query = ListQuery {
        limit: Some(200),
        name: Some(name.to_owned()),
        ..ListQuery::default()
    };
    let listed = client.list_sandboxes(&query).await?.items;
    let found = listed.into_iter().find(|one| one.name == name);
    Ok(found.map(|one| one.id))
}

/// The sandbox, running, to act inside it; without an id the agent's own. A resting one is started where `start` says so.
pub async fn running(ctx: &Ctx, id: &str, start: bool) -> Result<Sandbox> {
    let sandbox = match ctx.session() {
        // It belongs to the session, whatever the call itself may do.
        Some(session) if id.is_empty() => {
            let own = Box::pin(at_most(Class::Changes, session.own(ctx))).await?;
            gate::admit::own_sandbox();
            own
        }
        _ => find(ctx, id).await?,
    };
    gate::enter(ctx, &sandbox).await?;
    let start = start && ctx.session().is_none_or(|session| !session.is_read_only());
    let client = &*ctx.client().await?;
    match &sandbox.state {
        State::Started => Ok(sandbox),
        State::Starting
        | State::Creating
        | State::Restoring
        | State::Resuming
        | State::Resizing
        | State::Forking
        | State::Snapshotting => {
            await_state(client, &sandbox.id, &State::Started, super::start::TIMEOUT).await
        }
        State::PendingBuild | State::BuildingSnapshot | State::PullingSnapshot => {
            ctx.tell(&format!(
                "waiting for `{}`: {}",
                sandbox.name, sandbox.state
            ));
            await_state(client, &sandbox.id, &State::Started, super::create::PULLING).await
        }
        State::Stopped | State::Archived | State::Paused | State::Stopping | State::Pausing
            if start =>
        {
            super::start::start(client, &sandbox, super::start::TIMEOUT).await
        }
        state => {
            let name = &sandbox.name;
            let why = sandbox
                .error_reason
                .as_ref()
                .map_or(String::new(), |reason| format!(": {reason}"));
            let error = Error::new(
                Kind::Conflict,
                format!("sandbox `{name}` is {state}, not started{why}"),
            );
            Err(match state {
                state if state.is_failed() => {
                    error.hint(Command::new("info").on(name).to("see what happened"))
                }
                _ => error.hint(Command::new("start").on(name).to("start it")),
            })
        }
    }
}

/// An id or name that can be one.
pub(in crate::ops) fn checked_id(id: &str) -> Result<&str> {
    match id.trim() {
        "" => Err(Error::usage("the sandbox's id or name is empty")),
        "." | ".." => Err(Error::usage(format!(
            "`{id}` cannot be a sandbox's id or name"
        ))),
        id => Ok(id),
    }
}

/// The error for a name that is nobody's, with the names that are near among those `shown`.
pub(super) async fn unknown(client: &Client, id: &str, shown: impl Fn(&Sandbox) -> bool) -> Error {
    let error = Error::new(Kind::NotFound, format!("there is no sandbox `{id}`"));
    let query = ListQuery {
        limit: Some(200),
        ..ListQuery::default()
    };
    let names: Vec<String> = match client.list_sandboxes(&query).await {
        Ok(page) => {
            let shown = page.items.into_iter().filter(shown);
            shown.map(|sandbox| sandbox.name).collect()
        }
        Err(_) => Vec::new(),
    };
    let near = near(id, &names);
    if near.is_empty() {
        return error.hint(Command::new("list").to("list them"));
    }
    let quoted: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    error.hint(format!("did you mean {}?", quoted.join(" or ")))
}

/// Up to three names that are a few typing errors away, or begin so.
fn near<'n>(wanted: &str, names: &'n [String]) -> Vec<&'n str> {
    let wanted = wanted.to_lowercase();
    let most = 1 + wanted.chars().count() / 4;
    let mut found: Vec<(usize, &str)> = names
        .iter()
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let distance = distance(&wanted, &lower);
            let begins =
                wanted.len() >= 3 && (lower.starts_with(&wanted) || wanted.starts_with(&lower));
            (distance <= most || begins).then_some((distance, name.as_str()))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().take(3).map(|(_, name)| name).collect()
}

/// The edit distance, where swapping two neighbours is one edit.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut best = (last[j] + usize::from(a != b))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_ids_are_told_from_names() {
        for text in [
            "463a",
            "463705af-4e0b",
            "463705af-4e0b-42d5-b6b1-5530eb3ed94",
        ] {
            assert!(is_beginning(text), "{text}");
        }
        for text in [
            "463",
            "demo",
            "463705af4",
            "463A",
            "463705af-4e0b-42d5-b6b1-5530eb3ed943",
        ] {
            assert!(!is_beginning(text), "{text}");
        }
    }

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names: Vec<String> = ["demo", "deom2", "build-1", "other"]
            .map(str::to_owned)
            .into();
        assert_eq!(near("dmeo", &names), ["demo"]);
        assert_eq!(near("build", &names), ["build-1"]);
        assert!(near("zzz", &names).is_empty());
        assert_eq!(distance("", "abc"), 3);
    }
}
