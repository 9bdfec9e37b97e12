//! `run_code`: a program in a sandbox, as a job; what it draws comes back as pictures.

use std::path::Path;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, Result};
use crate::ops::code::Language;
use crate::ops::exec::quote;
use crate::ops::key_values::{self, Pair};
use crate::ops::{Attachment, Ctx, Effect, Group, On, Operation, Role, Tool};

use super::begin::Work;
use super::context;
use super::missing;
use super::place::JobPlace;
use super::report::{Manner, Ran, run, timeout};

const TIMEOUT: Duration = Duration::from_mins(10);
/// What is put before a program that may draw.
const PICTURES: &str = include_str!("pictures.py");
/// What such a program names.
const DRAWING: [&str; 4] = ["matplotlib", "pylab", "seaborn", "pandas"];
/// How many pictures a result holds, and how long each may be in bytes before it is made to fit.
const MOST_PICTURES: usize = 8;
const LARGEST: u64 = 32 << 20;

/// Run a program in a sandbox
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunCode {
    /// The program's text
    #[schemars(description = "")]
    pub code: String,

    /// What it is written in
    #[serde(default)]
    #[schemars(with = "Language", description = "Language")]
    pub language: Language,

    /// Sandbox; default: own
    #[serde(default)]
    pub id: String,

    /// Python: a name under which variables last from call to call
    #[serde(default)]
    #[schemars(with = "String")]
    pub context: Option<String>,

    /// Variables
    #[serde(default, deserialize_with = "key_values::from_map")]
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    pub env: Vec<Pair>,

    /// Seconds; 0 is none; default 600
    #[serde(default)]
    #[schemars(with = "u32")]
    pub timeout: Option<u64>,

    /// A retry with it runs once
    #[serde(default)]
    #[schemars(with = "String")]
    pub idempotency_key: Option<String>,
}

/// A program that has ended or still runs, and what it drew
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct CodeRan {
    /// The program
    #[serde(flatten)]
    pub ran: Ran,
    /// How many pictures it drew; up to eight come with the result
    #[schemars(skip)]
    pub pictures: usize,
    /// The pictures
    #[serde(skip)]
    #[schemars(skip)]
    attached: Vec<Attachment>,
}

impl RunCode {
    /// Shell text that runs it beside the files of the folder where it begins, so that modules there are
    /// found; and the further files that this needs.
    fn work(&self, place: &JobPlace) -> Result<Work> {
        let (end, file) = (self.language.end(None), self.language.file());
        let kept = place.file(file);
        let mut files = vec![(file, self.code.clone())];
        let mut env = self.env.clone();
        let text = if let Some(name) = &self.context {
            if self.language != Language::Python {
                return Err(Error::usage("context: only Python programs can have one"));
            }
            let name = quote(context::checked_context(name)?);
            files.push(("context.py", context::PROGRAM.to_owned()));
            let keeper = quote(&place.file("context.py"));
            format!("exec python3 -u {keeper} {name} {}", quote(&kept))
        } else {
            let stem = format!("./.daytona-{}", place.id);
            let beside = format!("{stem}.{end}");
            let (there, here) = (
                self.language.text(&kept, &[]),
                self.language.text(&beside, &[]),
            );
            let (kept, beside) = (quote(&kept), quote(&beside));
            let mut copy = format!("cp -- {kept} {beside}");
            let mut gone = beside.replace('\'', "");
            if let Some((end, text)) = self.language.beside(&self.code) {
                let name = if end == "mjs" {
                    "program.mjs"
                } else {
                    "program.cjs"
                };
                let script = place.file(name);
                copy = format!("{copy} && cp -- {} '{stem}.{end}'", quote(&script));
                gone = format!("{gone} {stem}.{end}");
                files.push((name, text));
            }
            format!(
                "if {{ {copy}; }} 2>/dev/null; then\n\
                 trap 'rm -f -- {gone}' EXIT; trap 'exit 143' TERM\n({here})\nelse\n({there})\nfi"
            )
        };
        if self.draws() {
            files.push(("lib/sitecustomize.py", PICTURES.to_owned()));
            let mut path = place.file("lib");
            if let Some((_, own)) = env.iter().find(|(key, _)| key == "PYTHONPATH") {
                path = format!("{path}:{own}");
            }
            env.push(("PYTHONPATH".to_owned(), path));
            env.push(("DAYTONA_PICTURES".to_owned(), place.file("pictures")));
        }
        Ok(Work {
            text,
            cwd: None,
            env,
            files,
            keyed: self.idempotency_key.is_some(),
        })
    }

    /// A context may have drawn with what an earlier program imported.
    fn draws(&self) -> bool {
        self.language == Language::Python
            && (self.context.is_some() || DRAWING.iter().any(|name| self.code.contains(name)))
    }
}

/// The pictures of a job, the first ones where there are many.
async fn pictures(place: &JobPlace) -> Result<(usize, Vec<Attachment>)> {
    let folder = place.file("pictures");
    let files = match place.client.list_files(&place.toolbox, &folder).await {
        Ok(files) => files,
        Err(error) if error.kind() == Kind::NotFound => return Ok((0, Vec::new())),
        Err(error) => return Err(error),
    };
    let mut found: Vec<_> = files
        .into_iter()
        .filter(|file| {
            Path::new(&file.name)
                .extension()
                .is_some_and(|end| end == "png")
        })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    let count = found.len();
    let mut attached = Vec::new();
    for file in found
        .iter()
        .filter(|file| file.size <= LARGEST)
        .take(MOST_PICTURES)
    {
        let path = format!("{folder}/{}", file.name);
        let part = place
            .client
            .download_part(&place.toolbox, &path, 0, LARGEST);
        attached.push(Attachment {
            media_type: "image/png".to_owned(),
            bytes: part.await?.bytes,
        });
    }
    Ok((count, attached))
}

impl Operation for RunCode {
    type Output = CodeRan;

    const TOOL: Option<Tool> = Some(Tool {
        name: "run_code",
        title: "Run code",
        description: "Runs a program in a sandbox, as execute_command does. matplotlib figures come back as images.",
        group: Group::Exec,
        default: true,
        effect: Effect::Acts,
        on: On::Sandbox,
        open_world: true,
    });

    const ROLES: &'static [Role] = &[Role::ReadsFiles];

    async fn run(self, ctx: &Ctx) -> Result<CodeRan> {
        if self.code.trim().is_empty() {
            return Err(Error::usage("the program is empty"));
        }
        let manner = Manner {
            background: false,
            timeout: timeout(self.timeout, Some(TIMEOUT))?,
        };
        let place = JobPlace::fresh(ctx, &self.id, self.idempotency_key.as_deref()).await?;
        let work = self.work(&place)?;
        let draws = self.draws();
        let mut found = (0, Vec::new());
        let mut ran = run(ctx, place, &work, manner, async |place: &JobPlace| {
            if draws {
                found = pictures(place).await?;
            }
            Ok(())
        })
        .await?;
        if ran.exit_code.is_some_and(|code| code != 0) && ran.next.is_none() {
            ran.next = missing::hint(self.language, &ran.stderr);
        }
        Ok(CodeRan {
            ran,
            pictures: found.0,
            attached: found.1,
        })
    }

    fn attached(output: &mut CodeRan) -> Vec<Attachment> {
        std::mem::take(&mut output.attached)
    }
}
