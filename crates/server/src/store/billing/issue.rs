//! Writing an invoice: its number, its lines and the clients as they are, all at once and never changed again.

use portal_domain::billing::{Amount, Charge, Day, Numbering, Part, Period, Subject};
use portal_wire::{OrganizationId, ProviderId, Timestamp};
use uuid::Uuid;

use super::kept;
use crate::store::{
    StoreError, Tx,
    bulk::rows::{Rows, number, text, text_maybe},
    row::Columns,
};

/// An invoice to be made.
pub struct NewInvoice<'a> {
    /// Who owes it.
    pub provider: ProviderId,
    /// The days it is for.
    pub window: Period,
    /// The day by which it is to be paid.
    pub due: Day,
    /// What is owed.
    pub charge: &'a Charge,
    /// What [`Subject::Client`] numbers.
    pub alone: &'a [OrganizationId],
    /// How much of it is paid out of the provider's credit.
    pub credit_used: Amount,
    /// The table of its clients.
    pub clients: &'a [InvoicedClient],
}

/// A row of the table of clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoicedClient {
    /// The client; `None` for the seats of a plan that nobody was given.
    pub organization: Option<OrganizationId>,
    /// What it is called.
    pub name: String,
    /// What its plan is called.
    pub plan_name: String,
    /// Seats it was given.
    pub assigned: u32,
    /// Seats its members take.
    pub used: u32,
    /// What they cost after discount.
    pub total: Amount,
}

/// What stands in front of a number.
const PREFIX: &str = "INV-";

/// How invoices are numbered: one row for the whole server, for whoever runs it is who issues them.
pub fn numbering() -> Result<Numbering, StoreError> {
    Numbering::new(PREFIX, 1, 6).map_err(|_| StoreError::Unreadable { column: "number" })
}

/// The number that somebody typed, with or without what stands in front of it.
pub fn read_number(typed: &str) -> Option<u64> {
    typed.strip_prefix(PREFIX).unwrap_or(typed).parse().ok()
}

/// Issues an invoice and tells its number. What nothing is left of to pay is paid at once.
pub(crate) async fn issue(tx: &mut Tx, new: NewInvoice<'_>, now: Timestamp) -> Result<u64, StoreError> {
    // Held until the invoice is there: no number is given twice, and none is lost with a transaction that fails.
    tx.lock("invoice numbers").await?;
    let last = sqlx::query("SELECT MAX(number) AS number FROM invoices").fetch_one(&mut **tx).await?;
    let last = last.number_maybe("number")?.and_then(|last| u64::try_from(last).ok());
    let next = numbering()?.next(last);
    let id = format!("in_{}", Uuid::new_v4().simple());
    let settled = new.charge.total <= new.credit_used;
    sqlx::query(
        "INSERT INTO invoices (id, number, provider_id, window_first, window_end, issued_at, due, currency, subtotal, \
         discount, taken_off, total, credit_used, paid_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(id.clone())
    .bind(i64::try_from(next).map_err(|_| StoreError::Unreadable { column: "number" })?)
    .bind(new.provider.to_string())
    .bind(kept(new.window.first()))
    .bind(kept(new.window.end()))
    .bind(now.0)
    .bind(kept(new.due))
    .bind(new.charge.currency.code().to_owned())
    .bind(new.charge.subtotal.minor())
    .bind(i64::from(new.charge.discount.millionths()))
    .bind(new.charge.taken_off.minor())
    .bind(new.charge.total.minor())
    .bind(new.credit_used.minor())
    .bind(settled.then_some(now.0))
    .execute(&mut **tx)
    .await?;
    lines(&id, &new).insert(tx).await?;
    clients(&id, new.clients).insert(tx).await?;
    Ok(next)
}

fn lines(invoice: &str, new: &NewInvoice<'_>) -> Rows {
    let mut rows = Rows::new(
        "invoice_lines",
        "invoice_id, place, organization_id, plan_type, part, period_first, period_end, seat_days, price, amount",
    );
    for (place, line) in (0_i64..).zip(&new.charge.lines) {
        let client = match line.subject {
            Subject::Pool => None,
            Subject::Client(client) => usize::try_from(client).ok().and_then(|client| new.alone.get(client)),
        };
        rows.push([
            text(invoice),
            number(place),
            text_maybe(client.map(ToString::to_string)),
            number(line.plan.number()),
            text(word(line.part)),
            number(kept(line.period.first())),
            number(kept(line.period.end())),
            number(line.seat_days),
            number(line.price.minor()),
            number(line.amount.minor()),
        ]);
    }
    rows
}

/// The word for it, in the database and in the interface.
pub(crate) fn word(part: Part) -> &'static str {
    match part {
        Part::Minimum => "minimum",
        Part::Overage => "overage",
        Part::Seats => "seats",
    }
}

fn clients(invoice: &str, clients: &[InvoicedClient]) -> Rows {
    let mut rows = Rows::new(
        "invoice_clients",
        "invoice_id, place, organization_id, name, plan_name, assigned, used, total",
    );
    for (place, client) in (0_i64..).zip(clients) {
        rows.push([
            text(invoice),
            number(place),
            text(client.organization.map(|id| id.to_string()).unwrap_or_default()),
            text(&client.name),
            text(&client.plan_name),
            number(client.assigned),
            number(client.used),
            number(client.total.minor()),
        ]);
    }
    rows
}
