//! Answers a sandbox's name queries where it may reach some names only: others do not exist for it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use simple_dns::rdata::RData;
use simple_dns::{OPCODE, Packet, PacketFlag, RCODE};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::engine::runtime::contract::Network;

/// How long a name server may take.
const WAIT_FOR_SERVER: Duration = Duration::from_secs(5);
/// How many queries are open at once.
const AT_ONCE: usize = 64;
/// The longest answer by datagram.
const LONGEST_DATAGRAM: usize = 4096;

/// What decides on a query.
pub(super) struct Judge {
    pub(super) network: Network,
    /// Opens the way to addresses before the sandbox hears of them.
    pub(super) open: Box<dyn Fn(Vec<Ipv4Addr>) -> Opened + Send + Sync>,
}

/// The way is open.
pub(super) type Opened = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

/// Serves until it is dropped.
pub(super) async fn serve(datagrams: UdpSocket, streams: TcpListener, judge: Judge) {
    let (datagrams, judge) = (Arc::new(datagrams), Arc::new(judge));
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut work = tokio::task::JoinSet::new();
    let mut query = vec![0; LONGEST_DATAGRAM];
    loop {
        while work.try_join_next().is_some() {}
        let Ok(turn) = Arc::clone(&turns).acquire_owned().await else {
            return;
        };
        tokio::select! {
            received = datagrams.recv_from(&mut query) => {
                let Ok((length, from)) = received else { continue };
                let (query, datagrams, judge) = (query[..length].to_vec(), Arc::clone(&datagrams), Arc::clone(&judge));
                work.spawn(async move {
                    if let Some(answer) = answer(&query, &judge, false).await {
                        let _ = datagrams.send_to(&answer, from).await;
                    }
                    drop(turn);
                });
            }
            accepted = streams.accept() => {
                let Ok((stream, _)) = accepted else { continue };
                let judge = Arc::clone(&judge);
                work.spawn(async move {
                    let _ = timeout(WAIT_FOR_SERVER, converse(stream, &judge)).await;
                    drop(turn);
                });
            }
        }
    }
}

async fn converse(mut stream: TcpStream, judge: &Judge) -> std::io::Result<()> {
    loop {
        let mut query = vec![0; usize::from(stream.read_u16().await?)];
        stream.read_exact(&mut query).await?;
        let Some(answer) = answer(&query, judge, true).await else {
            return Ok(());
        };
        stream
            .write_u16(u16::try_from(answer.len()).unwrap_or(u16::MAX))
            .await?;
        stream.write_all(&answer).await?;
    }
}

/// The answer to a query; none to what is no query.
async fn answer(query: &[u8], judge: &Judge, stream: bool) -> Option<Vec<u8>> {
    let asked = Packet::parse(query).ok()?;
    // What is judged must be all that is asked: one question, and nothing else for the servers to read.
    let [question] = &asked.questions[..] else {
        return refusal(query, RCODE::Refused);
    };
    if asked.has_flags(PacketFlag::RESPONSE)
        || asked.opcode() != OPCODE::StandardQuery
        || !asked.answers.is_empty()
        || !asked.name_servers.is_empty()
    {
        return refusal(query, RCODE::Refused);
    }
    let name = question.qname.to_string();
    let named = judge.network.allows_name(&name);
    // An address that is open may be found by any name.
    if !named && judge.network.allow.is_empty() {
        return refusal(query, RCODE::NameError);
    }
    let Some(found) = forward(query, stream).await else {
        return refusal(query, RCODE::ServerFailure);
    };
    let addresses = addresses(&found);
    if named {
        (judge.open)(addresses).await;
        return Some(found);
    }
    let open = |address: &Ipv4Addr| {
        judge
            .network
            .allow
            .iter()
            .any(|cidr| cidr.contains(*address))
    };
    if !addresses.is_empty() && addresses.iter().all(open) {
        Some(found)
    } else {
        refusal(query, RCODE::NameError)
    }
}

pub(super) fn addresses(answer: &[u8]) -> Vec<Ipv4Addr> {
    let Ok(packet) = Packet::parse(answer) else {
        return Vec::new();
    };
    let found = packet
        .answers
        .iter()
        .filter_map(|record| match &record.rdata {
            RData::A(a) => Some(Ipv4Addr::from(a.address)),
            _ => None,
        });
    found.collect()
}

/// The query again as an answer without one.
pub(super) fn refusal(query: &[u8], why: RCODE) -> Option<Vec<u8>> {
    let asked = Packet::parse(query).ok()?;
    let mut refused = Packet::new_reply(asked.id());
    *refused.rcode_mut() = why;
    refused.set_flags(PacketFlag::RECURSION_AVAILABLE | PacketFlag::RECURSION_DESIRED);
    refused.questions = asked.questions;
    refused.build_bytes_vec().ok()
}

