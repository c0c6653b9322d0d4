//! Technicians in numbers: seats in many clients, given step by step or taken away.
//!
//! Every client is a call of its own, so none is looked at before its row is done.

use std::{cell::RefCell, rc::Rc};

use futures::future::LocalBoxFuture;
use portal_bridge::{
    MemberAccess, MemberDeed, MemberRole, OrganizationId, OrganizationUserId, Problem, ProblemKind, Reason,
    SeatNeed, SeatOf, SeatRole, SeatTaking, SkipReason, Verdict, Within,
};
use portal_domain::technicians::{Seat, Taking, folded};

use super::{
    Act, Found, RowWork,
    members::{change, confirm, found, invite, links, standing},
    picked,
};
use crate::{
    Core,
    stores::roster::{Overseer, Table},
};

/// Work on seats, each of which is in a client of its own.
pub(crate) struct EachSeat<W> {
    seats: Vec<SeatOf>,
    work: W,
    /// Clients in which something was changed since they were last looked at.
    changed: RefCell<Vec<OrganizationId>>,
}

/// What is done about one seat.
pub(crate) trait OnSeat {
    /// What it needs now.
    async fn step(&self, core: &Rc<Core>, seat: &SeatOf) -> Result<Step, Problem>;
}

/// What is done about a seat next.
pub(crate) enum Step {
    /// The person is invited with this.
    Invite(MemberAccess),
    /// This membership is confirmed, for the phrase that was compared.
    Confirm(OrganizationUserId, String),
    /// This membership is revoked or removed.
    Change(OrganizationUserId, MemberDeed),
    /// Nothing now.
    Stands(Found),
}

impl<W: OnSeat> EachSeat<W> {
    pub(crate) fn new(seats: Vec<SeatOf>, work: W) -> Self {
        Self { seats, work, changed: RefCell::default() }
    }

    /// Goes on from what is there. Where a server takes an invitation for accepted, the next step follows at once.
    async fn go_on(&self, core: &Rc<Core>, seat: &SeatOf) -> Result<Act, Problem> {
        let within = within(seat);
        let mut step = self.work.step(core, seat).await?;
        if !matches!(step, Step::Stands(_)) {
            self.changed.borrow_mut().push(seat.organization);
        }
        if let Step::Invite(access) = &step {
            invite(core, within, access, vec![seat.email.clone()]).await?;
            step = self.work.step(core, seat).await?;
        }
        let acts = match step {
            // The server agreed and did nothing.
            Step::Invite(_) => return Ok(Act::Failed(ProblemKind::Refused.into())),
            Step::Stands(found) => return Ok(Act::Stands(found)),
            Step::Confirm(id, phrase) => confirm(core, within, &[(id, phrase)]).await?,
            Step::Change(id, deed) => change(core, within, deed, vec![id]).await?,
        };
        Ok(acts.into_iter().next().unwrap_or(Act::Look))
    }
}

impl<W: OnSeat> RowWork for EachSeat<W> {
    fn looks_first(&self) -> bool {
        false
    }

    /// Each row is another client.
    fn is_hopeless(&self, _: &Problem) -> bool {
        false
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let mut all = Vec::with_capacity(rows.len());
            for seat in picked(&self.seats, rows) {
                all.push(match self.work.step(core, seat).await {
                    Ok(Step::Stands(found)) => found,
                    Ok(_) => Found::Open,
                    Err(problem) => of_this_row(problem)?,
                });
            }
            Ok(all)
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let mut acts = Vec::with_capacity(rows.len());
            for seat in picked(&self.seats, rows) {
                acts.push(self.go_on(core, seat).await?);
            }
            Ok(acts)
        })
    }

    /// Whoever looks at the clients next reads them again.
    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        for organization in self.changed.take() {
            core.members_outdated(organization);
        }
        Box::pin(std::future::ready(()))
    }
}

/// Gives seats with a role. Each row goes as far as it can: invited, then confirmed as soon as the person has accepted.
pub(crate) struct Give {
    pub(crate) role: SeatRole,
    /// The phrases that were compared, by address.
    pub(crate) compared: Vec<(String, String)>,
}

