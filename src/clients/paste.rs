//! Our entry to be pasted: as text for an agent's file, and as a link that installs it.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::error::{Error, Kind, Result};
use crate::output::{Human, View};

use super::agent::{Agent, Scope};
use super::launch::{self, Launch};
use super::places::Places;
use super::{SERVER, table};

/// A link from a server's name and its entry.
pub(super) type Link = fn(&str, &Value) -> String;

/// What a URL's query may hold as it is.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The entry to paste, as most agents' files hold it
#[derive(JsonSchema, Serialize)]
#[serde(transparent)]
pub struct Paste(Value);

/// The entry to paste into one agent's file
#[derive(Debug, JsonSchema, Serialize)]
pub struct Form {
    /// The agent
    pub agent: String,
    /// Its file
    pub file: PathBuf,
    /// What that file is to hold
    pub text: String,
    /// A link that installs the entry, where the agent has such links
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    #[serde(skip)]
    #[schemars(skip)]
    shows_link: bool,
}

/// What `mcp config` prints: ready to be pasted into most agents' files.
pub fn paste(launch: &Launch) -> Paste {
    Paste(json!({ "mcpServers": { SERVER: launch::plain(launch) } }))
}

/// The entry for one agent's file; with `link`, what is shown of it is the link.
pub fn form(agent: &Agent, places: &Places, launch: &Launch, link: bool) -> Result<Form> {
    let entry = launch::entry(agent.shape, launch, None);
    let text = agent.layouts[0]
        .put("", SERVER, &entry)
        .map_err(|error| Error::internal("cannot write the entry").because(error))?;
    if link && agent.link.is_none() {
        let linked: Vec<&str> = table::AGENTS
            .iter()
            .filter(|agent| agent.link.is_some())
            .map(|agent| agent.title)
            .collect();
        return Err(Error::new(
            Kind::Usage,
            format!(
                "{} has no links that install a server; {} have",
                agent.title,
                linked.join(" and ")
            ),
        )
        .hint(format!(
            "write to its file instead: `daytona mcp init {}`",
            agent.name
        )));
    }
    Ok(Form {
        agent: agent.name.to_owned(),
        file: agent.file(Scope::User, places)?,
        text,
        link: agent.link.map(|link| link(SERVER, &Value::Object(entry))),
        shows_link: link,
    })
}

/// Cursor's link.
pub(super) fn cursor(name: &str, entry: &Value) -> String {
    let config = STANDARD.encode(entry.to_string());
    format!(
        "cursor://anysphere.cursor-deeplink/mcp/install?name={}&config={}",
        utf8_percent_encode(name, QUERY),
        utf8_percent_encode(&config, QUERY)
    )
}

/// VS Code's link.
pub(super) fn vs_code(name: &str, entry: &Value) -> String {
    let mut whole = json!({ "name": name });
    if let (Some(whole), Some(entry)) = (whole.as_object_mut(), entry.as_object()) {
        whole.extend(entry.clone());
    }
    let whole = whole.to_string();
    format!("vscode:mcp/install?{}", utf8_percent_encode(&whole, QUERY))
}

impl Human for Paste {
    fn view(&self) -> View {
        View::Text(format!("{:#}\n", self.0))
    }
}

impl Human for Form {
    fn view(&self) -> View {
        View::Text(match &self.link {
            Some(link) if self.shows_link => format!("{link}\n"),
            _ => self.text.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_hold_the_entry() {
        let launch = Launch::new("/a b/daytona", &[]);
        let link = cursor(SERVER, &launch::plain(&launch));
        let config = link.split("&config=").nth(1).expect("an entry");
        assert!(!config.contains(['=', '+', '/']), "{link}");
        let config = percent_encoding::percent_decode_str(config)
            .decode_utf8()
            .expect("text");
        let json = STANDARD.decode(config.as_bytes()).expect("base64");
        let value: Value = serde_json::from_slice(&json).expect("JSON");
        assert_eq!(Launch::read(&value).as_ref(), Some(&launch));
        assert_eq!(
            vs_code(SERVER, &launch::stdio(&Launch::new("/d", &[]))),
            "vscode:mcp/install?%7B%22name%22%3A%22daytona-mcp%22%2C%22type%22%3A%22stdio%22%2C%22command%22%3A%22%2Fd%22%2C%22args%22%3A%5B%22mcp%22%2C%22start%22%5D%7D"
        );
    }
}
