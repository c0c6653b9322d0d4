//! Collections and groups in numbers: deleting, and giving access.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use portal_bridge::{
    AccessLevel, Action, CollectionId, GroupId, OrganizationUserId, Party, Problem, ProblemKind, SkipReason,
    Verdict, Within,
};
use portal_wire::{
    OrganizationUserType,
    collection::{BulkCollectionAccessRequest, CollectionIdsRequest},
    group::GroupIdsRequest,
    organization::MemberMini,
};

use super::{Act, Found, RowWork};
use crate::{
    Core,
    api::Call,
    commands::collections::wire_shares,
    stores::{
        collections::{Collection, Collections},
        groups::Groups,
    },
};

/// So many are done in one call.
const AT_ONCE: usize = 50;

/// Deletes collections.
pub(crate) struct RemoveCollections {
    pub(crate) within: Within,
    pub(crate) ids: Vec<CollectionId>,
}

impl RowWork for RemoveCollections {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            look_at(core, self.within, Action::DeleteCollection, &self.ids, rows, |collection| {
                collection.map_or(Found::AsWanted(SkipReason::AlreadySo, None), |_| Found::Open)
            })
            .await
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let ids = picked(&self.ids, rows);
            let call = Call::delete(format!("/api/organizations/{}/collections", self.within.organization));
            core.api.done(&call.json(&CollectionIdsRequest { ids })).await?;
            Ok(vec![Act::Look; rows.len()])
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        reread(core, self.within)
    }
}

/// Gives people and groups access to collections.
pub(crate) struct Grant {
    pub(crate) within: Within,
    pub(crate) ids: Vec<CollectionId>,
    pub(crate) access: Vec<(Party, AccessLevel)>,
}

impl Grant {
    /// `leaders` have all of every collection by their role.
    fn is_given(&self, collection: &Collection, leaders: &[OrganizationUserId]) -> bool {
        self.access.iter().all(|(party, level)| match party {
            Party::Person(id) => leaders.contains(id) || collection.people.contains(&(*id, *level)),
            Party::Group(id) => collection.groups.contains(&(*id, *level)),
            Party::Collection(_) => true,
        })
    }
}

impl RowWork for Grant {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let leaders = leaders(core, self.within).await?;
            let found = |collection: Option<&Collection>| match collection {
                None => Found::Failed(ProblemKind::NotFound.into()),
                Some(collection) if self.is_given(collection, &leaders) => {
                    Found::AsWanted(SkipReason::AlreadySo, None)
                }
                Some(_) => Found::Open,
            };
            look_at(core, self.within, Action::EditCollection, &self.ids, rows, found).await
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let (groups, users) = wire_shares(&self.access);
            let body = BulkCollectionAccessRequest { collection_ids: picked(&self.ids, rows), users, groups };
            let call = Call::post(format!(
                "/api/organizations/{}/collections/bulk-access",
                self.within.organization
            ));
            core.api.done(&call.json(&body)).await?;
            Ok(vec![Act::Look; rows.len()])
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        reread(core, self.within)
    }
}

/// The Owners and Admins, where the server gives them all of every collection and takes nothing from it.
async fn leaders(core: &Rc<Core>, within: Within) -> Result<Vec<OrganizationUserId>, Problem> {
    if !core.server().await?.counts_leaders_as_given() {
        return Ok(Vec::new());
    }
    let members = core.member_names(within.organization).await?;
    let leads = |member: &&MemberMini| {
        matches!(member.kind, OrganizationUserType::Owner | OrganizationUserType::Admin)
    };
    Ok(members.iter().filter(leads).map(|member| member.id).collect())
}

/// Deletes groups.
pub(crate) struct RemoveGroups {
    pub(crate) within: Within,
    pub(crate) ids: Vec<GroupId>,
}

impl RowWork for RemoveGroups {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let all = core.read_again::<Groups>(self.within).await?;
            let found = picked(&self.ids, rows).into_iter().map(|id| match all.get(id) {
                Some(_) => Found::Open,
                None => Found::AsWanted(SkipReason::AlreadySo, None),
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
            let ids = picked(&self.ids, rows);
            let call = Call::delete(format!("/api/organizations/{}/groups", self.within.organization));
            core.api.done(&call.json(&GroupIdsRequest { ids })).await?;
            Ok(vec![Act::Look; rows.len()])
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        reread(core, self.within)
    }
}

/// How collections stand now; those this person may not touch fail.
async fn look_at(
    core: &Rc<Core>,
    within: Within,
    action: Action,
    ids: &[CollectionId],
    rows: &[usize],
    found: impl Fn(Option<&Collection>) -> Found,
) -> Result<Vec<Found>, Problem> {
    let all = core.read_again::<Collections>(within).await?;
    let rights = core.rights_in(within).await?;
    let organization = core.organization(within).await?;
    let look = |id| {
        let collection = all.get(id);
        match (found(collection), collection) {
            (Found::Open, Some(collection))
                if rights.verdict_on(action, &organization, collection) != Verdict::Allowed =>
            {
                Found::Failed(ProblemKind::NotAllowed.into())
            }
            (found, _) => found,
        }
    };
    Ok(picked(ids, rows).into_iter().map(look).collect())
}

fn picked<T: Copy>(all: &[T], rows: &[usize]) -> Vec<T> {
    rows.iter().filter_map(|row| all.get(*row).copied()).collect()
}

/// Counts on the other page have changed as well. A failure is shown with the list.
fn reread<'a>(core: &'a Rc<Core>, within: Within) -> LocalBoxFuture<'a, ()> {
    Box::pin(async move {
        let _ = core.reread_known::<Groups>(within).await;
        let _ = core.reread_known::<Collections>(within).await;
    })
}
