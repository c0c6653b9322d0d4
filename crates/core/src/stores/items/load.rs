use std::{cell::Cell, rc::Rc};

use futures::{FutureExt, future::LocalBoxFuture};
use portal_bridge::{
    Action, CipherId, CollectionId, Moment, OrganizationId, Part, Problem, ProblemKind, Verdict, Within,
};
use portal_domain::search::fold;
use portal_keys::{EncString, Opener, Zeroizing};
use portal_wire::Timestamp;
use serde::Deserialize;

use super::Items;
use crate::{
    Core,
    api::{Call, RowSink, read},
    sort::order_of,
    stores::kept::Kept,
};

/// Tabs hear of the progress every so many items.
const NEWS_EVERY: u32 = 2_000;

impl Kept for Items {
    const PART: Part = Part::Items;

    fn read<'a>(core: &'a Rc<Core>, within: Within) -> LocalBoxFuture<'a, Result<Self, Problem>> {
        async move {
            let organization = within.organization;
            // Without the key the list is still shown, with names that cannot be read.
            let key = match core.space_key(within).await {
                Err(problem) if problem.kind != ProblemKind::CannotDecrypt => return Err(problem),
                key => key.ok(),
            };
            let all = core.rights_in(within).await?.verdict(Action::ViewItems) == Verdict::Allowed;
            let assigned = if all { "" } else { "/assigned" };
            let mut rows = Rows {
                core: core.clone(),
                organization,
                opener: key.map(|key| key.opener()),
                received: core.stores.of_client::<Received>(organization),
                read: Items::default(),
            };
            rows.restart();
            let path = format!("/api/ciphers/organization-details{assigned}?organizationId={organization}");
            core.api.rows(&Call::get(path), "data", &mut rows).await?;
            let mut read = rows.read;
            read.arrange();
            Ok(read)
        }
        .boxed_local()
    }
}

/// How many items of a client were received by the reading that goes on.
pub(crate) fn received(core: &Core, organization: OrganizationId) -> u32 {
    core.stores.of_client::<Received>(organization).0.get()
}

#[derive(Default)]
struct Received(Cell<u32>);

/// Each item's name is decrypted as its row arrives, so that the work is spread over the pieces of the answer.
struct Rows {
    core: Rc<Core>,
    organization: OrganizationId,
    opener: Option<Opener>,
    received: Rc<Received>,
    read: Items,
}

impl RowSink for Rows {
    fn restart(&mut self) {
        self.received.0.set(0);
        self.read = Items::default();
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let row: Row = read(json)?;
        // A private item belongs to no organization, and has no place here.
        if row.organization_id != Some(self.organization) {
            return Err(ProblemKind::Mismatch.into());
        }
        let name = self.opener.as_ref().and_then(|opener| row.name(opener));
        self.read.push(row, name.as_deref().map(String::as_str));
        let received = self.received.0.get().saturating_add(1);
        self.received.0.set(received);
        if received.is_multiple_of(NEWS_EVERY) {
            self.core.tell_client(self.organization, Part::Items);
        }
        Ok(())
    }
}

/// An item as it travels (contract §4.7), as far as the list needs it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: CipherId,
    organization_id: Option<OrganizationId>,
    #[serde(rename = "type")]
    kind: Option<i32>,
    name: Option<String>,
    /// The item's own key under the organization's.
    key: Option<String>,
    revision_date: Option<Timestamp>,
    deleted_date: Option<Timestamp>,
    collection_ids: Option<Vec<CollectionId>>,
}

impl Row {
    fn name(&self, organization: &Opener) -> Option<Zeroizing<String>> {
        let sealed: EncString = self.name.as_deref()?.parse().ok()?;
        match self.key.as_deref() {
            Some(key) => {
                let key: EncString = key.parse().ok()?;
                let own = organization.unwrap_key(key.as_bytes()).ok()?;
                own.opener().decrypt_text(sealed.as_bytes()).ok()
            }
            None => organization.decrypt_text(sealed.as_bytes()).ok(),
        }
    }
}

impl Items {
    fn push(&mut self, row: Row, name: Option<&str>) {
        let shown = name.unwrap_or_default();
        self.names.push(shown);
        self.folded.push(&fold(&format!("{shown} {}", row.id)));
        self.readable.push(name.is_some());
        self.ids.push(row.id);
        self.kinds.push(row.kind.unwrap_or_default());
        self.changed.push(Moment(row.revision_date.unwrap_or_default().0));
        self.trashed.push(row.deleted_date.is_some());
        self.collections.extend(row.collection_ids.into_iter().flatten());
        self.collection_ends.push(u32::try_from(self.collections.len()).unwrap_or(u32::MAX));
    }

    /// Sorts once what every look at the list starts from.
    fn arrange(&mut self) {
        self.names.shrink();
        self.folded.shrink();
        let key = |row: u32| {
            let row = row as usize;
            let unreadable = !self.readable.get(row).copied().unwrap_or_default();
            (unreadable, self.folded.get(row))
        };
        // The folded text ends with the id, so that no two are equal.
        self.by_name = order_of(self.ids.len(), &mut |one, other| key(one).cmp(&key(other)));
    }
}
