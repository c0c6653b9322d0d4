//! What deserves a second look in a log, and why: each highlight names its rule and the events behind it, and says in one
//! sentence why it is there.
//!
//! One pass over everything, oldest first. A person's habits are what the events before say; a short history has no habits,
//! so at the start, when everything is the first time, nothing is said. Nothing is learned from failed sign-ins: they may be
//! anybody's. What acts without a person (the directory, a job) has no habits either, and its [`Seen::actor`] is [`NONE`].
//!
//! What two logs tell twice must be handed in once: a failed sign-in has a copy in every organization of the account.

mod burst;
mod habits;
mod kinds;
mod numbers;
mod rule;
mod watch;
mod why;

use portal_wire::EventType;

pub use rule::{Rule, RuleSet};
pub use watch::{Watch, highlights};
pub use why::{Mention, why};

/// The number of what an event does not have.
pub const NONE: u32 = u32::MAX;

/// Events by a person before anything of theirs counts as a first time or as unusual.
pub const HISTORY_EVENTS: u32 = 20;
/// Different days (the reader's) on which those events must lie before an address or a device is new.
pub const HISTORY_DAYS: u32 = 3;
/// A person has a habit of addresses or devices who uses each for so many events on average: whose address changes all the
/// time is never at a new one.
pub const EVENTS_EACH: u32 = 10;

/// Different days on which those events must lie before an hour is unusual.
pub const HABIT_DAYS: u32 = 5;
/// An hour is habitual if the person was active in it on one of so many days.
pub const HABIT_SHARE: u32 = 10;
/// Hours from a habitual hour that are not unusual either.
pub const HABIT_MARGIN: u32 = 2;
/// A sitting ends when nothing happens for longer than this. In milliseconds.
pub const SITTING_MS: u64 = 30 * MINUTE_MS;

/// So many failed sign-ins to one account are a burst,
pub const FAILED_SIGN_INS: usize = 5;
/// if no more than this lies between the first and the last of so many; as long as the next comes within this time, the
/// burst goes on. In milliseconds. A sign-in that succeeds within this time ends it.
pub const FAILED_SIGN_INS_MS: u64 = 10 * MINUTE_MS;
/// So many removals by one person are mass removal,
pub const REMOVALS: usize = 10;
/// if they come within this time. In milliseconds.
pub const REMOVALS_MS: u64 = 10 * MINUTE_MS;
/// Secrets of so many different items shown or copied by one person are mass reading,
pub const ITEMS_READ: usize = 25;
/// if it happens within this time. In milliseconds.
pub const ITEMS_READ_MS: u64 = 10 * MINUTE_MS;

/// Visits of a staff member to other clients before the first one to a client is out of pattern,
pub const VISITS: u32 = 5;
/// and the time since the first of them. In milliseconds.
pub const VISITS_MS: u64 = 7 * 24 * 60 * MINUTE_MS;

/// Whoever creates a client invites its first Owner within this time, as a matter of course. In milliseconds.
pub const CREATION_MS: u64 = MINUTE_MS;

/// Most rows that stand behind one highlight: the first ones and the newest.
pub const MOST_BEHIND: usize = 200;

const MINUTE_MS: u64 = 60_000;

/// One event, as far as the rules look at it. Ids and texts are numbers of the caller's choice, the same for the same thing;
/// [`NONE`] where the event has no such thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What the caller calls the event by. No two have the same. Of events with one date the lower row comes first.
    pub row: u32,
    /// When it happened: milliseconds since 1970 in UTC.
    pub date: i64,
    /// What happened.
    pub kind: EventType,
    /// Who did it: the acting user, or else the user (signing in has no acting user on some servers).
    pub actor: u32,
    /// From which address.
    pub address: u32,
    /// With which type of device.
    pub device: u32,
    /// In which client or provider. A client has one number, whether the event names its organization or its link.
    pub place: u32,
    /// What it was done to: the member, item, policy, collection, group, client, secret...
    pub subject: u32,
    /// This invitation, confirmation or change (1500 to 1502) makes the member an Owner.
    pub becomes_owner: bool,
    /// This is the last time the policy was saved (1700), and it is off now.
    pub policy_now_off: bool,
    /// Who did it is of the provider's staff.
    pub is_staff: bool,
}

/// Something that deserves a second look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The rule that found it.
    pub rule: Rule,
    /// The event at which it is shown: the last of those behind it.
    pub row: u32,
    /// The events behind it, newest last; the first ones and the newest, if they are more than [`MOST_BEHIND`].
    pub behind: Vec<u32>,
    /// What the sentence needs.
    pub facts: Facts,
}

/// The numbers that explain a highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facts {
    /// The first time from an address.
    NewAddress {
        /// The address.
        address: u32,
        /// Events by this person before.
        events: u32,
        /// Addresses they came from.
        others: u32,
    },
    /// The first time with a type of device.
    NewDevice {
        /// The type of device.
        device: u32,
        /// Events by this person before.
        events: u32,
        /// Types of devices they were by.
        others: u32,
    },
    /// Active when this person usually is not.
    UnusualHour {
        /// When, in minutes since the reader's midnight.
        minute: u16,
        /// The first usual hour (0 to 23).
        from: u8,
        /// The hour at which the last usual one ends (1 to 24). Below `from` if they span midnight.
        to: u8,
    },
    /// Failed sign-ins to one account.
    FailedSignIns {
        /// How many.
        count: u32,
        /// Within how many minutes, rounded up.
        minutes: u32,
        /// Then somebody got in.
        signed_in: bool,
    },
    /// Much removed by one person.
    Removals {
        /// How many of each kind.
        counts: Removed,
        /// Within how many minutes, rounded up.
        minutes: u32,
    },
    /// A whole vault removed at once.
    Purge,
    /// A vault exported: the organization's, or one's own.
    Export {
        /// It was the person's own vault.
        own: bool,
    },
    /// Many items' secrets shown or copied.
    Reading {
        /// Of how many different items.
        items: u32,
        /// Within how many minutes, rounded up.
        minutes: u32,
    },
    /// Something protects less than before; the event says what.
    Weakened {
        /// What happened.
        kind: EventType,
        /// The policy or the member it was about.
        subject: u32,
    },
    /// Somebody becomes an Owner.
    Owner {
        /// By what.
        kind: EventType,
        /// The member.
        subject: u32,
    },
    /// A staff member's first visit to a client.
    FirstVisit {
        /// The client.
        place: u32,
        /// Visits to others before.
        visits: u32,
        /// How many others.
        others: u32,
    },
}

/// How much was removed of each kind; [`why`] has the words for them, in this order.
pub type Removed = [u32; 11];
