//! Tables and blocks as text: fitted to a terminal, or tab-separated and whole elsewhere.

use comfy_table::{Attribute, Color, ContentArrangement, Table, presets};
use jiff::Timestamp;

use super::human::{Cell, Tone};
use super::style::Style;
use super::{escape, relative};

/// How wide a terminal is taken to be that does not tell.
const USUAL: u16 = 80;

/// Where the text goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub(super) terminal: bool,
    pub(super) columns: Option<u16>,
    pub(super) style: Style,
}

impl Page {
    pub(super) fn table(self, headings: &[&str], rows: &[Vec<Cell>]) -> String {
        if !self.terminal {
            return lines(rows.iter().map(|row| {
                let fields: Vec<String> = row.iter().map(|cell| self.cell(cell)).collect();
                fields.join("\t")
            }));
        }
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_header(headings.iter().map(|heading| self.heading(heading)));
        if self.style.color {
            table.enforce_styling();
        }
        // A terminal that nobody has told its size has no columns.
        let untold = table.width().filter(|columns| *columns == 0);
        if let Some(columns) = self.columns.or(untold.map(|_| USUAL)) {
            table.set_width(columns);
        }
        for row in rows {
            table.add_row(row.iter().map(|cell| self.column(cell)));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        lines(table.lines().map(|line| line.trim_end().to_owned()))
    }

    pub(super) fn block(self, rows: &[(&str, Cell)]) -> String {
        let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        lines(rows.iter().map(|(name, cell)| {
            let value = match cell {
                Cell::Word(_, tone) => self.style.toned(&self.cell(cell), *tone),
                _ => self.cell(cell),
            };
            if self.terminal {
                let name = self.style.heading(&format!("{name:width$}"));
                format!("{name}  {value}")
            } else {
                format!("{name}\t{value}")
            }
        }))
    }

    fn heading(self, text: &str) -> comfy_table::Cell {
        let heading = comfy_table::Cell::new(text);
        if self.style.color {
            heading.add_attribute(Attribute::Bold)
        } else {
            heading
        }
    }

    fn column(self, cell: &Cell) -> comfy_table::Cell {
        let column = comfy_table::Cell::new(self.cell(cell));
        match cell {
            Cell::Word(_, Tone::Good) if self.style.color => column.fg(Color::DarkGreen),
            Cell::Word(_, Tone::Bad) if self.style.color => column.fg(Color::DarkRed),
            _ => column,
        }
    }

    fn cell(self, cell: &Cell) -> String {
        let text = match cell {
            Cell::Time(text) if self.terminal => relative::describe(text, Timestamp::now()),
            Cell::Text(text) | Cell::Time(text) | Cell::Word(text, _) => text.clone(),
        };
        if !self.terminal {
            return escape::field(&text).into_owned();
        }
        escape::terminal(&text, false).into_owned()
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(terminal: bool) -> Page {
        Page {
            terminal,
            columns: Some(60),
            style: Style { color: false },
        }
    }

    fn rows() -> Vec<Vec<Cell>> {
        vec![
            vec!["demo".into(), "started".into()],
            vec!["a\tb\x1b".into(), "stopped".into()],
        ]
    }

    #[test]
    fn a_terminal_gets_headings_and_harmless_text() {
        let text = page(true).table(&["NAME", "STATE"], &rows());
        expect_test::expect![[r"
            NAME        STATE
            demo        started
            a\tb\u{1b}  stopped
        "]]
        .assert_eq(&text);
    }

    #[test]
    fn a_pipe_gets_tabs_and_whole_values() {
        let text = page(false).table(&["NAME", "STATE"], &rows());
        assert_eq!(text, "demo\tstarted\na\\tb\x1b\tstopped\n");
    }
}
