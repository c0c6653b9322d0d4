//! Members in numbers: inviting, sending invitations again, confirming, revoking, restoring, removing.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use portal_bridge::{
    MemberAccess, MemberDeed, MemberRole, OrganizationUserId, Problem, ProblemKind, Reason, SkipReason,
    Verdict, Within,
};
use portal_wire::{
    List as WireList, OrganizationUserStatus,
    organization::{
        BulkConfirmMembersRequest, InviteMembersRequest, MemberBulkResult, MemberIdsRequest, MemberKey,
    },
};

use super::{Act, Found, RowWork, picked};
use crate::{
    Core,
    api::Call,
    few::Few,
    session::key_problem,
    stores::roster::{Overseer, Table, flags_of, wire_permissions, wire_role},
};

/// What servers take in one call.
const AT_ONCE: usize = 20;

/// Somebody to invite.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Invitation {
    pub(crate) email: String,
    pub(crate) access: MemberAccess,
}

/// Invites addresses, each with what it is to get.
pub(crate) struct InviteMembers {
    pub(crate) within: Within,
    pub(crate) invitations: Vec<Invitation>,
}

impl RowWork for InviteMembers {
    /// Several calls, since after each batch the whole list is read.
    fn at_once(&self) -> usize {
        5 * AT_ONCE
    }

    /// The server skips addresses it knows without a word, so only the list tells who was invited.
    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let table = core.reload_member_table(self.within).await?;
            let links = links(core, self.within).await;
            let found = picked(&self.invitations, rows).map(|one| match table.find_email(&one.email) {
                Some(row) => {
                    let link = table.id(row).and_then(|id| links.get(&id).cloned());
                    Found::AsWanted(SkipReason::AlreadyMember, link)
                }
                None => Found::Open,
            });
            Ok(found.collect())
        })
    }

    /// One call for all who get the same. Should one fail after another, those rows are looked at again one by one.
    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let mut calls: Vec<(&MemberAccess, Vec<String>)> = Vec::new();
            for one in picked(&self.invitations, rows) {
                match calls.iter_mut().find(|(access, _)| **access == one.access) {
                    Some((_, emails)) => emails.push(one.email.clone()),
                    None => calls.push((&one.access, vec![one.email.clone()])),
                }
            }
            for (access, emails) in calls {
                for emails in emails.chunks(AT_ONCE) {
                    invite(core, self.within, access, emails.to_vec()).await?;
                }
            }
            Ok(vec![Act::Look; rows.len()])
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        Box::pin(core.members_changed(self.within))
    }
}

/// Invites people who all get the same. Whom the server knows already, it may skip without a word.
pub(super) async fn invite(
    core: &Rc<Core>,
    within: Within,
    access: &MemberAccess,
    emails: Vec<String>,
) -> Result<(), Problem> {
    let custom = access.role == MemberRole::Custom;
    let request = InviteMembersRequest {
        emails,
        kind: wire_role(access.role),
        access_secrets_manager: false,
        permissions: custom.then(|| wire_permissions(&access.permissions)),
        collections: access.collections.iter().map(|(id, level)| flags_of(*id, *level)).collect(),
        groups: access.groups.clone(),
    };
    let path = format!("/api/organizations/{}/users/invite", within.organization);
    core.api.done(&Call::post(path).json(&request)).await
}

/// Sends invitations again. A second letter does no harm.
pub(crate) struct ResendToMembers {
    pub(crate) within: Within,
    pub(crate) members: Vec<OrganizationUserId>,
}

