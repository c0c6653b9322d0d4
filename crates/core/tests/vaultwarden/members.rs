//! Members (vaultwarden.md §4).

use futures::executor::block_on;
use portal_bridge::{
    ChangeMembers, ConfirmMembers, Direction, GetMember, GetMemberChoices, GetMemberLink, GetMemberPhrases,
    GetMembers, GetSpace, InviteMembers, JobId, JobView, MemberAccess, MemberDeed, MemberPermission,
    MemberRole, MemberRow, MemberSaved, MemberSort, MemberStatus, MembersQuery, OrganizationUserId,
    PreviewInvitations, Problem, ProblemKind, Reason, RecoverMember, ResendToMembers, RowOutcome, SaveMember,
    SkipReason, Verdict, Window,
};
use portal_keys::EncString;
use serde_json::{Value, json};

use crate::{
    keys::KEYS,
    person::{PASSWORD, Person},
    recorded::recorded,
    replay::{Vaultwarden, play, within},
    vault::{Answer, COLLECTION, Role},
};

pub(crate) const ALL: Window = Window { from: 0, count: 200 };

pub(crate) fn everybody() -> MembersQuery {
    MembersQuery {
        within: within(),
        search: String::new(),
        status: None,
        role: None,
        need: None,
        sort: MemberSort::Name,
        direction: Direction::Ascending,
    }
}

pub(crate) fn access(role: MemberRole) -> MemberAccess {
    MemberAccess { role, permissions: Vec::new(), groups: Vec::new(), collections: Vec::new() }
}

pub(crate) async fn rows(person: &Person) -> Vec<MemberRow> {
    person.ask(GetMembers { query: everybody(), window: ALL }).await.unwrap().rows.rows
}

pub(crate) async fn row(person: &Person, email: &str) -> MemberRow {
    rows(person).await.into_iter().find(|row| row.email == email).unwrap()
}

pub(crate) async fn invite(person: &Person, emails: &[&str], access: MemberAccess) -> JobView {
    let emails = emails.iter().map(|email| (*email).to_owned()).collect();
    let job = person.ask(InviteMembers { within: within(), emails, access }).await.unwrap();
    person.end_of(job).await
}

async fn ended(person: &Person, job: Result<JobId, Problem>) -> Vec<RowOutcome> {
    let job = person.end_of(job.unwrap()).await;
    job.rows.into_iter().map(|row| row.outcome).collect()
}

fn refused(words: &str) -> RowOutcome {
    RowOutcome::Failed(Problem::with(ProblemKind::Refused, words))
}

/// Owners, and members of each status: somebody who accepted, and somebody without an account.
pub(crate) async fn with_two(server: &Vaultwarden) -> (Person, MemberRow, MemberRow) {
    server.set(|state| state.accounts = vec!["known@probe.test".into()]);
    let owner = server.signed_in(Role::Owner).await;
    invite(&owner, &["known@probe.test", "unknown@probe.test"], access(MemberRole::User)).await;
    let (known, unknown) = (row(&owner, "known@probe.test").await, row(&owner, "unknown@probe.test").await);
    server.forget();
    (owner, known, unknown)
}

#[test]
fn members_without_a_date_are_listed() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let [myself] = rows(&owner).await.try_into().unwrap();
        assert_eq!(
            (myself.role, myself.status, myself.me),
            (MemberRole::Owner, MemberStatus::Confirmed, true)
        );
        let view = owner.ask(GetMember { within: within(), member: myself.id }).await.unwrap();
        assert_eq!((view.since, view.revoked_because), (None, None));
    });
}

#[test]
fn without_mail_who_has_an_account_is_accepted_at_once_and_others_wait_without_a_link() {
    play(|server| async move {
        server.set(|state| state.accounts = vec!["known@probe.test".into()]);
        let owner = server.signed_in(Role::Owner).await;
        let job = invite(&owner, &["known@probe.test", "unknown@probe.test"], access(MemberRole::User)).await;
        assert!(
            job.rows.iter().all(|row| row.outcome == RowOutcome::Done && row.link.is_none()),
            "{:?}",
            job.rows
        );
        let known = row(&owner, "known@probe.test").await;
        let unknown = row(&owner, "unknown@probe.test").await;
        assert_eq!(known.status, MemberStatus::NeedsConfirmation);
        assert_eq!((unknown.status, unknown.name), (MemberStatus::Invited, None));
        let link = owner.ask(GetMemberLink { within: within(), member: unknown.id }).await.unwrap();
        assert_eq!(link, None);
    });
}

