//! What a provider pays for (contract §3.6). There is no payment service behind this server: no invoices, no credit.

use axum::{Json, extract::State};
use portal_domain::access::Action;
use portal_wire::{
    PaymentMethodType, ProviderId, Timestamp,
    billing::{
        Invoices, PaymentSource, ProviderPlan, ProviderSubscription, ProviderWarnings, Suspension,
        SuspensionWarning, TaxInformation,
    },
    provider::{BillingAddress, TokenizedPaymentMethod},
};
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin, ProviderMember},
    http::{ApiError, Ids, document::documents},
    plan::PlanFacts,
    store::{
        Db,
        clients::pools::{self, PlanPool},
        plans::{self, Price},
        providers::{
            billing::{self, Billing},
            details::{Standing, standing},
        },
    },
};

/// How long after a suspension the payment service would wait, in days.
const GRACE_PERIOD: i32 = 14;
const DAY: i64 = 24 * 3_600_000;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(subscription))
        .routes(routes!(invoices))
        .routes(routes!(invoice))
        .routes(routes!(warnings))
        .routes(routes!(address))
        .routes(routes!(payment_method))
        .routes(routes!(credit))
}

/// What the provider pays for.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/billing/subscription",
    tag = "billing",
    responses((status = 200, description = "The subscription.", body = documents::ProviderSubscription), (status = 401), (status = 404))
)]
async fn subscription(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<ProviderSubscription>, ApiError> {
    let staff = ProviderMember::permitted(&caller, id, Action::ViewProviderSubscription)?;
    let mut db = context.store.read().await?;
    let provider = billable(&mut db, id).await?;
    let billing = billing::of_provider(&mut db, &staff).await?;
    let prices = plans::prices(&mut db).await?;
    let pools = pools::of_provider(&mut db, &staff).await?;
    let suspended = !provider.enabled;
    Ok(Json(ProviderSubscription {
        status: if suspended { "unpaid" } else { "active" }.to_owned(),
        collection_method: Some("charge_automatically".to_owned()),
        plans: pools.into_iter().map(|pool| plan(pool, prices.get(&pool.plan).copied())).collect(),
        tax_information: billing.address.as_ref().map(tax_information),
        suspension: suspended.then(|| suspension(billing.revised_at)),
        provider_type: provider.kind,
        payment_source: billing.payment_method.as_ref().map(payment_source),
        ..ProviderSubscription::default()
    }))
}

/// Billing routes refuse with a text what client routes refuse without.
async fn billable(db: &mut Db, id: ProviderId) -> Result<Standing, ApiError> {
    let provider = standing(db, id).await?.ok_or(ApiError::NotFound)?;
    if provider.is_billable() {
        Ok(provider)
    } else {
        Err(ApiError::UnauthorizedBecause("Unauthorized.".to_owned()))
    }
}

fn plan(PlanPool { plan, pool }: PlanPool, price: Option<Price>) -> ProviderPlan {
    let facts = PlanFacts::of(plan);
    let number = |seats: u32| i32::try_from(seats).unwrap_or(i32::MAX);
    let cents = price.map_or(0, |price| price.provider_seat);
    let paid = i64::from(pool.seat_minimum) + i64::from(pool.purchased);
    ProviderPlan {
        plan_name: facts.name.to_owned(),
        kind: plan,
        product_tier: facts.tier,
        seat_minimum: number(pool.seat_minimum),
        purchased_seats: number(pool.purchased),
        assigned_seats: number(pool.assigned),
        cost: paid.saturating_mul(cents) as f64 / 100.0,
        cadence: if facts.annual { "Annual" } else { "Monthly" }.to_owned(),
    }
}

fn tax_information(address: &BillingAddress) -> TaxInformation {
    TaxInformation {
        country: address.country.clone(),
        postal_code: address.postal_code.clone(),
        tax_id: address.tax_id.as_ref().map(|tax_id| tax_id.value.clone()),
        tax_id_type: address.tax_id.as_ref().map(|tax_id| tax_id.code.clone()),
        line1: address.line1.clone(),
        line2: address.line2.clone(),
        city: address.city.clone(),
        state: address.state.clone(),
    }
}

fn suspension(since: Timestamp) -> Suspension {
    Suspension {
        suspension_date: since,
        unpaid_period_end_date: since.saturating_add(i64::from(GRACE_PERIOD) * DAY),
        grace_period: GRACE_PERIOD,
    }
}

fn payment_source(method: &TokenizedPaymentMethod) -> PaymentSource {
    let (kind, description) = match method.kind.as_str() {
        "card" => (PaymentMethodType::Card, "Card"),
        "bankAccount" => (PaymentMethodType::BankAccount, "Bank account"),
        "payPal" => (PaymentMethodType::PayPal, "PayPal"),
        _ => (PaymentMethodType::None, ""),
    };
    PaymentSource { kind, description: description.to_owned(), needs_verification: false }
}

/// The invoices, of which there are none.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/billing/invoices",
    tag = "billing",
    responses((status = 200, description = "The invoices.", body = documents::Invoices), (status = 401), (status = 404))
)]
async fn invoices(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<Invoices>, ApiError> {
    ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    billable(&mut *context.store.read().await?, id).await?;
    Ok(Json(Invoices::default()))
}

/// The seats of one invoice as CSV; there is none.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/billing/invoices/{invoiceId}",
    tag = "billing",
    responses((status = 401), (status = 404))
)]
async fn invoice(
    State(context): State<Context>,
    caller: Caller,
    Ids((id, _)): Ids<(ProviderId, String)>,
) -> Result<(), ApiError> {
    ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    billable(&mut *context.store.read().await?, id).await?;
    Err(ApiError::NotFound)
}

