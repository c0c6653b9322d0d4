mod house;

use futures::executor::block_on;
use portal_bridge::{
    AddTechnicians, GetSeatClients, Moment, ProblemKind, Reason, RemoveTechnicians, ResumeJob, RowOutcome,
    SeatEnd, SeatNeed, SeatOf, SeatQuery, SeatRole, SeatTaking, SkipReason,
};
use portal_keys::EncString;
use serde_json::json;

use crate::scripted::{EMAIL, Mishap, signed_in};

use house::*;

#[test]
fn who_has_no_seat_is_invited_and_every_other_seat_is_left_as_it_is() {
    let house = House::of(&[
        &[ME],
        &[ME, (BEN, ADMIN, CONFIRMED)],
        &[ME, (BEN, MEMBER, CONFIRMED)],
        &[ME, (BEN, ADMIN, REVOKED)],
        &[ME, (BEN, OWNER, ACCEPTED)],
    ]);
    house.is_now(0, &[ME, (BEN, ADMIN, INVITED)]);
    house.is_first(0, &[ME]);
    let mut world = signed_in(&house.server);
    let job = house.add(&mut world, SeatRole::Admin, Some("any-words"));
    let skipped = RowOutcome::Skipped;
    let expected = [
        RowOutcome::Waits,
        skipped(SkipReason::AlreadySo),
        skipped(SkipReason::OtherRole),
        skipped(SkipReason::Revoked),
        skipped(SkipReason::OtherRole),
    ];
    assert_eq!(outcomes(&job), expected);
    let labels: Vec<_> = job.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["Client 0", "Client 1", "Client 2", "Client 3", "Client 4"]);
    let sent = house.server.borrow().body(&format!("POST {}", path(0, "/invite")));
    assert_eq!((&sent["emails"], &sent["type"]), (&json!([BEN]), &json!(ADMIN)));
    assert_eq!((&sent["groups"], &sent["collections"]), (&json!([]), &json!([])));
    for number in 1..5 {
        assert_eq!(house.count("POST", number, "/invite") + house.count("POST", number, "/confirm"), 0);
    }
}

#[test]
fn a_phrase_that_was_compared_once_confirms_everywhere_but_where_the_key_is_another() {
    let accepted: &[Seat] = &[ME, (BEN, ADMIN, ACCEPTED)];
    let house = House::of(&[accepted, accepted, accepted]);
    let another = house.server.borrow().public_key().clone();
    house.tells_key(2, accepted, &another);
    let mut world = signed_in(&house.server);
    let preview = house.preview(&mut world);
    assert_eq!((preview.email.as_str(), preview.changed, preview.unread), (BEN, false, 0));
    assert_eq!(preview.needs, [(SeatNeed::Confirming, 3)]);
    let phrase = preview.phrase.expect("whoever accepted has a phrase");
    assert_eq!(phrase.split('-').count(), 5);

    let job = house.add(&mut world, SeatRole::Admin, None);
    assert_eq!(outcomes(&job), vec![RowOutcome::Skipped(SkipReason::NotCompared); 3]);
    assert_eq!(house.count("POST", 0, "/confirm"), 0);

    let job = house.add(&mut world, SeatRole::Admin, Some(&phrase));
    let done = outcomes(&job);
    assert_eq!(done[..2], [RowOutcome::Done, RowOutcome::Done]);
    assert!(is_refused(&done[2]), "{done:?}");
    assert_eq!(house.count("POST", 2, "/confirm"), 0, "another key gets nothing");
    for number in 0..2 {
        let sent = house.server.borrow().body(&format!("POST {}", path(number, "/confirm")));
        let key: EncString = sent["keys"][0]["key"].as_str().unwrap().parse().unwrap();
        let opened = block_on(house.private.decapsulate(&key)).unwrap();
        assert_eq!(*opened.expose_bytes(), *house.keys[number].expose_bytes());
    }

    let other = house.add(&mut world, SeatRole::Admin, Some("some-other-words"));
    assert!(outcomes(&other).iter().all(is_refused));
    assert!(house.preview(&mut world).changed, "another phrase was compared before");
}

