//! The desktop itself: started, stopped, looked at.

use serde_json::json;

use super::table::{Request, desktop};

desktop! {
    Start("start", "Start desktop", Sets,
        "Starts the desktop of a sandbox: needed before the other computer_use tools.")
        {} [] => |_| Request::Post("start", json!({}));
    Stop("stop", "Stop desktop", Sets, "Stops the desktop of a sandbox and the programs on it.")
        {} [] => |_| Request::Post("stop", json!({}));
    Status("status", "Desktop status", Reads, "Returns whether the desktop of a sandbox runs.")
        {} [] => |_| Request::get("process-status");
}