#[test]
fn an_invitation_sends_every_list_though_empty_and_addresses_without_blanks() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        invite(&owner, &[" Anna@Probe.test\t"], access(MemberRole::User)).await;
        let [body] = server.bodies(&server.at("POST", "/users/invite")).try_into().unwrap();
        assert_eq!(body["emails"], json!(["anna@probe.test"]));
        assert_eq!((&body["groups"], &body["collections"]), (&json!([]), &json!([])));
    });
}

#[test]
fn those_before_the_address_that_stopped_an_invitation_are_told_as_invited() {
    play(|server| async move {
        server.set(|state| state.not_invitable = vec!["bea@elsewhere.test".into()]);
        let owner = server.signed_in(Role::Owner).await;
        let emails = ["anna@probe.test", "bea@elsewhere.test", "carl@probe.test"];
        let job = invite(&owner, &emails, access(MemberRole::User)).await;
        let outcomes: Vec<_> = job.rows.into_iter().map(|row| row.outcome).collect();
        let words = "Email domain not eligible for invitations";
        assert_eq!(outcomes, [RowOutcome::Done, refused(words), RowOutcome::Done]);
        assert_eq!(rows(&owner).await.len(), 3);
    });
}

#[test]
fn what_only_owners_may_give_is_not_offered_at_inviting_and_never_sent() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let choices = owner.ask(GetMemberChoices(within())).await.unwrap();
        assert_eq!(choices.inviting, choices.roles);
        let admin = server.signed_in(Role::Admin).await;
        assert_eq!(admin.ask(GetMemberChoices(within())).await.unwrap().inviting, [MemberRole::User]);
        for role in [MemberRole::Custom, MemberRole::Admin] {
            let more = InviteMembers {
                within: within(),
                emails: vec!["anna@probe.test".into()],
                access: access(role),
            };
            assert_eq!(admin.ask(more).await.unwrap_err().kind, ProblemKind::NotAllowed);
        }
        let text = "E-mail,Role\nanna@probe.test,Admin\nbea@probe.test,User\n".to_owned();
        let preview = admin.ask(PreviewInvitations { within: within(), text }).await.unwrap();
        assert_eq!(preview.ready, 1, "{preview:?}");
        assert_eq!(server.count(&server.at("POST", "/users/invite")), 0);
        let job = invite(&admin, &["anna@probe.test"], access(MemberRole::User)).await;
        assert_eq!(job.rows[0].outcome, RowOutcome::Done);
    });
}

#[test]
fn only_owners_confirm_those_who_lead() {
    play(|server| async move {
        server.set(|state| state.accounts = vec!["known@probe.test".into()]);
        let owner = server.signed_in(Role::Owner).await;
        invite(&owner, &["known@probe.test"], access(MemberRole::Admin)).await;
        let confirm =
            |row: MemberRow| row.rights.into_iter().find(|(deed, _)| *deed == MemberDeed::Confirm).unwrap().1;
        assert_eq!(confirm(row(&owner, "known@probe.test").await), Verdict::Allowed);
        let admin = server.signed_in(Role::Admin).await;
        let known = row(&admin, "known@probe.test").await;
        assert_eq!(confirm(known), Verdict::Disabled(Reason::HigherRole));
        server.set(|state| state.members[1]["type"] = json!(2));
        let admin = server.signed_in(Role::Admin).await;
        assert_eq!(confirm(row(&admin, "known@probe.test").await), Verdict::Allowed);
    });
}

#[test]
fn where_people_register_is_told_only_where_no_mail_is_sent() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let registers_at = owner.ask(GetSpace(within())).await.unwrap().registers_at;
        assert_eq!(registers_at.as_deref(), Some("https://vault.example.test"));
        server.set(|state| state.mail = true);
        let owner = server.signed_in(Role::Owner).await;
        assert_eq!(owner.ask(GetSpace(within())).await.unwrap().registers_at, None);
    });
}

