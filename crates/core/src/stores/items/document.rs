//! One item: its JSON as the server keeps it, and the key that opens it.
//!
//! What this program does not know of stays in the JSON as it came, so that changing an item loses nothing of it.

use portal_bridge::{
    CipherId, CollectionId, FieldKind, ItemPart, Moment, OrganizationId, Problem, ProblemKind,
};
use portal_domain::items::{self, LOGIN, PartRule};
use portal_keys::{EncString, SymmetricKey, Zeroizing};
use portal_wire::Timestamp;
use serde_json::{Map, Value, json};

use crate::session::key_problem;

/// What a server adds to an item, and is not part of it.
const ADDED: &[&str] = &[
    "object",
    "id",
    "attachments",
    "collectionIds",
    "permissions",
    "edit",
    "viewPassword",
    "organizationUseTotp",
    "creationDate",
    "revisionDate",
    "deletedDate",
    "archivedDate",
    "data",
];
/// So many earlier passwords are kept, as Bitwarden does.
const EARLIER_KEPT: usize = 5;

/// An item as it was read, or one that is being made.
#[derive(Clone)]
pub(crate) struct Document {
    json: Map<String, Value>,
    /// The item's own key, or the organization's; none where the item's cannot be opened.
    key: Option<SymmetricKey>,
}

/// A text of an item.
#[derive(Debug, PartialEq)]
pub(crate) enum Text {
    /// Nothing stands there.
    Missing,
    /// It cannot be decrypted.
    Unreadable,
    /// It says this.
    Plain(Zeroizing<String>),
}

/// A field somebody added.
pub(crate) struct Added {
    pub(crate) kind: FieldKind,
    pub(crate) name: Text,
    pub(crate) value: Text,
}

impl Document {
    /// An item that is yet to be made.
    pub(crate) fn new(organization: OrganizationId, kind: i32, key: &SymmetricKey) -> Self {
        let mut json = Map::new();
        json.insert("type".into(), kind.into());
        json.insert("organizationId".into(), organization.to_string().into());
        let own = items::own_object(kind).unwrap_or_default();
        // A note has nothing of its own but its one type.
        let object = if kind == items::SECURE_NOTE { json!({"type": 0}) } else { json!({}) };
        json.insert(own.into(), object);
        Self { json, key: Some(key.clone()) }
    }

    /// Takes an item of this organization over; one of another is not shown.
    pub(crate) fn read(
        json: Map<String, Value>,
        organization: OrganizationId,
        key: Option<&SymmetricKey>,
    ) -> Result<Self, Problem> {
        if json.get("organizationId").and_then(Value::as_str) != Some(organization.to_string().as_str()) {
            return Err(ProblemKind::Mismatch.into());
        }
        let key = match json.get("key").and_then(Value::as_str) {
            None | Some("") => key.cloned(),
            Some(wrapped) => {
                key.zip(wrapped.parse::<EncString>().ok()).and_then(|(key, own)| key.unwrap_key(&own).ok())
            }
        };
        Ok(Self { json, key })
    }

    pub(crate) fn id(&self) -> Option<CipherId> {
        self.json.get("id")?.as_str()?.parse().ok()
    }

    pub(crate) fn kind(&self) -> i32 {
        self.json
            .get("type")
            .and_then(Value::as_i64)
            .and_then(|kind| i32::try_from(kind).ok())
            .unwrap_or_default()
    }

    pub(crate) fn collections(&self) -> Vec<CollectionId> {
        let ids = self.json.get("collectionIds").and_then(Value::as_array).into_iter().flatten();
        ids.filter_map(|id| id.as_str()?.parse().ok()).collect()
    }

    /// A moment the server adds, such as `revisionDate`.
    pub(crate) fn moment(&self, name: &str) -> Option<Moment> {
        let text = self.json.get(name)?.as_str()?;
        text.parse::<Timestamp>().ok().map(|at| Moment(at.0))
    }

