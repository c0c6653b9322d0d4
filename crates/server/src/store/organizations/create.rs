//! Writing an organization, with its first collection and its owner: a provider's client, or somebody's own.

use portal_wire::{
    CollectionId, OrganizationId, OrganizationStatus, OrganizationUserId, OrganizationUserStatus,
    OrganizationUserType, PlanType, Timestamp, UserId, organization::KeyPair,
};
use uuid::Uuid;

use crate::{
    auth::{Caller, secrets},
    http::names,
    plan::PlanFacts,
    store::{StoreError, Tx, users},
};

/// An organization of somebody's own, to be made.
pub struct OwnOrganization<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Where bills would go.
    pub billing_email: &'a str,
    /// Its key for the person.
    pub key: &'a str,
    /// Its key pair, which may also be set later.
    pub keys: Option<&'a KeyPair>,
    /// The name of its first collection under its key.
    pub collection_name: &'a str,
}

/// Makes an organization that the caller owns. It has everything a plan can have, and its seats are not counted. As in
/// Vaultwarden, its making stands in no log.
pub async fn create(
    tx: &mut Tx,
    caller: &Caller,
    own: OwnOrganization<'_>,
    now: Timestamp,
) -> Result<OrganizationId, StoreError> {
    let new = NewOrganization {
        name: own.name,
        billing_email: own.billing_email,
        plan: PlanType::EnterpriseAnnually,
        seats: None,
        status: OrganizationStatus::Created,
        enabled: true,
        keys: own.keys,
    };
    let id = insert(tx, &new, now).await?;
    let owner = NewOwner::Confirmed { user: caller.user_id(), key: own.key };
    insert_owner(tx, id, owner, own.collection_name, now).await?;
    users::touch(tx, caller.user_id(), now).await?;
    Ok(id)
}

/// An organization to be written.
pub(in crate::store) struct NewOrganization<'a> {
    pub(in crate::store) name: &'a str,
    pub(in crate::store) billing_email: &'a str,
    pub(in crate::store) plan: PlanType,
    /// `None` where seats are not counted.
    pub(in crate::store) seats: Option<u32>,
    pub(in crate::store) status: OrganizationStatus,
    pub(in crate::store) enabled: bool,
    pub(in crate::store) keys: Option<&'a KeyPair>,
}

/// Its first owner.
pub(in crate::store) enum NewOwner<'a> {
    /// Somebody who is invited at this address, which is in lower case.
    Invited(&'a str),
    /// Somebody who has made the organization, and its key for them.
    Confirmed { user: UserId, key: &'a str },
}

/// Writes an organization, with its keys.
pub(in crate::store) async fn insert(
    tx: &mut Tx,
    new: &NewOrganization<'_>,
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
    .bind(names::encode(new.name))
    .bind(new.billing_email.to_owned())
    .bind(i64::from(new.plan.number()))
    .bind(PlanFacts::of(new.plan).name)
    .bind(new.seats.map(i64::from))
    .bind(i64::from(new.status.number()))
    .bind(i64::from(new.enabled))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    if let Some(keys) = new.keys {
        sqlx::query(
            "INSERT INTO organization_keys (organization_id, public_key, private_key) VALUES ($1, $2, $3)",
        )
        .bind(id.to_string())
        .bind(keys.public_key.clone())
        .bind(keys.encrypted_private_key.clone())
        .execute(&mut **tx)
        .await?;
    }
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

/// Writes its first owner, who manages its first collection.
pub(in crate::store) async fn insert_owner(
    tx: &mut Tx,
    organization: OrganizationId,
    owner: NewOwner<'_>,
    collection_name: &str,
    now: Timestamp,
) -> Result<OrganizationUserId, StoreError> {
    let (user, email, key, status) = match owner {
        NewOwner::Invited(email) => (None, Some(email), None, OrganizationUserStatus::Invited),
        NewOwner::Confirmed { user, key } => (Some(user), None, Some(key), OrganizationUserStatus::Confirmed),
    };
    let id = OrganizationUserId(Uuid::new_v4());
    sqlx::query(
        "INSERT INTO organization_users (id, organization_id, user_id, email, key, type, status, \
         access_secrets_manager, created_at, revised_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8)",
    )
    .bind(id.to_string())
    .bind(organization.to_string())
    .bind(user.map(|user| user.to_string()))
    .bind(email.map(str::to_owned))
    .bind(key.map(str::to_owned))
    .bind(i64::from(OrganizationUserType::Owner.number()))
    .bind(i64::from(status.number()))
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
    .bind(collection_name.to_owned())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO collection_users (collection_id, organization_user_id, read_only, hide_passwords, manage) \
         VALUES ($1, $2, 0, 0, 1)",
    )
    .bind(collection.to_string())
    .bind(id.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(id)
}
