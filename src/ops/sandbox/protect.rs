//! `protect` and `unprotect`: nothing deletes a protected sandbox, whoever asks. People only: no tool lifts it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::types::{PROTECTED_LABEL, PROTECTED_WHY_LABEL, Sandbox};
use crate::error::{Error, Result};
use crate::ops::{Ctx, Operation, TerminalCommand};
use crate::output::{Human, View};

use super::resolve;
use super::view::handle;

const EXAMPLES: &str = "\
Examples:
  daytona protect demo
  daytona protect demo --until 2w --why 'the customer looks at it'
  daytona unprotect demo";

/// Keep sandboxes from being deleted
///
/// By hand, by filters, by agents and by timers; on the local engine by SDKs too. Processes and stops are not
/// affected.
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct Protect {
    /// Id or name of a sandbox (can be repeated)
    #[arg(value_name = "SANDBOX", required = true)]
    pub ids: Vec<String>,

    /// Until when: 12h, 3d, 2w, 2026-12-24, or a moment (RFC 3339) [default: until it is lifted]
    #[arg(long, value_name = "WHEN", value_parser = moment)]
    #[serde(default)]
    pub until: Option<String>,

    /// Why, for whoever wants to delete it
    #[arg(long, value_name = "TEXT")]
    #[serde(default)]
    pub why: Option<String>,
}

/// Let protected sandboxes be deleted again
#[derive(Clone, Debug, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(deny_unknown_fields)]
pub struct Unprotect {
    /// Id or name of a sandbox (can be repeated)
    #[arg(value_name = "SANDBOX", required = true)]
    pub ids: Vec<String>,
}

/// Sandboxes whose protection was changed
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ProtectionChanged {
    /// Each of them, by id or name
    pub changed: Vec<String>,
    /// Until when they are protected now; without for ever, or not at all
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Whether they are protected now
    pub protected: bool,
}

impl Human for ProtectionChanged {
    fn view(&self) -> View {
        let line = |name: &String| match (self.protected, &self.until) {
            (true, Some(until)) => format!("protected `{name}` until {until}"),
            (true, None) => format!("protected `{name}`"),
            (false, _) => format!("`{name}` can be deleted again"),
        };
        View::Done(self.changed.iter().map(line).collect::<Vec<_>>().join("\n"))
    }

    fn ids(&self) -> Vec<String> {
        self.changed.clone()
    }
}

impl Operation for Protect {
    type Output = ProtectionChanged;

    async fn run(self, ctx: &Ctx) -> Result<ProtectionChanged> {
        if self.why.as_deref().is_some_and(|why| why.trim().is_empty()) {
            return Err(Error::usage("--why: an empty text says nothing"));
        }
        let set = |labels: &mut BTreeMap<String, String>| {
            let value = self.until.as_deref().unwrap_or("true");
            labels.insert(PROTECTED_LABEL.to_owned(), value.to_owned());
            labels.remove(PROTECTED_WHY_LABEL);
            if let Some(why) = &self.why {
                labels.insert(PROTECTED_WHY_LABEL.to_owned(), why.clone());
            }
        };
        Ok(ProtectionChanged {
            changed: relabelled(ctx, &self.ids, set).await?,
            until: self.until.clone(),
            protected: true,
        })
    }
}

impl Operation for Unprotect {
    type Output = ProtectionChanged;

    async fn run(self, ctx: &Ctx) -> Result<ProtectionChanged> {
        let set = |labels: &mut BTreeMap<String, String>| {
            labels.remove(PROTECTED_LABEL);
            labels.remove(PROTECTED_WHY_LABEL);
        };
        Ok(ProtectionChanged {
            changed: relabelled(ctx, &self.ids, set).await?,
            until: None,
            protected: false,
        })
    }
}

/// Changes the labels of each. All must be there before any is changed.
async fn relabelled(
    ctx: &Ctx,
    ids: &[String],
    set: impl Fn(&mut BTreeMap<String, String>),
) -> Result<Vec<String>> {
    let mut sandboxes: Vec<Sandbox> = Vec::new();
    for id in ids {
        let sandbox = resolve::find(ctx, id).await?;
        if sandboxes.iter().all(|one| one.id != sandbox.id) {
            sandboxes.push(sandbox);
        }
    }
    let client = ctx.client().await?;
    let mut changed = Vec::new();
    for mut sandbox in sandboxes {
        set(&mut sandbox.labels);
        client.set_labels(&sandbox.id, &sandbox.labels).await?;
        changed.push(handle(&sandbox).to_owned());
    }
    Ok(changed)
}

/// A moment to come as people write it: a span from now, a day (its beginning, UTC), or RFC 3339.
fn moment(text: &str) -> std::result::Result<String, String> {
    let now = Timestamp::now();
    let moment = if let Ok(date) = text.parse::<Date>()
        && !text.contains('T')
    {
        date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp())
    } else if let Ok(span) = text.parse::<Span>() {
        let then = now.to_zoned(TimeZone::UTC).checked_add(span);
        then.map(|zoned| zoned.timestamp())
    } else {
        text.parse::<Timestamp>()
    };
    let moment = moment.map_err(|_| {
        "it must be a time from now (12h, 3d, 2w), a day (2026-12-24) or a moment (RFC 3339)"
            .to_owned()
    })?;
    if moment <= now {
        return Err("that is over already".to_owned());
    }
    Ok(format!("{moment:.0}"))
}

impl TerminalCommand for Protect {
    fn doing(&self) -> String {
        "protecting".to_owned()
    }
}

impl TerminalCommand for Unprotect {
    fn doing(&self) -> String {
        "lifting the protection".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn moments_are_read_as_people_write_them_and_lie_ahead() {
        assert_eq!(moment("2199-12-24").as_deref(), Ok("2199-12-24T00:00:00Z"));
        assert_eq!(
            moment("2199-12-24T10:00:00+02:00").as_deref(),
            Ok("2199-12-24T08:00:00Z")
        );
        for span in ["12h", "3d", "2w", "1 month", "90min"] {
            assert!(moment(span).is_ok(), "{span}");
        }
        for wrong in ["", "soon", "2001-01-01", "-3d", "0s", "2199-13-01", "3"] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }
}
