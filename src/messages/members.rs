//! The members of a client.

use portal_bridge::{MemberPermission, MemberRole, MemberStatus};

texts! {
    label => "Members",
    member => "Member",
    find => "Find a member",
    invite => "Invite people",
    invite_table => "Invite from a file",
    more => "More",
    groups => "Groups",
    two_step => "Two-step login",
    recovery => "Account recovery",
    on => "on",
    off => "off",
    agreed => "agreed",
    not_agreed => "not agreed",
    owner => "Owner",
    admin => "Admin",
    custom => "Custom",
    user => "User",
    owner_note => "Everything, with billing where no provider manages it.",
    admin_note => "Everything but what concerns Owners and billing.",
    custom_note => "Single permissions, chosen below.",
    user_note => "Uses what is shared through groups and collections.",
    revoked => "Revoked",
    staged => "Staged",
    without_two_step => "Without two-step login",
    without_recovery => "Without account recovery",
    with_recovery => "With account recovery",
    need => "Only",
    seats_of(taken, all) => "{taken} of {all} seats taken",
    seats_taken[n] => { one: "{n} seat taken", other: "{n} seats taken" },
    announced[n] => { one: "{n} member", other: "{n} members" },
    csv_saved[n] => { one: "{n} member saved as CSV", other: "{n} members saved as CSV" },
    no_match_body => "No member has this name, address, role or status.",
    none => "Nobody is a member yet",
    none_body => "Invite the client’s owner first, then everybody else.",
    waiting_banner[n] => { one: "{n} person accepted and waits for your confirmation.", other: "{n} people accepted and wait for your confirmation." },
    waiting_banner_body => "Until then they see nothing of what is shared with them.",

    external_id => "External id",
    since => "Member since",
    revoked_because => "Revoked",
    collections => "Collections",
    permissions => "Permissions",
    nothing => "none",
    not_told => "Your role does not see this.",
    sso => "Signs in through the organization’s single sign-on.",
    claimed => "The organization owns this account.",
    by_hand => "by a person",
    by_two_step => "by the two-step login policy",
    by_ownership => "by the data ownership policy",
    by_single => "by the single organization policy",
    by_unknown(number) => "for reason {number}",
    by_nobody => "the server does not say why",
    events => "Event log",
}

