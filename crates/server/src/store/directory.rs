//! Bringing an organization's members and groups in line with a directory.

use std::collections::{HashMap, HashSet};

use portal_wire::{
    EventSystemUser, EventType, GroupId, OrganizationUserId, OrganizationUserStatus, OrganizationUserType,
    ProviderId, Timestamp, UserId,
    directory::{DirectoryGroup, DirectoryImportRequest},
};
use uuid::Uuid;

use super::{
    Db, StoreError, Tx,
    events::{self, NewEvent},
    groups, invitations, members,
    row::Columns,
};
use crate::{
    auth::OrganizationKey,
    http::{names, validation::normal_email},
};

/// Why a directory cannot be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryRefusal {
    /// The organization was disabled or deleted since the token was made.
    #[error("The organization is disabled.")]
    Disabled,
    /// More people would come than there are seats.
    #[error("{missing} more seats are needed. Contact the provider, which manages the seats.")]
    NoSeats {
        /// How many.
        missing: i64,
    },
}

/// What an import did that has to be told by mail.
#[derive(Clone, Debug)]
pub struct Imported {
    /// What the organization is called.
    pub organization_name: String,
    /// The provider that manages it.
    pub provider: Option<ProviderId>,
    /// Who was invited: the membership and the address.
    pub invited: Vec<(OrganizationUserId, String)>,
}

/// A member, as an import looks at one.
struct Member {
    id: OrganizationUserId,
    user_id: Option<UserId>,
    role: OrganizationUserType,
    status: OrganizationUserStatus,
    email: String,
    external_id: Option<String>,
}

/// Brings members and groups in line with the directory. Owners are never removed, nor is who is not linked to the directory.
pub async fn import(
    tx: &mut Tx,
    key: &OrganizationKey,
    request: &DirectoryImportRequest,
    overwrite: bool,
    now: Timestamp,
) -> Result<Result<Imported, DirectoryRefusal>, StoreError> {
    let organization = key.organization_id();
    members::lock(tx, organization).await?;
    let row = sqlx::query(
        "SELECT organization.name, organization.seats, link.provider_id FROM organizations organization \
         LEFT JOIN provider_organizations link ON link.organization_id = organization.id \
         WHERE organization.id = $1 AND organization.enabled = 1",
    )
    .bind(organization.to_string())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(Err(DirectoryRefusal::Disabled)) };
    let existing = existing(tx, key).await?;

    let coming: HashMap<&str, String> = request
        .members
        .iter()
        .filter(|member| !member.deleted)
        .map(|member| {
            (member.external_id.as_str(), normal_email(member.email.as_deref().unwrap_or_default()))
        })
        .collect();
    let going: HashSet<&str> = request
        .members
        .iter()
        .filter(|member| member.deleted)
        .map(|member| member.external_id.as_str())
        .collect();
    let is_removed = |member: &Member| {
        let linked = member
            .external_id
            .as_deref()
            .is_some_and(|id| !coming.contains_key(id) && (overwrite || going.contains(id)));
        linked && member.role != OrganizationUserType::Owner
    };
    let (removed, kept): (Vec<Member>, Vec<Member>) = existing.into_iter().partition(is_removed);

    let by_external_id: HashSet<&str> =
        kept.iter().filter_map(|member| member.external_id.as_deref()).collect();
    let by_email: HashMap<&str, &Member> =
        kept.iter().map(|member| (member.email.as_str(), member)).collect();
    let mut new: Vec<(&str, &str)> = Vec::new();
    let mut linked: Vec<(OrganizationUserId, &str)> = Vec::new();
    for (external_id, email) in &coming {
        match by_email.get(email.as_str()) {
            Some(member) if member.external_id.as_deref() != Some(external_id) => {
                linked.push((member.id, external_id));
            }
            Some(_) => {}
            None if by_external_id.contains(external_id) => {}
            None => new.push((external_id, email)),
        }
    }
    // One address under several external ids is one person.
    new.sort_unstable_by_key(|(external_id, email)| (*email, *external_id));
    new.dedup_by_key(|(_, email)| *email);

    let takes_seat = |member: &&Member| {
        matches!(
            member.status,
            OrganizationUserStatus::Invited
                | OrganizationUserStatus::Accepted
                | OrganizationUserStatus::Confirmed
        )
    };
    if let Some(seats) = row.number_maybe("seats")? {
        let needed = (kept.iter().filter(takes_seat).count() + new.len()) as i64;
        if !new.is_empty() && needed > seats {
            return Ok(Err(DirectoryRefusal::NoSeats { missing: needed - seats }));
        }
    }

    for member in &removed {
        remove(tx, key, member, now).await?;
    }
    for (id, external_id) in linked {
        sqlx::query("UPDATE organization_users SET external_id = $1, revised_at = $2 WHERE id = $3")
            .bind(external_id.to_owned())
            .bind(now.0)
            .bind(id.to_string())
            .execute(&mut **tx)
            .await?;
    }
    let mut invited = Vec::with_capacity(new.len());
    for (external_id, email) in new {
        invited.push((invite(tx, key, external_id, email, now).await?, email.to_owned()));
    }
    set_groups(tx, key, &request.groups, now).await?;
    members::touch_all(tx, organization, now).await?;
    Ok(Ok(Imported {
        organization_name: names::decode(&row.text("name")?),
        provider: row.id_maybe("provider_id")?,
        invited,
    }))
}

