//! Items in numbers: into the trash, out of it, for good, and into collections.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use portal_bridge::{CipherId, ItemDeed, Problem, ProblemKind, SkipReason, Within};
use serde_json::{Value, json};

use super::{Act, Found, RowWork};
use crate::{Core, api::Call, commands::ItemReach, stores::items::Items};

/// As many as Bitwarden's server takes in one call; the whole list is read again after each.
const MOST_IN_ONE_CALL: usize = 500;

/// Does one thing with many items.
pub(crate) struct ChangeItems {
    pub(crate) within: Within,
    pub(crate) deed: ItemDeed,
    pub(crate) ids: Vec<CipherId>,
    pub(crate) reach: ItemReach,
}

impl ChangeItems {
    fn stands(&self, items: &Items, id: CipherId) -> Found {
        let row = items.find(id);
        let so = match (&self.deed, row) {
            (ItemDeed::Delete, row) => row.is_none(),
            (_, None) => return Found::Failed(ProblemKind::NotFound.into()),
            (ItemDeed::Trash, Some(row)) => items.is_trashed(row),
            (ItemDeed::Restore, Some(row)) => !items.is_trashed(row),
            (ItemDeed::Assign(wanted), Some(row)) => {
                let has = items.collections_of(row);
                wanted.iter().all(|id| has.contains(id))
            }
        };
        if so { Found::AsWanted(SkipReason::AlreadySo, None) } else { Found::Open }
    }

    /// The call for several, as those who administer the client make it.
    fn together(&self, ids: &[Value]) -> Call {
        let organization = self.within.organization.to_string();
        let body = json!({"ids": ids, "organizationId": organization});
        match &self.deed {
            ItemDeed::Trash => Call::put("/api/ciphers/delete-admin").json(&body),
            ItemDeed::Restore => Call::put("/api/ciphers/restore-admin").json(&body),
            ItemDeed::Delete => Call::delete("/api/ciphers/admin").json(&body),
            ItemDeed::Assign(collections) => {
                let collections: Vec<_> = collections.iter().map(ToString::to_string).collect();
                Call::post("/api/ciphers/bulk-collections").json(&json!({
                    "organizationId": organization, "cipherIds": ids, "collectionIds": collections,
                    "removeCollections": false,
                }))
            }
        }
    }

    /// The call for one, as a member makes it.
    fn alone(&self, id: CipherId) -> Call {
        match &self.deed {
            ItemDeed::Trash => Call::put(format!("/api/ciphers/{id}/delete")),
            ItemDeed::Restore => Call::put(format!("/api/ciphers/{id}/restore")),
            ItemDeed::Delete => Call::delete(format!("/api/ciphers/{id}")),
            ItemDeed::Assign(_) => self.together(&[id.to_string().into()]),
        }
    }
}

impl RowWork for ChangeItems {
    fn at_once(&self) -> usize {
        match self.reach {
            ItemReach::Everything => MOST_IN_ONE_CALL,
            ItemReach::Assigned => 1,
        }
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let items = core.read_again::<Items>(self.within).await?;
            let ids = rows.iter().filter_map(|row| self.ids.get(*row));
            Ok(ids.map(|id| self.stands(&items, *id)).collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let ids: Vec<CipherId> = rows.iter().filter_map(|row| self.ids.get(*row).copied()).collect();
            let call = match (self.reach, ids.as_slice()) {
                (ItemReach::Assigned, [id]) => self.alone(*id),
                _ => self.together(&ids.iter().map(|id| id.to_string().into()).collect::<Vec<_>>()),
            };
            core.api.done(&call).await?;
            // A call for several may leave some out and say nothing of it.
            let act = if self.reach == ItemReach::Everything { Act::Look } else { Act::Done(None) };
            Ok(vec![act; rows.len()])
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        Box::pin(async move {
            if self.reach == ItemReach::Assigned {
                // A failure is shown with the list.
                let _ = core.reread_known::<Items>(self.within).await;
            }
        })
    }
}
