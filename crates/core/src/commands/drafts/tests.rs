//! Drafts out of a server's counts and one's books, and what becomes of them.

mod two_admins;

use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    BooksOf, CancelInvoice, Direction, DraftObstacle, DraftRow, DraftRun, DraftSort, DraftState,
    DraftsMargin, DraftsQuery, DraftsSummary, ExportInvoices, Fill, GetDraftIds, GetDrafts, GetInvoice,
    GetInvoices, InvoiceFormat, InvoiceView, IssueInvoices, JobState, ListState, MarginAgainst,
    OrganizationId, Period, Problem, ProblemKind, RowOutcome, Seen, Window,
};
use portal_domain::billing::{
    Agreement, Amount, Charged, ClientTerms, Currency, Letterhead, Numbering, Price, PriceBook, PriceList,
    PriceTable, Rate, SeatCharge, Service,
};
use portal_wire::PlanType;
use serde_json::{Value, json};

use crate::{
    scripted::{PROVIDER, Scripted, provider, signed_in},
    simulated::World,
};

const SEATS: &str = "/billing/seats?start=1968-12-01&end=1970-01-01";
/// For the month under way.
const SEATS_UNDER_WAY: &str = "/billing/seats?start=1969-12-01&end=1970-01-02";

fn client(number: u8) -> OrganizationId {
    format!("00000000-0000-4000-8000-0000000000{number:02}").parse().unwrap()
}

/// The world begins on the first of January 1970, so that this month is over.
fn december() -> Period {
    Period::new("1969-12-01".parse().unwrap(), "1970-01-01".parse().unwrap()).unwrap()
}

fn run(fill: Fill) -> DraftRun {
    DraftRun { of: BooksOf::Provider(provider()), period: december(), fill }
}

fn query(run: DraftRun) -> DraftsQuery {
    DraftsQuery {
        run,
        search: String::new(),
        show: None,
        sort: DraftSort::Name,
        direction: Direction::Ascending,
    }
}

/// Acme has 10 Teams seats all month but on a day nobody counted, Bolt 4 from the 11th on, Cove a plan nobody prices, Dune nothing.
fn counts() -> Value {
    let row = |number: u8, name: &str, day: &str, plan: i32, seats: (u32, u32)| {
        json!([client(number), name, day, plan, seats.0, seats.1])
    };
    let all = (1..=31).filter(|day| *day != 20).map(|day| format!("1969-12-{day:02}"));
    json!({
        "object": "providerSeatCounts",
        "period": { "first": "1968-12-01", "end": "1970-01-01" },
        "days": all.collect::<Vec<_>>(),
        "rows": [
            row(1, "=Acme", "1969-12-01", 17, (10, 3)),
            row(2, "Bolt", "1969-12-11", 17, (4, 4)),
            row(3, "Cove", "1969-12-01", 99, (2, 2)),
            row(4, "Dune", "1969-12-01", 17, (0, 0)),
        ],
    })
}

fn prices() -> PriceBook {
    let seats = vec![(PlanType::TeamsMonthly, SeatCharge::MarkUp(Rate::from_basis_points(5_000).unwrap()))];
    let support = Service {
        name: "Support".into(),
        price: Amount::new(2_000).unwrap(),
        charged: Charged::Monthly,
        from: None,
        end: None,
    };
    let list = PriceList::new(Currency::USD, seats, vec![support], Rate::from_basis_points(1_900).unwrap());
    PriceBook {
        standard: Some(list.unwrap()),
        numbering: Numbering::new("R", 1, 4).unwrap(),
        due_days: 14,
        ..PriceBook::default()
    }
}

fn begin() -> World {
    let server = server(false);
    let mut world = signed_in(&server);
    fill(&mut world);
    world
}

