//! What is on the screen as programs tell it, without pictures: the accessibility tree.

use serde_json::json;

use super::table::{Request, desktop};

desktop! {
    Tree("accessibility_tree", "Accessibility tree", Reads,
        "Returns what is on a sandbox's desktop as a tree of nodes with id, role and name.")
        {}
        [
            /// focused, pid or all
            scope: String,
            /// The process, for scope pid
            pid: i32,
            /// How deep to go
            max_depth: u32,
        ]
        => |it| Request::Get("a11y/tree".into(), vec![
            ("scope", it.scope.text()), ("pid", it.pid.text()), ("maxDepth", it.max_depth.text()),
        ]);
    Find("accessibility_find", "Find on screen", Reads, "Finds nodes on a sandbox's desktop by role, name or state.")
        {}
        [
            /// focused, pid or all
            scope: String,
            /// The process, for scope pid
            pid: i32,
            /// E.g. button
            role: String,
            /// Its name
            name: String,
            /// exact, substring or regex
            name_match: String,
            /// States that it must have
            states: Vec<String>,
            /// The most to return
            limit: u32,
        ]
        => |it| Request::Search("a11y/find", json!({
            "scope": it.scope, "pid": it.pid, "role": it.role, "name": it.name, "nameMatch": it.name_match,
            "states": it.states, "limit": it.limit,
        }));
    Focus("accessibility_focus", "Focus node", Acts, "Gives the focus to a node on a sandbox's desktop.")
        {
            /// Id of the node
            node_id: String,
        }
        [] => |it| Request::Post("a11y/node/focus", json!({"id": it.node_id}));
    Invoke("accessibility_invoke", "Invoke node", Acts, "Does what a node on a sandbox's desktop offers, e.g. presses a button.")
        {
            /// Id of the node
            node_id: String,
        }
        [
            /// Which action [default: its first]
            action: String,
        ]
        => |it| Request::Post("a11y/node/invoke", json!({"id": it.node_id, "action": it.action}));
    SetValue("accessibility_set_value", "Set value", Acts, "Sets the value of a node on a sandbox's desktop, e.g. the text of a field.")
        {
            /// Id of the node
            node_id: String,
            /// The value
            value: String,
        }
        [] => |it| Request::Post("a11y/node/value", json!({"id": it.node_id, "value": it.value}));
}
