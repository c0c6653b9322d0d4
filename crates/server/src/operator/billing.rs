//! What whoever runs the server does about money: prices, discounts, who is billed how, and that an invoice was paid.

use portal_domain::billing::{
    Amount, Currency, Day, PlanFacts, Rate, Standing, Tier, Tiers, TiersError, TypedError,
};
use portal_wire::{OrganizationId, PlanType, ProviderId};

use super::{OperatorError, some_providers};
use crate::{
    app::Context,
    billing::{enforce, payment},
    plan::ON_SALE,
    store::{
        StoreError, Tx,
        billing::{
            clients::{self, BillingRefusal},
            invoices::{self, Invoice},
            issue::{numbering, read_number},
            terms,
        },
        providers::details::lock,
    },
};

/// Why an order about money is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BillingOrderError {
    /// It is not sold.
    #[error("a plan is 17 (Teams monthly), 19 (Enterprise monthly) or 20 (Enterprise annually), not {0}")]
    Plan(i32),
    /// It cannot be a price.
    #[error("a price is a number of dollars such as 4.50, not negative and less than a billion: {0}")]
    Price(TypedError),
    /// It is no row of the table.
    #[error("a discount is written as seats and percent, such as 500=7.5, not {0:?}")]
    Discount(String),
    /// The rows make no table.
    #[error(transparent)]
    Tiers(#[from] TiersError),
    /// There is no such invoice.
    #[error("there is no invoice {0}")]
    NoInvoice(String),
    /// It was paid before.
    #[error("invoice {0} is paid already")]
    PaidAlready(String),
    /// No provider pays for such an organization.
    #[error("no provider pays for the seats of organization {0}")]
    NoClient(OrganizationId),
    /// Its provider has no pool of seats for its plan.
    #[error("its provider has no pool of seats for its plan")]
    NoPool,
    /// The pool cannot hold its seats.
    #[error("the pool of its plan cannot hold its seats")]
    TooManySeats,
}

/// An invoice as it is listed for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedInvoice {
    /// Its number as it is written.
    pub number: String,
    /// Who owes it.
    pub provider: ProviderId,
    /// The day it was made.
    pub issued: Day,
    /// The day by which it is to be paid.
    pub due: Day,
    /// `open` or `paid`.
    pub status: &'static str,
    /// What it is about, such as `1234.50 USD`.
    pub total: String,
    /// What is left of it after the provider's credit, likewise.
    pub to_pay: String,
}

/// The invoices of a provider, or all, oldest first.
pub async fn invoices(
    context: &Context,
    provider: Option<ProviderId>,
) -> Result<Vec<IssuedInvoice>, OperatorError> {
    some_providers(context)?;
    let found = invoices::all(&mut *context.store.read().await?, provider).await?;
    found.into_iter().map(listed).collect()
}

fn listed(invoice: Invoice) -> Result<IssuedInvoice, OperatorError> {
    let written = |amount| format!("{} {}", invoice.currency.plain(amount), invoice.currency);
    let to_pay = invoice.total.minus(invoice.credit_used).unwrap_or(invoice.total).max(Amount::ZERO);
    Ok(IssuedInvoice {
        number: numbering()?.written(invoice.number),
        provider: invoice.provider,
        issued: Day::of(invoice.issued_at),
        due: invoice.due,
        status: invoice.status(),
        total: written(invoice.total),
        to_pay: written(to_pay),
    })
}

/// Marks an invoice as paid, by its number with or without what stands in front of it. A provider that was suspended for it, and has
/// nothing else overdue, works again.
pub async fn mark_paid(context: &Context, number: &str) -> Result<(), OperatorError> {
    some_providers(context)?;
    let unknown = || BillingOrderError::NoInvoice(number.to_owned());
    let parsed = read_number(number).ok_or_else(unknown)?;
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    let invoice = invoices::by_number(&mut tx, parsed).await?.ok_or_else(unknown)?;
    lock(&mut tx, invoice.provider).await?;
    if !invoices::mark_paid(&mut tx, &invoice.id, now).await? {
        return Err(BillingOrderError::PaidAlready(numbering()?.written(invoice.number)).into());
    }
    enforce(&mut tx, invoice.provider, now).await?;
    Ok(tx.commit().await?)
}

/// Agrees on what a seat of a plan costs a provider, in dollars. It holds for every invoice that is still to be made.
pub async fn set_price(context: &Context, plan: i32, dollars: &str) -> Result<(), OperatorError> {
    some_providers(context)?;
    let found = PlanType::from_number(plan);
    let facts = PlanFacts::of(found).filter(|facts| ON_SALE.contains(&facts.current));
    let plan = facts.ok_or(BillingOrderError::Plan(plan))?.current;
    let price = Currency::USD.parse_price(dollars).map_err(BillingOrderError::Price)?;
    let mut tx = context.store.write().await?;
    terms::set_provider_price(&mut tx, plan, price).await?;
    Ok(tx.commit().await?)
}

/// Replaces the discounts by rows such as `500=7.5`: from so many seats on, so many percent. Without rows there is none.
pub async fn set_discounts(context: &Context, rows: &[String]) -> Result<(), OperatorError> {
    some_providers(context)?;
    let tiers: Vec<Tier> = rows.iter().map(|row| tier(row)).collect::<Result<_, _>>()?;
    let tiers = Tiers::new(tiers).map_err(BillingOrderError::Tiers)?;
    let mut tx = context.store.write().await?;
    terms::set_tiers(&mut tx, &tiers).await?;
    Ok(tx.commit().await?)
}

fn tier(row: &str) -> Result<Tier, BillingOrderError> {
    let read = || {
        let (seats, percent) = row.split_once('=')?;
        Some(Tier { from_seats: seats.parse().ok()?, discount: Rate::parse(percent).ok()? })
    };
    read().ok_or_else(|| BillingOrderError::Discount(row.to_owned()))
}

/// Bills a client by itself from today on, or out of its provider's pool again.
pub async fn bill_alone(context: &Context, client: OrganizationId, alone: bool) -> Result<(), OperatorError> {
    some_providers(context)?;
    let mut tx = context.store.write().await?;
    match clients::bill_alone(&mut tx, client, alone, context.clock.now()).await? {
        Ok(()) => Ok(tx.commit().await?),
        Err(BillingRefusal::NoSuchClient) => Err(BillingOrderError::NoClient(client).into()),
        Err(BillingRefusal::NoPool) => Err(BillingOrderError::NoPool.into()),
        Err(BillingRefusal::TooManySeats) => Err(BillingOrderError::TooManySeats.into()),
    }
}

/// Refuses to let a provider work again that would be suspended at once.
pub(super) async fn refuse_unpaid(
    tx: &mut Tx,
    provider: ProviderId,
    today: Day,
) -> Result<(), OperatorError> {
    if !matches!(payment(tx, provider, today).await?.standing, Standing::Suspended { .. }) {
        return Ok(());
    }
    let oldest = invoices::unpaid(tx, provider).await?.into_iter().next();
    let number: Result<Option<String>, StoreError> =
        oldest.map(|invoice| Ok(numbering()?.written(invoice.number))).transpose();
    Err(OperatorError::Unpaid { number: number?.unwrap_or_default() })
}
