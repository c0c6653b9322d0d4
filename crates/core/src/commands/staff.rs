use std::rc::Rc;

use portal_bridge::{
    Action, ConfirmStaff, Fault, Field, FieldProblem, GetInvitationLinks, GetStaff, GetStaffFingerprints,
    GetStaffIds, InvitationLink, InviteStaff, JobId, JobKind, Problem, ProblemKind, ProviderUserId,
    RemoveStaff, ResendInvitations, SetStaffRole, StaffFingerprint, StaffRole, StaffView,
};
use portal_domain::limits::{EMAIL_LENGTH, EmailError, INVITATIONS_AT_ONCE, parse_email};
use portal_wire::{ProviderUserStatus, ProviderUserType, provider::UpdateStaffRequest};

use super::Handle;
use crate::{
    Core,
    api::Call,
    jobs::{Confirm, Invite, Remove, Resend, start_rows},
    sort::{once, once_by_name},
    stores::staff::{self, List},
};

impl Handle for GetStaff {
    async fn handle(self, core: &Rc<Core>) -> Result<StaffView, Problem> {
        let provider = self.query.provider;
        core.asker(provider).await?.demand(Action::ViewStaff)?;
        let list = core.staff_list(provider).await?;
        Ok(staff::view(&core.staff(provider), &list, &self.query, self.window, &core.asker(provider).await?))
    }
}

impl Handle for GetStaffIds {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<ProviderUserId>, Problem> {
        core.asker(self.0.provider).await?.demand(Action::ViewStaff)?;
        Ok(staff::ids(&*core.staff_list(self.0.provider).await?, &self.0))
    }
}

impl Handle for InviteStaff {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.asker(self.provider).await?.demand(Action::InviteStaff)?;
        let emails = addresses(&self.emails)?;
        let work = Invite { provider: self.provider, emails: emails.clone(), role: wire_role(self.role) };
        Ok(start_rows(core, self.provider, JobKind::InviteStaff, emails, work))
    }
}

impl Handle for ResendInvitations {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.asker(self.provider).await?.demand(Action::ResendStaffInvitation)?;
        let list = core.staff_list(self.provider).await?;
        let (staff, labels) = once_by_name(self.staff, ProviderUserId::cmp, |id| label(&list, *id));
        let work = Resend { provider: self.provider, staff };
        Ok(start_rows(core, self.provider, JobKind::ResendInvitations, labels, work))
    }
}

impl Handle for GetStaffFingerprints {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<StaffFingerprint>, Problem> {
        core.asker(self.provider).await?.demand(Action::ConfirmStaff)?;
        // Somebody may have accepted just now.
        let list = core.reload_staff(self.provider).await?;
        let (staff, labels) = once_by_name(self.staff, ProviderUserId::cmp, |id| label(&list, *id));
        let keys = core.staff_keys(self.provider, &staff).await?;
        let fingerprints = staff.into_iter().zip(labels).map(|(id, label)| {
            let waiting = list.get(id).is_some_and(|person| person.status == ProviderUserStatus::Accepted);
            let key = keys.get(&id).filter(|_| waiting);
            StaffFingerprint {
                staff: id,
                label,
                changed: key.is_some_and(|key| core.phrase_changed(key.user, &key.phrase)),
                phrase: key.map(|key| key.phrase.clone()),
            }
        });
        Ok(fingerprints.collect())
    }
}

impl Handle for ConfirmStaff {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.asker(self.provider).await?.demand(Action::ConfirmStaff)?;
        let list = core.staff_list(self.provider).await?;
        let (staff, labels) =
            once_by_name(self.staff, |one, other| one.0.cmp(&other.0), |(id, _)| label(&list, *id));
        for (id, phrase) in &staff {
            if let Some(user) = list.get(*id).and_then(|person| person.user) {
                core.note_compared(user, phrase);
            }
        }
        let work = Confirm { provider: self.provider, staff };
        Ok(start_rows(core, self.provider, JobKind::ConfirmStaff, labels, work))
    }
}

