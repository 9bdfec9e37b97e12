//! Text of PDF files.

use pdf_extract::{OutputError, extract_text_from_mem};

use super::NoText;

pub(super) fn text(bytes: &[u8]) -> Result<String, NoText> {
    let text = extract_text_from_mem(bytes).map_err(|error| match error {
        OutputError::PdfError(inner) if inner.to_string().to_lowercase().contains("password") => {
            NoText::new("it is encrypted")
        }
        OutputError::PdfError(inner) => NoText::new(format_args!("it is damaged: {inner}")),
        other => NoText::new(format_args!("it is damaged: {other}")),
    })?;
    Ok(tidy(&text))
}

/// At most one empty line in a row, and none at either end.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && empty) {
            tidied.push_str(line);
            tidied.push('\n');
        }
        empty = line.is_empty();
    }
    tidied.truncate(tidied.trim_end().len());
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_do_not_pile_up() {
        assert_eq!(tidy("\n\n a \n\n\nb\n\n"), " a\n\nb");
        assert_eq!(tidy("\n \n"), "");
    }
}
