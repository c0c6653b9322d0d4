//! A provider's staff.

mod accept;
mod change;
mod invite;

use portal_wire::{
    ProviderUserId, ProviderUserStatus, ProviderUserType, UserId,
    profile::Permissions,
    provider::{StaffDetails, StaffPublicKey, StaffRow},
};
use sqlx::any::AnyRow;

pub use accept::{Invitation, accept, invitation};
pub use change::{Confirmation, RoleChange, StaffRefusal, change_role, confirm, remove};
pub use invite::{Invited, invite, reinvite};

use crate::{
    auth::ProviderAdmin,
    store::{Db, StoreError, row::Columns},
};

/// One of the staff, as the rules see it.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The membership.
    pub id: ProviderUserId,
    /// The person; `None` until the invitation is accepted.
    pub user_id: Option<UserId>,
    /// The role.
    pub role: ProviderUserType,
    /// How far the person's way has come.
    pub status: ProviderUserStatus,
    /// The person's address, or the invited one.
    pub email: String,
}

impl Staff {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            user_id: row.id_maybe("user_id")?,
            role: ProviderUserType::from_number(row.small("type")?),
            status: ProviderUserStatus::from_number(row.small("status")?),
            email: row.text_maybe("email")?.unwrap_or_default(),
        })
    }

    /// Whether the person administers the provider now.
    pub fn is_confirmed_admin(&self) -> bool {
        self.role == ProviderUserType::ProviderAdmin && self.status == ProviderUserStatus::Confirmed
    }
}

const ROWS: &str = "SELECT staff.id, staff.user_id, staff.type, staff.status, person.name, person.public_key, \
     COALESCE(person.email, staff.email) AS email \
     FROM provider_users staff LEFT JOIN users person ON person.id = staff.user_id WHERE staff.provider_id = $1 \
     ORDER BY staff.created_at, staff.id";

/// The staff in the order they were invited.
pub async fn list(db: &mut Db, admin: &ProviderAdmin) -> Result<Vec<StaffRow>, StoreError> {
    sqlx::query(ROWS)
        .bind(admin.provider_id().to_string())
        .fetch_all(db)
        .await?
        .iter()
        .map(|row| {
            let staff = Staff::read(row)?;
            Ok(StaffRow {
                id: staff.id,
                user_id: staff.user_id,
                kind: staff.role,
                status: staff.status,
                permissions: Permissions::default(),
                name: row.text_maybe("name")?,
                email: staff.email,
            })
        })
        .collect()
}

/// All of the staff, as the rules see them.
pub(super) async fn all(db: &mut Db, admin: &ProviderAdmin) -> Result<Vec<Staff>, StoreError> {
    let rows = sqlx::query(ROWS).bind(admin.provider_id().to_string()).fetch_all(db).await?;
    rows.iter().map(Staff::read).collect()
}

/// One of the staff, if the membership is of this provider.
pub async fn one(
    db: &mut Db,
    admin: &ProviderAdmin,
    id: ProviderUserId,
) -> Result<Option<StaffDetails>, StoreError> {
    sqlx::query(
        "SELECT id, user_id, type, status, email FROM provider_users WHERE id = $1 AND provider_id = $2",
    )
    .bind(id.to_string())
    .bind(admin.provider_id().to_string())
    .fetch_optional(db)
    .await?
    .map(|row| {
        let staff = Staff::read(&row)?;
        Ok(StaffDetails {
            id: staff.id,
            user_id: staff.user_id,
            kind: staff.role,
            status: staff.status,
            permissions: Permissions::default(),
        })
    })
    .transpose()
}

/// The public keys of those among `ids` who accepted and wait to be confirmed.
pub async fn public_keys(
    db: &mut Db,
    admin: &ProviderAdmin,
    ids: &[ProviderUserId],
) -> Result<Vec<StaffPublicKey>, StoreError> {
    let rows = sqlx::query(ROWS).bind(admin.provider_id().to_string()).fetch_all(db).await?;
    let mut keys = Vec::with_capacity(ids.len());
    for row in &rows {
        let staff = Staff::read(row)?;
        if let Some(user_id) = staff.user_id
            && staff.status == ProviderUserStatus::Accepted
            && ids.contains(&staff.id)
        {
            keys.push(StaffPublicKey { id: staff.id, user_id, key: row.text_maybe("public_key")? });
        }
    }
    Ok(keys)
}
