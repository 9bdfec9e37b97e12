//! `daytona config show`: every setting and its origin; secrets masked.

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::{Config, Place, Setting};
use crate::error::Result;
use crate::output::{Human, View};

use super::super::session::Session;

/// A setting
#[derive(Clone, Debug, JsonSchema, Serialize)]
struct Row {
    /// Its name
    name: &'static str,
    /// Its value; credentials are masked
    value: String,
    /// Where it comes from
    origin: String,
}

/// The settings
#[derive(Clone, Debug, JsonSchema, Serialize)]
struct Settings {
    /// Every setting
    items: Vec<Row>,
}

impl Human for Settings {
    fn view(&self) -> View {
        let row = |row: &Row| {
            vec![
                row.name.into(),
                row.value.clone().into(),
                row.origin.clone().into(),
            ]
        };
        View::Table {
            headings: vec!["SETTING", "VALUE", "ORIGIN"],
            rows: self.items.iter().map(row).collect(),
            empty: "",
            note: None,
        }
    }

    fn ids(&self) -> Vec<String> {
        self.items.iter().map(|row| row.name.to_owned()).collect()
    }
}

pub(super) fn run(session: &Session) -> Result<u8> {
    session.printer.check::<Settings>()?;
    let mut settings = settings(&session.config);
    let Some(trouble) = &session.trouble else {
        session.printer.result(&settings)?;
        return Ok(0);
    };
    // Which server it would be is what could not be read.
    settings.items.retain(|row| row.name != "server");
    session.printer.result(&settings)?;
    session.printer.error(trouble);
    Ok(trouble.kind().exit_code())
}

fn settings(config: &Config) -> Settings {
    let mut items = Vec::new();
    let place = &config.place;
    items.push(match &place.value {
        Place::Local => row("server", place, "local engine"),
        Place::Remote(url) => row("server", place, url),
    });
    if let Some(credential) = &config.credential {
        let masked = credential.value.secret.masked();
        items.push(match &credential.value.expired {
            Some(when) => row(
                "credential",
                credential,
                format!("{masked} (ended at {when})"),
            ),
            None => row("credential", credential, masked),
        });
    } else if matches!(place.value, Place::Remote(_)) {
        items.push(Row {
            name: "credential",
            value: "none".to_owned(),
            origin: "nothing names one for this server".to_owned(),
        });
    }
    for (name, text) in [
        ("organization", &config.organization),
        ("target", &config.target),
        ("log", &config.log),
    ] {
        items.extend(text.as_ref().map(|text| row(name, text, &text.value)));
    }
    let timeout = format!("{} s", config.request_timeout.value.as_secs_f64());
    items.push(row("requestTimeout", &config.request_timeout, timeout));
    let verify = if config.verify_tls.value {
        "true"
    } else {
        "false"
    };
    items.push(row("verifyTls", &config.verify_tls, verify));
    items.push(row(
        "engineListen",
        &config.engine_listen,
        config.engine_listen.value.to_string(),
    ));
    let auto_start = if config.engine_auto_start.value {
        "true: opening a preview starts its sandbox"
    } else {
        "false"
    };
    items.push(row(
        "engineAutoStart",
        &config.engine_auto_start,
        auto_start,
    ));
    for (name, path) in [
        ("dataDir", &config.data_dir),
        ("configFile", &config.config_file),
    ] {
        items.push(row(name, path, path.value.display().to_string()));
    }
    Settings { items }
}

fn row<T>(name: &'static str, setting: &Setting<T>, value: impl Into<String>) -> Row {
    Row {
        name,
        value: value.into(),
        origin: setting.origin.to_string(),
    }
}
