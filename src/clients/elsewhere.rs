//! What an agent reads besides the file that was edited: profiles of VS Code, and the Windows around WSL.

use std::path::PathBuf;

use serde_json::Value;

use super::agent::Agent;
use super::places::{Places, join};
use super::set_up::look;

/// The agent that has profiles.
const VS_CODE: &str = "vscode";
/// The agents with windows, which on WSL run on Windows.
const WITH_WINDOWS: [&str; 5] = ["claude", "cursor", "windsurf", "vscode", "zed"];

/// A profile of VS Code: what people call it, and the file of its servers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Profile {
    pub(super) name: String,
    pub(super) file: PathBuf,
}

/// The profiles of an agent that have settings of their own.
pub(super) fn profiles(agent: &Agent, places: &Places) -> Vec<Profile> {
    if agent.name != VS_CODE {
        return Vec::new();
    }
    let user = join(&places.config, "Code/User");
    let known = std::fs::read(join(&user, "globalStorage/storage.json"));
    let known: Value = serde_json::from_slice(&known.unwrap_or_default()).unwrap_or_default();
    let name = |folder: &str| {
        let profiles = known["userDataProfiles"].as_array()?;
        let profile = profiles
            .iter()
            .find(|profile| profile["location"] == folder)?;
        profile["name"].as_str().map(str::to_owned)
    };
    let folders = std::fs::read_dir(user.join("profiles"));
    let folders = folders.into_iter().flatten().flatten();
    let mut found: Vec<Profile> = folders
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| {
            let folder = entry.file_name().to_str()?.to_owned();
            Some(Profile {
                name: name(&folder).unwrap_or(folder),
                file: entry.path().join("mcp.json"),
            })
        })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// What to do where the agent does not read the file that was edited.
pub fn elsewhere(agent: &Agent, places: &Places, program: &str) -> Vec<String> {
    let mut notes = Vec::new();
    for profile in profiles(agent, places) {
        if matches!(look(agent, &profile.file), Ok(Some(_))) {
            continue;
        }
        notes.push(format!(
            "{}'s profile `{}` has servers of its own, in {}: paste there what `daytona mcp config --agent {}` prints",
            agent.title,
            profile.name,
            profile.file.display(),
            agent.name
        ));
    }
    if let Some(distribution) = places.variables.get("WSL_DISTRO_NAME")
        && WITH_WINDOWS.contains(&agent.name)
    {
        notes.push(format!(
            "this is WSL: a {} of Windows reads its file there; put this command in it: `wsl.exe -d {distribution} -- {program} mcp start`",
            agent.title
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use super::super::places::System;
    use super::*;

    #[test]
    fn profiles_and_the_windows_around_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let user = folder.path().join("Code/User");
        for profile in ["-a1b2", "c3d4", "e5f6"] {
            fs::create_dir_all(user.join("profiles").join(profile)).unwrap();
        }
        fs::create_dir_all(user.join("globalStorage")).unwrap();
        let names = r#"{"userDataProfiles":[{"location":"-a1b2","name":"Work"},{"location":"c3d4","name":"Play"}]}"#;
        fs::write(user.join("globalStorage/storage.json"), names).unwrap();
        let ours = r#"{"servers":{"daytona-mcp":{"command":"/d/daytona","args":["mcp","start"]}}}"#;
        fs::write(user.join("profiles/c3d4/mcp.json"), ours).unwrap();
        let mut places = Places {
            home: folder.path().to_owned(),
            config: folder.path().to_owned(),
            project: folder.path().to_owned(),
            search: Vec::new(),
            variables: BTreeMap::new(),
            system: System::Linux,
        };
        let of = |name: &str, places: &Places| {
            elsewhere(Agent::named(name).unwrap(), places, "/d/daytona").join("\n")
        };
        let told = of("vscode", &places);
        assert_eq!(told.lines().count(), 2, "{told}");
        assert!(
            told.contains("`Work`") && told.contains("`e5f6`") && !told.contains("Play"),
            "{told}"
        );
        assert_eq!(of("cursor", &places), "");
        places
            .variables
            .insert("WSL_DISTRO_NAME".to_owned(), "Debian".to_owned());
        assert!(of("cursor", &places).contains("wsl.exe -d Debian -- /d/daytona mcp start"));
        assert_eq!(of("codex", &places), "");
    }
}
