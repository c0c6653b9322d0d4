//! Roles, permissions and levels between the server's words and the tab's.

use portal_bridge::{AccessLevel, MemberAccess, MemberPermission, MemberRole, MemberStatus};
use portal_domain::{access::LevelFlags, search::fold};
use portal_wire::{
    CollectionId, OrganizationUserStatus, OrganizationUserType,
    organization::{CollectionAccess, MemberRow},
    profile::Permissions,
};

/// A role as the tab knows it.
pub(crate) fn shown_role(role: OrganizationUserType) -> MemberRole {
    match role {
        OrganizationUserType::Owner => MemberRole::Owner,
        OrganizationUserType::Admin => MemberRole::Admin,
        OrganizationUserType::User => MemberRole::User,
        OrganizationUserType::Custom => MemberRole::Custom,
        OrganizationUserType::Unknown(number) => MemberRole::Unknown(number),
    }
}

/// A role as the server knows it.
pub(crate) fn wire_role(role: MemberRole) -> OrganizationUserType {
    match role {
        MemberRole::Owner => OrganizationUserType::Owner,
        MemberRole::Admin => OrganizationUserType::Admin,
        MemberRole::User => OrganizationUserType::User,
        MemberRole::Custom => OrganizationUserType::Custom,
        MemberRole::Unknown(number) => OrganizationUserType::Unknown(number),
    }
}

/// The role a word in a table means; the Custom role has permissions that no table tells.
pub(crate) fn role_of(word: &str) -> Option<MemberRole> {
    match fold(word).as_str() {
        "owner" => Some(MemberRole::Owner),
        "admin" => Some(MemberRole::Admin),
        "user" => Some(MemberRole::User),
        _ => None,
    }
}

/// A status as the tab knows it.
pub(crate) fn shown_status(status: OrganizationUserStatus) -> MemberStatus {
    match status {
        OrganizationUserStatus::Revoked => MemberStatus::Revoked,
        OrganizationUserStatus::Invited => MemberStatus::Invited,
        OrganizationUserStatus::Accepted => MemberStatus::NeedsConfirmation,
        OrganizationUserStatus::Confirmed => MemberStatus::Confirmed,
        OrganizationUserStatus::Staged => MemberStatus::Staged,
        OrganizationUserStatus::Unknown(number) => MemberStatus::Unknown(number),
    }
}

/// What a member has, as the server told it.
pub(crate) fn access_of(member: &MemberRow) -> MemberAccess {
    let mut permissions = member.permissions.unwrap_or_default();
    MemberAccess {
        role: shown_role(member.kind),
        permissions: MemberPermission::ALL
            .into_iter()
            .filter(|permission| *slot(&mut permissions, *permission))
            .collect(),
        groups: member.groups.clone(),
        collections: member.collections.iter().map(|access| (access.id, level_of(access))).collect(),
    }
}

/// Permissions as the server knows them.
pub(crate) fn wire_permissions(given: &[MemberPermission]) -> Permissions {
    let mut permissions = Permissions::default();
    given.iter().for_each(|permission| *slot(&mut permissions, *permission) = true);
    permissions
}

/// An access as it travels.
pub(crate) fn flags_of(id: CollectionId, level: AccessLevel) -> CollectionAccess {
    let LevelFlags { read_only, hide_passwords, manage } = level.flags();
    CollectionAccess { id, read_only, hide_passwords, manage }
}

fn level_of(access: &CollectionAccess) -> AccessLevel {
    let CollectionAccess { read_only, hide_passwords, manage, .. } = *access;
    AccessLevel::of(LevelFlags { read_only, hide_passwords, manage })
}

fn slot(permissions: &mut Permissions, permission: MemberPermission) -> &mut bool {
    match permission {
        MemberPermission::AccessEventLogs => &mut permissions.access_event_logs,
        MemberPermission::AccessImportExport => &mut permissions.access_import_export,
        MemberPermission::AccessReports => &mut permissions.access_reports,
        MemberPermission::CreateNewCollections => &mut permissions.create_new_collections,
        MemberPermission::EditAnyCollection => &mut permissions.edit_any_collection,
        MemberPermission::DeleteAnyCollection => &mut permissions.delete_any_collection,
        MemberPermission::ManageGroups => &mut permissions.manage_groups,
        MemberPermission::ManagePolicies => &mut permissions.manage_policies,
        MemberPermission::ManageSso => &mut permissions.manage_sso,
        MemberPermission::ManageUsers => &mut permissions.manage_users,
        MemberPermission::ManageResetPassword => &mut permissions.manage_reset_password,
        MemberPermission::ManageScim => &mut permissions.manage_scim,
        MemberPermission::ManageAccessRules => &mut permissions.manage_access_rules,
    }
}
