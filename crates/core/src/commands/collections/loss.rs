use std::{collections::HashSet, rc::Rc};

use portal_bridge::{
    Action, CollectionId, CollectionsLoss, GetCollectionsLoss, OrganizationId, Problem, ProblemKind, Verdict,
    Within,
};
use serde::Deserialize;

use super::{super::Handle, number};
use crate::{
    Core,
    api::{Call, RowSink, read},
    stores::collections::Collections,
};

impl Handle for GetCollectionsLoss {
    async fn handle(self, core: &Rc<Core>) -> Result<CollectionsLoss, Problem> {
        let Self { within, ids } = self;
        let all = core.kept::<Collections>(within).await?;
        let gone: Vec<_> = ids.iter().filter_map(|id| all.get(*id)).collect();
        let people: HashSet<_> =
            gone.iter().flat_map(|collection| &collection.people).map(|(id, _)| *id).collect();
        let groups: HashSet<_> =
            gone.iter().flat_map(|collection| &collection.groups).map(|(id, _)| *id).collect();
        let below: HashSet<_> = gone
            .iter()
            .flat_map(|collection| all.below(collection.path.as_deref().unwrap_or_default()))
            .map(|collection| collection.id)
            .filter(|id| !ids.contains(id))
            .collect();
        Ok(CollectionsLoss {
            names: gone.iter().map(|collection| all.label(collection.id)).collect(),
            people: number(people.len()),
            groups: number(groups.len()),
            items: items(core, within, ids).await?,
            below: number(below.len()),
        })
    }
}

/// How many items are in these collections, and how many of those in no other.
async fn items(
    core: &Rc<Core>,
    within: Within,
    ids: Vec<CollectionId>,
) -> Result<Option<(u32, u32)>, Problem> {
    if core.rights_in(within).await?.verdict(Action::ViewItems) != Verdict::Allowed {
        return Ok(None);
    }
    let organization = within.organization;
    let mut count = Count { organization, ids, within: 0, only: 0 };
    let call = Call::get(format!("/api/ciphers/organization-details?organizationId={organization}"));
    match core.api.rows(&call, "data", &mut count).await {
        Ok(_) => Ok(Some((count.within, count.only))),
        // A server that keeps items to itself does not keep anybody from deleting collections.
        Err(problem) if matches!(problem.kind, ProblemKind::NotAllowed | ProblemKind::NotFound) => Ok(None),
        Err(problem) => Err(problem),
    }
}

struct Count {
    organization: OrganizationId,
    ids: Vec<CollectionId>,
    within: u32,
    only: u32,
}

/// Of an item only where it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    organization_id: OrganizationId,
    collection_ids: Option<Vec<CollectionId>>,
}

impl RowSink for Count {
    fn restart(&mut self) {
        (self.within, self.only) = (0, 0);
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let row: Row = read(json)?;
        if row.organization_id != self.organization {
            return Err(ProblemKind::Mismatch.into());
        }
        let places = row.collection_ids.unwrap_or_default();
        let gone = places.iter().filter(|id| self.ids.contains(id)).count();
        self.within += u32::from(gone > 0);
        self.only += u32::from(gone > 0 && gone == places.len());
        Ok(())
    }
}
