//! Creating a client: an organization, its first collection, its owner's invitation and its link, all or nothing.

use portal_wire::{
    CollectionId, EventType, OrganizationId, OrganizationStatus, OrganizationUserId, OrganizationUserStatus,
    OrganizationUserType, PlanType, ProviderOrganizationId, Timestamp,
};
use uuid::Uuid;

use super::pools;
use crate::{
    auth::{ProviderAdmin, secrets},
    http::names,
    plan::PlanFacts,
    store::{
        Db, StoreError, Tx,
        events::{self, NewEvent},
        providers::details::{Standing, lock, touch_staff},
    },
};

/// A client to be made.
pub struct NewClient<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The address of its owner, in lower case.
    pub owner_email: &'a str,
    /// Its plan.
    pub plan: PlanType,
    /// Its seats.
    pub seats: u32,
    /// Its key under the provider's key.
    pub key: &'a str,
    /// Its public key.
    pub public_key: &'a str,
    /// Its private key under its key.
    pub private_key: &'a str,
    /// The name of its first collection under its key.
    pub collection_name: &'a str,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    /// It was made, and its owner is to be invited.
    New {
        /// The organization.
        organization_id: OrganizationId,
        /// The owner's membership.
        owner: OrganizationUserId,
    },
    /// The provider has a client with this very key: the request came twice.
    Before,
    /// The provider has no pool of seats for the plan.
    NoPool,
    /// The pool cannot hold so many seats.
    TooManySeats,
}

/// Makes a client.
pub async fn create(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    provider: &Standing,
    client: NewClient<'_>,
    now: Timestamp,
) -> Result<Created, StoreError> {
    let staff = admin.as_member();
    lock(tx, admin.provider_id()).await?;
    if has_key(tx, admin, client.key).await? {
        return Ok(Created::Before);
    }
    let Some(pool) = pools::preview(tx, &staff, client.plan, i64::from(client.seats)).await? else {
        return Ok(Created::NoPool);
    };
    if pools::overflows(&pool.1) {
        return Ok(Created::TooManySeats);
    }
    pools::keep(tx, &staff, pool).await?;
    let organization_id = insert_organization(tx, provider, &client, now).await?;
    let link = insert_link(tx, admin, organization_id, client.key, now).await?;
    let by =
        |kind| NewEvent { provider_id: Some(admin.provider_id()), ..NewEvent::by(admin.caller(), kind, now) };
    let linked = by(EventType::ProviderOrganizationCreated);
    events::record(tx, NewEvent { provider_organization_id: Some(link), ..linked }).await?;
    let owner = insert_owner(tx, organization_id, &client, now).await?;
    let invited = by(EventType::OrganizationUserInvited);
    let invited =
        NewEvent { organization_id: Some(organization_id), organization_user_id: Some(owner), ..invited };
    events::record(tx, invited).await?;
    touch_staff(tx, admin.provider_id(), now).await?;
    Ok(Created::New { organization_id, owner })
}

/// Whether a client of this provider has this very key. Keys are random, so only a repeated request brings one twice.
async fn has_key(db: &mut Db, admin: &ProviderAdmin, key: &str) -> Result<bool, StoreError> {
    let found = sqlx::query("SELECT id FROM provider_organizations WHERE key = $1 AND provider_id = $2")
        .bind(key.to_owned())
        .bind(admin.provider_id().to_string())
        .fetch_optional(db)
        .await?;
    Ok(found.is_some())
}

async fn insert_organization(
    tx: &mut Tx,
    provider: &Standing,
    client: &NewClient<'_>,
    now: Timestamp,
) -> Result<OrganizationId, StoreError> {
    let id = OrganizationId(Uuid::new_v4());
    // Encoded, although the original does not encode the names of clients: it decodes them all the same when they are
    // read, and so would change a name such as "&lt;". What people see is the same for every other name.
    sqlx::query(
        "INSERT INTO organizations (id, name, billing_email, plan_type, plan_name, seats, status, enabled, \
         use_secrets_manager, has_subscription, limit_collection_creation, limit_collection_deletion, \
         limit_item_deletion, admins_reach_all_items, created_at, revised_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, 1, $9, $9)",
    )
    .bind(id.to_string())
    .bind(names::encode(client.name))
    .bind(provider.billing_email.clone())
    .bind(i64::from(client.plan.number()))
    .bind(PlanFacts::of(client.plan).name)
    .bind(i64::from(client.seats))
    .bind(i64::from(OrganizationStatus::Managed.number()))
    .bind(i64::from(provider.enabled))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO organization_keys (organization_id, public_key, private_key) VALUES ($1, $2, $3)",
    )
    .bind(id.to_string())
    .bind(client.public_key.to_owned())
    .bind(client.private_key.to_owned())
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO organization_api_keys (organization_id, type, api_key, revised_at) VALUES ($1, 0, $2, $3)",
    )
    .bind(id.to_string())
    .bind(secrets::random_text::<24>())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Links an organization to the admin's provider.
pub(super) async fn insert_link(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    organization: OrganizationId,
    key: &str,
    now: Timestamp,
) -> Result<ProviderOrganizationId, StoreError> {
    let id = ProviderOrganizationId(Uuid::new_v4());
    sqlx::query(
        "INSERT INTO provider_organizations (id, provider_id, organization_id, key, created_at, revised_at) \
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(id.to_string())
    .bind(admin.provider_id().to_string())
    .bind(organization.to_string())
    .bind(key.to_owned())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

async fn insert_owner(
    tx: &mut Tx,
    organization: OrganizationId,
    client: &NewClient<'_>,
    now: Timestamp,
) -> Result<OrganizationUserId, StoreError> {
    let owner = OrganizationUserId(Uuid::new_v4());
    sqlx::query(
        "INSERT INTO organization_users (id, organization_id, email, type, status, access_secrets_manager, created_at, \
         revised_at) VALUES ($1, $2, $3, $4, $5, 0, $6, $6)",
    )
    .bind(owner.to_string())
    .bind(organization.to_string())
    .bind(client.owner_email.to_owned())
    .bind(i64::from(OrganizationUserType::Owner.number()))
    .bind(i64::from(OrganizationUserStatus::Invited.number()))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    let collection = CollectionId(Uuid::new_v4());
    sqlx::query(
        "INSERT INTO collections (id, organization_id, name, type, created_at, revised_at) \
         VALUES ($1, $2, $3, 0, $4, $4)",
    )
    .bind(collection.to_string())
    .bind(organization.to_string())
    .bind(client.collection_name.to_owned())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO collection_users (collection_id, organization_user_id, read_only, hide_passwords, manage) \
         VALUES ($1, $2, 0, 0, 1)",
    )
    .bind(collection.to_string())
    .bind(owner.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(owner)
}
