//! The names under which ports of sandboxes are served: `{port}-{id}.localhost`, `{port}-{token}.localhost`.

use uuid::Uuid;

/// How long the token of a signed preview is.
pub(in crate::engine::http) const TOKEN: usize = 16;

/// A port, and whose.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::engine::http) struct Target {
    pub(in crate::engine::http) port: u16,
    pub(in crate::engine::http) whose: Whose,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::engine::http) enum Whose {
    /// The sandbox of this id, to who has its token.
    Sandbox(String),
    /// The sandbox of this id, at an address of its own.
    Address(String),
    /// The sandbox of which a signed address with this token was made.
    Signed(String),
}

impl Target {
    /// What a `Host` header asks for; none where it is no such name, to the letter.
    pub(in crate::engine::http) fn parse(host: &str) -> Option<Self> {
        let name = match host.split_once(':') {
            Some((name, own)) => {
                own.parse::<u16>().ok()?;
                name
            }
            None => host,
        };
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        let (port, who) = name.strip_suffix(".localhost")?.split_once('-')?;
        let port = parse_port(port)?;
        let is_token = who.len() == TOKEN && who.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_token {
            return Some(Self {
                port,
                whose: Whose::Signed(who.to_owned()),
            });
        }
        let id = Uuid::try_parse(who).ok()?.hyphenated().to_string();
        (id == who).then_some(Self {
            port,
            whose: Whose::Sandbox(id),
        })
    }
}

/// A port from 1 to 65535, in digits without zeros before them.
pub(in crate::engine::http) fn parse_port(text: &str) -> Option<u16> {
    let port: u16 = text.parse().ok()?;
    (port > 0 && port.to_string() == text).then_some(port)
}

#[cfg(test)]
mod tests {
    use super::{Target, Whose};

    const ID: &str = "a5c6497f-bd48-44f7-9973-a9530d1b6a40";

    #[test]
    fn names_are_taken_to_the_letter() {
        let sandbox = Whose::Sandbox(ID.to_owned());
        let signed = Whose::Signed("pww46jptpcmme2pl".to_owned());
        for (host, port, whose) in [
            (format!("3000-{ID}.localhost:3986"), 3000, &sandbox),
            (format!("65535-{ID}.localhost"), 65535, &sandbox),
            (
                format!("80-{}.LOCALHOST.:1", ID.to_uppercase()),
                80,
                &sandbox,
            ),
            ("1-pww46jptpcmme2pl.localhost:80".to_owned(), 1, &signed),
        ] {
            let whose = whose.clone();
            assert_eq!(Target::parse(&host), Some(Target { port, whose }), "{host}");
        }
        for host in [
            "localhost",
            "3000.localhost",
            "3000-box.localhost",
            "3000-pww46jptpcmme2p.localhost",
            "3000-pww46jptpcmme2-l.localhost",
            "a.3000-pww46jptpcmme2pl.localhost",
            "3000-pww46jptpcmme2pl.localhost.example",
            "3000-pww46jptpcmme2pl.localhost:x",
            "3000-pww46jptpcmme2pl.localhost:1:2",
            "0-pww46jptpcmme2pl.localhost",
            "03000-pww46jptpcmme2pl.localhost",
            "+3000-pww46jptpcmme2pl.localhost",
            "65536-pww46jptpcmme2pl.localhost",
            "3000-a5c6497fbd4844f79973a9530d1b6a40.localhost",
            "3000-{a5c6497f-bd48-44f7-9973-a9530d1b6a40}.localhost",
        ] {
            assert_eq!(Target::parse(host), None, "{host}");
        }
    }
}
