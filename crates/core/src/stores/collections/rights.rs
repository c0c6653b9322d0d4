use portal_bridge::{Action, Verdict};
use portal_domain::access::{CollectionTarget, collection_verdict};

use super::Collection;
use crate::{session::Membership, stores::space::Rights};

impl Rights {
    /// Whether one collection can be changed or deleted now.
    pub(crate) fn verdict_on(
        &self,
        action: Action,
        organization: &Membership,
        collection: &Collection,
    ) -> Verdict {
        let target = CollectionTarget {
            managed: collection.managed,
            unmanaged: collection.unmanaged,
            somebodys_own: collection.owned_by.is_some(),
            limits_deletion: organization.limit_collection_deletion.unwrap_or_default(),
        };
        collection_verdict(action, &self.subjects, &self.situation, &target)
    }
}