/// A server that counts seats and bills, and may have a place for books.
fn server(keeps_books: bool) -> Rc<RefCell<Scripted>> {
    let server = Scripted::new();
    {
        let mut server = server.borrow_mut();
        let portal = format!("GET /api/portal/providers/{PROVIDER}");
        let charged = |end: &str, total: i64| {
            json!({
                "id": "1", "number": "1", "currency": "USD", "creditUsed": 0, "window": { "first": "1969-12-01", "end": end },
                "lines": [], "subtotal": total, "discount": 0, "takenOff": 0, "total": total,
            })
        };
        let terms = json!({
            "object": "providerBilling", "currency": "USD", "cumulativeSeats": 14, "credit": 0, "upcoming": null,
            "prices": [{ "type": 17, "price": 400 }], "tiers": [],
        });
        let invoices = json!({ "invoices": [{ "id": "1", "date": "1970-01-01T00:05:00Z" }] });
        server.pages.insert(
            "GET /api/config".into(),
            json!({ "server": { "name": "portal-server" }, "portal": { "books": keeps_books } }),
        );
        server.pages.insert(format!("{portal}{SEATS}"), counts());
        let mut under_way = counts();
        under_way["period"] = json!({ "first": "1969-12-01", "end": "1970-01-02" });
        server.pages.insert(format!("{portal}{SEATS_UNDER_WAY}"), under_way);
        server.pages.insert(format!("{portal}/billing"), terms);
        server.pages.insert(format!("GET /api/providers/{PROVIDER}/billing/invoices"), invoices);
        server.pages.insert(format!("{portal}/billing/invoices/1"), charged("1970-01-01", 5_000));
    }
    server
}

fn fill(world: &mut World) {
    let seat = Amount::new(400).unwrap();
    let price = Price { seat, provider_seat: seat, ..Price::default() };
    let own = PriceTable::new(Currency::USD, [(PlanType::TeamsMonthly, price)]).unwrap();
    let agreed = Agreement { prices: Some(own), ..Agreement::default() };
    write(world, "prices", prices());
    write(world, "agreement", agreed);
    write(world, "letterhead", Letterhead { name: "North".into(), ..Letterhead::default() });
}

fn write(world: &mut World, page: &'static str, content: impl serde::Serialize + 'static) {
    let books = world.core.books(BooksOf::Provider(provider()));
    world.run(async move { books.replace(page, &content).await }).unwrap();
}

/// Looks until they are worked out.
fn drafts(world: &mut World, query: &DraftsQuery) -> (Vec<DraftRow>, DraftsSummary) {
    for _ in 0..20 {
        let window = Window { from: 0, count: 50 };
        let view = world.ask(GetDrafts { query: query.clone(), window }).unwrap();
        if let Some(run) = view.run {
            assert_eq!(view.rows.state, ListState::Complete);
            return (view.rows.rows, *run);
        }
        assert!(matches!(view.rows.state, ListState::Loading { .. }));
        world.pass(300);
    }
    panic!("they are never worked out");
}

fn invoice(world: &mut World, number: u8) -> InvoiceView {
    world.ask(GetInvoice { run: run(Fill::Nothing), organization: client(number), number: None }).unwrap()
}

fn issue(
    world: &mut World,
    seen: Seen,
    only: Option<Vec<OrganizationId>>,
) -> Result<Vec<RowOutcome>, Problem> {
    let job = world.ask(IssueInvoices { run: run(Fill::Nothing), seen, only })?;
    let ended = |core: &crate::Core| {
        core.jobs().iter().any(|known| known.id == job && known.state == JobState::Finished)
    };
    world.until(ended);
    let jobs = world.core.jobs();
    let job = jobs.into_iter().find(|known| known.id == job).unwrap();
    Ok(job.rows.into_iter().map(|row| row.outcome).collect())
}

fn seen(world: &mut World) -> Seen {
    let now = world.run({
        let core = world.core.clone();
        async move { core.work_out(run(Fill::Nothing)).await }
    });
    now.unwrap().seen()
}

#[test]
fn drafts_are_worked_out_of_the_ledger_and_the_prices_to_the_cent() {
    let mut world = begin();
    let (rows, run_of) = drafts(&mut world, &query(run(Fill::Nothing)));
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            let sums = row.sums.map(|sums| [sums.net, sums.tax, sums.gross].map(Amount::minor));
            (row.name.as_str(), row.seats, row.gaps, sums, row.left.map(Amount::minor))
        })
        .collect();
    assert_eq!(
        told,
        [
            // 4.00 + 50 % = 6.00; 10 × 30 of 31 days = 300: 600 × 300 ÷ 31 = 5806.4…; Support 20.00. 19 % of 78.06 = 14.8314.
            // Its seats cost 400 × 300 ÷ 31 = 3871 of 3871 + 1032: 5000 × 3871 ÷ 4903 = 3947.5…, the half goes to it.
            ("=Acme", 10, 1, Some([7_806, 1_483, 9_289]), Some(7_806 - 3_948)),
            // 4 × 20 = 80: 600 × 80 ÷ 31 = 1548.3…; Support 2000 × 21 ÷ 31 = 1354.8…. 19 % of 29.03 = 5.5157.
            ("Bolt", 4, 1, Some([2_903, 552, 3_455]), Some(2_903 - 1_052)),
            ("Cove", 2, 1, None, None),
            // Support alone.
            ("Dune", 0, 1, Some([2_000, 380, 2_380]), Some(2_000)),
        ]
    );
    assert_eq!(rows[2].state, DraftState::Cannot(DraftObstacle::NoPrice("Plan 99".into())));
    assert_eq!((run_of.open, run_of.cannot, run_of.with_gaps, run_of.gap_days), (3, 1, 4, 4));
    assert!(run_of.over && run_of.priced && run_of.headed && run_of.faults.is_empty());
    let DraftsMargin::Known { revenue, cost, left, basis_points, against } = run_of.margin else { panic!() };
    assert_eq!([revenue, cost, left].map(|money| money.amount.minor()), [12_709, 5_000, 7_709]);
    assert_eq!(basis_points, Some(6_066)); // 7709 ÷ 12709 = 60.657… %
    assert_eq!(against, MarginAgainst::Invoices { count: 1, period: december(), under_way: false });
    // As the day before, Acme has 10 more seat-days: 600 × 310 ÷ 31.
    let (filled, _) = drafts(&mut world, &query(run(Fill::LastKnown)));
    assert_eq!(filled[0].sums.unwrap().net.minor(), 8_000);
}