#[test]
fn only_the_permissions_that_the_server_keeps_can_be_given() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let kept = [
            MemberPermission::CreateNewCollections,
            MemberPermission::EditAnyCollection,
            MemberPermission::DeleteAnyCollection,
        ];
        assert_eq!(owner.ask(GetMemberChoices(within())).await.unwrap().permissions, kept);
        let with = |permissions: &[MemberPermission]| MemberAccess {
            permissions: permissions.to_vec(),
            ..access(MemberRole::Custom)
        };
        // Whatever else were sent would be dropped without a word.
        let more = with(&[MemberPermission::AccessEventLogs]);
        let refused =
            InviteMembers { within: within(), emails: vec!["anna@probe.test".into()], access: more };
        assert_eq!(owner.ask(refused).await.unwrap_err().kind, ProblemKind::NotAllowed);
        invite(&owner, &["anna@probe.test"], with(&kept)).await;
        let anna = row(&owner, "anna@probe.test").await;
        let view = owner.ask(GetMember { within: within(), member: anna.id }).await.unwrap();
        assert_eq!(view.access, Some(with(&kept)));
    });
}

#[test]
fn whoever_has_no_key_yet_is_skipped_and_the_others_are_confirmed() {
    play(|server| async move {
        let (owner, known, unknown) = with_two(&server).await;
        let members = vec![known.id, unknown.id];
        let phrases = owner.ask(GetMemberPhrases { within: within(), members }).await.unwrap();
        assert!(phrases[0].phrase.is_some() && phrases[1].phrase.is_none(), "{phrases:?}");
        let phrase = phrases[0].phrase.clone().unwrap();
        let members = vec![(known.id, phrase.clone()), (unknown.id, phrase)];
        let outcomes = ended(&owner, owner.ask(ConfirmMembers { within: within(), members }).await).await;
        assert_eq!(outcomes, [RowOutcome::Done, RowOutcome::Skipped(SkipReason::WrongState)]);
        let [body] = server.bodies(&server.at("POST", "/users/confirm")).try_into().unwrap();
        let [key] = body["keys"].as_array().unwrap().as_slice() else { panic!("one key") };
        let wrapped: EncString = key["key"].as_str().unwrap().parse().unwrap();
        assert!(block_on(KEYS.somebody.decapsulate(&wrapped)).unwrap() == KEYS.organization);
        assert_eq!(row(&owner, "known@probe.test").await.status, MemberStatus::Confirmed);
    });
}

#[test]
fn the_rows_of_a_bulk_answer_count_and_not_its_status() {
    play(|server| async move {
        let (owner, known, unknown) = with_two(&server).await;
        let mut answer: Value =
            serde_json::from_str(recorded("members", "revoke self in bulk").body).unwrap();
        answer["data"][0]["id"] = json!(unknown.id);
        let done = json!({"object": "OrganizationUserBulkResponseModel", "id": known.id, "error": ""});
        answer["data"].as_array_mut().unwrap().push(done);
        let call = server.at("PUT", "/users/revoke");
        server.set(|state| {
            state.instead.entry(call).or_default().push_back(Answer::new(200, answer.to_string()))
        });
        let members = vec![known.id, unknown.id];
        let revoke = ChangeMembers { within: within(), members, deed: MemberDeed::Revoke };
        let outcomes = ended(&owner, owner.ask(revoke).await).await;
        assert_eq!(outcomes, [RowOutcome::Done, refused("You cannot revoke yourself")]);
    });
}

#[test]
fn whoever_is_restored_is_what_they_were_before() {
    play(|server| async move {
        let (owner, known, unknown) = with_two(&server).await;
        let deed = |deed| ChangeMembers { within: within(), members: vec![known.id, unknown.id], deed };
        let done = [RowOutcome::Done, RowOutcome::Done];
        assert_eq!(ended(&owner, owner.ask(deed(MemberDeed::Revoke)).await).await, done);
        assert_eq!(row(&owner, "known@probe.test").await.status, MemberStatus::Revoked);
        assert_eq!(ended(&owner, owner.ask(deed(MemberDeed::Restore)).await).await, done);
        assert_eq!(row(&owner, "known@probe.test").await.status, MemberStatus::NeedsConfirmation);
        assert_eq!(row(&owner, "unknown@probe.test").await.status, MemberStatus::Invited);
        assert_eq!(ended(&owner, owner.ask(deed(MemberDeed::Remove)).await).await, done);
        assert_eq!(rows(&owner).await.len(), 1);
    });
}

