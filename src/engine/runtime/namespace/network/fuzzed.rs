//! What fuzz targets call: readers of what programs ask and name servers answer.

/// A question or an answer about names.
pub fn names(data: &[u8]) {
    let _ = super::dns_proxy::addresses(data);
    let _ = super::dns_proxy::refusal(data, simple_dns::RCODE::Refused);
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = super::dns_proxy::servers(text);
    }
}
