//! The books of an MSP: what it writes down for itself about money, as pages of JSON that no server can read.
//!
//! All pages of one provider (or of oneself) stand under one revision. A page is written only if nothing was since it was read,
//! whichever page that was; else everything is read anew. So whatever an edit has seen (the last number given, on another page)
//! still holds when it is written.

mod browser;
mod page;
mod server;
#[cfg(test)]
mod tests;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::{FutureExt, future::LocalBoxFuture, lock::Mutex};
use portal_bridge::{
    Action, BooksFault, BooksOf, BooksPlace, FromCore, Problem, ProblemKind, ProviderId, Topic,
};
use portal_domain::limits::books::PAGE_LENGTH;
use portal_keys::SymmetricKey;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use self::{browser::InBrowser, page::Plain, server::OnServer};
use crate::Core;

/// How often an edit begins anew because others were faster.
const TRIES: u32 = 12;
/// How long it waits for them at most before it does, in milliseconds.
const PATIENCE_MS: u32 = 150;

/// Somebody's books, open for whoever may see them.
#[derive(Clone)]
pub struct Books {
    core: Rc<Core>,
    of: BooksOf,
}

/// Pages as they were when an edit began, for it to look at.
pub struct Seen(Vec<(String, Plain)>);

impl Seen {
    /// The names of the pages that were asked for and are there.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// One of the pages that were asked for; `None` when there is none of this name.
    pub fn get<T: DeserializeOwned>(&self, page: &str) -> Result<Option<T>, Problem> {
        let found = self.0.iter().find(|(name, _)| name == page);
        found.map(|(name, plain)| page::content(name, plain)).transpose()
    }
}

/// What pages there are.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Listing {
    /// Of all pages.
    revision: i64,
    pages: Vec<Listed>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Listed {
    name: String,
    revision: i64,
    /// Under which name the browser keeps it; the server does not say.
    #[serde(default)]
    at: String,
}

impl Listing {
    fn page(&self, name: &str) -> Option<&Listed> {
        self.pages.iter().find(|page| page.name == name)
    }

    fn names(&self) -> Vec<String> {
        self.pages.iter().map(|page| page.name.clone()).collect()
    }
}

/// Where the pages stand.
enum Shelf {
    Server(OnServer),
    Browser(InBrowser),
}

impl Shelf {
    async fn list(&self) -> Result<Listing, Problem> {
        match self {
            Self::Server(server) => server.list().await,
            Self::Browser(browser) => browser.list().await,
        }
    }

    /// A page of the list, opened.
    async fn page(&self, listing: &Listing, name: &str) -> Result<Option<Plain>, Problem> {
        let Some(listed) = listing.page(name) else { return Ok(None) };
        let sealed = match self {
            Self::Server(server) => server.sealed(name).await?.map(|page| page.content),
            Self::Browser(browser) => browser.sealed(listed).await,
        };
        // One that is in the list and cannot be had is not taken for an empty one.
        let sealed = sealed.ok_or_else(|| page::fault(BooksFault::Unreadable, name))?;
        page::open(self.key(), name, &sealed).map(Some)
    }

    /// A page as it is now, opened.
    async fn newest(&self, name: &str) -> Result<Option<Plain>, Problem> {
        match self {
            Self::Server(server) => {
                let found = server.sealed(name).await?;
                found.map(|page| page::open(&server.key, name, &page.content)).transpose()
            }
            Self::Browser(browser) => self.page(&browser.list().await?, name).await,
        }
    }

    fn key(&self) -> &SymmetricKey {
        match self {
            Self::Server(server) => &server.key,
            Self::Browser(browser) => &browser.key,
        }
    }

    /// Writes a page, unless anything was written since it was listed: false, and nothing is changed.
    async fn write(&self, listing: Listing, name: &str, plain: &Plain) -> Result<bool, Problem> {
        let sealed = page::seal(self.key(), plain)?;
        if sealed.len() > PAGE_LENGTH {
            return Err(page::fault(BooksFault::TooLarge, name));
        }
        match self {
            Self::Server(server) => server.write(&listing, name, &sealed).await,
            Self::Browser(browser) => browser.write(listing, name, &sealed).await,
        }
    }
}

/// Held by whoever reads or writes, so that a core never competes with itself.
#[derive(Default)]
struct Turn(Mutex<()>);

/// How often books were written here: what was read before is old then.
#[derive(Default)]
pub(crate) struct Written(pub(crate) Cell<u32>);

impl Core {
    /// Somebody's books. Nothing is read before they are asked for something.
    pub fn books(self: &Rc<Self>, of: BooksOf) -> Books {
        Books { core: self.clone(), of }
    }
}

/// What an edit makes of a page: all it shall hold, from what it holds and from the pages that were asked for.
type Change<'a> = &'a dyn Fn(Option<&Plain>, &Seen) -> Result<Plain, Problem>;

impl Books {
    /// Where they are kept.
    pub async fn place(&self) -> Result<BooksPlace, Problem> {
        Ok(match self.of {
            BooksOf::Provider(_) if self.core.server().await?.keeps_books() => BooksPlace::Server,
            BooksOf::Provider(_) | BooksOf::Own => BooksPlace::Browser,
        })
    }

    /// The names of the pages there are, sorted.
    pub async fn pages(&self) -> Result<Vec<String>, Problem> {
        let turn = self.turn();
        let _turn = turn.0.lock().await;
        Ok(self.shelf().await?.list().await?.names())
    }

