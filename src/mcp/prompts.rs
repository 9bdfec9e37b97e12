//! Prompts: what people ask of an agent with sandboxes, put so that it goes well.

use std::fmt::Write as _;

use rmcp::model::{GetPromptResult, JsonObject, Prompt, PromptArgument, PromptMessage, Role};
use serde_json::Value;

use crate::error::{Error, Kind, Result};

/// One prompt.
struct Template {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    /// Name, description, whether it must be given.
    arguments: &'static [(&'static str, &'static str, bool)],
    /// The tools that it needs: without them it is not offered.
    needs: &'static [&'static str],
    text: fn(&JsonObject) -> String,
}

/// The argument that is a sandbox.
pub(super) const SANDBOX: &str = "sandbox";

const ALL: [Template; 3] = [
    Template {
        name: "clean_up",
        title: "Clean up sandboxes",
        description: "Finds sandboxes that are no longer needed, and deletes those that you agree to",
        arguments: &[
            (
                "idleDays",
                "Days without activity from which on one counts as unused [default: 1]",
                false,
            ),
            ("label", "Only those with this label, KEY=VALUE", false),
        ],
        needs: &["list_sandboxes", "destroy_sandbox"],
        text: clean_up,
    },
    Template {
        name: "new_environment",
        title: "New environment from a repository",
        description: "Makes a sandbox, clones a repository into it, and gets it to build and pass its tests",
        arguments: &[
            ("repository", "The address of the repository", true),
            (
                "branch",
                "The branch [default: the repository's own]",
                false,
            ),
            ("name", "The name of the sandbox", false),
        ],
        needs: &["create_sandbox", "git_clone", "execute_command"],
        text: new_environment,
    },
    Template {
        name: "diagnose_sandbox",
        title: "Diagnose a sandbox",
        description: "Finds out why a sandbox does not work, without changing it",
        arguments: &[
            (SANDBOX, "Id or name of the sandbox", true),
            ("problem", "What is wrong, as far as it is known", false),
        ],
        needs: &["get_sandbox", "execute_command"],
        text: diagnose,
    },
];

fn offered(has: impl Fn(&str) -> bool) -> impl Iterator<Item = &'static Template> {
    ALL.iter()
        .filter(move |template| template.needs.iter().all(|tool| has(tool)))
}

/// Those whose tools are there.
pub(super) fn list(has: impl Fn(&str) -> bool) -> Vec<Prompt> {
    offered(has)
        .map(|template| {
            let arguments = template
                .arguments
                .iter()
                .map(|(name, description, required)| {
                    PromptArgument::new(*name)
                        .with_description(*description)
                        .with_required(*required)
                });
            Prompt::new(
                template.name,
                Some(template.description),
                Some(arguments.collect()),
            )
            .with_title(template.title)
        })
        .collect()
}

/// The text of one.
pub(super) fn get(
    name: &str,
    arguments: &JsonObject,
    has: impl Fn(&str) -> bool,
) -> Result<GetPromptResult> {
    let all: Vec<&Template> = offered(has).collect();
    let Some(template) = all.iter().find(|template| template.name == name) else {
        let known: Vec<&str> = all.iter().map(|template| template.name).collect();
        return Err(Error::new(
            Kind::NotFound,
            format!("there is no prompt {name}; there are: {}", known.join(", ")),
        ));
    };
    for (argument, _, required) in template.arguments {
        if *required && text(arguments, argument).is_none() {
            return Err(Error::usage(format!(
                "the prompt {name} needs the argument {argument}"
            )));
        }
    }
    if let Some(unknown) = arguments.keys().find(|key| {
        !template
            .arguments
            .iter()
            .any(|(argument, _, _)| argument == key)
    }) {
        return Err(Error::usage(format!(
            "the prompt {name} has no argument {unknown}"
        )));
    }
    let message = PromptMessage::new_text(Role::User, (template.text)(arguments));
    Ok(GetPromptResult::new(vec![message]).with_description(template.description))
}

