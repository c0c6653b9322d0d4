//! A provider's log and those of its clients as one timeline.

mod own;

use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    ChoiceBy, EventFormat, EventGrouping, EventLine, EventRow, EventsFilter, EventsOf, EventsQuery,
    EventsView, EvidenceFault, EvidenceView, ExportEvents, GapReason, GetEventChoices, GetEventGaps,
    GetEventLanes, GetEvents, HighlightRule, LaneBy, ListState, Moment, OrganizationId, RetryGaps,
    VerifyEvidence, Window,
};
use portal_wire::Timestamp;
use serde_json::{Value, json};

use crate::{
    scripted::{PROVIDER, Scripted, USER, provider, signed_in},
    simulated::World,
};

const FROM: i64 = 1_767_225_600_000;
const TO: i64 = 1_767_830_400_000;
const HOUR: i64 = 3_600_000;
const TOP: Window = Window { from: 0, count: 100 };

fn portfolio() -> EventsFilter {
    EventsFilter::between(EventsOf::Portfolio(provider()), Moment(FROM), Moment(TO))
}

fn event(kind: i32, at: i64, more: Value) -> Value {
    let mut event = json!({
        "object": "event", "type": kind, "date": Timestamp(FROM + at).to_string(), "actingUserId": USER, "deviceType": 10,
        "ipAddress": "192.0.2.1",
    });
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event
}

/// What a log answers for the whole range.
fn log(server: &Rc<RefCell<Scripted>>, of: &str, events: &[Value]) {
    let call = format!("GET /api/{of}/events?start={}&end={}", Timestamp(FROM), Timestamp(TO));
    let page = json!({"object": "list", "continuationToken": null, "data": events});
    server.borrow_mut().pages.insert(call, page);
}

/// Two clients whose logs can be read, one without a plan for it, and one that answers nothing.
struct Office {
    world: World,
    server: Rc<RefCell<Scripted>>,
    mill: OrganizationId,
    wharf: OrganizationId,
    shut: OrganizationId,
}

fn office() -> Office {
    let server = Scripted::new();
    let add = |name: &str| server.borrow_mut().add_client(name, 5, 1);
    let (mill, wharf, silent, shut) = (add("Mill"), add("Wharf"), add("Without events"), add("Shut"));
    let link = server.borrow().clients[0]["id"].clone();
    let staff = format!("GET /api/providers/{PROVIDER}/users");
    let ada = json!({"id": "44444444-4444-4444-8444-444444444444", "userId": USER, "name": "Ada", "email": "ada@example.com",
        "type": 0, "status": 2});
    server.borrow_mut().pages.insert(staff, json!({"object": "list", "data": [ada]}));
    let opened = event(1603, 9 * HOUR + 2, json!({"organizationId": mill, "providerId": PROVIDER}));
    log(
        &server,
        &format!("providers/{PROVIDER}"),
        &[
            event(1900, 30 * HOUR, json!({"providerId": PROVIDER, "providerOrganizationId": link})),
            event(1903, 9 * HOUR, json!({"providerId": PROVIDER, "providerOrganizationId": link})),
            opened.clone(),
            event(1000, 8 * HOUR, json!({"providerId": PROVIDER, "userId": USER})),
        ],
    );
    let look = |minutes: i64, item: u8| {
        let item = format!("6666666{}-6666-4666-8666-666666666666", item % 10);
        event(1107, 9 * HOUR + minutes * 60_000, json!({"organizationId": mill, "cipherId": item}))
    };
    let with_markup =
        event(1107, 60 * HOUR, json!({"organizationId": wharf, "ipAddress": "<b>x</b>", "deviceType": 999}));
    log(&server, &format!("organizations/{mill}"), &[look(20, 2), look(10, 1), opened]);
    log(
        &server,
        &format!("organizations/{wharf}"),
        &[with_markup, event(9_999, 50 * HOUR, json!({"organizationId": wharf}))],
    );
    log(&server, &format!("organizations/{silent}"), &[]);
    let world = signed_in(&server);
    Office { world, server, mill, wharf, shut }
}

