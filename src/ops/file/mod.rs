//! Files in a sandbox: read page by page.

pub mod page;
