use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    ChooseServer, Fault, Field, FromCore, GetPlaces, GetServer, GetServers, Hello, Lock, Network, Problem,
    ProblemKind, ServersView, SessionView, SignOut, Topic, TwoStep, TwoStepMethod, Unlock,
};
use serde_json::{Value, json};

use crate::{
    api::Call,
    platform::{Request, TransportError},
    scripted::{Mishap, ORIGIN, PASSWORD, Scripted, hello, sign_in, world},
    session::Session,
    simulated::World,
};

const CONFIG: &str = "GET /api/config";
const TOKEN: &str = "POST /identity/connect/token";

/// A gateway before two servers at which somebody has the same address and password.
struct Gateway {
    left: Rc<RefCell<Scripted>>,
    right: Rc<RefCell<Scripted>>,
    portal: Rc<RefCell<Portal>>,
}

/// What the gateway itself is asked.
struct Portal {
    list: String,
    asked: Vec<String>,
}

impl Gateway {
    fn new() -> Self {
        let names = json!({"servers": [
            {"key": "left", "name": "Left", "region": null}, {"key": "right", "name": "Right & Co", "region": "EU"},
        ]});
        let portal = Portal { list: names.to_string(), asked: Vec::new() };
        Self { left: Scripted::new(), right: Scripted::new(), portal: Rc::new(RefCell::new(portal)) }
    }

    /// A browser in which a page has just been opened.
    fn world(&self) -> World {
        let (left, right, portal) = (self.left.clone(), self.right.clone(), self.portal.clone());
        let world = World::new(move |request, now| {
            let path = request.url.strip_prefix(ORIGIN).unwrap();
            for (place, server) in [("/at/left/", &left), ("/at/right/", &right)] {
                if let Some(rest) = path.strip_prefix(place) {
                    let request = Request { url: format!("{ORIGIN}/{rest}"), ..request.clone() };
                    return server.borrow_mut().answer(&request, now);
                }
            }
            let mut portal = portal.borrow_mut();
            portal.asked.push(path.to_owned());
            match path {
                "/servers.json" if portal.list.is_empty() => Err(TransportError::Unreachable),
                "/servers.json" => Ok((200, portal.list.clone())),
                _ => Ok((404, json!({"object": "error", "message": "Which one?"}).to_string())),
            }
        });
        world.core.introduce(&hello());
        world
    }

    /// The same, with what the browser kept of an earlier visit.
    fn again(&self, before: &World) -> World {
        let world = self.world();
        world.store().clone_from(&before.store());
        world
    }

    /// The gateway offers these from now on.
    fn offers(&self, list: &Value) {
        self.portal.borrow_mut().list = list.to_string();
    }

    /// How often the list was read.
    fn lists(&self) -> usize {
        let portal = self.portal.borrow();
        assert!(portal.asked.iter().all(|path| path == "/servers.json"), "{:?}", portal.asked);
        portal.asked.len()
    }
}

fn choose(world: &mut World, key: &str) -> Result<(), Problem> {
    world.ask(ChooseServer { key: key.into() })
}

fn kind<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemKind {
    result.expect_err("a problem").kind.clone()
}

fn chosen(world: &mut World) -> Option<String> {
    world.ask(GetServers).unwrap().chosen
}

fn is_about_the_server<T: std::fmt::Debug>(result: Result<T, Problem>) -> bool {
    let ProblemKind::Invalid(faults) = kind(result) else { return false };
    matches!(&faults[..], [only] if only.field == Field::Server && only.fault == Fault::Missing)
}

