//! Settings: origins are shown, secrets are not.

use expect_test::expect;

use crate::binary::Home;

fn write_profile(home: &Home, text: &str) {
    let folder = home.path().join(".config/daytona");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("config.json"), text).expect("a file");
}

const PROFILE: &str = r#"{"activeProfile":"initial","profiles":[{"id":"initial","name":"initial",
    "api":{"url":"https://host.example/api","key":"dtn_secretsecretsecret","token":null}}]}"#;

#[cfg(target_os = "linux")]
#[test]
fn origins_are_shown_and_secrets_masked() {
    let home = Home::new()
        .set("DAYTONA_API_KEY", "dtn_0123456789abcdef")
        .set("DAYTONA_TARGET", "eu");
    expect![[r#"
        server	https://app.daytona.io/api	an API key alone means Daytona Cloud
        credential	dtn********def	variable DAYTONA_API_KEY
        target	eu	variable DAYTONA_TARGET
        requestTimeout	5 s	flag --request-timeout
        verifyTls	true	default
        engineListen	127.0.0.1:3986	default
        engineAutoStart	false	default
        dataDir	[HOME]/.local/share/daytona	default
        configFile	[HOME]/.config/daytona/config.json	default
        --- exit 0
    "#]]
    .assert_eq(
        &home
            .run(&["config", "show", "--request-timeout", "5"])
            .to_string(),
    );
    let home = Home::new();
    write_profile(&home, PROFILE);
    expect![[r#"
        {
          "items": [
            {
              "name": "server",
              "value": "https://host.example/api",
              "origin": "profile `initial` in the config file"
            },
            {
              "name": "credential",
              "value": "dtn********ret",
              "origin": "profile `initial` in the config file"
            },
            {
              "name": "requestTimeout",
              "value": "180 s",
              "origin": "default"
            },
            {
              "name": "verifyTls",
              "value": "true",
              "origin": "default"
            },
            {
              "name": "engineListen",
              "value": "127.0.0.1:3986",
              "origin": "default"
            },
            {
              "name": "engineAutoStart",
              "value": "false",
              "origin": "default"
            },
            {
              "name": "dataDir",
              "value": "[HOME]/.local/share/daytona",
              "origin": "default"
            },
            {
              "name": "configFile",
              "value": "[HOME]/.config/daytona/config.json",
              "origin": "default"
            }
          ]
        }
        --- exit 0
    "#]]
    .assert_eq(&home.run(&["config", "show", "--json"]).to_string());
}

#[test]
fn a_url_without_its_key_is_refused_before_any_request() {
    let home = Home::new();
    write_profile(&home, PROFILE);
    expect![[r#"
        --- stderr ---
        error: no API key for https://other.example/api
        hint: set DAYTONA_API_KEY, or give a file: `--api-key-file FILE`
        hint: without an account: `--local` uses the engine on this machine
        --- exit 4
    "#]]
    .assert_eq(
        &home
            .run(&["list", "--api-url", "https://other.example/api"])
            .to_string(),
    );
}

#[test]
fn a_broken_config_file_is_named() {
    let home = Home::new().set("DAYTONA_CONFIG_DIR", "here");
    std::fs::create_dir(home.path().join("here")).expect("a folder");
    std::fs::write(home.path().join("here/config.json"), "{").expect("a file");
    expect![[r#"
        --- stderr ---
        error: the config file here/config.json is not a valid config file: EOF while parsing an object at line 1 column 1
        hint: correct or remove it, or set DAYTONA_API_KEY, or use `--local`
        --- exit 1
    "#]].assert_eq(&home.run(&["list"]).to_string());
}

#[test]
fn wrong_values_are_named() {
    let home = Home::new();
    expect![[r#"
        --- stderr ---
        error: --request-timeout: `0` is not a number of seconds above 0 (at most a day)
        --- exit 2
    "#]]
    .assert_eq(&home.run(&["list", "--request-timeout", "0"]).to_string());
    expect![[r#"
        --- stderr ---
        error: --api-url: `host/api` is not a usable URL: relative URL without a base
        hint: give a base URL such as https://app.daytona.io/api
        --- exit 2
    "#]]
    .assert_eq(&home.run(&["list", "--api-url", "host/api"]).to_string());
    expect![[r#"
        --- stderr ---
        error: --api-key-file: cannot read missing: No such file or directory (os error 2)
        --- exit 2
    "#]]
    .assert_eq(&home.run(&["list", "--api-key-file", "missing"]).to_string());
    let home = home.set("DAYTONA_API_URL", "ftp://host/api");
    expect![[r#"
        --- stderr ---
        {
          "error": {
            "kind": "usage",
            "message": "DAYTONA_API_URL: `ftp://host/api` is not a usable URL: the scheme must be http or https",
            "hints": [
              "give a base URL such as https://app.daytona.io/api"
            ]
          }
        }
        --- exit 2
    "#]].assert_eq(&home.run(&["list", "--json"]).to_string());
}