    /// What the server says the caller may do, where it says so.
    pub(crate) fn flag(&self, object: &str, name: &str) -> Option<bool> {
        let within = if object.is_empty() {
            Some(&self.json)
        } else {
            self.json.get(object).and_then(Value::as_object)
        };
        within?.get(name)?.as_bool()
    }

    /// The content without what the server adds: equal when nothing of it has changed.
    pub(crate) fn content(&self) -> Map<String, Value> {
        let mut content = self.json.clone();
        content.retain(|name, value| !ADDED.contains(&name.as_str()) && !value.is_null());
        content
    }

    /// The body that saves it: its content, and from which state the change was made.
    pub(crate) fn request(&self) -> Value {
        let mut body = self.content();
        if let Some(revision) = self.json.get("revisionDate") {
            body.insert("lastKnownRevisionDate".into(), revision.clone());
        }
        Value::Object(body)
    }

    pub(crate) fn name(&self) -> Text {
        self.open(self.json.get("name"))
    }

    /// What stands in a part.
    pub(crate) fn text(&self, part: ItemPart) -> Text {
        match part {
            ItemPart::Uri(at) => self.open(self.entry("login", "uris", at).and_then(|uri| uri.get("uri"))),
            ItemPart::Field(at) => self.field(at).map_or(Text::Missing, |field| field.value),
            part => match items::rule(self.kind(), part) {
                Some(rule) => self.open(self.place(rule)),
                None => Text::Missing,
            },
        }
    }

    /// How many addresses a login has.
    pub(crate) fn uris(&self) -> u16 {
        self.count("login", "uris")
    }

    /// How many fields were added.
    pub(crate) fn fields(&self) -> u16 {
        self.count("", "fields")
    }

    /// An added field.
    pub(crate) fn field(&self, at: u16) -> Option<Added> {
        let field = self.entry("", "fields", at)?;
        let kind = match field.get("type").and_then(Value::as_i64) {
            Some(1) => FieldKind::Hidden,
            Some(2) => FieldKind::Checkbox,
            Some(3) => FieldKind::Linked,
            _ => FieldKind::Text,
        };
        Some(Added { kind, name: self.open(field.get("name")), value: self.open(field.get("value")) })
    }

    pub(crate) fn earlier_passwords(&self) -> u16 {
        self.count("", "passwordHistory")
    }

    pub(crate) fn set_name(&mut self, name: &str) -> Result<(), Problem> {
        if self.name() != Text::Plain(Zeroizing::new(name.to_owned())) {
            let sealed = self.seal(name)?;
            self.json.insert("name".into(), sealed);
        }
        Ok(())
    }

    /// Puts a text into a part, or empties it. A password that was there before is remembered with the moment it was replaced.
    pub(crate) fn set(&mut self, rule: &PartRule, text: &str, now: Moment) -> Result<(), Problem> {
        let before = self.place(rule).cloned();
        if self.open(before.as_ref()) == Text::Plain(Zeroizing::new(text.to_owned())) {
            return Ok(());
        }
        let sealed = if text.is_empty() { Value::Null } else { self.seal(text)? };
        let put = |object: &mut Map<String, Value>| {
            object.insert(rule.name.into(), sealed);
        };
        match rule.within {
            "" => put(&mut self.json),
            object => within(&mut self.json, object, put),
        }
        if rule.part == ItemPart::Password
            && let Some(before @ Value::String(_)) = before
        {
            let now = serde_json::to_value(Timestamp(now.0)).unwrap_or_default();
            within(&mut self.json, "login", |login| {
                login.insert("passwordRevisionDate".into(), now.clone());
            });
            let mut history = match self.json.remove("passwordHistory") {
                Some(Value::Array(history)) => history,
                _ => Vec::new(),
            };
            history.insert(0, json!({"password": before, "lastUsedDate": now}));
            history.truncate(EARLIER_KEPT);
            self.json.insert("passwordHistory".into(), Value::Array(history));
        }
        Ok(())
    }