#[test]
fn going_on_later_goes_on_from_what_is_there() {
    let (nobody, invited) = (&[ME], &[ME, (BEN, ADMIN, INVITED)]);
    let accepted: &[Seat] = &[ME, (BEN, ADMIN, ACCEPTED)];
    // The phrase comes from the client in which the colleague sits already.
    let house = House::of(&[nobody, &[ME, (BEN, ADMIN, CONFIRMED)]]);
    house.is_now(0, invited);
    house.is_first(0, nobody);
    // The answer to the invitation is lost, and it is not sent twice.
    house.server.borrow_mut().upset(&format!("POST {}", path(0, "/invite")), Mishap::AnswerLost);
    let mut world = signed_in(&house.server);
    let phrase = house.preview(&mut world).phrase.unwrap();
    let job = house.add(&mut world, SeatRole::Admin, Some(&phrase));
    assert_eq!(outcomes(&job), [RowOutcome::Waits, RowOutcome::Skipped(SkipReason::AlreadySo)]);
    assert_eq!((job.done, job.failed), (2, 0));

    world.ask(ResumeJob(job.id)).unwrap();
    let still = end(&mut world, job.id);
    assert_eq!((still.rows[0].outcome.clone(), still.done), (RowOutcome::Waits, 2));

    house.is_now(0, accepted);
    world.ask(ResumeJob(job.id)).unwrap();
    let job = end(&mut world, job.id);
    assert_eq!(outcomes(&job), [RowOutcome::Done, RowOutcome::Skipped(SkipReason::AlreadySo)]);
    assert_eq!((house.count("POST", 0, "/invite"), house.count("POST", 0, "/confirm")), (1, 1));
}

#[test]
fn where_an_invitation_counts_as_accepted_the_person_is_confirmed_at_once() {
    let accepted: &[Seat] = &[ME, (BEN, ADMIN, ACCEPTED)];
    let house = House::of(&[&[ME], &[ME, (BEN, ADMIN, CONFIRMED)]]);
    house.is_now(0, accepted);
    house.is_first(0, &[ME]);
    let mut world = signed_in(&house.server);
    // The portfolio reads what is there later; the phrase is the same.
    let phrase = house.preview(&mut world).phrase.unwrap();
    let job = house.add(&mut world, SeatRole::Admin, Some(&phrase));
    assert_eq!(job.rows[0].outcome, RowOutcome::Done);
    assert_eq!((house.count("POST", 0, "/invite"), house.count("POST", 0, "/confirm")), (1, 1));
}

