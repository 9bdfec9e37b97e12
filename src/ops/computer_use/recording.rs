//! Recordings of the desktop.

use serde_json::json;

use crate::api::encode;

use super::table::{Request, desktop};

desktop! {
    RecordingStart("recording_start", "Start recording", Adds, "Begins to record the screen of a sandbox's desktop.")
        {}
        [
            /// A name for it
            label: String,
        ]
        => |it| Request::Post("recordings/start", json!({"label": it.label}));
    RecordingStop("recording_stop", "Stop recording", Sets, "Ends a recording of a sandbox's desktop, and returns its length.")
        {
            /// Id of the recording
            recording_id: String,
        }
        [] => |it| Request::Post("recordings/stop", json!({"id": it.recording_id}));
    RecordingList("recording_list", "List recordings", Reads, "Lists the recordings of a sandbox's desktop.")
        {} [] => |_| Request::get("recordings");
    RecordingGet("recording_get", "Get recording", Reads, "Returns length, size and state of a recording of a sandbox's desktop.")
        {
            /// Id of the recording
            recording_id: String,
        }
        [] => |it| Request::get(&format!("recordings/{}", encode(&it.recording_id)));
    RecordingDelete("recording_delete", "Delete recording", Destroys, "Deletes a recording of a sandbox's desktop for good.")
        {
            /// Id of the recording
            recording_id: String,
        }
        [] => |it| Request::Delete(format!("recordings/{}", encode(&it.recording_id)));
}
