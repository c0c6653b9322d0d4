//! The policies of an organization, and whom they shut out.

use portal_domain::policies::PolicyMember;
use portal_wire::{
    EventType, OrganizationId, OrganizationUserId, OrganizationUserStatus, OrganizationUserType, PolicyId,
    PolicyType, RevocationReason, Timestamp, organization::PolicyStatus,
};
use serde_json::Value;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::{
    Db, StoreError, Tx,
    events::{self, NewEvent},
    members::{self, Member},
    row::Columns,
    users,
};
use crate::auth::OrganizationAccess;

/// The policies that were ever saved.
pub async fn list(db: &mut Db, access: &OrganizationAccess) -> Result<Vec<PolicyStatus>, StoreError> {
    of(db, access.organization_id()).await
}

/// The same for who holds no proof but an invitation: the caller has checked its token.
pub async fn of(db: &mut Db, organization: OrganizationId) -> Result<Vec<PolicyStatus>, StoreError> {
    sqlx::query(
        "SELECT id, organization_id, type, enabled, data, revised_at FROM policies WHERE organization_id = $1 ORDER BY type",
    )
    .bind(organization.to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// One policy, if it was ever saved.
pub async fn one(
    db: &mut Db,
    access: &OrganizationAccess,
    kind: PolicyType,
) -> Result<Option<PolicyStatus>, StoreError> {
    sqlx::query(
        "SELECT id, organization_id, type, enabled, data, revised_at FROM policies WHERE organization_id = $1 AND type = $2",
    )
    .bind(access.organization_id().to_string())
    .bind(i64::from(kind.number()))
    .fetch_optional(db)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

fn read(row: &AnyRow) -> Result<PolicyStatus, StoreError> {
    let data = row.text_maybe("data")?;
    let data = data.map(|text| serde_json::from_str(&text)).transpose();
    Ok(PolicyStatus {
        id: Some(row.id("id")?),
        organization_id: row.id("organization_id")?,
        kind: PolicyType::from_number(row.small("type")?),
        data: data.map_err(|_| StoreError::Unreadable { column: "data" })?,
        enabled: row.flag("enabled")?,
        can_toggle_state: None,
        revision_date: Some(row.moment("revised_at")?),
    })
}

/// Saves a policy as it is to be; the data is kept as it came.
pub async fn save(
    tx: &mut Tx,
    access: &OrganizationAccess,
    kind: PolicyType,
    enabled: bool,
    data: Option<&Value>,
    now: Timestamp,
) -> Result<PolicyStatus, StoreError> {
    sqlx::query(
        "INSERT INTO policies (id, organization_id, type, enabled, data, created_at, revised_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (organization_id, type) DO UPDATE \
         SET enabled = excluded.enabled, data = excluded.data, revised_at = excluded.revised_at",
    )
    .bind(PolicyId(Uuid::new_v4()).to_string())
    .bind(access.organization_id().to_string())
    .bind(i64::from(kind.number()))
    .bind(i64::from(enabled))
    .bind(data.map(Value::to_string))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    let saved = one(tx, access, kind).await?.ok_or(StoreError::Unreadable { column: "policies" })?;
    let event = NewEvent {
        organization_id: Some(access.organization_id()),
        provider_id: access.provider_for_events(),
        policy_id: saved.id,
        ..NewEvent::by(access.caller(), EventType::PolicyUpdated, now)
    };
    events::record(tx, event).await?;
    members::touch_all(tx, access.organization_id(), now).await?;
    Ok(saved)
}

/// Members changes wait until the transaction ends, so that nobody slips in between.
pub async fn lock_members(tx: &mut Tx, access: &OrganizationAccess) -> Result<(), StoreError> {
    members::lock(tx, access.organization_id()).await?;
    users::lock_many(tx).await
}

/// Whom a policy shuts out when it is switched on.
pub async fn shut_out(
    db: &mut Db,
    access: &OrganizationAccess,
    kind: PolicyType,
) -> Result<Vec<Member>, StoreError> {
    let rows = sqlx::query(
        "SELECT member.id, member.user_id, member.type, member.status, member.reset_password_key, \
         COALESCE(person.email, member.email) AS email, \
         CASE WHEN person.totp_secret IS NULL THEN 0 ELSE 1 END AS two_step, \
         CASE WHEN EXISTS (SELECT 1 FROM organization_users other WHERE other.user_id = member.user_id \
         AND other.organization_id <> $1 AND other.status IN (1, 2)) THEN 1 ELSE 0 END AS elsewhere, \
         CASE WHEN EXISTS (SELECT 1 FROM provider_organizations link JOIN provider_users staff \
         ON staff.provider_id = link.provider_id WHERE link.organization_id = $1 AND staff.user_id = member.user_id \
         AND staff.status = 2) THEN 1 ELSE 0 END AS staff \
         FROM organization_users member LEFT JOIN users person ON person.id = member.user_id \
         WHERE member.organization_id = $1 ORDER BY member.created_at, member.id",
    )
    .bind(access.organization_id().to_string())
    .fetch_all(db)
    .await?;
    let mut found = Vec::new();
    for row in &rows {
        let member = PolicyMember {
            role: OrganizationUserType::from_number(row.small("type")?),
            status: OrganizationUserStatus::from_number(row.small("status")?),
            two_step: row.flag("two_step")?,
            elsewhere: row.flag("elsewhere")?,
            staff: row.flag("staff")?,
        };
        if member.is_revoked_by(kind) {
            found.push(Member::read(row)?);
        }
    }
    Ok(found)
}

/// Takes the access of those away whom a policy shuts out; gives them.
pub async fn enforce(
    tx: &mut Tx,
    access: &OrganizationAccess,
    kind: PolicyType,
    now: Timestamp,
) -> Result<Vec<Member>, StoreError> {
    let (reason, event_kind) = match kind {
        PolicyType::TwoFactorAuthentication => {
            (RevocationReason::TwoFactorPolicy, EventType::OrganizationUserRevokedTwoFactorNonCompliance)
        }
        PolicyType::SingleOrg => (
            RevocationReason::SingleOrganizationPolicy,
            EventType::OrganizationUserRevokedSingleOrganizationNonCompliance,
        ),
        _ => return Ok(Vec::new()),
    };
    let revoked = shut_out(tx, access, kind).await?;
    for member in &revoked {
        members::revoke(tx, member, reason, now).await?;
        let event = NewEvent {
            organization_id: Some(access.organization_id()),
            provider_id: access.provider_for_events(),
            organization_user_id: Some(member.id),
            user_id: member.user_id,
            ..NewEvent::by(access.caller(), event_kind, now)
        };
        events::record(tx, event).await?;
        if let Some(user) = member.user_id {
            users::touch(tx, user, now).await?;
        }
    }
    Ok(revoked)
}

/// Whether somebody of the provider's staff is a member, which the automatic confirmation of members cannot live with.
pub async fn has_staff_among_members(db: &mut Db, access: &OrganizationAccess) -> Result<bool, StoreError> {
    let found = sqlx::query(
        "SELECT member.id FROM organization_users member JOIN provider_users staff ON staff.user_id = member.user_id \
         WHERE member.organization_id = $1 LIMIT 1",
    )
    .bind(access.organization_id().to_string())
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// The organization of an open invitation, for who comes with its token.
pub async fn invited_address(
    db: &mut Db,
    organization: OrganizationId,
    member: OrganizationUserId,
) -> Result<Option<String>, StoreError> {
    sqlx::query("SELECT email FROM organization_users WHERE id = $1 AND organization_id = $2 AND status = $3")
        .bind(member.to_string())
        .bind(organization.to_string())
        .bind(i64::from(OrganizationUserStatus::Invited.number()))
        .fetch_optional(db)
        .await?
        .map(|row| Ok(row.text_maybe("email")?.unwrap_or_default()))
        .transpose()
}