#[test]
fn rows_are_searched_filtered_and_sorted() {
    let mut world = begin();
    let mut names = |change: &dyn Fn(&mut DraftsQuery)| {
        let mut query = query(run(Fill::Nothing));
        change(&mut query);
        let (rows, _) = drafts(&mut world, &query);
        rows.into_iter().map(|row| row.name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&|query| query.search = "o".into()), "Bolt Cove");
    assert_eq!(names(&|query| query.show = Some(portal_bridge::DraftShow::Cannot)), "Cove");
    assert_eq!(names(&|query| query.sort = DraftSort::Gross), "Dune Bolt =Acme Cove");
    let down = |query: &mut DraftsQuery| {
        (query.sort, query.direction) = (DraftSort::Gross, Direction::Descending);
    };
    assert_eq!(names(&down), "=Acme Bolt Dune Cove", "who has no sum comes last either way");
    let ids = world.ask(GetDraftIds(query(run(Fill::Nothing)))).unwrap();
    assert_eq!(ids, [client(1), client(2), client(3), client(4)]);
}

#[test]
fn what_is_issued_is_what_was_seen_and_is_issued_once() {
    let mut world = begin();
    let before = seen(&mut world);
    assert_eq!(issue(&mut world, before, Some(vec![client(2)])).unwrap(), [RowOutcome::Done]);
    assert_eq!(issue(&mut world, before, None).unwrap_err().kind, ProblemKind::ChangedMeanwhile);
    let now = seen(&mut world);
    assert_eq!(issue(&mut world, now, None).unwrap(), [RowOutcome::Done, RowOutcome::Done]);
    // Whoever looks sees what there was, until what is new has been worked out.
    let last = seen(&mut world);
    let (rows, run_of) = drafts(&mut world, &query(run(Fill::Nothing)));
    let states: Vec<_> = rows.into_iter().map(|row| row.state).collect();
    let issued = |number: &str| DraftState::Issued(number.into());
    let unpriced = DraftState::Cannot(DraftObstacle::NoPrice("Plan 99".into()));
    assert_eq!(states, [issued("R0002"), issued("R0001"), unpriced, issued("R0003")]);
    assert_eq!((run_of.issued, run_of.open, run_of.next.as_str()), (3, 0, "R0004"));
    assert_eq!(issue(&mut world, last, None).unwrap_err().kind, ProblemKind::NotFound);
}

