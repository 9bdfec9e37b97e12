//! A user name and password for one server: given to one git in its environment, kept nowhere.

use std::process::Command;

use super::super::failure::{Answer, Failure};

/// Answers git from its environment, and stores nothing.
const HELPER: &str = "!f() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n' \
     \"$DAYTONA_GIT_USERNAME\" \"$DAYTONA_GIT_PASSWORD\"; }; f";

pub(super) struct Credentials {
    username: String,
    password: String,
    /// Scheme, host and port: nobody else is told.
    origin: String,
}

impl Credentials {
    /// Those for the server of an address; none where nothing was given.
    pub(super) fn of(
        url: &str,
        username: Option<String>,
        password: Option<String>,
    ) -> Answer<Option<Self>> {
        let username = username.unwrap_or_default();
        let password = password.unwrap_or_default();
        if username.is_empty() && password.is_empty() {
            return Ok(None);
        }
        if username
            .chars()
            .chain(password.chars())
            .any(char::is_control)
        {
            return Err(Failure::bad_request(
                "username and password must be on one line",
            ));
        }
        Ok(origin(url).map(|origin| Self {
            username,
            password,
            origin,
        }))
    }

    pub(super) fn give(&self, command: &mut Command) {
        // The first setting empties the list of helpers: none may store what this one says.
        let name = format!("credential.{}.helper", self.origin);
        command
            .env("DAYTONA_GIT_USERNAME", &self.username)
            .env("DAYTONA_GIT_PASSWORD", &self.password)
            .env("GIT_CONFIG_COUNT", "2")
            .env("GIT_CONFIG_KEY_0", &name)
            .env("GIT_CONFIG_VALUE_0", "")
            .env("GIT_CONFIG_KEY_1", &name)
            .env("GIT_CONFIG_VALUE_1", HELPER);
    }

    pub(super) fn redact(&self, text: &str) -> String {
        if self.password.is_empty() {
            return text.to_owned();
        }
        let encoded = percent_encoding::utf8_percent_encode(
            &self.password,
            percent_encoding::NON_ALPHANUMERIC,
        )
        .to_string();
        text.replace(&self.password, "***").replace(&encoded, "***")
    }
}

fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    Some(format!("{scheme}://{host}"))
}

/// An address as git takes it, and the secrets that were in it, which git would store.
pub(super) fn address(url: &str) -> (String, Option<String>, Option<String>) {
    let local = url.starts_with(['/', '.']);
    let of_ssh = url
        .split_once(':')
        .is_some_and(|(host, _)| host.contains('@') && !host.contains('/'));
    if local || (of_ssh && !url.contains("://")) {
        return (url.to_owned(), None, None);
    }
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let end = rest.find('/').unwrap_or(rest.len());
    let web = matches!(scheme, "http" | "https");
    let Some(at) = rest[..end].rfind('@').filter(|_| web) else {
        return (format!("{scheme}://{rest}"), None, None);
    };
    let (user, password) = rest[..at].split_once(':').unwrap_or((&rest[..at], ""));
    let decode = |text: &str| {
        let text = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
        (!text.is_empty()).then(|| text.into_owned())
    };
    (
        format!("{scheme}://{}", &rest[at + 1..]),
        decode(user),
        decode(password),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_completed_and_cleared_of_secrets() {
        let some = |text: &str| Some(text.to_owned());
        for (given, url, user, password) in [
            ("github.com/a/b", "https://github.com/a/b", None, None),
            (
                "https://me:p%40w@h:1/a",
                "https://h:1/a",
                some("me"),
                some("p@w"),
            ),
            ("git@host:a/b", "git@host:a/b", None, None),
            ("ssh://git@host/a", "ssh://git@host/a", None, None),
            ("/srv/a:b@c", "/srv/a:b@c", None, None),
            ("file:///a", "file:///a", None, None),
        ] {
            assert_eq!(address(given), (url.to_owned(), user, password), "{given}");
        }
    }

    #[test]
    fn credentials_are_for_one_server() {
        let known = Credentials::of("https://h:1/a/b", Some("u".into()), Some("p w".into()));
        let known = known.unwrap().unwrap();
        assert_eq!(known.origin, "https://h:1");
        assert_eq!(known.redact("p w, p%20w"), "***, ***");
        assert!(Credentials::of("https://h", Some("a\nb".into()), None).is_err());
        assert!(Credentials::of("https://h", None, None).unwrap().is_none());
    }
}
