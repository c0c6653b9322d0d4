//! Inviting people to the staff.

use std::collections::HashSet;

use portal_wire::{EventType, ProviderUserId, ProviderUserStatus, ProviderUserType, Timestamp};
use uuid::Uuid;

use super::{Staff, all};
use crate::{
    auth::ProviderAdmin,
    store::{
        StoreError, Tx,
        events::{self, NewEvent},
        invitations,
        providers::details::lock,
    },
};

/// An invitation that is to be mailed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The membership.
    pub id: ProviderUserId,
    /// The address.
    pub email: String,
}

/// Invites addresses, which are in lower case; those of people who are in the staff already, in whatever state, are
/// left out.
pub async fn invite(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    emails: Vec<String>,
    role: ProviderUserType,
    now: Timestamp,
) -> Result<Vec<Invited>, StoreError> {
    lock(tx, admin.provider_id()).await?;
    let mut known: HashSet<String> = all(tx, admin).await?.into_iter().map(|staff| staff.email).collect();
    let mut invited = Vec::with_capacity(emails.len());
    for email in emails {
        if !known.insert(email.clone()) {
            continue;
        }
        let id = ProviderUserId(Uuid::new_v4());
        sqlx::query(
            "INSERT INTO provider_users (id, provider_id, email, type, status, created_at, revised_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $6)",
        )
        .bind(id.to_string())
        .bind(admin.provider_id().to_string())
        .bind(email.clone())
        .bind(i64::from(role.number()))
        .bind(i64::from(ProviderUserStatus::Invited.number()))
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
        events::record(
            tx,
            NewEvent {
                provider_id: Some(admin.provider_id()),
                provider_user_id: Some(id),
                ..NewEvent::by(admin.caller(), EventType::ProviderUserInvited, now)
            },
        )
        .await?;
        invited.push(Invited { id, email });
    }
    Ok(invited)
}

/// What is to be mailed again: of those among `ids` that are in the staff, the invitation if it is still open.
///
/// The links sent before are forgotten, so that only the newest is shown.
pub async fn reinvite(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    ids: &[ProviderUserId],
) -> Result<Vec<(ProviderUserId, Option<Invited>)>, StoreError> {
    lock(tx, admin.provider_id()).await?;
    let mut outcome = Vec::with_capacity(ids.len());
    for staff in among(all(tx, admin).await?, ids) {
        let open = staff.status == ProviderUserStatus::Invited;
        if open {
            invitations::forget_staff(tx, staff.id).await?;
        }
        outcome.push((staff.id, open.then_some(Invited { id: staff.id, email: staff.email })));
    }
    Ok(outcome)
}

/// The staff with these ids, in the order of the ids; ids of nobody are left out.
pub(super) fn among(staff: Vec<Staff>, ids: &[ProviderUserId]) -> Vec<Staff> {
    let mut seen = HashSet::new();
    ids.iter()
        .filter(|id| seen.insert(**id))
        .filter_map(|id| staff.iter().find(|staff| staff.id == *id).cloned())
        .collect()
}
