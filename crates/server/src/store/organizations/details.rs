//! An organization's own data.

use portal_wire::{
    EventType, OrganizationId, Timestamp,
    organization::{KeyPair, Organization},
};

use super::{Facts, facts_columns, organization_view};
use crate::{
    auth::OrganizationAccess,
    http::names,
    store::{
        Db, StoreError, Tx,
        events::{self, NewEvent},
        json_rows::{self, JsonRows, json_rows},
        members,
        providers::details::touch_staff,
        row::Columns,
    },
};

const DETAILS: JsonRows = json_rows!(
    facts_columns!(), "organization.business_name, organization.billing_email";
    "organization.id";
    "organizations organization WHERE organization.id = $1"
);

/// The organization, without what its plan costs.
pub async fn details(db: &mut Db, access: &OrganizationAccess) -> Result<Option<Organization>, StoreError> {
    let answer = sqlx::query(DETAILS.on(db)).bind(access.organization_id().to_string()).fetch_one(db).await?;
    let found: Vec<(Facts, (Option<String>, String))> = json_rows::read(&answer, "organization")?;
    Ok(found.into_iter().next().map(|(facts, (business_name, billing_email))| {
        organization_view!(Organization of facts on plan {
            plan_type: facts.plan_type,
            business_name: business_name,
            billing_email: billing_email,
        })
    }))
}

/// What changes; `None` leaves a thing as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changes<'a> {
    /// What it is called.
    pub name: Option<&'a str>,
    /// Where bills go.
    pub billing_email: Option<&'a str>,
    /// A key pair, which only fills a missing one.
    pub keys: Option<&'a KeyPair>,
}

/// Changes an organization.
pub async fn update(
    tx: &mut Tx,
    access: &OrganizationAccess,
    changes: Changes<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE organizations SET name = COALESCE($1, name), billing_email = COALESCE($2, billing_email), \
         revised_at = $3 WHERE id = $4",
    )
    .bind(changes.name.map(names::encode))
    .bind(changes.billing_email.map(str::to_owned))
    .bind(now.0)
    .bind(access.organization_id().to_string())
    .execute(&mut **tx)
    .await?;
    if let Some(keys) = changes.keys {
        sqlx::query(
            "INSERT INTO organization_keys (organization_id, public_key, private_key) VALUES ($1, $2, $3) \
             ON CONFLICT (organization_id) DO NOTHING",
        )
        .bind(access.organization_id().to_string())
        .bind(keys.public_key.clone())
        .bind(keys.encrypted_private_key.clone())
        .execute(&mut **tx)
        .await?;
    }
    let event = NewEvent {
        organization_id: Some(access.organization_id()),
        provider_id: access.provider_for_events(),
        ..NewEvent::by(access.caller(), EventType::OrganizationUpdated, now)
    };
    events::record(tx, event).await?;
    members::touch_all(tx, access.organization_id(), now).await?;
    if let Some(provider) = access.provider() {
        touch_staff(tx, provider.provider_id, now).await?;
    }
    Ok(())
}

/// The public key, which everybody may know; `None` if there is no such organization.
pub async fn public_key(
    db: &mut Db,
    organization: OrganizationId,
) -> Result<Option<Option<String>>, StoreError> {
    sqlx::query(
        "SELECT keys.public_key FROM organizations organization \
         LEFT JOIN organization_keys keys ON keys.organization_id = organization.id WHERE organization.id = $1",
    )
    .bind(organization.to_string())
        .fetch_optional(db)
        .await?
        .map(|row| row.text_maybe("public_key"))
        .transpose()
}
