//! Adding many collections and items at once: all of them, or none.

use portal_wire::{CipherId, CollectionId, Timestamp, cipher::CipherRequest};
use uuid::Uuid;

use super::change::content;
use crate::{
    auth::OrganizationAccess,
    store::{
        StoreError, Tx,
        bulk::rows::{Rows, number, text},
        collections, members,
    },
};

/// What is to be added.
#[derive(Clone, Debug)]
pub struct Import<'a> {
    /// Collections: one of this organization, or the name and external id of a new one.
    pub collections: Vec<Result<CollectionId, (&'a str, Option<&'a str>)>>,
    /// The items.
    pub ciphers: &'a [CipherRequest],
    /// Which item goes into which collection, by their places in these lists.
    pub relationships: Vec<(usize, usize)>,
}

/// Adds all of it. As in the original, no item has an event of its own. The caller's membership, if there is one, may manage
/// the new collections.
pub async fn import(
    tx: &mut Tx,
    access: &OrganizationAccess,
    import: &Import<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut collections = Vec::with_capacity(import.collections.len());
    for collection in &import.collections {
        collections.push(match collection {
            Ok(id) => *id,
            Err((name, external_id)) => {
                let id = collections::insert(tx, access, name, *external_id, now).await?;
                if let Some(member) = access.member() {
                    sqlx::query(
                        "INSERT INTO collection_users (collection_id, organization_user_id, read_only, hide_passwords, \
                         manage) VALUES ($1, $2, 0, 0, 1)",
                    )
                    .bind(id.to_string())
                    .bind(member.id.to_string())
                    .execute(&mut **tx)
                    .await?;
                }
                id
            }
        });
    }
    let mut items = Rows::new("ciphers", "id, organization_id, content, favorite, created_at, revised_at");
    let mut ids = Vec::with_capacity(import.ciphers.len());
    for cipher in import.ciphers {
        let id = CipherId(Uuid::new_v4());
        ids.push(id);
        items.push([
            text(id),
            text(access.organization_id()),
            text(content(cipher)?),
            number(0),
            number(now.0),
            number(now.0),
        ]);
    }
    let mut places = Rows::new("collection_ciphers", "collection_id, cipher_id");
    let mut relationships = import.relationships.clone();
    relationships.sort_unstable();
    relationships.dedup();
    for (item, collection) in relationships {
        if let (Some(item), Some(collection)) = (ids.get(item), collections.get(collection)) {
            places.push([text(collection), text(item)]);
        }
    }
    items.insert(tx).await?;
    places.insert(tx).await?;
    members::touch_all(tx, access.organization_id(), now).await
}
