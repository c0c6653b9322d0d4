use portal_bridge::{
    CancelSignIn, FromCore, GetPlaces, Lock, Problem, ProblemKind, SessionView, SetIdleLock, SignOut,
    SignedOutBecause, ToCore, TwoStep, TwoStepMethod, Unlock, Unsupported,
};

use crate::{
    scripted::{Mishap, PASSWORD, Scripted, sign_in, signed_in, world},
    simulated::{Heard, World},
};

const TOKEN: &str = "POST /identity/connect/token";
const MINUTE: u32 = 60_000;

fn kind<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemKind {
    result.expect_err("a problem").kind.clone()
}

fn second_step(world: &mut World, code: &str, remember: bool) -> Result<SessionView, Problem> {
    world.ask(TwoStep { method: TwoStepMethod::Authenticator, code: code.into(), remember })
}

fn unlock(world: &mut World, password: &str) -> Result<SessionView, Problem> {
    world.ask(Unlock { password: password.into() })
}

fn sessions(heard: &Heard) -> Vec<SessionView> {
    let messages = heard.messages.borrow();
    messages
        .iter()
        .filter_map(
            |(_, message)| if let FromCore::Session(view) = message { Some(view.clone()) } else { None },
        )
        .collect()
}

fn is_locked(view: Option<&SessionView>) -> bool {
    matches!(view, Some(SessionView::Locked { .. }))
}

#[test]
fn signing_in_opens_the_session_in_every_tab() {
    let server = Scripted::new();
    let mut world = world(&server);
    let (_, second) = world.connect();
    let SessionView::Open(person) = sign_in(&mut world, PASSWORD).unwrap() else { panic!("not open") };
    assert_eq!((person.name.as_deref(), person.idle_minutes), (Some("Ada"), Some(15)));
    for heard in [&world.heard, &second] {
        assert_eq!(sessions(heard), [SessionView::Open(person.clone())]);
    }
    assert_eq!(world.ask(GetPlaces).unwrap().providers.len(), 1);
}

#[test]
fn a_wrong_password_opens_nothing() {
    let server = Scripted::new();
    let mut world = world(&server);
    assert_eq!(kind(sign_in(&mut world, "wrong")), ProblemKind::WrongCredentials);
    assert_eq!(kind(world.ask(GetPlaces)), ProblemKind::SignedOut);
}

#[test]
fn a_server_that_asks_for_a_cheap_hash_gets_none() {
    let server = Scripted::new();
    server.borrow_mut().iterations = 1;
    let mut world = world(&server);
    assert_eq!(kind(sign_in(&mut world, PASSWORD)), ProblemKind::NotSupported(Unsupported::KeyDerivation));
    assert_eq!(server.borrow().count(TOKEN), 0);
}

#[test]
fn the_second_step_is_asked_for_until_the_device_is_remembered() {
    let server = Scripted::new();
    server.borrow_mut().code = Some("123456".into());
    let mut world = world(&server);
    let SessionView::TwoStep(view) = sign_in(&mut world, PASSWORD).unwrap() else { panic!("no second step") };
    assert_eq!(view.methods, [TwoStepMethod::Authenticator]);
    assert_eq!(kind(second_step(&mut world, "000000", true)), ProblemKind::WrongCode);
    assert!(matches!(second_step(&mut world, " 123 456 ", true), Ok(SessionView::Open(_))));

    world.ask(SignOut).unwrap();
    assert!(matches!(sign_in(&mut world, PASSWORD), Ok(SessionView::Open(_))));

    // Another code, and the server has forgotten the device: the step is asked for again.
    world.ask(SignOut).unwrap();
    let forgets = r#"{"error":"invalid_grant","error_description":"Two factor required.","TwoFactorProviders2":{"0":null}}"#;
    server.borrow_mut().upset(TOKEN, Mishap::Instead(400, forgets.into()));
    assert!(matches!(sign_in(&mut world, PASSWORD), Ok(SessionView::TwoStep(_))));
    world.ask(CancelSignIn).unwrap();
    assert_eq!(sessions(&world.heard).last(), Some(&SessionView::SignedOut { because: None }));
    assert!(matches!(sign_in(&mut world, PASSWORD), Ok(SessionView::TwoStep(_))));
}

#[test]
fn a_code_whose_answer_was_lost_is_not_sent_again() {
    let server = Scripted::new();
    server.borrow_mut().code = Some("123456".into());
    let mut world = world(&server);
    sign_in(&mut world, PASSWORD).unwrap();
    let before = server.borrow().count(TOKEN);
    server.borrow_mut().upset(TOKEN, Mishap::AnswerLost);
    assert_eq!(kind(second_step(&mut world, "123456", false)), ProblemKind::Offline);
    assert_eq!(server.borrow().count(TOKEN), before + 1);
}

#[test]
fn second_factors_the_portal_lacks_are_named() {
    let server = Scripted::new();
    server.borrow_mut().code = Some("123456".into());
    server.borrow_mut().factors = vec!["3", "7"];
    let problem = sign_in(&mut world(&server), PASSWORD).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::NotSupported(Unsupported::SecondFactor));
    assert_eq!(problem.detail.as_deref(), Some("Passkey, YubiKey OTP"));
}

