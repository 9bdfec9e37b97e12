//! Git's settings, and the credentials that a user wants to be kept in the sandbox.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;

use crate::api::types::{GitConfig, GitRequest};

use super::super::failure::{Answer, Failure};
use super::super::http::{Toolbox, decode};
use super::super::params::Params;
use super::process::Git;
use super::{dirs, name, required};

/// Where a setting is: in a repository where one is named, else the user's own.
struct Place {
    folder: Option<PathBuf>,
    flag: &'static str,
}

impl Place {
    fn of(path: Option<&str>, scope: Option<&str>) -> Answer<Self> {
        let folder = path.filter(|path| !path.is_empty());
        let folder = folder.map(|path| dirs::work().join(path));
        let flag = match scope.filter(|scope| !scope.is_empty()) {
            Some("global") => "--global",
            Some("system") => "--system",
            Some("local") if folder.is_none() => {
                return Err(Failure::bad_request("scope local needs a path"));
            }
            Some("local") => "--local",
            Some(other) => return Err(Failure::bad_request(format!("unknown scope: '{other}'"))),
            None if folder.is_some() => "--local",
            None => "--global",
        };
        Ok(Self { folder, flag })
    }

    fn git<'a>(&self, toolbox: &'a Toolbox) -> Git<'a> {
        match &self.folder {
            Some(folder) => Git::within(toolbox, folder),
            None => Git::anywhere(toolbox, &dirs::work()),
        }
        .args(["config", self.flag])
    }
}

pub(super) async fn show(
    State(toolbox): State<Arc<Toolbox>>,
    params: Params,
) -> Answer<Json<GitConfig>> {
    let key = params.required("key")?;
    let place = Place::of(
        params.text("path").as_deref(),
        params.text("scope").as_deref(),
    )?;
    let git = place.git(&toolbox).args(["--get", name("key", &key)?]);
    let (status, value, _) = git.attempt().await?;
    let value = String::from_utf8_lossy(&value);
    Ok(Json(GitConfig {
        value: (status == Some(0)).then(|| value.trim_end_matches('\n').to_owned()),
    }))
}

pub(super) async fn set(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let request: GitRequest = decode(&body)?;
    let key = name("key", &request.key)?;
    let place = Place::of(Some(&request.path), request.scope.as_deref())?;
    write(&toolbox, &place, key, &request.value).await?;
    Ok(StatusCode::OK)
}

pub(super) async fn user(State(toolbox): State<Arc<Toolbox>>, body: Bytes) -> Answer<StatusCode> {
    let request: GitRequest = decode(&body)?;
    let place = Place::of(Some(&request.path), request.scope.as_deref())?;
    let (person, email) = (
        required("name", &request.name)?,
        required("email", &request.email)?,
    );
    write(&toolbox, &place, "user.name", person).await?;
    write(&toolbox, &place, "user.email", email).await?;
    Ok(StatusCode::OK)
}

async fn write(toolbox: &Toolbox, place: &Place, key: &str, value: &str) -> Answer<()> {
    let git = place.git(toolbox).args(["--replace-all", key, value]);
    git.run().await.map(drop)
}

/// The one route that keeps credentials: that is what it is for.
pub(super) async fn credentials(
    State(toolbox): State<Arc<Toolbox>>,
    body: Bytes,
) -> Answer<StatusCode> {
    let request: GitRequest = decode(&body)?;
    let username = request.username.unwrap_or_default();
    let password = request.password.unwrap_or_default();
    let given = |text: Option<String>, default: &str| {
        text.filter(|text| !text.is_empty())
            .unwrap_or_else(|| default.to_owned())
    };
    let protocol = given(request.protocol, "https");
    let host = given(request.host, "github.com");
    required("username", &username)?;
    required("password", &password)?;
    if [&username, &password, &protocol, &host]
        .iter()
        .any(|text| text.chars().any(char::is_control))
    {
        return Err(Failure::bad_request("each must be on one line"));
    }
    write(
        &toolbox,
        &Place::of(None, None)?,
        "credential.helper",
        "store",
    )
    .await?;
    let described =
        format!("protocol={protocol}\nhost={host}\nusername={username}\npassword={password}\n\n");
    Git::anywhere(&toolbox, &dirs::work())
        .args(["credential", "approve"])
        .input(described)
        .run()
        .await?;
    Ok(StatusCode::OK)
}
