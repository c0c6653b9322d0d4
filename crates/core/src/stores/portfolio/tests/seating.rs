use portal_bridge::{
    ChangeMembers, Fault, Field, FieldProblem, GetMembers, GetSeatMatrix, GetTechnicians, MemberDeed,
    MemberRole, MemberSort, MemberStatus, MembersQuery, SeatMatrix, SeatQuery, SeatRisk, SeatView, Within,
};

use super::*;
use crate::scripted::EMAIL;

/// Members by address, each with a role and a status.
fn seats(number: u32, seats: &[(&str, i32, i32)]) -> (String, Value) {
    let (call, mut page) =
        members(number, &seats.iter().map(|(_, kind, status)| (*kind, *status)).collect::<Vec<_>>());
    for (place, (email, ..)) in seats.iter().enumerate() {
        page["data"][place]["email"] = json!(email);
    }
    (call, page)
}

/// Four clients: one in order, one with one Owner, one owned by us alone, one whose people are not of ours but for oneself; and
/// two colleagues.
fn house() -> Rc<RefCell<Scripted>> {
    let server = Scripted::new();
    let domain = EMAIL.split_once('@').unwrap().1;
    let (ben, mia) = (format!("Ben@{}", domain.to_uppercase()), format!("mia@{domain}"));
    server.borrow_mut().organizations = vec![
        organization(1, "Acme", OWNER, CONFIRMED),
        organization(2, "Birch", ADMIN, CONFIRMED),
        organization(3, "Cedar", OWNER, CONFIRMED),
        organization(4, "Élan", ADMIN, CONFIRMED),
        organization(5, "Plain", USER, CONFIRMED),
    ];
    let evil = format!("eve@not{domain}");
    let pages = [
        seats(
            1,
            &[(EMAIL, OWNER, CONFIRMED), (&ben, ADMIN, CONFIRMED), ("ruth@acme.example", OWNER, CONFIRMED)],
        ),
        seats(
            2,
            &[("fay@birch.example", OWNER, CONFIRMED), (EMAIL, ADMIN, CONFIRMED), (&ben, ADMIN, ACCEPTED)],
        ),
        seats(
            3,
            &[
                (EMAIL, OWNER, CONFIRMED),
                (&ben, OWNER, CONFIRMED),
                (&mia, USER, CONFIRMED),
                ("gus@cedar.example", OWNER, INVITED),
            ],
        ),
        seats(
            4,
            &[
                (EMAIL, ADMIN, CONFIRMED),
                ("ida@elan.example", OWNER, CONFIRMED),
                (&evil, OWNER, CONFIRMED),
                (&mia, ADMIN, REVOKED),
            ],
        ),
    ];
    server.borrow_mut().pages.extend(pages);
    server
}

fn matrix(world: &mut World, query: SeatQuery) -> SeatMatrix {
    world.ask(GetSeatMatrix { query, window: Window { from: 0, count: 100 } }).unwrap()
}

