use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    BooksOf, Direction, ExportLedger, GetJobs, GetLedger, GetLedgerClient, GetPortfolioClients,
    GetReconciliation, JobRow, JobState, LedgerQuery, LedgerRange, LedgerSort, LedgerSource, LedgerView,
    OrganizationId, PoolChange, PreviewReclaim, ProblemKind, ReclaimSeats, RowOutcome, SeatPoint, SeatSum,
    SkipReason, Verdict, Window,
};
use serde_json::{Value, json};

use crate::{
    scripted::{Mishap, PROVIDER, Scripted, provider, signed_in},
    simulated::World,
};

const DAY_MS: i64 = 86_400_000;
const MISSED: SeatPoint = SeatPoint { assigned: None, used: None, missed: true };
const ALL: Window = Window { from: 0, count: 100 };

fn query(of: BooksOf) -> LedgerQuery {
    LedgerQuery {
        of,
        range: LedgerRange::Days(30),
        search: String::new(),
        plan: None,
        idle: false,
        sort: LedgerSort::Name,
        direction: Direction::Ascending,
    }
}

fn ledger(world: &mut World, of: BooksOf) -> LedgerView {
    world.ask(GetLedger { query: query(of), window: ALL }).unwrap()
}

fn sum(assigned: u64, used: u64, gaps: u32) -> SeatSum {
    SeatSum { assigned, used, gaps }
}

/// So many days later, still signed in.
fn days_pass(world: &mut World, days: i64) {
    world.sleep_machine(days * DAY_MS);
    world.core.idle.touch(world.now());
}

/// The provider's clients are read again, and whatever goes on beside that has ended.
fn read_clients(world: &mut World) {
    world.core.stores.of::<crate::stores::Clients>(provider()).ask_again();
    let core = world.core.clone();
    let pending = Rc::new(RefCell::new(false));
    let done = pending.clone();
    core.clone().spawn_in_session(async move {
        core.reload_clients(provider()).await.unwrap();
        *done.borrow_mut() = true;
    });
    world.until(|_| *pending.borrow());
    world.pass(1_000);
}

mod counted_here {
    use super::*;

    #[test]
    fn a_server_without_a_ledger_gets_one_of_a_count_a_day_and_days_missed_are_gaps() {
        let server = Scripted::new();
        server.borrow_mut().add_client("=Acme", 10, 4);
        server.borrow_mut().add_client("Birch", 5, 5);
        let mut world = signed_in(&server);
        read_clients(&mut world);
        let of = BooksOf::Provider(provider());
        let view = ledger(&mut world, of);
        assert_eq!(
            (view.source, view.begins, view.days.as_slice()),
            (LedgerSource::Kept, true, [sum(15, 9, 0)].as_slice())
        );
        assert_eq!(view.trouble, None);

        server.borrow_mut().clients[0]["occupiedSeats"] = json!(6);
        days_pass(&mut world, 1);
        read_clients(&mut world);
        days_pass(&mut world, 2);
        // One is no client any more, and another has come.
        server.borrow_mut().clients.remove(1);
        server.borrow_mut().add_client("Cedar", 3, 1);
        let last = server.borrow().clients.len() - 1;
        server.borrow_mut().clients[last]["organizationId"] = json!("00000000-0000-4000-8000-00000000000c");
        read_clients(&mut world);
        let view = ledger(&mut world, of);
        assert_eq!(view.days, [sum(15, 9, 0), sum(15, 11, 0), sum(0, 0, 2), sum(13, 7, 0)]);
        assert_eq!(view.gap_days, 1);
        let names: Vec<_> =
            view.rows.rows.iter().map(|row| (row.name.as_str(), row.gone.is_some())).collect();
        assert_eq!(names, [("=Acme", false), ("Birch", true), ("Cedar", false)]);
        let acme = &view.rows.rows[0];
        assert_eq!(
            (acme.assigned, acme.used, acme.always_idle, acme.change),
            (Some(10), Some(6), Some(4), Some(0))
        );
        let point = |used| SeatPoint { assigned: Some(10), used: Some(used), missed: false };
        assert_eq!(acme.points, [point(4), point(6), MISSED, point(6)]);

        let csv = world.ask(ExportLedger { query: query(of), only: None }).unwrap();
        assert_eq!(csv.rows, 3);
        assert!(csv.text.contains("\"'=Acme\",Enterprise,10,6,4,4,0,"), "{}", csv.text);
    }

