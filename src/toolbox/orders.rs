//! What the engine tells the agent when it starts it: read once, then gone.

use std::fs::File;
use std::io;

use crate::engine::runtime::namespace::{ORDERS, Orders, inherited};

pub(super) fn read() -> io::Result<Orders> {
    Ok(serde_json::from_reader(File::from(inherited(ORDERS)))?)
}