    /// A page; `None` when nobody has written it yet.
    pub async fn read<T: DeserializeOwned>(&self, page: &str) -> Result<Option<T>, Problem> {
        let plain = self.plain(page).await?;
        plain.map(|plain| page::content(page, &plain)).transpose()
    }

    /// Changes a page (an empty one, where there is none) and answers what the change answers. When somebody else wrote meanwhile, the
    /// change is made again on what they left, so it must do nothing but change the page. Where it fails nothing is written, and
    /// neither where it leaves the page as it was.
    pub async fn edit<T, R>(
        &self,
        page: &str,
        change: impl Fn(&mut T) -> Result<R, Problem>,
    ) -> Result<R, Problem>
    where
        T: Serialize + DeserializeOwned + Default,
    {
        self.edit_seeing(page, |_| Vec::new(), |content, _| change(content)).await
    }

    /// The same for a change that other pages decide about: `needs` picks them out of the sorted names of all pages there are. What is
    /// written was decided by what stands in them still: nobody has written in any page between the look at them and the writing.
    pub async fn edit_seeing<T, R>(
        &self,
        page: &str,
        needs: impl Fn(&[String]) -> Vec<String>,
        change: impl Fn(&mut T, &Seen) -> Result<R, Problem>,
    ) -> Result<R, Problem>
    where
        T: Serialize + DeserializeOwned + Default,
    {
        let result = RefCell::new(None);
        let make = |before: Option<&Plain>, seen: &Seen| {
            let mut content: T =
                before.map(|plain| page::content(page, plain)).transpose()?.unwrap_or_default();
            *result.borrow_mut() = Some(change(&mut content, seen)?);
            page::plain(page, &content)
        };
        self.rewrite(page, &needs, &make).await?;
        // Nothing was written, and nothing left as it was, before the change had an answer.
        result.into_inner().ok_or_else(|| ProblemKind::ChangedMeanwhile.into())
    }

    /// The same for every type of page.
    fn plain<'a>(&'a self, page: &'a str) -> LocalBoxFuture<'a, Result<Option<Plain>, Problem>> {
        async move {
            let turn = self.turn();
            let _turn = turn.0.lock().await;
            self.shelf().await?.newest(page).await
        }
        .boxed_local()
    }

    /// The edit of every type of page.
    fn rewrite<'a>(
        &'a self,
        page: &'a str,
        needs: &'a dyn Fn(&[String]) -> Vec<String>,
        change: Change<'a>,
    ) -> LocalBoxFuture<'a, Result<(), Problem>> {
        async move {
            let turn = self.turn();
            let _turn = turn.0.lock().await;
            let shelf = self.shelf().await?;
            for _ in 0..TRIES {
                let listing = shelf.list().await?;
                let before = shelf.page(&listing, page).await?;
                let mut seen = Vec::new();
                for name in needs(&listing.names()) {
                    let found =
                        if name == page { before.clone() } else { shelf.page(&listing, &name).await? };
                    seen.extend(found.map(|plain| (name, plain)));
                }
                let after = change(before.as_ref(), &Seen(seen))?;
                if before.is_some_and(|before| before == after) {
                    return Ok(());
                }
                if shelf.write(listing, page, &after).await? {
                    let written = self.core.stores.only::<Written>();
                    written.0.set(written.0.get().wrapping_add(1));
                    self.tell_changed();
                    return Ok(());
                }
                self.core.platform.sleep(self.core.platform.random() % PATIENCE_MS).await;
            }
            Err(ProblemKind::ChangedMeanwhile.into())
        }
        .boxed_local()
    }

    /// Puts something in the place of a page, whatever stands in it.
    pub(crate) async fn replace(&self, page: &str, content: &impl Serialize) -> Result<(), Problem> {
        let plain = page::plain(page, content)?;
        let turn = self.turn();
        let _turn = turn.0.lock().await;
        let shelf = self.shelf().await?;
        for _ in 0..TRIES {
            if shelf.write(shelf.list().await?, page, &plain).await? {
                self.tell_changed();
                return Ok(());
            }
        }
        Err(ProblemKind::ChangedMeanwhile.into())
    }

    fn tell_changed(&self) {
        self.core.outdate_drafts(self.of);
        self.core.tabs.tell_all(&FromCore::Changed(Topic::Books(self.of)));
    }

    fn turn(&self) -> Rc<Turn> {
        match self.of {
            BooksOf::Provider(provider) => self.core.stores.of(provider),
            BooksOf::Own => self.core.stores.only(),
        }
    }

    /// Where the pages stand, with the key to them, for whoever may see them.
    async fn shelf(&self) -> Result<Shelf, Problem> {
        let open = self.core.open()?;
        let provider = match self.of {
            BooksOf::Provider(provider) => {
                self.core.require(provider, Action::ViewProviderBilling).await?;
                Some(provider)
            }
            BooksOf::Own => None,
        };
        match (self.place().await?, provider) {
            (BooksPlace::Server, Some(provider)) => {
                let missing = |problem: Problem| problem.as_kind(ProblemKind::Books(BooksFault::KeyMissing));
                let key = open.provider_key(provider).await.map_err(missing)?;
                Ok(Shelf::Server(OnServer { core: self.core.clone(), provider, key }))
            }
            _ => {
                let whose =
                    provider.map_or_else(|| "own".to_owned(), |provider: ProviderId| provider.to_string());
                // Two servers or accounts never meet under one name.
                let name = format!("books{}/{}/{whose}", self.core.api.place(), open.me().id);
                let key = Rc::new(open.user_key().clone());
                Ok(Shelf::Browser(InBrowser { platform: self.core.platform.clone(), name, key }))
            }
        }
    }
}
