//! Who listens on which port of a sandbox: read from its /proc, which every sandbox has.

use std::collections::BTreeMap;

use crate::api::types::ExecuteRequest;
use crate::error::Result;
use crate::ops::inside::Inside;

/// What is asked, its parts apart by a line `==`.
const QUESTION: &str = r#"cat /proc/net/tcp /proc/net/tcp6 2>/dev/null
echo ==
ls -l /proc/[0-9]*/fd 2>/dev/null | grep -E '^/proc|socket:'
echo ==
for p in /proc/[0-9]*; do printf '%s ' "$p"; tr '\0\n' '  ' <"$p/cmdline" 2>/dev/null | head -c 100; echo; done
"#;
/// `TCP_LISTEN`, as /proc has it.
const LISTEN: &str = "0A";

/// Each port that is listened on, with the command line of who does; empty where that is not known.
pub(super) async fn listeners(inside: &Inside) -> Result<BTreeMap<u16, String>> {
    let request = ExecuteRequest {
        command: QUESTION.to_owned(),
        timeout: Some(10),
        ..ExecuteRequest::default()
    };
    Ok(parse(&inside.run(&request).await?.result))
}

fn parse(answer: &str) -> BTreeMap<u16, String> {
    let mut parts = answer.split("==\n");
    let mut part = || parts.next().unwrap_or_default();
    let sockets: BTreeMap<&str, u16> = part().lines().filter_map(socket).collect();
    let mut holders: BTreeMap<u16, &str> = BTreeMap::new();
    let mut process = "";
    for line in part().lines() {
        if let Some(folder) = line.strip_suffix("/fd:") {
            process = folder;
        } else if let Some((_, rest)) = line.split_once("socket:[")
            && let Some(port) = sockets.get(rest.trim_end_matches(']'))
        {
            holders.entry(*port).or_insert(process);
        }
    }
    let commands = part().lines().filter_map(|line| line.split_once(' '));
    let commands: BTreeMap<&str, &str> = commands.collect();
    let command_of = |port: &u16| commands.get(holders.get(port)?).copied();
    sockets
        .into_values()
        .map(|port| {
            (
                port,
                command_of(&port).unwrap_or_default().trim().to_owned(),
            )
        })
        .collect()
}

/// The number and the port of a socket that listens.
fn socket(line: &str) -> Option<(&str, u16)> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let (local, state) = (fields.get(1)?, fields.get(3)?);
    let port = u16::from_str_radix(local.rsplit_once(':')?.1, 16).ok()?;
    (*state == LISTEN).then_some((*fields.get(9)?, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_has_the_name_of_who_listens() {
        let answer = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
             0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 555 1 0\n\
             1: 0100007F:0BB8 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 556 1 0\n\
             2: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 557 1 0\n\
             ==\n/proc/1/fd:\nlr-x------ 1 a a 64 Nov 21 09:00 3 -> socket:[9]\n/proc/7/fd:\nlrwx------ 1 a a 64 Nov 21 09:00 4 -> socket:[555]\n\
             ==\n/proc/1 init\n/proc/7 python3 -m http.server 8080 \n";
        let found = parse(answer);
        let found: Vec<_> = found
            .iter()
            .map(|(port, name)| (*port, name.as_str()))
            .collect();
        assert_eq!(found, [(22, ""), (8080, "python3 -m http.server 8080")]);
        assert!(parse("").is_empty());
    }
}
