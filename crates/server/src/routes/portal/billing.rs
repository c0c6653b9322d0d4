//! What Bitwarden's billing has no words for: what was agreed, what the month under way comes to, the lines of an invoice, and the
//! ledger of seats. Amounts are in the smallest unit of the currency, discounts in millionths, days as `2026-02-01`.

use axum::{
    Json,
    extract::{Query, State},
};
use portal_domain::{
    access::Action,
    billing::{Amount, Currency, Day, Ledger, Period, Rate, Subject, Tier},
};
use portal_wire::{OrganizationId, PlanType, ProviderId, Timestamp};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin},
    billing::{Account, BillingError},
    http::{ApiError, Ids, compression::compress},
    plan::ON_SALE,
    store::billing::{
        counts::{self, SeatCount},
        cycles::{self, BillingCycle},
        invoices,
        issue::{numbering, word},
    },
};

/// How many days the ledger goes back where nobody says how many.
const USUAL_DAYS: i32 = 31;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(terms))
        .routes(routes!(lines))
        .merge(OpenApiRouter::new().routes(routes!(seats)).layer(axum::middleware::from_fn(compress)))
}

/// What was agreed with a provider, and what the month under way comes to.
#[derive(Serialize)]
#[serde(tag = "object", rename = "providerBilling", rename_all = "camelCase")]
struct Terms {
    currency: Currency,
    /// A seat of each plan for its period.
    prices: Vec<SeatPrice>,
    tiers: Vec<Tier>,
    cumulative_seats: u32,
    credit: Amount,
    /// The clients that are billed by themselves.
    alone: Vec<AloneClient>,
    /// The month under way as it will be charged if nothing changes; null where nothing is billed yet.
    upcoming: Option<Charged>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SeatPrice {
    #[serde(rename = "type")]
    plan: PlanType,
    price: Amount,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AloneClient {
    organization_id: OrganizationId,
    #[serde(rename = "type")]
    plan: PlanType,
    seats: u32,
}

/// Lines and what stands below them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Charged {
    window: Period,
    lines: Vec<Line>,
    subtotal: Amount,
    discount: Rate,
    taken_off: Amount,
    total: Amount,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    /// The client that is billed by itself; null for the pool.
    organization_id: Option<OrganizationId>,
    #[serde(rename = "type")]
    plan: PlanType,
    /// `minimum`, `overage`, or `seats` of a client.
    part: String,
    period: Period,
    seat_days: i64,
    price: Amount,
    amount: Amount,
}

/// What was agreed, and what the month under way comes to so far.
#[utoipa::path(
    get,
    path = "/api/portal/providers/{providerId}/billing",
    tag = "portal",
    responses((status = 200, description = "Prices, discounts, and the month under way."), (status = 401), (status = 404))
)]
async fn terms(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<Terms>, ApiError> {
    ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    let mut db = context.store.read().await?;
    let account = Account::read(&mut db, id).await?;
    let cycle = cycles::of(&mut db, id).await?;
    let today = Day::of(context.clock.now());
    let alone = account.alone(today);
    let price = |plan: &PlanType| Some(SeatPrice { plan: *plan, price: account.seat_price(*plan).ok()? });
    Ok(Json(Terms {
        currency: account.prices.currency(),
        prices: ON_SALE.iter().filter_map(price).collect(),
        tiers: account.tiers.rows().to_vec(),
        cumulative_seats: account.cumulative(today),
        credit: cycle.map(|cycle| cycle.credit).unwrap_or_default(),
        alone: alone
            .map(|(organization_id, plan, seats)| AloneClient { organization_id, plan, seats })
            .collect(),
        upcoming: cycle.and_then(|cycle| upcoming(&account, &cycle).transpose()).transpose()?,
    }))
}

fn upcoming(account: &Account, cycle: &BillingCycle) -> Result<Option<Charged>, BillingError> {
    let Some(window) = cycle.window() else { return Ok(None) };
    let charge = account.charge(cycle, window)?;
    let alone = account.clients_alone();
    let organization = |subject| match subject {
        Subject::Pool => None,
        Subject::Client(client) => usize::try_from(client).ok().and_then(|client| alone.get(client).copied()),
    };
    let lines = charge.lines.iter().map(|line| Line {
        organization_id: organization(line.subject),
        plan: line.plan,
        part: word(line.part).to_owned(),
        period: line.period,
        seat_days: line.seat_days,
        price: line.price,
        amount: line.amount,
    });
    Ok(Some(Charged {
        window,
        lines: lines.collect(),
        subtotal: charge.subtotal,
        discount: charge.discount,
        taken_off: charge.taken_off,
        total: charge.total,
    }))
}

/// An invoice with its lines.
#[derive(Serialize)]
#[serde(tag = "object", rename = "providerInvoice", rename_all = "camelCase")]
struct WholeInvoice {
    id: String,
    number: String,
    date: Timestamp,
    due: Day,
    paid_date: Option<Timestamp>,
    currency: Currency,
    credit_used: Amount,
    #[serde(flatten)]
    charged: Charged,
}

/// One invoice with its lines.
#[utoipa::path(
    get,
    path = "/api/portal/providers/{providerId}/billing/invoices/{invoiceId}",
    tag = "portal",
    responses((status = 200, description = "The invoice."), (status = 401), (status = 404))
)]
async fn lines(
    State(context): State<Context>,
    caller: Caller,
    Ids((id, of)): Ids<(ProviderId, String)>,
) -> Result<Json<WholeInvoice>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    let found = invoices::with_lines(&mut *context.store.read().await?, &admin, &of).await?;
    let (invoice, lines) = found.ok_or(ApiError::NotFound)?;
    Ok(Json(WholeInvoice {
        number: numbering()?.written(invoice.number),
        id: invoice.id,
        date: invoice.issued_at,
        due: invoice.due,
        paid_date: invoice.paid_at,
        currency: invoice.currency,
        credit_used: invoice.credit_used,
        charged: Charged {
            window: invoice.window,
            lines: lines.into_iter().map(Line::from).collect(),
            subtotal: invoice.subtotal,
            discount: invoice.discount,
            taken_off: invoice.taken_off,
            total: invoice.total,
        },
    }))
}

