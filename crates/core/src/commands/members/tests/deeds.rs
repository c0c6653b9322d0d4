//! What is done with members: inviting, changing, confirming, revoking, recovering.

use super::*;

#[test]
fn people_are_invited_once_with_everything_they_get() {
    let mut client = client(some_members());
    let mut after = some_members();
    after.push(member(9, "new@mill.example", 2, 0));
    stage(&client.server, client.within.organization, &client.key, after);
    client.first_the_list_is(2, some_members());
    let post = format!("POST {}", client.path("/users/invite"));
    client.server.borrow_mut().pages.insert(post.clone(), json!(null));
    let given = MemberAccess {
        permissions: vec![MemberPermission::AccessReports],
        groups: vec![GROUP.parse().unwrap()],
        collections: vec![(COLLECTION.parse().unwrap(), AccessLevel::EditExceptPasswords)],
        ..access(MemberRole::Custom)
    };
    let emails = vec![" New@mill.example ".into(), "ben@MILL.example".into()];
    let job = client.world.ask(InviteMembers { within: client.within, emails, access: given }).unwrap();
    let already = RowOutcome::Skipped(SkipReason::AlreadyMember);
    let mut outcomes = client.outcomes(job);
    outcomes.sort_by(|one, other| one.0.cmp(&other.0));
    let expected =
        [("ben@mill.example".to_owned(), already), ("new@mill.example".to_owned(), RowOutcome::Done)];
    assert_eq!(outcomes, expected);
    let body = client.server.borrow().body(&post);
    assert_eq!(
        (&body["emails"], &body["type"], &body["groups"]),
        (&json!(["new@mill.example"]), &json!(4), &json!([GROUP]))
    );
    assert_eq!(body["permissions"]["accessReports"], json!(true));
    assert_eq!(
        body["collections"],
        json!([{"id": COLLECTION, "readOnly": false, "hidePasswords": true, "manage": false}])
    );
}

#[test]
fn what_is_no_address_or_another_clients_is_refused_before_anything_is_sent() {
    let mut client = client(some_members());
    let within = client.within;
    let long = format!("{}@mill.example", "x".repeat(244));
    assert_eq!(long.len(), 257);
    let emails = vec!["no address".into(), long];
    let refused = client.world.ask(InviteMembers { within, emails, access: access(MemberRole::User) });
    let ProblemKind::Invalid(faults) = kind(refused) else { panic!("not told which") };
    assert!(
        matches!(faults[..], [_, _])
            && faults.iter().any(|fault| matches!(fault.fault, Fault::TooLong { .. }))
    );
    let mut given = access(MemberRole::User);
    given.collections.push((FOREIGN.parse().unwrap(), AccessLevel::View));
    let emails = vec!["new@mill.example".into()];
    assert_eq!(
        kind(client.world.ask(InviteMembers { within, emails, access: given })),
        ProblemKind::NotFound
    );
    assert_eq!(client.server.borrow().calls.iter().filter(|(call, _)| call.starts_with("POST")).count(), 0);
}

#[test]
fn role_groups_and_collections_are_saved_in_one_call() {
    let mut client = client(some_members());
    let put = format!("PUT {}", client.path(&format!("/users/{}", id(3))));
    client.server.borrow_mut().pages.insert(put.clone(), json!(null));
    let wanted = MemberAccess {
        groups: vec![GROUP.parse().unwrap()],
        collections: vec![(COLLECTION.parse().unwrap(), AccessLevel::Manage)],
        ..access(MemberRole::Admin)
    };
    let save =
        SaveMember { within: client.within, member: id(3), before: access(MemberRole::User), access: wanted };
    assert_eq!(client.world.ask(save), Ok(MemberSaved::Saved));
    let body = client.server.borrow().body(&put);
    assert_eq!(
        (&body["type"], &body["groups"], &body["permissions"]),
        (&json!(1), &json!([GROUP]), &json!(null))
    );
    assert_eq!(body["collections"][0]["manage"], json!(true));
    assert_eq!(client.server.borrow().count(&put), 1);
}

