use portal_bridge::{FromCore, GetProviderDetails, GetServer, Network, Problem, ProblemKind, SaveProvider};
use serde_json::json;

use super::Call;
use crate::{
    scripted::{Mishap, PROVIDER, Scripted, provider, signed_in},
    simulated::World,
};

const TOKEN: &str = "POST /identity/connect/token";

fn details() -> String {
    format!("GET /api/providers/{PROVIDER}")
}

fn with_details(server: &std::rc::Rc<std::cell::RefCell<Scripted>>) -> World {
    let page = json!({"object": "provider", "id": PROVIDER, "name": "Northwind", "type": 0, "billingEmail": "b@msp.example",
        "businessName": "A &amp; B"});
    server.borrow_mut().pages.insert(details(), page);
    signed_in(server)
}

fn network(world: &World) -> Vec<Network> {
    let messages = world.heard.messages.borrow();
    messages
        .iter()
        .filter_map(|(_, message)| if let FromCore::Network(state) = message { Some(*state) } else { None })
        .collect()
}

fn kind<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemKind {
    result.expect_err("a problem").kind.clone()
}

#[test]
fn an_expired_token_is_refreshed_once_however_many_need_it() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    world.sleep_machine(3_600_000);
    world.core.idle.touch(world.now());
    let asked: Vec<_> = (0..5).map(|_| world.ask_later(GetProviderDetails(provider()))).collect();
    world.until(|_| asked.iter().all(|answer| answer.borrow().is_some()));
    assert!(asked.iter().all(|answer| answer.borrow().as_ref().is_some_and(Result::is_ok)));
    assert_eq!(server.borrow().count(TOKEN), 1);
}

#[test]
fn a_token_that_was_revoked_is_replaced_and_the_request_repeated() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    world.pass(10_000);
    server.borrow_mut().token = 41;
    assert_eq!(world.ask(GetProviderDetails(provider())).unwrap().business_name.as_deref(), Some("A & B"));
    assert_eq!(server.borrow().count(TOKEN), 1);
}

#[test]
fn a_refusal_that_a_fresh_token_does_not_change_is_about_the_role_and_signs_nobody_out() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    for status in [401, 403] {
        world.pass(10_000);
        (0..2).for_each(|_| server.borrow_mut().upset(&details(), Mishap::Instead(status, String::new())));
        assert_eq!(kind(world.ask(GetProviderDetails(provider()))), ProblemKind::NotAllowed);
        server.borrow_mut().mishaps.clear();
    }
    assert!(world.ask(GetProviderDetails(provider())).is_ok());
}

#[test]
fn a_busy_server_gets_the_pause_it_asks_for() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    server.borrow_mut().upset(&details(), Mishap::Instead(429, String::new()));
    let before = world.now();
    assert!(world.ask(GetProviderDetails(provider())).is_ok());
    assert!(world.now() - before >= 7_000);
    assert_eq!(network(&world), [Network::Paused { wait_ms: 7_000 }, Network::Online]);
}

#[test]
fn a_write_refused_for_busyness_was_not_carried_out_and_is_sent_again() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    server.borrow_mut().pages.insert("POST /api/x".into(), json!({}));
    server.borrow_mut().upset("POST /api/x", Mishap::Instead(429, String::new()));
    assert_eq!(post(&mut world), Ok(()));
    assert_eq!(server.borrow().count("POST /api/x"), 2);
}

#[test]
fn a_write_that_may_have_happened_is_never_sent_again() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    server.borrow_mut().pages.insert("POST /api/x".into(), json!({}));
    for mishap in [Mishap::CallLost, Mishap::AnswerLost, Mishap::After(500, String::new())] {
        let before = server.borrow().count("POST /api/x");
        server.borrow_mut().upset("POST /api/x", mishap);
        assert_eq!(kind(post(&mut world)), ProblemKind::Uncertain);
        assert_eq!(server.borrow().count("POST /api/x"), before + 1);
    }
}

#[test]
fn a_write_that_is_the_same_twice_as_once_is_sent_until_it_arrives() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    let call = format!("PUT /api/providers/{PROVIDER}");
    server.borrow_mut().pages.insert(call.clone(), json!({"id": PROVIDER, "type": 0}));
    server.borrow_mut().upset(&call, Mishap::AnswerLost);
    server.borrow_mut().upset(&call, Mishap::Instead(503, String::new()));
    let save = SaveProvider {
        provider: provider(),
        name: "Northwind".into(),
        business_name: None,
        billing_email: "b@msp.example".into(),
    };
    world.ask(save).unwrap();
    assert_eq!(server.borrow().count(&call), 3);
}

#[test]
fn reads_are_repeated_with_growing_pauses_and_then_given_up() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    (0..4).for_each(|_| server.borrow_mut().upset(&details(), Mishap::Instead(500, String::new())));
    let before = world.now();
    assert_eq!(kind(world.ask(GetProviderDetails(provider()))), ProblemKind::ServerFailed);
    assert!(world.now() - before >= 500 + 1_000 + 2_000);
    assert_eq!(server.borrow().count(&details()), 4);
}

#[test]
fn being_offline_is_noticed_and_so_is_being_back() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    (0..4).for_each(|_| server.borrow_mut().upset(&details(), Mishap::CallLost));
    (0..2).for_each(|_| server.borrow_mut().upset("GET /api/config", Mishap::CallLost));
    assert_eq!(kind(world.ask(GetProviderDetails(provider()))), ProblemKind::Offline);
    world.pass(60_000);
    assert_eq!(network(&world), [Network::Offline, Network::Online]);
}

#[test]
fn an_answer_that_stops_in_the_middle_is_refused() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    for text in [r#"{"object":"provider","id":"#, "<html></html>", "", r#"{"object":"provider"}"#] {
        server.borrow_mut().upset(&details(), Mishap::Instead(200, text.into()));
        assert_eq!(kind(world.ask(GetProviderDetails(provider()))), ProblemKind::BadAnswer, "{text}");
    }
}

#[test]
fn an_answer_without_end_is_refused() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    let endless = format!("\"{}\"", "x".repeat(17 << 20));
    server.borrow_mut().upset("GET /api/config", Mishap::Instead(200, endless));
    assert_eq!(kind(world.ask(GetServer)), ProblemKind::BadAnswer);
}

#[test]
fn the_answer_of_another_provider_is_refused() {
    let server = Scripted::new();
    let mut world = with_details(&server);
    let other =
        json!({"object": "provider", "id": "99999999-9999-4999-8999-999999999999", "name": "Eve", "type": 0});
    server.borrow_mut().upset(&details(), Mishap::Instead(200, other.to_string()));
    assert_eq!(kind(world.ask(GetProviderDetails(provider()))), ProblemKind::Mismatch);
}

/// A write that must not happen twice.
fn post(world: &mut World) -> Result<(), Problem> {
    let core = world.core.clone();
    let done = std::rc::Rc::new(std::cell::RefCell::new(None));
    let slot = done.clone();
    let working = world.core.clone();
    core.spawn_in_session(async move {
        let result = working.api.done(&Call::post("/api/x").json(&json!({}))).await;
        *slot.borrow_mut() = Some(result);
    });
    world.until(|_| done.borrow().is_some());
    done.take().unwrap()
}
