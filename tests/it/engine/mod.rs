//! What users see with no account: the binary, its own engine, real sandboxes.

mod account;
mod charts;
mod clients;
mod code;
mod copy;
mod crash;
mod depth;
mod disks;
mod exec;
mod hostile;
mod images;
mod isolation;
mod lifecycle;
mod listing;
mod network;
mod ordinary_user;
mod pressure;
mod privileges;
mod run;
mod sdks;
mod streams;
mod templates;
mod terminal;
mod volumes;