#[test]
fn the_later_of_two_is_told_what_changed_and_nothing_is_lost() {
    let mut client = client(some_members());
    let put = format!("PUT {}", client.path(&format!("/users/{}", id(3))));
    client.server.borrow_mut().pages.insert(put.clone(), json!(null));
    // Meanwhile somebody made the member an Admin and put it into a group.
    let mut members = some_members();
    members[2]["type"] = json!(1);
    members[2]["groups"] = json!([GROUP]);
    stage(&client.server, client.within.organization, &client.key, members);
    let mine = MemberAccess {
        collections: vec![(COLLECTION.parse().unwrap(), AccessLevel::View)],
        ..access(MemberRole::User)
    };
    let within = client.within;
    let save = SaveMember { within, member: id(3), before: access(MemberRole::User), access: mine };
    let Ok(MemberSaved::Changed { now, merged, changes }) = client.world.ask(save) else {
        panic!("saved over it")
    };
    assert_eq!(client.server.borrow().count(&put), 0);
    assert_eq!(
        changes,
        [AccessChange::Role(MemberRole::User, MemberRole::Admin), AccessChange::Joined("Sales".into())]
    );
    assert_eq!((merged.role, merged.groups.len(), merged.collections.len()), (MemberRole::Admin, 1, 1));
    let save = SaveMember { within, member: id(3), before: now, access: merged };
    assert_eq!(client.world.ask(save), Ok(MemberSaved::Saved));
    assert_eq!(client.server.borrow().body(&put)["type"], json!(1));
}

#[test]
fn a_group_deleted_while_the_form_was_open_is_told_by_its_name_and_left_out() {
    let mut client = client(some_members());
    let within = client.within;
    client.world.ask(GetMemberChoices(within)).unwrap();
    let mut members = some_members();
    members[2]["groups"] = json!([GROUP]);
    let mut had = access(MemberRole::User);
    had.groups.push(GROUP.parse().unwrap());
    stage(&client.server, within.organization, &client.key, members);
    client.world.ask(GetMember { within, member: id(3) }).unwrap();
    // The group goes, and the membership in it with it.
    stage(&client.server, within.organization, &client.key, some_members());
    let groups = format!("GET {}", client.path("/groups"));
    client.server.borrow_mut().pages.insert(groups, json!({"data": []}));
    let wanted = MemberAccess { role: MemberRole::Admin, ..had.clone() };
    let save = SaveMember { within, member: id(3), before: had, access: wanted };
    let Ok(MemberSaved::Changed { merged, changes, .. }) = client.world.ask(save) else { panic!("saved") };
    assert_eq!((merged.role, merged.groups.len()), (MemberRole::Admin, 0));
    assert!(matches!(&changes[..], [AccessChange::Left(_)]), "{changes:?}");
}

#[test]
fn a_change_whose_answer_was_lost_is_looked_up() {
    let mut client = client(some_members());
    let put = format!("PUT {}", client.path(&format!("/users/{}", id(3))));
    let one = format!(
        "GET {}",
        client.path(&format!("/users/{}?includeCollections=true&includeGroups=true", id(3)))
    );
    client.server.borrow_mut().upset(&put, Mishap::CallLost);
    let save = |role| SaveMember {
        within: Within::default(),
        member: id(3),
        before: access(MemberRole::User),
        access: access(role),
    };
    let within = client.within;
    let lost = client.world.ask(SaveMember { within, ..save(MemberRole::Admin) });
    assert_eq!(kind(lost), ProblemKind::Uncertain, "it is still as it was");
    client.server.borrow_mut().upset(&put, Mishap::AnswerLost);
    client.server.borrow_mut().upset(&one, Mishap::Instead(200, some_members()[2].to_string()));
    let mut changed = some_members();
    changed[2]["type"] = json!(1);
    client.server.borrow_mut().pages.insert(one, changed[2].clone());
    assert_eq!(client.world.ask(SaveMember { within, ..save(MemberRole::Admin) }), Ok(MemberSaved::Saved));
}

