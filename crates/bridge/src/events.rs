use serde::{Deserialize, Serialize};

use crate::{
    CipherId, EventCategory, HighlightRule, Moment, OrganizationId, OrganizationUserId, Part, ProviderId,
    Topic, UserId, Within,
};

/// Whose events: one log of a server (contract §5.1), or many as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventsOf {
    /// The provider's own log and those of all its clients, as one.
    Portfolio(ProviderId),
    /// The logs of every client one looks after as Owner or Admin, as one.
    Own,
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
            Self::Portfolio(_) | Self::Provider(_) | Self::Own => None,
            Self::Client(within) | Self::Member(within, _) | Self::Item(within, _) => Some(within),
        }
    }

    /// The provider on whose behalf it is read, if it is.
    pub fn provider(self) -> Option<ProviderId> {
        match self {
            Self::Portfolio(provider) | Self::Provider(provider) => Some(provider),
            Self::Own => None,
            Self::Client(within) | Self::Member(within, _) | Self::Item(within, _) => within.provider,
        }
    }

    /// Whether many logs are read as one.
    pub fn is_many(self) -> bool {
        matches!(self, Self::Portfolio(_) | Self::Own)
    }

    /// The news that concern it.
    pub fn topic(self) -> Topic {
        match self {
            Self::Portfolio(provider) | Self::Provider(provider) => Topic::Events(provider),
            Self::Own => Topic::OwnEvents,
            Self::Client(within) | Self::Member(within, _) | Self::Item(within, _) => {
                Topic::Client(within.organization, Part::Events)
            }
        }
    }
}

/// Which events are asked for, newest first, and how they are arranged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventsQuery {
    /// Which.
    pub filter: EventsFilter,
    /// Whether only those are wanted that a rule points out.
    pub highlighted: bool,
    /// Rules that are not to point anything out.
    pub muted: Vec<HighlightRule>,
    /// How they are arranged.
    pub grouping: EventGrouping,
    /// Sessions whose events are shown.
    pub unfolded: Vec<SessionId>,
}

/// Which events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventsFilter {
    /// Whose events.
    pub source: EventsOf,
    /// From this moment on.
    pub from: Moment,
    /// Up to this moment.
    pub to: Moment,
    /// The offset in minutes, to the east of UTC, of the reader's clocks from each moment on, sorted: days are cut by it.
    pub zone: Vec<(Moment, i32)>,
    /// The mail domains of ours, where no provider's list of staff says who is; none where that of one's own address counts.
    pub ours: Vec<String>,
    /// Of each kind of condition that has any, one must hold.
    pub only: EventConditions,
    /// Of these none may hold.
    pub without: EventConditions,
    /// Words in who, what, where, device or address; one that begins with a minus may not be there.
    pub search: String,
}

/// Conditions on an event, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventConditions {
    /// In one of these clients.
    pub clients: Vec<OrganizationId>,
    /// By one of these people.
    pub people: Vec<UserId>,
    /// Of one of these families.
    pub categories: Vec<EventCategory>,
    /// Of one of these types, by Bitwarden's number.
    pub kinds: Vec<i32>,
    /// With one of these devices, by Bitwarden's number.
    pub devices: Vec<i32>,
    /// From one of these addresses or ranges: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`.
    pub addresses: Vec<String>,
}

impl EventConditions {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.clients.is_empty()
            && self.people.is_empty()
            && self.categories.is_empty()
            && self.kinds.is_empty()
            && self.devices.is_empty()
            && self.addresses.is_empty()
    }
}

impl EventsQuery {
    /// What a filter leaves, by day.
    pub fn by_day(filter: EventsFilter) -> Self {
        Self {
            filter,
            highlighted: false,
            muted: Vec::new(),
            grouping: EventGrouping::Days,
            unfolded: Vec::new(),
        }
    }
}

impl EventsFilter {
    /// Everything from one moment to another, with days as in universal time.
    pub fn between(source: EventsOf, from: Moment, to: Moment) -> Self {
        Self {
            source,
            from,
            to,
            zone: Vec::new(),
            ours: Vec::new(),
            only: EventConditions::default(),
            without: EventConditions::default(),
            search: String::new(),
        }
    }

