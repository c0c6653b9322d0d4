use portal_bridge::{
    Action, ConfirmStaff, EventFormat, EventsFilter, EventsOf, EventsQuery, EventsView, ExportEvents,
    ExportStaff, GetEvents, GetProvider, GetStaff, GetStaffFingerprints, InviteStaff, Jump, JumpTarget,
    ListState, Moment, ProblemKind, ProviderId, Reason, RefreshEvents, RemoveStaff, RowOutcome, SetStaffRole,
    SkipReason, StaffRole, StaffStatus, Verdict, Window,
};

use crate::stage::{Person, everyone, play};

const TOP: Window = Window { from: 0, count: 100 };

fn lately(provider: ProviderId) -> EventsQuery {
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    EventsQuery::by_day(EventsFilter::between(
        EventsOf::Provider(provider),
        Moment(now - 86_400_000),
        Moment(now + 86_400_000),
    ))
}

/// Who did what, newest first, once this is among it.
async fn events(person: &Person, query: &EventsQuery, words: &str) -> Vec<String> {
    let look = async || {
        let view = person.ask(GetEvents { query: query.clone(), window: TOP }).await.unwrap();
        if let ListState::Failed(problem) = &view.rows.state {
            panic!("{problem:?}");
        }
        Some(in_words(&view)).filter(|seen| seen.iter().any(|seen| seen.starts_with(words)))
    };
    person.until(look).await
}

/// Who did what, newest first.
fn in_words(view: &EventsView) -> Vec<String> {
    let text = |phrase: &portal_bridge::Phrase| match phrase {
        portal_bridge::Phrase::Words(text) | portal_bridge::Phrase::Name(text) => text.clone(),
    };
    view.rows
        .rows
        .iter()
        .filter_map(portal_bridge::EventLine::event)
        .map(|row| format!("{} {}", row.who, row.what.iter().map(text).collect::<String>()))
        .collect()
}

#[test]
fn a_colleague_is_invited_confirmed_promoted_and_removed_and_the_events_say_so() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let ben = ada.invite(&stage, provider, "ben@example.com", "Ben Brook", StaffRole::ServiceUser).await;

        // Not before being confirmed.
        assert!(ben.ask(GetProvider(provider)).await.is_err());
        let row = ada.staff_row(provider, "ben@example.com").await;
        // The list that was read before the acceptance is read again by the confirmation.
        let fingerprints = ada.ask(GetStaffFingerprints { provider, staff: vec![row.id] }).await.unwrap();
        let phrase = fingerprints[0].phrase.clone().expect("ben waits");
        let own = ben.ask(portal_bridge::GetAccount).await.unwrap().fingerprint;
        assert_eq!((phrase.as_str(), fingerprints[0].changed), (own.as_str(), false));

        // A phrase that is not the key's gives nothing away.
        let wrong = ConfirmStaff { provider, staff: vec![(row.id, "not-these-five-words-here".into())] };
        let job = ada.end_of(ada.ask(wrong).await.unwrap()).await;
        assert!(matches!(job.rows[0].outcome, RowOutcome::Failed(_)), "{:?}", job.rows);
        assert_eq!(ada.staff_row(provider, "ben@example.com").await.status, StaffStatus::NeedsConfirmation);
        let again = ada.ask(GetStaffFingerprints { provider, staff: vec![row.id] }).await.unwrap();
        assert!(again[0].changed, "another phrase was compared before");

        let confirm = ConfirmStaff { provider, staff: vec![(row.id, phrase)] };
        let job = ada.end_of(ada.ask(confirm).await.unwrap()).await;
        assert_eq!(job.rows[0].outcome, RowOutcome::Done);
        ben.sign_in().await;
        let opened = ben.ask(GetProvider(provider)).await.unwrap();
        assert_eq!((opened.role, opened.key_missing), (StaffRole::ServiceUser, false));
        // A Service User sees nothing of the staff and the events.
        let staff = ben.ask(GetStaff { query: everyone(provider), window: TOP }).await;
        assert_eq!(staff.unwrap_err().kind, ProblemKind::NotAllowed);
        let log = ben.ask(GetEvents { query: lately(provider), window: TOP }).await;
        assert_eq!(log.unwrap_err().kind, ProblemKind::NotAllowed);

        // The last admin stays one, and nobody removes themselves.
        let me = ada.staff_row(provider, "ada@example.com").await;
        let right =
            |action| me.rights.iter().find(|(known, _)| *known == action).map(|(_, verdict)| *verdict);
        assert_eq!(right(Action::ChangeStaffRole), Some(Verdict::Disabled(Reason::LastAdmin)));
        assert_eq!(right(Action::RemoveStaff), Some(Verdict::Disabled(Reason::Yourself)));
        let demote = SetStaffRole { provider, staff: me.id, role: StaffRole::ServiceUser };
        assert_eq!(ada.ask(demote).await.unwrap_err().kind, ProblemKind::LastAdmin);
        let job = ada.end_of(ada.ask(RemoveStaff { provider, staff: vec![me.id] }).await.unwrap()).await;
        assert!(matches!(job.rows[0].outcome, RowOutcome::Failed(_)));

        ada.ask(SetStaffRole { provider, staff: row.id, role: StaffRole::ProviderAdmin }).await.unwrap();
        assert_eq!(ada.staff_row(provider, "ben@example.com").await.role, StaffRole::ProviderAdmin);
        // With a second admin one may step back, and one's own rights follow at once.
        ada.ask(SetStaffRole { provider, staff: me.id, role: StaffRole::ServiceUser }).await.unwrap();
        assert_eq!(ada.ask(GetProvider(provider)).await.unwrap().role, StaffRole::ServiceUser);
        ben.sign_in().await;
        ben.ask(SetStaffRole { provider, staff: me.id, role: StaffRole::ProviderAdmin }).await.unwrap();
        ada.sign_in().await;

        let query = lately(provider);
        let seen = events(&ada, &query, "Ada Adams invited Ben Brook").await;
        for words in [
            "Ada Adams confirmed Ben Brook",
            "Ada Adams changed the role of Ben Brook",
            "Ben Brook changed the role of Ada Adams",
        ] {
            assert!(seen.iter().any(|seen| seen == words), "{words} is not in {seen:#?}");
        }

        // Removed people keep their name as long as somebody remembers, and are said to have left after that.
        let job = ada.end_of(ada.ask(RemoveStaff { provider, staff: vec![row.id] }).await.unwrap()).await;
        assert_eq!(job.rows[0].outcome, RowOutcome::Done);
        ada.ask(RefreshEvents { source: EventsOf::Provider(provider), live: false }).await.unwrap();
        let seen = events(&ada, &query, "Ada Adams removed Ben Brook").await;
        assert_eq!(seen[0], "Ada Adams removed Ben Brook");
        ben.sign_in().await;
        assert!(ben.ask(GetEvents { query: query.clone(), window: TOP }).await.is_err());
        ada.sign_in().await;
        let seen = events(&ada, &query, "Ada Adams removed former member of staff ").await;
        assert!(seen.iter().any(|seen| seen.starts_with("Former member of staff ")), "{seen:#?}");
    });
}

