//! Who may act on whom inside an organization.

use portal_wire::{OrganizationUserType, profile::Permissions};

use super::Subject;

/// Whether somebody may change, revoke, remove or recover a member of that role, given that the action is granted.
///
/// Owners, and the provider's staff, may act on everybody; Admins on all but Owners; Custom members on Users and Custom
/// members.
pub fn may_manage(subject: Subject, target: OrganizationUserType) -> bool {
    match subject {
        Subject::ProviderAdmin | Subject::ServiceUser | Subject::Owner => true,
        Subject::Admin => target != OrganizationUserType::Owner,
        Subject::Custom(_) => matches!(target, OrganizationUserType::User | OrganizationUserType::Custom),
        Subject::User | Subject::Nobody => false,
    }
}

/// Whether somebody may give a member that role with those permissions, given that inviting or editing is granted.
///
/// Besides [`may_manage`], a Custom member can only pass on permissions the member holds.
pub fn may_grant(subject: Subject, role: OrganizationUserType, permissions: &Permissions) -> bool {
    let within_own = match subject {
        Subject::Custom(own) if role == OrganizationUserType::Custom => within(permissions, &own),
        _ => true,
    };
    within_own && !matches!(role, OrganizationUserType::Unknown(_)) && may_manage(subject, role)
}

/// Whether every permission given is among those held.
fn within(given: &Permissions, held: &Permissions) -> bool {
    let both = Permissions {
        access_event_logs: given.access_event_logs && held.access_event_logs,
        access_import_export: given.access_import_export && held.access_import_export,
        access_reports: given.access_reports && held.access_reports,
        create_new_collections: given.create_new_collections && held.create_new_collections,
        edit_any_collection: given.edit_any_collection && held.edit_any_collection,
        delete_any_collection: given.delete_any_collection && held.delete_any_collection,
        manage_groups: given.manage_groups && held.manage_groups,
        manage_policies: given.manage_policies && held.manage_policies,
        manage_sso: given.manage_sso && held.manage_sso,
        manage_users: given.manage_users && held.manage_users,
        manage_reset_password: given.manage_reset_password && held.manage_reset_password,
        manage_scim: given.manage_scim && held.manage_scim,
        manage_access_rules: given.manage_access_rules && held.manage_access_rules,
    };
    both == *given
}
