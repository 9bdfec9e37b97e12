//! The precedence: flag, `DAYTONA_*`, `MCP_DAYTONA_*`, active profile, local engine.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Context as _, Error, Kind, Result};
use crate::secret::Secret;

use super::variables as name;
use super::{CLOUD_URL, Config, Credential, Environment, Origin, Place, Setting, profile, value};

/// The flags that settings come from.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--api-url`
    pub api_url: Option<String>,
    /// `--api-key-file`; `-` is standard input
    pub api_key_file: Option<PathBuf>,
    /// `--organization`
    pub organization: Option<String>,
    /// `--local`
    pub local: bool,
    /// `--request-timeout`
    pub request_timeout: Option<String>,
    /// `--insecure`
    pub insecure: bool,
    /// `--listen` of `serve`
    pub listen: Option<String>,
}

/// One level of precedence that can name a server, a credential, or both.
struct Level {
    url: Option<Setting<String>>,
    credential: Option<Setting<Credential>>,
}

/// Resolves every setting. No request is made; a missing credential is an error only once it is needed.
pub fn resolve(flags: &Flags, environment: &Environment) -> Result<Config> {
    let config_file = config_file(environment);
    let (place, credential, organization) = server(flags, environment, &config_file.value)?;
    Ok(Config {
        place,
        credential,
        organization,
        target: first(environment, &[name::TARGET, name::MCP_TARGET])
            .map(|(text, origin)| Setting::new(text.to_owned(), origin)),
        request_timeout: request_timeout(flags, environment)?,
        verify_tls: verify_tls(flags, environment)?,
        engine_listen: engine_listen(flags, environment)?,
        engine_auto_start: match first(environment, &[name::ENGINE_AUTO_START]) {
            Some((text, origin)) => Setting::new(value::switch(text, &origin)?, origin),
            None => Setting::new(false, Origin::Default),
        },
        data_dir: data_dir(environment)?,
        config_file,
        log: first(environment, &[name::LOG])
            .map(|(text, origin)| Setting::new(text.to_owned(), origin)),
        home: environment.home.clone(),
    })
}

fn first<'e>(environment: &'e Environment, names: &[&'static str]) -> Option<(&'e str, Origin)> {
    names
        .iter()
        .find_map(|name| Some((environment.get(name)?, Origin::Variable(name))))
}

type Server = (
    Setting<Place>,
    Option<Setting<Credential>>,
    Option<Setting<String>>,
);

fn server(flags: &Flags, environment: &Environment, file: &Path) -> Result<Server> {
    let organization = match &flags.organization {
        Some(id) => Some(Setting::new(id.clone(), Origin::Flag("--organization"))),
        None => first(environment, &[name::ORGANIZATION_ID])
            .map(|(id, origin)| Setting::new(id.to_owned(), origin)),
    };
    if flags.local {
        let place = Setting::new(Place::Local, Origin::Flag("--local"));
        return Ok((place, None, organization));
    }
    let levels = [
        flag_level(flags)?,
        variable_level(
            environment,
            &[name::API_URL, name::SERVER_URL],
            name::API_KEY,
        )?,
        variable_level(
            environment,
            &[name::MCP_API_URL, name::MCP_SERVER_URL],
            name::MCP_API_KEY,
        )?,
    ];
    let key = levels.iter().position(|level| level.credential.is_some());
    let url = levels.iter().position(|level| level.url.is_some());
    let remote =
        |url: &Setting<String>| Setting::new(Place::Remote(url.value.clone()), url.origin.clone());
    match (key, url) {
        (Some(key), Some(url)) => {
            let credential = levels[key].credential.clone();
            let chosen = levels[url].url.as_ref();
            // A credential and a URL of one level belong together; neither goes with another's.
            let own = levels[key].url.as_ref();
            if let (Some(own), Some(chosen)) = (own, chosen)
                && !value::same_origin(&own.value, &chosen.value)
            {
                return Ok((remote(chosen), None, organization));
            }
            if url > key && levels[url].credential.is_some() {
                return Ok((cloud(), credential, organization));
            }
            Ok((chosen.map_or_else(cloud, remote), credential, organization))
        }
        (Some(key), None) => Ok((cloud(), levels[key].credential.clone(), organization)),
        (None, url) => {
            let explicit = url.and_then(|url| levels[url].url.as_ref());
            let profile = profile::active(file)?;
            let Some(profile) = profile.filter(|profile| {
                explicit.is_none_or(|url| value::same_origin(&url.value, &profile.url))
            }) else {
                let place = explicit.map_or_else(
                    || Setting::new(Place::Local, Origin::Implied("no account configured")),
                    remote,
                );
                return Ok((place, None, organization));
            };
            let origin = Origin::Profile(profile.name);
            let credential = profile
                .credential
                .map(|credential| Setting::new(credential, origin.clone()));
            let organization =
                organization.or_else(|| Some(Setting::new(profile.organization?, origin.clone())));
            let place = match explicit {
                Some(url) => remote(url),
                // A profile that was logged out names nothing to use.
                None if credential.is_none() => Setting::new(
                    Place::Local,
                    Origin::Implied("the active profile has no credential"),
                ),
                None => Setting::new(Place::Remote(value::url(&profile.url, &origin)?), origin),
            };
            Ok((place, credential, organization))
        }
    }
}

