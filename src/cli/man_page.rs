//! Man pages, laid out as man-pages(7) asks: generated from the tree of commands, with what all commands share.

use std::fmt::Write as _;

use clap_mangen::Man;

use crate::config::VARIABLES;
use crate::error::{Context as _, EXIT_CODES, Kind, Result};

use super::root;

/// The day that pages bear: that of the last release, or of the last change before the first one.
const DATE: &str = "2026-11-28";

/// The man page of every command that help shows, by its file's name.
pub(super) fn all() -> Result<Vec<(String, Vec<u8>)>> {
    let mut command = root::command();
    command.build();
    let mut pages = Vec::new();
    page(&command, "daytona", None, &mut pages)?;
    Ok(pages)
}

fn page(
    command: &clap::Command,
    name: &str,
    above: Option<&str>,
    pages: &mut Vec<(String, Vec<u8>)>,
) -> Result<()> {
    // What follows the options is laid out here.
    let man = Man::new(command.clone().display_name(name.to_owned()))
        .title(name.to_uppercase())
        .section("1")
        .date(DATE)
        .source(concat!("daytona ", env!("CARGO_PKG_VERSION")))
        .manual("Daytona Manual");
    let mut text = Vec::new();
    let subs: Vec<&clap::Command> = command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set())
        .collect();
    let write = |text: &mut Vec<u8>| {
        man.render_title(text)?;
        man.render_name_section(text)?;
        man.render_synopsis_section(text)?;
        man.render_description_section(text)?;
        man.render_options_section(text)?;
        if !subs.is_empty() {
            man.render_subcommands_section(text)?;
        }
        Ok::<_, std::io::Error>(())
    };
    write(&mut text).context(Kind::Internal, || {
        format!("cannot write the man page of {name}")
    })?;
    let mut rest = String::new();
    if name == "daytona" {
        section(&mut rest, "GLOBAL OPTIONS", &root::options());
    }
    if let Some(examples) = command.get_after_help() {
        section(
            &mut rest,
            "EXAMPLES",
            &root::examples(&examples.to_string()),
        );
    }
    rest.push_str(&exit_status(name));
    rest.push_str(&environment(name));
    let mut also: Vec<String> = above.into_iter().map(str::to_owned).collect();
    if name != "daytona" && above != Some("daytona") {
        also.push("daytona".to_owned());
    }
    also.extend(subs.iter().map(|sub| format!("{name}-{}", sub.get_name())));
    if name != "daytona" {
        also.push("daytona-help".to_owned());
    }
    also.retain(|page| page != name);
    also.sort();
    also.dedup();
    let _ = writeln!(rest, ".SH SEE ALSO");
    let also: Vec<String> = also
        .iter()
        .map(|page| format!(".BR {} (1)", escaped(page)))
        .collect();
    let _ = writeln!(rest, "{}", also.join(",\n"));
    text.extend(rest.as_bytes());
    pages.push((format!("{name}.1"), text));
    for sub in subs {
        page(
            sub,
            &format!("{name}-{}", sub.get_name()),
            Some(name),
            pages,
        )?;
    }
    Ok(())
}

/// A section of text as it is.
fn section(page: &mut String, title: &str, text: &str) {
    let _ = writeln!(page, ".SH {title}\n.nf");
    for line in text.trim_matches('\n').lines() {
        let _ = writeln!(page, "{}", escaped(line));
    }
    page.push_str(".fi\n");
}

/// What the exit codes mean; commands that run others exit with theirs.
fn exit_status(name: &str) -> String {
    let mut text = String::from(".SH EXIT STATUS\n");
    if ["daytona-exec", "daytona-run", "daytona-code-run"].contains(&name) {
        text.push_str("The exit status of the command that was run, or\n");
        for (code, meaning) in super::help::RAN {
            let _ = writeln!(text, ".TP\n.B {code}\n{}", escaped(meaning));
        }
        return text;
    }
    for (code, meaning, _) in EXIT_CODES {
        let _ = writeln!(text, ".TP\n.B {code}\n{}", escaped(meaning));
    }
    text
}

/// The variables that matter to a command: all of them on the page of the program.
fn environment(name: &str) -> String {
    let mut text = String::from(".SH ENVIRONMENT\n");
    let few = ["DAYTONA_API_KEY", "DAYTONA_API_URL"];
    for (variable, meaning) in VARIABLES {
        let matters = name == "daytona"
            || few.contains(variable)
            || (name == "daytona-mcp-start" && variable.starts_with("DAYTONA_MCP_"))
            || (name == "daytona-mcp-init" && meaning.contains("`mcp init`"))
            || (name == "daytona-serve" && variable.starts_with("DAYTONA_ENGINE_"))
            || (name == "daytona-create" && *variable == "DAYTONA_TARGET");
        if matters {
            let _ = writeln!(text, ".TP\n.B {variable}\n{}", escaped(meaning));
        }
    }
    if name != "daytona" {
        text.push_str(".PP\nAll variables are in\n.BR daytona (1).\n");
    }
    text
}

/// Text that roff takes as it is.
fn escaped(line: &str) -> String {
    let text = line.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) {
        return format!("\\&{text}");
    }
    text
}