#[test]
fn whatever_stands_in_the_place_of_a_list_is_no_choice() {
    let one = r#"{"servers":[{"key":"left","name":"Left"}]}"#;
    let page = "<!doctype html><title>Portal</title>";
    let unusable = r#"{"servers":[{"key":"../left","name":"Left"},{"key":"","name":"Right"}]}"#;
    for (status, text) in [
        (404, page),
        (404, ""),
        (403, "{}"),
        (200, page),
        (200, ""),
        (200, "{}"),
        (200, "[]"),
        (200, "null"),
        (200, r#"{"servers":[]}"#),
        (200, r#"{"servers":"none"}"#),
        (200, one),
        (200, unusable),
    ] {
        let server = Scripted::new();
        server.borrow_mut().upset("GET /servers.json", Mishap::Instead(status, text.into()));
        let mut world = world(&server);
        assert_eq!(world.ask(GetServers).unwrap(), ServersView::default(), "{status} {text}");
        assert!(matches!(sign_in(&mut world, PASSWORD), Ok(SessionView::Open(_))), "{status} {text}");
        assert_eq!(world.ask(GetServer).unwrap().name, None);
        assert_eq!(server.borrow().count("GET /servers.json"), 1);
    }
}

#[test]
fn nothing_is_sent_anywhere_before_a_server_is_chosen() {
    let gateway = Gateway::new();
    let mut world = gateway.world();
    let view = world.ask(GetServers).unwrap();
    let names: Vec<_> = view.servers.iter().map(|server| server.name.as_str()).collect();
    assert_eq!((names, view.chosen), (vec!["Left", "Right & Co"], None));
    assert!(is_about_the_server(world.ask(GetServer)));
    assert!(is_about_the_server(sign_in(&mut world, PASSWORD)));
    assert_eq!((gateway.left.borrow().calls.len(), gateway.right.borrow().calls.len()), (0, 0));
    assert_eq!(kind(choose(&mut world, "middle")), ProblemKind::NotFound);
    assert!(is_about_the_server(world.ask(GetServer)));
    assert_eq!(gateway.lists(), 1, "the list is read once");
}

#[test]
fn everything_goes_to_the_server_that_was_chosen_and_nothing_to_the_other() {
    let gateway = Gateway::new();
    let mut world = gateway.world();
    choose(&mut world, "right").unwrap();
    let told = world
        .heard
        .messages
        .borrow()
        .iter()
        .any(|(_, message)| matches!(message, FromCore::Changed(Topic::Server)));
    assert!(told, "every tab shows the choice");
    assert_eq!(world.ask(GetServer).unwrap().name.as_deref(), Some("Right & Co"));
    assert!(matches!(sign_in(&mut world, PASSWORD), Ok(SessionView::Open(_))));
    world.pass(10_000);
    world.sleep_machine(3_600_000);
    world.core.idle.touch(world.now());
    assert!(world.ask(GetPlaces).is_ok());
    world.pass(120_000);
    assert!(gateway.right.borrow().count(TOKEN) >= 2, "the token was refreshed there, too");
    assert_eq!(gateway.left.borrow().calls.len(), 0);
    assert_eq!(gateway.lists(), 1);
}

#[test]
fn the_choice_is_remembered_until_the_operator_takes_the_server_away() {
    let gateway = Gateway::new();
    let mut first = gateway.world();
    choose(&mut first, "right").unwrap();
    let mut second = gateway.again(&first);
    assert_eq!(chosen(&mut second).as_deref(), Some("right"));
    assert!(second.ask(GetServer).is_ok());
    gateway.offers(&json!({"servers": [{"key": "left", "name": "Left"}, {"key": "new", "name": "New"}]}));
    let mut third = gateway.again(&first);
    assert_eq!(chosen(&mut third), None);
    assert!(is_about_the_server(third.ask(GetServer)));
    // A page that is opened sees it also where the core has run all the while.
    second.core.introduce(&hello());
    assert_eq!(chosen(&mut second), None);
    assert_eq!(gateway.left.borrow().calls.len(), 0);
}

#[test]
fn another_server_is_chosen_only_while_nobody_is_signed_in() {
    let gateway = Gateway::new();
    gateway.right.borrow_mut().code = Some("123456".into());
    let mut world = gateway.world();
    choose(&mut world, "right").unwrap();
    assert!(matches!(sign_in(&mut world, PASSWORD), Ok(SessionView::TwoStep(_))));
    assert_eq!(kind(choose(&mut world, "left")), ProblemKind::ChangedMeanwhile);
    let code = TwoStep { method: TwoStepMethod::Authenticator, code: "123456".into(), remember: false };
    assert!(matches!(world.ask(code), Ok(SessionView::Open(_))));
    for _ in ["open", "locked"] {
        assert_eq!(kind(choose(&mut world, "left")), ProblemKind::ChangedMeanwhile);
        assert_eq!(world.ask(GetServers).unwrap(), ServersView::default());
        world.ask(Lock).unwrap();
    }
    assert_eq!(gateway.lists(), 1, "whoever is signed in needs no list");
    world.ask(SignOut).unwrap();
    assert_eq!(chosen(&mut world).as_deref(), Some("right"));
    choose(&mut world, "left").unwrap();
    assert!(matches!(sign_in(&mut world, PASSWORD), Ok(SessionView::Open(_))));
}

#[test]
fn a_choice_waits_for_a_sign_in_that_is_under_way() {
    let gateway = Gateway::new();
    let mut world = gateway.world();
    choose(&mut world, "right").unwrap();
    let entering = world
        .ask_later(portal_bridge::SignIn { email: crate::scripted::EMAIL.into(), password: PASSWORD.into() });
    assert_eq!(kind(choose(&mut world, "left")), ProblemKind::ChangedMeanwhile);
    assert!(matches!(entering.take(), Some(Ok(SessionView::Open(_)))));
    assert_eq!(gateway.left.borrow().calls.len(), 0);
}

#[test]
fn a_session_goes_back_to_the_server_it_was_made_at() {
    let gateway = Gateway::new();
    let mut first = gateway.world();
    choose(&mut first, "right").unwrap();
    sign_in(&mut first, PASSWORD).unwrap();
    first.ask(Lock).unwrap();
    let handover = match &*first.core.session.borrow() {
        Session::Locked(remains) => serde_json::to_string(&**remains).unwrap(),
        _ => panic!("not locked"),
    };
    // Somebody has chosen the other one in this browser meanwhile.
    first.store().insert("server".into(), "left".into());
    let mut second = gateway.again(&first);
    second.core.await_handover();
    second.core.take_over(serde_json::from_str(&handover).unwrap());
    second.core.introduce(&Hello { device_name: "chrome".into(), ..hello() });
    assert!(matches!(second.ask(Unlock { password: PASSWORD.into() }), Ok(SessionView::Open(_))));
    assert!(second.ask(GetPlaces).is_ok());
    assert_eq!(gateway.left.borrow().calls.len(), 0);
    assert_eq!(gateway.lists(), 1, "unlocking needs no list");
}

#[test]
fn a_device_remembered_at_one_server_is_unknown_at_the_other() {
    let gateway = Gateway::new();
    for server in [&gateway.left, &gateway.right] {
        server.borrow_mut().code = Some("123456".into());
    }
    let mut world = gateway.world();
    choose(&mut world, "left").unwrap();
    sign_in(&mut world, PASSWORD).unwrap();
    world
        .ask(TwoStep { method: TwoStepMethod::Authenticator, code: "123456".into(), remember: true })
        .unwrap();
    world.ask(SignOut).unwrap();
    assert!(matches!(sign_in(&mut world, PASSWORD), Ok(SessionView::Open(_))), "remembered here");
    world.ask(SignOut).unwrap();
    choose(&mut world, "right").unwrap();
    assert!(matches!(sign_in(&mut world, PASSWORD), Ok(SessionView::TwoStep(_))));
    let right = gateway.right.borrow();
    assert!(right.calls.iter().all(|(_, body)| !body.contains("trusted-device")), "{:?}", right.calls);
}

#[test]
fn what_was_learnt_of_one_server_is_forgotten_at_the_next() {
    let gateway = Gateway::new();
    let cloud = json!({"version": "2026.8.0", "environment": {"cloudRegion": "US"}});
    gateway.left.borrow_mut().pages.insert(CONFIG.into(), cloud);
    let mut world = gateway.world();
    choose(&mut world, "left").unwrap();
    sign_in(&mut world, PASSWORD).unwrap();
    let learning = world.core.clone();
    world.core.spawn_in_session(async move { drop(learning.server().await) });
    world.until(|core| core.api.time_for(1).is_some());
    // The server asks for a pause, too.
    gateway.left.borrow_mut().upset("GET /api/x", Mishap::Instead(429, String::new()));
    let waiting = world.core.clone();
    world.core.spawn_in_session(async move { drop(waiting.api.bytes(&Call::get("/api/x")).await) });
    world.until(|core| matches!(core.api.network(), Network::Paused { .. }));
    world.ask(SignOut).unwrap();
    let before = world.now();
    choose(&mut world, "right").unwrap();
    assert_eq!(world.core.api.time_for(1), None, "only the cloud has limits");
    sign_in(&mut world, PASSWORD).unwrap();
    assert!(world.now() - before < 7_000, "the pause was another's");
    assert_eq!(world.core.api.network(), Network::Online);
}

#[test]
fn a_list_that_cannot_be_had_is_read_again_when_it_can() {
    let gateway = Gateway::new();
    let list = std::mem::take(&mut gateway.portal.borrow_mut().list);
    let mut world = gateway.world();
    assert_eq!(kind(world.ask(GetServers)), ProblemKind::Offline);
    assert_eq!(kind(sign_in(&mut world, PASSWORD)), ProblemKind::Offline);
    gateway.portal.borrow_mut().list = list;
    assert_eq!(world.ask(GetServers).unwrap().servers.len(), 2);
}