#[test]
fn an_invitation_is_sent_again_to_those_who_wait_for_one() {
    play(|server| async move {
        let (owner, known, unknown) = with_two(&server).await;
        let members = vec![known.id, unknown.id];
        let outcomes = ended(&owner, owner.ask(ResendToMembers { within: within(), members }).await).await;
        assert_eq!(outcomes, [RowOutcome::Skipped(SkipReason::WrongState), RowOutcome::Done]);
    });
}

#[test]
fn changing_the_role_leaves_collections_and_groups_though_the_server_replaces_them() {
    play(|server| async move {
        let group = "d28aaf47-85e2-498b-b269-e48834aea3f0";
        server.set(|state| {
            let recorded: Value = serde_json::from_str(recorded("groups", "get details").body).unwrap();
            state.groups.push(recorded);
            state.accounts = vec!["known@probe.test".into()];
        });
        let owner = server.signed_in(Role::Owner).await;
        invite(&owner, &["known@probe.test"], access(MemberRole::User)).await;
        let known = row(&owner, "known@probe.test").await;
        let given = json!([{"id": COLLECTION, "readOnly": true, "hidePasswords": false, "manage": false}]);
        server.set(|state| {
            (state.members[1]["collections"], state.members[1]["groups"]) = (given.clone(), json!([group]));
        });
        let view = owner.ask(GetMember { within: within(), member: known.id }).await.unwrap();
        let before = view.access.unwrap();
        assert_eq!((before.collections.len(), before.groups.len()), (1, 1));
        let saved = MemberAccess { role: MemberRole::Admin, ..before.clone() };
        let save = SaveMember { within: within(), member: known.id, before, access: saved };
        assert_eq!(owner.ask(save).await.unwrap(), MemberSaved::Saved);
        server.look(|state| {
            assert_eq!(state.members[1]["type"], 1);
            assert_eq!(
                (&state.members[1]["collections"], &state.members[1]["groups"]),
                (&given, &json!([group]))
            );
        });
    });
}

#[test]
fn the_last_owner_is_neither_demoted_nor_removed() {
    play(|server| async move {
        let owner = server.signed_in(Role::Owner).await;
        let [myself] = rows(&owner).await.try_into().unwrap();
        let right = |deed| myself.rights.iter().find(|(known, _)| *known == deed).unwrap().1;
        assert_eq!(right(MemberDeed::Remove), Verdict::Disabled(Reason::Yourself));
        let (before, access) = (access(MemberRole::Owner), access(MemberRole::User));
        let save = SaveMember { within: within(), member: myself.id, before, access };
        assert_eq!(owner.ask(save).await.unwrap_err().kind, ProblemKind::LastOwner);
        // Somebody else may have left meanwhile: then the server says so.
        let call = server.at("PUT", &format!("/users/{}", myself.id));
        assert_eq!(server.count(&call), 0);
    });
}

#[test]
fn a_member_whom_somebody_else_removed_is_not_found_though_the_server_calls_it_a_bad_request() {
    play(|server| async move {
        let (owner, known, _) = with_two(&server).await;
        let gone: OrganizationUserId = known.id;
        server.set(|state| state.members.retain(|member| member["id"] != json!(gone)));
        let looked = owner.ask(GetMember { within: within(), member: gone }).await;
        assert_eq!(looked.unwrap_err().kind, ProblemKind::NotFound);
    });
}

#[test]
fn without_mail_nobodys_account_is_recovered() {
    play(|server| async move {
        let (owner, known, _) = with_two(&server).await;
        // Confirmed, so that nothing but the enrolment is in the way: without mail nobody can be enrolled.
        server.set(|state| state.members[1]["status"] = json!(2));
        assert!(!owner.ask(GetSpace(within())).await.unwrap().has.recovery);
        let recover = RecoverMember { within: within(), member: known.id, password: PASSWORD.into() };
        let problem = owner.ask(recover).await.unwrap_err();
        assert_eq!(
            (problem.kind.clone(), problem.detail.as_deref()),
            (ProblemKind::Refused, Some("NotEnrolled"))
        );
        assert!(
            server.calls().iter().all(|call| !call.contains("reset-password") && !call.contains("recover"))
        );
    });
}
