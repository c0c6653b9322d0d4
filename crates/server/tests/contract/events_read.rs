//! Reading logs against the grain: foreign tokens, ties by the thousand, a log that grows meanwhile, and long headers.

use portal_server::store::bulk;
use portal_wire::{Event, EventType, Timestamp};
use serde_json::{Value, json};

use crate::support::{Engine, Person, Server, contract, provider::rows};

const DAY: i64 = 24 * 3_600_000;
const TIES: u128 = 2_050;

fn numbered(number: u128, date: i64) -> Event {
    Event {
        kind: EventType::CollectionUpdated,
        date: Timestamp(date),
        collection_id: Some(uuid::Uuid::from_u128(number).into()),
        ..Event::default()
    }
}

fn numbers(events: &[Value]) -> Vec<u128> {
    let number =
        |event: &Value| event["collectionId"].as_str().unwrap().parse::<uuid::Uuid>().unwrap().as_u128();
    events.iter().map(number).collect()
}

async fn page(server: &Server, person: &Person, path: &str, token: &str) -> (Vec<Value>, Option<String>) {
    let page = server.get_as(person, &format!("{path}&continuationToken={token}")).await.ok();
    (rows(&page).clone(), page["continuationToken"].as_str().map(str::to_owned))
}

async fn rest(server: &Server, person: &Person, path: &str, mut token: Option<String>) -> Vec<Value> {
    let mut events = Vec::new();
    while let Some(from) = token {
        let (rows, next) = page(server, person, path, &from).await;
        events.extend(rows);
        token = next;
    }
    events
}

