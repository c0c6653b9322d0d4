use std::rc::Rc;

use portal_bridge::{
    Access, Action, CollectionId, CollectionView, CollectionsView, DeleteCollections, GetCollection,
    GetCollectionIds, GetCollections, GrantAccess, JobId, JobKind, Party, Problem, ProblemKind, Verdict,
    Within,
};
use portal_domain::collections::split;

use super::Handle;
use crate::{
    Core,
    jobs::{Grant, RemoveCollections, start_rows},
    sort::once,
    stores::{
        collections::{self, Collections},
        groups::Groups,
        people::People,
    },
};

mod loss;
mod save;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use save::wire_shares;

impl Handle for GetCollections {
    async fn handle(self, core: &Rc<Core>) -> Result<CollectionsView, Problem> {
        let within = self.query.within;
        let rights = core.rights_in(within).await?;
        if rights.verdict(Action::ViewCollections) == Verdict::Hidden {
            return Err(ProblemKind::NotAllowed.into());
        }
        let all = core.kept::<Collections>(within).await?;
        let organization = core.organization(within).await?;
        let state = core.kept_state::<Collections>(within.organization);
        Ok(collections::view(&all, &self.query, self.window, &rights, &organization, state))
    }
}

impl Handle for GetCollectionIds {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<Option<CollectionId>>, Problem> {
        let all = core.kept::<Collections>(self.0.within).await?;
        Ok(collections::ids(&all, &self.0))
    }
}

impl Handle for GetCollection {
    async fn handle(self, core: &Rc<Core>) -> Result<CollectionView, Problem> {
        let Self { within, id } = self;
        let all = core.read_again::<Collections>(within).await?;
        let collection = all.get(id).ok_or(ProblemKind::NotFound)?;
        let rights = core.rights_in(within).await?;
        let organization = core.organization(within).await?;
        let (parent, name) = split(collection.path.as_deref().unwrap_or_default());
        let access = if collection.shows_access {
            let people = core.kept::<People>(within).await?;
            let groups = core.groups_by_name(within).await?;
            let person = |(id, level): &(_, _)| Access {
                party: Party::Person(*id),
                label: people.label(*id),
                level: *level,
            };
            let group = |(id, level): &(_, _)| Access {
                party: Party::Group(*id),
                label: groups.label(*id),
                level: *level,
            };
            let groups = collection.groups.iter().map(group);
            Some(groups.chain(collection.people.iter().map(person)).collect())
        } else {
            None
        };
        Ok(CollectionView {
            unreadable: collection.path.is_none(),
            below: number(all.below(collection.path.as_deref().unwrap_or_default()).count()),
            parent,
            name,
            external_id: collection.external_id.clone(),
            access,
            edit: rights.verdict_on(Action::EditCollection, &organization, collection),
            delete: rights.verdict_on(Action::DeleteCollection, &organization, collection),
            seen: collection.seen(),
        })
    }
}

impl Handle for DeleteCollections {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let (ids, labels) = chosen(core, self.within, self.ids, Action::DeleteCollection).await?;
        let work = RemoveCollections { within: self.within, ids };
        let provider = self.within.provider.unwrap_or_default();
        Ok(start_rows(core, provider, JobKind::DeleteCollections, labels, work))
    }
}

impl Handle for GrantAccess {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let (ids, labels) = chosen(core, self.within, self.ids, Action::EditCollection).await?;
        let work = Grant { within: self.within, ids, access: self.access };
        let provider = self.within.provider.unwrap_or_default();
        Ok(start_rows(core, provider, JobKind::GrantAccess, labels, work))
    }
}

impl Core {
    /// The groups, for their names; none where one may not even see those.
    pub(crate) async fn groups_by_name(self: &Rc<Self>, within: Within) -> Result<Rc<Groups>, Problem> {
        let rights = self.rights_in(within).await?;
        if matches!(
            rights.verdict(Action::ViewGroups),
            Verdict::Hidden | Verdict::Disabled(portal_bridge::Reason::PlanLacksIt)
        ) {
            return Ok(Rc::default());
        }
        match self.kept::<Groups>(within).await {
            Err(problem) if matches!(problem.kind, ProblemKind::NotAllowed | ProblemKind::NotFound) => {
                Ok(Rc::default())
            }
            groups => groups,
        }
    }
}

/// Each once, with what they are called. Whether each may be touched is looked at row by row.
async fn chosen(
    core: &Rc<Core>,
    within: Within,
    ids: Vec<CollectionId>,
    action: Action,
) -> Result<(Vec<CollectionId>, Vec<String>), Problem> {
    if core.rights_in(within).await?.verdict(action) == Verdict::Hidden {
        return Err(ProblemKind::NotAllowed.into());
    }
    let ids = once(ids, |one, other| one.cmp(other));
    let all = core.kept::<Collections>(within).await?;
    let labels = ids.iter().map(|id| all.label(*id)).collect();
    Ok((ids, labels))
}

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
