//! The profile, and the sync built around it.

use axum::{
    Json,
    extract::{Query, State},
    http::header,
    middleware::from_fn,
    response::{IntoResponse, Response},
};
use portal_wire::{
    List, OrganizationUserStatus,
    identity::{AccountKeys, PublicKeyEncryptionKeyPair},
    profile::{Profile, ProfileOrganization, Sync},
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::Caller,
    http::{ApiError, compression::compress, document::documents},
    store::{
        Db, ciphers, organizations, providers,
        users::{self, User},
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(profile))
        .routes(routes!(sync))
        .routes(routes!(organizations_of_caller))
        .layer(from_fn(compress))
}

/// The person signed in, with every provider, client and organization.
#[utoipa::path(
    get,
    path = "/api/accounts/profile",
    tag = "accounts",
    responses((status = 200, description = "The profile.", body = documents::Profile), (status = 401))
)]
async fn profile(State(context): State<Context>, caller: Caller) -> Result<Response, ApiError> {
    let profile = read(&mut *context.store.read().await?, &caller).await?;
    // Memory of the right size at once: with a thousand clients, growing into it would copy megabytes.
    let rows = profile.organizations_new.len() * 2 + profile.provider_organizations.len();
    let mut text = Vec::with_capacity(4_096 + rows * LENGTH_OF_ROW);
    serde_json::to_writer(&mut text, &profile).map_err(ApiError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// About how many bytes an organization takes in a profile.
const LENGTH_OF_ROW: usize = 2_048;

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct SyncQuery {
    exclude_domains: Option<String>,
}

/// Everything a client keeps: of the vaults, the caller's own items, and what the caller has as a member.
#[utoipa::path(
    get,
    path = "/api/sync",
    tag = "accounts",
    params(("excludeDomains" = Option<bool>, Query, description = "Leaves the domain rules out.")),
    responses((status = 200, description = "A sync.", body = documents::Sync), (status = 401))
)]
async fn sync(
    State(context): State<Context>,
    caller: Caller,
    Query(query): Query<SyncQuery>,
) -> Result<Json<Sync>, ApiError> {
    let mut db = context.store.read().await?;
    let user = users::of_caller(&mut db, &caller).await?.ok_or(ApiError::Unauthenticated)?;
    let user_decryption = decryption(&user);
    let collections = organizations::member_collections(&mut db, &caller).await?;
    let items = ciphers::of_caller(&mut db, &caller).await?;
    let ciphers = items.into_iter().map(|(item, reach)| json!(item.details(reach))).collect();
    let with_domains = !query.exclude_domains.is_some_and(|value| value.eq_ignore_ascii_case("true"));
    Ok(Json(Sync {
        profile: of_user(&mut db, &caller, user).await?,
        collections,
        ciphers,
        domains: with_domains
            .then(|| json!({ "object": "domains", "equivalentDomains": [], "globalEquivalentDomains": [] })),
        user_decryption: Some(user_decryption),
        ..Sync::default()
    }))
}

/// The organizations the caller is a confirmed member of.
#[utoipa::path(
    get,
    path = "/api/organizations",
    tag = "accounts",
    responses((status = 200, description = "A list.", body = documents::ProfileOrganizations), (status = 401))
)]
async fn organizations_of_caller(
    State(context): State<Context>,
    caller: Caller,
) -> Result<Json<List<ProfileOrganization>>, ApiError> {
    let mut db = context.store.read().await?;
    Ok(Json(List::complete(organizations::profile_organizations(&mut db, &caller, false).await?)))
}

/// Reads the caller's profile.
pub(super) async fn read(db: &mut Db, caller: &Caller) -> Result<Profile, ApiError> {
    let user = users::of_caller(db, caller).await?.ok_or(ApiError::Unauthenticated)?;
    of_user(db, caller, user).await
}

async fn of_user(db: &mut Db, caller: &Caller, user: User) -> Result<Profile, ApiError> {
    let account_keys =
        user.private_key.clone().zip(user.public_key.clone()).map(|(wrapped_private_key, public_key)| {
            AccountKeys {
                public_key_encryption_key_pair: Some(PublicKeyEncryptionKeyPair {
                    wrapped_private_key,
                    public_key,
                    signed_public_key: None,
                }),
                ..AccountKeys::default()
            }
        });
    let organizations_new = organizations::profile_organizations(db, caller, true).await?;
    let is_confirmed =
        |organization: &&ProfileOrganization| organization.status == OrganizationUserStatus::Confirmed;
    let providers = providers::profile_providers(db, caller).await?;
    let mut provider_organizations = Vec::new();
    for provider in &providers {
        provider_organizations.append(&mut providers::profile_clients(db, caller, provider).await?);
    }
    Ok(Profile {
        id: user.id,
        name: user.name,
        email: user.email,
        email_verified: user.email_verified,
        premium: false,
        premium_from_organization: false,
        culture: Some(user.culture),
        two_factor_enabled: user.totp_secret.is_some(),
        key: user.user_key,
        private_key: user.private_key,
        account_keys,
        security_stamp: user.security_stamp,
        force_password_reset: user.force_password_reset,
        uses_key_connector: false,
        avatar_color: user.avatar_color,
        creation_date: user.created_at,
        verify_devices: user.verify_devices,
        organizations: organizations_new.iter().filter(is_confirmed).cloned().collect(),
        organizations_new,
        providers,
        provider_organizations,
    })
}

/// How the vault can be unlocked.
fn decryption(user: &User) -> Value {
    let unlock = user.user_key.as_ref().map(|key| {
        json!({
            "kdf": user.kdf,
            "masterKeyEncryptedUserKey": key,
            "masterKeyWrappedUserKey": key,
            "salt": user.salt(),
        })
    });
    json!({ "masterPasswordUnlock": unlock, "webAuthnPrfOptions": null, "v2UpgradeToken": null })
}
