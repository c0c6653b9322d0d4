//! The ledger without a server, to be measured: two years of a provider's clients, read from the wire format as it comes, summed up
//! again, and shown. Not part of the product.

use std::{fmt::Write, rc::Rc};

use portal_bridge::{
    BooksOf, Direction, LedgerQuery, LedgerRange, LedgerSort, OrganizationId, ProviderId, Window,
};
use portal_domain::billing::{Day, Period, Sums};
use portal_wire::{PlanType, RowSplitter, RowsError, client::ClientRow as WireRow};
use serde_json::json;

use super::{
    SeatLedger,
    figures::Figures,
    server::Reading,
    sheet::{Sheet, of_table},
};
use crate::{api::RowSink, stores::Table};

/// Tags clients have, of which each has one to three.
const TAGS: usize = 12;
const PLANS: [i32; 4] = [17, 19, 20, 13];

/// A provider's ledger, and the bytes it comes in.
pub struct MeasuredLedger {
    clients: usize,
    asked: Period,
    tags: Vec<(usize, usize)>,
    splitter: Option<(RowSplitter, Reading)>,
    ledger: Option<Rc<SeatLedger>>,
    sums: Option<Sums>,
    table: Rc<Table>,
    sheet: Option<Sheet>,
}

impl MeasuredLedger {
    /// So many clients over so many days, of which nothing was read yet.
    pub fn of(clients: usize, days: u32) -> Self {
        let end = Day::from_date(2026, 11, 1).expect("a day");
        let asked = Period::new(end.plus(-(days as i32)), end).expect("days");
        let tags = (0..clients).flat_map(|client| tags_of(client).into_iter().map(move |tag| (client, tag)));
        Self {
            clients,
            asked,
            tags: tags.collect(),
            splitter: None,
            ledger: None,
            sums: None,
            table: Rc::default(),
            sheet: None,
        }
    }