contract! {
    async fn a_token_of_another_range_or_log_opens_nothing_outside_of_what_is_asked_for(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let organization = client["organizationId"].as_str().unwrap();
        let now = server.app.context().clock.now().0;
        let in_provider = |number: u128| Event {
            provider_id: Some(provider.id.parse().unwrap()),
            ..numbered(number, now - 40 * DAY - i64::try_from(number).unwrap() * 60_000)
        };
        let in_client = |number: u128| Event {
            provider_id: None,
            organization_id: Some(organization.parse().unwrap()),
            ..in_provider(number)
        };
        let events: Vec<Event> = (0..200).map(in_provider).chain((1_000..1_200).map(in_client)).collect();
        bulk::insert_events(&server.app.context().store, &events).await.unwrap();

        let range = |from: i64, to: i64| format!("start={}&end={}", Timestamp(from), Timestamp(to));
        let whole = range(now - 60 * DAY, now - 39 * DAY);
        let of_provider = format!("/api/providers/{}/events?", provider.id);
        let (_, token) = page(&server, &provider.admin, &format!("{of_provider}{whole}"), "").await;
        let token = token.unwrap();

        // The same log, an earlier range, and one that is over before the token begins.
        let (from, to) = (now - 40 * DAY - 120 * 60_000, now - 40 * DAY - 100 * 60_000);
        let (events, _) = page(&server, &provider.admin, &format!("{of_provider}{}", range(from, to)), &token).await;
        assert_eq!(numbers(&events), (100..=120).collect::<Vec<_>>());
        let later = range(now - 40 * DAY - 20 * 60_000, now - 39 * DAY);
        let (events, next) = page(&server, &provider.admin, &format!("{of_provider}{later}"), &token).await;
        assert_eq!((events.len(), next), (0, None), "nothing of the range is older than the token");

        // Another log: a client's, with the provider's token.
        let of_client = format!("/api/organizations/{organization}/events?{whole}");
        let events = rest(&server, &provider.admin, &of_client, Some(token.clone())).await;
        assert_eq!(numbers(&events), (1_000..1_200).collect::<Vec<_>>(), "its own events and no others");

        // Nobody reads with a token what they may not read without.
        let (bob, _) = server.staff(&provider, "bob@northwind.example", 1).await;
        let path = format!("{of_provider}{whole}&continuationToken={token}");
        server.get_as(&bob, &path).await.refused(404);
    }

    async fn events_of_one_moment_by_the_thousand_are_paged_through_once_each(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let moment = server.app.context().clock.now().0 - 50 * DAY;
        let event = |number| Event { provider_id: Some(provider.id.parse().unwrap()), ..numbered(number, moment) };
        let events: Vec<Event> = (0..TIES).map(event).collect();
        bulk::insert_events(&server.app.context().store, &events).await.unwrap();
        let moment = Timestamp(moment);
        let path = format!("/api/providers/{}/events?start={moment}&end={moment}", provider.id);
        let read = rest(&server, &provider.admin, &path, Some(String::new())).await;
        assert_eq!(numbers(&read), (0..TIES).rev().collect::<Vec<_>>());
    }

    async fn what_is_written_while_a_log_is_read_neither_moves_nor_repeats_a_page(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let now = server.app.context().clock.now().0;
        let write = async |numbers: std::ops::Range<u128>, date: i64| {
            let id = provider.id.parse().unwrap();
            let events: Vec<Event> =
                numbers.map(|number| Event { provider_id: Some(id), ..numbered(number, date) }).collect();
            bulk::insert_events(&server.app.context().store, &events).await.unwrap();
        };
        write(0..170, now - 50 * DAY).await;
        let path = format!("/api/providers/{}/events?start={}&end={}", provider.id, Timestamp(now - 60 * DAY), Timestamp(now - 45 * DAY));
        let (mut read, mut token) = page(&server, &provider.admin, &path, "").await;
        let mut written = 1_000;
        while let Some(from) = token {
            // Later ones, and some of the very moment that is being read.
            write(written..written + 30, now - 49 * DAY).await;
            write(written + 30..written + 60, now - 50 * DAY).await;
            written += 60;
            let (rows, next) = page(&server, &provider.admin, &path, &from).await;
            read.extend(rows);
            token = next;
        }
        assert_eq!(numbers(&read), (0..170).rev().collect::<Vec<_>>());
    }

    async fn headers_of_any_length_put_no_more_into_the_log_than_an_address_and_a_number(engine: Engine) {
        let server = Server::with(engine, |settings| {
            settings.trusted_proxy_header = "x-forwarded-for".parse().ok();
        })
        .await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let path = format!("/api/organizations/{}", client["organizationId"].as_str().unwrap());
        let long = "x".repeat(100 * 1024);
        for header in ["user-agent", "x-forwarded-for", "device-type", "device-identifier", "bitwarden-client-name"] {
            let request = server.request("PUT", &path).bearer_auth(&provider.admin.access_token);
            let sent = request.header(header, &long).json(&json!({ "name": "Other" })).send().await;
            // A server may refuse such a header; what it does not refuse, it logs in bounds.
            drop(sent);
            let log = server.get_as(&provider.admin, &format!("/api/providers/{}/events", provider.id)).await.ok();
            for event in rows(&log) {
                assert!(event["ipAddress"].as_str().unwrap().len() <= 45, "{header}");
                assert!(event.to_string().len() < 2_000, "{header}");
            }
        }
    }

    async fn a_client_ahead_of_its_time_tells_of_now(engine: Engine) {
        let server = Server::start(engine).await;
        let provider = server.provider("ann@northwind.example", 10).await;
        let client = server.client(&provider, "Acme", "owner@acme.example", 19, 5).await;
        let organization = client["organizationId"].as_str().unwrap();
        let before = server.app.context().clock.now();
        let dates = ["2999-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z"];
        let told: Vec<Value> =
            dates.iter().map(|date| json!({ "type": 1602, "organizationId": organization, "date": date })).collect();
        server.send_as(&provider.admin, "POST", "/events/collect", json!(told)).await.ok();
        let after = server.app.context().clock.now();
        let log = server.get_as(&provider.admin, &format!("/api/organizations/{organization}/events")).await.ok();
        let exports: Vec<Timestamp> = rows(&log)
            .iter()
            .filter(|event| event["type"] == 1602)
            .map(|event| event["date"].as_str().unwrap().parse().unwrap())
            .collect();
        assert_eq!(exports.len(), dates.len());
        assert!(exports.iter().all(|date| (before..=after).contains(date)), "{exports:?}");
    }
}
