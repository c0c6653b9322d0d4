//! Letting a client go.

use portal_wire::{
    EventType, OrganizationId, OrganizationStatus, OrganizationUserStatus, OrganizationUserType, PlanType,
    ProviderOrganizationId, Timestamp,
};

use super::pools;
use crate::{
    auth::ProviderAdmin,
    http::names,
    store::{
        StoreError, Tx,
        billing::changes::SeatChange,
        events::{self, NewEvent},
        members,
        providers::details::{lock, touch_staff},
        row::Columns,
    },
};

/// A client that was let go.
#[derive(Clone, Debug)]
pub struct Unlinked {
    /// What it is called.
    pub name: String,
    /// The addresses of its owners.
    pub owners: Vec<String>,
}

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlinkRefusal {
    /// The provider has no such client.
    NoSuchClient,
    /// Nobody of the organization itself could go on with it. The provider's staff do not count here.
    NoConfirmedOwner,
}

/// Ends the link; the organization goes on by itself.
pub async fn unlink(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    link: ProviderOrganizationId,
    now: Timestamp,
) -> Result<Result<Unlinked, UnlinkRefusal>, StoreError> {
    lock(tx, admin.provider_id()).await?;
    let found = sqlx::query(
        "SELECT organization.id, organization.name, organization.status, organization.plan_type, organization.seats, \
         link.billed_alone \
         FROM provider_organizations link JOIN organizations organization ON organization.id = link.organization_id \
         WHERE link.id = $1 AND link.provider_id = $2",
    )
    .bind(link.to_string())
    .bind(admin.provider_id().to_string())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = found else { return Ok(Err(UnlinkRefusal::NoSuchClient)) };
    let organization: OrganizationId = row.id("id")?;
    members::lock(tx, organization).await?;
    let owners = owners(tx, organization).await?;
    let Some(billing_email) = owners.first().cloned() else {
        return Ok(Err(UnlinkRefusal::NoConfirmedOwner));
    };

    // Touched before the link is gone, so that everybody who had the client learns that it went.
    touch_staff(tx, admin.provider_id(), now).await?;
    members::touch_all(tx, organization, now).await?;
    let managed = row.small("status")? == OrganizationStatus::Managed.number();
    if managed {
        let plan = PlanType::from_number(row.small("plan_type")?);
        let by = -row.number_maybe("seats")?.unwrap_or_default();
        let change = SeatChange { organization, plan, alone: row.flag("billed_alone")?, by };
        pools::free(tx, admin.provider_id(), change, now).await?;
    }
    sqlx::query("DELETE FROM provider_organizations WHERE id = $1")
        .bind(link.to_string())
        .execute(&mut **tx)
        .await?;
    // A subscription of its own, by invoice, takes the place of the provider's seats.
    let managed = i64::from(managed);
    sqlx::query(
        "UPDATE organizations SET billing_email = $1, revised_at = $2, \
         status = CASE WHEN $3 = 1 THEN $4 ELSE status END, enabled = CASE WHEN $3 = 1 THEN 1 ELSE enabled END, \
         has_subscription = CASE WHEN $3 = 1 THEN 1 ELSE has_subscription END WHERE id = $5",
    )
    .bind(billing_email)
    .bind(now.0)
    .bind(managed)
    .bind(i64::from(OrganizationStatus::Created.number()))
    .bind(organization.to_string())
    .execute(&mut **tx)
    .await?;
    let event = NewEvent {
        provider_id: Some(admin.provider_id()),
        provider_organization_id: Some(link),
        ..NewEvent::by(admin.caller(), EventType::ProviderOrganizationRemoved, now)
    };
    events::record(tx, event).await?;
    Ok(Ok(Unlinked { name: names::decode(&row.text("name")?), owners }))
}

/// The addresses of the confirmed owners, in alphabetical order.
async fn owners(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<String>, StoreError> {
    sqlx::query(
        "SELECT person.email FROM organization_users member JOIN users person ON person.id = member.user_id \
         WHERE member.organization_id = $1 AND member.type = $2 AND member.status = $3 ORDER BY person.email",
    )
    .bind(organization.to_string())
    .bind(i64::from(OrganizationUserType::Owner.number()))
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .fetch_all(&mut **tx)
    .await?
    .iter()
    .map(|row| row.text("email"))
    .collect()
}
