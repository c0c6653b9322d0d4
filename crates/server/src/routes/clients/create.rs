//! Creating a client.

use axum::extract::State;
use portal_domain::{access::Action, limits::Stored};
use portal_wire::{PlanType, ProviderId, client::CreateClientRequest};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{LONGEST_KEY, billable_for_change, too_many_seats};
use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin},
    http::{ApiError, Body, Ids, Validation, document::documents, validation::normal_email},
    mail::invitations::{self, Organization},
    routes::shared::{check_key_pair, check_name},
    store::{
        clients::{self, Created, NewClient},
        outbox, users,
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(create))
}

/// Creates a client and invites its owner: whole, or not at all.
///
/// An extension of the interface: a request whose `key` equals that of an existing client of the same provider is
/// answered with 200 and makes no second one. Keys are random, so such a request is a repetition; who lost the answer
/// to the first one may repeat it.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/clients",
    tag = "clients",
    request_body = documents::CreateClientRequest,
    responses((status = 200, description = "Created, or created before with the same key."), (status = 400), (status = 401), (status = 404))
)]
async fn create(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
    body: Result<Body<CreateClientRequest>, ApiError>,
) -> Result<(), ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::CreateClient)?;
    let Body(request) = body?;
    let (name, seats) = check(&request)?;
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    let provider = billable_for_change(&mut tx, id).await?;
    if !clients::may_create(provider.kind, request.plan_type) {
        return Err(ApiError::refused("This kind of provider cannot create clients of this plan."));
    }
    let owner_email = normal_email(&request.owner_email);
    let client = NewClient {
        name: &name,
        owner_email: &owner_email,
        plan: request.plan_type,
        seats,
        key: &request.key,
        keys: &request.key_pair,
        collection_name: &request.collection_name,
    };
    match clients::create(&mut tx, &admin, &provider, client, now).await? {
        Created::Before => Ok(()),
        Created::TooManySeats => Err(too_many_seats()),
        Created::NoPool => Err(ApiError::internal("the provider has no pool of seats for the plan")),
        Created::New { organization_id, owner } => {
            let has_account = users::by_email(&mut tx, &owner_email).await?.is_some();
            let organization = Organization { id: organization_id, name: &name, provider: Some(id) };
            let mail =
                invitations::member_invitation(&context, organization, owner, &owner_email, has_account);
            outbox::add(&mut tx, mail, now).await?;
            Ok(tx.commit().await?)
        }
    }
}

fn check(request: &CreateClientRequest) -> Result<(String, u32), ApiError> {
    let mut wrong = Validation::new();
    let name = check_name(&mut wrong, &request.name, Stored::Plain);
    wrong
        .email("OwnerEmail", &request.owner_email)
        .required("CollectionName", &request.collection_name)
        .at_most("CollectionName", &request.collection_name, 1_000);
    check_key_pair(&mut wrong, "KeyPair", &request.key_pair);
    check_key(&mut wrong, &request.key);
    let seats = u32::try_from(request.seats).ok().filter(|seats| *seats > 0);
    if seats.is_none() {
        wrong.error("Seats", "'seats' must be greater than 0");
    }
    let plans = [PlanType::TeamsMonthly, PlanType::EnterpriseMonthly, PlanType::EnterpriseAnnually];
    if !plans.contains(&request.plan_type) {
        wrong.error(
            "PlanType",
            "'planType' must be Teams (Monthly), Enterprise (Monthly) or Enterprise (Annually)",
        );
    }
    wrong.finish()?;
    Ok((name, seats.unwrap_or_default()))
}

pub(super) fn check_key(wrong: &mut Validation, key: &str) {
    wrong.required("Key", key);
    if key.len() > LONGEST_KEY {
        wrong.error("Key", format!("The field Key must be a string with a maximum length of {LONGEST_KEY}."));
    }
}