#[test]
fn a_member_gets_the_key_only_for_the_phrase_that_was_compared() {
    let mut client = client(some_members());
    let theirs = SymmetricKey::generate().unwrap();
    let pair = block_on(PrivateKey::generate_wrapped(&theirs)).unwrap();
    let user = uuid::Uuid::from_u128(4 << 64 | 1);
    let keys = format!("POST {}", client.path("/users/public-keys"));
    let confirm = format!("POST {}", client.path("/users/confirm"));
    client
        .server
        .borrow_mut()
        .pages
        .insert(keys, json!({"data": [{"id": id(4), "userId": user, "key": pair.public.to_base64()}]}));
    client.server.borrow_mut().pages.insert(confirm.clone(), json!({"data": [{"id": id(4), "error": ""}]}));
    let within = client.within;
    let phrases = client.world.ask(GetMemberPhrases { within, members: vec![id(4), id(5)] }).unwrap();
    assert_eq!(phrases.iter().map(|one| one.phrase.is_some()).collect::<Vec<_>>(), [true, false]);
    let wrong = ConfirmMembers { within, members: vec![(id(4), "some-other-words".into())] };
    let job = client.world.ask(wrong).unwrap();
    assert!(
        matches!(&client.outcomes(job)[..], [(_, RowOutcome::Failed(problem))] if problem.kind == ProblemKind::Refused)
    );
    assert_eq!(client.server.borrow().count(&confirm), 0);
    let again = client.world.ask(GetMemberPhrases { within, members: vec![id(4)] }).unwrap();
    assert!(again[0].changed, "another phrase was compared before");
    let phrase = phrases[0].phrase.clone().unwrap();
    let job = client.world.ask(ConfirmMembers { within, members: vec![(id(4), phrase)] }).unwrap();
    assert_eq!(client.outcomes(job)[0].1, RowOutcome::Done);
    let sent: EncString =
        client.server.borrow().body(&confirm)["keys"][0]["key"].as_str().unwrap().parse().unwrap();
    let private = block_on(PrivateKey::unwrap(&pair.wrapped_private, &theirs)).unwrap();
    let opened = block_on(private.decapsulate(&sent)).unwrap();
    assert_eq!(*opened.expose_bytes(), *client.key.expose_bytes());
}

#[test]
fn many_are_revoked_with_a_result_for_each() {
    let mut client = client(some_members());
    let put = format!("PUT {}", client.path("/users/revoke"));
    client.server.borrow_mut().pages.insert(
        put.clone(),
        json!({"data": [{"id": id(2), "error": ""}, {"id": id(3), "error": "Not this one."}]}),
    );
    let revoke = ChangeMembers {
        within: client.within,
        members: vec![id(2), id(3), id(77)],
        deed: MemberDeed::Revoke,
    };
    let job = client.world.ask(revoke).unwrap();
    let outcomes = client.outcomes(job);
    assert_eq!(outcomes[0], ("ada@mill.example".into(), RowOutcome::Done));
    assert!(
        matches!(&outcomes[1].1, RowOutcome::Failed(problem) if problem.detail.as_deref() == Some("Not this one."))
    );
    assert!(matches!(&outcomes[2].1, RowOutcome::Failed(problem) if problem.kind == ProblemKind::NotFound));
    assert_eq!(client.server.borrow().body(&put)["ids"], json!([id(2), id(3)]));
}

#[test]
fn nobody_is_restored_without_a_free_seat() {
    let mut members = some_members();
    members.push(member(8, "rita@mill.example", 2, -1));
    let mut client = client(members);
    assert_eq!(client.verdict(8, MemberDeed::Restore), Verdict::Disabled(Reason::SeatsTaken));
    let restore = ChangeMembers { within: client.within, members: vec![id(8)], deed: MemberDeed::Restore };
    let job = client.world.ask(restore).unwrap();
    let obstacle = RowOutcome::Skipped(SkipReason::Obstacle(Reason::SeatsTaken));
    assert_eq!(client.outcomes(job), [("rita@mill.example".to_owned(), obstacle)]);
}

