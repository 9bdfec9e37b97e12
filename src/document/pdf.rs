//! Text of PDF files.

use std::fmt::Write as _;

use pdf_extract::{OutputError, extract_text_from_mem_by_pages};

use super::NoText;

pub(super) fn text(bytes: &[u8]) -> Result<String, NoText> {
    let pages = extract_text_from_mem_by_pages(bytes).map_err(|error| match error {
        OutputError::PdfError(inner) if inner.to_string().to_lowercase().contains("password") => {
            NoText::new("it is encrypted")
        }
        OutputError::PdfError(inner) => NoText::new(format_args!("it is damaged: {inner}")),
        other => NoText::new(format_args!("it is damaged: {other}")),
    })?;
    Ok(headed(&pages))
}

/// The pages, each under a heading where there are several. Nothing where none has text.
fn headed(pages: &[String]) -> String {
    let pages: Vec<String> = pages.iter().map(|page| tidy(page)).collect();
    match pages.as_slice() {
        [page] => page.clone(),
        pages if pages.iter().all(String::is_empty) => String::new(),
        pages => {
            let mut text = String::new();
            for (at, page) in pages.iter().enumerate() {
                let _ = writeln!(text, "[page {}]\n{page}\n", at + 1);
            }
            text.truncate(text.trim_end().len());
            text
        }
    }
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

    #[test]
    fn pages_are_told_apart() {
        let pages = ["one\n".to_owned(), "\n".to_owned(), "three".to_owned()];
        assert_eq!(
            headed(&pages),
            "[page 1]\none\n\n[page 2]\n\n\n[page 3]\nthree"
        );
        assert_eq!(headed(&pages[..1]), "one");
        assert_eq!(headed(&[String::new(), "\n".to_owned()]), "");
    }
}
