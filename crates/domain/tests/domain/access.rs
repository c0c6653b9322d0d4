use std::fmt::Write;

use portal_domain::access::*;
use portal_wire::{OrganizationUserType, ProviderUserStatus, ProviderUserType, profile::Permissions};
use proptest::prelude::*;

const NO_PERMISSIONS: Permissions = Permissions {
    access_event_logs: false,
    access_import_export: false,
    access_reports: false,
    create_new_collections: false,
    edit_any_collection: false,
    delete_any_collection: false,
    manage_groups: false,
    manage_policies: false,
    manage_sso: false,
    manage_users: false,
    manage_reset_password: false,
    manage_scim: false,
    manage_access_rules: false,
};

/// Each permission alone, by its name.
fn single_permissions() -> Vec<(String, Permissions)> {
    let names = serde_json::to_value(NO_PERMISSIONS).unwrap();
    let names = names.as_object().unwrap().keys().cloned();
    names
        .map(|name| (name.clone(), serde_json::from_value(serde_json::json!({name: true})).unwrap()))
        .collect()
}

fn plain_subjects() -> [(&'static str, Subject); 6] {
    [
        ("PA", Subject::ProviderAdmin),
        ("SU", Subject::ServiceUser),
        ("Owner", Subject::Owner),
        ("Admin", Subject::Admin),
        ("User", Subject::User),
        ("Nobody", Subject::Nobody),
    ]
}

fn every_subject() -> Vec<Subject> {
    let custom = single_permissions().into_iter().map(|(_, permissions)| Subject::Custom(permissions));
    plain_subjects().into_iter().map(|(_, subject)| subject).chain(custom).collect()
}

/// Organizations in which the table has different answers.
fn clients() -> [(&'static str, ClientSituation); 5] {
    let unmanaged = ClientSituation::default();
    [
        ("unmanaged", unmanaged),
        ("reseller", ClientSituation { manager: Manager::Reseller, ..unmanaged }),
        ("provider", ClientSituation { manager: Manager::Provider, ..unmanaged }),
        (
            "strict",
            ClientSituation { admins_reach_everything: false, limits_collection_creation: true, ..unmanaged },
        ),
        ("staff kept from items", ClientSituation { staff_reach_items: false, ..unmanaged }),
    ]
}

fn sign(grant: Grant) -> &'static str {
    match grant {
        Grant::Full => "yes",
        Grant::InPart => "part",
        Grant::ManagedByProvider => "managed",
        Grant::None => "-",
    }
}

/// The answer in every kind of organization, or in one word if they agree.
fn cell(action: Action, subject: Subject) -> String {
    let grants = clients().map(|(name, client)| (name, sign(grant(action, subject, &client))));
    if grants.iter().all(|(_, sign)| *sign == grants[0].1) {
        return grants[0].1.to_owned();
    }
    let common = grants[0].1;
    let others: Vec<String> = grants
        .iter()
        .filter(|(_, sign)| *sign != common)
        .map(|(name, sign)| format!("{name}:{sign}"))
        .collect();
    format!("{common} {}", others.join(" "))
}

#[test]
fn every_cell_of_the_table() {
    let mut table = String::new();
    for action in Action::ALL {
        let _ = writeln!(table, "{action:?} [{} {:?}]", refusal(*action).status(), refusal(*action));
        let cells = plain_subjects().map(|(name, subject)| format!("{name} {}", cell(*action, subject)));
        let _ = writeln!(table, "    {}", cells.join(" | "));
        let none = cell(*action, Subject::Custom(NO_PERMISSIONS));
        let unlocked: Vec<String> = single_permissions()
            .into_iter()
            .map(|(name, permissions)| (name, cell(*action, Subject::Custom(permissions))))
            .filter(|(_, cell)| *cell != none)
            .map(|(name, cell)| format!("{name} {cell}"))
            .collect();
        let unlocked =
            if unlocked.is_empty() { String::new() } else { format!(" | {}", unlocked.join(" | ")) };
        let _ = writeln!(table, "    Custom {none}{unlocked}");
    }
    insta::assert_snapshot!("role_table", table);
}

/// The walk in the browser (`e2e/specs/roles.spec.mjs`) reads its expectations from this very snapshot.
#[test]
fn every_verdict_in_every_condition() {
    let mut table = String::new();
    for condition in [ProviderCondition::Pending, ProviderCondition::Active, ProviderCondition::Suspended] {
        let empty = ProviderSituation { condition, ..ProviderSituation::default() };
        let linked = ProviderSituation { has_clients: true, ..empty };
        for action in Action::ALL {
            let (cells, with_clients) = (verdicts_of_all(*action, empty), verdicts_of_all(*action, linked));
            let _ = writeln!(table, "{condition:?} {action:?}: {cells}");
            if with_clients != cells {
                let _ = writeln!(table, "{condition:?}+clients {action:?}: {with_clients}");
            }
        }
    }
    insta::assert_snapshot!("verdicts", table);
}

/// Everybody's verdict, at a client that the provider manages; a permission of a Custom member where it makes a difference.
fn verdicts_of_all(action: Action, provider: ProviderSituation) -> String {
    let client = ClientSituation { manager: Manager::Provider, ..ClientSituation::default() };
    let of = |subject| verdict(action, subject, &Situation { provider, client });
    let none = of(Subject::Custom(NO_PERMISSIONS));
    let mut cells: Vec<String> =
        plain_subjects().map(|(name, subject)| format!("{name} {:?}", of(subject))).to_vec();
    cells.push(format!("Custom {none:?}"));
    for (name, permission) in single_permissions() {
        let verdict = of(Subject::Custom(permission));
        if verdict != none {
            cells.push(format!("Custom+{name} {verdict:?}"));
        }
    }
    cells.join(" | ")
}

#[test]
fn what_is_missing_is_named() {
    let without = |provider: ProviderSituation, client: ClientSituation| Situation { provider, client };
    let (provider, client) = (ProviderSituation::default(), ClientSituation::default());
    for (action, situation, reason) in [
        (
            Action::CreateClient,
            without(ProviderSituation { has_key: false, ..provider }, client),
            Reason::KeyMissing,
        ),
        (
            Action::ConfirmStaff,
            without(ProviderSituation { has_key: false, ..provider }, client),
            Reason::KeyMissing,
        ),
        (
            Action::ViewProviderEvents,
            without(ProviderSituation { keeps_events: false, ..provider }, client),
            Reason::EventsOff,
        ),
        (
            Action::DeleteProvider,
            without(ProviderSituation { has_clients: true, ..provider }, client),
            Reason::ClientsLinked,
        ),
        (
            Action::ViewOrganizationEvents,
            without(provider, ClientSituation { has_events: false, ..client }),
            Reason::EventsOff,
        ),
        (
            Action::ManagePolicies,
            without(provider, ClientSituation { has_policies: false, ..client }),
            Reason::PlanLacksIt,
        ),
        (
            Action::ManageGroups,
            without(provider, ClientSituation { has_groups: false, ..client }),
            Reason::PlanLacksIt,
        ),
        (
            Action::ManageSso,
            without(provider, ClientSituation { has_sso: false, ..client }),
            Reason::PlanLacksIt,
        ),
        (
            Action::ManageScimKey,
            without(provider, ClientSituation { has_scim: false, ..client }),
            Reason::PlanLacksIt,
        ),
    ] {
        let found = verdict(action, Subject::ProviderAdmin, &situation);
        assert_eq!(found, Verdict::Disabled(reason), "{action:?}");
        assert_eq!(verdict(action, Subject::Nobody, &situation), Verdict::Hidden, "{action:?}");
    }
}

#[test]
fn every_action_has_its_row() {
    for action in Action::ALL {
        let somebody = every_subject()
            .into_iter()
            .any(|subject| grant(*action, subject, &ClientSituation::default()) == Grant::Full);
        assert!(somebody, "nobody has {action:?}");
    }
    assert_eq!(verdicts(Subject::Nobody, &Situation::default()).len(), Action::ALL.len());
}

#[test]
fn a_provider_admin_has_whatever_a_service_user_has() {
    for action in Action::ALL {
        for (_, client) in clients() {
            let (admin, service) = (Subject::ProviderAdmin, Subject::ServiceUser);
            assert!(grant(*action, admin, &client) >= grant(*action, service, &client), "{action:?}");
        }
    }
}

#[test]
fn the_roles_of_an_organization_only_grow() {
    for action in Action::ALL {
        for (_, client) in clients() {
            let of = |subject| grant(*action, subject, &client);
            assert!(of(Subject::Owner) >= of(Subject::Admin), "{action:?}");
            assert!(of(Subject::Admin) >= of(Subject::User), "{action:?}");
            assert!(of(Subject::User) >= of(Subject::Nobody), "{action:?}");
            assert!(of(Subject::Custom(NO_PERMISSIONS)) == of(Subject::User), "{action:?}");
        }
    }
}

#[test]
fn members_of_clients_have_nothing_at_the_provider() {
    for action in &Action::ALL[..Action::ALL.iter().position(|a| *a == Action::OpenClient).unwrap()] {
        for subject in every_subject().into_iter().filter(|subject| !subject.is_staff()) {
            let expected =
                if *action == Action::AcceptStaffInvitation { Verdict::Allowed } else { Verdict::Hidden };
            assert_eq!(verdict(*action, subject, &Situation::default()), expected, "{action:?} {subject:?}");
        }
    }
}

#[test]
fn staff_that_are_members_too_have_what_either_has() {
    let client = ClientSituation { manager: Manager::Provider, ..ClientSituation::default() };
    let both = [Subject::ServiceUser, Subject::Owner];
    assert_eq!(grant_to_any(Action::ExportVault, both, &client), Grant::Full);
    assert_eq!(grant_to_any(Action::ViewSubscription, both, &client), Grant::Full);
    assert_eq!(grant_to_any(Action::CreateClient, both, &client), Grant::None);
    assert_eq!(grant_to_any(Action::ViewProvider, [], &client), Grant::None);
}

#[test]
fn an_unknown_role_may_do_nothing() {
    assert_eq!(Subject::staff(ProviderUserType::Unknown(7)), Subject::Nobody);
    assert_eq!(Subject::member(OrganizationUserType::Unknown(3), NO_PERMISSIONS), Subject::Nobody);
}

fn target() -> StaffTarget {
    StaffTarget {
        yourself: false,
        role: ProviderUserType::ServiceUser,
        status: ProviderUserStatus::Confirmed,
        another_admin: true,
    }
}

fn on_staff(action: Action, target: StaffTarget) -> Verdict {
    staff_verdict(action, Subject::ProviderAdmin, &Situation::default(), &target)
}

#[test]
fn the_last_admin_stays_and_nobody_removes_themselves() {
    let last = StaffTarget { role: ProviderUserType::ProviderAdmin, another_admin: false, ..target() };
    let disabled = Verdict::Disabled;
    assert_eq!(on_staff(Action::RemoveStaff, last), disabled(Reason::LastAdmin));
    assert_eq!(on_staff(Action::ChangeStaffRole, last), disabled(Reason::LastAdmin));
    let me = StaffTarget { yourself: true, role: ProviderUserType::ProviderAdmin, ..target() };
    assert_eq!(on_staff(Action::RemoveStaff, me), disabled(Reason::Yourself));
    assert_eq!(on_staff(Action::ChangeStaffRole, me), Verdict::Allowed);
    assert_eq!(on_staff(Action::RemoveStaff, target()), Verdict::Allowed);
    let hidden = staff_verdict(Action::RemoveStaff, Subject::ServiceUser, &Situation::default(), &target());
    assert_eq!(hidden, Verdict::Hidden);
}

#[test]
fn an_invitation_is_sent_again_before_and_a_person_confirmed_after_accepting() {
    for (status, resend, confirm) in [
        (ProviderUserStatus::Invited, true, false),
        (ProviderUserStatus::Accepted, false, true),
        (ProviderUserStatus::Confirmed, false, false),
        (ProviderUserStatus::Unknown(9), false, false),
    ] {
        let target = StaffTarget { status, ..target() };
        let allowed = |action| on_staff(action, target) == Verdict::Allowed;
        assert_eq!(
            (allowed(Action::ResendStaffInvitation), allowed(Action::ConfirmStaff)),
            (resend, confirm)
        );
    }
}

#[test]
fn a_client_row_knows_what_stands_in_the_way() {
    let on = |action, subject, target| client_verdict(action, subject, &Situation::default(), &target);
    let (admin, service) = (Subject::ProviderAdmin, Subject::ServiceUser);
    let free = ClientTarget::default();
    assert_eq!(on(Action::UnlinkClient, admin, free), Verdict::Allowed);
    let ownerless = ClientTarget { confirmed_owner: Some(false), ..free };
    assert_eq!(on(Action::UnlinkClient, admin, ownerless), Verdict::Disabled(Reason::NoConfirmedOwner));
    assert_eq!(on(Action::UnlinkClient, service, ownerless), Verdict::Hidden);
    let dear = ClientTarget { needs_purchase: true, ..free };
    assert_eq!(on(Action::ChangeSeats, admin, dear), Verdict::Allowed);
    assert_eq!(on(Action::ChangeSeats, service, dear), Verdict::Disabled(Reason::NeedsPurchase));
    let low = ClientTarget { below_used_seats: true, ..free };
    assert_eq!(on(Action::ChangeSeats, admin, low), Verdict::Disabled(Reason::BelowUsedSeats));
}

proptest! {
    #[test]
    fn a_custom_member_passes_on_only_permissions_held(own in permissions(), given in permissions()) {
        let role = OrganizationUserType::Custom;
        let (own_json, given_json) = (serde_json::to_value(own).unwrap(), serde_json::to_value(given).unwrap());
        let within = given_json.as_object().unwrap().iter().all(|(name, value)| value == false || own_json[name] == true);
        prop_assert_eq!(may_grant(Subject::Custom(own), role, &given), within);
        prop_assert!(may_grant(Subject::Admin, role, &given));
        prop_assert!(!may_grant(Subject::Custom(own), OrganizationUserType::Admin, &NO_PERMISSIONS));
    }
}

fn permissions() -> impl Strategy<Value = Permissions> {
    proptest::sample::subsequence(single_permissions(), 0..=13).prop_map(|held| {
        let fields = held.into_iter().map(|(name, _)| (name, true.into())).collect();
        serde_json::from_value(serde_json::Value::Object(fields)).unwrap()
    })
}

#[test]
fn only_owners_and_staff_act_on_owners() {
    for subject in every_subject() {
        let equal = matches!(subject, Subject::ProviderAdmin | Subject::ServiceUser | Subject::Owner);
        assert_eq!(may_manage(subject, OrganizationUserType::Owner), equal, "{subject:?}");
        assert_eq!(
            may_manage(subject, OrganizationUserType::Admin),
            equal || subject == Subject::Admin,
            "{subject:?}"
        );
    }
}
