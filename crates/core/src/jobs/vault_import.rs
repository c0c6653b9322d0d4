//! Adding the items of an export, some hundred in a call. Each call is taken whole or not at all, and before one is repeated
//! the vault is looked at: what has come since the beginning is compared by name.

use std::{collections::HashMap, rc::Rc};

use futures::future::LocalBoxFuture;
use portal_bridge::{CollectionId, FieldKind, Moment, Problem, SkipReason, Within};
use portal_domain::{
    items,
    vault_import::{PlainItem, Vault},
};
use portal_keys::SymmetricKey;
use serde_json::{Value, json};

use super::{Act, Found, RowWork};
use crate::{
    Core,
    api::Call,
    session::key_problem,
    stores::{
        collections::Collections,
        items::{Document, Items},
    },
};

/// So many items go in one call.
const IN_A_CALL: usize = 500;

/// Adds items; each row is a call.
pub(crate) struct ImportItems {
    pub(crate) within: Within,
    pub(crate) key: Rc<SymmetricKey>,
    /// The vault as it was before the first call.
    pub(crate) before: Rc<Items>,
    pub(crate) vault: Rc<Vault>,
    /// The collections for items that are in none.
    pub(crate) loose_into: Vec<CollectionId>,
}

impl ImportItems {
    /// What each row is called: the places of its items.
    pub(crate) fn labels(&self) -> Vec<String> {
        let mut first = 1;
        let label = |calls: &[PlainItem]| {
            let label = format!("{first}–{}", first + calls.len() - 1);
            first += calls.len();
            label
        };
        self.vault.items.chunks(IN_A_CALL).map(label).collect()
    }

    fn items(&self, row: usize) -> &[PlainItem] {
        self.vault.items.chunks(IN_A_CALL).nth(row).unwrap_or_default()
    }

    /// Whether every item up to and with this row is there.
    fn is_there(&self, row: usize, now: &Items) -> bool {
        let mut here: HashMap<&str, usize> = HashMap::new();
        now.names_since(&self.before).for_each(|name| *here.entry(name).or_default() += 1);
        let wanted = self.vault.items.iter().take((row + 1) * IN_A_CALL);
        wanted.map(|item| item.name.trim()).all(|name| match here.get_mut(name) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        })
    }

    /// The body of one call. Collections that are not there yet are made by it.
    fn body(&self, items: &[PlainItem], collections: &Collections, now: Moment) -> Result<Value, Problem> {
        let seal = |text: &str| self.key.encrypt_text(text).map(|sealed| sealed.to_string());
        let mut places: Vec<Value> = Vec::new();
        let mut known: HashMap<usize, usize> = HashMap::new();
        let mut pairs = Vec::new();
        let mut sealed = Vec::new();
        for (at, item) in items.iter().enumerate() {
            for place in &item.collections {
                let Some(name) = self.vault.collections.get(*place) else { continue };
                let value = match known.get(place) {
                    Some(value) => *value,
                    None => {
                        let there = collections.0.iter().find(|known| known.path.as_ref() == Some(name));
                        places.push(match there {
                            Some(there) => json!({"id": there.id.to_string(), "name": there.sealed}),
                            None => json!({"name": seal(name).map_err(|error| key_problem(&error))?}),
                        });
                        known.insert(*place, places.len() - 1);
                        places.len() - 1
                    }
                };
                pairs.push(json!({"key": at, "value": value}));
            }
            sealed.push(self.sealed(item, now)?);
        }
        let first = places.len();
        for id in &self.loose_into {
            let name = collections.get(*id).map(|collection| collection.sealed.clone()).unwrap_or_default();
            places.push(json!({"id": id.to_string(), "name": name}));
        }
        for (at, _) in items.iter().enumerate().filter(|(_, item)| item.collections.is_empty()) {
            pairs.extend((first..places.len()).map(|value| json!({"key": at, "value": value})));
        }
        Ok(json!({
            "collections": places, "ciphers": sealed, "collectionRelationships": pairs, "folders": [],
            "folderRelationships": [],
        }))
    }

    fn sealed(&self, item: &PlainItem, now: Moment) -> Result<Value, Problem> {
        let mut document = Document::new(self.within.organization, item.kind, &self.key);
        document.set_name(item.name.trim())?;
        for (part, text) in &item.parts {
            if let Some(rule) = items::rule(item.kind, *part) {
                document.set(rule, text, now)?;
            }
        }
        let uris: Vec<_> = item.uris.iter().map(|(uri, matching)| (None, uri.as_str(), *matching)).collect();
        document.set_uris(&uris)?;
        let kind = |number: i64| match number {
            1 => FieldKind::Hidden,
            2 => FieldKind::Checkbox,
            _ => FieldKind::Text,
        };
        let fields = item.fields.iter();
        let fields: Vec<_> = fields
            .map(|(number, name, value)| (None, kind(*number), name.as_str(), Some(value.as_str())))
            .collect();
        document.set_fields(&fields)?;
        Ok(document.request())
    }
}

impl RowWork for ImportItems {
    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let now = core.read_again::<Items>(self.within).await?;
            let found = rows.iter().map(|row| match self.is_there(*row, &now) {
                true => Found::AsWanted(SkipReason::AlreadySo, None),
                false => Found::Open,
            });
            Ok(found.collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            // A call before this one may have made collections.
            let collections = core.read_again::<Collections>(self.within).await?;
            let now = Moment(core.platform.now_ms());
            for row in rows {
                let body = self.body(self.items(*row), &collections, now)?;
                let organization = self.within.organization;
                let call =
                    Call::post(format!("/api/ciphers/import-organization?organizationId={organization}"));
                core.api.done(&call.json(&body)).await?;
            }
            Ok(vec![Act::Done(None); rows.len()])
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        Box::pin(async move {
            // A failure is shown with the lists.
            let _ = core.reread_known::<Items>(self.within).await;
            let _ = core.reread_known::<Collections>(self.within).await;
        })
    }
}