async fn existing(db: &mut Db, key: &OrganizationKey) -> Result<Vec<Member>, StoreError> {
    sqlx::query(
        "SELECT member.id, member.user_id, member.type, member.status, member.external_id, \
         COALESCE(person.email, member.email) AS email FROM organization_users member \
         LEFT JOIN users person ON person.id = member.user_id WHERE member.organization_id = $1",
    )
    .bind(key.organization_id().to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(Member {
            id: row.id("id")?,
            user_id: row.id_maybe("user_id")?,
            role: OrganizationUserType::from_number(row.small("type")?),
            status: OrganizationUserStatus::from_number(row.small("status")?),
            email: row.text_maybe("email")?.unwrap_or_default(),
            external_id: row.text_maybe("external_id")?,
        })
    })
    .collect()
}

async fn remove(
    tx: &mut Tx,
    key: &OrganizationKey,
    member: &Member,
    now: Timestamp,
) -> Result<(), StoreError> {
    invitations::forget_member(tx, member.id).await?;
    sqlx::query("DELETE FROM organization_users WHERE id = $1")
        .bind(member.id.to_string())
        .execute(&mut **tx)
        .await?;
    if let Some(user) = member.user_id {
        super::users::touch(tx, user, now).await?;
    }
    let event = NewEvent {
        organization_user_id: Some(member.id),
        user_id: member.user_id,
        ..by_directory(key, EventType::OrganizationUserRemoved, now)
    };
    events::record(tx, event).await
}

async fn invite(
    tx: &mut Tx,
    key: &OrganizationKey,
    external_id: &str,
    email: &str,
    now: Timestamp,
) -> Result<OrganizationUserId, StoreError> {
    let id = OrganizationUserId(Uuid::new_v4());
    sqlx::query(
        "INSERT INTO organization_users (id, organization_id, email, type, status, external_id, access_secrets_manager, \
         created_at, revised_at) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7)",
    )
    .bind(id.to_string())
    .bind(key.organization_id().to_string())
    .bind(email.to_owned())
    .bind(i64::from(OrganizationUserType::User.number()))
    .bind(i64::from(OrganizationUserStatus::Invited.number()))
    .bind(external_id.to_owned())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    let event = NewEvent {
        organization_user_id: Some(id),
        ..by_directory(key, EventType::OrganizationUserInvited, now)
    };
    events::record(tx, event).await?;
    Ok(id)
}

/// Makes and renames the groups of the directory, and sets who is in them. Other groups stay as they are.
async fn set_groups(
    tx: &mut Tx,
    key: &OrganizationKey,
    wanted: &[DirectoryGroup],
    now: Timestamp,
) -> Result<(), StoreError> {
    let members: HashMap<String, OrganizationUserId> = existing(tx, key)
        .await?
        .into_iter()
        .filter_map(|member| Some((member.external_id?, member.id)))
        .collect();
    for group in wanted {
        let found =
            sqlx::query("SELECT id, name FROM groups WHERE organization_id = $1 AND external_id = $2")
                .bind(key.organization_id().to_string())
                .bind(group.external_id.clone())
                .fetch_optional(&mut **tx)
                .await?;
        let (id, kind) = match found {
            Some(row) => {
                let changed = row.text("name")? != group.name;
                (row.id("id")?, changed.then_some(EventType::GroupUpdated))
            }
            None => (GroupId(Uuid::new_v4()), Some(EventType::GroupCreated)),
        };
        if let Some(kind) = kind {
            sqlx::query(
                "INSERT INTO groups (id, organization_id, name, external_id, created_at, revised_at) \
                 VALUES ($1, $2, $3, $4, $5, $5) \
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, revised_at = excluded.revised_at",
            )
            .bind(id.to_string())
            .bind(key.organization_id().to_string())
            .bind(group.name.clone())
            .bind(group.external_id.clone())
            .bind(now.0)
            .execute(&mut **tx)
            .await?;
            let event = NewEvent { group_id: Some(id), ..by_directory(key, kind, now) };
            events::record(tx, event).await?;
        }
        sqlx::query("DELETE FROM group_users WHERE group_id = $1")
            .bind(id.to_string())
            .execute(&mut **tx)
            .await?;
        for member in group.member_external_ids.iter().filter_map(|id| members.get(id)) {
            groups::add_member(tx, id, *member).await?;
        }
    }
    Ok(())
}

fn by_directory(key: &OrganizationKey, kind: EventType, now: Timestamp) -> NewEvent {
    NewEvent {
        organization_id: Some(key.organization_id()),
        ..NewEvent::by_system(EventSystemUser::PublicApi, kind, now)
    }
}
