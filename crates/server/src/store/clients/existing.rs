//! Taking over an organization that exists (contract §3.4.2).

use portal_wire::{
    EventType, OrganizationId, OrganizationStatus, OrganizationUserStatus, OrganizationUserType, PlanType,
    ProviderUserStatus, Timestamp,
};

use super::{create::insert_link, plan_after_takeover, pools};
use crate::{
    auth::{ProviderAdmin, ProviderMember},
    http::names,
    plan::PlanFacts,
    store::{
        Db, StoreError, Tx,
        billing::changes::SeatChange,
        events::{self, NewEvent},
        members,
        providers::details::{Standing, lock, touch_staff},
        row::Columns,
    },
};

/// An organization of the caller's own that the provider could take over.
#[derive(Clone, Debug)]
pub struct Addable {
    /// The organization.
    pub id: OrganizationId,
    /// What it is called.
    pub name: String,
    /// The plan it would get.
    pub plan: PlanType,
    /// Its seats.
    pub seats: u32,
    /// Seats would have to be bought for it.
    pub needs_purchase: bool,
}

/// The organizations the caller owns and the provider could take over; `None` if the caller is not confirmed staff in
/// the database.
pub async fn addable(
    db: &mut Db,
    staff: &ProviderMember,
    provider: &Standing,
) -> Result<Option<Vec<Addable>>, StoreError> {
    let confirmed =
        sqlx::query("SELECT id FROM provider_users WHERE provider_id = $1 AND user_id = $2 AND status = $3")
            .bind(staff.provider_id().to_string())
            .bind(staff.caller().user_id().to_string())
            .bind(i64::from(ProviderUserStatus::Confirmed.number()))
            .fetch_optional(&mut *db)
            .await?;
    if confirmed.is_none() {
        return Ok(None);
    }
    let pools = pools::of_provider(db, staff).await?;
    let unit_plan = pools.first().map(|pool| pool.plan);
    let rows = sqlx::query(
        "SELECT organization.id, organization.name, organization.plan_type, organization.seats \
         FROM organization_users member JOIN organizations organization ON organization.id = member.organization_id \
         WHERE member.user_id = $1 AND member.type = $2 AND member.status = $3 AND organization.enabled = 1 \
         AND organization.has_subscription = 1 AND organization.seats > 0 AND organization.status = $4 \
         AND organization.use_secrets_manager = 0 \
         AND NOT EXISTS (SELECT 1 FROM provider_organizations link WHERE link.organization_id = organization.id) \
         ORDER BY organization.created_at, organization.id",
    )
    .bind(staff.caller().user_id().to_string())
    .bind(i64::from(OrganizationUserType::Owner.number()))
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .bind(i64::from(OrganizationStatus::Created.number()))
    .fetch_all(db)
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let own = PlanType::from_number(row.small("plan_type")?);
        let Some(plan) = plan_after_takeover(provider.kind, own, unit_plan) else { continue };
        let Some(pool) = pools.iter().find(|pool| pool.plan == plan) else { continue };
        let seats =
            u32::try_from(row.number("seats")?).map_err(|_| StoreError::Unreadable { column: "seats" })?;
        found.push(Addable {
            id: row.id("id")?,
            name: names::decode(&row.text("name")?),
            plan,
            seats,
            needs_purchase: pool.pool.preview(i64::from(seats)).needs_purchase,
        });
    }
    Ok(Some(found))
}

/// What came of taking an organization over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddOutcome {
    /// It is a client now.
    Added,
    /// It cannot be taken over.
    NotAddable,
}

/// Takes over an organization of the caller's own.
pub async fn add_existing(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    provider: &Standing,
    organization: OrganizationId,
    key: &str,
    now: Timestamp,
) -> Result<AddOutcome, StoreError> {
    let staff = admin.as_member();
    lock(tx, admin.provider_id()).await?;
    members::lock(tx, organization).await?;
    let candidates = addable(tx, &staff, provider).await?.unwrap_or_default();
    let Some(candidate) = candidates.into_iter().find(|candidate| candidate.id == organization) else {
        return Ok(AddOutcome::NotAddable);
    };
    let pool = pools::preview(tx, &staff, candidate.plan, i64::from(candidate.seats)).await?;
    let Some((plan, after)) = pool.filter(|(_, preview)| !pools::overflows(preview)) else {
        return Ok(AddOutcome::NotAddable);
    };
    let change = SeatChange { organization, plan, alone: false, by: i64::from(candidate.seats) };
    pools::keep(tx, admin.provider_id(), change, &after, now).await?;
    sqlx::query(
        "UPDATE organizations SET plan_type = $1, plan_name = $2, status = $3, billing_email = $4, enabled = $5, \
         has_subscription = 0, revised_at = $6 WHERE id = $7",
    )
    .bind(i64::from(candidate.plan.number()))
    .bind(PlanFacts::of(candidate.plan).name)
    .bind(i64::from(OrganizationStatus::Managed.number()))
    .bind(provider.billing_email.clone())
    .bind(i64::from(provider.enabled))
    .bind(now.0)
    .bind(organization.to_string())
    .execute(&mut **tx)
    .await?;
    let link = insert_link(tx, admin, organization, key, now).await?;
    let event = NewEvent {
        provider_id: Some(admin.provider_id()),
        provider_organization_id: Some(link),
        ..NewEvent::by(admin.caller(), EventType::ProviderOrganizationAdded, now)
    };
    events::record(tx, event).await?;
    touch_staff(tx, admin.provider_id(), now).await?;
    members::touch_all(tx, organization, now).await?;
    Ok(AddOutcome::Added)
}
