//! Looking at one item: what stands in it, what is concealed, and its one-time code.

use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    CipherId, FieldKind, GetItem, GetOneTimeCode, ItemPart, ItemRights, ItemValue, ItemView, Moment,
    OneTimeCode, Problem, ProblemKind, RevealPart, Secret, Seen, Shown, Within,
};
use portal_domain::items::{self, VIEWED};
use portal_keys::OneTime;
use portal_wire::{EventType, Timestamp, vault::CollectedEvent};
use serde_json::{Map, Value};

use super::{super::Handle, ItemReach};
use crate::{
    Core,
    api::Call,
    session::key_problem,
    stores::{
        collections::Collections,
        items::{Document, Text},
        kept::seen_of,
    },
};

impl Handle for GetItem {
    async fn handle(self, core: &Rc<Core>) -> Result<ItemView, Problem> {
        let Self { within, id, opening } = self;
        let document = core.read_item(within, id).await?;
        let may = core.may(within, &document).await?;
        let collections = core.kept::<Collections>(within).await?;
        if opening {
            core.tell_of_item(within, id, VIEWED);
        }
        let ids = document.collections();
        Ok(ItemView {
            kind: document.kind(),
            name: readable(document.name()),
            values: values(&document),
            collections: ids.into_iter().map(|id| (id, collections.label(id))).collect(),
            created: document.moment("creationDate").unwrap_or(Moment(0)),
            changed: document.moment("revisionDate").unwrap_or(Moment(0)),
            trashed: document.moment("deletedDate"),
            earlier_passwords: document.earlier_passwords().into(),
            may,
            seen: seen(&document),
        })
    }
}

impl Handle for RevealPart {
    async fn handle(self, core: &Rc<Core>) -> Result<Secret, Problem> {
        let Self { within, id, part, copying } = self;
        let document = core.known_item(within, id).await?;
        let concealed = match part {
            ItemPart::Uri(_) => false,
            ItemPart::Field(at) => document.field(at).is_some_and(|field| field.kind == FieldKind::Hidden),
            part => items::rule(document.kind(), part).is_some_and(|rule| rule.concealed),
        };
        if concealed && !core.may(within, &document).await?.see_passwords {
            return Err(ProblemKind::NotAllowed.into());
        }
        let text = match document.text(part) {
            Text::Plain(text) => text,
            Text::Missing => return Err(ProblemKind::NotFound.into()),
            Text::Unreadable => return Err(ProblemKind::CannotDecrypt.into()),
        };
        let events = items::events_of(part);
        if let Some(event) = if copying { events.copied } else { events.shown }.filter(|_| concealed) {
            core.tell_of_item(within, id, event);
        }
        Ok(Secret::from(text.as_str()))
    }
}

impl Handle for GetOneTimeCode {
    async fn handle(self, core: &Rc<Core>) -> Result<OneTimeCode, Problem> {
        let Self { within, id } = self;
        let document = core.known_item(within, id).await?;
        if !core.may(within, &document).await?.see_passwords {
            return Err(ProblemKind::NotAllowed.into());
        }
        let key = match document.text(ItemPart::AuthenticatorKey) {
            Text::Plain(key) => OneTime::read(&key).map_err(|error| key_problem(&error))?,
            Text::Missing => return Err(ProblemKind::NotFound.into()),
            Text::Unreadable => return Err(ProblemKind::CannotDecrypt.into()),
        };
        let now = u64::try_from(core.platform.now_ms() / 1_000).unwrap_or_default();
        let period = key.period();
        Ok(OneTimeCode {
            code: key.code_at(now).to_string(),
            seconds_left: u32::try_from(period - now % period).unwrap_or(u32::MAX),
            period: u32::try_from(period).unwrap_or(u32::MAX),
        })
    }
}

/// The item somebody looks at, encrypted as it came, so that seeing a part of it asks for nothing again.
#[derive(Default)]
struct Looked(RefCell<Option<Rc<Document>>>);

