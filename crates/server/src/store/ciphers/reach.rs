//! Which items somebody reaches, and how.

use std::collections::HashSet;

use portal_domain::access::{Action, Grant, Subject};
use portal_wire::{CipherId, CollectionId, OrganizationUserStatus};
use serde::Deserialize;

use super::{Item, Place, Row, assembled, item_columns, one_of};
use crate::{
    auth::{Caller, OrganizationAccess},
    store::{
        Db, StoreError, collections,
        json_rows::{self, Flag, json_rows},
        row::Columns,
    },
};

/// What somebody may do with an item they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Change it.
    pub edit: bool,
    /// See its passwords.
    pub view_password: bool,
    /// Put it in the trash, and take it out.
    pub delete: bool,
}

/// With an item of one's own.
const OWN: Reach = Reach { edit: true, view_password: true, delete: true };

/// Columns of the least restriction on an item among the collections the person $1 has it in: as a confirmed ($2) member of
/// an enabled organization, directly or through a group.
macro_rules! reached {
    ($rest:literal) => {
        concat!(
            "(SELECT link.cipher_id, MIN(grants.read_only) AS read_only, MIN(grants.hide_passwords) AS hide_passwords, \
             MAX(grants.manage) AS manage, MAX(organization.limit_item_deletion) AS limited \
             FROM organization_users member \
             JOIN organizations organization ON organization.id = member.organization_id AND organization.enabled = 1 \
             JOIN (SELECT organization_user_id, collection_id, read_only, hide_passwords, manage FROM collection_users \
                   UNION ALL SELECT in_group.organization_user_id, of_group.collection_id, of_group.read_only, \
                   of_group.hide_passwords, of_group.manage FROM group_users in_group \
                   JOIN collection_groups of_group ON of_group.group_id = in_group.group_id) grants \
               ON grants.organization_user_id = member.id \
             JOIN collection_ciphers link ON link.collection_id = grants.collection_id \
             WHERE member.user_id = $1 AND member.status = $2 GROUP BY link.cipher_id) reach \
             JOIN ciphers cipher ON cipher.id = reach.cipher_id",
            $rest
        )
    };
}

/// The restrictions on an item: read only, passwords hidden, managed, and whether deleting needs Can Manage.
#[derive(Deserialize)]
struct Restrictions(Flag, Flag, Flag, Flag);

impl Restrictions {
    fn reach(&self) -> Reach {
        let Self(read_only, hide_passwords, manage, limited) = self;
        let edit = !read_only.0;
        Reach { edit, view_password: !hide_passwords.0, delete: if limited.0 { manage.0 } else { edit } }
    }
}

/// The caller's own items, and those of organizations that the caller has as a member.
pub async fn of_caller(db: &mut Db, caller: &Caller) -> Result<Vec<(Item, Reach)>, StoreError> {
    const SHARED: json_rows::JsonRows = json_rows!(
        item_columns!(), "reach.read_only, reach.hide_passwords, reach.manage, reach.limited"; "cipher.id"; reached!("")
    );
    const OWNED: json_rows::JsonRows = json_rows!(
        item_columns!(); "cipher.id"; "ciphers cipher WHERE cipher.user_id = $1 AND cipher.organization_id IS NULL"
    );
    let answer = of_member(sqlx::query(SHARED.on(db)), caller).fetch_one(&mut *db).await?;
    let shared: Vec<(Row, Restrictions)> = json_rows::read(&answer, "ciphers")?;
    let answer = sqlx::query(OWNED.on(db)).bind(caller.user_id().to_string()).fetch_one(&mut *db).await?;
    let owned = assembled(json_rows::read(&answer, "ciphers")?, Vec::new())?;
    let (rows, reaches): (Vec<_>, Vec<_>) =
        shared.into_iter().map(|(row, restrictions)| (row, restrictions.reach())).unzip();
    let shared = assembled(rows, places(db, caller, None).await?)?;
    Ok(owned.into_iter().map(|item| (item, OWN)).chain(shared.into_iter().zip(reaches)).collect())
}

