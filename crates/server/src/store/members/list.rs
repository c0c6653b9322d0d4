//! Reading members.

use std::collections::HashMap;

use portal_wire::{
    OrganizationUserId, OrganizationUserStatus, OrganizationUserType, RevocationReason,
    organization::{CollectionAccess, MemberMini, MemberPublicKey, MemberRow},
};
use sqlx::any::AnyRow;

use super::among;
use crate::{
    auth::OrganizationAccess,
    store::{Db, StoreError, organizations::read_permissions, row::Columns},
};

/// What is read beside the members themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras {
    /// The groups each is in.
    pub groups: bool,
    /// The collections each reaches directly.
    pub collections: bool,
}

/// Which members are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those who are confirmed and whose account can be recovered.
    Recoverable,
}

/// The members in the order they were invited.
pub async fn list(
    db: &mut Db,
    access: &OrganizationAccess,
    which: Which,
    extras: Extras,
) -> Result<Vec<MemberRow>, StoreError> {
    let mut members = rows(db, access, None).await?;
    if which == Which::Recoverable {
        members.retain(|member| {
            member.status == OrganizationUserStatus::Confirmed && member.reset_password_enrolled
        });
    }
    add_extras(db, access, &mut members, extras).await?;
    Ok(members)
}

/// One member, if the membership is of this organization.
pub async fn one(
    db: &mut Db,
    access: &OrganizationAccess,
    id: OrganizationUserId,
    groups: bool,
) -> Result<Option<MemberRow>, StoreError> {
    let mut members = rows(db, access, Some(id)).await?;
    add_extras(db, access, &mut members, Extras { groups, collections: true }).await?;
    Ok(members.pop())
}

async fn rows(
    db: &mut Db,
    access: &OrganizationAccess,
    only: Option<OrganizationUserId>,
) -> Result<Vec<MemberRow>, StoreError> {
    sqlx::query(
        "SELECT member.*, person.name AS person_name, person.avatar_color, person.totp_secret, \
         COALESCE(person.email, member.email) AS shown_email FROM organization_users member \
         LEFT JOIN users person ON person.id = member.user_id \
         WHERE member.organization_id = $1 AND ($2 = '' OR member.id = $2) ORDER BY member.created_at, member.id",
    )
    .bind(access.organization_id().to_string())
    .bind(only.map(|id| id.to_string()).unwrap_or_default())
    .fetch_all(db)
    .await?
    .iter()
    .map(read)
    .collect()
}

fn read(row: &AnyRow) -> Result<MemberRow, StoreError> {
    let role = OrganizationUserType::from_number(row.small("type")?);
    let user_id = row.id_maybe("user_id")?;
    Ok(MemberRow {
        id: row.id("id")?,
        user_id,
        kind: role,
        status: OrganizationUserStatus::from_number(row.small("status")?),
        external_id: row.text_maybe("external_id")?,
        access_secrets_manager: row.flag("access_secrets_manager")?,
        access_pam: false,
        permissions: (role == OrganizationUserType::Custom).then(|| read_permissions(row)).transpose()?,
        reset_password_enrolled: row.text_maybe("reset_password_key")?.is_some(),
        uses_key_connector: false,
        has_master_password: user_id.is_some(),
        name: row.text_maybe("person_name")?,
        email: row.text_maybe("shown_email")?.unwrap_or_default(),
        avatar_color: row.text_maybe("avatar_color")?,
        two_factor_enabled: row.text_maybe("totp_secret")?.is_some(),
        sso_bound: false,
        claimed_by_organization: false,
        collections: Vec::new(),
        groups: Vec::new(),
        revocation_reason: row.small_maybe("revocation_reason")?.map(RevocationReason::from_number),
        creation_date: Some(row.moment("created_at")?),
    })
}

async fn add_extras(
    db: &mut Db,
    access: &OrganizationAccess,
    members: &mut [MemberRow],
    extras: Extras,
) -> Result<(), StoreError> {
    let places: HashMap<OrganizationUserId, usize> =
        members.iter().enumerate().map(|(place, member)| (member.id, place)).collect();
    if extras.groups {
        let rows = sqlx::query(
            "SELECT in_group.organization_user_id, in_group.group_id FROM group_users in_group \
             JOIN groups ON groups.id = in_group.group_id WHERE groups.organization_id = $1",
        )
        .bind(access.organization_id().to_string())
        .fetch_all(&mut *db)
        .await?;
        for row in &rows {
            let place = places.get(&row.id("organization_user_id")?);
            if let Some(member) = place.and_then(|place| members.get_mut(*place)) {
                member.groups.push(row.id("group_id")?);
            }
        }
    }
    if extras.collections {
        let rows = sqlx::query(
            "SELECT reach.* FROM collection_users reach JOIN collections collection ON collection.id = reach.collection_id \
             WHERE collection.organization_id = $1",
        )
        .bind(access.organization_id().to_string())
        .fetch_all(&mut *db)
        .await?;
        for row in &rows {
            let place = places.get(&row.id("organization_user_id")?);
            if let Some(member) = place.and_then(|place| members.get_mut(*place)) {
                member.collections.push(CollectionAccess {
                    id: row.id("collection_id")?,
                    read_only: row.flag("read_only")?,
                    hide_passwords: row.flag("hide_passwords")?,
                    manage: row.flag("manage")?,
                });
            }
        }
    }
    Ok(())
}

/// Just enough of each member to name the person in an event.
pub async fn mini_list(db: &mut Db, access: &OrganizationAccess) -> Result<Vec<MemberMini>, StoreError> {
    sqlx::query(
        "SELECT member.id, member.user_id, member.type, member.status, person.name, \
         COALESCE(person.email, member.email) AS email FROM organization_users member \
         LEFT JOIN users person ON person.id = member.user_id WHERE member.organization_id = $1 \
         ORDER BY member.created_at, member.id",
    )
    .bind(access.organization_id().to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(MemberMini {
            id: row.id("id")?,
            user_id: row.id_maybe("user_id")?,
            kind: OrganizationUserType::from_number(row.small("type")?),
            status: OrganizationUserStatus::from_number(row.small("status")?),
            name: row.text_maybe("name")?,
            email: row.text_maybe("email")?.unwrap_or_default(),
        })
    })
    .collect()
}

/// The public keys of those among `ids` who accepted and wait to be confirmed.
pub async fn public_keys(
    db: &mut Db,
    access: &OrganizationAccess,
    ids: &[OrganizationUserId],
) -> Result<Vec<MemberPublicKey>, StoreError> {
    let mut keys = Vec::with_capacity(ids.len());
    for member in among(db, access, ids).await? {
        if let Some(user_id) = member.user_id
            && member.status == OrganizationUserStatus::Accepted
        {
            let key = crate::store::users::public_key(db, user_id).await?;
            keys.push(MemberPublicKey { id: member.id, user_id, key });
        }
    }
    Ok(keys)
}
