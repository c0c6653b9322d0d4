//! What may be given to a member: a role, permissions, collections, groups.

use portal_domain::access::{
    Action, CollectionTarget, Situation, Subject, Verdict, collection_verdict, may_grant,
};
use portal_wire::{
    CollectionId, GroupId, OrganizationUserType,
    organization::{CollectionAccess, Organization},
    profile::Permissions,
};

use crate::{
    auth::OrganizationAccess,
    http::{ApiError, Validation},
    store::{
        Tx,
        collections::{self, Which},
        members,
    },
};

/// A role with what comes with it, as a request names it.
pub(super) struct Gift<'a> {
    pub(super) role: OrganizationUserType,
    pub(super) permissions: Option<&'a Permissions>,
    pub(super) collections: &'a [CollectionAccess],
    pub(super) groups: &'a [GroupId],
}

impl Gift<'_> {
    /// Refuses a role or permissions the caller cannot give (contract §4.3.2), and levels of access that contradict themselves.
    pub(super) fn check(
        &self,
        access: &OrganizationAccess,
        organization: &Organization,
    ) -> Result<(), ApiError> {
        let mut wrong = Validation::new();
        if matches!(self.role, OrganizationUserType::Unknown(_)) {
            wrong.error("Type", "The field Type is invalid.");
        }
        for collection in self.collections {
            if collection.manage && (collection.read_only || collection.hide_passwords) {
                wrong.error(
                    "Collections",
                    "The Manage property is mutually exclusive and cannot be true while the ReadOnly or HidePasswords \
                     properties are also true.",
                );
                break;
            }
        }
        wrong.finish()?;
        if self.role == OrganizationUserType::Custom && !organization.use_custom_permissions {
            return Err(ApiError::refused("The organization's plan has no Custom members."));
        }
        let permissions = self.permissions.copied().unwrap_or_default();
        if !access.subjects().into_iter().any(|subject| may_grant(subject, self.role, &permissions)) {
            return Err(ApiError::refused("You cannot give a member this role or these permissions."));
        }
        Ok(())
    }

    /// Collections and groups must be the organization's, and such as the caller can give: 404 otherwise. Gives the collections
    /// whose access the caller can change.
    pub(super) async fn changeable(
        &self,
        tx: &mut Tx,
        access: &OrganizationAccess,
    ) -> Result<Vec<CollectionId>, ApiError> {
        if !members::are_here(tx, access, self.collections, self.groups).await? {
            return Err(ApiError::NotFound);
        }
        changeable(tx, access).await
    }
}

/// The collections in which the caller can say what single members may do.
async fn changeable(tx: &mut Tx, access: &OrganizationAccess) -> Result<Vec<CollectionId>, ApiError> {
    let subjects = access.subjects();
    let client = *access.situation();
    let by_permission = client.admins_reach_everything
        && subjects
            .iter()
            .any(|subject| matches!(subject, Subject::Custom(permissions) if permissions.manage_users));
    let situation = Situation { client, ..Situation::default() };
    let found = collections::details(tx, access, Which::All).await?;
    let can = |collection: &collections::Access| {
        let mut grants = collection.groups.iter().chain(&collection.members);
        let target = CollectionTarget {
            managed: collection.own.as_ref().is_some_and(|own| own.manage),
            unmanaged: !grants.any(|(_, grant)| grant.manage),
            ..CollectionTarget::default()
        };
        by_permission
            || collection_verdict(Action::EditCollection, &subjects, &situation, &target) == Verdict::Allowed
    };
    Ok(found.iter().filter(|collection| can(collection)).map(|collection| collection.collection.id).collect())
}