impl From<invoices::Line> for Line {
    fn from(line: invoices::Line) -> Self {
        Self {
            organization_id: line.organization,
            plan: line.plan,
            part: line.part,
            period: line.period,
            seat_days: line.seat_days,
            price: line.price,
            amount: line.amount,
        }
    }
}

/// The ledger of seats over some days.
#[derive(Serialize)]
#[serde(tag = "object", rename = "providerSeatCounts", rename_all = "camelCase")]
struct SeatCounts {
    period: Period,
    /// The days on which somebody counted. All others are gaps.
    days: Vec<Day>,
    /// By client and day, how each client was from a day on, until its next row.
    rows: Vec<CountRow>,
}

/// Organization, name, day, plan, seats assigned, seats used; the last two are null where it is no longer a client.
#[derive(Serialize)]
struct CountRow(OrganizationId, String, Day, PlanType, Option<u32>, Option<u32>);

/// What every client had and used on each day, from `start` until before `end`.
#[utoipa::path(
    get,
    path = "/api/portal/providers/{providerId}/billing/seats",
    tag = "portal",
    params(("start" = Option<String>, Query), ("end" = Option<String>, Query)),
    responses((status = 200, description = "The counts."), (status = 400), (status = 401), (status = 404))
)]
async fn seats(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
    query: Query<Vec<(String, String)>>,
) -> Result<Json<SeatCounts>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    let period = period(&query, Day::of(context.clock.now()))?;
    let mut db = context.store.read().await?;
    let days = counts::days(&mut db, &admin, period).await?;
    let row = |SeatCount { organization, name, day, plan, seats }: SeatCount| {
        CountRow(organization, name, day, plan, seats.map(|seats| seats.0), seats.map(|seats| seats.1))
    };
    let rows = counts::of_provider(&mut db, &admin, period).await?.into_iter().map(row).collect();
    Ok(Json(SeatCounts { period, days, rows }))
}

fn period(query: &[(String, String)], today: Day) -> Result<Period, ApiError> {
    let day =
        |wanted: &str, otherwise: Day| match query.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        {
            Some((_, text)) => {
                text.parse().map_err(|_| ApiError::invalid(wanted, "It is not a day such as 2026-02-01."))
            }
            None => Ok(otherwise),
        };
    let end = day("end", today.plus(1))?;
    let start = day("start", end.plus(-USUAL_DAYS))?;
    Period::new(start, end)
        .filter(|period| usize::try_from(period.days().get()).is_ok_and(|days| days <= Ledger::MOST_DAYS))
        .ok_or_else(|| {
            ApiError::invalid(
                "end",
                format!("'end' must be at most {} days after 'start'.", Ledger::MOST_DAYS),
            )
        })
}
