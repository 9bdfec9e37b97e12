//! Text of Excel's tables: each sheet after its name, cells apart by tabs.

use std::fmt::Write as _;

use super::archive::Archive;
use super::markup::{Piece, attribute, visit};
use super::{NoText, TEXT_MOST};

/// Columns of a row that are shown: a cell far to the right makes many empty ones.
const COLUMNS: usize = 1000;

pub(super) fn xlsx(bytes: &[u8]) -> Result<String, NoText> {
    let mut archive = Archive::open(bytes)?;
    let sheets = archive.numbered("xl/worksheets/sheet", ".xml");
    if sheets.is_empty() {
        return Err(NoText::new("it is damaged: there is no sheet in it"));
    }
    let strings = match archive.part("xl/sharedStrings.xml")? {
        Some(xml) => shared(&xml)?,
        None => Vec::new(),
    };
    let names = names(&archive.part("xl/workbook.xml")?.unwrap_or_default())?;
    let (mut text, mut any) = (String::new(), false);
    for (number, part) in sheets.iter().enumerate() {
        let rows = rows(&archive.needed(part)?, &strings)?;
        any |= !rows.is_empty();
        let unnamed = format!("sheet {}", number + 1);
        let name = names.get(number).unwrap_or(&unnamed);
        let _ = write!(text, "[{name}]\n{rows}\n");
        if text.len() > TEXT_MOST {
            break;
        }
    }
    Ok(if any {
        text.trim_end().to_owned()
    } else {
        String::new()
    })
}

/// Strings that cells refer to by number.
fn shared(xml: &str) -> Result<Vec<String>, NoText> {
    let (mut strings, mut inside): (Vec<String>, bool) = (Vec::new(), false);
    // `rPh` tells how a text is pronounced.
    let mut aside = false;
    visit(xml, |piece| match piece {
        Piece::Begin("si", _) => strings.push(String::new()),
        Piece::Begin("rPh", _) => aside = true,
        Piece::End("rPh") => aside = false,
        Piece::Begin("t", _) => inside = true,
        Piece::End("t") => inside = false,
        Piece::Text(text) if inside && !aside => {
            if let Some(last) = strings.last_mut() {
                last.push_str(text);
            }
        }
        _ => {}
    })?;
    Ok(strings)
}

fn names(xml: &str) -> Result<Vec<String>, NoText> {
    let mut names = Vec::new();
    visit(xml, |piece| {
        if let Piece::Begin("sheet", tag) = piece {
            names.extend(attribute(tag, "name"));
        }
    })?;
    Ok(names)
}

fn rows(xml: &str, strings: &[String]) -> Result<String, NoText> {
    let mut text = String::new();
    let (mut value, mut kind, mut inside) = (String::new(), String::new(), false);
    let (mut row, mut column): (Vec<String>, usize) = (Vec::new(), 0);
    visit(xml, |piece| match piece {
        Piece::Begin("c", tag) => {
            kind = attribute(tag, "t").unwrap_or_default();
            value.clear();
            let place = attribute(tag, "r").and_then(|place| number_of(&place));
            column = place.unwrap_or(row.len());
        }
        Piece::Begin("v" | "t", _) => inside = true,
        Piece::End("v" | "t") => inside = false,
        Piece::Text(part) if inside => value.push_str(part),
        Piece::End("c") if column < COLUMNS => {
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            row[column] = match kind.as_str() {
                "s" => value
                    .trim()
                    .parse::<usize>()
                    .ok()
                    .and_then(|number| strings.get(number).cloned())
                    .unwrap_or_default(),
                "b" => (if value == "1" { "TRUE" } else { "FALSE" }).to_owned(),
                _ => std::mem::take(&mut value),
            };
        }
        Piece::End("row") => {
            let line = row.join("\t");
            if text.len() <= TEXT_MOST && !line.trim().is_empty() {
                text.push_str(line.trim_end_matches('\t'));
                text.push('\n');
            }
            row.clear();
        }
        _ => {}
    })?;
    Ok(text)
}

/// The column of a cell by its place: of `B7` it is 1.
fn number_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.fold(0_usize, |number, letter| {
        number
            .saturating_mul(26)
            .saturating_add(usize::from(letter - b'A') + 1)
    });
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_where_they_are() {
        assert_eq!(number_of("A1"), Some(0));
        assert_eq!((number_of("Z9"), number_of("AA9")), (Some(25), Some(26)));
        assert_eq!(number_of("9"), None);
        let xml = r#"<sheetData><row><c r="A1" t="s"><v>1</v></c><c r="C1"><v>2.5</v></c></row>
            <row/><row><c r="B3" t="inlineStr"><is><t>a &amp; b</t></is></c><c r="C3" t="b"><v>1</v></c></row></sheetData>"#;
        let strings = ["no".to_owned(), "yes".to_owned()];
        assert_eq!(rows(xml, &strings).unwrap(), "yes\t\t2.5\n\ta & b\tTRUE\n");
    }
}