// Inviting, editing, and what takes access away.
texts! {
    edit => "Edit",
    edit_ => "Edit…",
    edit_title(name) => "Edit {name}",
    save => "Save",
    saved(name) => "{name} saved",
    changed_head => "Somebody else changed this member while you were editing.",
    changed_body => "Nothing is saved yet. Their changes now stand in the form beside yours; look and save again.",
    changed_role(before, now) => "The role went from {before} to {now}.",
    changed_permissions => "The permissions changed.",
    changed_joined(name) => "Put into the group {name}.",
    changed_left(name) => "No longer in the group {name}.",
    changed_given(name, level) => "{level} in the collection {name}.",
    changed_taken(name) => "No longer in the collection {name}.",
    becomes => "Role",
    find_group => "Find a group",
    find_collection => "Find a collection",
    no_groups => "The client has no groups.",
    no_collections => "There is no collection to give.",
    more_left[n] => { one: "{n} more, find it by name.", other: "{n} more, find them by name." },
    locked_name => "Cannot be decrypted",
    level_in(name) => "Access to {name}",
    level_kept(name, level) => "{name}: {level}, not yours to change",

    may_events => "Read event logs",
    may_import_export => "Import and export",
    may_reports => "See reports",
    may_create => "Create collections",
    may_edit_any => "Edit any collection",
    may_delete_any => "Delete any collection",
    may_groups => "Manage groups",
    may_policies => "Manage policies",
    may_sso => "Manage single sign-on",
    may_users => "Manage members",
    may_recover => "Recover accounts",
    may_scim => "Manage SCIM",
    may_rules => "Manage access rules",

    invite_title => "Invite people to the client",
    invite_register(address) => "This server sends no mail. Ask them to register at {address} with this e-mail address. Whoever has an account there already can be confirmed at once.",
    seats_before(taken, all) => "{taken} of {all} seats are taken.",
    seats_after[n](left) => { one: "{n} invitation takes one more; {left} are left then.", other: "{n} invitations take as many more; {left} are left then." },
    seats_short[n] => { one: "{n} seat is missing. Add seats first, or revoke somebody.", other: "{n} seats are missing. Add seats first, or revoke somebody." },
    confirm_how => "Confirming hands over the organization’s key. Compare each phrase with the person, by telephone or face to face, word by word. They find theirs after accepting, or in their account settings.",

    revoke => "Revoke",
    revoke_ => "Revoke…",
    restore => "Restore",
    remove_ => "Remove…",
    recover_ => "Recover account…",
    revoke_title(name) => "Revoke {name}?",
    revoke_title_many[n] => { one: "Revoke {n} member?", other: "Revoke {n} members?" },
    revoke_loses => "What the client shares is out of reach from now on, and the seat is free.",
    revoke_keeps => "Role, groups and collections are kept, and can be given back by restoring.",
    restore_title_many[n] => { one: "Restore {n} member?", other: "Restore {n} members?" },
    restore_gives => "Whoever is restored has again what they had before. Each takes a seat, and policies are checked once more.",
    remove_title(name) => "Remove {name} from the client?",
    remove_title_many[n] => { one: "Remove {n} member from the client?", other: "Remove {n} members from the client?" },
    in_groups[n] => { one: "{n} group", other: "{n} groups" },
    in_collections[n] => { one: "{n} collection", other: "{n} collections" },
    remove_loses(groups, collections) => "{groups} and {collections} are lost, and the seat is free.",
    remove_loses_many => "They lose every group and collection of the client, and their seats are free.",
    remove_keeps => "The account and its own vault stay. The client’s key does not change by this.",
    remove_undo => "To come back, they have to be invited, accept and be confirmed again.",
    remove_go => "Remove from the client",
    no_owner_left => "No confirmed Owner of the client’s own is left then; only your provider can act as owner.",

    recover_title(name) => "Recover the account of {name}?",
    recover_body => "The master password you set here replaces the old one at once, and signs the person out everywhere. Two-step login stays as it is. Pass the new password on safely, and ask the person to change it.",
    recover_hint => "At least 12 characters.",
    recover_go => "Set the master password",
    recovered(name) => "{name} has a new master password",

    table_title => "Invite people from a file",
    table_how => "A CSV file with the columns E-mail, Role (Owner, Admin or User) and Groups, parted by semicolons. A plain list of addresses will do; whoever has no role becomes a User.",
    table_file => "CSV file",
    table_text => "Or paste it here",
    table_look => "Look at it",
    table_go[n] => { one: "Invite {n} person", other: "Invite {n} people" },
    table_nobody => "Nobody in this table can be invited.",
    table_counts(ready, all) => "{ready} of {all} rows will be invited.",
    table_more[n] => { one: "{n} more row is not drawn; those that will not be invited stand first.", other: "{n} more rows are not drawn; those that will not be invited stand first." },
    table_change => "Change the table",
    line => "Line",
    finding => "What happens",
    found_new => "will be invited",
    found_member(status) => "already a member: {status}",
    found_twice => "stands above already",
    found_bad_address => "not an e-mail address",
    found_unknown_role(role) => "no role is called {role}",
    found_role_not_yours => "not a role you can give",
    found_unknown_group(group) => "no group is called {group}",

    finished_confirm[n] => { one: "{n} member confirmed", other: "{n} members confirmed" },
    finished_resend[n] => { one: "{n} invitation sent again", other: "{n} invitations sent again" },
    finished_revoke[n] => { one: "{n} member revoked", other: "{n} members revoked" },
    finished_restore[n] => { one: "{n} member restored", other: "{n} members restored" },
    finished_remove[n] => { one: "{n} member removed", other: "{n} members removed" },
}

/// A role in words; one this version does not know by its number.
pub fn role_word(role: MemberRole) -> String {
    let word = match role {
        MemberRole::Owner => owner(),
        MemberRole::Admin => admin(),
        MemberRole::Custom => custom(),
        MemberRole::User => user(),
        MemberRole::Unknown(number) => return super::staff::unknown_role(&number.to_string()),
    };
    word.to_owned()
}

/// A status in words; one this version does not know by its number.
pub fn status_word(status: MemberStatus) -> String {
    let word = match status {
        MemberStatus::Revoked => revoked(),
        MemberStatus::Invited => super::staff::invited(),
        MemberStatus::NeedsConfirmation => super::staff::needs_confirmation(),
        MemberStatus::Confirmed => super::staff::confirmed(),
        MemberStatus::Staged => staged(),
        MemberStatus::Unknown(number) => return super::staff::unknown_status(&number.to_string()),
    };
    word.to_owned()
}

/// A permission of the Custom role in words.
pub fn permission_word(permission: MemberPermission) -> &'static str {
    match permission {
        MemberPermission::AccessEventLogs => may_events(),
        MemberPermission::AccessImportExport => may_import_export(),
        MemberPermission::AccessReports => may_reports(),
        MemberPermission::CreateNewCollections => may_create(),
        MemberPermission::EditAnyCollection => may_edit_any(),
        MemberPermission::DeleteAnyCollection => may_delete_any(),
        MemberPermission::ManageGroups => may_groups(),
        MemberPermission::ManagePolicies => may_policies(),
        MemberPermission::ManageSso => may_sso(),
        MemberPermission::ManageUsers => may_users(),
        MemberPermission::ManageResetPassword => may_recover(),
        MemberPermission::ManageScim => may_scim(),
        MemberPermission::ManageAccessRules => may_rules(),
    }
}

/// Why a member was revoked, by the server's number.
pub fn revoked_word(reason: Option<i32>) -> String {
    let word = match reason {
        None | Some(0) => by_nobody(),
        Some(1) => by_hand(),
        Some(2) => by_two_step(),
        Some(3) => by_ownership(),
        Some(4) => by_single(),
        Some(number) => return by_unknown(&number.to_string()),
    };
    word.to_owned()
}