fn cloud() -> Setting<Place> {
    Setting::new(
        Place::Remote(CLOUD_URL.to_owned()),
        Origin::Implied("an API key alone means Daytona Cloud"),
    )
}

fn flag_level(flags: &Flags) -> Result<Level> {
    let url = match &flags.api_url {
        Some(text) => {
            let origin = Origin::Flag("--api-url");
            Some(Setting::new(value::url(text, &origin)?, origin))
        }
        None => None,
    };
    let credential = match &flags.api_key_file {
        Some(path) => Some(Setting::new(
            Credential {
                secret: key_file(path)?,
                token: false,
                expired: None,
            },
            Origin::Flag("--api-key-file"),
        )),
        None => None,
    };
    Ok(Level { url, credential })
}

fn variable_level(
    environment: &Environment,
    urls: &[&'static str],
    key: &'static str,
) -> Result<Level> {
    let url = match first(environment, urls) {
        Some((text, origin)) => Some(Setting::new(value::url(text, &origin)?, origin)),
        None => None,
    };
    let jwt = (key == name::API_KEY).then_some(name::JWT_TOKEN);
    let names: Vec<&'static str> = [Some(key), jwt].into_iter().flatten().collect();
    let credential = first(environment, &names).map(|(text, origin)| {
        let credential = Credential {
            secret: Secret::new(text),
            token: origin == Origin::Variable(name::JWT_TOKEN),
            expired: None,
        };
        Setting::new(credential, origin)
    });
    Ok(Level { url, credential })
}

fn key_file(path: &Path) -> Result<Secret> {
    let text = if path == Path::new("-") {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(path)
    };
    let text = text.context(Kind::Usage, || {
        format!("--api-key-file: cannot read {}", path.display())
    })?;
    let key = text.trim();
    if key.is_empty() || key.contains(char::is_whitespace) {
        return Err(Error::usage(format!(
            "--api-key-file: {} does not hold one key",
            path.display()
        )));
    }
    Ok(Secret::new(key))
}

fn request_timeout(flags: &Flags, environment: &Environment) -> Result<Setting<Duration>> {
    if let Some(text) = &flags.request_timeout {
        let origin = Origin::Flag("--request-timeout");
        return Ok(Setting::new(value::seconds(text, &origin)?, origin));
    }
    match first(environment, &[name::REQUEST_TIMEOUT, name::MCP_TIMEOUT]) {
        Some((text, origin)) => Ok(Setting::new(value::seconds(text, &origin)?, origin)),
        None => Ok(Setting::new(Duration::from_mins(3), Origin::Default)),
    }
}

fn verify_tls(flags: &Flags, environment: &Environment) -> Result<Setting<bool>> {
    if flags.insecure {
        return Ok(Setting::new(false, Origin::Flag("--insecure")));
    }
    match first(environment, &[name::MCP_VERIFY_SSL]) {
        Some((text, origin)) => Ok(Setting::new(value::switch(text, &origin)?, origin)),
        None => Ok(Setting::new(true, Origin::Default)),
    }
}

fn engine_listen(
    flags: &Flags,
    environment: &Environment,
) -> Result<Setting<std::net::SocketAddr>> {
    if let Some(text) = &flags.listen {
        let origin = Origin::Flag("--listen");
        return Ok(Setting::new(value::address(text, &origin)?, origin));
    }
    match first(environment, &[name::ENGINE_LISTEN]) {
        Some((text, origin)) => Ok(Setting::new(value::address(text, &origin)?, origin)),
        None => Ok(Setting::new(([127, 0, 0, 1], 3986).into(), Origin::Default)),
    }
}

fn data_dir(environment: &Environment) -> Result<Setting<PathBuf>> {
    let Some((text, origin)) = first(environment, &[name::DATA_DIR]) else {
        let folder = environment.data_dir.join("daytona");
        return Ok(Setting::new(folder, Origin::Default));
    };
    // The engine runs elsewhere: a relative path would be another folder there.
    if !Path::new(text).is_absolute() {
        return Err(Error::usage(format!(
            "{}: `{text}` is not an absolute path",
            name::DATA_DIR
        )));
    }
    Ok(Setting::new(PathBuf::from(text), origin))
}

fn config_file(environment: &Environment) -> Setting<PathBuf> {
    match first(environment, &[name::CONFIG_DIR]) {
        Some((text, origin)) => Setting::new(Path::new(text).join("config.json"), origin),
        None => Setting::new(
            environment.config_dir.join("daytona").join("config.json"),
            Origin::Default,
        ),
    }
}

#[cfg(test)]
mod tests;
