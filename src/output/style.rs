//! The few colours that we use; the meaning never depends on them.

use super::human::Tone;

/// Paints on one stream, or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) color: bool,
}

impl Style {
    fn paint(self, code: &str, text: &str) -> String {
        if self.color {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    pub(super) fn error(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(super) fn warning(self, text: &str) -> String {
        self.paint("1;33", text)
    }

    pub(super) fn hint(self, text: &str) -> String {
        self.paint("1;36", text)
    }

    pub(super) fn heading(self, text: &str) -> String {
        self.paint("1", text)
    }

    pub(super) fn toned(self, text: &str, tone: Tone) -> String {
        match tone {
            Tone::Good => self.paint("32", text),
            Tone::Neutral => text.to_owned(),
            Tone::Bad => self.paint("31", text),
        }
    }
}
