//! JSON values in words, for messages that a model or a person reads.

use serde_json::Value;

/// How much of a text is shown.
const SHOWN: usize = 40;

/// What a value is: `the text "8000"`, `5.5`, `a list`.
pub(super) fn of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(text) => {
            let mut shown: String = text.chars().take(SHOWN).collect();
            if shown.len() < text.len() {
                shown.push('…');
            }
            format!("the text {}", Value::String(shown))
        }
        Value::Array(items) if items.is_empty() => "an empty list".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The integer that a number stands for: `5.0` is 5, as JSON Schema has it.
pub(super) fn integer(value: &Value) -> Option<i128> {
    let Value::Number(number) = value else {
        return None;
    };
    if let Some(whole) = number.as_i128() {
        return Some(whole);
    }
    let float = number.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and small"
    )]
    let whole = (float.fract() == 0.0 && float.abs() < 2_f64.powi(63)).then_some(float as i128);
    whole
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_told_in_words_of_json() {
        assert_eq!(of(&json!("8000")), "the text \"8000\"");
        assert_eq!(of(&json!([])), "an empty list");
        assert_eq!(of(&json!({"a": 1})), "an object");
        assert!(of(&json!("x".repeat(100))).chars().count() < 60);
    }

    #[test]
    fn whole_numbers_are_integers_however_they_are_written() {
        assert_eq!(integer(&json!(5.0)), Some(5));
        assert_eq!(integer(&json!(1e3)), Some(1000));
        assert_eq!(integer(&json!(-7)), Some(-7));
        assert_eq!(integer(&json!(u64::MAX)), Some(i128::from(u64::MAX)));
        assert_eq!(integer(&json!(5.5)), None);
        assert_eq!(integer(&json!(1e300)), None);
        assert_eq!(integer(&json!("5")), None);
    }
}
