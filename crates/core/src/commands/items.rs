use std::rc::Rc;

use portal_bridge::{
    Action, ChangeItems, CipherId, GetItemIds, GetItems, ItemDeed, ItemsView, JobId, JobKind, ListState,
    Problem, ProblemKind, Verdict, Within,
};

use super::Handle;
use crate::{
    Core,
    jobs::{self, start_rows},
    sort::once,
    stores::{
        collections::Collections,
        items::{self, Items},
    },
};

mod look;
#[cfg(test)]
mod one_tests;
mod save;
#[cfg(test)]
mod tests;

impl Handle for GetItems {
    async fn handle(self, core: &Rc<Core>) -> Result<ItemsView, Problem> {
        let within = self.query.within;
        core.rights_in(within).await?.demand_part(Action::ViewCollections)?;
        let collections = core.kept::<Collections>(within).await?;
        let (items, state) = match core.kept_soon::<Items>(within).await? {
            Some(items) => (items, core.kept_state::<Items>(within.organization)),
            None => {
                let received = items::received(core, within.organization);
                (Rc::default(), ListState::Loading { received })
            }
        };
        Ok(items::view(&items, &collections, &self.query, self.window, state))
    }
}

impl Handle for GetItemIds {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<CipherId>, Problem> {
        let items = core.kept::<Items>(self.0.within).await?;
        Ok(items::ids(&items, &self.0))
    }
}

impl Handle for ChangeItems {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let Self { within, deed, ids } = self;
        let reach = core.item_reach(within).await?;
        let ids = once(ids, |one, other| one.cmp(other));
        let items = core.kept::<Items>(within).await?;
        let labels = ids.iter().map(|id| items.label(*id)).collect();
        let kind = match deed {
            ItemDeed::Trash => JobKind::TrashItems,
            ItemDeed::Restore => JobKind::RestoreItems,
            ItemDeed::Delete => JobKind::DeleteItems,
            ItemDeed::Assign(_) => JobKind::AssignItems,
        };
        let work = jobs::ChangeItems { within, deed, ids, reach };
        Ok(start_rows(core, within.provider.unwrap_or_default(), kind, labels, work))
    }
}

/// By which routes a person comes at the items of a client (contract §4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemReach {
    /// At all of them, as those who administer it do.
    Everything,
    /// At those of the collections one has as a member.
    Assigned,
}

impl Core {
    /// By which routes the person signed in comes at items here; an error for whoever comes at none.
    pub(crate) async fn item_reach(self: &Rc<Self>, within: Within) -> Result<ItemReach, Problem> {
        if self.rights_in(within).await?.verdict(Action::EditItems) == Verdict::Allowed {
            return Ok(ItemReach::Everything);
        }
        let member = self.open()?.me().membership(within.organization).is_some();
        if member { Ok(ItemReach::Assigned) } else { Err(ProblemKind::NotAllowed.into()) }
    }
}
