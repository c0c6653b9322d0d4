//! What was read from the server, one kind of store per file.

pub(crate) mod agreed;
mod blobs;
pub(crate) mod books;
pub(crate) mod charges;
mod clients;
pub(crate) mod collections;
mod counts;
pub(crate) mod directory;
pub(crate) mod drafts;
pub(crate) mod events;
pub(crate) mod groups;
pub(crate) mod items;
pub(crate) mod kept;
pub(crate) mod ledger;
mod members;
pub(crate) mod people;
pub(crate) mod policies;
pub(crate) mod portfolio;
pub(crate) mod roster;
pub(crate) mod server;
pub(crate) mod space;
pub(crate) mod staff;
pub(crate) mod subscription;
mod texts;
mod things;
pub(crate) mod wanted;

use std::{
    any::{Any, TypeId},
    cell::RefCell,
    rc::Rc,
};

use portal_bridge::{OrganizationId, ProviderId};

pub(crate) use blobs::Blobs;
pub(crate) use clients::{Clients, Table, family};
pub(crate) use counts::StaffCounts;
pub(crate) use members::Members;

pub(crate) use texts::Texts;
pub(crate) use things::Things;

use crate::few::Few;

/// The stores of a session, by kind and by the provider or client they belong to. Each is made empty when first asked for.
#[derive(Default)]
pub(crate) struct Stores(RefCell<Few<(TypeId, Owner), Rc<dyn Any>>>);

/// Whose a store is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Provider(ProviderId),
    Client(OrganizationId),
}

impl Stores {
    /// A provider's store of this kind.
    pub(crate) fn of<T: Default + 'static>(&self, provider: ProviderId) -> Rc<T> {
        self.owned(Owner::Provider(provider))
    }

    /// A client's store of this kind.
    pub(crate) fn of_client<T: Default + 'static>(&self, organization: OrganizationId) -> Rc<T> {
        self.owned(Owner::Client(organization))
    }

    fn owned<T: Default + 'static>(&self, owner: Owner) -> Rc<T> {
        let store = self.of_kind((TypeId::of::<T>(), owner), || Rc::new(T::default()));
        // It is of the type its key says.
        store.downcast().unwrap_or_default()
    }

    /// The same once for all kinds.
    fn of_kind(&self, key: (TypeId, Owner), make: fn() -> Rc<dyn Any>) -> Rc<dyn Any> {
        let known = self.0.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let store = make();
            self.0.borrow_mut().insert(key, store.clone());
            store
        })
    }

    /// The store of this kind that belongs to no provider.
    pub(crate) fn only<T: Default + 'static>(&self) -> Rc<T> {
        self.of(ProviderId::default())
    }

    /// Drops every store.
    pub(crate) fn clear(&self) {
        let stores = std::mem::take(&mut *self.0.borrow_mut());
        drop(stores);
    }
}
