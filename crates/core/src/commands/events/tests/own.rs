//! The logs of the clients one looks after as Owner or Admin as one timeline, without any provider's.

use portal_bridge::{
    Direction, GetPortfolioClients, NameConditions, PortfolioQuery, PortfolioSort, RefreshEvents,
};

use super::*;

const ADA: &str = "55555555-5555-4555-8555-555555555555";

fn own() -> EventsFilter {
    EventsFilter::between(EventsOf::Own, Moment(FROM), Moment(TO))
}

fn id(number: u32) -> String {
    uuid::Uuid::from_u128(9 << 96 | u128::from(number)).to_string()
}

fn organization(number: u32, name: &str, kind: i32, keeps_events: bool) -> Value {
    json!({
        "object": "profileOrganization", "id": id(number), "name": name, "type": kind, "status": 2, "enabled": true,
        "useEvents": keeps_events, "key": null,
    })
}

fn path(number: u32) -> String {
    format!("organizations/{}", id(number))
}

fn tell_members(server: &Rc<RefCell<Scripted>>, number: u32) {
    let ada =
        json!({"id": ADA, "userId": USER, "name": "Ada", "email": "ada@msp.example", "type": 0, "status": 2});
    let call = format!("GET /api/{}/users", path(number));
    server.borrow_mut().pages.insert(call, json!({"object": "list", "data": [ada]}));
}

fn sign_in(late: i64, number: u32) -> Value {
    event(1000, 8 * HOUR + late, json!({"organizationId": id(number), "userId": USER}))
}

/// Two clients whose logs can be read, one that keeps none, one that is refused, and an organization of which one is a plain
/// member.
fn workshop() -> Office {
    let server = Scripted::new();
    server.borrow_mut().organizations = vec![
        organization(4, "Shut", 0, true),
        organization(2, "Wharf", 1, true),
        organization(1, "Mill", 0, true),
        organization(3, "Without events", 0, false),
        organization(5, "Plain", 2, true),
    ];
    let viewed = |number: u32, minutes: i64| {
        let item = json!({"organizationId": id(number), "cipherId": "66666666-6666-4666-8666-666666666666"});
        event(1107, 9 * HOUR + minutes * 60_000, item)
    };
    log(&server, &path(1), &[viewed(1, 30), viewed(1, 10), sign_in(0, 1)]);
    log(&server, &path(2), &[viewed(2, 40), viewed(2, 20), sign_in(3, 2)]);
    [1, 2].into_iter().for_each(|number| tell_members(&server, number));
    let world = signed_in(&server);
    let organization = |number| id(number).parse().unwrap();
    Office { world, server, mill: organization(1), wharf: organization(2), shut: organization(4) }
}

/// The logs that were asked for, whatever of them.
fn asked(server: &Rc<RefCell<Scripted>>) -> Vec<String> {
    let server = server.borrow();
    let paths = server.calls.iter().filter_map(|(call, _)| call.split_once("/events?"));
    paths.map(|(path, _)| path.trim_start_matches("GET /api/").to_owned()).collect()
}

#[test]
fn the_logs_of_ones_own_clients_are_one_and_no_others_are_asked_for() {
    let mut office = workshop();
    let view = office.look(&EventsQuery::by_day(own()));
    assert_eq!(view.rows.state, ListState::Complete);
    let seen: Vec<_> = events(&view)
        .into_iter()
        .map(|row| (row.number, row.who.as_str(), row.place.as_deref().unwrap_or_default()))
        .collect();
    let viewed = |place| (1107, "Ada", place);
    assert_eq!(seen, [viewed("Wharf"), viewed("Mill"), viewed("Wharf"), viewed("Mill"), (1000, "Ada", "")]);
    // The sign-in is written into each of them, and happened in none.
    assert_eq!(events(&view)[4].client, None);
    let told: Vec<&str> = events(&view)[4].copies.iter().map(|copy| copy.log.as_str()).collect();
    assert_eq!((told, view.found), (vec!["Wharf", "Mill"], 5));
    assert_eq!((view.sources.read, view.sources.total, view.sources.gaps), (4, 4, 2));
    let mut asked = asked(&office.server);
    asked.sort();
    assert_eq!(asked, [path(1), path(2), path(4)]);
}

