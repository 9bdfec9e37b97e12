//! One repository of a registry over HTTP: permission, redirects, retries, broken transfers.
//!
//! Not `oci-client` 0.18: it reads manifests, tokens and refusals into memory however long they are, follows
//! redirects to any address, resumes no transfer by itself, and brings 21 further crates.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_RANGE, HeaderValue, RANGE, WWW_AUTHENTICATE};
use reqwest::{Response, StatusCode, Url, redirect};
use serde::Deserialize;
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::sync::Mutex;

use crate::error::{Context as _, Error, Kind, Result};

use super::blame::not_kept;
use super::challenge::{self, Challenge};
use super::digest::{Digest, Sum};
use super::manifest::{self, Descriptor};
use super::reference::{Reference, is_loopback};
use super::refusal::{Failure, beginning, failed, refused};
use super::{Listener, Told};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a registry may send nothing.
pub(super) const STALLED: Duration = Duration::from_secs(30);
const TRIES: u32 = 3;
/// The longest manifest or configuration.
const LONGEST_TEXT: usize = 8 << 20;
/// How often progress is told.
const STEP: u64 = 1 << 20;

/// A name and a password for a registry.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) user: String,
    pub(crate) password: String,
}

/// An image's repository.
pub(super) struct Registry {
    http: reqwest::Client,
    reference: Reference,
    credentials: Option<Credentials>,
    authorization: Mutex<Option<HeaderValue>>,
}

/// Some registries use one of the names, some the other, Docker Hub both.
#[derive(Deserialize)]
struct Token {
    token: Option<String>,
    access_token: Option<String>,
}

impl Registry {
    pub(super) fn open(reference: Reference, credentials: Option<&Credentials>) -> Result<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let local = reference.is_loopback();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("daytona-rs/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(STALLED)
            // Layers mostly lie elsewhere; credentials do not go along to another host.
            .redirect(redirect::Policy::custom(move |attempt| {
                if attempt.previous().len() > 5 {
                    attempt.error("too many redirects")
                } else if is_safe(attempt.url(), local) {
                    attempt.follow()
                } else {
                    attempt.error("redirected to an address without encryption")
                }
            }));
        if local {
            builder = builder.no_proxy();
        }
        let http = builder.build().context(Kind::Internal, || {
            "cannot set up the HTTP client".to_owned()
        })?;
        Ok(Self {
            http,
            reference,
            credentials: credentials.cloned(),
            authorization: Mutex::default(),
        })
    }

    /// A manifest by tag or digest.
    pub(super) async fn manifest(&self, version: &str) -> Result<Vec<u8>> {
        let text = self
            .text(&format!("manifests/{version}"), manifest::KINDS)
            .await?;
        if let Some(expected) = Digest::parse(version) {
            self.check(&expected, &Digest::of(&text))?;
        }
        Ok(text)
    }

    /// A small part, such as the configuration.
    pub(super) async fn part(&self, part: &Descriptor) -> Result<Vec<u8>> {
        let digest = part.digest()?;
        let text = self.text(&format!("blobs/{digest}"), "*/*").await?;
        self.check(&digest, &Digest::of(&text))?;
        Ok(text)
    }

    /// Writes a layer to a file; goes on where a broken connection left off.
    pub(super) async fn layer(
        &self,
        part: &Descriptor,
        file: &mut tokio::fs::File,
        told: &Listener<'_>,
    ) -> Result<()> {
        let digest = part.digest()?;
        let mut transfer = Transfer {
            done: 0,
            sum: Sum::default(),
        };
        for attempt in 1.. {
            match self
                .transfer(&digest, part.size, &mut transfer, file, told)
                .await
            {
                Ok(()) => break,
                Err(failure) if attempt == TRIES || !failure.passing => return Err(failure.error),
                Err(_) => {
                    tracing::debug!(%digest, done = transfer.done, "the transfer broke off");
                    pause(attempt).await;
                }
            }
        }
        self.check(&digest, &transfer.sum.end())
    }

    async fn transfer(
        &self,
        digest: &Digest,
        total: u64,
        transfer: &mut Transfer,
        file: &mut tokio::fs::File,
        told: &Listener<'_>,
    ) -> Result<(), Failure> {
        let local = |error: std::io::Error| {
            let what = format!("cannot write a layer of {} to the disk", self.reference);
            not_kept(&what, &error)
        };
        let mut response = self
            .get(&format!("blobs/{digest}"), "*/*", transfer.done)
            .await?;
        if transfer.done > 0 && !goes_on(&response, transfer.done) {
            // It is sent from its beginning.
            *transfer = Transfer {
                done: 0,
                sum: Sum::default(),
            };
            file.set_len(0).await.map_err(local)?;
            file.rewind().await.map_err(local)?;
        }
        let tell = |done| {
            told(Told::Layer {
                digest: digest.to_string(),
                done,
                total,
            });
        };
        tell(transfer.done);
        let mut next = transfer.done + STEP;
        loop {
            let chunk = response.chunk().await;
            let Some(chunk) = chunk.map_err(|error| failed(&self.reference, error))? else {
                break;
            };
            transfer.done += chunk.len() as u64;
            if transfer.done > total {
                let why =
                    format!("its layer {digest} is longer than the {total} bytes of its manifest");
                return Err(self.damaged(&why).into());
            }
            transfer.sum.add(&chunk);
            file.write_all(&chunk).await.map_err(local)?;
            if transfer.done >= next {
                tell(transfer.done);
                next = transfer.done + STEP;
            }
        }
        file.flush().await.map_err(local)?;
        if transfer.done < total {
            return Err(Failure::passing(Error::new(
                Kind::Unavailable,
                format!(
                    "{} sent {} of {total} bytes of a layer of {}",
                    self.reference.registry, transfer.done, self.reference
                ),
            )));
        }
        tell(total);
        Ok(())
    }

