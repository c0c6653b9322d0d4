use portal_wire::{Event, EventSystemUser};

use super::{
    Named, Names,
    words::{Slot, words},
};

/// An event as a sentence: who, what, where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Who did it.
    pub who: Part,
    /// What they did; begins with a verb in the past tense.
    pub what: Vec<Part>,
    /// The name of the organization, or of the provider, in which they did it.
    pub place: Option<String>,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Our words.
    Words(String),
    /// A name somebody gave, or what stands for one: to be isolated when shown, since it may be in any script.
    Name(String),
}

impl Part {
    /// The text, whatever it is.
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Name(text) => text,
        }
    }
}

impl Sentence {
    /// What was done, as one text.
    pub fn what_text(&self) -> String {
        self.what.iter().map(Part::text).collect()
    }
}

/// The whole sentence.
pub fn sentence(event: &Event, names: &dyn Names) -> Sentence {
    Sentence { who: actor(event, names), what: what(event, names), place: place(event, names) }
}

/// Who did it.
pub fn actor(event: &Event, names: &dyn Names) -> Part {
    if let Some(system) = event.system_user {
        return Part::Words(system_name(system).to_owned());
    }
    // Signing in has no acting user of its own on some servers.
    match event.acting_user_id.or(event.user_id) {
        Some(id) => {
            let named = Named::User(id);
            Part::Name(names.name(named).unwrap_or_else(|| format!("User {}", named.short_id())))
        }
        None => Part::Words("Somebody".to_owned()),
    }
}

/// Where it was done.
pub fn place(event: &Event, names: &dyn Names) -> Option<String> {
    let organization = event.organization_id.map(Named::Organization);
    let provider = event.provider_id.map(Named::Provider);
    organization.or(provider).and_then(|named| names.name(named))
}

/// What was done.
pub fn what(event: &Event, names: &dyn Names) -> Vec<Part> {
    let mut parts = Parts::default();
    let words = words(event.kind);
    let mut rest = &*words.template;
    while let Some((before, slot, after)) = next_slot(rest) {
        parts.words(before);
        fill(slot, event, names, &mut parts);
        rest = after;
    }
    parts.words(rest);
    parts.0
}

/// The text before the next slot, the slot, and the text after it.
fn next_slot(template: &str) -> Option<(&str, Slot, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Slot::named(name).map(|slot| (before, slot, after))
}

fn fill(slot: Slot, event: &Event, names: &dyn Names, parts: &mut Parts) {
    let person = slot.is_person();
    if person && event.user_id.is_some() && event.user_id == event.acting_user_id {
        return parts.words("themselves");
    }
    if slot == Slot::Domain {
        return match &event.domain_name {
            Some(domain) => parts.name(domain.clone()),
            None => parts.words("a domain"),
        };
    }
    let Some(named) = slot.of(event) else { return parts.words(slot.unnamed()) };
    let known = names.name(named);
    // Somebody removed has left the list, but the person may still be known.
    let known = known.or_else(|| event.user_id.filter(|_| person).and_then(|id| names.name(Named::User(id))));
    match known {
        Some(name) => {
            if !slot.needs_no_noun() {
                parts.words(&format!("the {} ", slot.noun()));
            }
            parts.name(name);
        }
        None => {
            parts.words(&format!("{} ", slot.noun()));
            parts.name(named.short_id());
        }
    }
}

pub(super) fn system_name(system: EventSystemUser) -> &'static str {
    match system {
        EventSystemUser::Scim => "The directory (SCIM)",
        EventSystemUser::DomainVerification => "The domain check",
        EventSystemUser::PublicApi => "The public API",
        EventSystemUser::TwoFactorDisabled => "The two-step login policy",
        EventSystemUser::BitwardenPortal => "Bitwarden’s staff",
        EventSystemUser::NotRecorded | EventSystemUser::Unknown(_) => "The server",
    }
}

/// Parts of a sentence, in which words never follow words.
#[derive(Default)]
pub(super) struct Parts(pub(super) Vec<Part>);

impl Parts {
    pub(super) fn words(&mut self, words: &str) {
        match self.0.last_mut() {
            _ if words.is_empty() => {}
            Some(Part::Words(last)) => last.push_str(words),
            _ => self.0.push(Part::Words(words.to_owned())),
        }
    }

    pub(super) fn name(&mut self, name: String) {
        self.0.push(Part::Name(name));
    }
}
