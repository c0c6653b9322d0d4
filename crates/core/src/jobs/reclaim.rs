//! Taking idle seats back.

use std::{cell::RefCell, rc::Rc};

use futures::future::LocalBoxFuture;
use portal_bridge::{ClientRow, Problem, ProblemKind, ProviderId, ProviderOrganizationId, SkipReason};
use portal_domain::billing::{ClientSeats, reclaimable};

use super::{
    Act, Found, RowWork,
    clients::{listed, reread},
};
use crate::{Core, stores::portfolio::Seats};

/// Sets the seats of clients to what their members take and so many free ones. Each client's members are counted just before.
pub(crate) struct Reclaim {
    provider: ProviderId,
    links: Vec<ProviderOrganizationId>,
    spare: u32,
    aims: RefCell<Vec<Aim>>,
}

/// What is meant with one client.
#[derive(Clone, Copy, Debug, Default)]
struct Aim {
    /// Seats to take back by the first look; doing it again adds nothing.
    meant: Option<u32>,
    /// Its seats before and after, settled just before they are sent.
    sent: Option<(u32, u32)>,
}

impl Reclaim {
    pub(crate) fn new(provider: ProviderId, links: Vec<ProviderOrganizationId>, spare: u32) -> Self {
        let aims = RefCell::new(vec![Aim::default(); links.len()]);
        Self { provider, links, spare, aims }
    }

    /// How a client with these seats stands.
    fn stands(&self, row: usize, seats: ClientSeats) -> Found {
        let mut aims = self.aims.borrow_mut();
        let Some(aim) = aims.get_mut(row) else { return Found::Failed(ProblemKind::NotFound.into()) };
        let left = reclaimable(seats, self.spare);
        let meant = *aim.meant.get_or_insert(left);
        match aim.sent {
            Some((before, after)) if seats.assigned == after => match before - after {
                taken if taken < meant => Found::Fewer(taken, meant),
                _ => Found::AsWanted(SkipReason::AlreadySo, None),
            },
            _ if left > 0 => Found::Open,
            _ if meant > 0 => Found::Cannot(SkipReason::SeatsTaken),
            _ => Found::AsWanted(SkipReason::AlreadySo, None),
        }
    }

    /// Takes back from one client what its members leave now.
    async fn take_back(&self, core: &Rc<Core>, row: usize) -> Result<Act, Problem> {
        let link = self.links.get(row).ok_or(ProblemKind::NotFound)?;
        let table = core.clients(self.provider).await?.table();
        let place = table.find_link(*link).ok_or(ProblemKind::NotFound)?;
        let client = table.row(place).ok_or(ProblemKind::NotFound)?;
        let members = Seats::of(&core.members(client.organization).await?);
        // Whichever says more: what the list said, or what the members say now.
        let seats = ClientSeats {
            assigned: client.assigned.unwrap_or_default(),
            occupied: members.used.max(client.used),
        };
        match self.stands(row, seats) {
            Found::Open => {}
            stands => return Ok(Act::Stands(stands)),
        }
        let after = seats.assigned - reclaimable(seats, self.spare);
        if let Some(aim) = self.aims.borrow_mut().get_mut(row) {
            aim.sent = Some((seats.assigned, after));
        }
        core.update_client(self.provider, &table, place, None, Some(after)).await?;
        Ok(match self.stands(row, ClientSeats { assigned: after, ..seats }) {
            fewer @ Found::Fewer(..) => Act::Stands(fewer),
            _ => Act::Done(None),
        })
    }
}

impl RowWork for Reclaim {
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
            let found = |row, client: ClientRow| match client.assigned {
                Some(assigned) => self.stands(row, ClientSeats { assigned, occupied: client.used }),
                None => Found::Cannot(SkipReason::WrongState),
            };
            listed(core, self.provider, &self.links, rows, &found).await
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let mut acts = Vec::with_capacity(rows.len());
            for row in rows {
                acts.push(self.take_back(core, *row).await?);
            }
            Ok(acts)
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        reread(core, self.provider)
    }
}