fn shown(matrix: &SeatMatrix) -> Vec<&str> {
    matrix.rows.rows.iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn the_matrix_shows_who_of_ours_sits_where_and_what_each_client_risks() {
    let server = house();
    let mut world = signed_in(&server);
    settled(&mut world);
    let all = matrix(&mut world, SeatQuery::default());
    assert_eq!(shown(&all), ["Acme", "Birch", "Cedar", "Élan"]);
    assert_eq!((all.reading.read, all.reading.to_read, all.others), (4, 4, 0));
    let [me, ben, mia] = all.technicians.as_slice() else { panic!("three of ours: {:?}", all.technicians) };
    assert!(me.you && !ben.you);
    assert_eq!((me.owner, me.admin, me.missing), (2, 2, 0));
    assert_eq!((ben.owner, ben.admin, ben.waiting, ben.missing), (1, 1, 1, 2));
    assert_eq!(
        (mia.owner, mia.admin, mia.other, mia.missing),
        (0, 0, 1, 4),
        "what is revoked counts for nothing"
    );

    let seat = |role, status| Some(SeatView { role, status, until: None, overdue: false });
    let [acme, birch, cedar, elan] = all.rows.rows.as_slice() else { panic!("four clients") };
    let owner = seat(MemberRole::Owner, MemberStatus::Confirmed);
    assert_eq!(acme.seats, [owner, seat(MemberRole::Admin, MemberStatus::Confirmed), None]);
    assert_eq!(birch.seats[1], seat(MemberRole::Admin, MemberStatus::NeedsConfirmation));
    assert_eq!(elan.seats[2], seat(MemberRole::Admin, MemberStatus::Revoked));
    assert_eq!(birch.risks, [SeatRisk::OneOwner, SeatRisk::SeatMissing]);
    assert_eq!(
        cedar.risks,
        [SeatRisk::NoOwnerOfTheirs, SeatRisk::SeatMissing],
        "whoever is only invited owns nothing yet"
    );
    assert_eq!(
        (cedar.owners, elan.owners),
        (Some(2), Some(2)),
        "an address that only ends like ours is theirs"
    );
    let totals = [(SeatRisk::OneOwner, 1), (SeatRisk::NoOwnerOfTheirs, 1), (SeatRisk::SeatMissing, 4)];
    assert_eq!(all.risks, totals);

    let one = |query| shown(&matrix(&mut signed_in(&server), query)).len();
    assert_eq!(
        one(SeatQuery { only: Some(SeatRisk::OneOwner), ..SeatQuery::default() }),
        0,
        "what is not read is in no known danger"
    );
}

#[test]
fn the_matrix_is_narrowed_by_text_by_risk_and_by_whose_seat_is_missing() {
    let server = house();
    let mut world = signed_in(&server);
    settled(&mut world);
    let mut names = |query: SeatQuery| {
        shown(&matrix(&mut world, query)).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let only = |risk| SeatQuery { only: Some(risk), ..SeatQuery::default() };
    assert_eq!(names(only(SeatRisk::OneOwner)), ["Birch"]);
    assert_eq!(names(only(SeatRisk::NoOwnerOfTheirs)), ["Cedar"]);
    assert_eq!(names(SeatQuery { search: "elan".into(), ..SeatQuery::default() }), ["Élan"]);
    let domain = EMAIL.split_once('@').unwrap().1;
    let ben = format!("BEN@{domain}");
    assert_eq!(
        names(SeatQuery { missing: Some(ben.clone()), ..SeatQuery::default() }),
        ["Birch", "Élan"],
        "waiting is not sitting"
    );
    // Whose seats are looked at decides what is missing.
    let us = SeatQuery { technicians: vec![ben.clone(), EMAIL.into()], ..only(SeatRisk::SeatMissing) };
    assert_eq!(names(us), ["Birch", "Élan"]);
    assert_eq!(names(SeatQuery { technicians: vec![EMAIL.into()], ..only(SeatRisk::SeatMissing) }), [""; 0]);
    let chosen = matrix(&mut world, SeatQuery { technicians: vec![ben], ..SeatQuery::default() });
    assert_eq!((chosen.technicians.len(), chosen.others, chosen.rows.rows[0].seats.len()), (1, 2, 1));
}

#[test]
fn the_domains_of_ours_are_those_of_the_person_or_those_chosen_and_wrong_ones_are_refused() {
    let server = house();
    let mut world = signed_in(&server);
    settled(&mut world);
    let own = world.ask(GetTechnicians { domains: Vec::new() }).unwrap();
    assert_eq!((own.domains.len(), own.rows.len()), (1, 3));
    let chosen = world.ask(GetTechnicians { domains: vec!["Acme.example".into()] }).unwrap();
    let emails: Vec<&str> = chosen.rows.iter().map(|row| row.email.as_str()).collect();
    assert_eq!(chosen.domains, ["acme.example"]);
    assert_eq!(
        emails,
        [EMAIL.to_lowercase().as_str(), "ruth@acme.example"],
        "one is always one of one's own"
    );
    for (domain, fault) in
        [("", Fault::Missing), ("acme", Fault::NotADomain), ("gmail.com", Fault::PublicDomain)]
    {
        let refused = world.ask(GetTechnicians { domains: vec![domain.into()] }).unwrap_err();
        let expected = FieldProblem { field: Field::Domain, fault, part: None };
        assert_eq!(refused.kind, ProblemKind::Invalid(vec![expected]), "{domain}");
    }
}

#[test]
fn a_client_whose_members_cannot_be_read_is_in_no_known_danger_and_misses_nobody() {
    let server = house();
    server.borrow_mut().upset(&users(2), Mishap::Instead(400, r#"{"message":"Not today."}"#.into()));
    let mut world = signed_in(&server);
    settled(&mut world);
    let all = matrix(&mut world, SeatQuery::default());
    let birch = &all.rows.rows[1];
    assert_eq!((birch.owners, birch.unreadable, birch.risks.len()), (None, true, 0));
    assert_eq!(all.reading.failed, 1);
    world.ask(RetryPortfolio).unwrap();
    world.pass(1_000);
    settled(&mut world);
    assert_eq!(matrix(&mut world, SeatQuery::default()).rows.rows[1].owners, Some(1));
}

#[test]
fn no_more_than_twelve_are_shown_those_with_the_most_seats_first() {
    let server = house();
    let domain = EMAIL.split_once('@').unwrap().1;
    let emails: Vec<String> = (0..15).map(|number| format!("t{number:02}@{domain}")).collect();
    let mut crowd = vec![(EMAIL, OWNER, CONFIRMED)];
    crowd.extend(emails.iter().map(|email| (email.as_str(), USER, CONFIRMED)));
    let (call, page) = seats(1, &crowd);
    server.borrow_mut().pages.insert(call, page);
    let mut world = signed_in(&server);
    settled(&mut world);
    let all = matrix(&mut world, SeatQuery::default());
    assert_eq!((all.technicians.len(), all.others), (12, 6));
    assert!(all.technicians[0].you && all.technicians[1].email.starts_with("ben@"), "{:?}", all.technicians);
}

#[test]
fn what_changes_inside_a_client_meanwhile_is_seen_in_the_matrix() {
    let server = house();
    let mut world = signed_in(&server);
    settled(&mut world);
    let owners = |world: &mut World| {
        matrix(world, SeatQuery::default());
        world.pass(1_000);
        matrix(world, SeatQuery::default()).rows.rows[0].owners
    };
    assert_eq!(owners(&mut world), Some(2));
    // Somebody is removed there by us.
    let within = Within { provider: None, organization: id(1).parse().unwrap() };
    let (call, page) = seats(1, &[(EMAIL, OWNER, CONFIRMED), ("ruth@acme.example", USER, CONFIRMED)]);
    let ruth = page["data"][1]["id"].as_str().unwrap().to_owned();
    let answer = json!({"object": "list", "data": [{"object": "organizationUserBulkResponseModel", "id": ruth, "error": ""}]});
    server.borrow_mut().pages.insert(format!("PUT /api/organizations/{}/users/revoke", id(1)), answer);
    let tell = |page: Value| {
        let pages = &mut server.borrow_mut().pages;
        pages.insert(format!("{call}?includeGroups=true"), page.clone());
        pages.insert(call.clone(), page);
    };
    tell(page);
    let revoke = ChangeMembers { within, members: vec![ruth.parse().unwrap()], deed: MemberDeed::Revoke };
    world.ask(revoke).unwrap();
    world.pass(5_000);
    assert_eq!(owners(&mut world), Some(1));
    // By somebody else, and we looked at the members since.
    let (_, page) = seats(1, &[(EMAIL, OWNER, CONFIRMED), ("ruth@acme.example", OWNER, CONFIRMED)]);
    tell(page);
    world.pass(60_000);
    let everybody = MembersQuery {
        within,
        search: String::new(),
        status: None,
        role: None,
        need: None,
        sort: MemberSort::Name,
        direction: Direction::Ascending,
    };
    world.ask(GetMembers { query: everybody, window: Window { from: 0, count: 10 } }).unwrap();
    world.pass(1_000);
    assert_eq!(owners(&mut world), Some(2));
}
