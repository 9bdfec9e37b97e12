//! The agents that can be set up to use our server: their files, our entry there, and whether it works.

mod agent;
mod diff;
mod edit;
mod elsewhere;
mod file;
mod launch;
mod older;
mod paste;
mod places;
mod probe;
mod set_up;
mod status;
mod table;

pub use agent::{Agent, Scope};
pub use elsewhere::elsewhere;
pub use launch::Launch;
pub use paste::{Form, Paste, form, paste};
pub use places::{Places, System};
pub use probe::{Answer, probe};
pub use set_up::{Change, SetUp, SetUps, Wish, configured, older_in, passes_on, set_up};
pub use status::{Row, State, Status, status};

/// The name of our entry, which is the official CLI's too.
pub const SERVER: &str = "daytona-mcp";
