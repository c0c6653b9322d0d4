use portal_bridge::{
    AcceptOrganizationInvitation, Action, ClientMade, ClientSort, ClientsQuery, ClientsView, ConfirmMember,
    CreateClient, Direction, GetAccount, GetClient, GetClients, GetMemberFingerprint, GetPlaces, GetProvider,
    ListState, Lock, MemberStatus, Plan, PreviewSeats, ProblemKind, ProviderId, RegistrationTicket,
    SessionView, StaffRole, Unlock, UpdateClient, Verdict, Window,
};
use portal_core::platform::Method;

use crate::stage::{Fault, PASSWORD, Person, parameter, play};

pub(crate) fn create(provider: ProviderId, name: &str, attempt: u32) -> CreateClient {
    CreateClient {
        provider,
        name: name.into(),
        owner_email: "olga@example.com".into(),
        plan: Plan::EnterpriseMonthly,
        seats: 5,
        attempt,
    }
}

pub(crate) async fn clients(person: &Person, provider: ProviderId) -> ClientsView {
    let query = ClientsQuery {
        provider,
        search: String::new(),
        plan: None,
        needs: None,
        sort: ClientSort::Name,
        direction: Direction::Ascending,
    };
    let mut view = person
        .ask(GetClients { query: query.clone(), window: Window { from: 0, count: 100 } })
        .await
        .unwrap();
    while matches!(view.rows.state, ListState::Loading { .. }) {
        view = person
            .ask(GetClients { query: query.clone(), window: Window { from: 0, count: 100 } })
            .await
            .unwrap();
    }
    assert_eq!(view.rows.state, ListState::Complete);
    view
}

#[test]
fn a_client_is_created_seen_again_by_a_fresh_core_and_its_owner_confirmed() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let ClientMade { client, owner_link } =
            ada.ask(create(provider, "Harbour & Söhne", 1)).await.unwrap();
        assert_eq!((client.name.as_str(), client.assigned, client.used), ("Harbour & Söhne", Some(5), 1));

        // Another device, which knows nothing yet.
        let again = stage.person(&ada.email);
        again.sign_in().await;
        let view = clients(&again, provider).await;
        assert_eq!(view.rows.rows, std::slice::from_ref(&client));
        assert_eq!(again.ask(GetProvider(provider)).await.unwrap().clients, Some(1));
        let organization = client.organization;
        let summary = again.ask(GetClient { provider, organization }).await.unwrap();
        assert!(summary.key_opens);
        assert_eq!(
            (summary.people[0].status, summary.people[0].role.as_str()),
            (MemberStatus::Invited, "Owner")
        );

        let link = owner_link.expect("no mail is sent here");
        let member = parameter(&link, "organizationUserId").parse().unwrap();
        let token = parameter(&link, "token");
        let olga = stage.person("olga@example.com");
        olga.register(
            RegistrationTicket::Organization { organization, member, token: token.clone() },
            "Olga",
        )
        .await;
        olga.ask(AcceptOrganizationInvitation { organization, member, token: token.clone() }).await.unwrap();
        assert!(olga.ask(GetPlaces).await.unwrap().organizations[0].waiting);
        let used = olga.ask(AcceptOrganizationInvitation { organization, member, token }).await.unwrap_err();
        assert_eq!(used.kind, ProblemKind::TokenUsed);

        let phrase = again.ask(GetMemberFingerprint { provider, organization, member }).await.unwrap();
        assert_eq!(phrase, olga.ask(GetAccount).await.unwrap().fingerprint);
        again.ask(ConfirmMember { provider, organization, member, phrase }).await.unwrap();
        let summary = again.ask(GetClient { provider, organization }).await.unwrap();
        assert_eq!(summary.people[0].status, MemberStatus::Confirmed);
        let unlink = summary.rights.iter().find(|(action, _)| *action == Action::UnlinkClient);
        assert_eq!(unlink.map(|(_, verdict)| *verdict), Some(Verdict::Allowed));
    });
}

#[test]
fn a_line_that_breaks_while_a_client_is_made_never_makes_two() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        for (attempt, fault) in
            [Fault::AnswerLost, Fault::CallLost, Fault::Busy, Fault::Unreachable].into_iter().enumerate()
        {
            let mut left = 1;
            ada.line.trouble(move |request| {
                let hit = request.method == Method::Post && request.url.ends_with("/clients") && left > 0;
                left -= i32::from(hit);
                hit.then_some(fault)
            });
            let name = format!("Client {attempt}");
            let attempt = u32::try_from(attempt).unwrap();
            if let Err(problem) = ada.ask(create(provider, &name, attempt)).await {
                assert_eq!(
                    (&problem.kind, name.as_str()),
                    (&ProblemKind::Uncertain, "Client 1"),
                    "{fault:?}"
                );
                ada.ask(create(provider, &name, attempt)).await.unwrap();
            }
            let names: Vec<_> =
                clients(&ada, provider).await.rows.rows.into_iter().map(|row| row.name).collect();
            assert_eq!(names.iter().filter(|known| **known == name).count(), 1, "{fault:?}");
        }
    });
}

#[test]
fn seats_follow_the_pool_and_a_service_user_buys_none() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let link = ada.ask(create(provider, "Mill", 1)).await.unwrap().client.link;
        let preview = |seats| PreviewSeats { provider, link: Some(link), plan: None, seats };
        let before = ada.ask(preview(60)).await.unwrap();
        assert_eq!(
            (before.minimum, before.assigned_before, before.purchased_after, before.verdict),
            (50, 5, 10, Verdict::Allowed)
        );
        let update =
            |name: Option<&str>, seats| UpdateClient { provider, link, name: name.map(Into::into), seats };
        ada.ask(update(Some("Mill <b>"), Some(20))).await.unwrap();
        let row = clients(&ada, provider).await.rows.rows.remove(0);
        assert_eq!((row.name.as_str(), row.assigned), ("Mill <b>", Some(20)));

        let ben = ada.invite(&stage, provider, "ben@example.com", "Ben", StaffRole::ServiceUser).await;
        let staff = ada.staff_row(provider, "ben@example.com").await;
        let phrase = ben.ask(GetAccount).await.unwrap().fingerprint;
        let job =
            ada.ask(portal_bridge::ConfirmStaff { provider, staff: vec![(staff.id, phrase)] }).await.unwrap();
        ada.end_of(job).await;
        ben.sign_in().await;
        assert_eq!(ben.ask(update(None, Some(60))).await.unwrap_err().kind, ProblemKind::NotAllowed);
        ben.ask(update(None, Some(30))).await.unwrap();
        assert_eq!(ben.ask(create(provider, "Not mine", 1)).await.unwrap_err().kind, ProblemKind::NotAllowed);
        assert_eq!(clients(&ben, provider).await.rows.rows[0].assigned, Some(30));
    });
}

#[test]
fn a_locked_session_opens_again_with_its_password_alone() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        ada.ask(Lock).await.unwrap();
        assert_eq!(ada.ask(GetProvider(provider)).await.unwrap_err().kind, ProblemKind::Locked);
        assert_eq!(
            ada.ask(Unlock { password: "not the one".into() }).await.unwrap_err().kind,
            ProblemKind::WrongPassword
        );
        assert!(matches!(ada.ask(Unlock { password: PASSWORD.into() }).await, Ok(SessionView::Open(_))));
        assert!(!ada.ask(GetProvider(provider)).await.unwrap().key_missing);
    });
}
