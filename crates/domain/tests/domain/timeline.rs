use std::fmt::Write;

use portal_domain::timeline::*;
use portal_wire::*;

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(number: u32) -> T {
    format!("{number:08x}-0000-4000-8000-000000000000").parse().unwrap()
}

fn event(kind: EventType) -> Event {
    Event {
        kind,
        acting_user_id: Some(id(1)),
        provider_id: Some(id(2)),
        organization_id: None,
        ..Event::default()
    }
}

/// Knows everything that has a name of its own.
fn known(named: Named) -> Option<String> {
    Some(
        match named {
            Named::User(_) => "Ann Lee",
            Named::Staff(_) => "Bob Ray",
            Named::Member(_) => "Cid Poe",
            Named::Client(_) => "Acme Ltd",
            Named::Organization(_) => "Acme Ltd",
            Named::Provider(_) => "North MSP",
            Named::Collection(_) => "Finance",
            Named::Group(_) => "Sales",
            _ => return None,
        }
        .to_owned(),
    )
}

fn unknown(_: Named) -> Option<String> {
    None
}

#[test]
fn every_kind_of_event_in_words() {
    let mut list = String::new();
    for kind in EventType::ALL {
        let event = Event {
            organization_user_id: Some(id(3)),
            provider_user_id: Some(id(4)),
            provider_organization_id: Some(id(5)),
            collection_id: Some(id(6)),
            group_id: Some(id(7)),
            policy_id: Some(id(8)),
            cipher_id: Some(id(9)),
            secret_id: Some(id(10)),
            project_id: Some(id(11)),
            service_account_id: Some(id(12)),
            send_id: Some(id(13)),
            domain_name: Some("acme.example".into()),
            ..event(*kind)
        };
        let told = sentence(&event, &known);
        let weight = words(*kind).weight;
        let _ = writeln!(list, "{} {weight:?} {:?}: {}", kind.number(), category(*kind), told.what_text());
        let text = told.what_text();
        assert!(!text.contains(['{', '}']), "{text}");
        assert!(text.starts_with(|first: char| first.is_ascii_lowercase()) && !text.ends_with('.'), "{text}");
    }
    insta::assert_snapshot!("events", list);
}

#[test]
fn a_sentence_has_who_what_and_where() {
    let event =
        Event { provider_organization_id: Some(id(5)), ..event(EventType::ProviderOrganizationCreated) };
    let told = sentence(&event, &known);
    assert_eq!(told.who, Part::Name("Ann Lee".into()));
    assert_eq!(told.what, [Part::Words("created ".into()), Part::Name("Acme Ltd".into())]);
    assert_eq!(told.place.as_deref(), Some("North MSP"));
}

#[test]
fn the_place_is_the_organization_if_there_is_one() {
    let event = Event { organization_id: Some(id(5)), ..event(EventType::OrganizationVaultAccessed) };
    assert_eq!(sentence(&event, &known).place.as_deref(), Some("Acme Ltd"));
    assert_eq!(sentence(&event, &unknown).place, None);
}

#[test]
fn what_has_no_known_name_goes_by_the_start_of_its_id() {
    let event = Event { provider_user_id: Some(id(0xabcd)), ..event(EventType::ProviderUserRemoved) };
    let told = sentence(&event, &unknown);
    assert_eq!(told.who, Part::Name("User 00000001".into()));
    assert_eq!(told.what_text(), "removed staff member 0000abcd");
    let event = Event { provider_user_id: None, ..event };
    assert_eq!(sentence(&event, &unknown).what_text(), "removed a staff member");
}

#[test]
fn somebody_removed_keeps_the_name_of_the_account() {
    let event = Event {
        provider_user_id: Some(id(4)),
        user_id: Some(id(20)),
        ..event(EventType::ProviderUserRemoved)
    };
    let names = |named| match named {
        Named::User(_) => Some("Dee Fox".to_owned()),
        _ => None,
    };
    assert_eq!(sentence(&event, &names).what_text(), "removed Dee Fox");
}

#[test]
fn what_people_do_to_themselves_says_so() {
    let event = Event {
        organization_user_id: Some(id(3)),
        user_id: Some(id(1)),
        ..event(EventType::OrganizationUserResetPasswordEnroll)
    };
    assert_eq!(sentence(&event, &known).what_text(), "enrolled themselves in account recovery");
}

#[test]
fn an_unknown_event_says_so() {
    let told = sentence(&event(EventType::Unknown(2999)), &known);
    assert_eq!(told.what_text(), "did something this version does not know (type 2999)");
    assert_eq!(category(EventType::Unknown(1199)), Category::Other);
    assert_eq!(words(EventType::Unknown(2999)).weight, Weight::Notable);
}

#[test]
fn a_name_is_never_taken_for_a_slot_or_mixed_with_words() {
    let event =
        Event { provider_organization_id: Some(id(5)), ..event(EventType::ProviderOrganizationCreated) };
    let told = sentence(&event, &|_| Some("{client} <b>".to_owned()));
    assert_eq!(told.what[1], Part::Name("{client} <b>".into()));
}

#[test]
fn what_acts_without_a_person_is_named() {
    let of = |system| actor(&Event { system_user: Some(system), ..event(EventType::UserLoggedIn) }, &known);
    assert_eq!(of(EventSystemUser::Scim).text(), "The directory (SCIM)");
    assert_eq!(of(EventSystemUser::Unknown(9)).text(), "The server");
    let nobody = Event { acting_user_id: None, ..event(EventType::UserLoggedIn) };
    assert_eq!(actor(&nobody, &known), Part::Words("Somebody".into()));
    let failed = Event { user_id: Some(id(1)), ..nobody };
    assert_eq!(actor(&failed, &known), Part::Name("Ann Lee".into()));
}

#[test]
fn every_device_has_a_name_and_a_short_one() {
    for device in DeviceType::ALL {
        assert!(!device_name(*device).is_empty());
        assert!(!device_short(*device).contains(' '), "{device:?}");
    }
    assert_eq!(device_name(DeviceType::Unknown(99)), "Unknown device (type 99)");
}
