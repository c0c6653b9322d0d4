//! Invoices as files: a table for people, a document for programs.

use std::{collections::HashSet, rc::Rc};

use portal_bridge::{
    CsvFile, DraftState, ExportInvoices, InvoiceFormat, OrganizationId, Problem, ProblemKind,
};
use portal_domain::{
    billing::{
        Bill, Currency, DRAFT_COLUMNS, Day, Draft, DraftLine, Fill, Issued, Period, Quantity, Register, What,
        draft_rows,
    },
    csv::Csv,
};
use serde::Serialize;

use crate::{
    Core,
    commands::{Handle, export::named_file},
    stores::drafts::Run,
};

impl Handle for ExportInvoices {
    async fn handle(self, core: &Rc<Core>) -> Result<CsvFile, Problem> {
        let run = core.drafts_of(self.query.run).await?;
        let only: Option<HashSet<OrganizationId>> = self.only.map(HashSet::from_iter);
        let register = Register::of(&run.inputs.pages);
        let chosen = |client: &OrganizationId| only.as_ref().is_none_or(|only| only.contains(client));
        let clients = run.find(&self.query).into_iter().map(|row| row.shown.organization).filter(chosen);
        let invoices: Vec<Invoice> = clients.filter_map(|client| invoice(&run, &register, client)).collect();
        let (ending, text) = match self.format {
            InvoiceFormat::Csv => ("csv", table(&invoices)),
            InvoiceFormat::Json => ("json", document(&run, &invoices)?),
        };
        let mut file = named_file(core, "invoices", ending, text, invoices.len());
        // The days they are for say more than the day they were saved on.
        file.name = format!("invoices-{}.{ending}", months(run.key.period));
        Ok(file)
    }
}

/// A draft, or what was issued.
enum Invoice<'a> {
    Draft(Box<Bill>),
    Issued(&'a Issued),
}

impl Invoice<'_> {
    fn bill(&self) -> &Bill {
        match self {
            Self::Draft(bill) => bill,
            Self::Issued(issued) => &issued.bill,
        }
    }

    fn issued(&self) -> Option<&Issued> {
        match self {
            Self::Draft(_) => None,
            Self::Issued(issued) => Some(issued),
        }
    }
}

fn invoice<'a>(run: &Run, register: &Register<'a>, client: OrganizationId) -> Option<Invoice<'a>> {
    match run.row(client)?.shown.state {
        DraftState::Issued(_) => register.standing(client, run.key.period).map(Invoice::Issued),
        DraftState::Open => Some(Invoice::Draft(Box::new(run.inputs.bill(client).ok()??))),
        DraftState::Nothing | DraftState::LeftOut | DraftState::Cannot(_) => None,
    }
}

fn table(invoices: &[Invoice<'_>]) -> String {
    let mut csv = Csv::new(&DRAFT_COLUMNS);
    for invoice in invoices {
        let Bill { organization, client, draft, .. } = invoice.bill();
        let number = invoice.issued().map_or("", |issued| &issued.written);
        draft_rows(client, &organization.to_string(), number, draft, &mut csv);
    }
    csv.finish()
}

/// The document as it is described in `docs/exports.md`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    object: &'static str,
    version: u32,
    period: Period,
    /// Days without a count.
    gaps: Fill,
    invoices: Vec<Entry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    client_id: OrganizationId,
    client: &'a str,
    bill_to: &'a str,
    reference: &'a str,
    /// Null for a draft.
    number: Option<&'a str>,
    issued: Option<Day>,
    due: Option<Day>,
    period: Period,
    currency: Currency,
    decimals: u8,
    lines: Vec<Line<'a>>,
    net: i64,
    tax_rate_millionths: i32,
    tax: i64,
    gross: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    what: std::borrow::Cow<'a, str>,
    kind: &'static str,
    period: Period,
    quantity: i64,
    unit: &'static str,
    of_days: Option<u32>,
    price: i64,
    amount: i64,
}

fn document(run: &Run, invoices: &[Invoice<'_>]) -> Result<String, Problem> {
    let document = Document {
        object: "portalInvoices",
        version: 1,
        period: run.key.period,
        gaps: run.key.fill,
        invoices: invoices.iter().map(entry).collect(),
    };
    serde_json::to_string_pretty(&document).map_err(|_| ProblemKind::BadAnswer.into())
}

fn entry<'a>(invoice: &'a Invoice<'_>) -> Entry<'a> {
    let Bill { organization, client, bill_to, reference, draft } = invoice.bill();
    let Draft { window, currency, lines, net, tax_rate, tax, gross } = draft;
    let issued = invoice.issued();
    Entry {
        client_id: *organization,
        client,
        bill_to,
        reference,
        number: issued.map(|issued| issued.written.as_str()),
        issued: issued.map(|issued| issued.issued),
        due: issued.map(|issued| issued.due),
        period: *window,
        currency: *currency,
        decimals: currency.decimals(),
        lines: lines.iter().map(line).collect(),
        net: net.minor(),
        tax_rate_millionths: tax_rate.millionths(),
        tax: tax.minor(),
        gross: gross.minor(),
    }
}

fn line(line: &DraftLine) -> Line<'_> {
    let (quantity, unit, of_days) = match line.quantity {
        Quantity::SeatDays { seat_days, of } => (seat_days, "seatDays", Some(of)),
        Quantity::Days { days, of } => (days.into(), "days", Some(of)),
        Quantity::One => (1, "piece", None),
    };
    Line {
        what: line.what.name(),
        kind: if matches!(line.what, What::Seats(_)) { "seats" } else { "service" },
        period: line.period,
        quantity,
        unit,
        of_days,
        price: line.price.minor(),
        amount: line.amount.minor(),
    }
}

/// `2031-04`, or `2031-04-to-2031-06`.
fn months(period: Period) -> String {
    let month = |day: Day| {
        let (year, month, _) = day.date();
        format!("{year:04}-{month:02}")
    };
    let (first, last) = (month(period.first()), month(period.end().plus(-1)));
    if first == last { first } else { format!("{first}-to-{last}") }
}