#[test]
fn what_is_missing_of_ones_own_clients_is_said_and_read_once_it_can_be() {
    let mut office = workshop();
    let query = EventsQuery::by_day(own());
    office.look(&query);
    let gaps = office.world.ask(GetEventGaps(own())).unwrap();
    let mut gaps: Vec<(&str, &GapReason)> = gaps.iter().map(|gap| (gap.name.as_str(), &gap.reason)).collect();
    gaps.sort_by_key(|(name, _)| *name);
    assert_eq!(gaps, [("Shut", &GapReason::NotAllowed), ("Without events", &GapReason::SwitchedOff)]);
    log(&office.server, &path(4), &[event(1500, 70 * HOUR, json!({"organizationId": office.shut}))]);
    log(&office.server, &path(3), &[event(1500, 71 * HOUR, json!({"organizationId": id(3)}))]);
    office.world.ask(RetryGaps(own())).unwrap();
    let view = office.look(&query);
    assert_eq!((numbers(&view)[0], view.sources.gaps, view.found), (1500, 1, 6));
    // Its events are switched on, and somebody joins another client.
    office.server.borrow_mut().organizations[3]["useEvents"] = true.into();
    office.server.borrow_mut().organizations.push(organization(6, "Yard", 1, true));
    log(&office.server, &path(6), &[event(1500, 72 * HOUR, json!({"organizationId": id(6)}))]);
    let list = PortfolioQuery {
        search: String::new(),
        needs: None,
        sort: PortfolioSort::Name,
        direction: Direction::Ascending,
    };
    office.world.ask(GetPortfolioClients { query: list, window: TOP }).unwrap();
    office.world.pass(2_000);
    let view = office.look(&query);
    let places: Vec<_> = events(&view).iter().take(3).map(|row| row.place.as_deref().unwrap_or("")).collect();
    assert_eq!((places, view.sources.gaps), (vec!["Yard", "Without events", "Shut"], 0));
}

#[test]
fn pages_that_overlap_in_two_logs_are_told_once_and_in_one_order() {
    let mut office = workshop();
    let at = |number: u32, second: i64| {
        let item = format!("66666666-6666-4666-8666-{second:012}");
        event(1107, 20 * HOUR + second * 1_000, json!({"organizationId": id(number), "cipherId": item}))
    };
    for number in [1, 2] {
        // Thirty a page, and each begins with what the one before it ended with.
        let call =
            format!("GET /api/{}/events?start={}&end={}", path(number), Timestamp(FROM), Timestamp(TO));
        let page = |seconds: std::ops::RangeInclusive<i64>, token: Value| {
            let events: Vec<Value> =
                seconds.rev().map(|second| at(number, second * 2 + i64::from(number))).collect();
            json!({"object": "list", "continuationToken": token, "data": events})
        };
        let mut server = office.server.borrow_mut();
        server.pages.insert(call.clone(), page(30..=59, "older".into()));
        server.pages.insert(format!("{call}&continuationToken=older"), page(1..=30, Value::Null));
    }
    let query = EventsQuery::by_day(own());
    office.look(&query);
    let view = office.world.ask(GetEvents { query, window: Window { from: 0, count: 400 } }).unwrap();
    let seen: Vec<i64> = events(&view).iter().map(|row| (row.date.0 - FROM - 20 * HOUR) / 1_000).collect();
    let expected: Vec<i64> = (3..=120).rev().collect();
    assert_eq!(seen, expected);
}

#[test]
fn what_happened_since_is_learnt_in_each_of_ones_own_clients() {
    let mut office = workshop();
    let query = EventsQuery::by_day(own());
    office.look(&query);
    let joined = event(1502, 90 * HOUR, json!({"organizationId": office.mill}));
    log(&office.server, &path(1), &[joined]);
    let before = asked(&office.server).len();
    office.world.ask(RefreshEvents { source: EventsOf::Own, live: true }).unwrap();
    let mut since = asked(&office.server).split_off(before);
    since.sort();
    since.dedup();
    // Not the one that keeps none, nor the one that refused before.
    assert_eq!(since, [path(1), path(2)]);
    let view = office.look(&query);
    assert_eq!((numbers(&view)[0], view.found), (1502, 6));
}