/// Asks this host's own name servers, in their order.
async fn forward(query: &[u8], stream: bool) -> Option<Vec<u8>> {
    let settings = tokio::fs::read_to_string("/etc/resolv.conf").await.ok()?;
    for server in servers(&settings) {
        let asked = async {
            if stream {
                by_stream(query, server).await
            } else {
                by_datagram(query, server).await
            }
        };
        if let Ok(Ok(answer)) = timeout(WAIT_FOR_SERVER, asked).await {
            return Some(answer);
        }
    }
    None
}

async fn by_datagram(query: &[u8], server: SocketAddr) -> std::io::Result<Vec<u8>> {
    let any: SocketAddr = if server.is_ipv4() {
        ([0; 4], 0).into()
    } else {
        ([0_u16; 8], 0).into()
    };
    let socket = UdpSocket::bind(any).await?;
    socket.connect(server).await?;
    socket.send(query).await?;
    let mut answer = vec![0; LONGEST_DATAGRAM];
    loop {
        let length = socket.recv(&mut answer).await?;
        // Somebody else's guess at our port is not the answer.
        if length > 2 && answer[..2] == query[..2] {
            answer.truncate(length);
            return Ok(answer);
        }
    }
}

async fn by_stream(query: &[u8], server: SocketAddr) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server).await?;
    stream
        .write_u16(u16::try_from(query.len()).unwrap_or(u16::MAX))
        .await?;
    stream.write_all(query).await?;
    let mut answer = vec![0; usize::from(stream.read_u16().await?)];
    stream.read_exact(&mut answer).await?;
    Ok(answer)
}

pub(super) fn servers(settings: &str) -> Vec<SocketAddr> {
    let addresses = settings.lines().filter_map(|line| {
        let address = line.trim().strip_prefix("nameserver")?.trim();
        address.parse::<IpAddr>().ok()
    });
    addresses
        .map(|address| SocketAddr::new(address, 53))
        .collect()
}

#[cfg(test)]
mod tests {
    use simple_dns::{CLASS, Name, QCLASS, QTYPE, Question, ResourceRecord, TYPE};

    use super::*;

    fn query(name: &str) -> Vec<u8> {
        let mut packet = Packet::new_query(7);
        let question = Question::new(
            Name::new(name).unwrap(),
            QTYPE::TYPE(TYPE::A),
            QCLASS::CLASS(CLASS::IN),
            false,
        );
        packet.questions.push(question);
        packet.build_bytes_vec().unwrap()
    }

    #[tokio::test]
    async fn a_name_that_is_not_allowed_does_not_exist() {
        let judge = Judge {
            network: Network {
                domains: vec!["example.com".into(), "*.example.org".into()],
                ..Network::default()
            },
            open: Box::new(|_| Box::pin(async {})),
        };
        let answer = answer(&query("elsewhere.net"), &judge, false)
            .await
            .unwrap();
        let answer = Packet::parse(&answer).unwrap();
        assert_eq!((answer.id(), answer.rcode()), (7, RCODE::NameError));
        assert_eq!(answer.questions.len(), 1);
        // A name that is allowed carries no other along.
        let (allowed, elsewhere) = (query("example.com"), query("elsewhere.net"));
        let mut packet = Packet::parse(&allowed).unwrap();
        let more = Packet::parse(&elsewhere).unwrap();
        packet.questions.extend(more.questions);
        let both = packet.build_bytes_vec().unwrap();
        let answer = super::answer(&both, &judge, false).await.unwrap();
        assert_eq!(Packet::parse(&answer).unwrap().rcode(), RCODE::Refused);
    }

    #[test]
    fn the_addresses_of_an_answer_are_found() {
        let mut packet = Packet::new_reply(1);
        let name = Name::new("a.example").unwrap();
        let address = simple_dns::rdata::A {
            address: Ipv4Addr::new(1, 2, 3, 4).into(),
        };
        packet
            .answers
            .push(ResourceRecord::new(name, CLASS::IN, 60, RData::A(address)));
        let bytes = packet.build_bytes_vec().unwrap();
        assert_eq!(addresses(&bytes), [Ipv4Addr::new(1, 2, 3, 4)]);
        assert_eq!(addresses(b"nonsense"), Vec::<Ipv4Addr>::new());
        let found =
            servers("search x\nnameserver 10.0.0.1\nnameserver fe80::1%eth0\n nameserver ::1\n");
        assert_eq!(found.len(), 2);
    }
}
