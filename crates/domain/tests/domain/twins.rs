use portal_domain::timeline::{LogId, TWINS_MS, same_happening};
use portal_wire::{EventType as E, *};
use proptest::prelude::*;

use crate::exports::any_story;

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(number: u32) -> T {
    format!("{number:08x}-1234-4000-8000-000000000000").parse().unwrap()
}

fn provider() -> LogId {
    LogId::Provider(id(1))
}

fn acme() -> LogId {
    LogId::Organization(id(2))
}

fn at(date: i64, kind: E) -> Event {
    Event {
        kind,
        date: Timestamp(1_769_938_200_000 + date),
        acting_user_id: Some(id(7)),
        device_type: Some(DeviceType::FirefoxBrowser),
        ip_address: Some("203.0.113.94".into()),
        ..Event::default()
    }
}

/// Link 20 leads to the organization 2.
fn client(link: ProviderOrganizationId) -> Option<OrganizationId> {
    (link == id(20)).then(|| id(2))
}

/// Either way round.
fn same(one: (&Event, LogId), other: (&Event, LogId)) -> bool {
    let answer = same_happening(one, other, &client);
    assert_eq!(answer, same_happening(other, one, &client));
    answer
}

#[test]
fn one_record_in_two_logs_is_one_happening_and_in_one_log_two() {
    let event = Event { organization_id: Some(id(2)), provider_id: Some(id(1)), ..at(0, E::GroupCreated) };
    assert!(same((&event, provider()), (&event, acme())));
    assert!(!same((&event, acme()), (&event, acme())));
    let later = Event { date: Timestamp(event.date.0 + 1), ..event.clone() };
    assert!(!same((&event, provider()), (&later, acme())), "two groups created one after the other");
    let other = Event { group_id: Some(id(30)), ..event.clone() };
    assert!(!same((&event, provider()), (&other, acme())));
}

fn by_link(date: i64) -> Event {
    Event { provider_organization_id: Some(id(20)), ..at(date, E::ProviderOrganizationVaultAccessed) }
}

fn by_organization(date: i64) -> Event {
    Event { organization_id: Some(id(2)), ..at(date, E::OrganizationVaultAccessed) }
}

#[test]
fn a_clients_vault_opened_is_one_happening_in_both_logs() {
    let twins = TWINS_MS as i64;
    assert!(same((&by_link(0), provider()), (&by_organization(twins), acme())));
    assert!(same((&by_link(twins), provider()), (&by_organization(0), acme())));
    assert!(!same((&by_link(0), provider()), (&by_organization(twins + 1), acme())));
    assert!(
        same((&by_link(0), provider()), (&by_organization(0), provider())),
        "the provider's log has both"
    );
    assert!(!same((&by_link(0), acme()), (&by_organization(0), acme())), "no client's log has 1903");
    assert!(!same((&by_link(0), provider()), (&by_link(1), acme())));
}

#[test]
fn visits_of_different_people_devices_addresses_or_clients_are_different() {
    let visit = by_organization(0);
    for other in [
        Event { acting_user_id: Some(id(8)), ..visit.clone() },
        Event { device_type: Some(DeviceType::ChromeBrowser), ..visit.clone() },
        Event { ip_address: None, ..visit.clone() },
        Event { organization_id: Some(id(3)), ..visit.clone() },
    ] {
        assert!(!same((&by_link(0), provider()), (&other, acme())), "{other:?}");
    }
    let unlinked = Event { provider_organization_id: Some(id(21)), ..by_link(0) };
    assert!(same((&unlinked, provider()), (&visit, acme())), "a link nobody knows any more");
    let nobody = |event: Event| Event { acting_user_id: None, ..event };
    assert!(!same((&nobody(by_link(0)), provider()), (&nobody(visit), acme())));
}

#[test]
fn copies_of_what_happened_to_an_account_are_one_happening() {
    let copy = |date, organization: Option<u32>| Event {
        user_id: Some(id(7)),
        organization_id: organization.map(id),
        provider_id: organization.is_none().then(|| id(1)),
        ..at(date, E::UserLoggedIn)
    };
    let other_client = LogId::Organization(id(3));
    assert!(same((&copy(0, Some(2)), acme()), (&copy(2_000, Some(3)), other_client)));
    assert!(same((&copy(0, Some(2)), acme()), (&copy(1, None), provider())));
    assert!(!same((&copy(0, Some(2)), acme()), (&copy(2_001, None), provider())));
    assert!(!same((&copy(0, Some(2)), acme()), (&copy(1, Some(2)), acme())), "signed in twice");
    for other in [
        Event { user_id: Some(id(8)), ..copy(0, None) },
        Event { kind: E::UserFailedLogIn, ..copy(0, None) },
        Event { device_type: None, ..copy(0, None) },
        Event { ip_address: Some("203.0.113.95".into()), ..copy(0, None) },
    ] {
        assert!(!same((&copy(0, Some(2)), acme()), (&other, provider())), "{other:?}");
    }
    let item = |date| Event { organization_id: Some(id(2)), ..at(date, E::CipherUpdated) };
    assert!(!same((&item(0), acme()), (&item(1), provider())), "only accounts have copies");
}

proptest! {
    #[test]
    fn it_is_symmetric_and_dates_at_the_ends_of_time_break_nothing((one, _) in any_story(), (other, _) in any_story()) {
        same((&one, acme()), (&other, provider()));
        prop_assert!(same((&one, acme()), (&one, provider())));
        let early = Event { date: Timestamp(i64::MIN), ..one.clone() };
        let late = Event { date: Timestamp(i64::MAX), ..one };
        prop_assert!(!same((&early, acme()), (&late, provider())));
    }
}