fn text<'a>(arguments: &'a JsonObject, name: &str) -> Option<&'a str> {
    arguments
        .get(name)
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

fn clean_up(arguments: &JsonObject) -> String {
    let days = text(arguments, "idleDays").unwrap_or("1");
    let label =
        text(arguments, "label").map_or(String::new(), |label| format!(" with the label {label}"));
    format!(
        "Clean up my sandboxes{label}.\n\
         1. List all of them with list_sandboxes, following nextCursor to the last page.\n\
         2. Pick those whose lastActivityAt is more than {days} day(s) ago, and those in state error. Leave out what is \
         started and in use, and what has a label that says that it is to be kept.\n\
         3. Show me a table: name, state, last activity, labels, and why you would delete it or not. Wait for my answer.\n\
         4. Delete only what I agree to, one by one with destroy_sandbox. If a call asks for a confirmation, show me \
         what it says would be lost; never confirm by yourself.\n\
         5. Say what was deleted and what is left."
    )
}

fn new_environment(arguments: &JsonObject) -> String {
    let repository = text(arguments, "repository").unwrap_or_default();
    let branch =
        text(arguments, "branch").map_or(String::new(), |branch| format!(", branch {branch}"));
    let mut request =
        format!("Make a working environment for {repository}{branch} in a sandbox.\n");
    let name = text(arguments, "name").map_or(String::new(), |name| format!(" named {name}"));
    let _ = write!(
        request,
        "1. Make a sandbox{name} with create_sandbox, and keep using its id.\n\
         2. Clone the repository with git_clone.\n\
         3. Read its README and its build files to find out how it is built and tested. Do that inside the sandbox only.\n\
         4. Install what it needs and build it with execute_command; use background for servers, and get_job for what takes long.\n\
         5. Run its tests. If something fails, find out why and mend the environment, not the code.\n\
         6. Tell me the sandbox's name, how to run the project there, what passed, and what did not."
    );
    request
}

fn diagnose(arguments: &JsonObject) -> String {
    let sandbox = text(arguments, SANDBOX).unwrap_or_default();
    let problem = text(arguments, "problem")
        .map_or(String::new(), |problem| format!(" What I see: {problem}"));
    format!(
        "Find out what is wrong with the sandbox {sandbox}.{problem}\n\
         1. get_sandbox: its state, errorReason, sizes, network settings and intervals.\n\
         2. If it runs, look inside with execute_command: `df -h /`, `free -m`, `ps aux | head -30`, the ports that are \
         listened on, and the logs of what should run there.\n\
         3. Change nothing, restart nothing and delete nothing.\n\
         4. Tell me the cause as far as the evidence goes, and what you propose."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prompt_is_offered_where_its_tools_are() {
        let names = |has: fn(&str) -> bool| -> Vec<String> {
            list(has).into_iter().map(|prompt| prompt.name).collect()
        };
        assert_eq!(
            names(|_| true),
            ["clean_up", "new_environment", "diagnose_sandbox"]
        );
        assert_eq!(
            names(|tool| tool != "destroy_sandbox" && tool != "git_clone"),
            ["diagnose_sandbox"]
        );
    }

    #[test]
    fn what_must_be_given_must_be_given() {
        let arguments = |text: &str| serde_json::from_str::<JsonObject>(text).unwrap();
        assert!(get("new_environment", &arguments("{}"), |_| true).is_err());
        assert!(
            get(
                "new_environment",
                &arguments(r#"{"repository":"u","x":"y"}"#),
                |_| true
            )
            .is_err()
        );
        let result = get(
            "new_environment",
            &arguments(r#"{"repository":"https://x.test/r"}"#),
            |_| true,
        );
        assert!(
            serde_json::to_string(&result.unwrap())
                .unwrap()
                .contains("https://x.test/r")
        );
    }
}
