//! Books in the browser's small store, encrypted with the account's own key.
//!
//! A page is kept under a name of its own each time it is written; that it counts is said by the list of pages, which is one entry and so
//! is replaced as a whole. Whoever is interrupted has changed nothing.
//!
//! There is one writer: the core that all tabs share. Where a browser has no shared workers, each tab has a core of its own, and two of
//! them could write at the same instant. The list is looked at again just before it is written, and after; what remains is the time
//! between that look and the writing, in which the later of the two would win.

use std::rc::Rc;

use portal_bridge::{BooksFault, Problem};
use portal_keys::SymmetricKey;

use super::{Listed, Listing, page};
use crate::platform::Platform;

/// The list of pages is kept like a page, under a name that no page has.
const LIST: &str = "";

pub(super) struct InBrowser {
    pub(super) platform: Rc<dyn Platform>,
    /// Of the list, and what the names of the pages begin with.
    pub(super) name: String,
    pub(super) key: Rc<SymmetricKey>,
}

impl InBrowser {
    pub(super) async fn list(&self) -> Result<Listing, Problem> {
        match self.platform.get(&self.name).await {
            Some(sealed) => page::content(LIST, &page::open(&self.key, LIST, &sealed)?),
            None => Ok(Listing::default()),
        }
    }

    pub(super) async fn sealed(&self, listed: &Listed) -> Option<String> {
        self.platform.get(&listed.at).await
    }

    /// Writes a page over this revision of all pages; false if there is a newer one.
    pub(super) async fn write(
        &self,
        mut listing: Listing,
        name: &str,
        sealed: &str,
    ) -> Result<bool, Problem> {
        let before = listing.revision;
        let revision = before.saturating_add(1);
        let at = format!("{}/{name}/{revision}-{:x}", self.name, self.platform.random());
        self.keep(&at, sealed).await?;
        let old = listing.page(name).map(|page| page.at.clone());
        listing.pages.retain(|page| page.name != name);
        listing.pages.push(Listed { name: name.to_owned(), revision, at: at.clone() });
        crate::sort::sort_by(&mut listing.pages, |one, other| one.name.cmp(&other.name));
        listing.revision = revision;
        let list = page::seal(&self.key, &page::plain(LIST, &listing)?)?;
        let newer = self.list().await?.revision != before;
        if newer {
            self.platform.remove(&at).await;
            return Ok(false);
        }
        if let Err(problem) = self.keep(&self.name, &list).await {
            self.platform.remove(&at).await;
            return Err(problem);
        }
        if let Some(old) = old {
            self.platform.remove(&old).await;
        }
        Ok(true)
    }

    /// Writes an entry and looks whether it is there.
    async fn keep(&self, name: &str, text: &str) -> Result<(), Problem> {
        self.platform.put(name, text).await;
        match self.platform.get(name).await {
            Some(kept) if kept == text => Ok(()),
            _ => Err(Problem::new(portal_bridge::ProblemKind::Books(BooksFault::NotKept))),
        }
    }
}
