//! Bitwarden's JSON: of an organization with its collections, or of a person with folders.

use serde_json::{Map, Value};

use super::{FaultKind, PlainItem, Unreadable, Vault};
use crate::items;

pub(super) fn read(text: &str) -> Result<Vault, Unreadable> {
    let whole: Map<String, Value> =
        portal_wire::json::read(text.as_bytes()).map_err(|_| Unreadable::NotAnExport)?;
    let said = |key: &str| whole.get(key) == Some(&Value::Bool(true));
    if said("encrypted") || said("passwordProtected") {
        return Err(Unreadable::Encrypted);
    }
    let Some(Value::Array(items)) = whole.get("items") else { return Err(Unreadable::NotAnExport) };
    let mut vault = Vault::default();
    // The ids of collections and folders, with the place of each.
    let mut places = Vec::new();
    for key in ["collections", "folders"] {
        for one in whole.get(key).and_then(Value::as_array).into_iter().flatten() {
            let text = |key: &str| {
                one.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
            };
            if let (Some(id), Some(name)) = (text("id"), text("name")) {
                places.push((id.to_owned(), vault.collection(name)));
            }
        }
    }
    let place = |id: &Value| {
        let id = id.as_str()?;
        places.iter().find(|(known, _)| known == id).map(|(_, place)| *place)
    };
    for (json, line) in items.iter().zip(1_u32..) {
        match item(json, line) {
            Err(fault) => vault.refuse(line, fault),
            Ok(mut item) => {
                let ids = json.get("collectionIds").and_then(Value::as_array).into_iter().flatten();
                item.collections = ids.chain(json.get("folderId")).filter_map(place).collect();
                vault.items.push(item);
            }
        }
    }
    Ok(vault)
}

fn item(json: &Value, line: u32) -> Result<PlainItem, FaultKind> {
    let object = json.as_object().ok_or(FaultKind::Malformed)?;
    let kind = object.get("type").and_then(Value::as_i64).and_then(|kind| i32::try_from(kind).ok());
    let kind = kind.filter(|kind| !items::parts(*kind).is_empty()).ok_or(FaultKind::UnknownType)?;
    let name = text(object.get("name"));
    let mut item = PlainItem { line, kind, name: name.to_owned(), ..PlainItem::default() };
    for rule in items::parts(kind) {
        let within = if rule.within.is_empty() {
            Some(object)
        } else {
            object.get(rule.within).and_then(Value::as_object)
        };
        item.put(rule.part, text(within.and_then(|within| within.get(rule.name))));
    }
    let login = object.get("login");
    for uri in login.and_then(|login| login.get("uris")).and_then(Value::as_array).into_iter().flatten() {
        let address = text(uri.get("uri"));
        if !address.is_empty() {
            item.uris.push((address.to_owned(), uri.get("match").and_then(Value::as_i64)));
        }
    }
    for field in object.get("fields").and_then(Value::as_array).into_iter().flatten() {
        let kind = field.get("type").and_then(Value::as_i64).filter(|kind| (0..=2).contains(kind));
        // A field that stands for another has nothing of its own.
        if let Some(kind) = kind {
            item.fields.push((kind, text(field.get("name")).to_owned(), text(field.get("value")).to_owned()));
        }
    }
    Ok(item)
}

fn text(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}
