//! Accounts and sign-in (vaultwarden.md §2).

use portal_bridge::{
    GetPlaces, GetServer, OrganizationId, Problem, ProblemKind, Register, RegistrationStarted,
    RegistrationTicket, SessionView, SignIn, StartRegistration, TwoStep, TwoStepMethod,
};

use crate::{
    keys::EMAIL,
    person::{PASSWORD, Person},
    replay::play,
    vault::{ORGANIZATION, Role},
};

async fn sign_in(person: &Person, email: &str, password: &str) -> Result<SessionView, Problem> {
    person.ask(SignIn { email: email.into(), password: password.into() }).await
}

#[test]
fn a_salt_of_null_means_the_address_in_small_letters() {
    play(|server| async move {
        let typed = EMAIL.replace("owner", " Owner");
        assert!(matches!(sign_in(&server.person(), &typed, PASSWORD).await, Ok(SessionView::Open(_))));
    });
}

#[test]
fn a_token_answer_in_two_spellings_opens_the_session_and_the_organization() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let space = owner.ask(portal_bridge::GetSpace(crate::replay::within())).await.unwrap();
        assert!(space.key_opens);
    });
}

#[test]
fn a_wrong_password_is_told_as_one_though_the_code_is_empty() {
    play(|server| async move {
        for email in [EMAIL, "nobody@probe.test"] {
            let problem = sign_in(&server.person(), email, "not the password").await.unwrap_err();
            assert_eq!(problem.kind, ProblemKind::WrongCredentials);
            assert_eq!(problem.detail.as_deref(), Some("Username or password is incorrect. Try again"));
        }
    });
}

#[test]
fn a_wrong_code_comes_as_another_error_and_is_told_as_a_wrong_code() {
    play(|server| async move {
        server.set(|state| state.code = Some("123456"));
        let person = server.person();
        let Ok(SessionView::TwoStep(view)) = sign_in(&person, EMAIL, PASSWORD).await else {
            panic!("no second step")
        };
        assert_eq!(view.methods, [TwoStepMethod::Authenticator]);
        let step = |code: &str| {
            person.ask(TwoStep { method: TwoStepMethod::Authenticator, code: code.into(), remember: false })
        };
        let problem = step("000000").await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::WrongCode);
        assert!(problem.detail.as_deref().is_some_and(|text| text.starts_with("Invalid TOTP code")));
        assert!(matches!(step("123456").await, Ok(SessionView::Open(_))));
    });
}

#[test]
fn a_profile_without_providers_shows_the_organizations() {
    play(|server| async move {
        let places = server.signed_in(Role::Admin).await.ask(GetPlaces).await.unwrap();
        assert_eq!(places.providers, []);
        let [organization] = places.organizations.as_slice() else { panic!("one organization") };
        assert_eq!((organization.name.as_str(), organization.waiting), ("Probe", false));
        assert_eq!((organization.role.as_str(), organization.enabled), ("Admin", true));
    });
}

#[test]
fn an_account_is_created_with_the_token_that_came_as_a_json_string() {
    play(|server| async move {
        let person = server.person();
        let email = "new@probe.test".to_owned();
        let started = person.ask(StartRegistration { email: email.clone(), name: None }).await.unwrap();
        let RegistrationStarted::Token(token) = started else { panic!("no token") };
        assert!(token.starts_with("eyJ") && !token.ends_with('"'), "{token}");
        let ticket = RegistrationTicket::Email { token: token.clone() };
        let register = Register { email, name: None, password: PASSWORD.into(), hint: None, ticket };
        person.ask(register).await.unwrap();
        let [body] = server.bodies("POST /identity/accounts/register/finish").try_into().unwrap();
        assert_eq!(body["emailVerificationToken"], token);
    });
}

#[test]
fn whoever_was_invited_registers_with_the_invitation() {
    play(|server| async move {
        let organization: OrganizationId = ORGANIZATION.parse().unwrap();
        let ticket = RegistrationTicket::Organization {
            organization,
            member: crate::vault::MYSELF.parse().unwrap(),
            token: "invitation".into(),
        };
        let register = Register {
            email: "new@probe.test".into(),
            name: None,
            password: PASSWORD.into(),
            hint: None,
            ticket,
        };
        server.person().ask(register).await.unwrap();
        let [body] = server.bodies("POST /identity/accounts/register/finish").try_into().unwrap();
        assert_eq!(
            (&body["orgInviteToken"], &body["organizationUserId"]),
            (&"invitation".into(), &crate::vault::MYSELF.into())
        );
    });
}

#[test]
fn where_mail_is_sent_registering_waits_for_the_letter() {
    play(|server| async move {
        server.set(|state| state.mail = true);
        let started = StartRegistration { email: "new@probe.test".into(), name: None };
        assert_eq!(server.person().ask(started).await.unwrap(), RegistrationStarted::MailSent);
    });
}

#[test]
fn a_server_of_another_make_is_offered_nothing_of_the_portals_own() {
    play(|server| async move {
        let told = server.person().ask(GetServer).await.unwrap();
        assert_eq!(told.version, "2026.6.0");
        assert!(!told.outbox_links && !told.two_step_settings);
    });
}