impl Office {
    /// Asks until everything that can be read is here, and named, and looked through.
    fn look(&mut self, query: &EventsQuery) -> EventsView {
        for _ in 0..20 {
            self.world.ask(GetEvents { query: query.clone(), window: TOP }).unwrap();
            self.world.pass(300);
        }
        self.world.ask(GetEvents { query: query.clone(), window: TOP }).unwrap()
    }
}

fn events(view: &EventsView) -> Vec<&EventRow> {
    view.rows.rows.iter().filter_map(EventLine::event).collect()
}

fn numbers(view: &EventsView) -> Vec<i32> {
    events(view).iter().map(|row| row.number).collect()
}

#[test]
fn the_logs_of_a_provider_and_its_clients_are_one_and_what_is_missing_is_said() {
    let mut office = office();
    let view = office.look(&EventsQuery::by_day(portfolio()));
    assert_eq!(view.rows.state, ListState::Complete);
    // The vault opened is told three times and shown once.
    assert_eq!(numbers(&view), [1107, 9_999, 1900, 1107, 1107, 1603, 1000]);
    let opened = events(&view)[5];
    assert_eq!((opened.place.as_deref(), opened.copies.len()), (Some("Mill"), 2));
    assert_eq!((view.found, view.rows.total, view.bars.iter().map(|bar| bar.count).sum::<u32>()), (7, 7, 7));
    // An unknown type says its number; markup is text.
    assert!(events(&view)[1].what.iter().any(|part| format!("{part:?}").contains("9999")));
    assert_eq!(events(&view)[0].ip.as_deref(), Some("<b>x</b>"));
    let gaps = office.world.ask(GetEventGaps(portfolio())).unwrap();
    let gaps: Vec<(&str, &GapReason)> = gaps.iter().map(|gap| (gap.name.as_str(), &gap.reason)).collect();
    assert_eq!(gaps, [("Without events", &GapReason::SwitchedOff), ("Shut", &GapReason::NotAllowed)]);
    assert_eq!((view.sources.read, view.sources.total, view.sources.gaps), (5, 5, 2));
    // Once it can be read, it is.
    log(&office.server, &format!("organizations/{}", office.shut), &[event(1500, 70 * HOUR, json!({}))]);
    office.world.ask(RetryGaps(portfolio())).unwrap();
    let view = office.look(&EventsQuery::by_day(portfolio()));
    assert_eq!((numbers(&view)[0], view.sources.gaps, view.found), (1500, 1, 8));
}

#[test]
fn days_come_with_their_events_and_sessions_with_those_that_are_unfolded() {
    let mut office = office();
    let day = |line: &EventLine| matches!(line, EventLine::Day { .. });
    let view = office.look(&EventsQuery::by_day(portfolio()));
    assert_eq!(view.rows.rows.iter().filter(|line| day(line)).count(), 3);
    assert_eq!(view.rows.matched, 10);
    // Ten hours to the east, the morning of the first day is an evening, and the last is a day later.
    let east = EventsFilter { zone: vec![(Moment(0), 600)], ..portfolio() };
    let view = office.look(&EventsQuery::by_day(east));
    let counts: Vec<u32> = view
        .rows
        .rows
        .iter()
        .filter_map(|line| match line {
            EventLine::Day { count, .. } => Some(*count),
            _ => None,
        })
        .collect();
    assert_eq!(counts, [2, 1, 4]);
    let mut query = EventsQuery { grouping: EventGrouping::Sessions, ..EventsQuery::by_day(portfolio()) };
    let view = office.look(&query);
    let sessions: Vec<_> = view
        .rows
        .rows
        .iter()
        .filter_map(|line| match line {
            EventLine::Session(session) => Some(session.clone()),
            _ => None,
        })
        .collect();
    let seen: Vec<_> =
        sessions.iter().map(|one| (one.who.as_str(), one.place.as_deref(), one.count)).collect();
    assert_eq!(seen, [("Ada", Some("Wharf"), 1), ("Ada", Some("Mill"), 3)][1..].to_vec());
    assert_eq!(sessions[0].most[0], ("viewed an item".to_owned(), 2));
    query.unfolded.push(sessions[0].id);
    let view = office.look(&query);
    assert_eq!(events(&view).iter().filter(|row| row.inside).count(), 3);
}

