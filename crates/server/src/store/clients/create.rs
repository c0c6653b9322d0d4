//! Creating a client: an organization, its first collection, its owner's invitation and its link, all or nothing.

use portal_wire::{
    EventType, OrganizationId, OrganizationStatus, OrganizationUserId, PlanType, ProviderOrganizationId,
    Timestamp, organization::KeyPair,
};
use uuid::Uuid;

use super::pools;
use crate::{
    auth::ProviderAdmin,
    store::{
        Db, StoreError, Tx,
        billing::changes::SeatChange,
        events::{self, NewEvent},
        organizations::create::{NewOrganization, NewOwner, insert, insert_owner},
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
    /// Its key pair.
    pub keys: &'a KeyPair,
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
    let new = NewOrganization {
        name: client.name,
        billing_email: &provider.billing_email,
        plan: client.plan,
        seats: Some(client.seats),
        status: OrganizationStatus::Managed,
        enabled: provider.enabled,
        keys: Some(client.keys),
    };
    let organization = insert(tx, &new, now).await?;
    let (plan, after) = pool;
    let change = SeatChange { organization, plan, alone: false, by: i64::from(client.seats) };
    pools::keep(tx, admin.provider_id(), change, &after, now).await?;
    let link = insert_link(tx, admin, organization, client.key, now).await?;
    let by =
        |kind| NewEvent { provider_id: Some(admin.provider_id()), ..NewEvent::by(admin.caller(), kind, now) };
    let linked = by(EventType::ProviderOrganizationCreated);
    events::record(tx, NewEvent { provider_organization_id: Some(link), ..linked }).await?;
    let owner = NewOwner::Invited(client.owner_email);
    let owner = insert_owner(tx, organization, owner, client.collection_name, now).await?;
    let invited = by(EventType::OrganizationUserInvited);
    let invited =
        NewEvent { organization_id: Some(organization), organization_user_id: Some(owner), ..invited };
    events::record(tx, invited).await?;
    touch_staff(tx, admin.provider_id(), now).await?;
    Ok(Created::New { organization_id: organization, owner })
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