    /// Sets the addresses of a login, each with its place before, by which it keeps how it is compared; for a new one that is
    /// given.
    pub(crate) fn set_uris(&mut self, uris: &[(Option<u16>, &str, Option<i64>)]) -> Result<(), Problem> {
        if self.kind() != LOGIN {
            return Ok(());
        }
        let mut all = Vec::new();
        for (from, uri, matching) in uris {
            let before = from.and_then(|at| self.entry("login", "uris", at)).cloned();
            let new = || Map::from_iter([("match".to_owned(), matching.map_or(Value::Null, Value::from))]);
            let mut entry = before.unwrap_or_else(new);
            if self.open(entry.get("uri")) != Text::Plain(Zeroizing::new((*uri).to_owned())) {
                entry.insert("uri".into(), self.seal(uri)?);
                // Clients hold an address by it to be the one that was entered.
                entry.insert("uriChecksum".into(), self.seal(&portal_keys::checksum(uri))?);
            }
            all.push(Value::Object(entry));
        }
        within(&mut self.json, "login", |login| {
            login.insert("uris".into(), Value::Array(all));
        });
        Ok(())
    }

    /// Sets the added fields; a value of `None` stays.
    pub(crate) fn set_fields(
        &mut self,
        fields: &[(Option<u16>, FieldKind, &str, Option<&str>)],
    ) -> Result<(), Problem> {
        let mut all = Vec::new();
        for (from, kind, name, value) in fields {
            let before = from.and_then(|at| self.entry("", "fields", at)).cloned();
            let mut entry = before.unwrap_or_default();
            if *kind != FieldKind::Linked {
                entry.insert("type".into(), number(*kind).into());
            }
            if self.open(entry.get("name")) != Text::Plain(Zeroizing::new((*name).to_owned())) {
                entry.insert("name".into(), self.seal(name)?);
            }
            if let Some(value) = value {
                entry.insert("value".into(), self.seal(value)?);
            }
            all.push(Value::Object(entry));
        }
        self.json.insert("fields".into(), Value::Array(all));
        Ok(())
    }

    fn place(&self, rule: &PartRule) -> Option<&Value> {
        let within =
            if rule.within.is_empty() { &self.json } else { self.json.get(rule.within)?.as_object()? };
        within.get(rule.name)
    }

    fn entry(&self, object: &str, list: &str, at: u16) -> Option<&Map<String, Value>> {
        let within = if object.is_empty() { &self.json } else { self.json.get(object)?.as_object()? };
        within.get(list)?.as_array()?.get(usize::from(at))?.as_object()
    }

    fn count(&self, object: &str, list: &str) -> u16 {
        let within = if object.is_empty() {
            Some(&self.json)
        } else {
            self.json.get(object).and_then(Value::as_object)
        };
        let list = within.and_then(|within| within.get(list)).and_then(Value::as_array);
        list.map_or(0, |list| u16::try_from(list.len()).unwrap_or(u16::MAX))
    }

    fn open(&self, sealed: Option<&Value>) -> Text {
        let Some(text) = sealed.and_then(Value::as_str).filter(|text| !text.is_empty()) else {
            return Text::Missing;
        };
        let opened = self.key.as_ref().zip(text.parse::<EncString>().ok());
        match opened.and_then(|(key, sealed)| key.decrypt_text(&sealed).ok()) {
            Some(plain) => Text::Plain(plain),
            None => Text::Unreadable,
        }
    }

    fn seal(&self, text: &str) -> Result<Value, Problem> {
        let key = self.key.as_ref().ok_or(ProblemKind::CannotDecrypt)?;
        let sealed = key.encrypt_text(text).map_err(|error| key_problem(&error))?;
        Ok(Value::String(sealed.to_string()))
    }
}

fn number(kind: FieldKind) -> i32 {
    match kind {
        FieldKind::Text => 0,
        FieldKind::Hidden => 1,
        FieldKind::Checkbox => 2,
        FieldKind::Linked => 3,
    }
}

/// Changes the object of this name, made where there is none.
fn within(json: &mut Map<String, Value>, name: &str, change: impl FnOnce(&mut Map<String, Value>)) {
    let mut object = match json.remove(name) {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    };
    change(&mut object);
    json.insert(name.into(), Value::Object(object));
}