/// What needs attention: a suspension, which here only the operator of the server can lift.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/billing/vnext/warnings",
    tag = "billing",
    responses((status = 200, description = "The warnings.", body = documents::ProviderWarnings), (status = 401), (status = 404))
)]
async fn warnings(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<ProviderWarnings>, ApiError> {
    let staff = ProviderMember::permitted(&caller, id, Action::ViewProviderSubscription)?;
    let provider = known(&mut *context.store.read().await?, id).await?;
    let resolution = if staff.as_admin().is_some() { "contact_support" } else { "contact_administrator" };
    let suspension = (!provider.enabled)
        .then(|| SuspensionWarning { resolution: resolution.to_owned(), subscription_cancels_at: None });
    Ok(Json(ProviderWarnings { suspension, tax_id: None }))
}

async fn known(db: &mut Db, id: ProviderId) -> Result<Standing, ApiError> {
    standing(db, id).await?.ok_or_else(|| ApiError::NotFoundBecause("Provider not found.".to_owned()))
}

async fn read_billing(context: &Context, caller: &Caller, id: ProviderId) -> Result<Billing, ApiError> {
    let admin = ProviderAdmin::permitted(caller, id, Action::ViewProviderBilling)?;
    let mut db = context.store.read().await?;
    known(&mut db, id).await?;
    Ok(billing::of_provider(&mut db, &admin.as_member()).await?)
}

/// Where the provider is billed.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/billing/vnext/address",
    tag = "billing",
    responses((status = 200, description = "The address, or null.", body = documents::BillingAddress), (status = 401), (status = 404))
)]
async fn address(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<Option<BillingAddress>>, ApiError> {
    Ok(Json(read_billing(&context, &caller, id).await?.address))
}

/// How the provider pays. The server keeps a token only, and so knows no brand, bank or address.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/billing/vnext/payment-method",
    tag = "billing",
    responses((status = 200, description = "The way to pay, or null."), (status = 401), (status = 404))
)]
async fn payment_method(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<Value>, ApiError> {
    let method = read_billing(&context, &caller, id).await?.payment_method;
    Ok(Json(match method.as_ref().map(|method| method.kind.as_str()) {
        Some("card") => json!({ "type": "card", "brand": "", "last4": "", "expiration": "" }),
        Some("bankAccount") => {
            json!({ "type": "bankAccount", "bankName": "", "last4": "", "hostedVerificationUrl": null })
        }
        Some("payPal") => json!({ "type": "payPal", "email": "" }),
        _ => Value::Null,
    }))
}

/// What the provider has to its credit.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/billing/vnext/credit",
    tag = "billing",
    responses((status = 200, description = "A number, or null."), (status = 401), (status = 404))
)]
async fn credit(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<Option<f64>>, ApiError> {
    read_billing(&context, &caller, id).await?;
    Ok(Json(None))
}
