//! Making an item, and changing one.

use std::rc::Rc;

use portal_bridge::{
    CipherId, Fault, Field, FieldProblem, ItemPart, Moment, Problem, ProblemKind, SaveItem, Secret, Within,
};
use portal_domain::items::{self, FIELD_BYTES, MOST_ENTRIES, NAME_BYTES, URI_BYTES};
use portal_keys::Zeroizing;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{super::Handle, ItemReach, look::seen};
use crate::{
    Core,
    api::Call,
    sort::once,
    stores::items::{Document, Items},
};

impl Handle for SaveItem {
    async fn handle(self, core: &Rc<Core>) -> Result<CipherId, Problem> {
        let reach = core.item_reach(self.within).await?;
        check(&self)?;
        let saved = match self.id {
            None => create(core, &self, reach).await,
            Some(id) => change(core, &self, id, reach).await,
        };
        if saved.is_ok() {
            // The list follows; a failure of that is shown with it.
            let (core, within) = (core.clone(), self.within);
            core.clone().spawn_in_session(async move {
                let _ = core.read_again::<Items>(within).await;
            });
        }
        saved
    }
}

async fn create(core: &Rc<Core>, saved: &SaveItem, reach: ItemReach) -> Result<CipherId, Problem> {
    let within = saved.within;
    let key = core.space_key(within).await?;
    let mut document = Document::new(within.organization, saved.kind, &key);
    fill(&mut document, saved, core.platform.now_ms())?;
    let route = match reach {
        ItemReach::Everything => "admin",
        ItemReach::Assigned => "create",
    };
    let before = core.kept::<Items>(within).await?;
    let body = json!({"cipher": document.request(), "collectionIds": texts(&saved.collections)});
    match core.api.json::<Made>(&Call::post(format!("/api/ciphers/{route}")).json(&body)).await {
        // It may have been made; only the list says.
        Err(problem) if matches!(problem.kind, ProblemKind::Uncertain | ProblemKind::BadAnswer) => {
            let now = core.read_again::<Items>(within).await.map_err(|_| problem.clone())?;
            let made = now.newcomer(&before, saved.kind, saved.name.trim());
            made.ok_or_else(|| problem.as_kind(ProblemKind::Uncertain))
        }
        made => made.map(|made| made.id),
    }
}

/// Changes an item that is as it was when its form was opened: first where it is, then what is in it.
async fn change(
    core: &Rc<Core>,
    saved: &SaveItem,
    id: CipherId,
    reach: ItemReach,
) -> Result<CipherId, Problem> {
    let within = saved.within;
    let mut now = core.read_item(within, id).await?;
    if seen(&now) != saved.seen {
        return Err(ProblemKind::ChangedMeanwhile.into());
    }
    let may = core.may(within, &now).await?;
    if !may.edit {
        return Err(ProblemKind::NotAllowed.into());
    }
    if may.assign && sorted(now.collections()) != sorted(saved.collections.clone()) {
        assign(core, within, id, saved).await?;
        now = core.read_item(within, id).await?;
    }
    let mut wanted = (*now).clone();
    fill(&mut wanted, saved, core.platform.now_ms())?;
    if wanted.content() == now.content() {
        return Ok(id);
    }
    let route = if reach == ItemReach::Everything { "/admin" } else { "" };
    let call = Call::put(format!("/api/ciphers/{id}{route}")).json(&wanted.request());
    match core.api.done(&call).await {
        Err(problem) if problem.kind == ProblemKind::Uncertain => {
            let now = core.read_item(within, id).await.map_err(|_| problem.clone())?;
            if now.content() == wanted.content() { Ok(id) } else { Err(problem) }
        }
        // Between reading and saving, somebody else saved.
        Err(problem) if problem.kind == ProblemKind::Refused => match core.read_item(within, id).await {
            Ok(newer) if seen(&newer) != seen(&now) => Err(problem.as_kind(ProblemKind::ChangedMeanwhile)),
            _ => Err(problem),
        },
        sent => sent.map(|()| id),
    }
}

/// Puts an item into exactly these collections. Twice is once, so it may be sent again.
async fn assign(core: &Rc<Core>, within: Within, id: CipherId, saved: &SaveItem) -> Result<(), Problem> {
    let call = Call::put(format!("/api/ciphers/{id}/collections-admin")).repeatable();
    let sent = core.api.done(&call.json(&json!({"collectionIds": texts(&saved.collections)}))).await;
    match sent {
        Err(problem) if problem.kind == ProblemKind::Uncertain => {
            let now = core.read_item(within, id).await.map_err(|_| problem.clone())?;
            if sorted(now.collections()) == sorted(saved.collections.clone()) { Ok(()) } else { Err(problem) }
        }
        sent => sent,
    }
}

