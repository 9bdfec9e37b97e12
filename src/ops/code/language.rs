//! The languages that programs can be in: how their files are called, and how a shell runs them.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ops::exec::quote;
use crate::typescript::{JavaScript, for_node};

/// What a program is written in.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// By python3.
    #[default]
    Python,
    /// By node.
    Javascript,
    /// By the first of ts-node, tsx, node 22.6 or newer, bun and deno that is there; else, without types, by node.
    Typescript,
}

/// The ends of files by which each is known; the first is what a file without one gets.
const ENDS: [(Language, &[&str]); 3] = [
    (Language::Python, &["py"]),
    (Language::Javascript, &["js", "mjs", "cjs"]),
    (Language::Typescript, &["ts", "mts", "cts"]),
];

impl Language {
    /// What a file's name says.
    pub fn of(file: &Path) -> Option<Self> {
        let end = file.extension()?.to_str()?;
        let mut all = ENDS.into_iter();
        all.find(|(_, ends)| ends.contains(&end))
            .map(|(language, _)| language)
    }

    /// What is put beside a program's file for sandboxes that cannot run it as it is: the end of its name, and
    /// the text.
    pub(in crate::ops) fn beside(self, code: &str) -> Option<(&'static str, String)> {
        (self == Self::Typescript).then(|| {
            let JavaScript { text, end } = for_node(code);
            (end, text)
        })
    }

    /// The end for a program's file. To node it means something, so that it is kept where it fits.
    pub(in crate::ops) fn end(self, file: Option<&Path>) -> String {
        let given = file.and_then(Path::extension).and_then(|end| end.to_str());
        let mut all = ENDS.into_iter();
        let ends = all.find(|(language, _)| *language == self);
        let ends = ends.map_or(&[][..], |(_, ends)| ends);
        let end = given.filter(|end| ends.contains(end));
        end.or(ends.first().copied()).unwrap_or_default().to_owned()
    }

    /// What a program's file is called where nothing depends on it.
    pub(in crate::ops) fn file(self) -> &'static str {
        match self {
            Self::Python => "program.py",
            Self::Javascript => "program.js",
            Self::Typescript => "program.ts",
        }
    }

    /// Shell text that runs a file with these arguments, as the shell's own process.
    pub(in crate::ops) fn text(self, file: &str, arguments: &[String]) -> String {
        let mut words = quote(file);
        for argument in arguments {
            words.push(' ');
            words.push_str(&quote(argument));
        }
        match self {
            Self::Python => format!("exec python3 -u {words}"),
            Self::Javascript => format!("exec node {words}"),
            Self::Typescript => format!("set -- {words}\n{TYPESCRIPT}"),
        }
    }
}

/// Nothing is fetched from the network for it.
const TYPESCRIPT: &str = "\
if command -v ts-node >/dev/null 2>&1; then exec ts-node -T \"$@\"; fi
if command -v tsx >/dev/null 2>&1; then exec tsx \"$@\"; fi
if node --experimental-strip-types -e 0 >/dev/null 2>&1 </dev/null; then
exec node --experimental-strip-types --no-warnings \"$@\"; fi
if command -v bun >/dev/null 2>&1; then exec bun run \"$@\"; fi
if command -v deno >/dev/null 2>&1; then exec deno run --allow-all --no-check \"$@\"; fi
if command -v node >/dev/null 2>&1; then for end in mjs cjs; do
if [ -f \"${1%.*}.$end\" ]; then program=\"${1%.*}.$end\"; shift; exec node \"$program\" \"$@\"; fi; done; fi
echo 'this sandbox cannot run TypeScript: it has neither node nor ts-node, tsx, bun or deno; \
a sandbox of the snapshot `node` has one: create it with `--snapshot node`' >&2
exit 127";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_tell_their_language_and_keep_their_end() {
        let of = |name: &str| Language::of(Path::new(name));
        assert_eq!(of("a/b.mjs"), Some(Language::Javascript));
        assert_eq!(of("b.ts"), Some(Language::Typescript));
        assert_eq!((of("b.txt"), of("-")), (None, None));
        let end = |language: Language, name: &str| language.end(Some(Path::new(name)));
        assert_eq!(end(Language::Javascript, "b.mjs"), "mjs");
        assert_eq!(end(Language::Typescript, "b.mjs"), "ts");
        assert_eq!(Language::Python.end(None), "py");
    }

    #[test]
    fn arguments_are_passed_as_they_are() {
        let text = Language::Python.text("/w/a.py", &["it's $A".to_owned()]);
        assert_eq!(text, r"exec python3 -u '/w/a.py' 'it'\''s $A'");
    }
}
