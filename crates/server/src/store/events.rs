//! The event log.

pub mod read;

use std::{
    net::IpAddr,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use portal_wire::{
    CipherId, CollectionId, DeviceType, EventSystemUser, EventType, GroupId, OrganizationId,
    OrganizationUserId, PolicyId, ProviderId, ProviderOrganizationId, ProviderUserId, Timestamp, UserId,
};
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::{
    auth::{Caller, OrganizationAccess, secrets},
    plan,
};

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
    /// The item.
    pub cipher_id: Option<CipherId>,
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
            cipher_id: None,
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
/// As in the original, nothing is written to the log of an organization or provider that is disabled or keeps no events.
/// What stands in the logs of both stays in the organization's if only the provider keeps none.
pub async fn record(tx: &mut Tx, event: NewEvent) -> Result<(), StoreError> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        format!(
            "INSERT INTO events (id, type, date, acting_user_id, user_id, organization_id, provider_id, collection_id, \
             group_id, policy_id, organization_user_id, provider_user_id, provider_organization_id, device_type, \
             ip_address, system_user, cipher_id) \
             SELECT $1, $2, $3, $4, $5, $6, (SELECT id FROM providers WHERE id = $7 AND enabled = 1 AND use_events = 1), \
             $8, $9, $10, $11, $12, $13, $14, $15, $16, $17 \
             WHERE NOT EXISTS (SELECT 1 FROM organizations WHERE id = $6 AND (enabled = 0 OR plan_type IN ({}))) \
             AND ($7 IS NULL OR $6 IS NOT NULL \
                  OR EXISTS (SELECT 1 FROM providers WHERE id = $7 AND enabled = 1 AND use_events = 1))",
            plan::without_events()
        )
    });
    sqlx::query(sqlx::AssertSqlSafe(SQL.as_str()))
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
        .bind(event.cipher_id.map(|id| id.to_string()))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes the oldest of the events from before a moment, at most so many; gives how many there were. The ids rise with the
/// moments, so that the primary key finds them.
pub async fn forget_before(tx: &mut Tx, moment: Timestamp, most: u32) -> Result<u64, StoreError> {
    let oldest_kept = Uuid::from_u128(milliseconds(moment) << 80);
    let deleted = sqlx::query(
        "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE id < $1 ORDER BY id LIMIT $2)",
    )
    .bind(oldest_kept.to_string())
    .bind(i64::from(most))
    .execute(&mut **tx)
    .await?;
    Ok(deleted.rows_affected())
}

/// An event in an organization's log that the caller causes, which stands in the provider's log as well where contract §5.4
/// says so.
pub fn in_organization(access: &OrganizationAccess, kind: EventType, now: Timestamp) -> NewEvent {
    NewEvent {
        organization_id: Some(access.organization_id()),
        provider_id: access.provider_for_events(),
        ..NewEvent::by(access.caller(), kind, now)
    }
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

/// An id that rises with the moment and, within a millisecond, in the order this process wrote: a version 7 UUID whose
/// counter goes on for as long as the process runs.
pub(super) fn time_id(date: Timestamp) -> Uuid {
    static WRITTEN: AtomicU64 = AtomicU64::new(0);
    let count = u128::from(WRITTEN.fetch_add(1, Ordering::Relaxed));
    let (high, low) = ((count >> 30) & 0xfff, count & 0x3fff_ffff);
    let random = u128::from(u32::from_le_bytes(secrets::random()));
    Uuid::from_u128((milliseconds(date) << 80) | (7 << 76) | (high << 64) | (2 << 62) | (low << 32) | random)
}

/// The part of a version 7 UUID that tells the time.
fn milliseconds(date: Timestamp) -> u128 {
    u128::from(date.0.max(0).unsigned_abs()) & 0xffff_ffff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_rise_and_are_version_7() {
        let ids: Vec<Uuid> = (0..1_000).map(|_| time_id(Timestamp(1_700_000_000_000))).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
        assert!(time_id(Timestamp(1_700_000_000_001)) > ids[999]);
    }
}
