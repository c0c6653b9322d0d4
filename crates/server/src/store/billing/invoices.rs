//! The invoices there are: read, and marked as paid. Nothing else of an invoice ever changes.

use portal_domain::billing::{Amount, Currency, Day, Period, Rate};
use portal_wire::{OrganizationId, PlanType, ProviderId, Timestamp};
use sqlx::any::AnyRow;

use super::{BillingColumns, issue::InvoicedClient};
use crate::{
    auth::ProviderAdmin,
    store::{Db, StoreError, Tx, row::Columns},
};

/// A query for invoices.
macro_rules! invoices {
    ($rest:literal) => {
        concat!(
            "SELECT id, number, provider_id, window_first, window_end, issued_at, due, currency, subtotal, discount, \
             taken_off, total, credit_used, paid_at FROM invoices ",
            $rest
        )
    };
}

/// An invoice without its lines.
#[derive(Clone, Debug)]
pub struct Invoice {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: u64,
    /// Who owes it.
    pub provider: ProviderId,
    /// The days it is for.
    pub window: Period,
    /// When it was made.
    pub issued_at: Timestamp,
    /// The day by which it is to be paid.
    pub due: Day,
    /// What its amounts are in.
    pub currency: Currency,
    /// All lines together.
    pub subtotal: Amount,
    /// The discount.
    pub discount: Rate,
    /// What the discount takes off.
    pub taken_off: Amount,
    /// What is left; negative if something is given back.
    pub total: Amount,
    /// How much of it was paid out of the provider's credit.
    pub credit_used: Amount,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
}

impl Invoice {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let unreadable = |column| StoreError::Unreadable { column };
        Ok(Self {
            id: row.text("id")?,
            number: u64::try_from(row.number("number")?).map_err(|_| unreadable("number"))?,
            provider: row.id("provider_id")?,
            window: period(row, "window_first", "window_end")?,
            issued_at: row.moment("issued_at")?,
            due: row.day("due")?,
            currency: Currency::parse(&row.text("currency")?).map_err(|_| unreadable("currency"))?,
            subtotal: row.amount("subtotal")?,
            discount: Rate::from_millionths(row.small("discount")?).map_err(|_| unreadable("discount"))?,
            taken_off: row.amount("taken_off")?,
            total: row.amount("total")?,
            credit_used: row.amount("credit_used")?,
            paid_at: row.number_maybe("paid_at")?.map(Timestamp),
        })
    }

    /// The contract's word for how it stands.
    pub fn status(&self) -> &'static str {
        if self.paid_at.is_some() { "paid" } else { "open" }
    }
}

/// The provider's invoices, newest first.
pub async fn of_provider(db: &mut Db, admin: &ProviderAdmin) -> Result<Vec<Invoice>, StoreError> {
    let rows = sqlx::query(invoices!("WHERE provider_id = $1 ORDER BY number DESC"))
        .bind(admin.provider_id().to_string())
        .fetch_all(db)
        .await?;
    rows.iter().map(Invoice::read).collect()
}

/// Every invoice of the server, oldest first, for whoever runs it; or those of one provider, which may be gone.
pub(crate) async fn all(db: &mut Db, provider: Option<ProviderId>) -> Result<Vec<Invoice>, StoreError> {
    let rows = sqlx::query(invoices!("WHERE $1 IS NULL OR provider_id = $1 ORDER BY number"))
        .bind(provider.map(|id| id.to_string()))
        .fetch_all(db)
        .await?;
    rows.iter().map(Invoice::read).collect()
}