#[test]
fn invitations_skip_who_is_there_already_and_refuse_what_is_no_address() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        let invite = |emails: &[&str]| InviteStaff {
            provider,
            emails: emails.iter().map(|email| (*email).to_owned()).collect(),
            role: StaffRole::ServiceUser,
        };
        let job = ada.end_of(ada.ask(invite(&["cy@example.com", "ada@example.com"])).await.unwrap()).await;
        assert_eq!(job.rows[0].outcome, RowOutcome::Done);
        assert_eq!(job.rows[1].outcome, RowOutcome::Skipped(SkipReason::AlreadyStaff));
        let many: Vec<String> = (0..21).map(|number| format!("p{number}@example.com")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for bad in [invite(&many), invite(&["no address"]), invite(&[" "])] {
            assert!(matches!(ada.ask(bad).await.unwrap_err().kind, ProblemKind::Invalid(_)));
        }
        assert_eq!(ada.staff(provider).await.len(), 2);

        let hits = ada.ask(Jump { provider, text: "adams".into(), limit: 5 }).await.unwrap();
        let me = ada.staff_row(provider, "ada@example.com").await.id;
        assert_eq!(hits.iter().map(|hit| hit.target).collect::<Vec<_>>(), [JumpTarget::Staff(me)]);

        let staff = ada.ask(ExportStaff(everyone(provider))).await.unwrap();
        assert_eq!(staff.rows, 2);
        assert!(staff.text.starts_with("Name,E-mail,Role,Status,Member id,User id\r\n"), "{}", staff.text);
        assert!(
            staff.text.contains("\r\nAda Adams,ada@example.com,Provider Admin,Confirmed,"),
            "{}",
            staff.text
        );
        let log = ada.ask(ExportEvents { query: lately(provider), format: EventFormat::Csv }).await.unwrap();
        let invited = log.text.lines().find(|line| line.contains("invited cy@example.com")).unwrap();
        assert!(
            [",ProviderUser_Invited,", ",1800,", "ada@example.com"].iter().all(|part| invited.contains(part)),
            "{invited}"
        );
        assert_eq!(log.text.lines().count(), log.rows as usize + 1);
    });
}
