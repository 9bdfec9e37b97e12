//! Runtimes: what runs sandboxes on this host.

pub mod contract;
