//! An organization's own data.

use portal_wire::{
    EventType, OrganizationId, PlanType, Timestamp,
    organization::{KeyPair, Organization},
};

use crate::{
    auth::OrganizationAccess,
    http::names,
    plan::PlanFacts,
    store::{
        Db, StoreError, Tx,
        events::{self, NewEvent},
        members,
        providers::details::touch_staff,
        row::Columns,
    },
};

/// The organization, without what its plan costs.
pub async fn details(db: &mut Db, access: &OrganizationAccess) -> Result<Option<Organization>, StoreError> {
    sqlx::query("SELECT * FROM organizations WHERE id = $1")
        .bind(access.organization_id().to_string())
        .fetch_optional(db)
        .await?
        .map(|row| {
            let kind = PlanType::from_number(row.small("plan_type")?);
            let plan = PlanFacts::of(kind);
            Ok(Organization {
                id: row.id("id")?,
                name: names::decode(&row.text("name")?),
                business_name: row.text_maybe("business_name")?,
                billing_email: row.text("billing_email")?,
                plan_type: kind,
                seats: row.small_maybe("seats")?,
                has_public_and_private_keys: row.text_maybe("public_key")?.is_some()
                    && row.text_maybe("private_key")?.is_some(),
                limit_collection_creation: row.flag("limit_collection_creation")?,
                limit_collection_deletion: row.flag("limit_collection_deletion")?,
                limit_item_deletion: row.flag("limit_item_deletion")?,
                allow_admin_access_to_all_collection_items: row.flag("admins_reach_all_items")?,
                users_get_premium: true,
                self_host: plan.enterprise,
                use_policies: plan.enterprise,
                use_sso: plan.enterprise,
                use_key_connector: plan.enterprise,
                use_scim: true,
                use_groups: true,
                use_directory: true,
                use_events: true,
                use_totp: true,
                use_2fa: true,
                use_api: true,
                use_reset_password: plan.enterprise,
                use_secrets_manager: row.flag("use_secrets_manager")?,
                use_password_manager: true,
                use_custom_permissions: plan.enterprise,
                use_activate_autofill_policy: plan.enterprise,
                use_risk_insights: plan.enterprise,
                use_organization_domains: plan.enterprise,
                use_my_items: plan.enterprise,
                use_invite_links: plan.enterprise,
                ..Organization::default()
            })
        })
        .transpose()
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
         public_key = CASE WHEN public_key IS NULL AND private_key IS NULL THEN $3 ELSE public_key END, \
         private_key = CASE WHEN public_key IS NULL AND private_key IS NULL THEN $4 ELSE private_key END, \
         revised_at = $5 WHERE id = $6",
    )
    .bind(changes.name.map(names::encode))
    .bind(changes.billing_email.map(str::to_owned))
    .bind(changes.keys.map(|keys| keys.public_key.clone()))
    .bind(changes.keys.map(|keys| keys.encrypted_private_key.clone()))
    .bind(now.0)
    .bind(access.organization_id().to_string())
    .execute(&mut **tx)
    .await?;
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
    sqlx::query("SELECT public_key FROM organizations WHERE id = $1")
        .bind(organization.to_string())
        .fetch_optional(db)
        .await?
        .map(|row| row.text_maybe("public_key"))
        .transpose()
}
