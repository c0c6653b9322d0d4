//! Filling a provider with very many clients and events at once: for demo data and measurements.
//!
//! Nothing here can be reached over HTTP, and nothing asks for a proof: it is for programs that own the database.

mod events;
mod people;
pub(in crate::store) mod rows;

use portal_domain::billing::Day;
use portal_wire::{
    CollectionId, OrganizationId, OrganizationStatus, OrganizationUserId, OrganizationUserStatus,
    OrganizationUserType, PlanType, ProviderId, ProviderOrganizationId, ProviderUserId, ProviderUserStatus,
    ProviderUserType, Timestamp, UserId, profile::Permissions,
};
use uuid::Uuid;

use self::rows::{Rows, Value, number, text, text_maybe};
pub use self::{
    events::{EventLoad, insert_events, repeat_event},
    people::{BulkAccount, insert_accounts},
};
use super::{Store, StoreError, Tx, providers::details};
use crate::{auth::secrets, http::names, plan::PlanFacts};

/// A client to be made. Its keys are ready, because only the provider's own people can make them.
#[derive(Clone, Debug)]
pub struct BulkClient {
    /// What it is called.
    pub name: String,
    /// Where its bills go.
    pub billing_email: String,
    /// Its plan.
    pub plan: PlanType,
    /// Its seats.
    pub seats: u32,
    /// Its key under the provider's key.
    pub key: String,
    /// Its public key.
    pub public_key: String,
    /// Its private key under its key.
    pub private_key: String,
    /// The name of its first collection under its key.
    pub collection_name: String,
    /// Its members. Every owner manages the first collection.
    pub members: Vec<BulkMember>,
    /// Since when it is a client.
    pub created_at: Timestamp,
}

/// A member of a client to be made.
#[derive(Clone, Debug)]
pub struct BulkMember {
    /// The person, or the address that is invited.
    pub who: BulkPerson,
    /// The role.
    pub role: OrganizationUserType,
    /// What a custom role may.
    pub permissions: Permissions,
    /// How far the person's way has come.
    pub status: OrganizationUserStatus,
    /// The organization's key for the person.
    pub key: Option<String>,
}

/// Who a member is.
#[derive(Clone, Debug)]
pub enum BulkPerson {
    /// Somebody with an account.
    User(UserId),
    /// An address, in lower case.
    Invited(String),
}

/// A client that was made.
#[derive(Clone, Debug)]
pub struct BulkMade {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The link.
    pub link: ProviderOrganizationId,
    /// The members, in the order they were given.
    pub members: Vec<OrganizationUserId>,
}

/// Makes clients of a provider, in one transaction and without events or mail.
pub async fn insert_clients(
    store: &Store,
    provider: ProviderId,
    clients: &[BulkClient],
) -> Result<Vec<BulkMade>, StoreError> {
    let mut organizations = Rows::new(
        "organizations",
        "id, name, billing_email, plan_type, plan_name, seats, status, enabled, use_secrets_manager, has_subscription, \
         limit_collection_creation, limit_collection_deletion, limit_item_deletion, admins_reach_all_items, created_at, \
         revised_at",
    );
    let mut keys = Rows::new("organization_keys", "organization_id, public_key, private_key");
    let mut api_keys = Rows::new("organization_api_keys", "organization_id, type, api_key, revised_at");
    let mut links =
        Rows::new("provider_organizations", "id, provider_id, organization_id, key, created_at, revised_at");
    let mut collections = Rows::new("collections", "id, organization_id, name, type, created_at, revised_at");
    let mut seats = Rows::new("seat_changes", "provider_id, organization_id, plan_type, alone, day, seats");
    let mut members = member_rows();
    let mut access = Rows::new(
        "collection_users",
        "collection_id, organization_user_id, read_only, hide_passwords, manage",
    );

    let mut made = Vec::with_capacity(clients.len());
    for client in clients {
        let organization_id = OrganizationId(Uuid::new_v4());
        let link = ProviderOrganizationId(Uuid::new_v4());
        let collection = CollectionId(Uuid::new_v4());
        let moment = number(client.created_at.0);
        organizations.push([
            text(organization_id),
            text(names::encode(&client.name)),
            text(&client.billing_email),
            number(client.plan.number()),
            text(PlanFacts::of(client.plan).name),
            number(client.seats),
            number(OrganizationStatus::Managed.number()),
            number(1),
            number(0),
            number(0),
            number(0),
            number(0),
            number(0),
            number(1),
            moment.clone(),
            moment.clone(),
        ]);
        if client.seats > 0 {
            seats.push([
                text(provider),
                text(organization_id),
                number(client.plan.number()),
                number(0),
                number(Day::of(client.created_at).midnight().0),
                number(client.seats),
            ]);
        }
        keys.push([text(organization_id), text(&client.public_key), text(&client.private_key)]);
        api_keys.push([text(organization_id), number(0), text(secrets::random_text::<24>()), moment.clone()]);
        links.push([
            text(link),
            text(provider),
            text(organization_id),
            text(&client.key),
            moment.clone(),
            moment.clone(),
        ]);
        collections.push([
            text(collection),
            text(organization_id),
            text(&client.collection_name),
            number(0),
            moment.clone(),
            moment.clone(),
        ]);
        let mut ids = Vec::with_capacity(client.members.len());
        for member in &client.members {
            let id = OrganizationUserId(Uuid::new_v4());
            members.push(member_row(id, organization_id, member, client.created_at)?);
            if member.role == OrganizationUserType::Owner {
                access.push([text(collection), text(id), number(0), number(0), number(1)]);
            }
            ids.push(id);
        }
        made.push(BulkMade { organization_id, link, members: ids });
    }

    let mut tx = store.write().await?;
    for table in [organizations, keys, api_keys, links, seats, collections, members, access] {
        table.insert(&mut tx).await?;
    }
    assign_seats(&mut tx, provider, clients).await?;
    if let Some(newest) = clients.iter().map(|client| client.created_at).max() {
        details::touch_staff(&mut tx, provider, newest).await?;
    }
    tx.commit().await?;
    Ok(made)
}

