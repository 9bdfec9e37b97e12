//! Every tool, each made from its operation.

use super::tool::Entry;
use crate::ops::job::{execute, get as get_job, kill, list as list_jobs, run_code};
use crate::ops::sandbox::brief::{Brief, BriefPage};
use crate::ops::sandbox::{create, delete, get, list, start, stop};
use crate::ops::{file, git};

/// All tools, in the order of their names.
pub fn all() -> Vec<Entry> {
    let mut all = vec![
        Entry::shown_as::<create::Create, Brief>(),
        Entry::of::<delete::Destroy>(),
        Entry::of::<get::Get>().outlined::<Brief>(),
        Entry::shown_as::<list::List, BriefPage>(),
        Entry::shown_as::<start::Start, Brief>(),
        Entry::shown_as::<stop::Stop, Brief>(),
        Entry::of::<execute::ExecuteCommand>(),
        Entry::of::<run_code::RunCode>(),
        Entry::of::<get_job::GetJob>(),
        Entry::of::<kill::KillJob>(),
        Entry::of::<list_jobs::ListJobs>(),
        Entry::of::<file::delete::DeleteFile>(),
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
    ];
    all.sort_by(|one, other| one.definition.name.cmp(&other.definition.name));
    all
}
