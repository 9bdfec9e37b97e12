//! Answers within a context window: trees lose their leaves, lists their ends.

use serde_json::{Map, Value, json};

/// How much of an answer is shown, in bytes.
const MOST_BYTES: usize = 16 << 10;

/// Makes the answer short enough; whether anything was left out.
pub(super) fn shorten(result: &mut Map<String, Value>) -> bool {
    result.values_mut().for_each(hide_paths);
    result.shift_remove("filePath");
    let mut cut = false;
    let mut depth = 64;
    while size(result) > MOST_BYTES && depth > 0 {
        depth -= 1;
        for value in result.values_mut() {
            cut |= prune(value, depth);
        }
    }
    // Lists of matches and windows.
    while size(result) > MOST_BYTES {
        let lists = result.values_mut().filter_map(Value::as_array_mut);
        let Some(longest) = lists
            .max_by_key(|list| list.len())
            .filter(|list| list.len() > 1)
        else {
            break;
        };
        longest.truncate(longest.len() / 2);
        cut = true;
    }
    cut
}

fn size(result: &Map<String, Value>) -> usize {
    serde_json::to_string(result).map_or(0, |text| text.len())
}

/// Where recordings lie in the sandbox says nothing to those who cannot fetch them there.
fn hide_paths(value: &mut Value) {
    for one in value.as_array_mut().into_iter().flatten() {
        if let Value::Object(fields) = one {
            fields.shift_remove("filePath");
        }
    }
}

/// Leaves out the children of nodes at this depth, but says how many there are.
fn prune(node: &mut Value, depth: usize) -> bool {
    let Some(Value::Array(children)) = node.get_mut("children") else {
        return false;
    };
    if depth == 0 && !children.is_empty() {
        let count = children.len();
        if let Value::Object(fields) = node {
            fields.shift_remove("children");
            fields.insert("childCount".to_owned(), json!(count));
        }
        return true;
    }
    let mut cut = false;
    for child in children {
        cut |= prune(child, depth.saturating_sub(1));
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(object) => object,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_large_tree_loses_its_leaves_and_a_long_list_its_end() {
        let mut small = object(json!({"root": {"id": "a", "children": []}}));
        assert!(!shorten(&mut small));
        let leaf = json!({"id": "x".repeat(50), "children": []});
        let branch = json!({"id": "b", "children": vec![leaf; 40]});
        let mut tree = object(json!({"root": {"id": "r", "children": vec![branch; 20]}}));
        assert!(shorten(&mut tree) && size(&tree) <= MOST_BYTES);
        assert_eq!(tree["root"]["children"][19]["childCount"], 40);
        let mut list = object(json!({"windows": vec![json!({"title": "x".repeat(100)}); 1000]}));
        assert!(shorten(&mut list) && size(&list) <= MOST_BYTES);
        assert!(
            list["windows"]
                .as_array()
                .is_some_and(|list| list.len() > 50)
        );
    }
}