#[test]
fn what_is_saved_of_ones_own_clients_names_them_and_a_pack_holds_their_people() {
    let mut office = workshop();
    for number in [1, 2] {
        let call = format!("GET /api/{}/policies", path(number));
        let policy =
            json!({"id": id(number), "organizationId": id(number), "type": 0, "enabled": true, "data": null});
        office.server.borrow_mut().pages.insert(call, json!({"object": "list", "data": [policy]}));
    }
    let query = EventsQuery::by_day(own());
    let mut save = |format| office.world.ask(ExportEvents { query: query.clone(), format }).unwrap();
    let lines = save(EventFormat::JsonLines);
    let read: Vec<Value> = lines.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let clients: Vec<&str> = read.iter().map(|row| row["client"].as_str().unwrap_or_default()).collect();
    assert_eq!((clients, lines.unnamed), (vec!["Wharf", "Mill", "Wharf", "Mill", ""], 0));
    assert!(read[4].get("organizationId").is_none() && read[4].get("where").is_none(), "{}", lines.text);
    assert!(read.iter().all(|row| row["whoEmail"] == "ada@msp.example"), "{}", lines.text);
    let pack = save(EventFormat::Evidence).text;
    for reason in ["switched-off", "not-allowed"] {
        assert!(pack.contains(&format!("\"reason\":\"{reason}\"")), "{reason}: {pack}");
    }
    let whole = office.world.ask(VerifyEvidence(pack.into_bytes())).unwrap();
    let EvidenceView::Whole { scope, counts, .. } = whole else { panic!("{whole:?}") };
    assert_eq!((scope.as_str(), counts), ("Clients of Ada", [2, 2, 2, 5]));
    assert!(asked(&office.server).iter().all(|log| !log.starts_with("providers/")));
}

#[test]
fn conditions_and_lanes_know_ones_own_clients_by_their_names() {
    let mut office = workshop();
    let query = EventsQuery::by_day(own());
    office.look(&query);
    let lanes = office.world.ask(GetEventLanes { query, by: LaneBy::Client, window: TOP }).unwrap();
    let seen: Vec<_> = lanes.rows.rows.iter().map(|lane| (lane.name.as_str(), lane.count)).collect();
    assert_eq!(seen, [("Wharf", 2), ("Mill", 2), ("Several clients", 1)]);
    // Each of the clients is offered with what is found in it.
    let choices = GetEventChoices { filter: own(), by: ChoiceBy::Client, typed: String::new() };
    let offered = office.world.ask(choices).unwrap();
    let mut offered: Vec<_> = offered.iter().map(|choice| (choice.label.as_str(), choice.count)).collect();
    offered.sort_unstable();
    assert_eq!(offered, [("Mill", 3), ("Wharf", 3)]);
    let named = NameConditions {
        source: EventsOf::Own,
        conditions: vec![(ChoiceBy::Client, office.mill.to_string()), (ChoiceBy::Person, USER.to_owned())],
    };
    assert_eq!(office.world.ask(named).unwrap(), ["Mill", "Ada"]);
    // The copy of a sign-in is found in its client as well.
    let mut filter = own();
    filter.only.clients.push(office.mill);
    assert_eq!(numbers(&office.look(&EventsQuery::by_day(filter))), [1107, 1107, 1000]);
}

#[test]
fn who_is_ours_is_told_by_the_domains_where_no_provider_has_a_list_of_staff() {
    let mut office = workshop();
    let bea = "77777777-7777-4777-8777-777777777777";
    let visit = |number: u32, day: i64| {
        let place = json!({"organizationId": id(number), "actingUserId": bea});
        event(1603, day * 24 * HOUR, place)
    };
    let often: Vec<Value> = (0..7).rev().map(|day| visit(1, day)).collect();
    log(&office.server, &path(1), &often);
    log(&office.server, &path(2), &[visit(2, 7)]);
    let row = json!({"id": bea, "userId": bea, "name": "Bea", "email": "bea@field.example", "type": 1, "status": 2});
    let call = format!("GET /api/{}/users", path(1));
    office.server.borrow_mut().pages.insert(call, json!({"object": "list", "data": [row]}));
    let mut pointed_out = |domain: &str| {
        let query = EventsQuery::by_day(EventsFilter { ours: vec![domain.to_owned()], ..own() });
        let view = office.look(&query);
        let rules = events(&view)[0].highlights.iter().map(|note| note.rule).collect::<Vec<_>>();
        (view.found, rules)
    };
    assert_eq!(pointed_out("elsewhere.example"), (8, vec![]));
    assert_eq!(pointed_out("field.example"), (8, vec![HighlightRule::FirstVisit]));
}
