use leptos::prelude::window;
use web_sys::Storage;

use crate::router::{Address, use_router};

const KEPT: &str = "portal.arrival";

/// What a link from a mail brought along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    address: Address,
}

impl Arrival {
    /// A part of the link.
    pub fn part(&self, key: &str) -> Option<String> {
        self.address.value(key).map(str::to_owned).filter(|value| !value.is_empty())
    }

    /// The page it leads to.
    pub fn path(&self) -> &str {
        &self.address.path
    }

    /// A part that is an id.
    pub fn id<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        self.address.value(key)?.parse().ok()
    }
}

/// What the link to this page brought along. The token does not stay in the address bar, where it would be shared and
/// kept in the history; this tab keeps it for a reload until it is used.
pub fn arrival() -> Arrival {
    let router = use_router();
    let address = router.address_untracked();
    if address.value("token").is_some() {
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEPT, &address.text());
        }
        router.replace(&address.path);
        return Arrival { address };
    }
    Arrival { address: kept().filter(|kept| kept.path == address.path).unwrap_or_default() }
}

/// A link that was followed before and still waits to be used, on another page than this one.
pub fn waiting_arrival() -> Option<Arrival> {
    let here = use_router().address_untracked().path;
    kept().filter(|kept| kept.path != here).map(|address| Arrival { address })
}

/// Forgets the link: it has been used.
pub fn forget_arrival() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEPT);
    }
}

fn kept() -> Option<Address> {
    let text = storage()?.get_item(KEPT).ok().flatten()?;
    Some(Address::read(&text))
}

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}
