use serde::{Deserialize, Serialize};

use crate::{EventsFilter, EventsQuery, Moment, OrganizationId, Problem, Rows, SessionId, UserId, Window};

/// Kinds of events, as they are offered and shown: [`EventCategory::shown`].
pub use portal_domain::timeline::Category as EventCategory;

/// Asks for a window of events; asking near the end of a partial list fetches more.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetEvents {
    /// Which.
    pub query: EventsQuery,
    /// Lines wanted.
    pub window: Window,
}

/// A window of events, with counts for a picture of the range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventsView {
    /// The lines. Their total is that of the events in the range, whatever the filters leave.
    pub rows: Rows<EventLine>,
    /// Events that match.
    pub found: u32,
    /// How many of them a rule points out.
    pub highlighted: u32,
    /// Matched events over the range, as far as loaded, oldest first.
    pub bars: Vec<EventBar>,
    /// The logs they come from.
    pub sources: SourcesState,
}

/// A stretch of time, and what happened in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventBar {
    /// Its beginning.
    pub from: Moment,
    /// Its last millisecond.
    pub to: Moment,
    /// Events in it.
    pub count: u32,
    /// Those of them that a rule points out.
    pub marked: u32,
}

/// How far the logs behind a timeline are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcesState {
    /// Logs read to the beginning of the range, or as far as they can be.
    pub read: u32,
    /// Logs there are.
    pub total: u32,
    /// Logs of which something is missing.
    pub gaps: u32,
    /// Whether the most that is kept at once was reached.
    pub full: bool,
    /// Whether somebody left off reading.
    pub paused: bool,
    /// Everything from this moment on is here, whichever log it stands in.
    pub whole_since: Option<Moment>,
}

/// A line of a timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum EventLine {
    /// The events after it happened on this day.
    Day {
        /// Its beginning.
        from: Moment,
        /// Events of it that match.
        count: u32,
    },
    /// What one person did in one place at a stretch.
    Session(SessionRow),
    /// One event.
    Event(EventRow),
}

impl EventLine {
    /// The event it shows, if it shows one.
    pub fn event(&self) -> Option<&EventRow> {
        match self {
            Self::Event(row) => Some(row),
            Self::Day { .. } | Self::Session(_) => None,
        }
    }
}

/// What one person did in one place at a stretch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionRow {
    /// What tells it from others.
    pub id: SessionId,
    /// Who.
    pub who: String,
    /// Where.
    pub place: Option<String>,
    /// When it began; it ended when [`SessionId`] says.
    pub began: Moment,
    /// Its events.
    pub count: u32,
    /// Those of them that a rule points out.
    pub marked: u32,
    /// What was done most, in words, with how often.
    pub most: Vec<(String, u32)>,
    /// The weightiest of them.
    pub weight: EventWeight,
    /// Whether its events are shown.
    pub unfolded: bool,
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
    /// Whose account did it.
    pub person: Option<UserId>,
    /// What they did, in parts.
    pub what: Vec<Phrase>,
    /// Where: a client's or the provider's name.
    pub place: Option<String>,
    /// In which client.
    pub client: Option<OrganizationId>,
    /// On what device, in one word.
    pub device: Option<String>,
    /// Bitwarden's number of the device.
    pub device_number: Option<i32>,
    /// From which address.
    pub ip: Option<String>,
    /// Other logs that tell of the same; all that do, where it happened in no client.
    pub copies: Vec<EventCopy>,
    /// Why rules point it out.
    pub highlights: Vec<HighlightNote>,
    /// Whether it stands within a session that is unfolded.
    pub inside: bool,
}

/// The same event as another log tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventCopy {
    /// Bitwarden's number of the type.
    pub number: i32,
    /// Whose log.
    pub log: String,
    /// When, by that log.
    pub date: Moment,
}

/// How much attention an event deserves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

/// A rule that points events out.
pub use portal_domain::timeline::highlights::Rule as HighlightRule;

/// Why a rule points an event out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HighlightNote {
    /// The rule.
    pub rule: HighlightRule,
    /// The reason, in a sentence, in parts.
    pub why: Vec<Phrase>,
    /// How many events are behind it.
    pub behind: u32,
}

/// Asks for the events behind a highlight, newest first.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetHighlight {
    /// The timeline it is in.
    pub filter: EventsFilter,
    /// The rule.
    pub rule: HighlightRule,
    /// When the event happened that is pointed out.
    pub date: Moment,
    /// Its type, by Bitwarden's number.
    pub number: i32,
    /// Who did it.
    pub person: Option<UserId>,
}

/// Asks for a window of lanes, the most active first.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetEventLanes {
    /// Which events.
    pub query: EventsQuery,
    /// A lane for each of what.
    pub by: LaneBy,
    /// Lanes wanted.
    pub window: Window,
}

/// What a lane stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LaneBy {
    /// A person.
    Person,
    /// A client.
    Client,
}

/// A window of lanes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LanesView {
    /// The lanes.
    pub rows: Rows<LaneRow>,
    /// The stretches of time, with all lanes together.
    pub bars: Vec<EventBar>,
}

/// What one person did, or what happened in one client, over the range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneRow {
    /// What stands for it in an address; none for what nobody in particular did, or what happened at the provider.
    pub value: Option<String>,
    /// Its name.
    pub name: String,
    /// Its events.
    pub count: u32,
    /// Those of them that a rule points out.
    pub marked: u32,
    /// Its events in each stretch of time.
    pub bars: Vec<u32>,
    /// What the full height of every lane stands for: the most events that one of the most active has in one stretch.
    pub most: u32,
    /// When the newest happened.
    pub newest: Moment,
}

/// Asks for the logs of which something is missing.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetEventGaps(pub EventsFilter);

/// Reads logs again that could not be read.
#[derive(Debug, Serialize, Deserialize)]
pub struct RetryGaps(pub EventsFilter);

/// A log of which something is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventGap {
    /// Whose: a client, or the provider.
    pub client: Option<OrganizationId>,
    /// The name.
    pub name: String,
    /// Why.
    pub reason: GapReason,
    /// Nothing before this moment is here; none where nothing at all is.
    pub before: Option<Moment>,
}

/// Why something of a log is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum GapReason {
    /// The plan keeps no log: nothing is written down.
    SwitchedOff,
    /// The client is suspended: nothing is written down meanwhile.
    Suspended,
    /// One may not read it.
    NotAllowed,
    /// It could not be read.
    Failed(Problem),
    /// More may have happened in one moment than the server hands out of it.
    Crowded {
        /// The newest such moment.
        at: Moment,
        /// How many more there are.
        more: u32,
    },
}
