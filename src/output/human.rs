//! How a result reads to a person: a table, a block of rows, or lines.

/// A result that a person can read.
pub trait Human {
    /// The result for a terminal. Text of servers may be in it: the printer escapes it.
    fn view(&self) -> View;

    /// The identifiers that `-q` prints, one a line.
    fn ids(&self) -> Vec<String> {
        Vec::new()
    }
}

/// What the printer can show.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum View {
    /// Columns with headings; `note` follows it on stderr.
    Table {
        /// The headings.
        headings: Vec<&'static str>,
        /// The rows, each as long as the headings.
        rows: Vec<Vec<Cell>>,
        /// What is shown instead where there are no rows.
        empty: &'static str,
        /// A line below, such as the next page's cursor.
        note: Option<String>,
    },
    /// Names and values.
    Block(Vec<(&'static str, Cell)>),
    /// One line that says what happened: a status, so it goes to stderr under `-q`-less text output.
    Done(String),
    /// Text as it is, for stdout.
    Text(String),
}

/// One value in a table or a block.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A moment (RFC 3339): "2 minutes ago" on a terminal, as it is elsewhere.
    Time(String),
    /// A word that is good, bad or neither, and may be coloured so.
    Word(String, Tone),
}

/// Whether a word is good news.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tone {
    /// It works.
    Good,
    /// It is on its way, or at rest.
    Neutral,
    /// It failed.
    Bad,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
