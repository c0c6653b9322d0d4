//! What can be bought.

use axum::{Json, extract::State};
use portal_domain::billing::Price;
use portal_wire::{
    List, PlanType,
    plan::{PasswordManagerPlan, Plan},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    http::{ApiError, document::documents, money::dollars},
    plan::{ON_SALE, PlanFacts},
    store::billing::terms,
};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(list))
}

/// The plans and their prices.
#[utoipa::path(get, path = "/api/plans", tag = "server", responses((status = 200, description = "A list.", body = documents::Plans)))]
async fn list(State(context): State<Context>) -> Result<Json<List<Plan>>, ApiError> {
    let prices = terms::prices(&mut *context.store.read().await?).await?;
    let plans = ON_SALE.iter().filter_map(|kind| Some(plan(*kind, prices.price(*kind).ok()?))).collect();
    Ok(Json(List::complete(plans)))
}

/// A plan as it travels.
pub fn plan(kind: PlanType, price: Price) -> Plan {
    let facts = PlanFacts::of(kind);
    Plan {
        kind,
        product_tier: facts.tier,
        name: facts.name.to_owned(),
        is_annual: facts.annual,
        name_localization_key: Some(facts.localization_key.to_owned()),
        trial_period_days: Some(7),
        has_self_host: facts.enterprise,
        has_policies: facts.enterprise,
        has_groups: true,
        has_directory: true,
        has_events: true,
        has_totp: true,
        has_2fa: true,
        has_api: true,
        has_sso: facts.enterprise,
        has_organization_domains: facts.enterprise,
        has_key_connector: facts.enterprise,
        has_scim: true,
        has_reset_password: facts.enterprise,
        users_get_premium: true,
        has_custom_permissions: facts.enterprise,
        disabled: false,
        password_manager: Some(PasswordManagerPlan {
            seat_price: dollars(price.seat),
            provider_portal_seat_price: dollars(price.provider_seat),
            ..PasswordManagerPlan::default()
        }),
    }
}
