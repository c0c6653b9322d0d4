//! Open invitations, and the links that lead to them.

use portal_domain::access::{Action, Grant, Subject, grant, may_grant};
use portal_wire::{
    OrganizationId, OrganizationUserId, OrganizationUserStatus, OrganizationUserType, ProviderUserId,
    ProviderUserStatus, Timestamp,
};
use sqlx::any::AnyRow;

use super::{Db, StoreError, Tx, organizations::read_permissions, row::Columns};
use crate::{
    auth::{OrganizationAccess, ProviderAdmin},
    http::names,
};

/// Forgets the unsent mail of an invitation to staff: the invitation was answered, withdrawn, or is sent anew.
pub(super) async fn forget_staff(tx: &mut Tx, id: ProviderUserId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM outbox WHERE provider_user_id = $1 AND sent_at IS NULL AND link IS NOT NULL")
        .bind(id.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// As [`forget_staff`], of an invitation to an organization.
pub(super) async fn forget_member(tx: &mut Tx, id: OrganizationUserId) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM outbox WHERE organization_user_id = $1 AND sent_at IS NULL AND link IS NOT NULL",
    )
    .bind(id.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An invitation that waits in the outbox.
#[derive(Clone, Debug)]
pub struct OpenInvitation {
    /// For whom.
    pub email: String,
    /// Where it leads.
    pub link: String,
    /// To what.
    pub to: InvitedTo,
    /// Since when it waits.
    pub created_at: Timestamp,
}

/// What an invitation leads to.
#[derive(Clone, Debug)]
pub enum InvitedTo {
    /// The provider's staff.
    Staff(ProviderUserId),
    /// An organization.
    Organization {
        /// The membership.
        member: OrganizationUserId,
        /// The organization.
        id: OrganizationId,
        /// What it is called.
        name: String,
    },
}

/// The open invitations to the provider's staff, and to its clients.
pub async fn of_provider(db: &mut Db, admin: &ProviderAdmin) -> Result<Vec<OpenInvitation>, StoreError> {
    let provider = admin.provider_id().to_string();
    let staff = sqlx::query(
        "SELECT staff.id, mail.recipient, mail.link, mail.created_at FROM provider_users staff \
         JOIN outbox mail ON mail.provider_user_id = staff.id \
         WHERE staff.provider_id = $1 AND staff.status = $2 AND mail.link IS NOT NULL AND mail.sent_at IS NULL \
         ORDER BY mail.created_at, mail.id",
    )
    .bind(provider.clone())
    .bind(i64::from(ProviderUserStatus::Invited.number()))
    .fetch_all(&mut *db)
    .await?;
    let members = sqlx::query(
        "SELECT member.id, organization.id AS organization_id, organization.name, mail.recipient, mail.link, \
         mail.created_at FROM outbox mail \
         JOIN organization_users member ON member.id = mail.organization_user_id \
         JOIN provider_organizations link ON link.organization_id = member.organization_id \
         JOIN organizations organization ON organization.id = member.organization_id \
         WHERE mail.provider_id = $1 AND link.provider_id = $1 AND member.status = $2 \
         AND mail.link IS NOT NULL AND mail.sent_at IS NULL ORDER BY mail.created_at, mail.id",
    )
    .bind(provider)
    .bind(i64::from(OrganizationUserStatus::Invited.number()))
    .fetch_all(db)
    .await?;
    let staff = staff.iter().map(|row| Ok((row, InvitedTo::Staff(row.id("id")?))));
    let members = members.iter().map(|row| Ok((row, organization(row)?)));
    let read = |found: Result<_, StoreError>| found.and_then(|(row, to)| open(row, to));
    staff.chain(members).map(read).collect()
}

/// The open invitations to the organization. Whoever reads a link could follow it in place of the person invited, so those
/// are left out that the caller could not have given.
pub async fn of_organization(
    db: &mut Db,
    access: &OrganizationAccess,
) -> Result<Vec<OpenInvitation>, StoreError> {
    let rows = sqlx::query(
        "SELECT member.id, member.type, member.permissions, organization.id AS organization_id, organization.name, \
         mail.recipient, mail.link, mail.created_at FROM outbox mail \
         JOIN organization_users member ON member.id = mail.organization_user_id \
         JOIN organizations organization ON organization.id = member.organization_id \
         WHERE member.organization_id = $1 AND member.status = $2 \
         AND mail.link IS NOT NULL AND mail.sent_at IS NULL ORDER BY mail.created_at, mail.id",
    )
    .bind(access.organization_id().to_string())
    .bind(i64::from(OrganizationUserStatus::Invited.number()))
    .fetch_all(db)
    .await?;
    let manages =
        |subject: &Subject| grant(Action::ManageMembers, *subject, access.situation()) == Grant::Full;
    let managers: Vec<Subject> = access.subjects().into_iter().filter(manages).collect();
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let role = OrganizationUserType::from_number(row.small("type")?);
        let permissions = read_permissions(row)?;
        if managers.iter().any(|manager| may_grant(*manager, role, &permissions)) {
            found.push(open(row, organization(row)?)?);
        }
    }
    Ok(found)
}

fn organization(row: &AnyRow) -> Result<InvitedTo, StoreError> {
    let name = names::decode(&row.text("name")?);
    Ok(InvitedTo::Organization { member: row.id("id")?, id: row.id("organization_id")?, name })
}

fn open(row: &AnyRow, to: InvitedTo) -> Result<OpenInvitation, StoreError> {
    Ok(OpenInvitation {
        email: row.text("recipient")?,
        link: row.text("link")?,
        to,
        created_at: row.moment("created_at")?,
    })
}
