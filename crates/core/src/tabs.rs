//! Who listens to the core.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use portal_bridge::FromCore;

/// The way to one tab.
pub trait Outlet {
    /// Delivers a message; a tab that is gone hears nothing.
    fn send(&self, message: &FromCore);
}

/// One connected tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TabId(u32);

/// Every connected tab.
#[derive(Default)]
pub(crate) struct Tabs {
    next: Cell<u32>,
    outlets: RefCell<Vec<(TabId, Rc<dyn Outlet>)>>,
}

impl Tabs {
    /// Adds a tab.
    pub(crate) fn add(&self, outlet: Rc<dyn Outlet>) -> TabId {
        let id = TabId(self.next.get());
        self.next.set(id.0.wrapping_add(1));
        self.outlets.borrow_mut().push((id, outlet));
        id
    }

    /// Forgets a tab.
    pub(crate) fn remove(&self, tab: TabId) {
        self.outlets.borrow_mut().retain(|(id, _)| *id != tab);
    }

    /// A tab was heard: it is alive, and goes to the front.
    pub(crate) fn heard(&self, tab: TabId) {
        let mut outlets = self.outlets.borrow_mut();
        if let Some(place) = outlets.iter().position(|(id, _)| *id == tab) {
            outlets.get_mut(..=place).unwrap_or_default().rotate_right(1);
        }
    }

    /// Tells one tab.
    pub(crate) fn tell(&self, tab: TabId, message: &FromCore) {
        let outlet =
            self.outlets.borrow().iter().find(|(id, _)| *id == tab).map(|(_, outlet)| outlet.clone());
        if let Some(outlet) = outlet {
            outlet.send(message);
        }
    }

    /// Tells every tab.
    pub(crate) fn tell_all(&self, message: &FromCore) {
        self.all().iter().for_each(|outlet| outlet.send(message));
    }

    /// Every outlet, the one heard last first.
    pub(crate) fn all(&self) -> Vec<Rc<dyn Outlet>> {
        self.outlets.borrow().iter().map(|(_, outlet)| outlet.clone()).collect()
    }
}