impl OnSeat for Give {
    async fn step(&self, core: &Rc<Core>, seat: &SeatOf) -> Result<Step, Problem> {
        let here = Here::look(core, seat).await?;
        let phrase = self.compared.iter().find(|(email, _)| *email == seat.email).map(|(_, phrase)| phrase);
        let step = match SeatNeed::of(self.role, here.seat(), phrase.is_some()) {
            SeatNeed::Inviting => {
                let access = self.access();
                match here.overseer.demand_invitation(access.role, &[]) {
                    Ok(()) => Step::Invite(access),
                    Err(_) => Step::Stands(Found::Cannot(SkipReason::Obstacle(Reason::HigherRole))),
                }
            }
            SeatNeed::Confirming => match (found(here.verdict(MemberDeed::Confirm)), here.id(), phrase) {
                (Found::Open, Some(id), Some(phrase)) => Step::Confirm(id, phrase.clone()),
                (obstacle, ..) => Step::Stands(obstacle),
            },
            SeatNeed::Accepting => Step::Stands(Found::Waits(here.link(core).await)),
            SeatNeed::Nothing => Step::Stands(Found::AsWanted(SkipReason::AlreadySo, None)),
            SeatNeed::Comparing => Step::Stands(Found::Cannot(SkipReason::NotCompared)),
            SeatNeed::OtherRole => Step::Stands(Found::Cannot(SkipReason::OtherRole)),
            SeatNeed::Restoring => Step::Stands(Found::Cannot(SkipReason::Revoked)),
            SeatNeed::Unknown => Step::Stands(Found::Cannot(SkipReason::WrongState)),
        };
        Ok(step)
    }
}

impl Give {
    fn access(&self) -> MemberAccess {
        let role = match self.role {
            SeatRole::Admin => MemberRole::Admin,
            SeatRole::Owner => MemberRole::Owner,
        };
        MemberAccess { role, permissions: Vec::new(), groups: Vec::new(), collections: Vec::new() }
    }
}

/// Takes seats away. Each client is looked at just before, so that whoever becomes its last Owner on the way stays.
pub(crate) struct Take(pub(crate) SeatTaking);

impl OnSeat for Take {
    async fn step(&self, core: &Rc<Core>, seat: &SeatOf) -> Result<Step, Problem> {
        let here = Here::look(core, seat).await?;
        let deed = match self.0 {
            SeatTaking::Revoke => MemberDeed::Revoke,
            SeatTaking::Remove => MemberDeed::Remove,
        };
        let owners = here.table.counts().confirmed_owners;
        let stands = match Taking::of(self.0, here.seat(), here.is_me(core)?, owners) {
            Taking::Nothing => Found::AsWanted(SkipReason::AlreadySo, None),
            Taking::Kept(reason) => Found::Cannot(SkipReason::Obstacle(reason)),
            Taking::Open => found(here.verdict(deed)),
        };
        Ok(match (stands, here.id()) {
            (Found::Open, Some(id)) => Step::Change(id, deed),
            (stands, _) => Step::Stands(stands),
        })
    }
}

/// A client as it is now, and the row of the person there.
struct Here {
    within: Within,
    table: Rc<Table>,
    overseer: Overseer,
    row: Option<usize>,
}

impl Here {
    async fn look(core: &Rc<Core>, seat: &SeatOf) -> Result<Self, Problem> {
        let within = within(seat);
        let (table, overseer) = standing(core, within).await?;
        let row = table.find_email(&seat.email);
        Ok(Self { within, table, overseer, row })
    }

    fn seat(&self) -> Option<Seat> {
        self.row.map(|row| Seat { role: self.table.role(row), status: self.table.status(row) })
    }

    fn id(&self) -> Option<OrganizationUserId> {
        self.row.and_then(|row| self.table.id(row))
    }

    fn verdict(&self, deed: MemberDeed) -> Verdict {
        let verdict = |row| self.overseer.verdict_for(deed, &self.table, row);
        self.row.map_or(Verdict::Hidden, verdict)
    }

    /// By the account or by the address, whichever says so.
    fn is_me(&self, core: &Core) -> Result<bool, Problem> {
        let me = core.open()?.me();
        let same =
            |row| self.table.user(row) == Some(me.id) || folded(self.table.email(row)) == folded(&me.email);
        Ok(self.row.is_some_and(same))
    }

    /// The link to pass on to whoever is invited, where the server sends no mail.
    async fn link(&self, core: &Rc<Core>) -> Option<String> {
        let id = self.id()?;
        links(core, self.within).await.take(&id)
    }
}

fn within(seat: &SeatOf) -> Within {
    Within { provider: None, organization: seat.organization }
}

/// What went wrong in one client says nothing of the others, unless it is the line or the session.
fn of_this_row(problem: Problem) -> Result<Found, Problem> {
    match problem.kind {
        ProblemKind::Offline | ProblemKind::Busy { .. } | ProblemKind::SignedOut | ProblemKind::Locked => {
            Err(problem)
        }
        _ => Ok(Found::Failed(problem)),
    }
}
