//! Puts results on stdout and everything else on stderr, in the form that was asked for.

use std::io::{self, BufRead as _, ErrorKind, Write as _};

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::{Environment, Stdin};
use crate::error::{Context as _, Error, Kind, Report, Result};

use super::human::{Human, View};
use super::listing::Listing;
use super::progress::Progress;
use super::style::Style;
use super::table::Page;
use super::{escape, fields};

/// The form of a result.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// JSON, two spaces deep
    Json,
    /// YAML, with the same keys as JSON
    Yaml,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What the global flags say about output.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The form of the result.
    pub format: Format,
    /// A table was asked for: it has headings wherever it goes.
    pub table: bool,
    /// Only these fields of it.
    pub fields: Vec<String>,
    /// Identifiers only, and no status.
    pub quiet: bool,
    /// When to colour.
    pub color: Color,
    /// Never ask.
    pub no_input: bool,
    /// How much to tell: 0, 1, 2.
    pub verbose: u8,
}

/// The only thing that writes to stdout and stderr.
#[derive(Clone, Debug)]
pub struct Printer {
    choices: Choices,
    out: Page,
    err: Style,
    err_terminal: bool,
    progress: bool,
    asks: bool,
}

impl Printer {
    /// The printer for these flags in these surroundings.
    pub fn new(choices: Choices, environment: &Environment) -> Self {
        let color = |terminal: bool| match choices.color {
            Color::Auto => terminal && !environment.plain(),
            Color::Always => true,
            Color::Never => false,
        };
        let asks = environment.stdin == Stdin::Terminal
            && environment.stderr_terminal
            && !choices.no_input
            && !environment.unattended();
        let asked = choices.table || choices.color == Color::Always;
        Self {
            out: Page {
                terminal: environment.stdout_terminal || asked,
                columns: environment
                    .columns()
                    .filter(|_| environment.stdout_terminal),
                style: Style {
                    color: color(environment.stdout_terminal),
                },
            },
            err: Style {
                color: color(environment.stderr_terminal),
            },
            err_terminal: environment.stderr_terminal,
            progress: environment.stderr_terminal
                && !environment.dumb()
                && !choices.quiet
                && choices.verbose == 0,
            asks,
            choices,
        }
    }

