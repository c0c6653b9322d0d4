//! What is switched off, and what is never asked for, where one looks after an organization as its Owner or Admin.

use portal_bridge::{
    Direction, EnterSpace, EventsFilter, EventsOf, EventsQuery, Feature, GetAccount, GetCapabilities,
    GetClientSettings, GetCollection, GetCollections, GetEvents, GetGroups, GetMember, GetMemberChoices,
    GetMembers, GetOverview, GetPlaces, GetPolicies, GetPortfolio, GetPortfolioClients, GetSpace, ListState,
    Moment, PortfolioQuery, PortfolioSort, Remedy, Setting, Standing, StepKind, StepState, Window,
};

use crate::{
    members::{ALL, everybody},
    person::Person,
    replay::{DAY, play, within},
    structure::{every_collection, every_group},
    vault::{COLLECTION, MYSELF, Role},
};

#[test]
fn a_walk_through_owner_mode_asks_for_no_item() {
    for role in [Role::Owner, Role::Admin] {
        play(move |server| async move {
            let person = server.signed_in(role).await;
            walk(&person, role).await;
            let calls = server.calls();
            let items = ["/ciphers", "/sync", "/folders", "/sends", "/attachment"];
            for call in &calls {
                assert!(items.iter().all(|part| !call.contains(part)), "{role:?}: {call}");
            }
            // The walk went where it says: each page has asked for its own.
            for part in ["/users", "/collections", "/groups", "/policies", "/events?", "/profile", "/config"]
            {
                assert!(
                    calls.iter().any(|call| call.contains(part)),
                    "{role:?} never asked for {part}: {calls:#?}"
                );
            }
        });
    }
}

/// Every page of owner mode, once.
async fn walk(person: &Person, role: Role) {
    person.ask(GetPlaces).await.unwrap();
    person.ask(GetPortfolio).await.unwrap();
    person
        .until(async || {
            let query = PortfolioQuery {
                search: String::new(),
                needs: None,
                sort: PortfolioSort::Name,
                direction: Direction::Ascending,
            };
            let window = Window { from: 0, count: 60 };
            let clients = person.ask(GetPortfolioClients { query, window }).await.unwrap();
            (clients.rows.total == 1 && clients.reading.read == clients.reading.to_read).then_some(())
        })
        .await;
    person.ask(EnterSpace(within())).await.unwrap();
    person.ask(GetSpace(within())).await.unwrap();
    let overview = person.ask(GetOverview(within())).await.unwrap();
    let items = overview.steps.iter().find(|step| step.kind == StepKind::FirstItems).unwrap();
    assert_eq!(items.state, StepState::Unknown, "nothing is said of what nobody asked for");
    person.ask(GetMembers { query: everybody(), window: ALL }).await.unwrap();
    person.ask(GetMember { within: within(), member: MYSELF.parse().unwrap() }).await.unwrap();
    person.ask(GetMemberChoices(within())).await.unwrap();
    person.ask(GetCollections { query: every_collection(), window: ALL }).await.unwrap();
    person.ask(GetCollection { within: within(), id: COLLECTION.parse().unwrap() }).await.unwrap();
    person.ask(GetGroups { query: every_group(), window: ALL }).await.unwrap();
    person.ask(GetPolicies(within())).await.unwrap();
    let filter = EventsFilter::between(EventsOf::Client(within()), Moment(DAY), Moment(DAY + 86_399_999));
    person
        .until(async || {
            let query = EventsQuery::by_day(filter.clone());
            let events = person.ask(GetEvents { query, window: ALL }).await.unwrap();
            (events.rows.state == ListState::Complete).then_some(())
        })
        .await;
    // The settings are the Owner's here.
    assert_eq!(person.ask(GetClientSettings(within())).await.is_ok(), role == Role::Owner);
    person.ask(GetAccount).await.unwrap();
    person.ask(GetCapabilities { look_again: true }).await.unwrap();
}

#[test]
fn what_the_server_has_switched_off_names_its_setting_until_it_is_on() {
    play(|server| async move {
        server.set(|state| (state.groups_on, state.events_on) = (false, false));
        let owner = server.signed_in(Role::Owner).await;
        let off = owner.ask(GetSpace(within())).await.unwrap().off;
        let (groups, events, mail) =
            (Setting::VaultwardenGroups, Setting::VaultwardenEvents, Setting::VaultwardenMail);
        assert_eq!(
            off,
            [
                (Feature::Groups, groups),
                (Feature::Events, events),
                (Feature::Recovery, mail),
                (Feature::Mail, mail)
            ]
        );
        server.set(|state| (state.groups_on, state.events_on, state.mail) = (true, true, true));
        let view = owner.ask(GetCapabilities { look_again: true }).await.unwrap();
        let remedied = |standing| matches!(standing, Standing::Off(Remedy::Setting(_)));
        assert!(view.rows.iter().all(|row| !remedied(row.standing)), "{:?}", view.rows);
        // The client learns it at once, and its pages open.
        assert_eq!(owner.ask(GetSpace(within())).await.unwrap().off, []);
        owner.ask(GetGroups { query: every_group(), window: ALL }).await.unwrap();
        // Vaultwarden knows half of the policies, and no other is offered.
        let offered = owner.ask(GetPolicies(within())).await.unwrap();
        assert_eq!(view.policies_known as usize, offered.len());
    });
}