#[test]
fn conditions_leave_what_they_name_and_nothing_else() {
    let mut office = office();
    let (mill, wharf) = (office.mill, office.wharf);
    let mut seen = |narrow: &dyn Fn(&mut EventsFilter)| {
        let mut filter = portfolio();
        narrow(&mut filter);
        let view = office.look(&EventsQuery::by_day(filter));
        numbers(&view)
    };
    // A client is known by its link too.
    assert_eq!(seen(&|filter| filter.only.clients.push(mill)), [1900, 1107, 1107, 1603]);
    assert_eq!(seen(&|filter| filter.without.clients.push(mill)), [1107, 9_999, 1000]);
    assert_eq!(seen(&|filter| filter.only.clients.extend([mill, wharf])).len(), 6);
    assert_eq!(seen(&|filter| filter.only.kinds.extend([1000, 1900])), [1900, 1000]);
    assert_eq!(seen(&|filter| filter.without.kinds.push(1107)), [9_999, 1900, 1603, 1000]);
    assert_eq!(seen(&|filter| filter.only.devices.push(999)), [1107]);
    assert_eq!(seen(&|filter| filter.only.addresses.push("192.0.2.0/24".into())).len(), 6);
    assert_eq!(seen(&|filter| filter.without.addresses.push("192.0.2.0/24".into())), [1107]);
    assert_eq!(seen(&|filter| filter.search = "viewed -mill".into()), [1107]);
    // A session's client is found though only its copy stands in the client's log.
    assert_eq!(seen(&|filter| filter.search = "opened".into()), [1603]);
}

#[test]
fn lanes_and_choices_count_what_is_there() {
    let mut office = office();
    let query = EventsQuery::by_day(portfolio());
    office.look(&query);
    let ask = GetEventLanes { query: query.clone(), by: LaneBy::Client, window: TOP };
    let lanes = office.world.ask(ask).unwrap();
    let seen: Vec<_> = lanes.rows.rows.iter().map(|lane| (lane.name.as_str(), lane.count)).collect();
    assert_eq!(seen, [("Mill", 4), ("Wharf", 2), ("Northwind IT", 1)]);
    assert!(lanes.rows.rows.iter().all(|lane| lane.bars.iter().sum::<u32>() == lane.count));
    let mut choices = |by, typed: &str| {
        let ask = GetEventChoices { filter: portfolio(), by, typed: typed.into() };
        let found = office.world.ask(ask).unwrap();
        found.into_iter().map(|choice| (choice.label, choice.count)).collect::<Vec<_>>()
    };
    assert_eq!(choices(ChoiceBy::Person, ""), [("Ada".to_owned(), 7)]);
    assert_eq!(choices(ChoiceBy::Client, "wh"), [("Wharf".to_owned(), 2)]);
    assert_eq!(choices(ChoiceBy::Kind, "viewed"), [("viewed an item".to_owned(), 3)]);
    assert_eq!(choices(ChoiceBy::Category, "")[0], ("items".to_owned(), 4));
}

