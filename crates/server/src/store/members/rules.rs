//! What the rules look at before a member is changed.

use portal_domain::{
    access::{MemberDeed, MemberTarget, Reason, Situation, Verdict, member_verdict},
    policies::PolicyMember,
};
use portal_wire::{
    OrganizationId, OrganizationUserId, OrganizationUserStatus, OrganizationUserType, PolicyType,
    ProviderUserStatus, UserId,
};

use super::{Member, MemberRefusal};
use crate::{
    auth::OrganizationAccess,
    store::{Db, StoreError, row::Columns},
};

/// Whether the caller can do this to a member now. The members stay locked by whoever asks.
pub(super) async fn check(
    db: &mut Db,
    access: &OrganizationAccess,
    deed: MemberDeed,
    member: &Member,
    beside: &[OrganizationUserId],
) -> Result<Result<(), MemberRefusal>, StoreError> {
    let owns =
        member.role == OrganizationUserType::Owner && member.status == OrganizationUserStatus::Confirmed;
    let target = MemberTarget {
        yourself: member.user_id == Some(access.caller().user_id()),
        role: member.role,
        status: member.status,
        last_owner: owns && !an_owner_remains(db, access.organization_id(), member.id, beside).await?,
        claimed: false,
        recoverable: member.recoverable,
        seat_free: deed != MemberDeed::Restore || free_seats(db, access.organization_id()).await? != Some(0),
    };
    let situation = Situation { client: *access.situation(), ..Situation::default() };
    Ok(match member_verdict(deed, &access.subjects(), &situation, &target) {
        Verdict::Allowed => Ok(()),
        Verdict::Disabled(reason) => Err(refusal(deed, reason)),
        Verdict::Hidden => Err(MemberRefusal::AboveYourself),
    })
}

fn refusal(deed: MemberDeed, reason: Reason) -> MemberRefusal {
    match (reason, deed) {
        (Reason::HigherRole, _) => MemberRefusal::AboveYourself,
        (Reason::Yourself, _) => MemberRefusal::Yourself,
        (Reason::LastOwner, _) => MemberRefusal::LastOwner,
        (Reason::SeatsTaken, _) => MemberRefusal::NoSeat,
        (Reason::NotEnrolled, _) => MemberRefusal::NotEnrolled,
        (_, MemberDeed::Restore) => MemberRefusal::NotRevoked,
        (_, MemberDeed::Revoke) => MemberRefusal::AlreadyRevoked,
        _ => MemberRefusal::WrongState,
    }
}

/// Whether there is another confirmed owner, or confirmed staff of the provider, who counts as one. Those `beside` are about to
/// go too.
pub(super) async fn an_owner_remains(
    db: &mut Db,
    organization: OrganizationId,
    without: OrganizationUserId,
    beside: &[OrganizationUserId],
) -> Result<bool, StoreError> {
    let staff = sqlx::query(
        "SELECT staff.id FROM provider_organizations link JOIN provider_users staff \
         ON staff.provider_id = link.provider_id WHERE link.organization_id = $1 AND staff.status = $2 LIMIT 1",
    )
    .bind(organization.to_string())
    .bind(i64::from(ProviderUserStatus::Confirmed.number()))
    .fetch_optional(&mut *db)
    .await?;
    if staff.is_some() {
        return Ok(true);
    }
    let owners = sqlx::query(
        "SELECT id FROM organization_users WHERE organization_id = $1 AND type = $2 AND status = $3",
    )
    .bind(organization.to_string())
    .bind(i64::from(OrganizationUserType::Owner.number()))
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .fetch_all(db)
    .await?;
    for row in &owners {
        let id: OrganizationUserId = row.id("id")?;
        if id != without && !beside.contains(&id) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Seats nobody occupies; `None` where seats are not counted. Revoked and staged members occupy none.
pub(super) async fn free_seats(db: &mut Db, organization: OrganizationId) -> Result<Option<u32>, StoreError> {
    let row = sqlx::query(
        "SELECT organization.seats, (SELECT COUNT(*) FROM organization_users member \
         WHERE member.organization_id = organization.id AND member.status IN (0, 1, 2)) AS occupied \
         FROM organizations organization WHERE organization.id = $1",
    )
    .bind(organization.to_string())
    .fetch_one(db)
    .await?;
    let occupied = row.number("occupied")?;
    let free = row.number_maybe("seats")?.map(|seats| (seats - occupied).max(0));
    Ok(free.map(|free| u32::try_from(free).unwrap_or(u32::MAX)))
}

/// Which of these policies are on.
async fn policies_on(db: &mut Db, organization: OrganizationId) -> Result<Vec<PolicyType>, StoreError> {
    sqlx::query("SELECT type FROM policies WHERE organization_id = $1 AND enabled = 1")
        .bind(organization.to_string())
        .fetch_all(db)
        .await?
        .iter()
        .map(|row| Ok(PolicyType::from_number(row.small("type")?)))
        .collect()
}

/// Whether the organization enrols everybody in account recovery.
pub(super) async fn enrols_everybody(db: &mut Db, organization: OrganizationId) -> Result<bool, StoreError> {
    let row =
        sqlx::query("SELECT data FROM policies WHERE organization_id = $1 AND enabled = 1 AND type = $2")
            .bind(organization.to_string())
            .bind(i64::from(PolicyType::ResetPassword.number()))
            .fetch_optional(db)
            .await?;
    let Some(data) = row.map(|row| row.text_maybe("data")).transpose()?.flatten() else { return Ok(false) };
    let data: serde_json::Value =
        serde_json::from_str(&data).map_err(|_| StoreError::Unreadable { column: "data" })?;
    Ok(data.get("autoEnrollEnabled").and_then(serde_json::Value::as_bool).unwrap_or_default())
}

/// The policy that shuts a person out who is about to be let in; `None` if none does.
pub(super) async fn shut_out_by(
    db: &mut Db,
    organization: OrganizationId,
    user: UserId,
    role: OrganizationUserType,
) -> Result<Option<PolicyType>, StoreError> {
    let on = policies_on(db, organization).await?;
    let checked = [PolicyType::TwoFactorAuthentication, PolicyType::SingleOrg];
    if !checked.iter().any(|kind| on.contains(kind)) {
        return Ok(None);
    }
    let row = sqlx::query(
        "SELECT CASE WHEN person.totp_secret IS NULL THEN 0 ELSE 1 END AS two_step, \
         CASE WHEN EXISTS (SELECT 1 FROM organization_users other WHERE other.user_id = person.id \
         AND other.organization_id <> $2 AND other.status IN (1, 2)) THEN 1 ELSE 0 END AS elsewhere, \
         CASE WHEN EXISTS (SELECT 1 FROM provider_organizations link JOIN provider_users staff \
         ON staff.provider_id = link.provider_id WHERE link.organization_id = $2 AND staff.user_id = person.id \
         AND staff.status = 2) THEN 1 ELSE 0 END AS staff FROM users person WHERE person.id = $1",
    )
    .bind(user.to_string())
    .bind(organization.to_string())
    .fetch_one(db)
    .await?;
    let member = PolicyMember {
        role,
        status: OrganizationUserStatus::Accepted,
        two_step: row.flag("two_step")?,
        elsewhere: row.flag("elsewhere")?,
        staff: row.flag("staff")?,
    };
    Ok(checked.into_iter().find(|kind| on.contains(kind) && member.is_revoked_by(*kind)))
}