impl Handle for SetStaffRole {
    /// The answer to the change does not say whether it was made, so the list is read again.
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let list = core.reload_staff(self.provider).await?;
        let person = list.get(self.staff).ok_or(ProblemKind::NotFound)?;
        if person.shown_role() == self.role {
            return Ok(());
        }
        let asker = core.asker(self.provider).await?;
        asker.demand_for(Action::ChangeStaffRole, &list, person)?;
        let body = UpdateStaffRequest { kind: wire_role(self.role) };
        let call = Call::put(format!("/api/providers/{}/users/{}", self.provider, self.staff)).json(&body);
        let sent = core.api.done(&call).await;
        if let Err(problem) = &sent
            && problem.kind != ProblemKind::Uncertain
        {
            return sent;
        }
        let mine = person.user == Some(core.open()?.me().id);
        if mine {
            core.reload_me().await?;
        }
        // Who gave up the admin's role may no longer read the list.
        let list = match core.reload_staff(self.provider).await {
            Err(problem) if mine && problem.kind == ProblemKind::NotAllowed => return Ok(()),
            list => list?,
        };
        match (list.get(self.staff), sent) {
            (Some(person), _) if person.shown_role() == self.role => Ok(()),
            (None, _) => Err(ProblemKind::NotFound.into()),
            (_, Err(problem)) => Err(problem),
            (Some(_), Ok(())) => Err(ProblemKind::Refused.into()),
        }
    }
}

impl Handle for RemoveStaff {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.asker(self.provider).await?.demand(Action::RemoveStaff)?;
        let list = core.staff_list(self.provider).await?;
        let (staff, labels) = once_by_name(self.staff, ProviderUserId::cmp, |id| label(&list, *id));
        let work = Remove { provider: self.provider, staff };
        Ok(start_rows(core, self.provider, JobKind::RemoveStaff, labels, work))
    }
}

impl Handle for GetInvitationLinks {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<InvitationLink>, Problem> {
        core.asker(self.0).await?.demand(Action::InviteStaff)?;
        core.invitation_links(self.0).await
    }
}

/// The addresses that were given, each once and well-formed.
pub(super) fn addresses(given: &[String]) -> Result<Vec<String>, Problem> {
    let emails = given.iter().map(|email| email.trim().to_lowercase()).filter(|email| !email.is_empty());
    let emails = once(emails.collect(), |one: &String, other| one.cmp(other));
    let mut problems: Vec<FieldProblem> = emails
        .iter()
        .filter_map(|email| Some((email, parse_email(email).err()?)))
        .map(|(email, error)| FieldProblem {
            field: Field::Emails,
            fault: fault(error),
            part: Some(email.clone()),
        })
        .collect();
    let whole = |fault| FieldProblem { field: Field::Emails, fault, part: None };
    if emails.is_empty() {
        problems.push(whole(Fault::Missing));
    }
    if emails.len() > INVITATIONS_AT_ONCE {
        problems.push(whole(Fault::TooMany { limit: number(INVITATIONS_AT_ONCE) }));
    }
    if problems.is_empty() { Ok(emails) } else { Err(ProblemKind::Invalid(problems).into()) }
}

fn fault(error: EmailError) -> Fault {
    match error {
        EmailError::Empty => Fault::Missing,
        EmailError::TooLong => Fault::TooLong { limit: number(EMAIL_LENGTH) },
        EmailError::At | EmailError::Local | EmailError::Domain => Fault::NotAnEmail,
    }
}

fn wire_role(role: StaffRole) -> ProviderUserType {
    match role {
        StaffRole::ProviderAdmin => ProviderUserType::ProviderAdmin,
        StaffRole::ServiceUser => ProviderUserType::ServiceUser,
        StaffRole::Unknown(number) => ProviderUserType::Unknown(number),
    }
}

/// What somebody is called who is still there.
fn label(list: &List, id: ProviderUserId) -> String {
    list.get(id).map_or_else(|| id.to_string(), |person| person.label().to_owned())
}

pub(super) fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
