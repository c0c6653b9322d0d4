//! Event logs (contract §5).

use axum::{
    Json,
    extract::{Query, State},
    middleware::from_fn,
};
use portal_domain::access::Action;
use portal_wire::{
    CipherId, Event, List, OrganizationId, OrganizationUserId, ProviderId, ProviderUserId, Timestamp,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess, ProviderAdmin},
    http::{ApiError, Ids, compression::compress, document::documents},
    settings::Mode,
    store::{
        Db, ciphers,
        events::read::{self, Cursor, Log},
        members,
        providers::staff,
    },
};

const DAY: i64 = 24 * 3_600_000;
/// How far back a log is read if no range is given.
const DEFAULT_DAYS: i64 = 30;
/// The longest range.
const MOST_DAYS: i64 = 367;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(of_provider))
        .routes(routes!(of_staff))
        .routes(routes!(of_organization))
        .routes(routes!(of_member))
        .routes(routes!(of_cipher))
        .routes(routes!(own))
        .layer(from_fn(compress))
}

/// The query: names in any case, as everywhere.
type Pairs = Query<Vec<(String, String)>>;

/// The range and the place in it that a request asks for.
struct Wanted {
    start: Timestamp,
    end: Timestamp,
    before: Option<Cursor>,
    mode: Mode,
}

impl Wanted {
    fn read(query: &Pairs, context: &Context) -> Result<Self, ApiError> {
        let value = |wanted: &str| {
            let found = query.0.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
        };
        let moment = |name: &str, field: &str| {
            let text = value(name);
            text.map(|text| {
                text.parse::<Timestamp>().map_err(|error| ApiError::invalid(field, error.to_string()))
            })
            .transpose()
        };
        let before = value("continuationToken").map(str::parse).transpose();
        let before = before
            .map_err(|error: read::NotACursor| ApiError::invalid("ContinuationToken", error.to_string()))?;
        let (start, end) = match (moment("start", "Start")?, moment("end", "End")?) {
            (Some(start), Some(end)) => (start.min(end), start.max(end)),
            // One of the two alone counts for nothing.
            _ => {
                let today = context.clock.now().0.div_euclid(DAY);
                (Timestamp((today - DEFAULT_DAYS) * DAY), Timestamp((today + 1) * DAY - 1))
            }
        };
        if end.0.saturating_sub(start.0) > MOST_DAYS * DAY {
            return Err(ApiError::refused("Range too large."));
        }
        Ok(Self { start, end, before, mode: context.settings.mode })
    }

    async fn page(&self, db: &mut Db, log: &Log) -> Result<Json<List<Event>>, ApiError> {
        let (mut data, next) = read::page(db, log, self.start, self.end, self.before).await?;
        if self.mode == Mode::Owner {
            // What a provider's staff did, when there were providers, was done by somebody all the same.
            data.iter_mut().for_each(forget_provider);
        }
        Ok(Json(List { data, continuation_token: next.map(|next| next.to_string()) }))
    }
}

/// Leaves out of an event what it says of a provider.
fn forget_provider(event: &mut Event) {
    event.provider_id = None;
    event.provider_user_id = None;
    event.provider_organization_id = None;
}

/// The events of a provider.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/events",
    tag = "events",
    params(("start" = Option<String>, Query), ("end" = Option<String>, Query), ("continuationToken" = Option<String>, Query)),
    responses((status = 200, description = "A page of events.", body = documents::Events), (status = 400), (status = 401), (status = 404))
)]
async fn of_provider(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
    query: Pairs,
) -> Result<Json<List<Event>>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::ViewProviderEvents)?;
    let wanted = Wanted::read(&query, &context)?;
    wanted.page(&mut *context.store.read().await?, &Log::of_provider(&admin)).await
}

/// The events of a provider that one of its staff caused.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/users/{id}/events",
    tag = "events",
    params(("start" = Option<String>, Query), ("end" = Option<String>, Query), ("continuationToken" = Option<String>, Query)),
    responses((status = 200, description = "A page of events.", body = documents::Events), (status = 400), (status = 401), (status = 404))
)]
async fn of_staff(
    State(context): State<Context>,
    caller: Caller,
    Ids((provider, id)): Ids<(ProviderId, ProviderUserId)>,
    query: Pairs,
) -> Result<Json<List<Event>>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::ViewProviderEvents)?;
    let wanted = Wanted::read(&query, &context)?;
    let mut db = context.store.read().await?;
    let person = staff::one(&mut db, &admin, id).await?.and_then(|staff| staff.user_id);
    wanted.page(&mut db, &Log::of_provider(&admin).by(person.ok_or(ApiError::NotFound)?)).await
}

/// The events of an organization.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/events",
    tag = "events",
    params(("start" = Option<String>, Query), ("end" = Option<String>, Query), ("continuationToken" = Option<String>, Query)),
    responses((status = 200, description = "A page of events.", body = documents::Events), (status = 400), (status = 401), (status = 404))
)]
async fn of_organization(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    query: Pairs,
) -> Result<Json<List<Event>>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, Action::ViewOrganizationEvents).await?;
    Wanted::read(&query, &context)?.page(&mut db, &Log::of_organization(&access)).await
}

/// The events of an organization that one of its members caused.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/users/{id}/events",
    tag = "events",
    params(("start" = Option<String>, Query), ("end" = Option<String>, Query), ("continuationToken" = Option<String>, Query)),
    responses((status = 200, description = "A page of events.", body = documents::Events), (status = 400), (status = 401), (status = 404))
)]
async fn of_member(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
    query: Pairs,
) -> Result<Json<List<Event>>, ApiError> {
    let mut db = context.store.read().await?;
    let access =
        OrganizationAccess::permitted(&mut db, &caller, organization, Action::ViewOrganizationEvents).await?;
    let wanted = Wanted::read(&query, &context)?;
    let person = members::person(&mut db, &access, id).await?.ok_or(ApiError::NotFound)?;
    wanted.page(&mut db, &Log::of_organization(&access).by(person)).await
}

/// What was done with an item.
#[utoipa::path(
    get,
    path = "/api/ciphers/{id}/events",
    tag = "events",
    params(("start" = Option<String>, Query), ("end" = Option<String>, Query), ("continuationToken" = Option<String>, Query)),
    responses((status = 200, description = "A page of events.", body = documents::Events), (status = 400), (status = 401), (status = 404))
)]
async fn of_cipher(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
    query: Pairs,
) -> Result<Json<List<Event>>, ApiError> {
    let mut db = context.store.read().await?;
    match ciphers::organization_of(&mut db, id).await? {
        Some(organization) => {
            let action = Action::ViewOrganizationEvents;
            OrganizationAccess::permitted(&mut db, &caller, organization, action).await?;
        }
        None if ciphers::is_own(&mut db, &caller, id).await? => {}
        None => return Err(ApiError::NotFound),
    }
    Wanted::read(&query, &context)?.page(&mut db, &Log::of_cipher(id)).await
}

/// The caller's own events.
#[utoipa::path(
    get,
    path = "/api/events",
    tag = "events",
    params(("start" = Option<String>, Query), ("end" = Option<String>, Query), ("continuationToken" = Option<String>, Query)),
    responses((status = 200, description = "A page of events.", body = documents::Events), (status = 400), (status = 401))
)]
async fn own(
    State(context): State<Context>,
    caller: Caller,
    query: Pairs,
) -> Result<Json<List<Event>>, ApiError> {
    let wanted = Wanted::read(&query, &context)?;
    wanted.page(&mut *context.store.read().await?, &Log::of_caller(&caller)).await
}