fn fill(document: &mut Document, saved: &SaveItem, now_ms: i64) -> Result<(), Problem> {
    document.set_name(saved.name.trim())?;
    for (part, secret) in &saved.changes {
        if let Some(rule) = items::rule(saved.kind, *part) {
            document.set(rule, text(secret)?, Moment(now_ms))?;
        }
    }
    let uris: Vec<_> = saved.uris.iter().map(|entry| (entry.from, entry.uri.trim(), None)).collect();
    document.set_uris(&uris)?;
    let mut fields = Vec::new();
    for entry in &saved.fields {
        let value = entry.value.as_ref().map(text).transpose()?;
        fields.push((entry.from, entry.kind, entry.name.trim(), value));
    }
    document.set_fields(&fields)
}

/// What is wrong with a form, every field at once, before anything is encrypted.
fn check(saved: &SaveItem) -> Result<(), Problem> {
    let mut faults = Vec::new();
    let mut refuse = |field, fault, part: Option<&str>| {
        faults.push(FieldProblem { field, fault, part: part.map(str::to_owned) });
    };
    let too_long = |limit: usize| Fault::TooLong { limit: u32::try_from(limit).unwrap_or(u32::MAX) };
    let name = saved.name.trim();
    if name.is_empty() {
        refuse(Field::Name, Fault::Missing, None);
    }
    if name.len() > NAME_BYTES {
        refuse(Field::Name, too_long(NAME_BYTES), None);
    }
    for (part, secret) in &saved.changes {
        let Some(rule) = items::rule(saved.kind, *part) else { continue };
        if secret.bytes().len() > rule.limit {
            refuse(Field::Other, too_long(rule.limit), Some(rule.name));
        } else if *part == ItemPart::AuthenticatorKey && !secret.is_empty() && !is_authenticator_key(secret) {
            refuse(Field::Other, Fault::Malformed, Some(rule.name));
        }
    }
    let most = Fault::TooMany { limit: u32::try_from(MOST_ENTRIES).unwrap_or(u32::MAX) };
    if saved.uris.len() > MOST_ENTRIES {
        refuse(Field::Other, most.clone(), Some(URIS));
    } else if saved.uris.iter().any(|entry| entry.uri.len() > URI_BYTES) {
        refuse(Field::Other, too_long(URI_BYTES), Some(URIS));
    }
    let long = |entry: &portal_bridge::FieldEntry| {
        entry.name.len() > NAME_BYTES
            || entry.value.as_ref().is_some_and(|value| value.bytes().len() > FIELD_BYTES)
    };
    if saved.fields.len() > MOST_ENTRIES {
        refuse(Field::Other, most, Some(FIELDS));
    } else if saved.fields.iter().any(long) {
        refuse(Field::Other, too_long(FIELD_BYTES), Some(FIELDS));
    }
    // A person's own vault is none of the portal's business: every item is in a collection when it is made.
    if saved.id.is_none() && saved.collections.is_empty() {
        refuse(Field::Access, Fault::Missing, None);
    }
    if items::parts(saved.kind).is_empty() {
        refuse(Field::Other, Fault::Malformed, None);
    }
    if faults.is_empty() { Ok(()) } else { Err(ProblemKind::Invalid(faults).into()) }
}

/// The names of the two lists of a form, for their faults.
const URIS: &str = "uris";
const FIELDS: &str = "fields";

fn is_authenticator_key(secret: &Secret) -> bool {
    let text = String::from_utf8(secret.bytes().to_vec()).map(Zeroizing::new);
    text.is_ok_and(|text| portal_keys::OneTime::read(&text).is_ok())
}

fn text(secret: &Secret) -> Result<&str, Problem> {
    std::str::from_utf8(secret.bytes())
        .map_err(|error| Problem::with(ProblemKind::Refused, error.to_string()))
}

fn texts(ids: &[portal_bridge::CollectionId]) -> Vec<Value> {
    sorted(ids.to_vec()).iter().map(|id| id.to_string().into()).collect()
}

fn sorted(ids: Vec<portal_bridge::CollectionId>) -> Vec<portal_bridge::CollectionId> {
    let mut ids = once(ids, |one, other| one.cmp(other));
    crate::sort::sort_by(&mut ids, |one, other| one.cmp(other));
    ids
}

#[derive(Deserialize)]
struct Made {
    id: CipherId,
}
