//! Warnings, and where and how a provider is billed. These routes do not ask whether it is billable.

use axum::{Json, extract::State};
use portal_domain::{
    access::Action,
    billing::{Amount, Day, Resolution, tax_id_kind},
};
use portal_wire::{
    ProviderId,
    billing::{ProviderWarnings, SuspensionWarning, TaxIdWarning},
    provider::BillingAddress,
};
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin, ProviderMember},
    billing::payment,
    http::{ApiError, Body, Ids, Validation, document::documents, money::dollars},
    routes::providers::check_address,
    store::{
        Db,
        billing::cycles,
        providers::{
            billing::{self, Billing},
            details::{Standing, standing},
        },
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(warnings))
        .routes(routes!(address, change_address))
        .routes(routes!(payment_method))
        .routes(routes!(credit))
}

/// What needs attention: a suspension, and what somebody of the caller's role can do about it; a tax id that is missing where
/// businesses have one. Whether one that was given is right, nobody here can say.
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
    let mut db = context.store.read().await?;
    let provider = known(&mut db, id).await?;
    let unpaid = payment(&mut db, id, Day::of(context.clock.now())).await?.suspended_unpaid;
    let suspension = (!provider.enabled).then(|| SuspensionWarning {
        resolution: Resolution::of(unpaid, staff.role()).word().to_owned(),
        subscription_cancels_at: None,
    });
    let address = billing::of_provider(&mut db, &staff).await?.address;
    let tax_id = address.filter(lacks_tax_id).map(|_| TaxIdWarning { kind: "tax_id_missing".to_owned() });
    Ok(Json(ProviderWarnings { suspension, tax_id }))
}

fn lacks_tax_id(address: &BillingAddress) -> bool {
    address.tax_id.is_none() && tax_id_kind(&address.country).is_some()
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

/// Changes where the provider is billed. Invoices that were made stay as they are.
#[utoipa::path(
    put,
    path = "/api/providers/{providerId}/billing/vnext/address",
    tag = "billing",
    request_body = documents::BillingAddress,
    responses((status = 200, description = "The address.", body = documents::BillingAddress), (status = 400), (status = 401), (status = 404))
)]
async fn change_address(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
    body: Result<Body<BillingAddress>, ApiError>,
) -> Result<Json<BillingAddress>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::ViewProviderBilling)?;
    let Body(address) = body?;
    let mut wrong = Validation::new();
    check_address(&mut wrong, "", &address);
    wrong.finish()?;
    let mut tx = context.store.write().await?;
    known(&mut tx, id).await?;
    billing::set_address(&mut tx, &admin, &address, context.clock.now()).await?;
    tx.commit().await?;
    Ok(Json(address))
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
    let credit = cycles::of(&mut *context.store.read().await?, id).await?.map(|cycle| cycle.credit);
    Ok(Json(credit.filter(|credit| *credit > Amount::ZERO).map(dollars)))
}
