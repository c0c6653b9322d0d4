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

/// Adds technicians to clients. Each row goes as far as it can: invited, then confirmed as soon as the person has accepted.
pub(crate) struct AddTechnicians {
    seats: Vec<SeatOf>,
    role: SeatRole,
    compared: Vec<(String, String)>,
    changed: Changed,
}

impl AddTechnicians {
    /// To give these seats with a role; `compared` has the phrases that were compared, by address.
    pub(crate) fn new(seats: Vec<SeatOf>, role: SeatRole, compared: Vec<(String, String)>) -> Self {
        Self { seats, role, compared, changed: Changed::default() }
    }

    /// What a seat needs now, and what that makes of its row.
    async fn need(&self, core: &Rc<Core>, seat: &SeatOf) -> Result<Step, Problem> {
        let here = Here::look(core, seat).await?;
        let phrase = self.compared.iter().find(|(email, _)| *email == seat.email).map(|(_, phrase)| phrase);
        let step = match SeatNeed::of(self.role, here.seat(), phrase.is_some()) {
            SeatNeed::Inviting => match here.overseer.demand_invitation(self.access().role, &[]) {
                Ok(()) => Step::Invite,
                Err(_) => Step::Stands(Found::Cannot(SkipReason::Obstacle(Reason::HigherRole))),
            },
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

    /// Goes on from what is there. Where a server takes an invitation for accepted, the next step follows at once.
    async fn go_on(&self, core: &Rc<Core>, seat: &SeatOf) -> Result<Act, Problem> {
        let mut step = self.need(core, seat).await?;
        if matches!(step, Step::Invite) {
            self.changed.note(seat);
            invite(core, within(seat), &self.access(), vec![seat.email.clone()]).await?;
            step = self.need(core, seat).await?;
        }
        match step {
            // The server agreed and did nothing.
            Step::Invite => Ok(Act::Failed(ProblemKind::Refused.into())),
            Step::Confirm(id, phrase) => {
                self.changed.note(seat);
                Ok(only(confirm(core, within(seat), &[(id, phrase)]).await?))
            }
            Step::Stands(found) => Ok(Act::Stands(found)),
        }
    }

    fn access(&self) -> MemberAccess {
        let role = match self.role {
            SeatRole::Admin => MemberRole::Admin,
            SeatRole::Owner => MemberRole::Owner,
        };
        MemberAccess { role, permissions: Vec::new(), groups: Vec::new(), collections: Vec::new() }
    }
}

/// What is done about a row next.
enum Step {
    Invite,
    /// This membership, with the phrase that was compared.
    Confirm(OrganizationUserId, String),
    /// Nothing now.
    Stands(Found),
}

impl RowWork for AddTechnicians {
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
                all.push(match self.need(core, seat).await {
                    Ok(Step::Stands(found)) => found,
                    Ok(Step::Invite | Step::Confirm(..)) => Found::Open,
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

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        self.changed.tell(core)
    }
}

/// Takes seats away. Each client is looked at just before, so that whoever becomes its last Owner on the way stays.
pub(crate) struct TakeSeats {
    seats: Vec<SeatOf>,
    how: SeatTaking,
    changed: Changed,
}

impl TakeSeats {
    pub(crate) fn new(seats: Vec<SeatOf>, how: SeatTaking) -> Self {
        Self { seats, how, changed: Changed::default() }
    }

    fn deed(&self) -> MemberDeed {
        match self.how {
            SeatTaking::Revoke => MemberDeed::Revoke,
            SeatTaking::Remove => MemberDeed::Remove,
        }
    }

    /// How a row stands, and which membership it is about.
    async fn found(
        &self,
        core: &Rc<Core>,
        seat: &SeatOf,
    ) -> Result<(Found, Option<OrganizationUserId>), Problem> {
        let here = Here::look(core, seat).await?;
        let owners = here.table.counts().confirmed_owners;
        let found = match Taking::of(self.how, here.seat(), here.is_me(core)?, owners) {
            Taking::Nothing => Found::AsWanted(SkipReason::AlreadySo, None),
            Taking::Kept(reason) => Found::Cannot(SkipReason::Obstacle(reason)),
            Taking::Open => found(here.verdict(self.deed())),
        };
        Ok((found, here.id()))
    }
}

impl RowWork for TakeSeats {
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
                all.push(match self.found(core, seat).await {
                    Ok((found, _)) => found,
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
                acts.push(match self.found(core, seat).await? {
                    (Found::Open, Some(id)) => {
                        self.changed.note(seat);
                        only(change(core, within(seat), self.deed(), vec![id]).await?)
                    }
                    (found, _) => Act::Stands(found),
                });
            }
            Ok(acts)
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        self.changed.tell(core)
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

/// The one answer to a call about one member.
fn only(acts: Vec<Act>) -> Act {
    acts.into_iter().next().unwrap_or(Act::Look)
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

/// Clients in which something was changed since they were last looked at.
#[derive(Default)]
struct Changed(RefCell<Vec<OrganizationId>>);

impl Changed {
    fn note(&self, seat: &SeatOf) {
        self.0.borrow_mut().push(seat.organization);
    }

    /// Whoever looks at them next reads them again.
    fn tell<'a>(&self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        for organization in self.0.take() {
            core.members_outdated(organization);
        }
        Box::pin(std::future::ready(()))
    }
}
