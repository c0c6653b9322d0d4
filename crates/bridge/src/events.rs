use serde::{Deserialize, Serialize};

use crate::{
    CipherId, Moment, OrganizationUserId, Part, ProviderId, ProviderUserId, Rows, Topic, Window, Within,
};

/// Whose events: one log of a server (contract §5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventsOf {
    /// What happened at a provider, and what its staff did in clients.
    Provider(ProviderId),
    /// What happened in a client.
    Client(Within),
    /// What one member of a client did there.
    Member(Within, OrganizationUserId),
    /// What was done with one item of a client.
    Item(Within, CipherId),
}

impl EventsOf {
    /// The client it is about, if it is about one.
    pub fn within(self) -> Option<Within> {
        match self {
            Self::Provider(_) => None,
            Self::Client(within) | Self::Member(within, _) | Self::Item(within, _) => Some(within),
        }
    }

    /// The news that concern it.
    pub fn topic(self) -> Topic {
        match self {
            Self::Provider(provider) => Topic::Events(provider),
            Self::Client(within) | Self::Member(within, _) | Self::Item(within, _) => {
                Topic::Client(within.organization, Part::Events)
            }
        }
    }
}

/// Which events are asked for, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventsQuery {
    /// Whose events.
    pub source: EventsOf,
    /// From this moment on.
    pub from: Moment,
    /// Up to this moment.
    pub to: Moment,
    /// Only those done by this person of the provider's staff.
    pub staff: Option<ProviderUserId>,
    /// Only this category.
    pub category: Option<EventCategory>,
    /// Text in who, what or where.
    pub search: String,
}

/// Kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventCategory {
    /// Signing in and one's own account.
    SignIn,
    /// The provider's staff.
    Staff,
    /// Creating, adding, removing and entering clients.
    Clients,
    /// Members of clients.
    Members,
    /// Collections.
    Collections,
    /// Groups.
    Groups,
    /// Vault items.
    Items,
    /// Policies.
    Policies,
    /// Settings of organizations.
    Settings,
    /// Everything else.
    Other,
}

/// Asks for a window of events; asking near the end of a partial list fetches more.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetEvents {
    /// Which.
    pub query: EventsQuery,
    /// Rows wanted.
    pub window: Window,
}

/// A window of events, with counts for a picture of the range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventsView {
    /// The rows.
    pub rows: Rows<EventRow>,
    /// Matched events by day of the range, as far as loaded, oldest first. Days are counted from the range's beginning.
    pub by_day: Vec<(Moment, u32)>,
}

/// One event in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRow {
    /// When.
    pub date: Moment,
    /// Bitwarden's number of the type.
    pub number: i32,
    /// Its kind.
    pub category: EventCategory,
    /// Whether it deserves a second look.
    pub weight: EventWeight,
    /// Who did it: a name, an address, or what stands for one.
    pub who: String,
    /// What they did, in parts.
    pub what: Vec<Phrase>,
    /// Where: a client's or the provider's name.
    pub place: Option<String>,
    /// On what device, in one word.
    pub device: Option<String>,
    /// From which address.
    pub ip: Option<String>,
}

/// How much attention an event deserves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventWeight {
    /// Everyday.
    Routine,
    /// Worth knowing.
    Notable,
    /// Takes something away or opens something up.
    Harmful,
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phrase {
    /// Our words.
    Words(String),
    /// A name given by somebody: isolated when shown.
    Name(String),
}

/// Fetches the rest of the range in the background; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct LoadAllEvents(pub EventsQuery);

/// Fetches what happened since.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefreshEvents(pub EventsOf);

/// Asks whom the events of a source can be narrowed to: staff of the provider, or members of the client.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetEventPeople(pub EventsOf);

/// Somebody the events can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPerson {
    /// The id that stands for them in the address: of the place on the staff, or of the membership.
    pub id: String,
    /// Name, or the address of somebody without.
    pub name: String,
}

/// Saves the events of a query as CSV, fetching the rest of the range first.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportEvents(pub EventsQuery);