    /// Whether it leaves everything in its range.
    pub fn is_open(&self) -> bool {
        self.only.is_empty() && self.without.is_empty() && self.search.trim().is_empty()
    }
}

/// How events are arranged in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum EventGrouping {
    /// By day.
    #[default]
    Days,
    /// By day, and within it by what one person did in one place at a stretch.
    Sessions,
}

/// What one person did in one place at a stretch, told from others by who, where and when it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionId {
    /// Who.
    pub person: Option<UserId>,
    /// In which client; none for what happened at the provider.
    pub client: Option<OrganizationId>,
    /// When its newest event happened.
    pub ended: Moment,
}

/// Asks what the events of a source can be narrowed to, as far as they are loaded, most frequent first.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetEventChoices {
    /// The range; its conditions do not count.
    pub filter: EventsFilter,
    /// Which kind of condition.
    pub by: ChoiceBy,
    /// Part of the name.
    pub typed: String,
}

impl ChoiceBy {
    /// Every kind, in the order they are offered in.
    pub const ALL: [Self; 6] =
        [Self::Client, Self::Person, Self::Category, Self::Kind, Self::Device, Self::Address];
}

/// A kind of condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChoiceBy {
    /// The client.
    Client,
    /// Who did it.
    Person,
    /// The family.
    Category,
    /// The type.
    Kind,
    /// The device.
    Device,
    /// The address.
    Address,
}

/// Something events can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventChoice {
    /// What stands for it in an address: an id, a number, a word.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// How many of the events in the range have it.
    pub count: u32,
}

/// Asks what conditions are called, one after the other.
#[derive(Debug, Serialize, Deserialize)]
pub struct NameConditions {
    /// Whose events.
    pub source: EventsOf,
    /// The kind of each, and what stands for it in an address.
    pub conditions: Vec<(ChoiceBy, String)>,
}

/// Fetches the rest of the range in the background; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct LoadAllEvents(pub EventsFilter);

/// Leaves off fetching a portfolio's events, or goes on with it.
#[derive(Debug, Serialize, Deserialize)]
pub struct PauseEvents {
    /// Which.
    pub filter: EventsFilter,
    /// Whether to leave off.
    pub pause: bool,
}

/// Fetches what happened since.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefreshEvents {
    /// Whose events.
    pub source: EventsOf,
    /// Whether this is one of many that follow each other: of a portfolio, only some of the clients are asked each time.
    pub live: bool,
}

/// Saves the events of a query, fetching the rest of the range first.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportEvents {
    /// Which.
    pub query: EventsQuery,
    /// How.
    pub format: EventFormat,
}

/// How events are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventFormat {
    /// For a spreadsheet, with the columns of the official portal first.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// Common Event Format, for a SIEM.
    Cef,
    /// Events, people and policies, each row bound to the one before it.
    Evidence,
}

/// Looks whether a file is an evidence pack, and as it was written.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerifyEvidence(#[serde(with = "serde_bytes")] pub Vec<u8>);

/// What an evidence pack holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EvidenceView {
    /// Every row is as it was written.
    Whole {
        /// Whose events: a name.
        scope: String,
        /// From when.
        from: Moment,
        /// Until when.
        to: Moment,
        /// When it was made.
        made: Moment,
        /// By whom.
        by: String,
        /// What was filtered for, in words; empty if nothing was.
        filter: String,
        /// How many people, policies, logs of which something is missing, and events.
        counts: [u32; 4],
        /// What the last row is bound to, to be compared with what was written down elsewhere.
        seal: String,
    },
    /// It is not.
    Broken {
        /// The line at which that is seen, counted from one.
        line: u32,
        /// What is wrong there.
        fault: EvidenceFault,
    },
}

/// What is wrong with an evidence pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EvidenceFault {
    /// It is no evidence pack, or of a version this program does not know.
    NotOne,
    /// The row was altered.
    Altered,
    /// A row was taken out, put in or moved.
    OutOfOrder,
    /// The end is missing.
    Unfinished,
    /// Something stands after the end.
    AfterTheEnd,
}
