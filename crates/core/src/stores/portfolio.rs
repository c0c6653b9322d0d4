//! Every client one looks after, whatever by: the clients of one's providers, as their lists tell them, and the organizations in
//! which one is a confirmed Owner or Admin, of which the members are read one after the other.

mod ends;
mod list;
mod query;
mod read;
mod seating;
#[cfg(test)]
mod tests;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use portal_bridge::{
    FromCore, ListState, OrganizationId, Part, PortfolioQuery, Problem, ProviderId, Reading, Topic,
};
use portal_wire::organization::MemberMini;

use crate::Core;
pub(crate) use ends::Ends;
pub(crate) use list::{List, Seats};
use seating::Seating;

/// The portfolio as far as it is known.
#[derive(Default)]
pub(crate) struct Portfolio {
    list: RefCell<Option<Rc<List>>>,
    /// What is known of the members of one's own clients, sorted by their ids.
    own: RefCell<Vec<(OrganizationId, Own)>>,
    found: RefCell<Vec<(PortfolioQuery, Rc<[u32]>)>>,
    seating: RefCell<Option<Rc<Seating>>>,
    reading: Cell<bool>,
    told_at: Cell<i64>,
}

/// What is known of the members of one client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Own {
    /// As they were last read.
    pub(crate) members: Option<Rc<[MemberMini]>>,
    /// Why they could not be read.
    pub(crate) problem: Option<Problem>,
    /// They are to be read, for the first time or again.
    outdated: bool,
}

impl Portfolio {
    /// What is known of the members of one of one's own clients.
    pub(crate) fn own(&self, organization: OrganizationId) -> Option<Own> {
        let own = self.own.borrow();
        let place = own.binary_search_by_key(&organization, |(id, _)| *id).ok()?;
        own.get(place).map(|(_, own)| own.clone())
    }

    /// How far the members of one's own clients are read.
    fn reading(&self) -> Reading {
        let own = self.own.borrow();
        let count = |counts: fn(&Own) -> bool| own.iter().filter(|(_, own)| counts(own)).count() as u32;
        Reading {
            read: count(|own| own.members.is_some() || own.problem.is_some()),
            to_read: own.len() as u32,
            failed: count(|own| own.problem.is_some()),
            left_ms: None,
        }
    }

    /// What was worked out of the members is out of date.
    fn forget_found(&self) {
        self.found.take();
        self.seating.take();
    }

    fn change(&self, organization: OrganizationId, change: impl FnOnce(&mut Own)) -> bool {
        let mut own = self.own.borrow_mut();
        let place = own.binary_search_by_key(&organization, |(id, _)| *id).ok();
        let known = place.and_then(|place| own.get_mut(place));
        let there = known.is_some();
        if let Some((_, own)) = known {
            change(own);
        }
        there
    }
}

impl Core {
    /// The portfolio of whoever is signed in.
    pub(crate) fn portfolio(&self) -> Rc<Portfolio> {
        self.stores.only::<Portfolio>()
    }

    /// The clients of a provider, or what is known of them, have changed.
    pub(crate) fn tell_clients(&self, provider: ProviderId) {
        self.tabs.tell_all(&FromCore::Changed(Topic::Clients(provider)));
        self.portfolio_changed();
    }

    /// Which clients one looks after may be another matter now.
    pub(crate) fn portfolio_changed(&self) {
        let portfolio = self.portfolio();
        portfolio.list.take();
        portfolio.forget_found();
        self.tabs.tell_all(&FromCore::Changed(Topic::Portfolio));
    }

    /// A part of what one of one's own clients holds has changed: what was counted from it is read again by whoever asks next.
    pub(super) fn portfolio_outdated(&self, organization: OrganizationId, part: Part) {
        if part == Part::Members && self.portfolio().change(organization, |own| own.outdated = true) {
            self.tabs.tell_all(&FromCore::Changed(Topic::Portfolio));
        }
    }

    /// How far the members of one's own clients are read, and when they will be.
    pub(crate) fn portfolio_reading(&self) -> Reading {
        let reading = self.portfolio().reading();
        let left = self.api.time_for(reading.to_read.saturating_sub(reading.read) as usize);
        Reading { left_ms: left.and_then(|left| u32::try_from(left).ok()), ..reading }
    }

    /// The clients one looks after, as far as they are known, and how far that is.
    pub(crate) async fn portfolio_so_far(self: &Rc<Self>) -> Result<(Rc<List>, ListState), Problem> {
        let me = self.open()?.me();
        let mut state = ListState::Complete;
        for staffing in me.providers.iter().filter(|staffing| staffing.works()) {
            let clients = self.clients_so_far(staffing.id).await;
            if clients.state() != ListState::Complete && !matches!(state, ListState::Failed(_)) {
                state = clients.state();
            }
        }
        let portfolio = self.portfolio();
        if let Some(list) = &*portfolio.list.borrow() {
            return Ok((list.clone(), state));
        }
        let tables: Vec<_> = me
            .providers
            .iter()
            .filter(|staffing| staffing.works())
            .map(|staffing| (staffing.id, self.stores.of::<super::Clients>(staffing.id).table()))
            .collect();
        let list = Rc::new(List::of(&me, &tables));
        portfolio.follow(&list);
        *portfolio.list.borrow_mut() = Some(list.clone());
        Ok((list, state))
    }
}
