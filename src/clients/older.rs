//! The entry of an older interpreter in an agent's file, whose place ours can take.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::launch::Launch;

/// The name under which its instructions put it.
pub(super) const NAME: &str = "daytona-interpreter";

/// What became of the entry of an older interpreter
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Older {
    /// Its name
    pub server: String,
    /// Whether ours has its place now, with its variables
    pub replaced: bool,
}

/// The older entry among the servers.
pub(super) fn find(servers: &Map<String, Value>) -> Option<&Value> {
    let entry = servers.get(NAME)?;
    let ours = Launch::read(entry).is_some_and(|launch| launch.is_ours());
    (!ours).then_some(entry)
}

/// The flags with which our server does what that one did: its tools, and its `.env`.
pub(super) fn flags(entry: &Value) -> Vec<String> {
    let mut flags = vec!["--compat".to_owned(), "interpreter".to_owned()];
    let launch = Launch::read(entry);
    if let Some(file) = launch.and_then(|launch| dot_env(&launch.args)) {
        flags.extend(["--env-file".to_owned(), file.display().to_string()]);
    }
    flags
}

/// The text without the values of variables that look like secrets.
pub(super) fn masked(text: &str, entry: &Value) -> String {
    const SECRET: [&str; 4] = ["KEY", "TOKEN", "SECRET", "PASSWORD"];
    let env = Launch::read(entry).map(|launch| launch.env);
    let secrets = env.into_iter().flatten().filter(|(name, value)| {
        !value.is_empty() && SECRET.iter().any(|word| name.to_uppercase().contains(word))
    });
    secrets.fold(text.to_owned(), |text, (_, value)| {
        text.replace(&value, "***")
    })
}

/// The file that it read: in the folder that `uv --directory` or the program's own path names.
fn dot_env(args: &[String]) -> Option<PathBuf> {
    let named = args
        .windows(2)
        .filter(|pair| matches!(pair[0].as_str(), "--directory" | "--project"))
        .map(|pair| PathBuf::from(&pair[1]));
    let program = args.iter().map(Path::new).filter(|path| path.is_absolute());
    let above = program.flat_map(|path| path.ancestors().skip(1).take(3).map(Path::to_owned));
    named
        .chain(above)
        .map(|folder| folder.join(".env"))
        .find(|file| file.is_absolute() && file.is_file())
}