    /// What the server would answer.
    pub fn answer(&self) -> String {
        let (first, days) = (self.asked.first(), self.asked.days().get());
        let day = |index: u32| first.plus(index as i32);
        let counted: Vec<String> =
            (0..days).filter(|day| day % 97 != 40).map(|index| day(index).to_string()).collect();
        let mut text = json!({
            "object": "providerSeatCounts", "period": { "first": first, "end": self.asked.end() }, "days": counted, "rows": [],
        })
        .to_string();
        text.truncate(text.rfind("[]").unwrap_or_default());
        text.push('[');
        let mut random = 1_u32;
        let mut dice = move |sides: u32| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 8) % sides
        };
        for client in 0..self.clients {
            let (mut used, mut index) = (1 + dice(40), if client % 3 == 0 { dice(days) } else { 0 });
            while index < days {
                let assigned = used + 2 + (used / 5);
                let comma = if text.ends_with('[') { "" } else { "," };
                let _ = write!(
                    text,
                    "{comma}[\"{}\",\"{}\",\"{}\",{},{assigned},{used}]",
                    organization(client),
                    name(client),
                    day(index),
                    plan_of(client)
                );
                used = (used + dice(4)).saturating_sub(dice(3)).max(1);
                index += 1 + dice(60);
            }
        }
        text.push_str("]}");
        text
    }

    /// Begins to read an answer.
    pub fn begin(&mut self) {
        let mut reading = Reading::new(self.asked, self.asked.end()).expecting(self.clients);
        reading.restart();
        self.splitter = Some((RowSplitter::field("rows"), reading));
        (self.ledger, self.sums, self.sheet) = (None, None, None);
    }

    /// Takes the next piece of it.
    pub fn take(&mut self, piece: &[u8]) {
        let (splitter, reading) = self.splitter.as_mut().expect("it has begun");
        splitter
            .push(piece, |row| {
                reading.row(row).expect("a row");
                Ok::<(), RowsError>(())
            })
            .expect("JSON");
    }

    /// The answer has ended; how many clients there are.
    pub fn end(&mut self) -> usize {
        let (splitter, reading) = self.splitter.take().expect("it has begun");
        let ledger = reading.finish(&splitter.finish().expect("JSON")).expect("a ledger");
        let clients = ledger.clients.len();
        self.ledger = Some(Rc::new(ledger));
        clients
    }

    /// Sums up by tag and by plan, day by day; seats assigned over all days and groups, to be compared.
    pub fn sum(&mut self) -> f64 {
        let ledger = &self.ledger.as_ref().expect("it was read").ledger;
        let plans = (0..ledger.clients()).map(|client| (client, TAGS + client % PLANS.len()));
        let sums = ledger.sum(self.asked, TAGS + PLANS.len(), self.tags.iter().copied().chain(plans));
        let all = (0..sums.groups()).map(|group| sums.assigned(group).seat_days()).sum::<u64>();
        self.sums = Some(sums);
        all as f64
    }

    /// The clients as they are now: as on the last day. In life they were read before.
    pub fn read_clients(&mut self) {
        self.table = self.table();
    }

    /// Works out the page in slices, between which `pause` runs.
    pub fn work_out(&mut self, mut pause: impl FnMut()) {
        let ledger = self.ledger.as_ref().expect("it was read");
        let mut figures = Figures::begin(ledger, Some(self.asked));
        while figures.go_on() {
            pause();
        }
        let now = (0..self.table.len()).filter_map(|row| of_table(&self.table, row)).collect();
        self.sheet = Some(Sheet::of(Rc::new(figures), Some(self.table.clone()), now));
        pause();
    }

    /// A window of rows, those with most idle seats first, with the sums; the idle seats of the first, to be compared.
    pub fn window(&self, rows: u32) -> u32 {
        let sheet = self.sheet.as_ref().expect("it was worked out");
        sheet.forget_found();
        let query = LedgerQuery {
            of: BooksOf::Provider(ProviderId::default()),
            range: LedgerRange::Days(self.asked.days().get()),
            search: String::new(),
            plan: None,
            idle: true,
            sort: LedgerSort::Idle,
            direction: Direction::Descending,
        };
        let view = sheet.view(&query, Window { from: 0, count: rows }, self.asked.end().plus(-1));
        view.rows.rows.first().and_then(portal_bridge::LedgerRow::idle).unwrap_or_default()
    }

    /// Plan and tags of each client, as JSON, for the other side.
    pub fn facts(&self) -> String {
        let clients: Vec<_> = (0..self.clients)
            .map(|client| json!({ "plan": client % PLANS.len(), "tags": tags_of(client) }))
            .collect();
        json!({ "tags": TAGS, "plans": PLANS.len(), "clients": clients }).to_string()
    }

    fn table(&self) -> Rc<Table> {
        let ledger = self.ledger.as_ref().expect("it was read");
        let last = self.asked.end().plus(-1);
        let row = |client: usize| {
            let counted = ledger.ledger.counted(client, last).unwrap_or_default();
            let row: WireRow = serde_json::from_value(json!({
                "id": organization(client), "providerId": ProviderId::default(), "organizationId": organization(client),
                "organizationName": name(client), "key": "", "creationDate": "2026-01-05T10:00:00Z",
                "revisionDate": "2026-01-05T10:00:00Z", "userCount": 0, "seats": counted.assigned, "occupiedSeats": counted.used,
                "plan": super::plans::name(PlanType::from_number(plan_of(client))),
            }))
            .expect("a client");
            row
        };
        let rows: Vec<WireRow> = (0..ledger.clients.len()).map(row).collect();
        Rc::new(Table::of(&rows))
    }
}

fn organization(client: usize) -> OrganizationId {
    uuid::Uuid::from_u128(client as u128 + 1).into()
}

fn name(client: usize) -> String {
    format!("Client {client} & Söhne")
}

fn plan_of(client: usize) -> i32 {
    PLANS.get(client % PLANS.len()).copied().unwrap_or_default()
}

fn tags_of(client: usize) -> Vec<usize> {
    let mut tags = vec![client % TAGS, (client / 7) % TAGS, (client / 31) % TAGS];
    tags.sort_unstable();
    tags.dedup();
    tags
}
