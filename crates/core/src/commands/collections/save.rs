use std::rc::Rc;

use portal_bridge::{
    Access, AccessLevel, Action, CollectionId, Fault, Field, Party, Problem, ProblemKind, SaveCollection,
};
use portal_domain::collections::{EXTERNAL_ID_LENGTH, below, steps, too_long};
use portal_wire::collection::{CollectionRequest, Selection};
use serde::Deserialize;

use super::super::Handle;
use crate::{
    Core,
    api::Call,
    few::Few,
    fields::Fields,
    session::key_problem,
    stores::{
        collections::{Collection, Collections, levels, selection},
        groups::Groups,
    },
};

/// Names under way to the server, as they were encrypted: whoever sends a form again after an unclear end sends the same
/// text, by which the collection is found if it was made after all.
#[derive(Default)]
struct Attempts(std::cell::RefCell<Few<String, String>>);

impl Handle for SaveCollection {
    async fn handle(self, core: &Rc<Core>) -> Result<CollectionId, Problem> {
        let organization = core.organization(self.within).await?;
        let reached = organization.allow_admin_access_to_all_collection_items.unwrap_or(true);
        let path = below(&self.parent, &self.name);
        // A name that cannot be read may stay as it is, but nothing can be made without one.
        let named = steps(&self.name).next().is_some();
        let mut fields = Fields::default();
        if !named && self.id.is_none() {
            fields.refuse(Field::Name, Fault::Missing);
        }
        if let Some(limit) = too_long(&path) {
            fields.refuse(Field::Name, Fault::TooLong { limit: number(limit) });
        }
        let external_id = self.external_id.as_deref().map(str::trim).filter(|id| !id.is_empty());
        if external_id.is_some_and(|id| id.encode_utf16().count() > EXTERNAL_ID_LENGTH) {
            fields.refuse(Field::ExternalId, Fault::TooLong { limit: number(EXTERNAL_ID_LENGTH) });
        }
        let managed = |access: &Vec<Access>| access.iter().any(|one| one.level == AccessLevel::Manage);
        if !reached && self.access.as_ref().is_some_and(|access| !managed(access)) {
            fields.refuse(Field::Access, Fault::NobodyManages);
        }
        let (groups, users) = match &self.access {
            Some(access) => {
                let grants: Vec<_> = access.iter().map(|one| (one.party, one.level)).collect();
                let (groups, users) = wire_shares(&grants);
                (Some(groups), Some(users))
            }
            None => (None, None),
        };
        let request =
            CollectionRequest { name: None, external_id: external_id.map(str::to_owned), groups, users };
        fields.finish()?;
        match self.id {
            None => create(core, &self, &path, request).await,
            Some(id) => change(core, &self, id, named.then_some(path.as_str()), request).await,
        }
    }
}

async fn create(
    core: &Rc<Core>,
    saved: &SaveCollection,
    path: &str,
    request: CollectionRequest,
) -> Result<CollectionId, Problem> {
    let within = saved.within;
    core.rights_in(within).await?.demand(Action::CreateCollection)?;
    let attempts = core.stores.of_client::<Attempts>(within.organization);
    let before = attempts.0.borrow().get(path).cloned();
    if let Some(sealed) = &before
        && let Some(id) = find(&*core.read_again::<Collections>(within).await?, sealed)
    {
        attempts.0.borrow_mut().remove(&path.to_owned());
        return Ok(id);
    }
    let sealed = match before {
        Some(sealed) => sealed,
        None => seal(core, saved, path).await?,
    };
    attempts.0.borrow_mut().insert(path.to_owned(), sealed.clone());
    // There is nothing to be left as it is, and Vaultwarden wants both lists though empty.
    let request = CollectionRequest {
        name: Some(sealed.clone()),
        groups: Some(request.groups.unwrap_or_default()),
        users: Some(request.users.unwrap_or_default()),
        ..request
    };
    let call = Call::post(format!("/api/organizations/{}/collections", within.organization));
    let sent = core.api.json::<Made>(&call.json(&request)).await;
    let made = match sent {
        Ok(made) => Ok(made.id),
        // It may have been made; only the list says.
        Err(problem) if matches!(problem.kind, ProblemKind::Uncertain | ProblemKind::BadAnswer) => {
            let all = core.read_again::<Collections>(within).await.map_err(|_| problem.clone())?;
            find(&all, &sealed).ok_or_else(|| problem.as_kind(ProblemKind::Uncertain))
        }
        Err(problem) => Err(problem),
    };
    if !made.as_ref().is_err_and(|problem| problem.kind == ProblemKind::Uncertain) {
        attempts.0.borrow_mut().remove(&path.to_owned());
    }
    if made.is_ok() {
        after(core, saved).await;
    }
    made
}

