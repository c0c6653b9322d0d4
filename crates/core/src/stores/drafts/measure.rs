//! A run of drafts without a server, to be measured: a provider's clients over a year, billed for its last month. Not part of the product.

use std::rc::Rc;

use portal_bridge::{BooksOf, DraftRun, Fill, LedgerSource, MarginAgainst, OrganizationId, Period};
use portal_domain::billing::{
    Amount, Charged, ClientTerms, Counted, Currency, Day, Ledger, Letterhead, Price, PriceBook, PriceList,
    PriceTable, Rate, SeatCharge, Service,
};
use portal_wire::PlanType;

use super::{AT_ONCE, Inputs, cost::Cost, run::Making};
use crate::stores::ledger::SeatLedger;

/// What a seat costs the provider, by the number of the plan.
const PRICES: [(PlanType, i64); 2] = [(PlanType::TeamsMonthly, 400), (PlanType::EnterpriseMonthly, 600)];
/// What is put on top of it, in percent.
const MARK_UP: i32 = 25;
/// What support costs by the month, and backup by seat and month.
const SERVICES: [(&str, i64, Charged); 2] =
    [("Support", 4_900, Charged::Monthly), ("Backup", 150, Charged::PerSeat)];
/// On-call costs so much more for each tenth client.
const ON_CALL: i64 = 9_900;
const TAX: i32 = 19;

/// A provider's clients, and the drafts that are worked out of what was counted of them.
pub struct MeasuredDrafts {
    key: DraftRun,
    ledger: Rc<SeatLedger>,
    book: PriceBook,
    own: PriceTable,
    making: Option<Making>,
}

impl MeasuredDrafts {
    /// So many clients, from January to November.
    pub fn of(clients: usize) -> Self {
        let day = |month, day| Day::from_date(2026, month, day).expect("a day");
        let period = Period::new(day(11, 1), day(12, 1)).expect("a month");
        let own = PRICES.map(|(plan, seat)| {
            let seat = Amount::new(seat).expect("an amount");
            (plan, Price { seat, provider_seat: seat, ..Price::default() })
        });
        Self {
            key: DraftRun { of: BooksOf::Own, period, fill: Fill::Nothing },
            ledger: Rc::new(counted(clients, day(1, 1), day(12, 1))),
            book: book(clients),
            own: PriceTable::new(Currency::USD, own).expect("prices"),
            making: None,
        }
    }

    /// What another side needs to work out the same: seats on each day of the month, client by client.
    pub fn seats(&self) -> Vec<u32> {
        let ledger = &self.ledger.ledger;
        let days = || (0..self.key.period.days().get()).map(|day| self.key.period.first().plus(day as i32));
        let of = |client, day| ledger.counted(client, day).and_then(|counted| counted.assigned);
        (0..ledger.clients())
            .flat_map(|client| days().map(move |day| of(client, day).unwrap_or_default()))
            .collect()
    }

    /// Begins a run.
    pub fn begin(&mut self) {
        let mut rows: Vec<(OrganizationId, usize)> =
            self.ledger.clients.iter().enumerate().map(|(row, (client, _))| (*client, row)).collect();
        rows.sort();
        let against = MarginAgainst::Invoices { count: 1, period: self.key.period, under_way: false };
        let total = Amount::new(100_000_000).expect("an amount");
        self.making = Some(Making::of(Inputs {
            key: self.key,
            today: self.key.period.end().plus(1),
            book: self.book.clone(),
            letterhead: Letterhead::default(),
            pages: Vec::new(),
            own: self.own.clone(),
            cost: Cost::Bills { currency: Currency::USD, total, against },
            ledger: self.ledger.clone(),
            rows,
        }));
    }

    /// Works out as many drafts as the core does between two looks at the clock; false once there are none left.
    pub fn go_on(&mut self) -> bool {
        self.making.as_mut().is_some_and(|making| making.go_on(AT_ONCE))
    }

    /// Puts the run together; gives what clients pay in all.
    pub fn end(&mut self) -> f64 {
        let run = self.making.take().map(|making| making.end(self.key, 0, 0));
        run.map_or(0, |run| run.summary().totals.iter().map(|total| total.gross.minor()).sum::<i64>()) as f64
    }
}

fn book(clients: usize) -> PriceBook {
    let percent = |of: i32| Rate::from_basis_points(of * 100).expect("a rate");
    let service = |name: &str, price: i64, charged| Service {
        name: name.to_owned(),
        price: Amount::new(price).expect("an amount"),
        charged,
        from: None,
        end: None,
    };
    let seats = PRICES.map(|(plan, _)| (plan, SeatCharge::MarkUp(percent(MARK_UP)))).to_vec();
    let services = SERVICES.map(|(name, price, charged)| service(name, price, charged)).to_vec();
    let list = PriceList::new(Currency::USD, seats, services, percent(TAX)).expect("a list");
    let own = (0..clients).filter(|client| client % 10 == 0).map(|client| ClientTerms {
        organization: organization(client),
        services: vec![service("On-call", ON_CALL, Charged::Monthly)],
        ..ClientTerms::default()
    });
    let book = PriceBook { standard: Some(list), clients: own.collect(), ..PriceBook::default() };
    book.checked().expect("a book")
}

fn counted(clients: usize, first: Day, end: Day) -> SeatLedger {
    let days = Period::new(first, end).expect("days");
    let mut ledger = Ledger::new(first, days.days().get() as usize);
    ledger.reserve(clients);
    let mut random = 1_u32;
    let mut dice = move |sides: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) % sides
    };
    for client in 0..clients {
        let (plan, _) = PRICES[client % PRICES.len()];
        let row = ledger.add_client(plan, first).expect("a client");
        let (mut seats, mut from) = (1 + dice(60), first);
        while from < end {
            let until = from.plus(1 + dice(60) as i32).min(end);
            let counted = Counted { assigned: Some(seats), used: Some(seats) };
            ledger
                .count_days(row, Period::new(from, until).expect("days"), counted)
                .expect("days of its own");
            (seats, from) = ((seats + dice(5)).saturating_sub(dice(4)).max(1), until);
        }
    }
    let clients = (0..clients).map(|client| (organization(client), format!("Client {client}"))).collect();
    SeatLedger { ledger, clients, source: LedgerSource::Server, counted: Some(days) }
}

fn organization(client: usize) -> OrganizationId {
    OrganizationId::from(uuid::Uuid::from_u128(client as u128 * 0x9e37_79b9_7f4a_7c15))
}
