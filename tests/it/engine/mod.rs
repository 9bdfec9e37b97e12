//! What users see with no account: the binary, its own engine, real sandboxes.

mod lifecycle;
