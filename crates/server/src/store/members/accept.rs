//! Accepting an invitation to an organization.

use portal_wire::{
    OrganizationId, OrganizationUserId, OrganizationUserStatus, OrganizationUserType, Timestamp,
};

use super::{Member, MemberRefusal, lock, rules};
use crate::{
    auth::Caller,
    http::names,
    store::{StoreError, Tx, invitations, row::Columns, users},
};

/// An invitation as the person invited may see it.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The membership it leads to.
    pub member: Member,
    /// What the organization is called.
    pub organization_name: String,
    /// The addresses of the confirmed owners and admins, who are told of an acceptance.
    pub administrators: Vec<String>,
    /// The caller is a member already, by another invitation.
    pub is_member_already: bool,
}

/// The invitation with this id to this organization, which nobody else changes until the transaction ends.
pub async fn invitation(
    tx: &mut Tx,
    caller: &Caller,
    organization: OrganizationId,
    id: OrganizationUserId,
) -> Result<Option<Invitation>, StoreError> {
    lock(tx, organization).await?;
    let found = sqlx::query(
        "SELECT member.id, member.user_id, member.type, member.status, member.email, member.reset_password_key, organization.name \
         FROM organization_users member JOIN organizations organization ON organization.id = member.organization_id \
         WHERE member.id = $1 AND member.organization_id = $2",
    )
    .bind(id.to_string())
    .bind(organization.to_string())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = found else { return Ok(None) };
    let other = sqlx::query("SELECT id FROM organization_users WHERE organization_id = $1 AND user_id = $2")
        .bind(organization.to_string())
        .bind(caller.user_id().to_string())
        .fetch_optional(&mut **tx)
        .await?;
    let administrators = sqlx::query(
        "SELECT person.email FROM organization_users member JOIN users person ON person.id = member.user_id \
         WHERE member.organization_id = $1 AND member.status = $2 AND member.type IN ($3, $4) ORDER BY person.email",
    )
    .bind(organization.to_string())
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .bind(i64::from(OrganizationUserType::Owner.number()))
    .bind(i64::from(OrganizationUserType::Admin.number()))
    .fetch_all(&mut **tx)
    .await?;
    Ok(Some(Invitation {
        member: Member::read(&row)?,
        organization_name: names::decode(&row.text("name")?),
        administrators: administrators.iter().map(|row| row.text("email")).collect::<Result<_, _>>()?,
        is_member_already: other.is_some(),
    }))
}

/// Why the organization's policies keep the caller out; an enrolment they ask for is missing where no recovery key comes along.
pub async fn kept_out(
    tx: &mut Tx,
    caller: &Caller,
    organization: OrganizationId,
    invitation: &Invitation,
    has_recovery_key: bool,
) -> Result<Option<MemberRefusal>, StoreError> {
    let member = &invitation.member;
    if let Some(kind) = rules::shut_out_by(tx, organization, caller.user_id(), member.role).await? {
        return Ok(Some(MemberRefusal::by_policy(kind)));
    }
    let enrols = !has_recovery_key && rules::enrols_everybody(tx, organization).await?;
    Ok(enrols.then_some(MemberRefusal::MustEnroll))
}

/// Accepts an open invitation for the caller, whose address is proved thereby; false if it is open no more.
pub async fn accept(
    tx: &mut Tx,
    caller: &Caller,
    invitation: &Invitation,
    reset_password_key: Option<&str>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE organization_users SET user_id = $1, email = NULL, status = $2, reset_password_key = $3, \
         revised_at = $4 WHERE id = $5 AND status = $6",
    )
    .bind(caller.user_id().to_string())
    .bind(i64::from(OrganizationUserStatus::Accepted.number()))
    .bind(reset_password_key.map(str::to_owned))
    .bind(now.0)
    .bind(invitation.member.id.to_string())
    .bind(i64::from(OrganizationUserStatus::Invited.number()))
    .execute(&mut **tx)
    .await?;
    sqlx::query("UPDATE users SET email_verified = 1 WHERE id = $1")
        .bind(caller.user_id().to_string())
        .execute(&mut **tx)
        .await?;
    invitations::forget_member(tx, invitation.member.id).await?;
    users::touch(tx, caller.user_id(), now).await?;
    Ok(done.rows_affected() == 1)
}