async fn change(
    core: &Rc<Core>,
    saved: &SaveCollection,
    id: CollectionId,
    path: Option<&str>,
    request: CollectionRequest,
) -> Result<CollectionId, Problem> {
    let within = saved.within;
    let organization = core.organization(within).await?;
    let all = core.read_again::<Collections>(within).await?;
    let now = all.get(id).ok_or(ProblemKind::NotFound)?;
    let rights = core.rights_in(within).await?;
    if rights.verdict_on(Action::EditCollection, &organization, now) != portal_bridge::Verdict::Allowed {
        return Err(ProblemKind::NotAllowed.into());
    }
    if now.seen() != saved.seen {
        return Err(ProblemKind::ChangedMeanwhile.into());
    }
    // A name that stays is sent as it came.
    let name = match path {
        Some(path) if now.path.as_deref() != Some(path) => seal(core, saved, path).await?,
        _ => now.sealed.clone(),
    };
    let request = CollectionRequest { name: Some(name), ..request };
    let call = Call::put(format!("/api/organizations/{}/collections/{id}", within.organization));
    let sent = core.api.done(&call.json(&request)).await;
    let result = match sent {
        Err(problem) if problem.kind == ProblemKind::Uncertain => {
            let all = core.read_again::<Collections>(within).await.map_err(|_| problem.clone())?;
            let as_wanted = all.get(id).is_some_and(|now| is_so(&request, now));
            if as_wanted { Ok(id) } else { Err(problem) }
        }
        sent => sent.map(|()| id),
    };
    if result.is_ok() {
        after(core, saved).await;
    }
    result
}

/// Reads again what the change touched; a failure of that is shown with the list.
async fn after(core: &Rc<Core>, saved: &SaveCollection) {
    let _ = core.read_again::<Collections>(saved.within).await;
    if saved.access.is_some() {
        let _ = core.reread_known::<Groups>(saved.within).await;
    }
}

async fn seal(core: &Rc<Core>, saved: &SaveCollection, path: &str) -> Result<String, Problem> {
    let key = core.space_key(saved.within).await?;
    key.encrypt_text(path).map(|sealed| sealed.to_string()).map_err(|error| key_problem(&error))
}

fn find(all: &Collections, sealed: &str) -> Option<CollectionId> {
    all.0.iter().find(|collection| collection.sealed == sealed).map(|collection| collection.id)
}

/// Whether a collection is as a request would make it.
fn is_so(request: &CollectionRequest, now: &Collection) -> bool {
    request.name.as_ref() == Some(&now.sealed)
        && request.external_id == now.external_id
        && request.users.as_ref().is_none_or(|users| levels(users) == now.people)
        && request.groups.as_ref().is_none_or(|groups| levels(groups) == now.groups)
}

/// Groups and people with their access, as they travel.
pub(crate) fn wire_shares(access: &[(Party, AccessLevel)]) -> (Vec<Selection>, Vec<Selection>) {
    let groups = access.iter().filter_map(|(party, level)| match party {
        Party::Group(id) => Some(selection(id.0, *level)),
        Party::Person(_) | Party::Collection(_) => None,
    });
    let people = access.iter().filter_map(|(party, level)| match party {
        Party::Person(id) => Some(selection(id.0, *level)),
        Party::Group(_) | Party::Collection(_) => None,
    });
    (groups.collect(), people.collect())
}

#[derive(Deserialize)]
struct Made {
    id: CollectionId,
}

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
