//! Which events are written at all, and how long they are kept.

use std::time::Duration;

use portal_server::store::bulk::{self, BulkClient, BulkMember, BulkPerson};
use portal_wire::{
    Event, EventType, OrganizationUserStatus, OrganizationUserType, PlanType, Timestamp, profile::Permissions,
};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::support::{
    Engine, Person, Provider, Server, contract,
    person::{ENC2, ENC4},
    provider::rows,
};

const DAY: i64 = 24 * 3_600_000;
/// More than are deleted in three transactions.
const OLD: usize = 3_300;
/// How long the chores may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The kinds of all events of a provider's log within a year, newest first.
async fn kinds(server: &Server, provider: &Provider) -> Vec<i64> {
    let now = server.app.context().clock.now();
    let range = format!("start={}&end={}", Timestamp(now.0 - 366 * DAY), now);
    let mut kinds = Vec::new();
    let mut token = String::new();
    loop {
        let path = format!("/api/providers/{}/events?{range}&continuationToken={token}", provider.id);
        let page = server.get_as(&provider.admin, &path).await.ok();
        kinds.extend(rows(&page).iter().map(|event| event["type"].as_i64().unwrap()));
        match page["continuationToken"].as_str() {
            Some(next) => next.clone_into(&mut token),
            None => return kinds,
        }
    }
}

fn at(provider: &Provider, date: i64) -> Event {
    Event {
        kind: EventType::CollectionUpdated,
        date: Timestamp(date),
        provider_id: Some(provider.id.parse().unwrap()),
        ..Event::default()
    }
}

/// A client on any plan, also one that is not on sale, owned by somebody with an account.
async fn client_on(server: &Server, provider: &Provider, plan: PlanType, owner: &Person) -> String {
    let client = BulkClient {
        name: "Small".to_owned(),
        billing_email: "small@small.example".to_owned(),
        plan,
        seats: 5,
        key: ENC2.to_owned(),
        public_key: "AA==".to_owned(),
        private_key: ENC2.to_owned(),
        collection_name: ENC2.to_owned(),
        members: vec![BulkMember {
            who: BulkPerson::User(owner.id.parse().unwrap()),
            role: OrganizationUserType::Owner,
            permissions: Permissions::default(),
            status: OrganizationUserStatus::Confirmed,
            key: Some(ENC4.to_owned()),
        }],
        created_at: server.app.context().clock.now(),
    };
    let store = &server.app.context().store;
    let made = bulk::insert_clients(store, provider.id.parse().unwrap(), &[client]).await.unwrap();
    made[0].organization_id.to_string()
}

contract! {
    async fn events_older_than_the_setting_are_deleted_and_no_others(engine: Engine) {
        let server = Server::with(engine, |settings| settings.event_retention = "90".parse().ok()).await;
        let mut provider = server.provider("ann@northwind.example", 10).await;
        let now = server.app.context().clock.now().0;
        // An hour is left, so that the border does not pass while the test runs.
        let mut events: Vec<Event> = (0..OLD).map(|_| at(&provider, now - 90 * DAY - 1)).collect();
        events.push(at(&provider, now - 90 * DAY + 3_600_000));
        events.push(at(&provider, now - DAY));
        bulk::insert_events(&server.app.context().store, &events).await.unwrap();
        let changed = |kinds: &[i64]| kinds.iter().filter(|kind| **kind == 1301).count();
        assert_eq!(changed(&kinds(&server, &provider).await), OLD + 2);

        let server = server.restart().await;
        let deleted = async { while changed(&kinds(&server, &provider).await) > 2 {} };
        timeout(PATIENCE, deleted).await.unwrap();
        assert_eq!(changed(&kinds(&server, &provider).await), 2);

        server.advance(DAY);
        let server = server.restart().await;
        server.refresh(&mut provider.admin).await;
        let deleted = async { while changed(&kinds(&server, &provider).await) > 1 {} };
        timeout(PATIENCE, deleted).await.unwrap();
        assert!(kinds(&server, &provider).await.len() > 1, "what happened since is still there");
    }

    async fn without_a_setting_events_are_kept_for_ever(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let now = server.app.context().clock.now().0;
        bulk::insert_events(&server.app.context().store, &[at(&provider, now - 365 * DAY)]).await.unwrap();
        // Each start does the chores.
        let server = server.restart().await.restart().await;
        assert_eq!(kinds(&server, &provider).await.last(), Some(&1301));
    }

    async fn deleting_is_done_oldest_first_and_never_more_than_asked(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let now = server.app.context().clock.now().0;
        let events: Vec<Event> = (0..10).map(|age| at(&provider, now - age * DAY - 1_000)).collect();
        let store = &server.app.context().store;
        bulk::insert_events(store, &events).await.unwrap();
        let forget = async |moment, most| {
            let mut tx = store.write().await.unwrap();
            let deleted = portal_server::store::events::forget_before(&mut tx, Timestamp(moment), most).await.unwrap();
            tx.commit().await.unwrap();
            deleted
        };
        assert_eq!(forget(now - 3 * DAY, 4).await, 4);
        assert_eq!(forget(now - 3 * DAY, 4).await, 3);
        assert_eq!(forget(now - 3 * DAY, 4).await, 0);
        assert_eq!(kinds(&server, &provider).await.iter().filter(|kind| **kind == 1301).count(), 3);
    }

    async fn an_organization_whose_plan_has_no_events_gets_none_and_neither_does_the_provider(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let owner = server.person("olga@small.example").await;
        for (plan, written) in [(PlanType::Free, 0), (PlanType::Families, 0), (PlanType::TeamsMonthly, 1)] {
            let organization = client_on(&server, &provider, plan, &owner).await;
            let before = kinds(&server, &provider).await.len();
            let path = format!("/api/organizations/{organization}");
            server.send_as(&provider.admin, "PUT", &path, json!({ "name": "Other" })).await.ok();
            assert_eq!(kinds(&server, &provider).await.len(), before + written, "{plan:?}");
            let own = server.get_as(&owner, &format!("{path}/events")).await.ok();
            assert_eq!(rows(&own).len(), written, "{plan:?}");
            let read = server.get_as(&owner, &path).await.ok();
            assert_eq!(read["useEvents"], json!(written == 1), "{plan:?}");
        }
    }

    async fn a_disabled_organization_gets_no_events_also_none_of_its_members(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let (owner, _) = server.owner(&provider, &client, "owner@acme.example").await;
        let organization = client["organizationId"].as_str().unwrap();
        let told = json!([{ "type": 1602, "organizationId": organization, "date": "2020-01-01T00:00:00Z" }]);
        let exports = async || {
            server.send_as(&owner, "POST", "/events/collect", told.clone()).await.ok();
            let start = "start=2019-12-31T00:00:00Z&end=2020-01-02T00:00:00Z";
            let path = format!("/api/organizations/{organization}/events?{start}");
            let log: Value = server.get_as(&owner, &path).await.ok();
            rows(&log).len()
        };
        assert_eq!(exports().await, 1);
        let id = provider.id.parse().unwrap();
        portal_server::operator::set_provider_enabled(server.app.context(), id, false).await.unwrap();
        assert_eq!(exports().await, 1);
    }
}