#[test]
fn locking_in_one_tab_locks_every_tab_and_ends_what_is_under_way() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let (_, second) = world.connect();
    let under_way = world.ask_later(portal_bridge::GetProviderDetails(crate::scripted::provider()));
    world.ask(Lock).unwrap();
    assert!(is_locked(sessions(&world.heard).last()) && is_locked(sessions(&second).last()));
    world.until(|_| under_way.borrow().is_some());
    assert_eq!(kind(under_way.take().unwrap()), ProblemKind::Locked);
    assert_eq!(kind(world.ask(GetPlaces)), ProblemKind::Locked);
}

#[test]
fn unlocking_takes_the_password_and_a_fresh_token() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    world.ask(Lock).unwrap();
    assert_eq!(kind(unlock(&mut world, "wrong")), ProblemKind::WrongPassword);
    assert_eq!(server.borrow().count(TOKEN), 0);
    assert!(matches!(unlock(&mut world, PASSWORD), Ok(SessionView::Open(_))));
    assert_eq!(server.borrow().count(TOKEN), 1);
    assert!(server.borrow().calls.iter().any(|(_, body)| body.contains("grant_type=refresh_token")));
    assert_eq!(world.ask(GetPlaces).unwrap().providers.len(), 1);
}

#[test]
fn unlocking_a_session_the_server_has_ended_signs_out() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    world.ask(Lock).unwrap();
    server.borrow_mut().refresh_works = false;
    assert_eq!(kind(unlock(&mut world, PASSWORD)), ProblemKind::SignedOut);
    let ended = SessionView::SignedOut { because: Some(SignedOutBecause::SessionEnded) };
    assert_eq!(sessions(&world.heard).last(), Some(&ended));
}

#[test]
fn what_was_not_reached_while_unlocking_leaves_the_session_locked() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    world.ask(Lock).unwrap();
    (0..4).for_each(|_| server.borrow_mut().upset(TOKEN, Mishap::CallLost));
    assert_eq!(kind(unlock(&mut world, PASSWORD)), ProblemKind::Offline);
    assert!(matches!(unlock(&mut world, PASSWORD), Ok(SessionView::Open(_))));
}

#[test]
fn idleness_locks_and_work_puts_it_off() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let (tab, _) = world.connect();
    world.pass(14 * MINUTE);
    world.core.receive(tab, ToCore::Activity);
    world.pass(14 * MINUTE);
    assert!(world.ask(GetPlaces).is_ok());
    world.pass(2 * MINUTE);
    assert!(is_locked(sessions(&world.heard).last()));
}

#[test]
fn time_the_machine_sleeps_counts_as_idle() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let (tab, _) = world.connect();
    world.sleep_machine(i64::from(16 * MINUTE));
    world.core.receive(tab, ToCore::Activity);
    assert!(is_locked(sessions(&world.heard).last()));
    assert_eq!(kind(world.ask(GetPlaces)), ProblemKind::Locked);
}

#[test]
fn the_idle_lock_can_be_set_and_switched_off() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    assert!(matches!(kind(world.ask(SetIdleLock { minutes: Some(0) })), ProblemKind::Invalid(_)));
    world.ask(SetIdleLock { minutes: None }).unwrap();
    world.pass(60 * MINUTE);
    assert!(world.ask(GetPlaces).is_ok());
    world.ask(SetIdleLock { minutes: Some(1) }).unwrap();
    world.pass(2 * MINUTE);
    assert_eq!(kind(world.ask(GetPlaces)), ProblemKind::Locked);
}

#[test]
fn a_successor_goes_on_where_the_locked_core_stood() {
    let server = Scripted::new();
    let mut first = signed_in(&server);
    first.ask(Lock).unwrap();
    let handover = match &*first.core.session.borrow() {
        super::Session::Locked(remains) => serde_json::to_string(&**remains).unwrap(),
        _ => panic!("not locked"),
    };
    assert!(!handover.contains("token-1"), "the access token is not handed over");

    let mut second = world(&server);
    second.core.await_handover();
    second.core.take_over(serde_json::from_str(&handover).unwrap());
    assert!(is_locked(sessions(&second.heard).last()));
    assert!(matches!(unlock(&mut second, PASSWORD), Ok(SessionView::Open(_))));
}

#[test]
fn a_successor_nobody_hands_over_to_says_so() {
    let world = world(&Scripted::new());
    world.core.await_handover();
    world.core.stop_awaiting();
    let restarted = SessionView::SignedOut { because: Some(SignedOutBecause::CoreRestarted) };
    assert_eq!(sessions(&world.heard), [restarted]);
}

#[test]
fn a_profile_with_numbers_nobody_knows_is_still_read() {
    let server = Scripted::new();
    server.borrow_mut().provider_role = 77;
    server.borrow_mut().organizations = vec![serde_json::json!({
        "id": "44444444-4444-4444-8444-444444444444", "name": "Mill", "status": 9, "type": 3, "productTierType": 12,
    })];
    let mut world = signed_in(&server);
    let places = world.ask(GetPlaces).unwrap();
    assert_eq!(places.organizations[0].role, "Role 3");
    assert_eq!(places.providers[0].role, portal_bridge::StaffRole::Unknown(77));
}
