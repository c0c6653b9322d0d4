use std::rc::Rc;

use portal_bridge::{FromCore, OrganizationId, Topic};

use super::{List, Own, Portfolio, Seats};
use crate::Core;

/// Clients whose members are read at once.
const AT_ONCE: usize = 4;
/// Tabs hear of more clients no oftener than this.
const NEWS_MS: i64 = 250;

impl Portfolio {
    /// Takes over which clients are one's own, keeping what is known of those that still are.
    pub(super) fn follow(&self, list: &List) {
        let known =
            |id: &OrganizationId| self.own(*id).unwrap_or_else(|| Own { outdated: true, ..Own::default() });
        let own = list.own().into_iter().map(|id| (id, known(&id))).collect();
        *self.own.borrow_mut() = own;
        self.forget_found();
    }

    /// The next client whose members are to be read.
    fn next(&self) -> Option<OrganizationId> {
        let mut own = self.own.borrow_mut();
        let (organization, next) = own.iter_mut().find(|(_, own)| own.outdated)?;
        next.outdated = false;
        Some(*organization)
    }
}

impl Core {
    /// Reads the members of one's own clients that are not known, beside everything else.
    pub(crate) fn read_portfolio(self: &Rc<Self>) {
        let portfolio = self.portfolio();
        let any = portfolio.own.borrow().iter().any(|(_, own)| own.outdated);
        if !any || portfolio.reading.replace(true) {
            return;
        }
        let core = self.clone();
        self.spawn_in_session(async move {
            let workers = (0..AT_ONCE).map(|_| core.read_own_clients(&portfolio));
            futures::future::join_all(workers).await;
            portfolio.reading.set(false);
            core.count_own_clients();
            core.tell_portfolio(&portfolio);
        });
    }

    /// What failed is read again.
    pub(crate) fn retry_portfolio(self: &Rc<Self>) {
        let portfolio = self.portfolio();
        for (_, own) in portfolio.own.borrow_mut().iter_mut() {
            own.outdated |= own.problem.is_some();
        }
        self.read_portfolio();
    }

    async fn read_own_clients(self: &Rc<Self>, portfolio: &Portfolio) {
        loop {
            self.leisure().await;
            let Some(organization) = portfolio.next() else { return };
            let read = self.members(organization).await;
            if let Ok(members) = &read {
                self.roster(organization).compare(Seats::of(members));
            }
            portfolio.change(organization, |own| match read {
                Ok(members) => (own.members, own.problem) = (Some(members.into()), None),
                Err(problem) => own.problem = Some(problem),
            });
            let now = self.platform.now_ms();
            if now.saturating_sub(portfolio.told_at.get()) >= NEWS_MS {
                portfolio.told_at.set(now);
                self.tell_portfolio(portfolio);
            }
        }
    }

    fn tell_portfolio(&self, portfolio: &Portfolio) {
        portfolio.forget_found();
        self.tabs.tell_all(&FromCore::Changed(Topic::Portfolio));
    }
}
