//! A next step: words for everybody, and what is to be run as data, which the terminal shows as a command and MCP
//! as a tool.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::ops::Deref;

/// What a command line begins with.
const PROGRAM: &str = "daytona";

/// One next step. As text it is what a terminal shows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hint {
    /// What stands between two semicolons each: a part of its own, which can be left out.
    clauses: Vec<Vec<Part>>,
    text: String,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Part {
    Words(Cow<'static, str>),
    Step(Step),
}

/// What is to be run.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
    /// A command, such as `start`: a tool may do the same.
    Command(Command),
    /// A tool, where what goes on is known only to tools.
    Tool(NextTool),
}

/// A command of this program.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Command {
    verb: &'static str,
    target: Option<Target>,
    /// What else the terminal needs; a tool does not.
    flags: Cow<'static, str>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Target {
    Named(String),
    /// A word that stands for a name: `SANDBOX`.
    Example(&'static str),
}

/// A call of a tool.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NextTool {
    name: &'static str,
    again: bool,
    /// Arguments; those without a value are only named.
    with: Vec<(&'static str, Cow<'static, str>)>,
}

impl Command {
    /// The command of those words: `snapshot info`.
    pub fn new(verb: &'static str) -> Self {
        Self {
            verb,
            target: None,
            flags: Cow::Borrowed(""),
        }
    }

    /// The same command about that.
    #[must_use]
    pub fn on(mut self, name: impl Into<String>) -> Self {
        self.target = Some(Target::Named(name.into()));
        self
    }

    /// The same command with a word in the place of a name.
    #[must_use]
    pub fn example(mut self, word: &'static str) -> Self {
        self.target = Some(Target::Example(word));
        self
    }

    /// The same command with these flags.
    #[must_use]
    pub fn flags(mut self, flags: impl Into<Cow<'static, str>>) -> Self {
        self.flags = flags.into();
        self
    }

    /// The hint to run it for that.
    pub fn to(self, purpose: &'static str) -> Hint {
        Hint::new(purpose).words(": ").step(self)
    }

    /// Its words, without the program's name.
    pub fn verb(&self) -> &'static str {
        self.verb
    }

    /// The name of what it is about, where it has one.
    pub fn name(&self) -> Option<&str> {
        match &self.target {
            Some(Target::Named(name)) => Some(name),
            _ => None,
        }
    }
}

impl NextTool {
    /// The tool of that name.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            again: false,
            with: Vec::new(),
        }
    }

    /// The same tool, which is called already.
    #[must_use]
    pub fn again(mut self) -> Self {
        self.again = true;
        self
    }

    /// The same call with that argument.
    #[must_use]
    pub fn with(mut self, argument: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.with.push((argument, value.into()));
        self
    }

    /// The hint to call it for that.
    pub fn to(self, purpose: &'static str) -> Hint {
        Hint::new(purpose).words(": call ").step(self)
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl Hint {
    /// A sentence. Whatever is in it, it is words and nothing to run.
    pub fn new(words: impl Into<Cow<'static, str>>) -> Self {
        let words = words.into();
        Self {
            text: words.clone().into_owned(),
            clauses: vec![vec![Part::Words(words)]],
        }
    }

    /// The same hint with more words.
    #[must_use]
    pub fn words(self, words: impl Into<Cow<'static, str>>) -> Self {
        self.and(Part::Words(words.into()))
    }

    /// The same hint with something to run.
    #[must_use]
    pub fn step(self, step: impl Into<Step>) -> Self {
        self.and(Part::Step(step.into()))
    }

    /// The same hint, and another that stands without it too.
    #[must_use]
    pub fn or(mut self, other: impl Into<Self>) -> Self {
        let other = other.into();
        let _ = write!(self.text, "; {}", other.text);
        self.clauses.extend(other.clauses);
        self
    }

    fn and(mut self, part: Part) -> Self {
        let _ = write!(self.text, "{part}");
        match self.clauses.last_mut() {
            Some(clause) => clause.push(part),
            None => self.clauses.push(vec![part]),
        }
        self
    }

    /// The text with each step as `shown` has it. A clause goes with a step that is not to be shown; none is
    /// returned where nothing is left.
    pub fn shown(&self, shown: impl Fn(&Step) -> Option<String>) -> Option<String> {
        let clause = |parts: &Vec<Part>| {
            parts
                .iter()
                .map(|part| match part {
                    Part::Words(words) => Some(words.clone().into_owned()),
                    Part::Step(step) => shown(step),
                })
                .collect::<Option<String>>()
        };
        let kept: Vec<String> = self.clauses.iter().filter_map(clause).collect();
        (!kept.is_empty()).then(|| kept.join("; "))
    }

    /// The same hint, where each clause is what `reworded` makes of its text, or stays where that changes nothing.
    #[must_use]
    pub fn reworded(&self, reworded: impl Fn(&str) -> String) -> Self {
        let clauses = self.clauses.iter().map(|parts| {
            let text: String = parts.iter().map(ToString::to_string).collect();
            let other = reworded(&text);
            if other == text {
                parts.clone()
            } else {
                vec![Part::Words(other.into())]
            }
        });
        Self {
            clauses: clauses.collect(),
            text: reworded(&self.text),
        }
    }
}

impl Deref for Hint {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Step(step) => step.fmt(f),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command(command) => command.fmt(f),
            Self::Tool(tool) => tool.fmt(f),
        }
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{PROGRAM} {}", self.verb)?;
        match &self.target {
            Some(Target::Named(name)) => write!(f, " {name}")?,
            Some(Target::Example(word)) => write!(f, " {word}")?,
            None => {}
        }
        if !self.flags.is_empty() {
            write!(f, " {}", self.flags)?;
        }
        f.write_char('`')
    }
}

impl fmt::Display for NextTool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)?;
        if self.again {
            f.write_str(" again")?;
        }
        for (at, (argument, value)) in self.with.iter().enumerate() {
            f.write_str(if at == 0 { " with " } else { " and " })?;
            f.write_str(argument)?;
            if !value.is_empty() {
                write!(f, ": {value}")?;
            }
        }
        Ok(())
    }
}

impl From<Command> for Step {
    fn from(command: Command) -> Self {
        Self::Command(command)
    }
}

impl From<NextTool> for Step {
    fn from(tool: NextTool) -> Self {
        Self::Tool(tool)
    }
}

impl From<&'static str> for Hint {
    fn from(words: &'static str) -> Self {
        Self::new(words)
    }
}

impl From<String> for Hint {
    fn from(words: String) -> Self {
        Self::new(words)
    }
}

impl From<Cow<'static, str>> for Hint {
    fn from(words: Cow<'static, str>) -> Self {
        Self::new(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_shows_commands() {
        let wait = Command::new("wait").on("web").flags("--for started");
        assert_eq!(
            &*wait.to("go on"),
            "go on: `daytona wait web --for started`"
        );
        let upload = NextTool::new("file_upload")
            .again()
            .with("overwrite", "true");
        assert_eq!(
            &*upload.to("replace it"),
            "replace it: call file_upload again with overwrite: true"
        );
    }

    #[test]
    fn what_users_wrote_is_never_something_to_run() {
        let name = "a; b `daytona list`";
        let hint = Command::new("start")
            .on(name)
            .to("start it")
            .or(name.to_owned());
        let all = hint.shown(|step| match step {
            Step::Command(command) => Some(format!("{} {:?}", command.verb(), command.name())),
            Step::Tool(_) => None,
        });
        assert_eq!(
            all.unwrap(),
            format!("start it: start {:?}; {name}", Some(name))
        );
    }
}
