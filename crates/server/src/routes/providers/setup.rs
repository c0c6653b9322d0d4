//! Setting a pending provider up.

use axum::{Json, extract::State};
use portal_domain::access::Action;
use portal_wire::{
    ProviderId, ProviderStatus,
    provider::{BillingAddress, Provider, SetupProviderRequest, TokenizedPaymentMethod},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin, tokens::Purpose},
    http::{ApiError, Body, Ids, Validation, document::documents},
    routes::providers::details::names,
    store::{
        Tx,
        providers::{
            self,
            details::{self, Setup},
        },
        users::{self, User},
    },
};

/// How the payment service calls the ways to pay.
const PAYMENT_METHODS: [&str; 3] = ["card", "bankAccount", "payPal"];
/// The longest text of an address, a token or a key that is kept.
const LONGEST: usize = 2_000;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(set_up))
}

/// Sets a pending provider up. What it pays with is checked for its shape and kept: there is no payment service behind
/// this server.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/setup",
    tag = "providers",
    request_body = documents::SetupProviderRequest,
    responses((status = 200, description = "The provider.", body = documents::Provider), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn set_up(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
    body: Result<Body<SetupProviderRequest>, ApiError>,
) -> Result<Json<Provider>, ApiError> {
    let permitted = ProviderAdmin::permitted(&caller, id, Action::SetUpProvider);
    let request = match body {
        Ok(Body(request)) => request,
        // The role comes before the body, as everywhere.
        Err(error) => return Err(permitted.err().unwrap_or(error)),
    };
    let mut tx = context.store.write().await?;
    let user = users::of_caller(&mut tx, &caller).await?.ok_or(ApiError::Unauthenticated)?;
    let admin = match permitted {
        Ok(admin) => admin,
        Err(refusal) => {
            waiting_admin(&context, &mut tx, &caller, &user, id, &request.token).await?.ok_or(refusal)?
        }
    };
    let mut wrong = Validation::new();
    let (name, business_name) = names(&mut wrong, &request.name, request.business_name.as_deref());
    wrong
        .email("BillingEmail", &request.billing_email)
        .required("Token", &request.token)
        .required("Key", &request.key)
        .at_most("Key", &request.key, LONGEST);
    let payment_method = request.payment_method.unwrap_or_default();
    let billing_address = request.billing_address.unwrap_or_default();
    check_payment(&mut wrong, &payment_method);
    check_address(&mut wrong, "BillingAddress.", &billing_address);
    wrong.finish()?;

    let now = context.clock.now();
    let provider = details::standing_for_change(&mut tx, id).await?.ok_or(ApiError::NotFound)?;
    if provider.status != ProviderStatus::Pending {
        return Err(ApiError::refused("The provider is already set up."));
    }
    check_token(&context, id, &user.email, &request.token)?;
    if details::is_barred_from_staff(&mut tx, user.id).await? {
        return Err(ApiError::refused(
            "You are in an organization that confirms members automatically and cannot join a provider.",
        ));
    }
    let setup = Setup {
        name: &name,
        business_name: business_name.as_deref(),
        billing_email: &request.billing_email,
        key: &request.key,
        payment_method: &payment_method,
        billing_address: &billing_address,
    };
    if !details::set_up(&mut tx, &admin, setup, now).await? {
        return Err(ApiError::refused("You are not a confirmed Provider Admin of this provider."));
    }
    let provider = details::details(&mut tx, &admin.as_member()).await?;
    tx.commit().await?;
    provider.map(Json).ok_or(ApiError::NotFound)
}

/// Whoever holds a good set-up link and has the address it was made for is the first admin, who waited under the address
/// until there was an account; the token of that account cannot say so yet.
async fn waiting_admin(
    context: &Context,
    tx: &mut Tx,
    caller: &Caller,
    user: &User,
    id: ProviderId,
    token: &str,
) -> Result<Option<ProviderAdmin>, ApiError> {
    if check_token(context, id, &user.email, token).is_err() {
        return Ok(None);
    }
    providers::bind_invited_admins(tx, user.id, &user.email, Some(id), context.clock.now()).await?;
    Ok(ProviderAdmin::confirmed(tx, caller, id).await?)
}

fn check_token(context: &Context, id: ProviderId, email: &str, token: &str) -> Result<(), ApiError> {
    let good_at = |moment| context.secrets.accepts(Purpose::ProviderSetup, token, id, email, moment);
    if good_at(context.clock.now()) {
        Ok(())
    } else if good_at(portal_wire::Timestamp::MIN) {
        Err(ApiError::refused("The set-up link has expired. The token was good for 120 hours."))
    } else {
        Err(ApiError::refused("The token is not valid for this provider and your e-mail address."))
    }
}

fn check_payment(wrong: &mut Validation, method: &TokenizedPaymentMethod) {
    if !PAYMENT_METHODS.contains(&method.kind.as_str()) {
        wrong.error("PaymentMethod.Type", "The payment method must be card, bankAccount or payPal.");
    }
    wrong.required("PaymentMethod.Token", &method.token).at_most(
        "PaymentMethod.Token",
        &method.token,
        LONGEST,
    );
}

/// Checks an address; its fields are named with this in front.
pub(in crate::routes) fn check_address(wrong: &mut Validation, prefix: &str, address: &BillingAddress) {
    let named = |field: &str| format!("{prefix}{field}");
    if address.country.chars().count() != 2 {
        wrong.error(&named("Country"), "The country must be a code of exactly two letters.");
    }
    wrong.required(&named("PostalCode"), &address.postal_code);
    let tax_id = address.tax_id.clone();
    if let Some(tax_id) = &tax_id {
        wrong.required(&named("TaxId.Code"), &tax_id.code).required(&named("TaxId.Value"), &tax_id.value);
    }
    let fields = [
        ("PostalCode", Some(&address.postal_code)),
        ("Line1", address.line1.as_ref()),
        ("Line2", address.line2.as_ref()),
        ("City", address.city.as_ref()),
        ("State", address.state.as_ref()),
        ("TaxId.Code", tax_id.as_ref().map(|tax_id| &tax_id.code)),
        ("TaxId.Value", tax_id.as_ref().map(|tax_id| &tax_id.value)),
    ];
    for (field, value) in fields {
        if let Some(value) = value {
            wrong.at_most(&named(field), value, 200);
        }
    }
}
