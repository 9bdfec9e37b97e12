//! Text of documents and presentations: paragraphs as lines, cells of tables apart by tabs.

use std::fmt::Write as _;

use super::NoText;
use super::archive::Archive;
use super::markup::{Piece, attribute, visit};

/// Word: the body of the document.
pub(super) fn docx(bytes: &[u8]) -> Result<String, NoText> {
    let xml = Archive::open(bytes)?.needed("word/document.xml")?;
    let mut text = String::new();
    runs(&xml, &mut text)?;
    Ok(text)
}

/// PowerPoint: each slide after its number.
pub(super) fn pptx(bytes: &[u8]) -> Result<String, NoText> {
    let mut archive = Archive::open(bytes)?;
    let slides = archive.numbered("ppt/slides/slide", ".xml");
    if slides.is_empty() {
        return Err(NoText::new("it is damaged: there is no slide in it"));
    }
    let (mut text, mut any) = (String::new(), false);
    for (number, name) in slides.iter().enumerate() {
        let mut slide = String::new();
        runs(&archive.needed(name)?, &mut slide)?;
        any |= !slide.trim().is_empty();
        let _ = write!(text, "[slide {}]\n{}\n\n", number + 1, slide.trim_end());
    }
    // Numbers alone are no text.
    Ok(if any {
        text.trim_end().to_owned()
    } else {
        String::new()
    })
}

/// The text of Word's and PowerPoint's tags: only what is in `t` is text.
fn runs(xml: &str, text: &mut String) -> Result<(), NoText> {
    let (mut inside, mut cells) = (false, 0_u32);
    visit(xml, |piece| match piece {
        Piece::Begin("t", _) => inside = true,
        Piece::End("t") => inside = false,
        Piece::Text(run) if inside => text.push_str(run),
        Piece::Begin("tab", _) => text.push('\t'),
        Piece::Begin("br" | "cr", _) => text.push('\n'),
        Piece::Begin("tc", _) => cells += 1,
        Piece::End("tc") => {
            cells = cells.saturating_sub(1);
            text.truncate(text.trim_end().len());
            text.push('\t');
        }
        Piece::End("tr") => {
            text.truncate(text.trim_end_matches('\t').len());
            text.push('\n');
        }
        Piece::End("p") => text.push(if cells > 0 { ' ' } else { '\n' }),
        _ => {}
    })
}

/// OpenDocument: texts, tables and presentations alike.
pub(super) fn open_document(bytes: &[u8]) -> Result<String, NoText> {
    let xml = Archive::open(bytes)?.needed("content.xml")?;
    let (mut text, mut paragraphs, mut cells) = (String::new(), 0_u32, 0_u32);
    visit(&xml, |piece| match piece {
        Piece::Begin("p" | "h", _) => paragraphs += 1,
        Piece::End("p" | "h") => {
            paragraphs = paragraphs.saturating_sub(1);
            text.push(if cells > 0 { ' ' } else { '\n' });
        }
        Piece::Text(run) if paragraphs > 0 => text.push_str(run),
        Piece::Begin("tab", _) if paragraphs > 0 => text.push('\t'),
        Piece::Begin("line-break", _) => text.push('\n'),
        Piece::Begin("s", tag) if paragraphs > 0 => {
            let count = attribute(tag, "c").and_then(|count| count.parse().ok());
            text.extend(std::iter::repeat_n(' ', count.unwrap_or(1_usize).min(100)));
        }
        Piece::Begin("table-cell", _) => cells += 1,
        Piece::End("table-cell") => {
            cells = cells.saturating_sub(1);
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\t');
        }
        Piece::End("table-row") => {
            text.truncate(text.trim_end_matches('\t').len());
            text.push('\n');
        }
        _ => {}
    })?;
    Ok(text.trim_end().to_owned())
}
