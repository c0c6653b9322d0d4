use std::rc::Rc;

use portal_bridge::{
    AddTechnicians, JobId, JobKind, OrganizationId, PreviewTechnicians, Problem, ProblemKind, ProviderId,
    RemoveTechnicians, SeatNeed, SeatOf, SeatRole, SeatTaking, TechnicianPreview, UserId,
};
use portal_domain::technicians::folded;
use portal_wire::profile::UserKey;

use super::super::{Handle, staff::addresses};
use crate::{
    Core,
    api::Call,
    jobs::{self, EachSeat, start_rows},
    sort::{once, once_by_name},
    stores::{portfolio::List, staff::PersonKey},
};

impl Handle for PreviewTechnicians {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<TechnicianPreview>, Problem> {
        let emails = addresses(&self.emails)?;
        let clients = once(self.clients, OrganizationId::cmp);
        // Which clients there are is known before anything is said of them.
        core.portfolio_so_far().await?;
        core.read_portfolio();
        let mut previews = Vec::with_capacity(emails.len());
        for email in emails {
            previews.push(preview(core, email, self.role, &clients).await?);
        }
        Ok(previews)
    }
}

impl Handle for AddTechnicians {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let given: Vec<String> = self.technicians.iter().map(|(email, _)| email.clone()).collect();
        let emails = addresses(&given)?;
        let compared =
            |(email, phrase): (String, Option<String>)| Some((folded(&email), phrase?.trim().to_owned()));
        let compared: Vec<_> = self.technicians.into_iter().filter_map(compared).collect();
        let (list, _) = core.portfolio_so_far().await?;
        for (email, phrase) in &compared {
            if let (Some(user), _) = core.portfolio().account(email) {
                core.note_compared(user, phrase);
            }
        }
        let (clients, _) = once_by_name(self.clients, OrganizationId::cmp, |id| name(&list, *id));
        let in_each = |organization: &OrganizationId| {
            let organization = *organization;
            emails.iter().map(move |email| SeatOf { organization, email: email.clone() })
        };
        let seats: Vec<SeatOf> = clients.iter().flat_map(in_each).collect();
        let labels = labels(&list, &seats);
        let work = EachSeat::new(seats, jobs::Give { role: self.role, compared });
        Ok(start_rows(core, ProviderId::default(), JobKind::AddTechnicians, labels, work))
    }
}

impl Handle for RemoveTechnicians {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let (list, _) = core.portfolio_so_far().await?;
        let fold = |seat: SeatOf| SeatOf { email: folded(&seat.email), ..seat };
        let seats: Vec<SeatOf> = self.seats.into_iter().map(fold).collect();
        let order = |one: &SeatOf, other: &SeatOf| {
            (one.organization, &one.email).cmp(&(other.organization, &other.email))
        };
        let (seats, _) = once_by_name(seats, order, |seat| name(&list, seat.organization));
        let labels = labels(&list, &seats);
        let kind = match self.how {
            SeatTaking::Revoke => JobKind::RevokeTechnicians,
            SeatTaking::Remove => JobKind::RemoveTechnicians,
        };
        let work = EachSeat::new(seats, jobs::Take(self.how));
        Ok(start_rows(core, ProviderId::default(), kind, labels, work))
    }
}

/// What adding somebody would do, as far as the members of the clients are read.
async fn preview(
    core: &Rc<Core>,
    email: String,
    role: SeatRole,
    clients: &[OrganizationId],
) -> Result<TechnicianPreview, Problem> {
    let portfolio = core.portfolio();
    let (user, name) = portfolio.account(&email);
    let key = match user {
        Some(user) => core.person_key(user).await?,
        None => None,
    };
    let mut needs: Vec<(SeatNeed, u32)> = SeatNeed::ALL.map(|need| (need, 0)).to_vec();
    let (mut unread, mut left_alone) = (0, Vec::new());
    for organization in clients {
        let seat = SeatOf { organization: *organization, email: email.clone() };
        let Some(seat) = portfolio.seat(&seat) else {
            unread += 1;
            continue;
        };
        let need = SeatNeed::of(role, seat, key.is_some());
        if need.leaves_alone() {
            left_alone.push(*organization);
        }
        needs.iter_mut().filter(|(known, _)| *known == need).for_each(|(_, count)| *count += 1);
    }
    needs.retain(|(_, count)| *count > 0);
    Ok(TechnicianPreview {
        changed: key.as_ref().is_some_and(|key| core.phrase_changed(key.user, &key.phrase)),
        phrase: key.map(|key| key.phrase),
        email,
        name,
        needs,
        unread,
        left_alone,
    })
}

impl Core {
    /// The public key of an account, with its phrase; none where the server tells none.
    async fn person_key(&self, user: UserId) -> Result<Option<PersonKey>, Problem> {
        let call = Call::get(format!("/api/users/{user}/public-key"));
        let answer: UserKey = match self.api.json(&call).await {
            Err(problem) if problem.kind == ProblemKind::NotFound => return Ok(None),
            answer => answer?,
        };
        if answer.user_id != user {
            return Err(ProblemKind::Mismatch.into());
        }
        let Some(key) = answer.public_key else { return Ok(None) };
        Ok(Some(PersonKey::new(user, &key, &*self.words().await?)?))
    }
}

/// What a client is called; its id where one looks after it no longer, of which the row will say more.
fn name(list: &List, organization: OrganizationId) -> String {
    list.own_name(organization).map_or_else(|| organization.to_string(), str::to_owned)
}

/// What the rows are called: by their clients, and by their people too where there are several.
fn labels(list: &List, seats: &[SeatOf]) -> Vec<String> {
    let several = seats.windows(2).any(|pair| matches!(pair, [one, other] if one.email != other.email));
    let label = |seat: &SeatOf| match (several, name(list, seat.organization)) {
        (true, client) => format!("{client} · {}", seat.email),
        (false, client) => client,
    };
    seats.iter().map(label).collect()
}