    #[test]
    fn a_day_is_counted_again_after_an_hour_and_not_with_every_look() {
        let server = Scripted::new();
        server.borrow_mut().add_client("Acme", 10, 4);
        let mut world = signed_in(&server);
        read_clients(&mut world);
        let of = BooksOf::Provider(provider());
        for (wait, used, told) in [(60_000, 5, 4), (3_600_000, 6, 6)] {
            server.borrow_mut().clients[0]["occupiedSeats"] = json!(used);
            world.sleep_machine(wait);
            world.core.idle.touch(world.now());
            read_clients(&mut world);
            assert_eq!(ledger(&mut world, of).days, [sum(10, told, 0)]);
        }
    }

    #[test]
    fn whoever_may_not_see_billing_is_told_nothing_and_counts_nothing() {
        let server = Scripted::new();
        server.borrow_mut().provider_role = 1;
        server.borrow_mut().add_client("Acme", 10, 4);
        let mut world = signed_in(&server);
        read_clients(&mut world);
        let of = BooksOf::Provider(provider());
        let refused = |result: Result<LedgerView, portal_bridge::Problem>| result.unwrap_err().kind.clone();
        assert_eq!(refused(world.ask(GetLedger { query: query(of), window: ALL })), ProblemKind::NotAllowed);
        // Nor does who has no clients of their own.
        assert_eq!(
            refused(world.ask(GetLedger { query: query(BooksOf::Own), window: ALL })),
            ProblemKind::NotAllowed
        );
        assert!(world.store().keys().all(|name| !name.contains("books")), "{:?}", world.store());
    }

    fn own(number: u32, name: &str, provider: Option<&str>) -> Value {
        json!({
            "object": "profileOrganization", "id": id(number), "name": name, "type": 0, "status": 2, "enabled": true,
            "seats": 20, "key": null, "productTierType": 3, "providerId": provider,
        })
    }

    fn id(number: u32) -> String {
        uuid::Uuid::from_u128(9 << 96 | u128::from(number)).to_string()
    }

    fn users(number: u32) -> String {
        format!("GET /api/organizations/{}/users", id(number))
    }

    fn members(number: u32, statuses: &[i32]) -> (String, Value) {
        let member = |(place, status): (usize, &i32)| {
            json!({
                "object": "organizationUserUserDetails", "id": uuid::Uuid::from_u128(u128::from(number) << 32 | place as u128),
                "userId": null, "name": null, "email": format!("{place}@{number}.example"), "type": 0, "status": status,
            })
        };
        (
            users(number),
            json!({"object": "list", "data": statuses.iter().enumerate().map(member).collect::<Vec<_>>()}),
        )
    }

