//! Text from elsewhere, made harmless for a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Control, bidirectional and zero-width characters as visible escapes; newlines stay where `lines` says so.
pub(super) fn terminal(text: &str, lines: bool) -> Cow<'_, str> {
    let harmless = |c: char| !dangerous(c) || (lines && c == '\n');
    if text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if harmless(c) => escaped.push(c),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            c => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
            }
        }
    }
    Cow::Owned(escaped)
}

/// A value for one field of a tab-separated line.
pub(super) fn field(text: &str) -> Cow<'_, str> {
    if !text.contains(['\t', '\n', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.replace('\t', "\\t")
            .replace('\n', "\\n")
            .replace('\r', "\\r"),
    )
}

fn dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_drive_or_fool_a_terminal_is_shown() {
        assert_eq!(terminal("plain ü 漢", false), "plain ü 漢");
        assert_eq!(
            terminal("\x1b[31mred\u{202e}", false),
            "\\u{1b}[31mred\\u{202e}"
        );
        assert_eq!(terminal("a\nb", false), "a\\nb");
        assert_eq!(terminal("a\nb\t", true), "a\nb\\t");
        assert_eq!(field("a\tb"), "a\\tb");
    }
}
