//! `POST /env`: changes to the environment of the programs that are started from then on.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;

use crate::api::types::{Message, UpdateEnv};
use crate::guest::environment::inherited;

use super::failure::Answer;
use super::http::{Toolbox, decode};
use super::shell;

pub(super) async fn update(
    State(toolbox): State<Arc<Toolbox>>,
    body: Bytes,
) -> Answer<Json<Message>> {
    let update: UpdateEnv = decode(&body)?;
    if let Some(set) = &update.set {
        shell::check_names(set)?;
    }
    toolbox.environment.update(update, inherited());
    toolbox.spare.renew();
    Ok(Json(Message {
        message: "environment updated".to_owned(),
    }))
}