    #[test]
    fn ones_own_clients_are_counted_from_their_members_and_one_that_fails_is_a_gap() {
        let server = Scripted::new();
        server.borrow_mut().organizations =
            vec![own(1, "Acme", None), own(2, "Birch", None), own(3, "Theirs", Some(PROVIDER))];
        // Two that use a seat, and one revoked; one that is only invited uses one.
        for (call, page) in [members(1, &[2, 0, -1]), members(2, &[2]), members(3, &[2, 2])] {
            server.borrow_mut().pages.insert(call, page);
        }
        let mut world = signed_in(&server);
        let look = |world: &mut World| {
            let query = portal_bridge::PortfolioQuery {
                search: String::new(),
                needs: None,
                sort: portal_bridge::PortfolioSort::Name,
                direction: Direction::Ascending,
            };
            world.ask(GetPortfolioClients { query, window: ALL }).unwrap();
            world.pass(5_000);
        };
        look(&mut world);
        let view = ledger(&mut world, BooksOf::Own);
        assert_eq!((view.source, view.days.as_slice()), (LedgerSource::Kept, [sum(0, 3, 0)].as_slice()));
        let told: Vec<_> =
            view.rows.rows.iter().map(|row| (row.name.as_str(), row.assigned, row.used)).collect();
        // What a provider bills is no business of its Owner.
        assert_eq!(told, [("Acme", None, Some(2)), ("Birch", None, Some(1))]);

        days_pass(&mut world, 1);
        server.borrow_mut().upset(&users(2), Mishap::Instead(400, r#"{"message":"Not today."}"#.into()));
        for number in [1, 2] {
            let organization: OrganizationId = id(number).parse().unwrap();
            world.core.members_outdated(organization);
        }
        look(&mut world);
        let view = ledger(&mut world, BooksOf::Own);
        assert_eq!(view.days, [sum(0, 3, 0), sum(0, 2, 1)]);
        let client = world
            .ask(GetLedgerClient {
                of: BooksOf::Own,
                range: LedgerRange::Days(30),
                organization: id(2).parse().unwrap(),
            })
            .unwrap();
        assert_eq!((client.days[1], client.gap_days), (MISSED, 1));
    }
}

mod of_the_server {
    use super::*;

    const SUBSCRIPTION: &str = "GET /api/providers/22222222-2222-4222-8222-222222222222/billing/subscription";

    /// The portal's own server, which counted these rows on these days.
    fn counted(days: &[&str], rows: Value) -> Rc<RefCell<Scripted>> {
        let server = Scripted::new();
        let page = |call: &str, page: Value| {
            server.borrow_mut().pages.insert(call.to_owned(), page);
        };
        page(
            "GET /api/config",
            json!({ "server": { "name": "portal-server" }, "portal": { "mode": "provider" } }),
        );
        // Thirty days and those before them that come along.
        page(
            &format!("GET /api/portal/providers/{PROVIDER}/billing/seats?start=1970-02-01&end=1970-04-03"),
            json!({ "period": { "first": "1970-02-01", "end": "1970-04-03" }, "days": days, "rows": rows }),
        );
        server
    }

    fn pools(server: &Rc<RefCell<Scripted>>, minimum: i32, assigned: i32) {
        let plan = json!({
            "planName": "Enterprise (Monthly)", "type": 19, "seatMinimum": minimum,
            "purchasedSeats": (assigned - minimum).max(0), "assignedSeats": assigned, "cost": 120.0,
        });
        server.borrow_mut().pages.insert(SUBSCRIPTION.into(), json!({ "plans": [plan] }));
    }

    /// It is the second of April 1970.
    fn enter(server: &Rc<RefCell<Scripted>>) -> World {
        let mut world = crate::scripted::world(server);
        world.set_now(91 * DAY_MS);
        crate::scripted::sign_in(&mut world, crate::scripted::PASSWORD).unwrap();
        world
    }

    #[test]
    fn the_ledger_of_the_server_is_held_against_its_own_sums() {
        let acme = "00000008-0000-0000-0000-000000000001";
        let rows = json!([[acme, "Acme", "1970-03-30", 19, 8, 2], [acme, "Acme", "1970-04-01", 19, 10, 2]]);
        let server = counted(&["1970-03-30", "1970-03-31", "1970-04-01", "1970-04-02"], rows);
        server.borrow_mut().add_client("Acme", 8, 2);
        pools(&server, 10, 10);
        let mut world = enter(&server);
        let same = world.ask(GetReconciliation(provider())).unwrap();
        assert_eq!(
            (same.day.unwrap().to_string(), same.assigned, same.differences.len()),
            ("1970-04-02".into(), 10, 0)
        );
        pools(&server, 10, 8);
        let other = world.ask(GetReconciliation(provider())).unwrap();
        let [difference] = other.differences.as_slice() else { panic!("one plan") };
        assert_eq!((difference.ledger, difference.server, difference.gaps), (10, Some(8), 0));
        assert_eq!(difference.agreed.unwrap().to_string(), "1970-03-31");

        let view = ledger(&mut world, BooksOf::Provider(provider()));
        assert_eq!((view.source, view.begins), (LedgerSource::Server, true));
        // The row has the seats of this moment, and the days those that were counted.
        assert_eq!((view.rows.rows[0].assigned, view.days.last().copied()), (Some(8), Some(sum(10, 2, 0))));
        assert!(world.store().keys().all(|name| !name.contains("books")), "the server counts");
    }

    #[test]
    fn taking_back_respects_whoever_came_meanwhile_and_the_row_says_so() {
        let server = counted(&[], json!([]));
        pools(&server, 10, 30);
        let clients: Vec<OrganizationId> =
            [("Acme", 10, 2), ("Birch", 10, 4), ("Cedar", 8, 3), ("Full", 2, 2)]
                .map(|(name, seats, used)| server.borrow_mut().add_client(name, seats, used))
                .to_vec();
        // Nobody came to Acme, three to Birch, five to Cedar.
        for (client, now) in clients.iter().zip([2, 7, 8, 2]) {
            let member = |place: usize| json!({ "id": uuid::Uuid::from_u128(place as u128), "email": format!("{place}@x.example"), "type": 2, "status": 0 });
            let list = json!({ "data": (0..now).map(member).collect::<Vec<_>>() });
            server.borrow_mut().pages.insert(format!("GET /api/organizations/{client}/users"), list);
        }
        let link = |number: u128| uuid::Uuid::from_u128(7 << 96 | number);
        for number in 1..=4 {
            let call = format!("PUT /api/providers/{PROVIDER}/clients/{}", link(number));
            server.borrow_mut().pages.insert(call, Value::Null);
        }
        let mut world = enter(&server);
        let preview =
            world.ask(PreviewReclaim { provider: provider(), clients: clients.clone(), spare: 1 }).unwrap();
        // 7 + 5 + 4, of which the pool of 30 seats with a minimum of 10 has all 16 bought.
        assert_eq!((preview.clients, preview.freed, preview.verdict), (3, 16, Verdict::Allowed));
        let change = PoolChange { minimum: 10, saved: 16, unassigned: 0, seat_price_cents: Some(400) };
        assert_eq!(preview.pools[0].pool, Some(change));
        // Twice the same client is one.
        let twice = PreviewReclaim { provider: provider(), clients: vec![clients[0], clients[0]], spare: 0 };
        assert_eq!(world.ask(twice).unwrap().freed, 8);

        world.ask(ReclaimSeats { provider: provider(), clients, spare: 1 }).unwrap();
        world.until(|core| core.jobs().iter().all(|job| job.state == JobState::Finished));
        let rows: Vec<JobRow> = world.ask(GetJobs).unwrap().remove(0).rows;
        let outcomes: Vec<_> = rows.iter().map(|row| (row.label.as_str(), row.outcome.clone())).collect();
        assert_eq!(
            outcomes,
            [
                ("Acme", RowOutcome::Done),
                ("Birch", RowOutcome::Fewer { taken: 2, meant: 5 }),
                ("Cedar", RowOutcome::Skipped(SkipReason::SeatsTaken)),
                ("Full", RowOutcome::Skipped(SkipReason::AlreadySo)),
            ]
        );
        let server = server.borrow();
        let seats = |number| {
            server.body(&format!("PUT /api/providers/{PROVIDER}/clients/{}", link(number)))["assignedSeats"]
                .clone()
        };
        assert_eq!((seats(1), seats(2)), (json!(3), json!(8)));
        let sent = server.calls().filter(|call| call.starts_with("PUT ")).count();
        assert_eq!(sent, 2, "nobody else is touched");
    }

    #[test]
    fn below_the_minimum_nothing_is_saved() {
        let server = counted(&[], json!([]));
        pools(&server, 50, 20);
        let acme = server.borrow_mut().add_client("Acme", 20, 2);
        let mut world = enter(&server);
        let preview =
            world.ask(PreviewReclaim { provider: provider(), clients: vec![acme], spare: 0 }).unwrap();
        let change = PoolChange { minimum: 50, saved: 0, unassigned: 48, seat_price_cents: Some(240) };
        assert_eq!((preview.freed, preview.pools[0].pool.clone()), (18, Some(change)));
    }

    #[test]
    fn rows_are_searched_filtered_and_sorted_in_the_core() {
        let server = counted(&[], json!([]));
        for (name, seats, used) in [("Acme", 10, 2), ("Birch", 5, 5), ("Ähre", 4, 3)] {
            server.borrow_mut().add_client(name, seats, used);
        }
        let mut world = enter(&server);
        let mut names = |change: fn(&mut LedgerQuery)| {
            let mut query = query(BooksOf::Provider(provider()));
            change(&mut query);
            let view = world.ask(GetLedger { query, window: ALL }).unwrap();
            (view.rows.rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>().join(" "), view.now.idle)
        };
        assert_eq!(names(|query| query.idle = true), ("Acme Ähre".into(), 9));
        assert_eq!(names(|query| query.search = "AHR".into()), ("Ähre".into(), 1));
        assert_eq!(names(|query| query.plan = Some("Teams".into())), (String::new(), 0));
        let by_idle = |query: &mut LedgerQuery| {
            (query.sort, query.direction) = (LedgerSort::Idle, Direction::Descending);
        };
        assert_eq!(names(by_idle), ("Acme Ähre Birch".into(), 9));
    }
}
