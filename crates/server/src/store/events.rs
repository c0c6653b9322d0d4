//! The event log.

use std::net::IpAddr;

use portal_wire::{
    CollectionId, DeviceType, EventSystemUser, EventType, GroupId, OrganizationId, OrganizationUserId,
    PolicyId, ProviderId, ProviderOrganizationId, ProviderUserId, Timestamp, UserId,
};
use uuid::{NoContext, Uuid};

use super::{StoreError, Tx};
use crate::auth::Caller;

/// An event about to be written. Fields that do not apply stay empty; contract §5.4 says which apply when.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// What happened.
    pub kind: EventType,
    /// When.
    pub date: Timestamp,
    /// Who did it, and from where.
    pub origin: Origin,
    /// Whom it was done to.
    pub user_id: Option<UserId>,
    /// In which organization's log it stands.
    pub organization_id: Option<OrganizationId>,
    /// In which provider's log it stands.
    pub provider_id: Option<ProviderId>,
    /// The collection.
    pub collection_id: Option<CollectionId>,
    /// The group.
    pub group_id: Option<GroupId>,
    /// The policy.
    pub policy_id: Option<PolicyId>,
    /// The member.
    pub organization_user_id: Option<OrganizationUserId>,
    /// The staff.
    pub provider_user_id: Option<ProviderUserId>,
    /// The client link.
    pub provider_organization_id: Option<ProviderOrganizationId>,
    /// What acted, if no person did.
    pub system_user: Option<EventSystemUser>,
}

/// Who did something, and from where. Taken from the request, never from its body.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    acting_user_id: Option<UserId>,
    device_type: Option<i32>,
    ip_address: Option<String>,
}

impl NewEvent {
    /// Something a signed-in person did.
    pub fn by(caller: &Caller, kind: EventType, date: Timestamp) -> Self {
        let origin = Origin {
            acting_user_id: Some(caller.user_id()),
            device_type: caller.device_type().map(|kind| kind.number()),
            ip_address: Some(caller.ip().to_string()),
        };
        Self::bare(kind, date, origin)
    }

    /// Something that happened to an account before it was signed in.
    pub fn at_sign_in(
        kind: EventType,
        user: UserId,
        device_type: Option<i32>,
        ip: IpAddr,
        date: Timestamp,
    ) -> Self {
        let origin = Origin { acting_user_id: Some(user), device_type, ip_address: Some(ip.to_string()) };
        Self { user_id: Some(user), ..Self::bare(kind, date, origin) }
    }

    /// Something the server itself did.
    pub fn by_system(system: EventSystemUser, kind: EventType, date: Timestamp) -> Self {
        let origin = Origin { device_type: Some(DeviceType::Server.number()), ..Origin::default() };
        Self { system_user: Some(system), ..Self::bare(kind, date, origin) }
    }

    fn bare(kind: EventType, date: Timestamp, origin: Origin) -> Self {
        Self {
            kind,
            date,
            origin,
            user_id: None,
            organization_id: None,
            provider_id: None,
            collection_id: None,
            group_id: None,
            policy_id: None,
            organization_user_id: None,
            provider_user_id: None,
            provider_organization_id: None,
            system_user: None,
        }
    }
}

/// Writes an event, in the transaction of the change it tells of.
///
/// As in the original, nothing is written to the log of an organization or provider that is disabled or whose plan has
/// no events.
pub async fn record(tx: &mut Tx, event: NewEvent) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO events (id, type, date, acting_user_id, user_id, organization_id, provider_id, collection_id, \
         group_id, policy_id, organization_user_id, provider_user_id, provider_organization_id, device_type, \
         ip_address, system_user) \
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 \
         WHERE NOT EXISTS (SELECT 1 FROM providers WHERE id = $7 AND (enabled = 0 OR use_events = 0)) \
         AND NOT EXISTS (SELECT 1 FROM organizations WHERE id = $6 AND enabled = 0)",
    )
    .bind(time_id(event.date).to_string())
    .bind(i64::from(event.kind.number()))
    .bind(event.date.0)
    .bind(event.origin.acting_user_id.map(|id| id.to_string()))
    .bind(event.user_id.map(|id| id.to_string()))
    .bind(event.organization_id.map(|id| id.to_string()))
    .bind(event.provider_id.map(|id| id.to_string()))
    .bind(event.collection_id.map(|id| id.to_string()))
    .bind(event.group_id.map(|id| id.to_string()))
    .bind(event.policy_id.map(|id| id.to_string()))
    .bind(event.organization_user_id.map(|id| id.to_string()))
    .bind(event.provider_user_id.map(|id| id.to_string()))
    .bind(event.provider_organization_id.map(|id| id.to_string()))
    .bind(event.origin.device_type.map(i64::from))
    .bind(event.origin.ip_address)
    .bind(event.system_user.map(|system| i64::from(system.number())))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes an event about an account itself (10xx): once for the person, and once for each provider and organization in
/// which the person is confirmed.
pub async fn record_personal(tx: &mut Tx, event: NewEvent) -> Result<(), StoreError> {
    let Some(user) = event.user_id else { return record(tx, event).await };
    for (provider_id, _) in super::providers::roles(tx, user).await? {
        record(tx, NewEvent { provider_id: Some(provider_id), ..event.clone() }).await?;
    }
    for role in super::organizations::roles(tx, user).await? {
        record(tx, NewEvent { organization_id: Some(role.organization_id), ..event.clone() }).await?;
    }
    record(tx, event).await
}

/// An id that rises with the moment, so that events of one millisecond keep an order.
fn time_id(date: Timestamp) -> Uuid {
    let milliseconds = u64::try_from(date.0).unwrap_or_default();
    let (seconds, rest) = (milliseconds / 1_000, milliseconds % 1_000);
    Uuid::new_v7(uuid::Timestamp::from_unix(
        NoContext,
        seconds,
        u32::try_from(rest).unwrap_or_default() * 1_000_000,
    ))
}
