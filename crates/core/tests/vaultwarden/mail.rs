//! Where mail is sent (vaultwarden.md §4). These answers were not recorded: they follow what is said of them in words.

use portal_bridge::{
    AcceptOrganizationInvitation, GetMemberLink, MemberRole, MemberStatus, Problem, ProblemKind,
    RecoverMember, RowOutcome,
};
use portal_keys::{Kdf, MasterKey};
use serde_json::json;

use crate::{
    keys::{ITERATIONS, KEYS},
    members::{access, invite, rows, with_two},
    person::PASSWORD,
    replay::{play, within},
    vault::Role,
};

#[test]
fn with_mail_everybody_waits_for_their_letter_which_alone_has_the_link() {
    play(|server| async move {
        server.set(|state| state.mail = true);
        let (owner, known, unknown) = with_two(&server).await;
        for invited in [known, unknown] {
            assert_eq!(invited.status, MemberStatus::Invited);
            let link = owner.ask(GetMemberLink { within: within(), member: invited.id }).await.unwrap();
            assert_eq!(link, None);
        }
    });
}

#[test]
fn whoever_cannot_be_written_to_is_told_as_not_invited_and_the_others_are() {
    play(|server| async move {
        server.set(|state| (state.mail, state.unreachable) = (true, vec!["bea@probe.test".into()]));
        let owner = server.signed_in(Role::Owner).await;
        let emails = ["anna@probe.test", "bea@probe.test", "carl@probe.test"];
        let job = invite(&owner, &emails, access(MemberRole::User)).await;
        let outcomes: Vec<_> = job.rows.into_iter().map(|row| row.outcome).collect();
        let refused = RowOutcome::Failed(Problem::with(ProblemKind::Refused, "The letter could not be sent"));
        assert_eq!(outcomes, [RowOutcome::Done, refused, RowOutcome::Done]);
        let invited: Vec<_> = rows(&owner).await.into_iter().map(|row| row.email).collect();
        assert!(!invited.contains(&"bea@probe.test".to_owned()), "{invited:?}");
    });
}

#[test]
fn the_token_of_a_letter_is_accepted_once() {
    play(|server| async move {
        server.set(|state| state.mail = true);
        let (_, known, _) = with_two(&server).await;
        let invited = server.signed_in(Role::User).await;
        let accept = || {
            let organization = within().organization;
            invited.ask(AcceptOrganizationInvitation {
                organization,
                member: known.id,
                token: "letter".into(),
            })
        };
        accept().await.unwrap();
        server.look(|state| assert_eq!(state.members[1]["status"], 1));
        let again = accept().await.unwrap_err();
        assert_eq!(
            (again.kind.clone(), again.detail.as_deref()),
            (ProblemKind::Refused, Some("Accepted before"))
        );
    });
}

#[test]
fn with_mail_the_account_of_whoever_enrolled_is_recovered() {
    play(|server| async move {
        server.set(|state| state.mail = true);
        let (owner, known, _) = with_two(&server).await;
        server.set(|state| {
            (state.members[1]["status"], state.members[1]["resetPasswordEnrolled"]) = (json!(2), json!(true));
        });
        let password = format!("{PASSWORD} and new");
        let recover =
            RecoverMember { within: within(), member: known.id, password: password.as_str().into() };
        owner.ask(recover).await.unwrap();
        let call = server.at("PUT", &format!("/users/{}/recover-account", known.id));
        let [body] = server.bodies(&call).try_into().unwrap();
        // The one thing this server can do, and not the other.
        assert_eq!((&body["resetMasterPassword"], &body["resetTwoFactor"]), (&json!(true), &json!(false)));
        let kdf = Kdf::Pbkdf2 { iterations: ITERATIONS };
        let master = MasterKey::derive(password.as_bytes(), "known@probe.test", &kdf).await.unwrap();
        assert_eq!(body["newMasterPasswordHash"], master.login_hash(password.as_bytes()));
        let wrapped = body["key"].as_str().unwrap().parse().unwrap();
        assert!(master.stretch().unwrap_key(&wrapped).unwrap() == KEYS.user_key);
    });
}
