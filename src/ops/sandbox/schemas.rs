//! What models see of these operations: the input schemas, and what they refuse.

use expect_test::expect;
use serde_json::json;

use crate::ops::Operation;

use super::{
    create::Create, delete::Destroy, exec::Exec, get::Get, list::List, start::Start, stop::Stop,
};

fn schema<O: Operation>() -> String {
    let settings =
        schemars::generate::SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
    let schema = settings.into_generator().into_root_schema_for::<O>();
    let value = serde_json::to_value(schema).expect("JSON");
    let properties = value["properties"].as_object().expect("an object");
    let mut lines: Vec<String> = properties
        .iter()
        .map(|(name, property)| {
            let mut property = property.clone();
            let fields = property.as_object_mut().expect("an object");
            assert!(
                fields.remove("description").is_some(),
                "{name} has no description"
            );
            format!("{name} {property}")
        })
        .collect();
    lines.push(format!(
        "required {} closed {}",
        value["required"], value["additionalProperties"]
    ));
    lines.join("\n")
}

#[test]
fn the_schemas_have_no_null_and_require_little() {
    expect![[r#"
        name {"type":"string"}
        like {"type":"string"}
        template {"type":"string"}
        snapshot {"type":"string"}
        target {"type":"string"}
        user {"type":"string"}
        env {"additionalProperties":{"type":"string"},"type":"object"}
        labels {"additionalProperties":{"type":"string"},"type":"object"}
        public {"default":false,"type":"boolean"}
        autoStopInterval {"minimum":0,"type":"integer","format":"uint32"}
        autoPauseInterval {"minimum":0,"type":"integer","format":"uint32"}
        autoArchiveInterval {"minimum":0,"type":"integer","format":"uint32"}
        autoDeleteInterval {"format":"int32","type":"integer"}
        ttlMinutes {"minimum":0,"type":"integer","format":"uint32"}
        cpu {"minimum":0,"type":"integer","format":"uint32"}
        memory {"minimum":0,"type":"integer","format":"uint32"}
        disk {"minimum":0,"type":"integer","format":"uint32"}
        networkBlockAll {"default":false,"type":"boolean"}
        volumes {"items":{"description":"A volume in a sandbox.","type":"object","properties":{"volumeId":{"description":"The volume's id; in a request, its name will do","type":"string"},"mountPath":{"description":"Where it is in the sandbox","type":"string"},"subpath":{"description":"Which folder of the volume; all of it where there is none","type":"string"}},"required":["volumeId","mountPath"]},"type":"array"}
        secrets {"additionalProperties":{"type":"string"},"type":"object"}
        required null closed false"#]]
    .assert_eq(&schema::<Create>());
    expect![[r#"
        name {"type":"string"}
        states {"items":{"type":"string","enum":["creating","restoring","destroyed","destroying","started","stopped","starting","stopping","error","build_failed","pending_build","building_snapshot","pulling_snapshot","archived","archiving","resizing","snapshotting","forking","pausing","paused","resuming","unknown"]},"type":"array"}
        labels {"additionalProperties":{"type":"string"},"type":"object"}
        limit {"maximum":200,"type":"integer","format":"uint32","minimum":1}
        cursor {"type":"string"}
        all {"default":false,"type":"boolean"}
        sort {"enum":["name","cpu","memoryGib","diskGib","lastActivityAt","createdAt"],"type":"string"}
        order {"enum":["asc","desc"],"type":"string"}
        required null closed false"#]].assert_eq(&schema::<List>());
    expect![[r#"
        id {"type":"string"}
        command {"type":"string"}
        cwd {"type":"string"}
        env {"additionalProperties":{"type":"string"},"type":"object"}
        timeout {"minimum":0,"type":"integer","format":"uint32"}
        required ["id","command"] closed false"#]]
    .assert_eq(&schema::<Exec>());
    assert_eq!(schema::<Get>(), schema::<Destroy>());
    expect![[r#"
        id {"type":"string"}
        required ["id"] closed false"#]]
    .assert_eq(&schema::<Get>());
    expect![[r#"
        id {"type":"string"}
        timeout {"minimum":0,"type":"integer","format":"uint32"}
        required ["id"] closed false"#]]
    .assert_eq(&schema::<Start>());
    expect![[r#"
        id {"type":"string"}
        force {"default":false,"type":"boolean"}
        timeout {"minimum":0,"type":"integer","format":"uint32"}
        required ["id"] closed false"#]]
    .assert_eq(&schema::<Stop>());
}

#[test]
fn arguments_are_strict() {
    let wrong = |value: serde_json::Value| {
        serde_json::from_value::<List>(value)
            .expect_err("wrong")
            .to_string()
    };
    assert!(wrong(json!({ "stat": "x" })).contains("unknown field `stat`"));
    assert!(wrong(json!({ "states": ["running"] })).contains("the states are: creating"));
    let exec: Exec =
        serde_json::from_value(json!({ "id": "a", "command": "ls" })).expect("arguments");
    assert_eq!(exec.command, ["ls"]);
    let list: List = serde_json::from_value(json!({ "labels": { "a": "b" } })).expect("arguments");
    assert_eq!(list.labels, [("a".into(), "b".into())]);
}
