//! What users see with no account: the binary, its own engine, real sandboxes.

mod account;
mod clients;
mod copy;
mod copy_big;
mod crash;
mod crash_disks;
mod depth;
mod disks;
mod exec;
mod fulldisk;
mod hangup;
mod hostile;
mod hostile_images;
mod images;
mod isolation;
mod lifecycle;
mod listing;
mod network;
mod network_again;
mod ordinary_user;
mod pressure;
mod privileges;
mod run;
mod streams;
mod terminal;
mod volumes;