#[test]
fn what_one_client_refuses_holds_up_no_other() {
    let admin: Seat = (EMAIL, ADMIN, CONFIRMED);
    let house = House::of(&[&[admin, THEIRS], &[ME], &[ME], &[ME]]);
    house.is_now(3, &[ME, (BEN, OWNER, INVITED)]);
    house.is_first(3, &[ME]);
    let invite = format!("POST {}", path(1, "/invite"));
    house
        .server
        .borrow_mut()
        .upset(&invite, Mishap::Instead(400, r#"{"message":"No seat is left."}"#.into()));
    let read = format!("GET {}", path(2, "?includeGroups=true"));
    house.server.borrow_mut().upset(&read, Mishap::Instead(403, String::new()));
    let mut world = signed_in(&house.server);
    let job = house.add(&mut world, SeatRole::Owner, None);
    let higher = RowOutcome::Skipped(SkipReason::Obstacle(Reason::HigherRole));
    assert_eq!(job.rows[0].outcome, higher, "an Admin makes nobody an Owner");
    assert_eq!(house.count("POST", 0, "/invite"), 0);
    assert!(matches!(&job.rows[1].outcome, RowOutcome::Failed(problem)
        if problem.detail.as_deref().is_some_and(|words| words.contains("No seat is left"))));
    assert!(matches!(&job.rows[2].outcome, RowOutcome::Failed(_)));
    assert_eq!(job.rows[3].outcome, RowOutcome::Waits);
    assert_eq!((job.done, job.failed), (4, 2));
}

#[test]
fn seats_are_taken_away_but_never_ones_own_nor_that_of_the_last_owner() {
    let admin: Seat = (EMAIL, ADMIN, CONFIRMED);
    let house = House::of(&[
        &[ME, (BEN, OWNER, CONFIRMED)],
        &[ME, THEIRS],
        &[ME, (BEN, ADMIN, INVITED)],
        &[admin, (BEN, OWNER, CONFIRMED)],
    ]);
    let mut world = signed_in(&house.server);
    let seat = |number: usize, email: &str| SeatOf { organization: id(number), email: email.to_owned() };
    let mut take = |seats: Vec<SeatOf>, how| {
        let job = world.ask(RemoveTechnicians { seats, how }).unwrap();
        outcomes(&end(&mut world, job))
    };
    let kept = |reason| RowOutcome::Skipped(SkipReason::Obstacle(reason));
    let all = (0..4).map(|number| seat(number, BEN)).collect();
    let expected = [
        RowOutcome::Done,
        RowOutcome::Skipped(SkipReason::AlreadySo),
        RowOutcome::Done,
        kept(Reason::LastOwner),
    ];
    assert_eq!(take(all, SeatTaking::Remove), expected);
    assert_eq!(take(vec![seat(0, EMAIL)], SeatTaking::Remove), [kept(Reason::Yourself)]);
    assert_eq!(house.count("DELETE", 0, "") + house.count("DELETE", 2, ""), 2);
    assert_eq!(house.count("DELETE", 1, "") + house.count("DELETE", 3, ""), 0);
    let sent = house.server.borrow().body(&format!("DELETE {}", path(0, "")));
    assert_eq!(sent["ids"], json!([member_id(0, 1)]));

    // Of two who are to go, the one who is the last Owner by then stays.
    let (olga, mia) = (THEIRS.0, "mia@msp.example");
    house.is_first(0, &[admin, (BEN, OWNER, CONFIRMED), (mia, OWNER, CONFIRMED)]);
    house.is_now(0, &[admin, (mia, OWNER, CONFIRMED)]);
    let two = take(vec![seat(0, BEN), seat(0, mia), seat(0, olga)], SeatTaking::Revoke);
    let expected = [RowOutcome::Done, kept(Reason::LastOwner), RowOutcome::Skipped(SkipReason::AlreadySo)];
    assert_eq!(two, expected);
    assert_eq!(house.count("PUT", 0, "/revoke"), 1);
}

#[test]
fn a_seat_says_until_when_it_was_given_and_what_is_overdue_is_told_of_all() {
    let guest = "gus@elsewhere.example";
    let house = House::of(&[
        &[ME, (BEN, ADMIN, CONFIRMED)],
        &[ME, (BEN, ADMIN, REVOKED)],
        &[ME, (guest, ADMIN, INVITED)],
        &[ME],
    ]);
    let mut world = signed_in(&house.server);
    let now = world.now();
    let end = |number: usize, email: &str, until: i64| SeatEnd {
        seat: SeatOf { organization: id(number), email: email.to_owned() },
        until: Moment(until),
    };
    let later = vec![end(0, &BEN.to_uppercase(), now + 3_600_000)];
    let matrix = settled(&mut world, SeatQuery { ends: later, ..SeatQuery::default() });
    let seat = matrix.rows.rows[0].seats[1].unwrap();
    assert_eq!((seat.until, seat.overdue), (Some(Moment(now + 3_600_000)), false));
    assert_eq!((matrix.overdue.len(), matrix.ended.len()), (0, 0));

    let passed =
        vec![end(0, BEN, now - 1), end(1, BEN, now - 1), end(2, guest, now - 1), end(3, BEN, now - 1)];
    let query = SeatQuery { ends: passed.clone(), search: "client 3".into(), ..SeatQuery::default() };
    let matrix = settled(&mut world, query);
    assert_eq!(matrix.rows.matched, 1);
    let overdue: Vec<_> = matrix.overdue.iter().map(|one| (one.client.as_str(), &one.end)).collect();
    assert_eq!(overdue, [("Client 0", &passed[0]), ("Client 2", &passed[2])], "whoever is ours or not");
    assert_eq!(matrix.ended, [passed[1].seat.clone(), passed[3].seat.clone()], "revoked is gone too");
}

#[test]
fn every_client_of_a_query_can_be_chosen() {
    let house = House::of(&[&[ME], &[ME, (BEN, ADMIN, CONFIRMED)], &[ME]]);
    let mut world = signed_in(&house.server);
    settled(&mut world, SeatQuery::default());
    let missing = SeatQuery { missing: Some(BEN.to_owned()), ..SeatQuery::default() };
    assert_eq!(world.ask(GetSeatClients(missing)).unwrap(), [id(0), id(2)]);
    assert_eq!(world.ask(GetSeatClients(SeatQuery::default())).unwrap(), house.clients());
}

#[test]
fn a_bad_address_is_refused_before_anything_is_sent() {
    let house = House::of(&[&[ME]]);
    let mut world = signed_in(&house.server);
    for email in ["", "ben", "ben@msp"] {
        let technicians = vec![(email.to_owned(), None)];
        let refused =
            world.ask(AddTechnicians { technicians, role: SeatRole::Admin, clients: house.clients() });
        assert!(matches!(refused.unwrap_err().kind, ProblemKind::Invalid(_)), "{email}");
    }
    assert_eq!(house.count("POST", 0, "/invite"), 0);
}
