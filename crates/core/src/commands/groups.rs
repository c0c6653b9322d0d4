use std::{collections::HashSet, rc::Rc};

use portal_bridge::{
    Access, AccessLevel, Action, CollectionId, DeleteGroups, Fault, Field, GetGroup, GetGroupIds, GetGroups,
    GetGroupsLoss, GroupId, GroupView, GroupsLoss, GroupsView, JobId, JobKind, OrganizationUserId, Party,
    Problem, ProblemKind, SaveGroup,
};
use portal_domain::collections::GROUP_NAME_LENGTH;
use portal_wire::group::GroupRequest;
use serde::Deserialize;

use super::Handle;
use crate::{
    Core,
    api::Call,
    fields::Fields,
    jobs::{RemoveGroups, start_rows},
    sort::{once, sort_by},
    stores::{
        collections::{Collections, levels, selection},
        groups::{self, Groups},
        people::People,
    },
};

#[cfg(test)]
mod tests;

impl Handle for GetGroups {
    async fn handle(self, core: &Rc<Core>) -> Result<GroupsView, Problem> {
        let within = self.query.within;
        core.rights_in(within).await?.demand(Action::ViewGroupDetails)?;
        let all = core.kept::<Groups>(within).await?;
        Ok(groups::view(&all, &self.query, self.window, core.kept_state::<Groups>(within.organization)))
    }
}

impl Handle for GetGroupIds {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<GroupId>, Problem> {
        core.rights_in(self.0.within).await?.demand(Action::ViewGroupDetails)?;
        Ok(groups::ids(&*core.kept::<Groups>(self.0.within).await?, &self.0))
    }
}

impl Handle for GetGroup {
    async fn handle(self, core: &Rc<Core>) -> Result<GroupView, Problem> {
        let Self { within, id } = self;
        core.rights_in(within).await?.demand(Action::ManageGroups)?;
        let (group, members) = core.read_group(within.organization, id).await?;
        let collections = core.kept::<Collections>(within).await?;
        let people = core.kept::<People>(within).await?;
        Ok(GroupView {
            seen: group.seen(&members),
            name: group.name,
            external_id: group.external_id,
            members: members.iter().map(|id| (Party::Person(*id), people.label(*id))).collect(),
            collections: group
                .collections
                .iter()
                .map(|(id, level)| Access {
                    party: Party::Collection(*id),
                    label: collections.label(*id),
                    level: *level,
                })
                .collect(),
        })
    }
}

impl Handle for SaveGroup {
    async fn handle(self, core: &Rc<Core>) -> Result<GroupId, Problem> {
        core.rights_in(self.within).await?.demand(Action::ManageGroups)?;
        let request = request(&self)?;
        let saved = match self.id {
            Some(id) => change(core, &self, id, &request).await,
            None => create(core, &self, &request).await,
        };
        if saved.is_ok() {
            // A failure is shown with the list.
            let _ = core.read_again::<Groups>(self.within).await;
            let _ = core.reread_known::<Collections>(self.within).await;
        }
        saved
    }
}

impl Handle for GetGroupsLoss {
    async fn handle(self, core: &Rc<Core>) -> Result<GroupsLoss, Problem> {
        core.rights_in(self.within).await?.demand(Action::ManageGroups)?;
        let all = core.kept::<Groups>(self.within).await?;
        let gone: Vec<_> = self.ids.iter().filter_map(|id| all.get(*id)).collect();
        let collections: HashSet<_> =
            gone.iter().flat_map(|group| &group.collections).map(|(id, _)| *id).collect();
        let people = all.members.as_ref().map(|members| {
            let within = members.iter().filter(|(group, _)| self.ids.contains(group));
            number(within.map(|(_, member)| *member).collect::<HashSet<_>>().len())
        });
        Ok(GroupsLoss {
            names: gone.iter().map(|group| group.name.clone()).collect(),
            people,
            collections: number(collections.len()),
        })
    }
}

