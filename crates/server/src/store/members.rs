//! The members of an organization.

mod accept;
mod confirm;
mod edit;
mod invite;
mod leave;
mod list;
mod recovery;
mod refusal;
mod rules;
mod standing;

use portal_wire::{
    OrganizationId, OrganizationUserId, OrganizationUserStatus, OrganizationUserType, Timestamp, UserId,
};
use sqlx::any::AnyRow;

pub use accept::{Invitation, accept, invitation, kept_out};
pub use confirm::{Confirmation, confirm};
pub use edit::update;
pub use invite::{Invited, are_here, invite};
pub use leave::leave;
pub use list::{Extras, Which, list, mini_list, one, public_keys};
pub use recovery::{Recovery, enroll, recover, recovery_details};
pub use refusal::MemberRefusal;
pub(in crate::store) use standing::revoke;
pub use standing::{Outcome, change};

use super::{Db, StoreError, Tx, invitations, row::Columns, users};
use crate::auth::OrganizationAccess;

/// A member, as the rules see it.
#[derive(Clone, Debug)]
pub struct Member {
    /// The membership.
    pub id: OrganizationUserId,
    /// The person; `None` until the invitation is accepted.
    pub user_id: Option<UserId>,
    /// The role.
    pub role: OrganizationUserType,
    /// How far the person's way has come.
    pub status: OrganizationUserStatus,
    /// The person's address, or the invited one.
    pub email: String,
    /// The person agreed to account recovery.
    pub recoverable: bool,
}

impl Member {
    pub(in crate::store) fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            user_id: row.id_maybe("user_id")?,
            role: OrganizationUserType::from_number(row.small("type")?),
            status: OrganizationUserStatus::from_number(row.small("status")?),
            email: row.text_maybe("email")?.unwrap_or_default(),
            recoverable: row.text_maybe("reset_password_key")?.is_some(),
        })
    }
}

/// The members among `ids`, in the order of the ids; ids of nobody here are left out.
async fn among(
    db: &mut Db,
    access: &OrganizationAccess,
    ids: &[OrganizationUserId],
) -> Result<Vec<Member>, StoreError> {
    let mut found: Vec<Member> = Vec::with_capacity(ids.len());
    for id in ids {
        if found.iter().any(|member| member.id == *id) {
            continue;
        }
        let row = sqlx::query(
            "SELECT member.id, member.user_id, member.type, member.status, member.reset_password_key, \
             COALESCE(person.email, member.email) AS email FROM organization_users member \
             LEFT JOIN users person ON person.id = member.user_id \
             WHERE member.id = $1 AND member.organization_id = $2",
        )
        .bind(id.to_string())
        .bind(access.organization_id().to_string())
        .fetch_optional(&mut *db)
        .await?;
        found.extend(row.as_ref().map(Member::read).transpose()?);
    }
    Ok(found)
}

/// The person of a membership of this organization; `None` if there is none, or none yet.
pub async fn person(
    db: &mut Db,
    access: &OrganizationAccess,
    id: OrganizationUserId,
) -> Result<Option<UserId>, StoreError> {
    Ok(among(db, access, &[id]).await?.pop().and_then(|member| member.user_id))
}

/// What is to be mailed again: of those among `ids` that are members, the address if the invitation is still open.
///
/// The links sent before are forgotten, so that only the newest is shown.
pub async fn reinvite(
    tx: &mut Tx,
    access: &OrganizationAccess,
    ids: &[OrganizationUserId],
) -> Result<Vec<(OrganizationUserId, Option<String>)>, StoreError> {
    let mut outcome = Vec::with_capacity(ids.len());
    for member in among(tx, access, ids).await? {
        let open = member.status == OrganizationUserStatus::Invited;
        if open {
            invitations::forget_member(tx, member.id).await?;
        }
        outcome.push((member.id, open.then_some(member.email)));
    }
    Ok(outcome)
}

/// Changes of one organization's members happen one after the other: rules such as "one owner remains" span rows.
pub(super) async fn lock(tx: &mut Tx, organization: OrganizationId) -> Result<(), StoreError> {
    tx.lock(&format!("members of {organization}")).await
}

/// Notes for all members that what their profile says has changed.
pub(super) async fn touch_all(
    tx: &mut Tx,
    organization: OrganizationId,
    now: Timestamp,
) -> Result<(), StoreError> {
    users::lock_many(tx).await?;
    sqlx::query(
        "UPDATE users SET revised_at = $1 WHERE revised_at < $1 \
         AND id IN (SELECT user_id FROM organization_users WHERE organization_id = $2)",
    )
    .bind(now.0)
    .bind(organization.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}
