use portal_wire::EventType;

use super::{Facts, Highlight, Removed};
use crate::timeline::{Part, sentence::Parts};

/// Something a sentence about a highlight mentions, by the number the caller gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mention {
    /// An address.
    Address(u32),
    /// A type of device.
    Device(u32),
    /// A client or a provider.
    Place(u32),
    /// A member.
    Member(u32),
    /// A policy.
    Policy(u32),
}

/// Why a highlight is there, in one sentence: "First time from 203.0.113.94: seen 212 times before, from 3 other addresses".
/// What has no name in `names` is called by what it is.
pub fn why(highlight: &Highlight, names: &dyn Fn(Mention) -> Option<String>) -> Vec<Part> {
    let mut parts = Parts::default();
    let mention = |parts: &mut Parts, before: &str, mention: Mention| {
        parts.words(before);
        match names(mention) {
            Some(name) => parts.name(name),
            None => parts.words(mention.unnamed()),
        }
    };
    match highlight.facts {
        Facts::NewAddress { address, events, others } => {
            mention(&mut parts, "First time from ", Mention::Address(address));
            seen_before(&mut parts, events);
            parts.words("from ");
            counted(&mut parts, others, ("other address", "other addresses"));
        }
        Facts::NewDevice { device, events, others } => {
            mention(&mut parts, "First time with ", Mention::Device(device));
            seen_before(&mut parts, events);
            parts.words("with ");
            counted(&mut parts, others, ("other device", "other devices"));
        }
        Facts::UnusualHour { minute, from, to } => {
            parts.words("At ");
            clock(&mut parts, minute);
            parts.words(": usually active from ");
            clock(&mut parts, u16::from(from) * 60);
            parts.words(" to ");
            clock(&mut parts, u16::from(to) * 60);
        }
        Facts::FailedSignIns { count, minutes, signed_in } => {
            counted(&mut parts, count, ("failed sign-in", "failed sign-ins"));
            within(&mut parts, minutes);
            if signed_in {
                parts.words(", and then one that succeeded");
            }
        }
        Facts::Removals { counts, minutes } => {
            removals(&mut parts, counts);
            within(&mut parts, minutes);
        }
        Facts::Purge => parts.words("Everything in the organization’s vault deleted at once"),
        Facts::Export { own: true } => parts.words("A member’s own vault exported"),
        Facts::Export { own: false } => parts.words("The organization’s whole vault exported"),
        Facts::Reading { items, minutes } => {
            parts.words("Secrets of ");
            counted(&mut parts, items, ("item", "different items"));
            parts.words(" shown or copied");
            within(&mut parts, minutes);
        }
        Facts::Weakened { kind: EventType::PolicyUpdated, subject } => {
            mention(&mut parts, "", Mention::Policy(subject));
            parts.words(" turned off: this was the last time it was saved, and it is off now");
        }
        Facts::Weakened { kind: EventType::OrganizationUserAdminResetTwoFactor, subject } => {
            mention(&mut parts, "Two-step login taken off the account of ", Mention::Member(subject));
        }
        Facts::Weakened { kind, .. } => parts.words(weakened(kind)),
        Facts::Owner { kind, subject } => {
            mention(&mut parts, "", Mention::Member(subject));
            parts.words(match kind {
                EventType::OrganizationUserInvited => " invited as an Owner",
                EventType::OrganizationUserConfirmed => " confirmed as an Owner",
                _ => " made an Owner",
            });
        }
        Facts::FirstVisit { place, visits, others } => {
            mention(&mut parts, "First time in ", Mention::Place(place));
            parts.words(", after ");
            counted(&mut parts, visits, ("visit", "visits"));
            parts.words(" to ");
            counted(&mut parts, others, ("other client", "other clients"));
        }
    }
    capital(parts.0)
}

impl Mention {
    /// What it is, for one without a name.
    fn unnamed(self) -> &'static str {
        match self {
            Self::Address(_) => "an address",
            Self::Device(_) => "a device",
            Self::Place(_) => "a client",
            Self::Member(_) => "a member",
            Self::Policy(_) => "a policy",
        }
    }
}

/// What each kind of [`Removed`] is called: one, several, and what became of them.
const REMOVED: [(&str, &str, &str); 11] = [
    ("member", "members", "removed"),
    ("member", "members", "revoked"),
    ("item", "items", "deleted"),
    ("collection", "collections", "deleted"),
    ("group", "groups", "deleted"),
    ("staff member", "staff members", "removed"),
    ("client", "clients", "unlinked"),
    ("domain", "domains", "removed"),
    ("secret", "secrets", "deleted"),
    ("project", "projects", "deleted"),
    ("machine account", "machine accounts", "deleted"),
];

fn removals(parts: &mut Parts, counts: Removed) {
    let kinds = counts.iter().filter(|count| **count > 0).count();
    let mut told = 0;
    for (count, (one, several, done)) in counts.into_iter().zip(REMOVED) {
        if count == 0 {
            continue;
        }
        told += 1;
        match told {
            1 => {}
            last if last == kinds => parts.words(" and "),
            _ => parts.words(", "),
        }
        counted(parts, count, (one, several));
        parts.words(" ");
        parts.words(done);
    }
}

fn weakened(kind: EventType) -> &'static str {
    use EventType as E;
    match kind {
        E::UserDisabled2fa => "Own two-step login turned off",
        E::UserRecovered2fa => "Recovery code used: two-step login is off until it is set up again",
        E::OrganizationDisabledSso => "Single sign-on turned off",
        E::OrganizationCollectionManagementLimitCollectionCreationDisabled => {
            "Every member may create collections from now on"
        }
        E::OrganizationCollectionManagementLimitCollectionDeletionDisabled => {
            "Members may delete the collections they manage from now on"
        }
        E::OrganizationCollectionManagementLimitItemDeletionDisabled => {
            "Every member who can edit an item may delete it from now on"
        }
        E::OrganizationCollectionManagementAllowAdminAccessToAllCollectionItemsEnabled => {
            "Owners and Admins reach every item from now on"
        }
        _ => "Something protects less than before",
    }
}

fn seen_before(parts: &mut Parts, events: u32) {
    parts.words(": seen ");
    counted(parts, events, ("time", "times"));
    parts.words(" before, ");
}

fn within(parts: &mut Parts, minutes: u32) {
    parts.words(" within ");
    counted(parts, minutes, ("minute", "minutes"));
}

fn counted(parts: &mut Parts, count: u32, (one, several): (&str, &str)) {
    parts.words(&count.to_string());
    parts.words(" ");
    parts.words(if count == 1 { one } else { several });
}

/// "08:05"; the end of a day is 24:00.
fn clock(parts: &mut Parts, minute: u16) {
    let (hours, minutes) = (minute / 60, minute % 60);
    for (number, before) in [(hours, ""), (minutes, ":")] {
        parts.words(before);
        parts.words(if number < 10 { "0" } else { "" });
        parts.words(&number.to_string());
    }
}

/// A sentence that begins with our words begins with a capital.
fn capital(mut parts: Vec<Part>) -> Vec<Part> {
    if let Some(Part::Words(words)) = parts.first_mut()
        && let Some(first) = words.get_mut(..1)
    {
        first.make_ascii_uppercase();
    }
    parts
}