#[test]
fn what_is_saved_is_what_is_seen_and_a_pack_tells_when_it_was_altered() {
    let mut office = office();
    for (client, at) in [(office.mill, "Mill"), (office.wharf, "Wharf")] {
        let member = json!({"id": format!("{}", client), "userId": null, "name": at, "email": "x@example.com", "type": 0, "status": 2});
        let mut server = office.server.borrow_mut();
        server.pages.insert(
            format!("GET /api/organizations/{client}/users"),
            json!({"object": "list", "data": [member]}),
        );
        server.pages.insert(
            format!("GET /api/organizations/{client}/policies"),
            json!({"object": "list", "data": [{"id": client, "organizationId": client, "type": 0, "enabled": true, "data": null}]}),
        );
    }
    let mut filter = portfolio();
    filter.without.kinds.push(9_999);
    let query = EventsQuery::by_day(filter);
    office.look(&query);
    let mut save = |format| office.world.ask(ExportEvents { query: query.clone(), format }).unwrap();
    let lines = save(EventFormat::JsonLines);
    let read: Vec<Value> = lines.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let types: Vec<i64> = read.iter().map(|row| row["type"].as_i64().unwrap()).collect();
    assert_eq!((types, lines.rows), (vec![1107, 1900, 1107, 1107, 1603, 1000], 6));
    assert!(lines.name.starts_with("events-") && lines.name.ends_with(".jsonl"));
    assert_eq!(save(EventFormat::Csv).text.lines().count(), 7);
    assert_eq!(save(EventFormat::Cef).text.lines().filter(|line| line.starts_with("CEF:0|")).count(), 6);
    let pack = save(EventFormat::Evidence).text;
    let whole = office.world.ask(VerifyEvidence(pack.clone().into_bytes())).unwrap();
    let EvidenceView::Whole { scope, counts, filter, .. } = whole else { panic!("{whole:?}") };
    assert_eq!((scope.as_str(), counts), ("Northwind IT", [3, 2, 2, 6]));
    assert!(filter.starts_with("without "), "{filter}");
    let altered = pack.replacen("192.0.2.1", "192.0.2.9", 1);
    let broken = office.world.ask(VerifyEvidence(altered.into_bytes())).unwrap();
    assert!(matches!(broken, EvidenceView::Broken { fault: EvidenceFault::Altered, .. }), "{broken:?}");
}

#[test]
fn a_policy_that_is_off_since_it_was_saved_last_is_named_and_pointed_out() {
    let mut office = office();
    let (mill, policy) = (office.mill, "88888888-8888-4888-8888-888888888888");
    // Beside the policies that were saved, servers tell of one that never was, which has no id.
    let policies = json!({"object": "list", "data": [
        {"id": policy, "organizationId": mill, "type": 0, "enabled": false, "data": null},
        {"organizationId": mill, "type": 21, "enabled": false, "data": null},
    ]});
    office.server.borrow_mut().pages.insert(format!("GET /api/organizations/{mill}/policies"), policies);
    let saved = |hours: i64| event(1700, hours * HOUR, json!({"organizationId": mill, "policyId": policy}));
    log(&office.server, &format!("organizations/{mill}"), &[saved(40), saved(20)]);
    let filter = EventsFilter { search: "two-step".into(), ..portfolio() };
    let view = office.look(&EventsQuery::by_day(filter));
    let rules: Vec<usize> = events(&view).iter().map(|row| row.highlights.len()).collect();
    assert_eq!((numbers(&view), rules), (vec![1700, 1700], vec![1, 0]));
    assert_eq!(events(&view)[0].highlights[0].rule, HighlightRule::ProtectionWeakened);
}

#[test]
fn an_owner_added_is_pointed_out_until_the_rule_is_muted() {
    let mut office = office();
    let (mill, member) = (office.mill, "77777777-7777-4777-8777-777777777777");
    let users = format!("GET /api/organizations/{mill}/users");
    let row = json!({"id": member, "userId": null, "name": "Olive", "email": "olive@example.com", "type": 0, "status": 2});
    office.server.borrow_mut().pages.insert(users, json!({"object": "list", "data": [row]}));
    let confirmed = event(1502, 90 * HOUR, json!({"organizationId": mill, "organizationUserId": member}));
    log(&office.server, &format!("organizations/{mill}"), &[confirmed]);
    let query = EventsQuery { highlighted: true, ..EventsQuery::by_day(portfolio()) };
    let view = office.look(&query);
    assert_eq!((numbers(&view), view.highlighted), (vec![1502], 1));
    let note = &events(&view)[0].highlights[0];
    assert_eq!(note.rule, HighlightRule::OwnerAdded);
    let row = events(&view)[0].clone();
    let ask = portal_bridge::GetHighlight {
        filter: portfolio(),
        rule: note.rule,
        date: row.date,
        number: row.number,
        person: row.person,
    };
    assert_eq!(office.world.ask(ask).unwrap().len(), 1);
    let muted = EventsQuery { muted: vec![HighlightRule::OwnerAdded], ..query };
    assert_eq!(office.look(&muted).found, 0);
}
