//! The precedence, case by case.

use super::*;

struct Case {
    flags: Flags,
    environment: Environment,
    folder: tempfile::TempDir,
}

impl Case {
    fn new(variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut environment = Environment {
            home: folder.path().to_owned(),
            config_dir: folder.path().to_owned(),
            data_dir: folder.path().to_owned(),
            ..Environment::default()
        };
        for (name, value) in variables {
            environment
                .variables
                .insert((*name).into(), (*value).into());
        }
        Self {
            flags: Flags::default(),
            environment,
            folder,
        }
    }

    fn profile(self, json: &str) -> Self {
        let folder = self.folder.path().join("daytona");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("config.json"), json).expect("a file");
        self
    }

    fn resolve(&self) -> Result<Config> {
        resolve(&self.flags, &self.environment)
    }

    fn seen(&self) -> String {
        let config = self.resolve().expect("settings");
        let place = match config.place.value {
            Place::Local => "local".to_owned(),
            Place::Remote(url) => url,
        };
        let key = config.credential.map_or("none".to_owned(), |credential| {
            credential.value.secret.expose().to_owned()
        });
        format!("{place} {key}")
    }
}

const PROFILE: &str = r#"{"activeProfile":"initial","profiles":[{"id":"initial","name":"work",
    "api":{"url":"https://host.example/api","key":"stored","token":null},"activeOrganizationId":"org"}]}"#;

#[test]
fn nothing_means_the_local_engine() {
    assert_eq!(Case::new(&[]).seen(), "local none");
}

#[test]
fn a_key_alone_means_the_cloud_and_not_the_profile() {
    let case = Case::new(&[("DAYTONA_API_KEY", "k")]).profile(PROFILE);
    assert_eq!(case.seen(), "https://app.daytona.io/api k");
}

#[test]
fn a_url_never_borrows_the_key_of_another_origin() {
    let other = Case::new(&[("DAYTONA_API_URL", "https://evil.example/api")]).profile(PROFILE);
    assert_eq!(other.seen(), "https://evil.example/api none");
    let own = Case::new(&[("DAYTONA_API_URL", "https://host.example/v2/")]).profile(PROFILE);
    assert_eq!(own.seen(), "https://host.example/v2 stored");
    let mut flag = Case::new(&[
        ("DAYTONA_API_URL", "https://a.example/api"),
        ("DAYTONA_API_KEY", "k"),
    ]);
    flag.flags.api_url = Some("https://b.example/api".into());
    assert_eq!(flag.seen(), "https://b.example/api none");
}

#[test]
fn the_older_variables_come_after_ours() {
    let both = Case::new(&[
        ("DAYTONA_API_KEY", "ours"),
        ("MCP_DAYTONA_API_KEY", "older"),
        ("MCP_DAYTONA_SERVER_URL", "https://older.example/api"),
    ]);
    assert_eq!(both.seen(), "https://app.daytona.io/api ours");
    let older = Case::new(&[("MCP_DAYTONA_API_KEY", "older")]);
    assert_eq!(older.seen(), "https://app.daytona.io/api older");
}

#[test]
fn the_profile_counts_unless_it_was_logged_out() {
    assert_eq!(
        Case::new(&[]).profile(PROFILE).seen(),
        "https://host.example/api stored"
    );
    let out = PROFILE.replace("\"stored\"", "null");
    assert_eq!(Case::new(&[]).profile(&out).seen(), "local none");
}

#[test]
fn an_ended_login_says_so() {
    let ended = PROFILE.replace("\"stored\"", "null").replace(
        "\"token\":null",
        r#""token":{"accessToken":"t","expiresAt":"2020-01-01T00:00:00Z"}"#,
    );
    let config = Case::new(&[]).profile(&ended).resolve().expect("settings");
    let error = config
        .credential_for("https://host.example/api")
        .expect_err("an ended login");
    assert_eq!(error.kind(), Kind::Auth);
    assert!(
        error.text().contains("ended at 2020-01-01T00:00:00Z"),
        "{error}"
    );
    assert_eq!(config.organization_header(), Some("org"));
}

#[test]
fn wrong_values_name_where_they_come_from() {
    for (name, text) in [
        ("DAYTONA_API_URL", "host:8080/api"),
        ("DAYTONA_REQUEST_TIMEOUT", "0"),
        ("DAYTONA_REQUEST_TIMEOUT", "soon"),
        ("DAYTONA_ENGINE_LISTEN", "3986"),
        ("MCP_VERIFY_SSL", "perhaps"),
        ("DAYTONA_DATA_DIR", "here"),
    ] {
        let error = Case::new(&[(name, text)]).resolve().expect_err(text);
        assert_eq!(error.kind(), Kind::Usage);
        assert!(error.text().starts_with(name), "{error}");
    }
    let error = Case::new(&[])
        .profile("{oops")
        .resolve()
        .expect_err("not JSON");
    assert!(
        error
            .text()
            .contains("config.json is not a valid config file"),
        "{error}"
    );
}