#[test]
fn an_issued_invoice_stays_as_it_was_and_can_be_cancelled_and_issued_again() {
    let mut world = begin();
    let before = seen(&mut world);
    issue(&mut world, before, Some(vec![client(1)])).unwrap();
    write(&mut world, "letterhead", Letterhead { name: "South".into(), ..Letterhead::default() });
    let mut dearer = prices();
    dearer.clients =
        vec![ClientTerms { organization: client(1), bill_to: "Acme\n1 Road".into(), ..Default::default() }];
    dearer.due_days = 30;
    write(&mut world, "prices", dearer);
    let paper = invoice(&mut world, 1).paper.unwrap();
    assert_eq!((paper.letterhead.name.as_str(), paper.number.as_deref()), ("North", Some("R0001")));
    assert_eq!((paper.sums.gross.minor(), paper.bill_to.as_str(), paper.lines.len()), (9_289, "", 2));
    assert_eq!(paper.due.unwrap().to_string(), "1970-01-15");

    let cancel =
        || CancelInvoice { run: run(Fill::Nothing), organization: client(1), number: "R0001".into() };
    assert_eq!(world.ask(cancel()).unwrap(), "R0002");
    assert_eq!(world.ask(cancel()).unwrap(), "R0002", "once is enough");
    let found = invoice(&mut world, 1);
    let draft = found.paper.unwrap();
    assert_eq!(
        (draft.number, draft.letterhead.name.as_str(), draft.bill_to.as_str()),
        (None, "South", "Acme\n1 Road")
    );
    let history: Vec<_> = found
        .issued
        .iter()
        .map(|one| {
            (one.number.as_str(), one.credits.as_deref(), one.cancelled.as_deref(), one.gross.amount.minor())
        })
        .collect();
    assert_eq!(history, [("R0001", None, Some("R0002"), 9_289), ("R0002", Some("R0001"), None, -9_289)]);
    let now = seen(&mut world);
    assert_eq!(issue(&mut world, now, Some(vec![client(1)])).unwrap(), [RowOutcome::Done]);
    assert_eq!(invoice(&mut world, 1).paper.unwrap().number.as_deref(), Some("R0003"));
    let wanted =
        GetInvoice { run: run(Fill::Nothing), organization: client(1), number: Some("R0002".into()) };
    assert_eq!(
        world.ask(wanted).unwrap().paper.unwrap().letterhead.name,
        "North",
        "a credit note is as its invoice"
    );
}

#[test]
fn nothing_is_issued_before_the_period_is_over_and_odd_periods_are_refused() {
    let mut world = begin();
    let period = |first: &str, end: &str| Period::new(first.parse().unwrap(), end.parse().unwrap()).unwrap();
    let odd = DraftRun { period: period("1969-12-02", "1970-01-01"), ..run(Fill::Nothing) };
    assert_eq!(world.ask(GetDraftIds(query(odd))).unwrap_err().kind, ProblemKind::NotFound);
    let running = DraftRun { period: period("1970-01-01", "1970-02-01"), ..run(Fill::Nothing) };
    let made = world.run({
        let core = world.core.clone();
        async move { core.work_out(running).await.map(|run| (run.seen(), run.summary().over)) }
    });
    let (seen, over) = made.unwrap();
    assert!(!over);
    let refused = world.ask(IssueInvoices { run: running, seen, only: None }).unwrap_err();
    assert_eq!(refused.kind, ProblemKind::Refused);
}

#[test]
fn files_hold_every_line_and_begin_with_no_formula() {
    let mut world = begin();
    let before = seen(&mut world);
    issue(&mut world, before, Some(vec![client(2)])).unwrap();
    let mut file =
        |format, only| world.ask(ExportInvoices { query: query(run(Fill::Nothing)), only, format }).unwrap();
    let table = file(InvoiceFormat::Csv, None);
    assert_eq!((table.name.as_str(), table.rows), ("invoices-1969-12.csv", 3));
    let acme: Vec<_> = table.text.lines().filter(|line| line.contains("Acme")).collect();
    assert_eq!(
        acme[0],
        format!(
            "\"'=Acme\",{},,Teams (Monthly),1969-12-01,1970-01-01,300,seat days,31,6.00,58.06,,USD",
            client(1)
        )
    );
    assert_eq!(acme.len(), 3);
    let json = file(InvoiceFormat::Json, Some(vec![client(2)]));
    let json: Value = serde_json::from_str(&json.text).unwrap();
    assert_eq!(json["period"], json!({ "first": "1969-12-01", "end": "1970-01-01" }));
    let invoice = &json["invoices"][0];
    assert_eq!(
        (&invoice["number"], &invoice["currency"], &invoice["decimals"], &invoice["gross"]),
        (&json!("R0001"), &json!("USD"), &json!(2), &json!(3_455))
    );
    assert_eq!(
        invoice["lines"][0],
        json!({
            "what": "Teams (Monthly)", "kind": "seats", "period": { "first": "1969-12-01", "end": "1970-01-01" },
            "quantity": 80, "unit": "seatDays", "ofDays": 31, "price": 600, "amount": 1_548,
        })
    );
    let papers =
        world.ask(GetInvoices { run: run(Fill::Nothing), only: vec![client(4), client(3), client(1)] });
    let names: Vec<_> = papers.unwrap().into_iter().map(|paper| paper.client).collect();
    assert_eq!(names, ["=Acme", "Dune"], "by name, without whom there is no draft for");
}
