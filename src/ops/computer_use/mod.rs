//! A sandbox's desktop: one tool for each route of the toolbox, all from one table.

pub mod accessibility;
mod bounds;
pub mod input;
pub mod process;
pub mod recording;
mod reply;
pub mod screen;
mod table;

pub use reply::Reply;

use super::ToolList;

/// The tools of the desktop.
pub(super) fn tools(list: &mut impl ToolList) {
    list.add::<process::Start>();
    list.add::<process::Stop>();
    list.add::<process::Status>();
    list.add::<screen::Screenshot>();
    list.add::<screen::ScreenshotRegion>();
    list.add::<screen::ScreenshotCompressed>();
    list.add::<screen::ScreenshotCompressedRegion>();
    list.add::<screen::DisplayInfo>();
    list.add::<screen::Windows>();
    list.add::<input::MousePosition>();
    list.add::<input::MouseMove>();
    list.add::<input::MouseClick>();
    list.add::<input::MouseDrag>();
    list.add::<input::MouseScroll>();
    list.add::<input::KeyboardType>();
    list.add::<input::KeyboardPress>();
    list.add::<input::KeyboardHotkey>();
    list.add::<recording::RecordingStart>();
    list.add::<recording::RecordingStop>();
    list.add::<recording::RecordingList>();
    list.add::<recording::RecordingGet>();
    list.add::<recording::RecordingDelete>();
    list.add::<accessibility::Tree>();
    list.add::<accessibility::Find>();
    list.add::<accessibility::Focus>();
    list.add::<accessibility::Invoke>();
    list.add::<accessibility::SetValue>();
}