/// One item of the caller's own, or that the caller has as a member.
pub async fn find(db: &mut Db, caller: &Caller, id: CipherId) -> Result<Option<(Item, Reach)>, StoreError> {
    const SHARED: json_rows::JsonRows = json_rows!(
        item_columns!(), "reach.read_only, reach.hide_passwords, reach.manage, reach.limited"; "cipher.id";
        reached!(" WHERE cipher.id = $3")
    );
    const OWNED: json_rows::JsonRows = json_rows!(
        item_columns!(); "cipher.id";
        "ciphers cipher WHERE cipher.user_id = $1 AND cipher.organization_id IS NULL AND cipher.id = $2"
    );
    let answer = sqlx::query(OWNED.on(db))
        .bind(caller.user_id().to_string())
        .bind(id.to_string())
        .fetch_one(&mut *db)
        .await?;
    if let Some(item) = assembled(json_rows::read(&answer, "ciphers")?, Vec::new())?.pop() {
        return Ok(Some((item, OWN)));
    }
    let query = of_member(sqlx::query(SHARED.on(db)), caller).bind(id.to_string());
    let answer = query.fetch_one(&mut *db).await?;
    let Some((row, restrictions)) = json_rows::read::<(Row, Restrictions)>(&answer, "ciphers")?.pop() else {
        return Ok(None);
    };
    let places = places(db, caller, Some(id)).await?;
    Ok(assembled(vec![row], places)?.pop().map(|item| (item, restrictions.reach())))
}

type Query = sqlx::query::Query<'static, sqlx::Any, sqlx::any::AnyArguments>;

fn of_member(query: Query, caller: &Caller) -> Query {
    query.bind(caller.user_id().to_string()).bind(i64::from(OrganizationUserStatus::Confirmed.number()))
}

/// Which items, or only this one, are in which of the collections that the caller has as a member.
async fn places(db: &mut Db, caller: &Caller, only: Option<CipherId>) -> Result<Vec<Place>, StoreError> {
    let query = sqlx::query(
        "SELECT DISTINCT link.cipher_id, link.collection_id FROM organization_users member \
         JOIN (SELECT organization_user_id, collection_id FROM collection_users \
               UNION SELECT in_group.organization_user_id, of_group.collection_id FROM group_users in_group \
               JOIN collection_groups of_group ON of_group.group_id = in_group.group_id) grants \
           ON grants.organization_user_id = member.id \
         JOIN collection_ciphers link ON link.collection_id = grants.collection_id \
         WHERE member.user_id = $1 AND member.status = $2 AND ($3 IS NULL OR link.cipher_id = $3) \
         ORDER BY link.cipher_id, link.collection_id",
    );
    let query = of_member(query, caller).bind(only.map(|id| id.to_string()));
    let rows = query.fetch_all(db).await?;
    rows.iter().map(|row| Ok((row.id("cipher_id")?, row.id("collection_id")?))).collect()
}

/// Those of these items that somebody with this much of `EditItems` may change as an administrator; `None` if one of them is
/// out of reach, or not of this organization.
///
/// Who has it in part, an Owner or Admin that does not reach everything, changes what is in a collection of their own that
/// they may edit, and what nobody looks after: in no collection, or in one that nobody manages.
pub async fn permitted(
    db: &mut Db,
    access: &OrganizationAccess,
    granted: Grant,
    ids: &[CipherId],
) -> Result<Option<Vec<Item>>, StoreError> {
    let places = if granted == Grant::Full { HashSet::new() } else { editable(db, access).await? };
    let mut items: Vec<Item> = Vec::with_capacity(ids.len());
    for id in ids {
        if items.iter().any(|item| item.id == *id) {
            continue;
        }
        let Some(item) = one_of(db, access, *id).await? else { return Ok(None) };
        let reached =
            item.collection_ids.is_empty() || item.collection_ids.iter().any(|id| places.contains(id));
        if granted != Grant::Full && !reached {
            return Ok(None);
        }
        items.push(item);
    }
    Ok(Some(items))
}

/// Whether the caller may put items into all these collections; not if one is not of this organization.
pub async fn may_put_into(
    db: &mut Db,
    access: &OrganizationAccess,
    ids: &[CollectionId],
) -> Result<bool, StoreError> {
    if collections::rules(db, access, ids).await?.is_none() {
        return Ok(false);
    }
    if access.grant(Action::EditItems) == Grant::Full {
        return Ok(true);
    }
    let places = editable(db, access).await?;
    Ok(ids.iter().all(|id| places.contains(id)))
}

/// The collections whose items the caller may change without reaching everything.
async fn editable(db: &mut Db, access: &OrganizationAccess) -> Result<HashSet<CollectionId>, StoreError> {
    let looks_after_orphans =
        access.subjects().iter().any(|subject| matches!(subject, Subject::Owner | Subject::Admin));
    Ok(collections::details(db, access, collections::Which::All)
        .await?
        .into_iter()
        .filter(|found| {
            let managed = found.groups.iter().chain(&found.members).any(|(_, access)| access.manage);
            found.own.as_ref().is_some_and(|own| !own.read_only) || (looks_after_orphans && !managed)
        })
        .map(|found| found.collection.id)
        .collect())
}
