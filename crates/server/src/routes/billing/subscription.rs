//! The subscription: pools of seats, the discount, and how the provider stands.

use axum::{Json, extract::State};
use portal_domain::{
    access::Action,
    billing::{Day, Rate, Standing},
};
use portal_wire::{
    PaymentMethodType, ProviderId,
    billing::{PaymentSource, ProviderPlan, ProviderSubscription, Suspension, TaxInformation},
    provider::{BillingAddress, TokenizedPaymentMethod},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::billable;
use crate::{
    app::Context,
    auth::{Caller, ProviderMember},
    billing::{Account, BillingError, Payment, payment},
    http::{
        ApiError, Ids,
        document::documents,
        money::{dollars, percent},
    },
    plan::PlanFacts,
    store::{billing::cycles, clients::pools::PlanPool, providers::billing},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(subscription))
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
    let account = Account::read(&mut db, id).await?;
    let today = Day::of(context.clock.now());
    let cycle = cycles::of(&mut db, id).await?;
    let payment = payment(&mut db, id, today).await?;
    let discount = account.discount(today);
    Ok(Json(ProviderSubscription {
        status: payment.standing.status().to_owned(),
        current_period_end_date: cycle.and_then(|cycle| cycle.window()).map(|window| window.end().midnight()),
        discount_percentage: (discount > Rate::ZERO).then(|| percent(discount)),
        collection_method: Some("send_invoice".to_owned()),
        plans: account.pools().map(|pool| plan(&account, pool)).collect::<Result<_, _>>()?,
        account_credit: cycle.map(|cycle| dollars(cycle.credit)).unwrap_or_default(),
        tax_information: billing.address.as_ref().map(tax_information),
        suspension: suspension(payment),
        provider_type: provider.kind,
        payment_source: billing.payment_method.as_ref().map(payment_source),
        ..ProviderSubscription::default()
    }))
}

fn plan(account: &Account, PlanPool { plan, pool }: PlanPool) -> Result<ProviderPlan, BillingError> {
    let facts = PlanFacts::of(plan);
    let number = |seats: u32| i32::try_from(seats).unwrap_or(i32::MAX);
    let paid = i64::from(pool.seat_minimum) + i64::from(pool.purchased);
    Ok(ProviderPlan {
        plan_name: facts.name.to_owned(),
        kind: plan,
        product_tier: facts.tier,
        seat_minimum: number(pool.seat_minimum),
        purchased_seats: number(pool.purchased),
        assigned_seats: number(pool.assigned),
        cost: dollars(account.seat_price(plan)?.times(paid)?),
        cadence: if facts.annual { "Annual" } else { "Monthly" }.to_owned(),
    })
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

/// The day on which who has something overdue is suspended, or was.
fn suspension(payment: Payment) -> Option<Suspension> {
    let day = match payment.standing {
        Standing::Active => return None,
        Standing::PastDue { suspends, .. } => suspends,
        Standing::Suspended { since } => since,
    };
    Some(Suspension {
        suspension_date: day.midnight(),
        unpaid_period_end_date: payment.unpaid_until.unwrap_or(day).midnight(),
        grace_period: Standing::GRACE_BY_INVOICE,
    })
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
