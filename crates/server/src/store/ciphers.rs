//! Vault items. The server keeps them as they come and can look into none.

mod change;
mod import;
mod reach;

use std::collections::HashMap;

use portal_wire::{
    CipherId, CollectionId, OrganizationId, Timestamp, UserId,
    cipher::{Cipher, CipherPermissions, CipherRequest},
};
use serde::Deserialize;

pub use change::{create, delete, purge, save, set_collections, set_trashed};
pub use import::{Import, import};
pub use reach::{Reach, find, may_put_into, of_caller, permitted};

use super::{
    Db, StoreError,
    json_rows::{self, Flag, json_rows},
    row::Columns,
};
use crate::auth::{Caller, OrganizationAccess};

/// An item as it is kept.
#[derive(Clone, Debug)]
pub struct Item {
    /// The item.
    pub id: CipherId,
    /// The organization it belongs to.
    pub organization_id: Option<OrganizationId>,
    /// The person it belongs to, if no organization.
    pub user_id: Option<UserId>,
    /// What is in it.
    pub content: CipherRequest,
    /// Whether its owner marked it. Only of a person's own items.
    pub favorite: bool,
    /// Since when it exists.
    pub created_at: Timestamp,
    /// Of when this content is.
    pub revised_at: Timestamp,
    /// Since when it is in the trash.
    pub deleted_at: Option<Timestamp>,
    /// The collections it is in: all, or those the caller reaches.
    pub collection_ids: Vec<CollectionId>,
}

/// The columns of a [`Row`], of a table that goes by the name `cipher`.
macro_rules! item_columns {
    () => {
        "cipher.id, cipher.organization_id, cipher.user_id, cipher.content, cipher.favorite, cipher.created_at, \
         cipher.revised_at, cipher.deleted_at"
    };
}
use item_columns;

/// An item as the database hands it over.
#[derive(Deserialize)]
struct Row(CipherId, Option<OrganizationId>, Option<UserId>, String, Flag, i64, i64, Option<i64>);

impl Row {
    fn read(self) -> Result<Item, StoreError> {
        let Self(id, organization_id, user_id, content, favorite, created_at, revised_at, deleted_at) = self;
        let content =
            serde_json::from_str(&content).map_err(|_| StoreError::Unreadable { column: "content" })?;
        Ok(Item {
            id,
            organization_id,
            user_id,
            content,
            favorite: favorite.0,
            created_at: Timestamp(created_at),
            revised_at: Timestamp(revised_at),
            deleted_at: deleted_at.map(Timestamp),
            collection_ids: Vec::new(),
        })
    }
}

impl Item {
    /// As administrators see it.
    pub fn mini(self) -> Cipher {
        self.model("cipherMiniDetails")
    }

    /// As somebody sees it who has it.
    pub fn details(self, reach: Reach) -> Cipher {
        let favorite = Some(self.favorite);
        Cipher {
            favorite,
            edit: Some(reach.edit),
            view_password: Some(reach.view_password),
            permissions: Some(CipherPermissions { delete: reach.delete, restore: reach.delete }),
            ..self.model("cipherDetails")
        }
    }

    fn model(self, object: &str) -> Cipher {
        let content = self.content;
        Cipher {
            object: object.to_owned(),
            id: self.id,
            organization_id: self.organization_id,
            kind: content.kind,
            name: content.name,
            notes: content.notes,
            login: content.login,
            card: content.card,
            identity: content.identity,
            secure_note: content.secure_note,
            ssh_key: content.ssh_key,
            fields: content.fields,
            password_history: content.password_history,
            key: content.key,
            reprompt: content.reprompt,
            organization_use_totp: self.organization_id.is_some(),
            revision_date: self.revised_at,
            creation_date: self.created_at,
            deleted_date: self.deleted_at,
            collection_ids: self.collection_ids,
            ..Cipher::default()
        }
    }
}

/// All items of an organization, those in the trash too.
pub async fn of_organization(db: &mut Db, access: &OrganizationAccess) -> Result<Vec<Item>, StoreError> {
    const ITEMS: json_rows::JsonRows =
        json_rows!(item_columns!(); "cipher.id"; "ciphers cipher WHERE cipher.organization_id = $1");
    const PLACES: json_rows::JsonRows = json_rows!(
        "link.cipher_id, link.collection_id"; "link.cipher_id, link.collection_id";
        "collection_ciphers link JOIN ciphers cipher ON cipher.id = link.cipher_id WHERE cipher.organization_id = $1"
    );
    let organization = access.organization_id().to_string();
    let answer = sqlx::query(ITEMS.on(db)).bind(organization.clone()).fetch_one(&mut *db).await?;
    let rows: Vec<Row> = json_rows::read(&answer, "ciphers")?;
    let answer = sqlx::query(PLACES.on(db)).bind(organization).fetch_one(&mut *db).await?;
    assembled(rows, json_rows::read(&answer, "collection_ciphers")?)
}

/// One item of this organization.
pub async fn one_of(
    db: &mut Db,
    access: &OrganizationAccess,
    id: CipherId,
) -> Result<Option<Item>, StoreError> {
    const ITEM: json_rows::JsonRows = json_rows!(item_columns!(); "cipher.id"; "ciphers cipher WHERE cipher.organization_id = $1 AND cipher.id = $2");
    let answer = sqlx::query(ITEM.on(db))
        .bind(access.organization_id().to_string())
        .bind(id.to_string())
        .fetch_one(&mut *db)
        .await?;
    let rows: Vec<Row> = json_rows::read(&answer, "ciphers")?;
    let places = places(db, id).await?;
    Ok(assembled(rows, places)?.pop())
}

/// The organization an item belongs to, or `None` if it is somebody's own or there is none.
pub async fn organization_of(db: &mut Db, id: CipherId) -> Result<Option<OrganizationId>, StoreError> {
    let row = sqlx::query("SELECT organization_id FROM ciphers WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(db)
        .await?;
    row.map(|row| row.id_maybe("organization_id")).transpose().map(Option::flatten)
}

/// Whether this is the caller's own item, outside of any organization.
pub async fn is_own(db: &mut Db, caller: &Caller, id: CipherId) -> Result<bool, StoreError> {
    let row =
        sqlx::query("SELECT id FROM ciphers WHERE id = $1 AND user_id = $2 AND organization_id IS NULL")
            .bind(id.to_string())
            .bind(caller.user_id().to_string())
            .fetch_optional(db)
            .await?;
    Ok(row.is_some())
}

/// Which item is in which collection.
type Place = (CipherId, CollectionId);

async fn places(db: &mut Db, id: CipherId) -> Result<Vec<Place>, StoreError> {
    sqlx::query("SELECT collection_id FROM collection_ciphers WHERE cipher_id = $1 ORDER BY collection_id")
        .bind(id.to_string())
        .fetch_all(db)
        .await?
        .iter()
        .map(|row| Ok((id, row.id("collection_id")?)))
        .collect()
}

fn assembled(rows: Vec<Row>, places: Vec<Place>) -> Result<Vec<Item>, StoreError> {
    let mut collections = HashMap::<CipherId, Vec<CollectionId>>::new();
    for (item, collection) in places {
        collections.entry(item).or_default().push(collection);
    }
    rows.into_iter()
        .map(|row| {
            let item = row.read()?;
            Ok(Item { collection_ids: collections.remove(&item.id).unwrap_or_default(), ..item })
        })
        .collect()
}