    async fn text(&self, path: &str, accept: &str) -> Result<Vec<u8>> {
        for attempt in 1.. {
            match self.text_once(path, accept).await {
                Err(failure) if attempt < TRIES && failure.passing => pause(attempt).await,
                done => return done.map_err(|failure| failure.error),
            }
        }
        Err(Error::internal("ran out of tries"))
    }

    async fn text_once(&self, path: &str, accept: &str) -> Result<Vec<u8>, Failure> {
        let response = self.get(path, accept, 0).await?;
        let text = beginning(response, LONGEST_TEXT + 1).await;
        let text = text.map_err(|error| failed(&self.reference, error))?;
        if text.len() > LONGEST_TEXT {
            let why = "its manifest or its configuration is longer than any real one";
            return Err(self.damaged(why).into());
        }
        Ok(text)
    }

    async fn get(&self, path: &str, accept: &str, from: u64) -> Result<Response, Failure> {
        let url = format!("{}/{path}", self.reference.url());
        let mut known = self.authorization.lock().await.clone();
        for asked in [false, true] {
            let mut request = self.http.get(&url).header(ACCEPT, accept);
            if let Some(known) = &known {
                request = request.header(AUTHORIZATION, known);
            }
            if from > 0 {
                request = request.header(RANGE, format!("bytes={from}-"));
            }
            let response = request.send().await;
            let response = response.map_err(|error| failed(&self.reference, error))?;
            let status = response.status();
            tracing::debug!(%url, %status, "registry");
            if status.is_success() {
                return Ok(response);
            }
            if status == StatusCode::UNAUTHORIZED
                && !asked
                && let Some(permission) = self.ask(&response).await?
            {
                *self.authorization.lock().await = Some(permission.clone());
                known = Some(permission);
                continue;
            }
            return Err(refused(&self.reference, response).await);
        }
        Err(Error::internal("asked for permission twice").into())
    }

    /// The authorization that the registry asks for; none where there are no credentials of that kind.
    async fn ask(&self, response: &Response) -> Result<Option<HeaderValue>, Failure> {
        let challenges = response.headers().get_all(WWW_AUTHENTICATE);
        let mut challenges = challenges
            .iter()
            .filter_map(|header| challenge::parse(header.to_str().ok()?));
        let value = match challenges.next() {
            None => return Ok(None),
            Some(Challenge::Basic) => match &self.credentials {
                Some(credentials) => format!("Basic {}", credentials.encoded()),
                None => return Ok(None),
            },
            Some(Challenge::Bearer {
                realm,
                service,
                scope,
            }) => {
                format!("Bearer {}", self.token(&realm, service, scope).await?)
            }
        };
        let mut value = HeaderValue::try_from(value)
            .map_err(|_| self.damaged("its registry gave a token that cannot be sent back"))?;
        value.set_sensitive(true);
        Ok(Some(value))
    }

    async fn token(
        &self,
        realm: &str,
        service: Option<String>,
        scope: Option<String>,
    ) -> Result<String, Failure> {
        let local = self.reference.is_loopback();
        let url = Url::parse(realm).ok().filter(|url| is_safe(url, local));
        let mut url = url.ok_or_else(|| {
            self.damaged("its registry sends us to an address without encryption for a token")
        })?;
        let scope =
            scope.unwrap_or_else(|| format!("repository:{}:pull", self.reference.repository));
        url.query_pairs_mut().append_pair("scope", &scope);
        if let Some(service) = service {
            url.query_pairs_mut().append_pair("service", &service);
        }
        let mut request = self.http.get(url);
        if let Some(credentials) = &self.credentials {
            request = request.header(AUTHORIZATION, format!("Basic {}", credentials.encoded()));
        }
        let response = request.send().await;
        let response = response.map_err(|error| failed(&self.reference, error))?;
        if !response.status().is_success() {
            return Err(refused(&self.reference, response).await);
        }
        let body = beginning(response, LONGEST_TEXT).await;
        let body = body.map_err(|error| failed(&self.reference, error))?;
        let token = serde_json::from_slice::<Token>(&body).ok();
        let token = token.and_then(|token| token.token.or(token.access_token));
        let why = "its registry gave no token where it sends us for one";
        token.ok_or_else(|| self.damaged(why).into())
    }

    fn check(&self, expected: &Digest, found: &Digest) -> Result<()> {
        if expected == found {
            return Ok(());
        }
        Err(self.damaged(&format!("the registry sent {found} instead of {expected}")))
    }

    fn damaged(&self, why: &str) -> Error {
        Error::usage(format!("cannot use the image {}: {why}", self.reference))
    }
}

impl Credentials {
    fn encoded(&self) -> String {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(format!("{}:{}", self.user, self.password))
    }
}

/// How far a transfer has come.
struct Transfer {
    done: u64,
    sum: Sum,
}

/// Whether an answer begins where the last one broke off.
fn goes_on(response: &Response, from: u64) -> bool {
    let range = response
        .headers()
        .get(CONTENT_RANGE)
        .and_then(|range| range.to_str().ok());
    response.status() == StatusCode::PARTIAL_CONTENT
        && range.is_some_and(|range| range.starts_with(&format!("bytes {from}-")))
}

/// Only a registry on this machine may send us to another service on it, without encryption.
fn is_safe(url: &Url, local: bool) -> bool {
    url.scheme() == "https"
        || local && url.scheme() == "http" && url.host_str().is_some_and(is_loopback)
}

async fn pause(attempt: u32) {
    tokio::time::sleep(Duration::from_millis(500 << attempt)).await;
}
