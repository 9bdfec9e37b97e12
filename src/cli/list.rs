//! Lists: a page for a person who looks, everything for a program that reads.

use crate::api::types::{SandboxPage, SnapshotPage};
use crate::error::{Error, Result};
use crate::ops::key_values::{self, Pair};
use crate::ops::sandbox::list::List as Sandboxes;
use crate::ops::snapshot::list::List as Snapshots;
use crate::ops::{TerminalCommand, perform};
use crate::output::Human;

use super::interrupt::stoppable;
use super::operate;
use super::root::Formatted;
use super::session::Session;

const EXAMPLES: &str = "\
Examples:
  daytona list --state started --label team=core
  daytona list --json=id,name,state
  daytona list -q --label team=core | xargs -r daytona delete";

/// The flags of `daytona list`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ListArgs {
    #[command(flatten)]
    list: Sandboxes,

    /// Short for `--label`; a number is short for `--limit`, as in the official CLI
    #[arg(id = "label_or_limit", short = 'l', value_name = "KEY=VALUE|COUNT", value_parser = label_or_limit)]
    short: Vec<LabelOrLimit>,
}

/// What `-l` may be followed by.
#[derive(Clone, Debug)]
enum LabelOrLimit {
    Label(Pair),
    Limit(u32),
}

fn label_or_limit(text: &str) -> Result<LabelOrLimit, String> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return key_values::parse(text).map(LabelOrLimit::Label);
    }
    match text.parse() {
        Ok(limit @ 1..=200) => Ok(LabelOrLimit::Limit(limit)),
        _ => Err("a limit is 1 to 200".to_owned()),
    }
}

/// `daytona list`.
pub(super) fn sandboxes(args: Formatted<ListArgs>, session: Session) -> Result<u8> {
    let Formatted { args, format } = args;
    let mut list = args.list;
    for short in args.short {
        match short {
            LabelOrLimit::Label(pair) => list.labels.push(pair),
            LabelOrLimit::Limit(_) if list.limit.is_some() => {
                return Err(Error::usage("the limit is given twice"));
            }
            LabelOrLimit::Limit(limit) => list.limit = Some(limit),
        }
    }
    pages(list, &session.formatted(format))
}

/// A list that servers give in pages.
pub(super) trait Paged: TerminalCommand<Output: Human> + Clone {
    /// Whether one page was asked for, by its number, beginning or length.
    fn is_bounded(&self) -> bool;
    /// Whether all pages are asked for.
    fn all(&mut self) -> &mut bool;
    /// The most that one request may bring.
    fn at_once(&mut self, most: u32);
    /// Moves on to the page after this one; `false` where there is none.
    fn advance(&mut self, page: &Self::Output) -> bool;
    /// Makes the last page's envelope that of a whole list.
    fn close(page: &mut Self::Output);
}

/// The most that servers give in one page.
const LARGEST_PAGE: u32 = 200;

/// Prints a list. What a program reads is whole unless a page of it was asked for, and is printed page by page.
pub(super) fn pages<P: Paged>(mut list: P, session: &Session) -> Result<u8> {
    let printer = &session.printer;
    printer.check::<P::Output>()?;
    let read = !session.environment.stdout_terminal || printer.quiet() || printer.structured();
    let whole = *list.all() || (read && !list.is_bounded());
    if !whole || !(printer.quiet() || printer.structured() || printer.tabs()) {
        *list.all() = whole;
        return operate(list, session);
    }
    *list.all() = false;
    list.at_once(LARGEST_PAGE);
    let label = list.doing();
    let printing = async {
        let progress = printer.progress(&label);
        let mut progress = Some(progress);
        let mut listing = printer.listing();
        loop {
            let mut page = perform(list.clone(), &session.ctx).await?;
            progress.take();
            if !listing.page(&page)? {
                return Ok(());
            }
            if !list.advance(&page) {
                P::close(&mut page);
                return listing.finish(&page);
            }
        }
    };
    session.block_on(stoppable(printing, &label))?;
    Ok(0)
}

impl Paged for Sandboxes {
    fn is_bounded(&self) -> bool {
        self.limit.is_some() || self.cursor.is_some()
    }

    fn all(&mut self) -> &mut bool {
        &mut self.all
    }

    fn at_once(&mut self, most: u32) {
        self.limit.get_or_insert(most);
    }

    fn advance(&mut self, page: &SandboxPage) -> bool {
        // The same cursor again would never end.
        let more = page.next_cursor.is_some() && page.next_cursor != self.cursor;
        self.cursor.clone_from(&page.next_cursor);
        more
    }

    fn close(page: &mut SandboxPage) {
        page.next_cursor = None;
    }
}

impl Paged for Snapshots {
    fn is_bounded(&self) -> bool {
        self.limit.is_some() || self.page.is_some()
    }

    fn all(&mut self) -> &mut bool {
        &mut self.all
    }

    fn at_once(&mut self, most: u32) {
        self.limit.get_or_insert(most);
    }

    fn advance(&mut self, page: &SnapshotPage) -> bool {
        let number = self.page.unwrap_or(1);
        self.page = Some(number + 1);
        !page.items.is_empty() && i64::from(number) < page.total_pages
    }

    fn close(page: &mut SnapshotPage) {
        (page.page, page.total_pages) = (1, 1);
    }
}
