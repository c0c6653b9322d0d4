//! Confirming people, changing their role, removing them.

use portal_wire::{
    EventType, ProviderUserId, ProviderUserStatus, ProviderUserType, Timestamp, provider::StaffKey,
};

use super::{Staff, all, invite::among};
use crate::{
    auth::ProviderAdmin,
    store::{
        StoreError, Tx,
        events::{self, NewEvent},
        invitations,
        providers::details::{is_barred_from_staff, lock},
        users,
    },
};

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StaffRefusal {
    /// No admin would remain.
    #[error("The provider must keep at least one confirmed Provider Admin.")]
    LastAdmin,
    /// Nobody can remove themselves.
    #[error("You cannot remove yourself.")]
    Yourself,
    /// Only who accepted can be confirmed.
    #[error("Only people who have accepted their invitation can be confirmed.")]
    NotAccepted,
    /// An organization of the person forbids it.
    #[error(
        "This person is in an organization that confirms members automatically and cannot join a provider."
    )]
    Barred,
}

/// One of the staff, and what came of it.
pub type Confirmation = (Staff, Result<(), StaffRefusal>);

/// Gives people who accepted the provider's key. Ids of nobody in the staff, and of people without an account, are left
/// out.
pub async fn confirm(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    keys: &[StaffKey],
    now: Timestamp,
) -> Result<Vec<Confirmation>, StoreError> {
    lock(tx, admin.provider_id()).await?;
    users::lock_many(tx).await?;
    let ids: Vec<ProviderUserId> = keys.iter().map(|key| key.id).collect();
    let mut outcome = Vec::with_capacity(keys.len());
    for staff in among(all(tx, admin).await?, &ids) {
        let (Some(user_id), Some(key)) = (staff.user_id, keys.iter().find(|key| key.id == staff.id)) else {
            continue;
        };
        if staff.status != ProviderUserStatus::Accepted {
            outcome.push((staff, Err(StaffRefusal::NotAccepted)));
            continue;
        }
        if is_barred_from_staff(tx, user_id).await? {
            outcome.push((staff, Err(StaffRefusal::Barred)));
            continue;
        }
        sqlx::query("UPDATE provider_users SET status = $1, key = $2, revised_at = $3 WHERE id = $4")
            .bind(i64::from(ProviderUserStatus::Confirmed.number()))
            .bind(key.key.clone())
            .bind(now.0)
            .bind(staff.id.to_string())
            .execute(&mut **tx)
            .await?;
        record(tx, admin, &staff, EventType::ProviderUserConfirmed, now).await?;
        users::touch(tx, user_id, now).await?;
        outcome.push((staff, Ok(())));
    }
    Ok(outcome)
}

/// What came of changing a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleChange {
    /// It was changed.
    Done,
    /// There is nobody with that id in the staff.
    NoSuchStaff,
    /// It was refused.
    Refused(StaffRefusal),
}

/// Gives one of the staff another role.
pub async fn change_role(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    id: ProviderUserId,
    role: ProviderUserType,
    now: Timestamp,
) -> Result<RoleChange, StoreError> {
    lock(tx, admin.provider_id()).await?;
    let everybody = all(tx, admin).await?;
    let Some(staff) = everybody.iter().find(|staff| staff.id == id) else {
        return Ok(RoleChange::NoSuchStaff);
    };
    if role != ProviderUserType::ProviderAdmin && !an_admin_remains(&everybody, &[id]) {
        return Ok(RoleChange::Refused(StaffRefusal::LastAdmin));
    }
    sqlx::query("UPDATE provider_users SET type = $1, revised_at = $2 WHERE id = $3")
        .bind(i64::from(role.number()))
        .bind(now.0)
        .bind(id.to_string())
        .execute(&mut **tx)
        .await?;
    record(tx, admin, staff, EventType::ProviderUserUpdated, now).await?;
    if let Some(user_id) = staff.user_id {
        users::touch(tx, user_id, now).await?;
    }
    Ok(RoleChange::Done)
}

/// Removes people, in whatever state; ids of nobody in the staff are left out. Refused as a whole if no confirmed admin
/// would remain outside of `ids`.
pub async fn remove(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    ids: &[ProviderUserId],
    now: Timestamp,
) -> Result<Result<Vec<Confirmation>, StaffRefusal>, StoreError> {
    lock(tx, admin.provider_id()).await?;
    let everybody = all(tx, admin).await?;
    if !an_admin_remains(&everybody, ids) {
        return Ok(Err(StaffRefusal::LastAdmin));
    }
    users::lock_many(tx).await?;
    let mut outcome = Vec::with_capacity(ids.len());
    for staff in among(everybody, ids) {
        if staff.user_id == Some(admin.caller().user_id()) {
            outcome.push((staff, Err(StaffRefusal::Yourself)));
            continue;
        }
        if let Some(user_id) = staff.user_id {
            users::touch(tx, user_id, now).await?;
        }
        invitations::forget_staff(tx, staff.id).await?;
        sqlx::query("DELETE FROM provider_users WHERE id = $1")
            .bind(staff.id.to_string())
            .execute(&mut **tx)
            .await?;
        record(tx, admin, &staff, EventType::ProviderUserRemoved, now).await?;
        outcome.push((staff, Ok(())));
    }
    Ok(Ok(outcome))
}

/// Whether there is a confirmed admin beside these.
fn an_admin_remains(everybody: &[Staff], ids: &[ProviderUserId]) -> bool {
    everybody.iter().any(|staff| staff.is_confirmed_admin() && !ids.contains(&staff.id))
}

async fn record(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    staff: &Staff,
    kind: EventType,
    now: Timestamp,
) -> Result<(), StoreError> {
    let event = NewEvent {
        user_id: staff.user_id,
        provider_id: Some(admin.provider_id()),
        provider_user_id: Some(staff.id),
        ..NewEvent::by(admin.caller(), kind, now)
    };
    events::record(tx, event).await
}