impl RowWork for ResendToMembers {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let (table, overseer) = standing(core, self.within).await?;
            let found = picked(&self.members, rows).map(|id| match table.find(*id) {
                None => Found::Failed(ProblemKind::NotFound.into()),
                Some(row) => found(overseer.verdict_for(MemberDeed::Resend, &table, row)),
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
            let ids: Vec<_> = picked(&self.members, rows).copied().collect();
            let call = Call::post(format!("/api/organizations/{}/users/reinvite", self.within.organization));
            let results = bulk(core, &call.json(&MemberIdsRequest { ids: ids.clone() })).await?;
            let links = links(core, self.within).await;
            Ok(ids.iter().map(|id| outcome(&results, id, links.get(id).cloned())).collect())
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        Box::pin(core.members_changed(self.within))
    }
}

/// Gives members the organization's key. Each with the phrase that was compared: another key than that one gets nothing.
pub(crate) struct ConfirmMembers {
    pub(crate) within: Within,
    pub(crate) members: Vec<(OrganizationUserId, String)>,
}

impl RowWork for ConfirmMembers {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let (table, overseer) = standing(core, self.within).await?;
            let found = picked(&self.members, rows).map(|(id, _)| match table.find(*id) {
                None => Found::Failed(ProblemKind::NotFound.into()),
                Some(row) if table.status(row) == OrganizationUserStatus::Confirmed => {
                    Found::AsWanted(SkipReason::AlreadySo, None)
                }
                Some(row) => found(overseer.verdict_for(MemberDeed::Confirm, &table, row)),
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
            let people: Vec<_> = picked(&self.members, rows).cloned().collect();
            confirm(core, self.within, &people).await
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        Box::pin(core.members_changed(self.within))
    }
}

/// Gives the organization's key to those whose key has the phrase that was compared. One answer for each.
pub(super) async fn confirm(
    core: &Rc<Core>,
    within: Within,
    people: &[(OrganizationUserId, String)],
) -> Result<Vec<Act>, Problem> {
    let ids: Vec<_> = people.iter().map(|(id, _)| *id).collect();
    let own_key = core.space_key(within).await?;
    let known = core.member_keys(within.organization, &ids).await?;
    let mut keys = Vec::new();
    for (id, compared) in people {
        let Some(person) = known.get(id).filter(|person| person.phrase == *compared) else {
            continue;
        };
        let key = person.key.encapsulate(&own_key).await.map_err(|error| key_problem(&error))?;
        keys.push(MemberKey { id: *id, key: key.to_string() });
    }
    let results = if keys.is_empty() {
        Few::default()
    } else {
        let call = Call::post(format!("/api/organizations/{}/users/confirm", within.organization));
        // Needed where the organization owns what its members save; else the server ignores it.
        let name = own_key.encrypt_text(OWN_COLLECTION).map_err(|error| key_problem(&error))?;
        let default_user_collection_name = Some(name.to_string());
        bulk(core, &call.json(&BulkConfirmMembersRequest { keys, default_user_collection_name })).await?
    };
    let acts = people.iter().map(|(id, compared)| match known.get(id) {
        Some(person) if person.phrase != *compared => {
            Act::Failed(Problem::with(ProblemKind::Refused, crate::commands::KEY_CHANGED))
        }
        _ => outcome(&results, id, None),
    });
    Ok(acts.collect())
}

/// What Bitwarden's clients call the collection that belongs to one member.
const OWN_COLLECTION: &str = "My items";

/// Revokes, restores or removes members.
pub(crate) struct ChangeMembers {
    pub(crate) within: Within,
    pub(crate) members: Vec<OrganizationUserId>,
    pub(crate) deed: MemberDeed,
}

impl ChangeMembers {
    fn found(&self, table: &Table, overseer: &Overseer, id: OrganizationUserId) -> Found {
        let Some(row) = table.find(id) else {
            return match self.deed {
                MemberDeed::Remove => Found::AsWanted(SkipReason::AlreadySo, None),
                _ => Found::Failed(ProblemKind::NotFound.into()),
            };
        };
        let revoked = table.status(row) == OrganizationUserStatus::Revoked;
        match self.deed {
            MemberDeed::Revoke if revoked => Found::AsWanted(SkipReason::AlreadySo, None),
            MemberDeed::Restore if !revoked => Found::AsWanted(SkipReason::AlreadySo, None),
            deed => found(overseer.verdict_for(deed, table, row)),
        }
    }
}

/// Revokes, restores or removes these members. One answer for each.
pub(super) async fn change(
    core: &Rc<Core>,
    within: Within,
    deed: MemberDeed,
    ids: Vec<OrganizationUserId>,
) -> Result<Vec<Act>, Problem> {
    let users = format!("/api/organizations/{}/users", within.organization);
    let call = match deed {
        MemberDeed::Revoke => Call::put(format!("{users}/revoke")),
        MemberDeed::Restore => Call::put(format!("{users}/restore")),
        _ => Call::delete(users),
    };
    let results = bulk(core, &call.json(&MemberIdsRequest { ids: ids.clone() })).await?;
    Ok(ids.iter().map(|id| outcome(&results, id, None)).collect())
}

impl RowWork for ChangeMembers {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let (table, overseer) = standing(core, self.within).await?;
            Ok(picked(&self.members, rows).map(|id| self.found(&table, &overseer, *id)).collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            change(core, self.within, self.deed, picked(&self.members, rows).copied().collect()).await
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        Box::pin(core.members_changed(self.within))
    }
}

/// The members as they are now, and who asks about them.
pub(super) async fn standing(core: &Rc<Core>, within: Within) -> Result<(Rc<Table>, Overseer), Problem> {
    let table = core.reload_member_table(within).await?;
    let overseer = core.overseer(within, &table).await?;
    Ok((table, overseer))
}

/// How a row stands for what is to be done, by the verdict on it.
pub(super) fn found(verdict: Verdict) -> Found {
    match verdict {
        Verdict::Allowed => Found::Open,
        Verdict::Hidden => Found::Failed(ProblemKind::NotAllowed.into()),
        Verdict::Disabled(Reason::WrongState) => Found::Cannot(SkipReason::WrongState),
        Verdict::Disabled(reason) => Found::Cannot(SkipReason::Obstacle(reason)),
    }
}

/// Makes a bulk call. Ids the server does not know are missing from its answer.
async fn bulk(core: &Core, call: &Call) -> Result<Few<OrganizationUserId, String>, Problem> {
    let answer: WireList<MemberBulkResult> =
        core.api.json(call).await.map_err(|problem| match problem.kind {
            // The call was made; what it did, only the list says.
            ProblemKind::BadAnswer => problem.as_kind(ProblemKind::Uncertain),
            _ => problem,
        })?;
    Ok(answer.data.into_iter().map(|result| (result.id, result.error)).collect())
}

fn outcome(results: &Few<OrganizationUserId, String>, id: &OrganizationUserId, link: Option<String>) -> Act {
    match results.get(id) {
        None => Act::Look,
        Some(error) if error.is_empty() => Act::Done(link),
        Some(error) => Act::Failed(Problem::with(ProblemKind::Refused, error.clone())),
    }
}

/// The links to pass on, where the server sends no mail.
pub(super) async fn links(core: &Rc<Core>, within: Within) -> Few<OrganizationUserId, String> {
    // Without them the job's rows carry none; the page asks for them again.
    let links = core.member_links(within).await.unwrap_or_default();
    links.into_iter().map(|(id, link)| (id, link.link)).collect()
}
