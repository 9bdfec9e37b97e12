//! Ports inside the sandbox: which are listened on, and a way to each (toolbox API, ports).

mod proxy;

use std::collections::BTreeSet;
use std::fs;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Path;
use axum::routing::{any, get};
use axum::{Json, Router};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::api::types::{PortInUse, PortList};

use super::failure::{Answer, Failure};
use super::http::Toolbox;

/// The ports that may be asked for.
const ASKED: std::ops::RangeInclusive<u16> = 3000..=9999;
/// How long a connection to a port of this sandbox may take.
const PROBE: Duration = Duration::from_millis(50);
/// `TCP_LISTEN`, as /proc has it.
const LISTEN: &str = "0A";

pub(super) fn routes() -> Router<Arc<Toolbox>> {
    Router::new()
        .route("/port", get(list))
        .route("/port/{port}/in-use", get(in_use))
        .route("/proxy/{port}", any(proxy::forward))
        .route("/proxy/{port}/", any(proxy::forward))
        .route("/proxy/{port}/{*path}", any(proxy::forward))
}

async fn list() -> Json<PortList> {
    Json(PortList {
        ports: listening().into_iter().collect(),
    })
}

async fn in_use(Path(port): Path<String>) -> Answer<Json<PortInUse>> {
    let port = port
        .parse()
        .ok()
        .filter(|port| ASKED.contains(port))
        .ok_or_else(|| {
            Failure::bad_request("invalid port: it must be a number from 3000 to 9999")
        })?;
    let is_in_use = listening().contains(&port) || {
        let probe = TcpStream::connect((Ipv4Addr::LOCALHOST, port));
        matches!(timeout(PROBE, probe).await, Ok(Ok(_)))
    };
    Ok(Json(PortInUse { is_in_use }))
}

fn listening() -> BTreeSet<u16> {
    ["/proc/self/net/tcp", "/proc/self/net/tcp6"]
        .iter()
        .flat_map(|table| ports(&fs::read_to_string(table).unwrap_or_default()))
        .collect()
}

fn ports(table: &str) -> Vec<u16> {
    let port = |line: &str| {
        let mut fields = line.split_whitespace().skip(1);
        let (local, _, state) = (fields.next()?, fields.next()?, fields.next()?);
        let (_, port) = local.rsplit_once(':')?;
        (state == LISTEN).then(|| u16::from_str_radix(port, 16).ok())?
    };
    table.lines().skip(1).filter_map(port).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_listens_counts() {
        let table = "  sl  local_address rem_address   st tx_queue\n\
             0: 00000000:1F90 00000000:0000 0A 00000000:00000000\n\
             1: 0100007F:0BB8 0100007F:D431 01 00000000:00000000\n\
             2: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 0\n";
        assert_eq!(ports(table), [8080, 22]);
    }
}