impl Core {
    /// Reads an item anew.
    pub(crate) async fn read_item(
        self: &Rc<Self>,
        within: Within,
        id: CipherId,
    ) -> Result<Rc<Document>, Problem> {
        let route = match self.item_reach(within).await? {
            ItemReach::Everything => "admin",
            ItemReach::Assigned => "details",
        };
        // Without the key it is shown all the same, as one that cannot be read.
        let key = match self.space_key(within).await {
            Err(problem) if problem.kind != ProblemKind::CannotDecrypt => return Err(problem),
            key => key.ok(),
        };
        let json: Map<String, Value> =
            self.api.json(&Call::get(format!("/api/ciphers/{id}/{route}"))).await?;
        let document = Document::read(json, within.organization, key.as_deref())?;
        if document.id() != Some(id) {
            return Err(ProblemKind::Mismatch.into());
        }
        let document = Rc::new(document);
        let looked = self.stores.of_client::<Looked>(within.organization);
        *looked.0.borrow_mut() = Some(document.clone());
        Ok(document)
    }

    /// The item as it was read last.
    async fn known_item(self: &Rc<Self>, within: Within, id: CipherId) -> Result<Rc<Document>, Problem> {
        let looked = self.stores.of_client::<Looked>(within.organization);
        let known = looked.0.borrow().clone().filter(|document| document.id() == Some(id));
        match known {
            Some(known) => Ok(known),
            None => self.read_item(within, id).await,
        }
    }

    /// What may be done with an item.
    pub(crate) async fn may(
        self: &Rc<Self>,
        within: Within,
        document: &Document,
    ) -> Result<ItemRights, Problem> {
        let all = self.item_reach(within).await? == ItemReach::Everything;
        // What a server does not say is left for it to refuse.
        let has = |object: &str, name: &str| all || document.flag(object, name).unwrap_or(true);
        let known = !items::parts(document.kind()).is_empty();
        let readable = matches!(document.name(), Text::Plain(_));
        let trashed = document.moment("deletedDate").is_some();
        Ok(ItemRights {
            edit: known && readable && !trashed && has("", "edit"),
            assign: all && !trashed,
            delete: has("permissions", "delete"),
            see_passwords: has("", "viewPassword"),
        })
    }

    /// Tells the log what somebody did with an item. It is told on a best effort, as every client does: nobody waits for it,
    /// and what was seen has been seen.
    fn tell_of_item(self: &Rc<Self>, within: Within, id: CipherId, event: i32) {
        let event = CollectedEvent {
            kind: EventType::from(event),
            cipher_id: Some(id),
            organization_id: Some(within.organization),
            date: Timestamp(self.platform.now_ms()),
        };
        let core = self.clone();
        self.spawn_in_session(async move {
            let _ = core.api.done(&Call::post("/events/collect").repeatable().json(&[event])).await;
        });
    }
}

/// How an item stands: what is in it, and where it is.
pub(crate) fn seen(document: &Document) -> Seen {
    let mut collections = document.collections();
    crate::sort::sort_by(&mut collections, |one, other| one.cmp(other));
    // Whether it is written the same way says whether it is the same.
    seen_of(&(Value::Object(document.content()).to_string(), collections))
}

fn values(document: &Document) -> Vec<ItemValue> {
    let mut values = Vec::new();
    let mut add = |part, label, field, shown: Option<Shown>| {
        values.extend(shown.map(|shown| ItemValue { part, label, field, shown }));
    };
    for rule in items::parts(document.kind()) {
        if rule.part == ItemPart::Notes {
            for at in 0..document.uris() {
                let part = ItemPart::Uri(at);
                add(part, None, FieldKind::Text, shown(document.text(part), false));
            }
        }
        add(rule.part, None, FieldKind::Text, shown(document.text(rule.part), rule.concealed));
    }
    for at in 0..document.fields() {
        let Some(field) = document.field(at) else { continue };
        // A field is shown even when nothing stands in it: its name says something.
        let value = shown(field.value, field.kind == FieldKind::Hidden).unwrap_or(Shown::Text(String::new()));
        add(ItemPart::Field(at), Some(readable(field.name).unwrap_or_default()), field.kind, Some(value));
    }
    values
}

fn shown(text: Text, concealed: bool) -> Option<Shown> {
    match text {
        Text::Missing => None,
        Text::Unreadable => Some(Shown::Unreadable),
        Text::Plain(_) if concealed => Some(Shown::Concealed),
        Text::Plain(text) => Some(Shown::Text(text.to_string())),
    }
}

fn readable(text: Text) -> Option<String> {
    match text {
        Text::Plain(text) => Some(text.to_string()),
        Text::Missing => Some(String::new()),
        Text::Unreadable => None,
    }
}
