//! The difference of two texts that differ in one place, line by line.

/// Lines that go with `-`, lines that come with `+`, and up to two common ones around them.
pub(super) fn lines(before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old
        .iter()
        .zip(&new)
        .take_while(|(one, other)| one == other)
        .count();
    let tail = old[head..]
        .iter()
        .rev()
        .zip(new[head..].iter().rev())
        .take_while(|(one, other)| one == other)
        .count();
    let common = |lines: &[&str]| show("  ", lines);
    let mut text = common(&old[head.saturating_sub(2)..head]);
    text += &show("- ", &old[head..old.len() - tail]);
    text += &show("+ ", &new[head..new.len() - tail]);
    text += &common(&old[old.len() - tail..(old.len() - tail + 2).min(old.len())]);
    text.truncate(text.trim_end_matches('\n').len());
    text
}

fn show(mark: &str, lines: &[&str]) -> String {
    lines.iter().flat_map(|line| [mark, line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn only_what_changed_is_shown_with_two_lines_around() {
        assert_eq!(
            lines("a\nb\nc\nd\ne\n", "a\nb\nc\nX\nd\ne\n"),
            "  b\n  c\n+ X\n  d\n  e"
        );
        assert_eq!(lines("", "a\n"), "+ a");
        assert_eq!(lines("a\n", "a\n"), "");
    }
}
