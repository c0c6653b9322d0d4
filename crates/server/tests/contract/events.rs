//! Event logs: who sees what, and page by page.

use portal_server::store::bulk;
use portal_wire::{Event, EventType, Timestamp};
use serde_json::{Value, json};

use crate::support::{
    Engine, Person, Provider, Server, contract,
    person::ENC4,
    provider::{row, rows},
};

const DAY: i64 = 24 * 3_600_000;

async fn provider_events(server: &Server, provider: &Provider) -> Vec<Value> {
    let log = server.get_as(&provider.admin, &format!("/api/providers/{}/events", provider.id)).await.ok();
    rows(&log).clone()
}

fn kinds(events: &[Value]) -> Vec<i64> {
    events.iter().map(|event| event["type"].as_i64().unwrap()).collect()
}

async fn whole_log(server: &Server, person: &Person, path: &str) -> Vec<Value> {
    let mut events = Vec::new();
    let mut token = String::new();
    loop {
        let page = server.get_as(person, &format!("{path}&continuationToken={token}")).await.ok();
        assert!(rows(&page).len() <= 50);
        events.extend(rows(&page).clone());
        match page["continuationToken"].as_str() {
            Some(next) => next.clone_into(&mut token),
            None => return events,
        }
    }
}

contract! {
    async fn what_is_done_at_the_provider_stands_in_its_log(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (bob, id) = server.staff(&provider, "bob@northwind.example", 1).await;
        let staff = format!("/api/providers/{}/users/{id}", provider.id);
        server.send_as(&provider.admin, "PUT", &staff, json!({ "type": 0 })).await.ok();
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        server.send_as(&provider.admin, "DELETE", &staff, Value::Null).await.ok();
        let events = provider_events(&server, &provider).await;
        let named: Vec<i64> = kinds(&events).into_iter().filter(|kind| *kind >= 1100).collect();
        assert_eq!(named, [1803, 1500, 1900, 1802, 1801, 1800]);
        let of = |kind: i64| events.iter().find(|event| event["type"] == kind).unwrap();
        for kind in [1800, 1801, 1802, 1803] {
            assert_eq!((&of(kind)["providerUserId"], &of(kind)["providerId"]), (&json!(id), &json!(provider.id)));
            assert_eq!(of(kind)["actingUserId"], *provider.admin.id);
            assert_eq!((&of(kind)["deviceType"], &of(kind)["ipAddress"]), (&json!(9), &json!("127.0.0.1")));
        }
        assert_eq!(of(1801)["userId"], *bob.id);
        assert_eq!(of(1800)["userId"], Value::Null);
        assert_eq!((&of(1900)["providerOrganizationId"], &of(1900)["organizationId"]), (&client["id"], &Value::Null));
        assert_eq!((&of(1500)["organizationId"], &of(1500)["providerId"]), (&client["organizationId"], &json!(provider.id)));
        assert_eq!(of(1500).as_object().unwrap().len(), 24, "every field is written");
    }

    async fn what_staff_do_in_a_client_stands_in_both_logs_unless_they_are_members(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (bob, _) = server.staff(&provider, "bob@northwind.example", 1).await;
        let first = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let organization = first["organizationId"].as_str().unwrap();
        let put = format!("/api/organizations/{organization}");
        server.send_as(&bob, "PUT", &put, json!({ "name": "Acme 2" })).await.ok();
        let event = provider_events(&server, &provider).await.remove(0);
        assert_eq!((&event["type"], &event["organizationId"]), (&json!(1600), &json!(organization)));
        assert_eq!((&event["providerId"], &event["actingUserId"]), (&json!(provider.id), &json!(bob.id)));

        server.get_as(&bob, &format!("{put}/collections/details")).await.ok();
        let events = provider_events(&server, &provider).await;
        assert_eq!(kinds(&events[..2]), [1603, 1903]);
        assert_eq!((&events[1]["providerOrganizationId"], &events[1]["organizationId"]), (&first["id"], &Value::Null));
        let own = server.get_as(&bob, &format!("{put}/events")).await.ok();
        assert_eq!(kinds(&rows(&own)[..2]), [1603, 1600]);

        // Bob becomes a member of another client, and works there as a member.
        let second = server.client(&provider, "Bobs", "bob@northwind.example", 17, 5).await;
        let organization = second["organizationId"].as_str().unwrap();
        let open = server.open_invitations(&provider).await;
        let open = row(&open, "organizationName", "Bobs").clone();
        let member = open["organizationUserId"].as_str().unwrap();
        let token = crate::support::provider::parameter(open["link"].as_str().unwrap(), "token");
        let users = format!("/api/organizations/{organization}/users/{member}");
        server.send_as(&bob, "POST", &format!("{users}/accept"), json!({ "token": token })).await.ok();
        server.send_as(&provider.admin, "POST", &format!("{users}/confirm"), json!({ "key": ENC4 })).await.ok();
        let before = provider_events(&server, &provider).await.len();
        server.send_as(&bob, "PUT", &format!("/api/organizations/{organization}"), json!({ "name": "B" })).await.ok();
        assert_eq!(provider_events(&server, &provider).await.len(), before);
        let own = server.get_as(&bob, &format!("/api/organizations/{organization}/events")).await.ok();
        assert_eq!((&rows(&own)[0]["type"], &rows(&own)[0]["providerId"]), (&json!(1600), &Value::Null));
    }

    async fn a_persons_part_of_the_log_is_by_membership(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (bob, id) = server.staff(&provider, "bob@northwind.example", 1).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let organization = client["organizationId"].as_str().unwrap();
        server.send_as(&bob, "PUT", &format!("/api/organizations/{organization}"), json!({ "name": "A" })).await.ok();
        let log = server.get_as(&provider.admin, &format!("/api/providers/{}/users/{id}/events", provider.id)).await.ok();
        assert!(rows(&log).iter().all(|event| event["actingUserId"] == *bob.id));
        assert_eq!(rows(&log)[0]["type"], 1600);

        let (invited, _) = server.invite_staff(&provider, "carl@northwind.example", 1).await;
        let path = format!("/api/providers/{}/users/{invited}/events", provider.id);
        server.get_as(&provider.admin, &path).await.refused(404);

        let (owner, member) = server.owner(&provider, &client, "owner@acme.example").await;
        let path = format!("/api/organizations/{organization}");
        server.send_as(&owner, "PUT", &path, json!({ "name": "B" })).await.ok();
        let log = server.get_as(&owner, &format!("{path}/users/{member}/events")).await.ok();
        assert!(rows(&log).iter().all(|event| event["actingUserId"] == *owner.id));
        assert!(kinds(rows(&log)).contains(&1600));
        server.get_as(&owner, &format!("{path}/users/{id}/events")).await.refused(404);
        let own = server.get_as(&owner, "/api/events").await.ok();
        assert!(kinds(rows(&own)).iter().all(|kind| (1000..1100).contains(kind)));
    }

    async fn a_service_user_reads_no_provider_log(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let (bob, id) = server.staff(&provider, "bob@northwind.example", 1).await;
        let path = format!("/api/providers/{}/events", provider.id);
        assert_eq!(server.get_as(&bob, &path).await.refused(404)["message"], "Resource not found.");
        server.get_as(&bob, &format!("/api/providers/{}/users/{id}/events", provider.id)).await.refused(404);
    }

    async fn pages_lose_nothing_even_of_one_moment(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let now = server.app.context().clock.now();
        let moment = Timestamp(now.0 - 10 * DAY);
        let event = |date, collection: u128| Event {
            kind: EventType::CollectionUpdated,
            date,
            provider_id: Some(provider.id.parse().unwrap()),
            collection_id: Some(uuid::Uuid::from_u128(collection).into()),
            ..Event::default()
        };
        let mut events: Vec<Event> = (0..120).map(|number| event(moment, number)).collect();
        events.push(event(Timestamp(moment.0 + 1), 120));
        events.push(event(Timestamp(moment.0 - DAY), 121));
        bulk::insert_events(&server.app.context().store, &events).await.unwrap();
        let range = format!("start={}&end={}", Timestamp(moment.0 - 1), moment);
        let path = format!("/api/providers/{}/events?{range}", provider.id);
        let log = whole_log(&server, &provider.admin, &path).await;
        let expected: Vec<Value> = (0..120).rev().map(|number| json!(uuid::Uuid::from_u128(number))).collect();
        assert_eq!(log.iter().map(|event| event["collectionId"].clone()).collect::<Vec<_>>(), expected);
        assert!(log.iter().all(|event| event["date"] == moment.to_string()));

        // The other way round is the same range.
        let swapped = format!("start={}&end={}", moment, Timestamp(moment.0 - 1));
        let path = format!("/api/providers/{}/events?{swapped}", provider.id);
        assert_eq!(whole_log(&server, &provider.admin, &path).await.len(), 120);
    }

    async fn without_both_ends_the_range_is_thirty_days_until_tonight(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let now = server.app.context().clock.now();
        let midnight = now.0.div_euclid(DAY) * DAY;
        let ages = [midnight - 30 * DAY, midnight - 30 * DAY - 1, midnight + DAY - 1, midnight + DAY];
        let events: Vec<Event> = ages
            .iter()
            .map(|date| Event {
                kind: EventType::CollectionUpdated,
                date: Timestamp(*date),
                provider_id: Some(provider.id.parse().unwrap()),
                ..Event::default()
            })
            .collect();
        bulk::insert_events(&server.app.context().store, &events).await.unwrap();
        let path = format!("/api/providers/{}/events", provider.id);
        for query in ["", "?start=2001-01-01T00:00:00Z", "?END=2001-01-01T00:00:00Z", "?start=&end=2001-01-01"] {
            let log = server.get_as(&provider.admin, &format!("{path}{query}")).await.ok();
            let dates: Vec<&Value> =
                rows(&log).iter().filter(|event| event["type"] == 1301).map(|event| &event["date"]).collect();
            assert_eq!(dates, [&json!(Timestamp(ages[2]).to_string()), &json!(Timestamp(ages[0]).to_string())], "{query}");
        }
    }

    async fn bad_ranges_and_tokens_are_refused(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let path = format!("/api/providers/{}/events", provider.id);
        let ask = async |query: &str| server.get_as(&provider.admin, &format!("{path}?{query}")).await;
        ask("start=2026-01-01T00:00:00Z&end=2027-01-03T00:00:00Z").await.ok();
        ask("start=2026-01-01T00:00:00Z&end=2027-01-03T00:00:00.001Z").await.refused(400);
        ask("start=yesterday&end=2026-01-01T00:00:00Z").await.invalid("Start");
        ask("start=2026-01-01T00:00:00Z&end=2026-02-30T00:00:00Z").await.invalid("End");
        ask("continuationToken=abc").await.invalid("ContinuationToken");
    }

    async fn a_suspended_provider_and_its_clients_write_no_events(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let before = provider_events(&server, &provider).await.len();
        let id = provider.id.parse().unwrap();
        portal_server::operator::set_provider_enabled(server.app.context(), id, false).await.unwrap();
        let organization = client["organizationId"].as_str().unwrap();
        let path = format!("/api/organizations/{organization}");
        server.send_as(&provider.admin, "PUT", &path, json!({ "name": "A" })).await.ok();
        server.invite_staff(&provider, "bob@northwind.example", 1).await;
        assert_eq!(provider_events(&server, &provider).await.len(), before);
        let profile = server.get_as(&provider.admin, "/api/accounts/profile").await.ok();
        assert_eq!((&profile["providers"][0]["enabled"], &profile["providerOrganizations"][0]["enabled"]), (&json!(false), &json!(false)));
        portal_server::operator::set_provider_enabled(server.app.context(), id, true).await.unwrap();
        server.send_as(&provider.admin, "PUT", &path, json!({ "name": "B" })).await.ok();
        assert_eq!(provider_events(&server, &provider).await.len(), before + 1);
    }
}
