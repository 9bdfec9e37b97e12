//! `daytona version`: which build this is.

use schemars::JsonSchema;
use serde::Serialize;

use crate::output::{Human, View};

/// The examples of `daytona version`.
pub const EXAMPLES: &str = "\
Examples:
  daytona version
  daytona version --json";

/// Which build this is
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Version {
    /// The version
    pub version: &'static str,
    /// What it was built for
    pub platform: String,
}

impl Version {
    /// The version of this program.
    pub fn current() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            platform: format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH),
        }
    }
}

impl Human for Version {
    fn view(&self) -> View {
        View::Text(format!("Daytona CLI version v{}\n", self.version))
    }

    fn ids(&self) -> Vec<String> {
        vec![self.version.to_owned()]
    }
}