/// Adds members to an organization, without events or mail, and without a look at its seats. Owners get no collection.
pub async fn insert_members(
    store: &Store,
    organization: OrganizationId,
    members: &[BulkMember],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut rows = member_rows();
    for member in members {
        rows.push(member_row(OrganizationUserId(Uuid::new_v4()), organization, member, now)?);
    }
    let mut tx = store.write().await?;
    rows.insert(&mut tx).await?;
    tx.commit().await
}

/// Puts somebody on a provider's staff, confirmed but without its key, which only its own people can give.
pub async fn insert_staff(
    store: &Store,
    provider: ProviderId,
    user: UserId,
    role: ProviderUserType,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut rows =
        Rows::new("provider_users", "id, provider_id, user_id, type, status, created_at, revised_at");
    rows.push([
        text(ProviderUserId(Uuid::new_v4())),
        text(provider),
        text(user),
        number(role.number()),
        number(ProviderUserStatus::Confirmed.number()),
        number(now.0),
        number(now.0),
    ]);
    let mut tx = store.write().await?;
    rows.insert(&mut tx).await?;
    details::touch_staff(&mut tx, provider, now).await?;
    tx.commit().await
}

fn member_rows() -> Rows {
    Rows::new(
        "organization_users",
        "id, organization_id, user_id, email, key, type, status, access_secrets_manager, permissions, created_at, \
         revised_at",
    )
}

fn member_row(
    id: OrganizationUserId,
    organization: OrganizationId,
    member: &BulkMember,
    since: Timestamp,
) -> Result<[Value; 11], StoreError> {
    let (user, email) = match &member.who {
        BulkPerson::User(user) => (Some(user.to_string()), None),
        BulkPerson::Invited(email) => (None, Some(email.clone())),
    };
    let permissions = (member.role == OrganizationUserType::Custom)
        .then(|| serde_json::to_string(&member.permissions))
        .transpose()
        .map_err(|_| StoreError::Unreadable { column: "permissions" })?;
    Ok([
        text(id),
        text(organization),
        text_maybe(user),
        text_maybe(email),
        text_maybe(member.key.clone()),
        number(member.role.number()),
        number(member.status.number()),
        number(0),
        text_maybe(permissions),
        number(since.0),
        number(since.0),
    ])
}

async fn assign_seats(tx: &mut Tx, provider: ProviderId, clients: &[BulkClient]) -> Result<(), StoreError> {
    let mut plans: Vec<PlanType> = clients.iter().map(|client| client.plan).collect();
    plans.sort();
    plans.dedup();
    for plan in plans {
        let seats = clients.iter().filter(|client| client.plan == plan).map(|client| i64::from(client.seats));
        sqlx::query(
            "UPDATE provider_plans SET allocated_seats = allocated_seats + $1, purchased_seats = \
             CASE WHEN allocated_seats + $1 > seat_minimum THEN allocated_seats + $1 - seat_minimum ELSE 0 END \
             WHERE provider_id = $2 AND plan_type = $3",
        )
        .bind(seats.sum::<i64>())
        .bind(provider.to_string())
        .bind(i64::from(plan.number()))
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
