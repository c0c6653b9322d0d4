//! What an organization was billed and how it pays (contract §4.2, §6.4). A provider is billed for its clients, and there is no payment
//! service for the others, so nothing is kept here: what matters is who is told so.

use axum::{Json, extract::State};
use portal_domain::access::{Action, Grant};
use portal_wire::OrganizationId;
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Ids},
    store::organizations::billing,
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(summary))
        .routes(routes!(history))
        .routes(routes!(invoices))
        .routes(routes!(transactions))
        .routes(routes!(address))
        .routes(routes!(payment_method))
        .routes(routes!(credit))
}

/// Declares a route that answers one and the same to all who may know.
macro_rules! nothing_kept {
    ($(#[doc = $doc:literal] $name:ident $rest:literal $description:literal $answer:expr;)+) => {
        $(
            #[doc = $doc]
            #[utoipa::path(
                get,
                path = concat!("/api/organizations/{organizationId}/billing", $rest),
                tag = "organizations",
                responses((status = 200, description = $description), (status = 401, description = "Or managed by a provider."))
            )]
            async fn $name(
                State(context): State<Context>,
                caller: Caller,
                Ids(id): Ids<OrganizationId>,
            ) -> Result<Json<Value>, ApiError> {
                demand(&context, &caller, id).await?;
                Ok(Json($answer))
            }
        )+
    };
}

nothing_kept! {
    #[doc = "What the organization owes, and how it pays."]
    summary "" "No balance and no way to pay."
        json!({ "object": "billing", "balance": 0, "paymentSource": null });
    #[doc = "What the organization was billed and what it paid."]
    history "/history" "No invoices and no payments."
        json!({ "object": "billingHistory", "invoices": [], "transactions": [] });
    #[doc = "The organization's invoices."]
    invoices "/invoices" "None." json!([]);
    #[doc = "The organization's payments."]
    transactions "/transactions" "None." json!([]);
    #[doc = "Where the organization is billed."]
    address "/vnext/address" "Null." Value::Null;
    #[doc = "How the organization pays."]
    payment_method "/vnext/payment-method" "Null." Value::Null;
    #[doc = "What the organization has to its credit."]
    credit "/vnext/credit" "Null." Value::Null;
}

/// Lets in who may know; an Owner whose provider does this is told so.
async fn demand(context: &Context, caller: &Caller, id: OrganizationId) -> Result<(), ApiError> {
    let action = Action::ViewPaymentDetails;
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::of(&mut db, caller, id).await?.ok_or_else(|| ApiError::role(action))?;
    match access.grant(action) {
        Grant::Full => Ok(()),
        Grant::ManagedByProvider => {
            let provider = billing::provider_name(&mut db, &access).await?.unwrap_or_default();
            Err(ApiError::UnauthorizedBecause(format!(
                "The bills of this organization are managed by {provider}."
            )))
        }
        Grant::None | Grant::InPart => Err(ApiError::role(action)),
    }
}