#[test]
fn a_recovered_account_opens_with_the_new_password_and_the_old_key() {
    let mut client = client(some_members());
    let pair = block_on(PrivateKey::generate_wrapped(&client.key)).unwrap();
    let theirs = SymmetricKey::generate().unwrap();
    let enrolled = block_on(pair.public.encapsulate(&theirs)).unwrap();
    let user = client.path(&format!("/users/{}", id(3)));
    let put = format!("PUT {user}/recover-account");
    client.server.borrow_mut().pages.insert(
        format!("GET {user}/reset-password-details"),
        json!({
            "organizationUserId": id(3), "kdf": 0, "kdfIterations": 5000, "resetPasswordKey": enrolled.to_string(),
            "encryptedPrivateKey": pair.wrapped_private.to_string(),
        }),
    );
    client.server.borrow_mut().pages.insert(put.clone(), json!(null));
    let within = client.within;
    let short = RecoverMember { within, member: id(3), password: "too short".into() };
    assert!(matches!(kind(client.world.ask(short)), ProblemKind::Invalid(_)));
    let password = "a new master password";
    client.world.ask(RecoverMember { within, member: id(3), password: password.into() }).unwrap();
    let body = client.server.borrow().body(&put);
    let kdf = Kdf::Pbkdf2 { iterations: 5_000 };
    let master = block_on(MasterKey::derive(password.as_bytes(), "ben@mill.example", &kdf)).unwrap();
    assert_eq!(body["newMasterPasswordHash"], json!(master.login_hash(password.as_bytes())));
    let opened = unwrap_user_key(&master, &body["key"].as_str().unwrap().parse().unwrap()).unwrap();
    assert_eq!(*opened.expose_bytes(), *theirs.expose_bytes());
    let other = client.world.ask(RecoverMember { within, member: id(2), password: password.into() });
    assert_eq!(kind(other), ProblemKind::Refused, "who did not agree to it is left alone");
    assert_eq!(client.server.borrow().count(&put), 1);
}

#[test]
fn a_table_of_people_is_judged_row_by_row_and_invites_only_who_is_new() {
    let mut client = client(some_members());
    let within = client.within;
    let text = "E-mail,Role,Groups\nnew@mill.example,Admin,sales\nBEN@mill.example,,\nno address,,\n\
                new@mill.example,,\nx@mill.example,Boss,\ny@mill.example,User,Nowhere\n";
    let preview = client.world.ask(PreviewInvitations { within, text: text.into() }).unwrap();
    let findings: Vec<_> = preview.rows.iter().map(|row| row.finding.clone()).collect();
    assert_eq!(
        findings,
        [
            InvitationFinding::New,
            InvitationFinding::Member(MemberStatus::Confirmed),
            InvitationFinding::BadAddress,
            InvitationFinding::Twice,
            InvitationFinding::UnknownRole("Boss".into()),
            InvitationFinding::UnknownGroup("Nowhere".into()),
        ]
    );
    assert_eq!((preview.ready, preview.rows[3].line), (1, 5));
    let post = format!("POST {}", client.path("/users/invite"));
    client.server.borrow_mut().pages.insert(post.clone(), json!(null));
    let mut after = some_members();
    after.push(member(9, "new@mill.example", 1, 0));
    stage(&client.server, within.organization, &client.key, after);
    client.first_the_list_is(2, some_members());
    let job = client.world.ask(InviteFromTable { within, text: text.into() }).unwrap();
    assert_eq!(client.outcomes(job), [("new@mill.example".to_owned(), RowOutcome::Done)]);
    let body = client.server.borrow().body(&post);
    assert_eq!((&body["type"], &body["groups"]), (&json!(1), &json!([GROUP])));
}

#[test]
fn what_was_saved_as_a_table_can_be_read_as_one() {
    let mut members = some_members();
    members[2]["groups"] = json!([GROUP]);
    members[2]["name"] = json!("=HYPERLINK(\"x\"), Ben");
    let mut client = client(members);
    let within = client.within;
    let query = client.query();
    let file = client.world.ask(ExportMembers(query)).unwrap();
    assert_eq!(file.rows, 6);
    assert!(
        file.text.contains("\"'=HYPERLINK(\"\"x\"\"), Ben\",ben@mill.example,User,Confirmed,Sales,no,yes"),
        "{}",
        file.text
    );
    let preview = client.world.ask(PreviewInvitations { within, text: file.text }).unwrap();
    let here = preview.rows.iter().filter(|row| matches!(row.finding, InvitationFinding::Member(_))).count();
    assert_eq!((here, preview.ready), (5, 0), "all but the one whose address is none: {:?}", preview.rows);
}

#[test]
fn another_member_than_asked_for_is_not_shown() {
    let mut client = client(some_members());
    let one = format!(
        "GET {}",
        client.path(&format!("/users/{}?includeCollections=true&includeGroups=true", id(3)))
    );
    client.server.borrow_mut().pages.insert(one, some_members()[1].clone());
    let asked = client.world.ask(GetMember { within: client.within, member: id(3) });
    assert_eq!(kind(asked), ProblemKind::Mismatch);
}
