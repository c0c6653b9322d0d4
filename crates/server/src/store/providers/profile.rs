//! What a person's profile says of providers and their clients.

use portal_wire::{
    OrganizationUserStatus, OrganizationUserType, ProviderStatus, ProviderType, ProviderUserStatus,
    ProviderUserType,
    profile::{Permissions, ProfileProvider, ProfileProviderOrganization},
};

use crate::{
    auth::Caller,
    http::names,
    store::{
        Db, StoreError,
        json_rows::{self, JsonRows, json_rows},
        organizations,
        row::Columns,
    },
};

/// The providers the caller is confirmed in.
pub async fn profile_providers(db: &mut Db, caller: &Caller) -> Result<Vec<ProfileProvider>, StoreError> {
    sqlx::query(
        "SELECT provider.id, provider.name, provider.enabled, provider.use_events, provider.status, \
         provider.type AS provider_type, staff.key, staff.type, staff.user_id \
         FROM provider_users staff JOIN providers provider ON provider.id = staff.provider_id \
         WHERE staff.user_id = $1 AND staff.status = $2 ORDER BY provider.created_at, provider.id",
    )
    .bind(caller.user_id().to_string())
    .bind(i64::from(ProviderUserStatus::Confirmed.number()))
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let provider_status = ProviderStatus::from_number(row.small("status")?);
        Ok(ProfileProvider {
            id: row.id("id")?,
            name: row
                .text_maybe("name")?
                .filter(|_| provider_status != ProviderStatus::Pending)
                .as_deref()
                .map(names::decode),
            key: row.text_maybe("key")?,
            status: ProviderUserStatus::Confirmed,
            kind: ProviderUserType::from_number(row.small("type")?),
            enabled: row.flag("enabled")?,
            permissions: Permissions::default(),
            user_id: row.id_maybe("user_id")?,
            use_events: row.flag("use_events")?,
            provider_status,
            provider_type: ProviderType::from_number(row.small("provider_type")?),
        })
    })
    .collect()
}

const CLIENTS: JsonRows = json_rows!(
    organizations::facts_columns!(), "link.key";
    "link.created_at, link.id";
    "provider_users staff \
     JOIN provider_organizations link ON link.provider_id = staff.provider_id \
     JOIN organizations organization ON organization.id = link.organization_id \
     WHERE staff.user_id = $1 AND staff.status = $2 AND staff.provider_id = $3"
);

/// The clients of one of the providers the caller is confirmed in.
pub async fn profile_clients(
    db: &mut Db,
    caller: &Caller,
    provider: &ProfileProvider,
) -> Result<Vec<ProfileProviderOrganization>, StoreError> {
    let answer = sqlx::query(CLIENTS.on(db))
        .bind(caller.user_id().to_string())
        .bind(i64::from(ProviderUserStatus::Confirmed.number()))
        .bind(provider.id.to_string())
        .fetch_one(db)
        .await?;
    let clients: Vec<(organizations::Facts, (Option<String>,))> = json_rows::read(&answer, "client")?;
    let view = |(facts, (key,)): (organizations::Facts, _)| {
        organizations::organization_view!(ProfileProviderOrganization of facts on plan {
            user_id: Some(caller.user_id()),
            identifier: facts.identifier,
            enabled: facts.enabled.0,
            product_tier_type: plan.tier,
            status: OrganizationUserStatus::Confirmed,
            kind: OrganizationUserType::Owner,
            key: key,
            provider_id: Some(provider.id),
            provider_name: provider.name.clone(),
            provider_type: Some(provider.provider_type),
        })
    };
    Ok(clients.into_iter().map(view).collect())
}