    /// The same printer with another form of results.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Self {
        self.choices.format = format;
        self.out.terminal |= format == Format::Table;
        self
    }

    /// A list that is printed page by page.
    pub fn listing(&self) -> Listing<'_> {
        Listing::new(self)
    }

    /// The form of results.
    pub fn format(&self) -> Format {
        self.choices.format
    }

    /// Whether only identifiers are wanted.
    pub fn quiet(&self) -> bool {
        self.choices.quiet
    }

    /// Whether rows have tabs between their values, and no headings.
    pub fn tabs(&self) -> bool {
        !self.out.terminal
    }

    pub(super) fn rows(&self, headings: &[&str], rows: &[Vec<super::Cell>]) -> String {
        self.out.table(headings, rows)
    }

    /// Whether results are for machines.
    pub fn structured(&self) -> bool {
        self.choices.format != Format::Table
    }

    /// Whether details are wanted.
    pub fn verbose(&self) -> bool {
        self.choices.verbose > 0
    }

    /// Refuses fields that a result of this type does not have: before anything is done.
    pub fn check<T: JsonSchema>(&self) -> Result<()> {
        fields::check::<T>(&self.choices.fields)
    }

    /// The result of the command.
    pub fn result<T: Serialize + JsonSchema + Human>(&self, result: &T) -> Result<()> {
        if self.structured() {
            return self.structure(result);
        }
        if self.choices.quiet {
            let ids = result.ids();
            let mut text = ids.join("\n");
            if !ids.is_empty() {
                text.push('\n');
            }
            return self.text(&text);
        }
        match result.view() {
            View::Table {
                rows, empty, note, ..
            } if rows.is_empty() => {
                if self.err_terminal {
                    self.status(empty);
                }
                self.notes(note);
                Ok(())
            }
            View::Table {
                headings,
                rows,
                note,
                ..
            } => {
                self.put(self.out.table(&headings, &rows).as_bytes())?;
                self.notes(note);
                Ok(())
            }
            View::Block(rows) => self.put(self.out.block(&rows).as_bytes()),
            View::Done(line) => {
                self.status(&line);
                Ok(())
            }
            View::Text(text) => self.text(&text),
        }
    }

    fn notes(&self, note: Option<String>) {
        if let Some(note) = note {
            self.status(&note);
        }
    }

    fn structure<T: Serialize + JsonSchema>(&self, result: &T) -> Result<()> {
        let encode = || "cannot encode the result".to_owned();
        let value = self.value(result)?;
        let mut text = if self.choices.format == Format::Yaml {
            serde_saphyr::to_string(&value).context(Kind::Internal, encode)?
        } else {
            serde_json::to_string_pretty(&value).context(Kind::Internal, encode)?
        };
        if !text.ends_with('\n') {
            text.push('\n');
        }
        self.text(&text)
    }

    /// The result with the fields that were asked for.
    pub(super) fn value<T: Serialize + JsonSchema>(&self, result: &T) -> Result<serde_json::Value> {
        let value = serde_json::to_value(result)
            .context(Kind::Internal, || "cannot encode the result".to_owned())?;
        Ok(fields::select::<T>(value, &self.choices.fields))
    }

    /// Text for stdout, made harmless on a terminal.
    pub fn text(&self, text: &str) -> Result<()> {
        if self.out.terminal {
            self.put(escape::terminal(text, true).as_bytes())
        } else {
            self.put(text.as_bytes())
        }
    }

    /// A reader that went away (`| head`) is no failure: what it wanted, it has.
    fn put(&self, bytes: &[u8]) -> Result<()> {
        self.offer(bytes).map(drop)
    }

    /// As [`Self::put`]; `false` where nobody reads any more.
    pub(super) fn offer(&self, bytes: &[u8]) -> Result<bool> {
        match self.stdout(bytes) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
            Err(error) => Err(lost(error, "stdout")),
        }
    }

    /// A command's own bytes for stdout, as they are.
    pub fn stdout(&self, bytes: &[u8]) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(bytes).and_then(|()| stdout.flush())
    }

    /// A command's own bytes for stderr, as they are.
    pub fn stderr(&self, bytes: &[u8]) -> io::Result<()> {
        io::stderr().lock().write_all(bytes)
    }

    /// What happened, or happens: for stderr, unless `-q` or a machine's form was asked for.
    pub fn status(&self, line: &str) {
        if !self.choices.quiet && !self.structured() {
            self.line(line);
        }
    }

    /// Something that the user should know although the command goes on.
    pub fn warn(&self, line: &str) {
        self.raw(&format!(
            "{} {}",
            self.err.warning("warning:"),
            self.safe(line)
        ));
    }

    /// A failure: its message and hints, or its JSON form.
    pub fn error(&self, error: &Error) {
        if self.choices.format == Format::Json {
            #[derive(Serialize)]
            struct Wrapped {
                error: Report,
            }
            let wrapped = Wrapped {
                error: error.report(),
            };
            self.raw(&serde_json::to_string_pretty(&wrapped).unwrap_or_default());
            return;
        }
        self.raw(&format!(
            "{} {}",
            self.err.error("error:"),
            self.safe(&error.text())
        ));
        for hint in error.hints() {
            self.raw(&format!("{} {}", self.err.hint("hint:"), self.safe(hint)));
        }
    }

    /// A line that shows what is waited for, as long as the value lives.
    pub fn progress(&self, text: impl Into<String>) -> Progress {
        if self.progress && !self.structured() {
            let text: String = text.into();
            return Progress::start(escape::terminal(&text, false).into_owned());
        }
        Progress::default()
    }

    /// Whether there is somebody to ask.
    pub fn asks(&self) -> bool {
        self.asks
    }

    /// A question on the terminal, and the line that answers it; none at the end of the input.
    pub fn ask(&self, question: &str) -> Result<Option<String>> {
        // Not held while a line is awaited: others may have something to say.
        let shown = {
            let mut stderr = io::stderr().lock();
            write!(stderr, "{} ", self.safe(question)).and_then(|()| stderr.flush())
        };
        shown.map_err(|error| lost(error, "stderr"))?;
        let mut answer = String::new();
        let read = io::stdin()
            .lock()
            .read_line(&mut answer)
            .context(Kind::Other, || "cannot read the answer".into())?;
        Ok((read > 0).then_some(answer))
    }

    fn safe<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        if self.err_terminal {
            escape::terminal(text, true)
        } else {
            text.into()
        }
    }

    fn line(&self, line: &str) {
        self.raw(&self.safe(line));
    }

    #[expect(clippy::unused_self, reason = "reads better beside its callers")]
    fn raw(&self, line: &str) {
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}

fn lost(error: io::Error, stream: &str) -> Error {
    Error::new(Kind::Other, format!("cannot write to {stream}")).because(error)
}
