//! What every request has in common (vaultwarden.md §1): tokens, refusals, errors.

use portal_bridge::{
    GetClientSettings, GetMembers, GetSession, Problem, ProblemKind, SessionView, SetIdleLock, SignIn,
    SignedOutBecause,
};

use crate::{
    members::everybody,
    person::{PASSWORD, Person},
    recorded::recorded,
    replay::{Vaultwarden, play, within},
    vault::{Answer, Role},
};

const TOKEN: &str = "POST /identity/connect/token";
/// An access token is old by then, and has not ended.
const A_WHILE_MS: i64 = 60_000;

fn kind<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemKind {
    result.expect_err("a problem").kind.clone()
}

/// So much time passes.
fn later(person: &Person, milliseconds: i64) {
    person.line.ahead.set(person.line.ahead.get() + milliseconds);
}

/// The next requests for the organization are answered with this.
fn instead(server: &Vaultwarden, times: usize, answer: &Answer) {
    let call = server.at("GET", "");
    server.set(|state| state.instead.entry(call).or_default().extend(vec![answer.clone(); times]));
}

#[test]
fn a_401_is_a_refusal_after_one_refresh_and_one_retry_and_signs_nobody_out() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        later(&owner, A_WHILE_MS);
        let refused = Answer::of(recorded("refusals", "body of a refusal (admin, GET organization)"));
        instead(&server, 2, &refused);
        assert_eq!(kind(owner.ask(GetClientSettings(within())).await), ProblemKind::NotAllowed);
        let organization = server.at("GET", "");
        let calls = server.calls().into_iter().filter(|call| *call == organization || call == TOKEN);
        assert_eq!(calls.take(3).collect::<Vec<_>>(), [organization.as_str(), TOKEN, organization.as_str()]);
        assert_eq!(server.count(&organization), 2);
        assert!(matches!(owner.ask(GetSession).await, Ok(SessionView::Open(_))));
        assert!(owner.ask(GetClientSettings(within())).await.is_ok());
    });
}

#[test]
fn a_token_that_was_voided_is_replaced_and_the_request_repeated() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        later(&owner, A_WHILE_MS);
        server.set(|state| state.token += 10);
        assert_eq!(owner.ask(GetClientSettings(within())).await.unwrap().name, "Probe");
        assert_eq!(server.count(TOKEN), 1);
    });
}

#[test]
fn after_a_password_change_the_refused_refresh_means_signing_in_again() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        later(&owner, A_WHILE_MS);
        server.set(|state| (state.token, state.refresh_void) = (state.token + 10, true));
        assert_eq!(kind(owner.ask(GetClientSettings(within())).await), ProblemKind::SignedOut);
        let because = Some(SignedOutBecause::SessionEnded);
        assert_eq!(owner.ask(GetSession).await.unwrap(), SessionView::SignedOut { because });
    });
}

#[test]
fn each_refresh_uses_the_refresh_token_that_came_last() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        owner.ask(SetIdleLock { minutes: None }).await.unwrap();
        for hours in [2, 2] {
            later(&owner, hours * 3_600_000);
            owner.ask(GetClientSettings(within())).await.unwrap();
        }
        let forms = server.look(|state| {
            let asked = state.asked.iter().filter(|asked| asked.call() == TOKEN);
            asked.map(|asked| asked.body.clone()).collect::<Vec<_>>()
        });
        assert_eq!(forms.len(), 2);
        assert!(forms[0].ends_with("refresh_token=refresh-1"), "{}", forms[0]);
        assert!(forms[1].ends_with("refresh_token=refresh-2"), "{}", forms[1]);
    });
}

#[test]
fn every_request_asks_for_json_lest_errors_come_as_pages() {
    play(|server| async move {
        let owner = server.person();
        owner.sign_in().await;
        owner.ask(GetMembers { query: everybody(), window: crate::members::ALL }).await.unwrap();
        let others = server.look(|state| {
            let asked =
                state.asked.iter().filter(|asked| asked.accept.as_deref() != Some("application/json"));
            asked.map(crate::vault::Asked::call).collect::<Vec<_>>()
        });
        assert_eq!(others, Vec::<String>::new());
        assert!(server.calls().len() >= 4);
    });
}

#[test]
fn a_page_in_the_place_of_an_error_is_understood_by_its_status_and_never_shown() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        instead(&server, 1, &Answer::of(recorded("anonymous", "profile, bad token, Accept html")));
        let problem = owner.ask(GetClientSettings(within())).await.unwrap_err();
        assert_eq!((problem.kind.clone(), problem.detail.clone()), (ProblemKind::NotAllowed, None));
        // As a server on the way writes it, which has its reasons for some seconds.
        let page =
            Answer { status: 502, ..Answer::of(recorded("anonymous", "profile, bad token, Accept html")) };
        instead(&server, 2, &page);
        assert!(owner.ask(GetClientSettings(within())).await.is_ok());
    });
}

#[test]
fn all_three_bodies_of_errors_are_told_in_the_servers_words() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let told = [
            // A business error.
            (
                recorded("members", "invite foreign collection"),
                ProblemKind::Refused,
                Some("Invalid collection"),
            ),
            // One of the framework, where "error" is an object.
            (
                recorded("validation", "missing field"),
                ProblemKind::Refused,
                Some("The request was well-formed but was unable to be followed due to semantic errors."),
            ),
            (
                recorded("anonymous", "GET /api/no-such-thing"),
                ProblemKind::NotFound,
                Some("The requested resource could not be found."),
            ),
            // A code and nothing more.
            (recorded("sign_in", "bad refresh token"), ProblemKind::Refused, None),
        ];
        for (answer, kind, words) in told {
            instead(&server, 1, &Answer::of(answer));
            let problem = owner.ask(GetClientSettings(within())).await.unwrap_err();
            assert_eq!((problem.kind.clone(), problem.detail.as_deref()), (kind, words), "{answer:?}");
        }
    });
}

#[test]
fn too_many_sign_ins_are_told_at_once_though_no_time_to_wait_is_named() {
    play(|server| async move {
        let busy = Answer {
            status: 429,
            body: recorded("sign_in", "wrong password")
                .body
                .replace("Username or password is incorrect. Try again", "Too many login requests"),
            ..Answer::of(recorded("sign_in", "wrong password"))
        };
        server.set(|state| state.instead.entry(TOKEN.into()).or_default().push_back(busy));
        let person = server.person();
        let signed_in = person.ask(SignIn { email: person.email.clone(), password: PASSWORD.into() }).await;
        let problem = signed_in.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Busy { seconds: 60 });
        assert_eq!(problem.detail.as_deref(), Some("Too many login requests"));
        assert_eq!(server.count(TOKEN), 1);
    });
}