impl Handle for DeleteGroups {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.rights_in(self.within).await?.demand(Action::ManageGroups)?;
        let ids = once(self.ids, |one, other| one.cmp(other));
        let all = core.kept::<Groups>(self.within).await?;
        let labels = ids.iter().map(|id| all.label(*id)).collect();
        let work = RemoveGroups { within: self.within, ids };
        let provider = self.within.provider.unwrap_or_default();
        Ok(start_rows(core, provider, JobKind::DeleteGroups, labels, work))
    }
}

/// Changes a group that is as it was when its form was opened.
async fn change(
    core: &Rc<Core>,
    saved: &SaveGroup,
    id: GroupId,
    request: &GroupRequest,
) -> Result<GroupId, Problem> {
    let organization = saved.within.organization;
    let (now, members) = core.read_group(organization, id).await?;
    if now.seen(&members) != saved.seen {
        return Err(ProblemKind::ChangedMeanwhile.into());
    }
    let call = Call::put(format!("/api/organizations/{organization}/groups/{id}"));
    match core.api.done(&call.json(request)).await {
        Err(problem) if problem.kind == ProblemKind::Uncertain => {
            let (now, members) = core.read_group(organization, id).await.map_err(|_| problem.clone())?;
            if is_so(request, &now, &members) { Ok(id) } else { Err(problem) }
        }
        sent => sent.map(|()| id),
    }
}

/// Creates a group. Where the end is unclear, a group that was not there before and is as wanted is taken for it.
async fn create(core: &Rc<Core>, saved: &SaveGroup, request: &GroupRequest) -> Result<GroupId, Problem> {
    let organization = saved.within.organization;
    let before = core.kept::<Groups>(saved.within).await?;
    let call = Call::post(format!("/api/organizations/{organization}/groups"));
    match core.api.json::<Made>(&call.json(request)).await {
        Err(problem) if matches!(problem.kind, ProblemKind::Uncertain | ProblemKind::BadAnswer) => {
            let now = core.read_again::<Groups>(saved.within).await.map_err(|_| problem.clone())?;
            let made = now.all.iter().find(|group| {
                before.get(group.id).is_none()
                    && group.name == request.name
                    && group.collections == reach(request)
            });
            made.map(|group| group.id).ok_or_else(|| problem.as_kind(ProblemKind::Uncertain))
        }
        made => made.map(|made| made.id),
    }
}

fn request(saved: &SaveGroup) -> Result<GroupRequest, Problem> {
    let name = saved.name.trim().to_owned();
    let mut fields = Fields::default();
    if name.is_empty() {
        fields.refuse(Field::Name, Fault::Missing);
    }
    if name.encode_utf16().count() > GROUP_NAME_LENGTH {
        fields.refuse(Field::Name, Fault::TooLong { limit: number(GROUP_NAME_LENGTH) });
    }
    fields.finish()?;
    let users: Vec<OrganizationUserId> = saved
        .members
        .iter()
        .filter_map(|party| match party {
            Party::Person(id) => Some(*id),
            Party::Group(_) | Party::Collection(_) => None,
        })
        .collect();
    let mut users = once(users, |one, other| one.cmp(other));
    sort_by(&mut users, |one, other| one.cmp(other));
    let collections = saved.collections.iter().filter_map(|access| match access.party {
        Party::Collection(id) => Some(selection(id.0, access.level)),
        Party::Person(_) | Party::Group(_) => None,
    });
    Ok(GroupRequest { name, collections: Some(collections.collect()), users: Some(users) })
}

/// Whether a group is as a request would make it.
fn is_so(request: &GroupRequest, now: &groups::Group, members: &[OrganizationUserId]) -> bool {
    request.name == now.name && request.users.as_deref() == Some(members) && reach(request) == now.collections
}

fn reach(request: &GroupRequest) -> Vec<(CollectionId, AccessLevel)> {
    levels(request.collections.as_deref().unwrap_or_default())
}

#[derive(Deserialize)]
struct Made {
    id: GroupId,
}

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
