//! `template save`: keeps how sandboxes are to be made, of a sandbox or of flags or of both.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ops::sandbox::create::{Create, planned};
use crate::ops::{Ctx, Operation, TerminalCommand};
use crate::output::{Human, View};

use super::Template;

const EXAMPLES: &str = "\
Examples:
  daytona template save web --sandbox demo --with-env
  daytona template save small --snapshot base --cpu 1 --memory 1 --auto-stop 10
  daytona template save web --sandbox demo --secret DB_PASSWORD=db --replace

Environment variables are kept with --with-env only, as they are. Secrets are kept by their names;
a sandbox does not tell which it has: name them.";

/// Keep how sandboxes are to be made
#[derive(Clone, Debug, Default, clap::Args, Deserialize, JsonSchema)]
#[command(after_help = EXAMPLES)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Save {
    /// Name of the template
    #[arg(id = "template_name", value_name = "NAME")]
    pub template_name: String,

    /// Copy this sandbox's settings; flags override
    #[arg(long, value_name = "SANDBOX", conflicts_with_all = ["like", "template"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub sandbox: Option<String>,

    /// Save environment variables too, in plain text
    #[arg(long)]
    #[serde(default)]
    pub with_env: bool,

    /// Replace an existing template
    #[arg(long)]
    #[serde(default)]
    pub replace: bool,

    /// What sandboxes are to be made with
    #[command(flatten)]
    #[serde(default)]
    pub create: Create,
}

/// A template that was saved
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Saved {
    /// The template
    #[serde(flatten)]
    pub template: Template,
    /// What was left out: for people
    #[serde(skip)]
    #[schemars(skip)]
    pub left_out: Option<String>,
}

impl Human for Saved {
    fn view(&self) -> View {
        let name = &self.template.name;
        let left_out = self.left_out.as_deref().unwrap_or_default();
        View::Done(format!(
            "saved the template `{name}`{left_out}\nuse it: `daytona create --template {name}`"
        ))
    }

    fn ids(&self) -> Vec<String> {
        vec![self.template.name.clone()]
    }
}

impl Operation for Save {
    type Output = Saved;

    async fn run(self, ctx: &Ctx) -> Result<Saved> {
        let mut create = self.create;
        if create.name.is_some() {
            return Err(Error::usage(
                "--name is a sandbox's own: a template cannot have one",
            ));
        }
        if !create.env.is_empty() && !self.with_env {
            return Err(
                Error::usage("--env would be written to the template's file as it is")
                    .hint("keep it there: `--with-env`; else name it when a sandbox is made"),
            );
        }
        create.like = self.sandbox.or(create.like);
        let from = create.like.clone();
        let mut body = planned(ctx, create).await?;
        let env = body.env.take().filter(|env| !env.is_empty());
        let left_out = env.as_ref().filter(|_| !self.with_env).map(|env| {
            format!(
                ", without {} environment variable(s): `--with-env` keeps them",
                env.len()
            )
        });
        body.env = env.filter(|_| self.with_env);
        let template = Template {
            name: self.template_name,
            from,
            saved_at: jiff::Timestamp::now().to_string(),
            create: body,
        };
        ctx.templates().put(&template, self.replace)?;
        Ok(Saved { template, left_out })
    }
}

impl TerminalCommand for Save {
    fn doing(&self) -> String {
        format!("saving the template `{}`", self.template_name)
    }
}
