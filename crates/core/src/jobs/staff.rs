//! Staff in numbers: inviting, sending invitations again, confirming, removing.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use portal_bridge::{Action, InvitationLink, Problem, ProblemKind, ProviderId, ProviderUserId, SkipReason};
use portal_wire::{
    List as WireList, ProviderUserStatus, ProviderUserType,
    provider::{BulkConfirmStaffRequest, InviteStaffRequest, StaffBulkResult, StaffIdsRequest, StaffKey},
};

use super::{Act, Found, RowWork, picked};
use crate::{Core, api::Call, few::Few, session::key_problem};

/// What servers take in one call.
const AT_ONCE: usize = 20;

/// Invites addresses.
pub(crate) struct Invite {
    pub(crate) provider: ProviderId,
    pub(crate) emails: Vec<String>,
    pub(crate) role: ProviderUserType,
}

impl RowWork for Invite {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    /// The server skips addresses it knows without a word, so only the list tells who was invited.
    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let list = core.reload_staff(self.provider).await?;
            let links = links(core, self.provider).await;
            let found = picked(&self.emails, rows).map(|email| match list.by_email(email) {
                Some(person) => Found::AsWanted(SkipReason::AlreadyStaff, links.get(&person.id).cloned()),
                None => Found::Open,
            });
            Ok(found.collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let emails = picked(&self.emails, rows).cloned().collect();
            let body = InviteStaffRequest { emails, kind: self.role };
            core.api
                .done(&Call::post(format!("/api/providers/{}/users/invite", self.provider)).json(&body))
                .await?;
            Ok(vec![Act::Look; rows.len()])
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        reread(core, self.provider)
    }
}

/// Sends invitations again. A second letter does no harm.
pub(crate) struct Resend {
    pub(crate) provider: ProviderId,
    pub(crate) staff: Vec<ProviderUserId>,
}

impl RowWork for Resend {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let list = core.reload_staff(self.provider).await?;
            let found = picked(&self.staff, rows).map(|id| match list.get(*id) {
                None => Found::Failed(ProblemKind::NotFound.into()),
                Some(person) if person.status == ProviderUserStatus::Invited => Found::Open,
                Some(_) => Found::Cannot(SkipReason::WrongState),
            });
            Ok(found.collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let ids: Vec<_> = picked(&self.staff, rows).copied().collect();
            let call = Call::post(format!("/api/providers/{}/users/reinvite", self.provider));
            let results = bulk(core, &call.json(&StaffIdsRequest { ids: ids.clone() })).await?;
            let links = links(core, self.provider).await;
            Ok(ids.iter().map(|id| outcome(&results, id, links.get(id).cloned())).collect())
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        reread(core, self.provider)
    }
}

/// Gives people the provider key. Each with the phrase that was compared: another key than that one gets nothing.
pub(crate) struct Confirm {
    pub(crate) provider: ProviderId,
    pub(crate) staff: Vec<(ProviderUserId, String)>,
}

impl RowWork for Confirm {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let list = core.reload_staff(self.provider).await?;
            let found =
                picked(&self.staff, rows).map(|(id, _)| match list.get(*id).map(|person| person.status) {
                    None => Found::Failed(ProblemKind::NotFound.into()),
                    Some(ProviderUserStatus::Accepted) => Found::Open,
                    Some(ProviderUserStatus::Confirmed) => Found::AsWanted(SkipReason::AlreadySo, None),
                    Some(_) => Found::Cannot(SkipReason::WrongState),
                });
            Ok(found.collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let people: Vec<_> = picked(&self.staff, rows).collect();
            let ids: Vec<_> = people.iter().map(|(id, _)| *id).collect();
            let own_key = core.open()?.provider_key(self.provider).await?;
            let known = core.staff_keys(self.provider, &ids).await?;
            let mut keys = Vec::new();
            for (id, compared) in &people {
                let Some(person) = known.get(id).filter(|person| person.phrase == *compared) else {
                    continue;
                };
                let key = person.key.encapsulate(&own_key).await.map_err(|error| key_problem(&error))?;
                keys.push(StaffKey { id: *id, key: key.to_string() });
            }
            let results = if keys.is_empty() {
                Few::default()
            } else {
                let call = Call::post(format!("/api/providers/{}/users/confirm", self.provider));
                bulk(core, &call.json(&BulkConfirmStaffRequest { keys })).await?
            };
            let acts = people.iter().map(|(id, compared)| match known.get(id) {
                Some(person) if person.phrase != *compared => Act::Failed(swapped()),
                _ => outcome(&results, id, None),
            });
            Ok(acts.collect())
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        reread(core, self.provider)
    }
}

/// Removes people.
pub(crate) struct Remove {
    pub(crate) provider: ProviderId,
    pub(crate) staff: Vec<ProviderUserId>,
}

impl RowWork for Remove {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let list = core.reload_staff(self.provider).await?;
            let asker = core.asker(self.provider).await?;
            let found = picked(&self.staff, rows).map(|id| match list.get(*id) {
                None => Found::AsWanted(SkipReason::AlreadySo, None),
                Some(person) => match asker.demand_for(Action::RemoveStaff, &list, person) {
                    Ok(()) => Found::Open,
                    Err(problem) => Found::Failed(problem),
                },
            });
            Ok(found.collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let ids: Vec<_> = picked(&self.staff, rows).copied().collect();
            let call = Call::delete(format!("/api/providers/{}/users", self.provider));
            let results = bulk(core, &call.json(&StaffIdsRequest { ids: ids.clone() })).await?;
            Ok(ids.iter().map(|id| outcome(&results, id, None)).collect())
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        reread(core, self.provider)
    }
}

/// Makes a bulk call. Ids the server does not know are missing from its answer.
async fn bulk(core: &Core, call: &Call) -> Result<Few<ProviderUserId, String>, Problem> {
    let answer: WireList<StaffBulkResult> =
        core.api.json(call).await.map_err(|problem| match problem.kind {
            // The call was made; what it did, only the list says.
            ProblemKind::BadAnswer => problem.as_kind(ProblemKind::Uncertain),
            _ => problem,
        })?;
    Ok(answer.data.into_iter().map(|result| (result.id, result.error)).collect())
}

fn outcome(results: &Few<ProviderUserId, String>, id: &ProviderUserId, link: Option<String>) -> Act {
    match results.get(id) {
        None => Act::Look,
        Some(error) if error.is_empty() => Act::Done(link),
        Some(error) => Act::Failed(Problem::with(ProblemKind::Refused, error.clone())),
    }
}

/// The links to pass on, where the server sends no mail.
async fn links(core: &Rc<Core>, provider: ProviderId) -> Few<ProviderUserId, String> {
    // Without them the job's rows carry none; the page asks for them again.
    let links: Vec<InvitationLink> = core.invitation_links(provider).await.unwrap_or_default();
    links.into_iter().filter_map(|link| Some((link.staff?, link.link))).collect()
}

fn reread<'a>(core: &'a Rc<Core>, provider: ProviderId) -> LocalBoxFuture<'a, ()> {
    Box::pin(async move {
        // A failure is shown with the list.
        let _ = core.reload_staff(provider).await;
    })
}

fn swapped() -> Problem {
    Problem::with(
        ProblemKind::Refused,
        "The person’s key has changed since the phrase was compared. Compare again.",
    )
}
