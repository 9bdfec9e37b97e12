//! The links of a sandbox: found and made by its own shell, because the toolbox follows every one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::api::types::ExecuteRequest;
use crate::error::Result;
use crate::ops::exec::quote;

use super::Toolbox;

/// Links below a folder, by their path there, with where they lead. None where no shell can tell.
pub(super) type Links = BTreeMap<String, String>;

/// How long a script may be that makes links.
const LONGEST_SCRIPT: usize = 48 << 10;
/// How long the shell may take.
const SECONDS: u64 = 60;

/// The links below a folder. In hexadecimal, because names are any bytes.
pub(super) async fn find(toolbox: &Toolbox<'_>, folder: &str) -> Result<Option<Links>> {
    let script = format!(
        "cd -- {} 2>/dev/null && find . -type l -exec sh -c 'for f do printf \"%s\\0\" \"$f\"; readlink \"$f\"; printf \"\\0\"; done' sh {{}} + 2>/dev/null | od -An -v -tx1 | tr -d ' \\n'",
        quote(folder)
    );
    Ok(run(toolbox, script).await?.and_then(|text| parse(&text)))
}

/// What a shell wrote; none where there is none, or it failed.
async fn run(toolbox: &Toolbox<'_>, command: String) -> Result<Option<String>> {
    let request = ExecuteRequest {
        command,
        timeout: Some(SECONDS),
        ..ExecuteRequest::default()
    };
    match toolbox.client.execute(&toolbox.url, &request).await {
        Ok(response) if response.exit_code == 0 => Ok(Some(response.result)),
        Ok(_) => Ok(None),
        Err(error) if super::is_of_one(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

fn parse(hex: &str) -> Option<Links> {
    let digits = hex.trim().as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = digits.chunks(2).map(byte).collect();
    let bytes = bytes?;
    let mut parts = bytes.split(|byte| *byte == 0);
    let mut links = Links::new();
    while let (Some(path), Some(target)) = (parts.next(), parts.next()) {
        let path = path.strip_prefix(b"./").unwrap_or(path);
        // The line's end is readlink's.
        let target = target.strip_suffix(b"\n").unwrap_or(target);
        if let (Ok(path), Ok(target)) = (std::str::from_utf8(path), std::str::from_utf8(target)) {
            links.insert(path.to_owned(), target.to_owned());
        }
    }
    Some(links)
}

/// Makes links, each given by its path and where it leads; those that could not be made. What is there is
/// replaced, but not a folder.
pub(super) async fn make(toolbox: &Toolbox<'_>, links: &[(String, String)]) -> Result<Vec<usize>> {
    const MAKE: &str = "l() { if [ -d \"$2\" ] && [ ! -h \"$2\" ]; then echo \"$3\"; else rm -f -- \"$2\" && ln -s -- \"$1\" \"$2\" || echo \"$3\"; fi 2>/dev/null; }\n";
    let mut failed = Vec::new();
    let mut at = 0;
    while at < links.len() {
        let (mut script, from) = (MAKE.to_owned(), at);
        while at < links.len() && (script.len() < LONGEST_SCRIPT || at == from) {
            let (path, target) = &links[at];
            let _ = writeln!(script, "l {} {} {at}", quote(target), quote(path));
            at += 1;
        }
        match run(toolbox, script + "true").await? {
            Some(said) => failed.extend(said.lines().filter_map(|line| line.parse::<usize>().ok())),
            None => failed.extend(from..at),
        }
    }
    failed.retain(|at| *at < links.len());
    Ok(failed)
}

/// Takes links away, so that nothing is written through them.
pub(super) async fn remove(toolbox: &Toolbox<'_>, paths: &[String]) -> Result<()> {
    for some in paths.chunks(200) {
        let quoted: Vec<String> = some.iter().map(|path| quote(path)).collect();
        let script = format!(
            "for f in {}; do [ -h \"$f\" ] && rm -f -- \"$f\"; done; true",
            quoted.join(" ")
        );
        run(toolbox, script).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn links_are_read_whatever_their_names_are() {
        let hex = |text: &str| {
            text.bytes()
                .map(|byte| format!("{byte:02x}"))
                .collect::<Vec<_>>()
                .concat()
        };
        let links = parse(&hex("./a\0.\n\0./b c/d\ne\0/etc/ä\n\n\0")).unwrap();
        assert_eq!(links["a"], ".");
        assert_eq!(links["b c/d\ne"], "/etc/ä\n");
        assert!(parse("").unwrap().is_empty());
        assert!(parse("not hex").is_none());
    }
}