/// The table of clients of one of the provider's invoices, with its currency; `None` if it has no such invoice.
pub async fn clients(
    db: &mut Db,
    admin: &ProviderAdmin,
    invoice: &str,
) -> Result<Option<(Currency, Vec<InvoicedClient>)>, StoreError> {
    let rows = sqlx::query(
        "SELECT invoice.currency, client.organization_id, client.name, client.plan_name, client.assigned, client.used, \
         client.total FROM invoices invoice JOIN invoice_clients client ON client.invoice_id = invoice.id \
         WHERE invoice.id = $1 AND invoice.provider_id = $2 ORDER BY client.place",
    )
    .bind(invoice.to_owned())
    .bind(admin.provider_id().to_string())
    .fetch_all(db)
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let currency = Currency::parse(&first.text("currency")?)
        .map_err(|_| StoreError::Unreadable { column: "currency" })?;
    let read = |row: &AnyRow| -> Result<InvoicedClient, StoreError> {
        let organization = row.text("organization_id")?;
        let organization = (!organization.is_empty())
            .then(|| organization.parse().map_err(|_| StoreError::Unreadable { column: "organization_id" }));
        Ok(InvoicedClient {
            organization: organization.transpose()?,
            name: row.text("name")?,
            plan_name: row.text("plan_name")?,
            assigned: row.seats("assigned")?,
            used: row.seats("used")?,
            total: row.amount("total")?,
        })
    };
    Ok(Some((currency, rows.iter().map(read).collect::<Result<_, _>>()?)))
}

/// A line of an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The client that is billed by itself; `None` for the pool.
    pub organization: Option<OrganizationId>,
    /// The plan.
    pub plan: PlanType,
    /// `minimum`, `overage`, or `seats` of a client.
    pub part: String,
    /// The period it is paid for.
    pub period: Period,
    /// Days with a seat, negative where they are given back.
    pub seat_days: i64,
    /// A seat for the whole period.
    pub price: Amount,
    /// What it comes to.
    pub amount: Amount,
}

/// One of the provider's invoices with its lines; `None` if it has no such invoice.
pub async fn with_lines(
    db: &mut Db,
    admin: &ProviderAdmin,
    invoice: &str,
) -> Result<Option<(Invoice, Vec<Line>)>, StoreError> {
    let found = sqlx::query(invoices!("WHERE id = $1 AND provider_id = $2"))
        .bind(invoice.to_owned())
        .bind(admin.provider_id().to_string())
        .fetch_optional(&mut *db)
        .await?;
    let Some(found) = found else { return Ok(None) };
    let rows = sqlx::query(
        "SELECT organization_id, plan_type, part, period_first, period_end, seat_days, price, amount \
         FROM invoice_lines WHERE invoice_id = $1 ORDER BY place",
    )
    .bind(invoice.to_owned())
    .fetch_all(db)
    .await?;
    let lines = rows.iter().map(|row| {
        Ok(Line {
            organization: row.id_maybe("organization_id")?,
            plan: PlanType::from_number(row.small("plan_type")?),
            part: row.text("part")?,
            period: period(row, "period_first", "period_end")?,
            seat_days: row.number("seat_days")?,
            price: row.amount("price")?,
            amount: row.amount("amount")?,
        })
    });
    Ok(Some((Invoice::read(&found)?, lines.collect::<Result<_, StoreError>>()?)))
}

fn period(row: &AnyRow, first: &'static str, end: &'static str) -> Result<Period, StoreError> {
    Period::new(row.day(first)?, row.day(end)?).ok_or(StoreError::Unreadable { column: first })
}

/// The provider's invoices that are not paid, those due first coming first.
pub(crate) async fn unpaid(db: &mut Db, provider: ProviderId) -> Result<Vec<Invoice>, StoreError> {
    let rows = sqlx::query(invoices!("WHERE provider_id = $1 AND paid_at IS NULL ORDER BY due, number"))
        .bind(provider.to_string())
        .fetch_all(db)
        .await?;
    rows.iter().map(Invoice::read).collect()
}

/// The invoice of this number.
pub(crate) async fn by_number(db: &mut Db, number: u64) -> Result<Option<Invoice>, StoreError> {
    let Ok(number) = i64::try_from(number) else { return Ok(None) };
    let row = sqlx::query(invoices!("WHERE number = $1")).bind(number).fetch_optional(db).await?;
    row.as_ref().map(Invoice::read).transpose()
}

/// Marks an invoice as paid; false if it was already.
pub(crate) async fn mark_paid(tx: &mut Tx, invoice: &str, now: Timestamp) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE invoices SET paid_at = $1 WHERE id = $2 AND paid_at IS NULL")
        .bind(now.0)
        .bind(invoice.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}
