//! Signed addresses of files: one path of one sandbox, read or written without the API key until they expire.

use axum::extract::Query;
use axum::http::{Method, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;

use crate::engine::clock::SECOND;
use crate::error::{Error, Kind};

use crate::engine::http::Api;
use crate::engine::http::failure::Failure;

/// A request that says it was signed.
#[derive(Debug, Eq, PartialEq)]
pub(in crate::engine::http) struct Ticket {
    id: String,
    signed: String,
    expires: i64,
    signature: String,
}

impl Ticket {
    /// The ticket in an address. Each parameter once and no other: one that nobody signed must not count.
    pub(in crate::engine::http) fn of(method: &Method, uri: &Uri) -> Option<Self> {
        let (id, _) = uri.path().strip_prefix("/toolbox/")?.split_once('/')?;
        let Query(mut pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?;
        pairs.sort();
        let [(_, expires), (_, path), (_, signature)] = pairs.as_slice() else {
            return None;
        };
        let names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        if names != ["expires", "path", "signature"] {
            return None;
        }
        Some(Self {
            id: id.to_owned(),
            signed: format!("v1:files:{method}:{path}:{expires}"),
            expires: expires.parse().ok()?,
            signature: signature.clone(),
        })
    }

    /// Passes where the sandbox's key signed it and it has not expired.
    pub(in crate::engine::http) async fn check(&self, api: &Api) -> Result<(), Failure> {
        let key = match api.service.known_signing_key(&self.id).await {
            Err(error) if error.kind() != Kind::NotFound => return Err(error.into()),
            key => key.ok().flatten(),
        };
        if !key.is_some_and(|key| self.fits(&key)) {
            return Err(Error::new(Kind::Auth, "Invalid signature").into());
        }
        if self.expires != 0 && self.expires <= api.service.now() / SECOND {
            return Err(Error::new(Kind::Auth, "The signed URL has expired").into());
        }
        Ok(())
    }

    fn fits(&self, key: &str) -> bool {
        let signature = self.signature.strip_prefix("v1_");
        let Some(Ok(signature)) = signature.map(|text| URL_SAFE_NO_PAD.decode(text)) else {
            return false;
        };
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
        // In constant time.
        hmac::verify(&key, self.signed.as_bytes(), &signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::Ticket;

    fn ticket(method: &Method, uri: &str) -> Option<Ticket> {
        Ticket::of(method, &uri.parse().expect("uri"))
    }

    #[test]
    fn a_signature_is_for_one_method_one_path_and_one_time() {
        // python3: "v1_" + base64url(hmac.new(b"key", b"v1:files:GET:/tmp/a b:0", sha256)) without padding
        let signature = "v1_spnhyfPhqxTOFVqtsKhfKVqfDr3OujkFviVB6s0Fn_s";
        let uri = |path: &str, expires: &str| {
            format!(
                "/toolbox/box/files/download?path={path}&expires={expires}&signature={signature}"
            )
        };
        for good in [uri("%2Ftmp%2Fa%20b", "0"), uri("/tmp/a+b", "0")] {
            let ticket = ticket(&Method::GET, &good).expect("a ticket");
            assert!(ticket.fits("key"), "{good}");
            assert!(!ticket.fits("kez"), "{good}");
        }
        for bad in [uri("/tmp/a%20c", "0"), uri("/tmp/a%20b", "1")] {
            assert!(!ticket(&Method::GET, &bad).expect("a ticket").fits("key"));
        }
    }

    #[test]
    fn only_what_was_signed_counts() {
        let query = "path=/a&expires=0&signature=v1_x";
        assert!(ticket(&Method::GET, &format!("/toolbox/b/files/download?{query}")).is_some());
        assert!(
            ticket(
                &Method::POST,
                &format!("/toolbox/b/files/upload-v2?{query}")
            )
            .is_some()
        );
        for (method, uri) in [
            (
                Method::GET,
                format!("/toolbox/b/files/download?{query}&path=/b"),
            ),
            (
                Method::GET,
                format!("/toolbox/b/files/download?{query}&p%61th=/b"),
            ),
            (
                Method::GET,
                "/toolbox/b/files/download?path=/a&path=/b&signature=v1_x".to_owned(),
            ),
            (
                Method::GET,
                "/toolbox/b/files/download?path=/a&expires=x&signature=v1_x".to_owned(),
            ),
            (Method::GET, "/toolbox/b/files/download?path=/a".to_owned()),
        ] {
            assert_eq!(ticket(&method, &uri), None, "{method} {uri}");
        }
    }
}
