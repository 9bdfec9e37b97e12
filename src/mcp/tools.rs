//! Every tool, each made from its operation.

use super::tool::Entry;
use crate::ops::computer_use::{accessibility, input, process, recording, screen};
use crate::ops::job::{execute, get as get_job, kill, list as list_jobs, run_code};
use crate::ops::sandbox::brief::{Brief, BriefPage, Detail};
use crate::ops::sandbox::{
    archive, create, delete, fork, get, list, pause, preview_link, recover, resize, resume, start,
    stop, update, wait,
};
use crate::ops::{file, git, snapshot, volume};

/// All tools, in the order of their names.
pub fn all() -> Vec<Entry> {
    let mut all = vec![
        Entry::shown_as::<create::Create, Brief>(),
        Entry::destroying::<delete::Destroy>(),
        Entry::shown_as::<get::Get, Detail>(),
        Entry::shown_as::<list::List, BriefPage>(),
        Entry::shown_as::<start::Start, Brief>(),
        Entry::shown_as::<stop::Stop, Brief>(),
        Entry::of::<execute::ExecuteCommand>(),
        Entry::of::<run_code::RunCode>(),
        Entry::of::<get_job::GetJob>(),
        Entry::of::<kill::KillJob>(),
        Entry::of::<list_jobs::ListJobs>(),
        Entry::of::<preview_link::PreviewLink>(),
        Entry::destroying::<file::delete::DeleteFile>(),
        Entry::of::<file::download::Download>(),
        Entry::of::<file::folder::CreateFolder>(),
        Entry::of::<file::info::Info>(),
        Entry::of::<file::list::List>(),
        Entry::of::<file::permissions::SetPermissions>(),
        Entry::of::<file::read::Read>(),
        Entry::of::<file::relocate::Move>(),
        Entry::of::<file::replace::Replace>(),
        Entry::of::<file::search::Search>(),
        Entry::of::<file::upload::Upload>(),
        Entry::of::<git::branches::Branches>(),
        Entry::of::<git::checkout::Checkout>(),
        Entry::of::<git::clone::Clone>(),
        Entry::of::<git::commit::Commit>(),
        Entry::of::<git::remote::Pull>(),
        Entry::of::<git::remote::Push>(),
        Entry::of::<git::status::Status>(),
        Entry::shown_as::<archive::Archive, Brief>(),
        Entry::shown_as::<fork::Fork, Brief>(),
        Entry::shown_as::<pause::Pause, Brief>(),
        Entry::shown_as::<recover::Recover, Brief>(),
        Entry::shown_as::<resize::Resize, Detail>(),
        Entry::shown_as::<resume::Resume, Brief>(),
        Entry::shown_as::<update::Update, Detail>(),
        Entry::shown_as::<wait::Wait, Brief>(),
        Entry::of::<snapshot::create::Create>(),
        Entry::destroying::<snapshot::delete::Remove>(),
        Entry::of::<snapshot::get::Get>(),
        Entry::shown_as::<snapshot::list::List, snapshot::Briefs>(),
        Entry::of::<snapshot::switch::Activate>(),
        Entry::of::<snapshot::switch::Deactivate>(),
        Entry::of::<volume::create::Create>(),
        Entry::destroying::<volume::delete::Remove>(),
        Entry::of::<volume::get::Get>(),
        Entry::of::<volume::list::List>(),
        Entry::of::<process::Start>(),
        Entry::of::<process::Stop>(),
        Entry::of::<process::Status>(),
        Entry::of::<screen::Screenshot>(),
        Entry::of::<screen::ScreenshotRegion>(),
        Entry::of::<screen::ScreenshotCompressed>(),
        Entry::of::<screen::ScreenshotCompressedRegion>(),
        Entry::of::<screen::DisplayInfo>(),
        Entry::of::<screen::Windows>(),
        Entry::of::<input::MousePosition>(),
        Entry::of::<input::MouseMove>(),
        Entry::of::<input::MouseClick>(),
        Entry::of::<input::MouseDrag>(),
        Entry::of::<input::MouseScroll>(),
        Entry::of::<input::KeyboardType>(),
        Entry::of::<input::KeyboardPress>(),
        Entry::of::<input::KeyboardHotkey>(),
        Entry::of::<recording::RecordingStart>(),
        Entry::of::<recording::RecordingStop>(),
        Entry::of::<recording::RecordingList>(),
        Entry::of::<recording::RecordingGet>(),
        Entry::destroying::<recording::RecordingDelete>(),
        Entry::of::<accessibility::Tree>(),
        Entry::of::<accessibility::Find>(),
        Entry::of::<accessibility::Focus>(),
        Entry::of::<accessibility::Invoke>(),
        Entry::of::<accessibility::SetValue>(),
    ];
    all.sort_by_key(|entry| entry.tool.name);
    all
}

#[cfg(test)]
mod tests {
    use crate::ops::Effect;

    #[test]
    fn whoever_destroys_says_before_what_would_be_lost() {
        for entry in super::all() {
            let destroys = entry.tool.effect == Effect::Destroys;
            assert_eq!(entry.says_loss(), destroys, "{}", entry.tool.name);
        }
    }
}
