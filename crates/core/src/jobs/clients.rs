//! Clients in numbers: seats, and unlinking.

use std::{cell::RefCell, rc::Rc};

use futures::future::LocalBoxFuture;
use portal_bridge::{ClientRow, Problem, ProblemKind, ProviderId, ProviderOrganizationId, SkipReason};

use super::{Act, Found, RowWork};
use crate::{Core, api::Call, sort::order_of, stores::Table};

/// Gives clients more seats, or takes some away, down to those in use.
pub(crate) struct Seats {
    provider: ProviderId,
    links: Vec<ProviderOrganizationId>,
    change: i32,
    /// How many each is to have; fixed at the first look, so that doing it again adds nothing.
    targets: RefCell<Vec<Option<u32>>>,
}

impl Seats {
    pub(crate) fn new(provider: ProviderId, links: Vec<ProviderOrganizationId>, change: i32) -> Self {
        let targets = RefCell::new(vec![None; links.len()]);
        Self { provider, links, change, targets }
    }

    fn target(&self, row: usize) -> Option<u32> {
        self.targets.borrow().get(row).copied().flatten()
    }

    fn found(&self, row: usize, assigned: Option<u32>, used: u32) -> Found {
        let Some(assigned) = assigned else { return Found::Cannot(SkipReason::WrongState) };
        let mut targets = self.targets.borrow_mut();
        let Some(target) = targets.get_mut(row) else { return Found::Failed(ProblemKind::NotFound.into()) };
        if *target.get_or_insert_with(|| changed(assigned, used, self.change)) == assigned {
            Found::AsWanted(SkipReason::AlreadySo, None)
        } else {
            Found::Open
        }
    }
}

/// The seats after a change that takes nobody's seat away.
fn changed(assigned: u32, used: u32, change: i32) -> u32 {
    let wanted = assigned.saturating_add_signed(change);
    if change < 0 { wanted.max(used.min(assigned)) } else { wanted }
}

impl RowWork for Seats {
    /// A Service User may set the seats of some clients and not of others.
    fn is_hopeless(&self, _: &Problem) -> bool {
        false
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let found = |row, client: ClientRow| self.found(row, client.assigned, client.used);
            listed(core, self.provider, &self.links, rows, &found).await
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let table = core.clients(self.provider).await?.table();
            let mut acts = Vec::with_capacity(rows.len());
            for row in rows {
                let client = self
                    .links
                    .get(*row)
                    .and_then(|link| table.find_link(*link))
                    .ok_or(ProblemKind::NotFound)?;
                core.update_client(self.provider, &table, client, None, self.target(*row)).await?;
                acts.push(Act::Done(None));
            }
            Ok(acts)
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        reread(core, self.provider)
    }
}

/// Unlinks clients.
pub(crate) struct Unlink {
    pub(crate) provider: ProviderId,
    pub(crate) links: Vec<ProviderOrganizationId>,
}

impl RowWork for Unlink {
    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let table = core.reload_clients(self.provider).await?.table();
            let places = Places::of(&table);
            let found =
                rows.iter().map(|row| match self.links.get(*row).and_then(|link| places.get(*link)) {
                    Some(_) => Found::Open,
                    None => Found::AsWanted(SkipReason::AlreadySo, None),
                });
            Ok(found.collect())
        })
    }

    /// A server may fail at a link it does not know, which is told from other failures by looking.
    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            for row in rows {
                let link = self.links.get(*row).ok_or(ProblemKind::NotFound)?;
                core.api
                    .done(&Call::delete(format!("/api/providers/{}/organizations/{link}", self.provider)))
                    .await?;
            }
            Ok(vec![Act::Done(None); rows.len()])
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        reread(core, self.provider)
    }
}

/// Where each client stands: looking through all of them for each of many would take long.
pub(crate) struct Places<'a> {
    table: &'a Table,
    /// Every row, by its link.
    rows: Vec<u32>,
}

impl<'a> Places<'a> {
    pub(crate) fn of(table: &'a Table) -> Self {
        let link = |row: u32| table.link(row as usize);
        Self { table, rows: order_of(table.len(), &mut |one, other| link(one).cmp(&link(other))) }
    }

    /// The row of a client.
    pub(crate) fn get(&self, link: ProviderOrganizationId) -> Option<usize> {
        let place = self.rows.binary_search_by(|row| self.table.link(*row as usize).cmp(&Some(link)));
        self.rows.get(place.ok()?).map(|row| *row as usize)
    }
}

/// How rows stand by the list of clients, read again; what is no client any more has failed.
pub(super) async fn listed(
    core: &Rc<Core>,
    provider: ProviderId,
    links: &[ProviderOrganizationId],
    rows: &[usize],
    found: &dyn Fn(usize, ClientRow) -> Found,
) -> Result<Vec<Found>, Problem> {
    let table = core.reload_clients(provider).await?.table();
    let places = Places::of(&table);
    let stands = |row: &usize| {
        let client = links.get(*row).and_then(|link| table.row(places.get(*link)?));
        client.map_or_else(|| Found::Failed(ProblemKind::NotFound.into()), |client| found(*row, client))
    };
    Ok(rows.iter().map(stands).collect())
}

pub(super) fn reread<'a>(core: &'a Rc<Core>, provider: ProviderId) -> LocalBoxFuture<'a, ()> {
    Box::pin(async move {
        // A failure is shown with the list.
        let _ = core.clients_changed(provider).await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_never_taken_from_those_who_use_them() {
        assert_eq!(changed(10, 4, 5), 15);
        assert_eq!(changed(10, 4, -3), 7);
        assert_eq!(changed(10, 8, -5), 8);
        assert_eq!(changed(10, 12, -5), 10);
        assert_eq!(changed(3, 0, -5), 0);
        assert_eq!(changed(u32::MAX - 1, 0, 9), u32::MAX);
    }

    #[test]
    fn looking_twice_wants_the_same_seats() {
        let seats = Seats::new(ProviderId::default(), vec![ProviderOrganizationId::default()], 5);
        assert_eq!(seats.found(0, Some(10), 1), Found::Open);
        assert_eq!(seats.target(0), Some(15));
        assert_eq!(seats.found(0, Some(15), 1), Found::AsWanted(SkipReason::AlreadySo, None));
        assert_eq!(seats.found(0, None, 1), Found::Cannot(SkipReason::WrongState));
    }
}
