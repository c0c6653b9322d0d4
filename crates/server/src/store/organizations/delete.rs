//! The end of an organization.

use portal_wire::{OrganizationStatus, PlanType, ProviderId, Timestamp};

use crate::{
    auth::OrganizationAccess,
    store::{
        StoreError, Tx,
        billing::changes::SeatChange,
        clients::pools,
        members,
        providers::details::{lock, touch_staff},
        row::Columns,
    },
};

/// Deletes an organization and all it holds. The seats of a managed one go back to its provider.
pub async fn delete(tx: &mut Tx, access: &OrganizationAccess, now: Timestamp) -> Result<(), StoreError> {
    let id = access.organization_id();
    let found = sqlx::query(
        "SELECT organization.status, organization.plan_type, organization.seats, link.provider_id, \
         COALESCE(link.billed_alone, 0) AS billed_alone \
         FROM organizations organization LEFT JOIN provider_organizations link \
         ON link.organization_id = organization.id WHERE organization.id = $1",
    )
    .bind(id.to_string())
    .fetch_one(&mut **tx)
    .await?;
    if let Some(provider) = found.id_maybe::<ProviderId>("provider_id")? {
        lock(tx, provider).await?;
        touch_staff(tx, provider, now).await?;
        if found.small("status")? == OrganizationStatus::Managed.number() {
            let plan = PlanType::from_number(found.small("plan_type")?);
            let by = -found.number_maybe("seats")?.unwrap_or_default();
            let change = SeatChange { organization: id, plan, alone: found.flag("billed_alone")?, by };
            pools::free(tx, provider, change, now).await?;
        }
    }
    members::lock(tx, id).await?;
    members::touch_all(tx, id, now).await?;
    // An invitation to what is gone must not be sent any more.
    sqlx::query(
        "DELETE FROM outbox WHERE sent_at IS NULL \
         AND organization_user_id IN (SELECT id FROM organization_users WHERE organization_id = $1)",
    )
    .bind(id.to_string())
    .execute(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM organizations WHERE id = $1").bind(id.to_string()).execute(&mut **tx).await?;
    Ok(())
}
