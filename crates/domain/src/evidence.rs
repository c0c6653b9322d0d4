//! An evidence pack: people, policies and events of a range in one file, whose rows are chained by hashes.
//!
//! # The file
//!
//! UTF-8 text, one row a line, each line ended by one line feed (`\n`), the last one too. A line is, to the byte,
//!
//! ```text
//! {"n":N,"prev":"P","hash":"H","row":R}
//! ```
//!
//! `N` is the number of the line, from 0. `R` is the row, a JSON object that begins with its `kind`. `P` is the `hash` of
//! the line before, and 64 zeros in the first line. `H` is the SHA-256, in 64 small hexadecimal digits, of the 64
//! characters of `P`, one line feed, and the bytes of `R` as they stand in the line. So a line can be checked with
//!
//! ```sh
//! row=${line#*',"row":'}; row=${row%\}}; printf '%s\n%s' "$prev" "$row" | sha256sum
//! ```
//!
//! and the whole file with
//!
//! ```python
//! import hashlib, json, sys
//! prev = "0" * 64
//! for n, line in enumerate(open(sys.argv[1], "rb")):
//!     outer, row = json.loads(line), line.rstrip(b"\n").split(b',"row":', 1)[1][:-1]
//!     assert outer["n"] == n and outer["prev"] == prev, n
//!     prev = hashlib.sha256(prev.encode() + b"\n" + row).hexdigest()
//!     assert outer["hash"] == prev, n
//! assert outer["row"]["kind"] == "seal" and outer["row"]["rows"] == n - 1
//! print("seal", prev)
//! ```
//!
//! The first row is the `head` (format and version, whose log, range, filter, when and by whom it was made), the last the
//! `seal` (how many rows of each kind there are between them, and the hash of the line before). Between them stand rows of
//! the kinds `person`, `policy`, `gap` and `event`. A gap tells of a log of which something is missing. An event has the keys of a row in JSON Lines
//! ([`crate::timeline::export::json_line`]), but for `object`.
//!
//! # What it proves
//!
//! Whoever changes, removes, adds or moves a row breaks the chain at that place, and a file that was cut off has no seal. But
//! the chain is no signature: whoever can rewrite the file can work out every hash anew. What proves that this is the file
//! which was made at the time is its **seal**, the hash of the last line, if it was kept where the file was not: printed, mailed
//! to the auditor, written into a ticket. Nor does it say that the log was complete or true: it keeps what the server
//! told the portal.

mod line;
mod verify;

use std::borrow::Cow;

use portal_wire::Timestamp;
use serde::Deserialize;

use crate::timeline::export::{Object, Told, event_row};
use line::{Hash, ZEROS, hash_of, write_line};
pub use verify::{Broken, Verified, What, verify};

/// SHA-256 of pieces, one after the other. This room has no cryptography of its own: `portal_keys::sha256` is meant.
pub type Sha256 = fn(&[&[u8]]) -> [u8; 32];

/// The name of the format, by which its files are known.
pub const FORMAT: &str = "provider-portal-evidence";
/// The version that is written and read.
pub const VERSION: u32 = 1;

/// What a pack is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// The name of the provider or client whose log it is.
    pub scope: String,
    /// Its id.
    pub scope_id: String,
    /// The start of the range.
    pub from: Timestamp,
    /// The end of the range.
    pub to: Timestamp,
    /// What was filtered for, in words; empty if nothing was.
    pub filter: String,
    /// When it was made, by the clock of who made it.
    pub made: Timestamp,
    /// Who made it.
    pub made_by: String,
}

/// Somebody, as they were when the pack was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person<'a> {
    /// The id of the account; none for somebody invited.
    pub id: Option<Cow<'a, str>>,
    /// The name.
    pub name: Cow<'a, str>,
    /// The e-mail address.
    pub email: Cow<'a, str>,
    /// The role, in Bitwarden's words.
    pub role: Cow<'a, str>,
    /// The status, in Bitwarden's words.
    pub status: Cow<'a, str>,
    /// The name of the client or provider they belong to.
    pub place: Cow<'a, str>,
    /// Its id.
    pub place_id: Cow<'a, str>,
}

/// A policy, as it was when the pack was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy<'a> {
    /// The name of the organization.
    pub organization: Cow<'a, str>,
    /// Its id.
    pub organization_id: Cow<'a, str>,
    /// The number of the policy's type.
    pub kind: i32,
    /// Bitwarden's own name for the type, if it is known.
    pub type_name: Option<Cow<'a, str>>,
    /// Whether it is on.
    pub enabled: bool,
    /// Its settings, as JSON. Kept as a text, because nobody vouches for it.
    pub data: Option<Cow<'a, str>>,
    /// When it was last saved, if the server tells.
    pub revised: Option<Timestamp>,
}

/// A log of which something of the range is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gap<'a> {
    /// The name of the client or provider whose log it is.
    pub place: Cow<'a, str>,
    /// Its id.
    pub place_id: Cow<'a, str>,
    /// Why: `switched-off`, `suspended`, `not-allowed`, `failed` or `crowded`.
    pub reason: &'static str,
    /// Of a crowded log the moment of which more may have happened; of another up to where it was read, if it was begun.
    pub moment: Option<Timestamp>,
}

/// How many rows of each kind there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Counts {
    /// People.
    pub people: u64,
    /// Policies.
    pub policies: u64,
    /// Logs of which something is missing. Packs made before there were such rows do not count them.
    #[serde(default)]
    pub gaps: u64,
    /// Events.
    pub events: u64,
}

/// A pack that is being written.
pub struct Pack {
    text: String,
    row: String,
    sha256: Sha256,
    last: Hash,
    lines: u64,
    counts: Counts,
}

impl Pack {
    /// A pack with nothing but its head.
    pub fn new(head: &Head, sha256: Sha256) -> Self {
        let (text, row) = Default::default();
        let mut pack = Self { text, row, sha256, last: ZEROS, lines: 0, counts: Counts::default() };
        pack.add("head", |row| {
            row.text("format", FORMAT);
            row.number("version", VERSION.into());
            row.text("scope", &head.scope);
            row.text("scopeId", &head.scope_id);
            row.text("from", &head.from.to_string());
            row.text("to", &head.to.to_string());
            row.text("filter", &head.filter);
            row.text("made", &head.made.to_string());
            row.text("madeBy", &head.made_by);
        });
        pack
    }

    /// Adds somebody.
    pub fn person(&mut self, person: &Person<'_>) {
        self.counts.people += 1;
        self.add("person", |row| {
            row.optional("id", person.id.as_deref());
            row.text("name", &person.name);
            row.text("email", &person.email);
            row.text("role", &person.role);
            row.text("status", &person.status);
            row.text("place", &person.place);
            row.text("placeId", &person.place_id);
        });
    }

    /// Adds a policy.
    pub fn policy(&mut self, policy: &Policy<'_>) {
        self.counts.policies += 1;
        self.add("policy", |row| {
            row.text("organization", &policy.organization);
            row.text("organizationId", &policy.organization_id);
            row.number("type", policy.kind.into());
            row.optional("typeName", policy.type_name.as_deref());
            row.raw("enabled", if policy.enabled { "true" } else { "false" });
            row.optional("data", policy.data.as_deref());
            row.optional("revisionDate", policy.revised.map(|date| date.to_string()).as_deref());
        });
    }

    /// Adds a log of which something is missing.
    pub fn gap(&mut self, gap: &Gap<'_>) {
        self.counts.gaps += 1;
        self.add("gap", |row| {
            row.text("place", &gap.place);
            row.text("placeId", &gap.place_id);
            row.text("reason", gap.reason);
            row.optional("moment", gap.moment.map(|moment| moment.to_string()).as_deref());
        });
    }

    /// Adds an event.
    pub fn event(&mut self, told: Told<'_>) {
        self.counts.events += 1;
        self.add("event", |row| event_row(told, row));
    }

    /// What was written so far, in pieces such as a file is made of; the next piece begins empty.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Seals the pack. Returns what was not taken yet, and the seal, which is to be kept elsewhere.
    pub fn finish(mut self) -> (String, String) {
        let (Counts { people, policies, gaps, events }, before) = (self.counts, self.last);
        let rows = self.lines - 1;
        self.add("seal", |row| {
            let counts = [
                ("people", people),
                ("policies", policies),
                ("gaps", gaps),
                ("events", events),
                ("rows", rows),
            ];
            for (key, count) in counts {
                row.raw(key, &count.to_string());
            }
            row.text("last", before.text());
        });
        let seal = self.last.text().to_owned();
        (self.text, seal)
    }

    fn add(&mut self, kind: &str, fields: impl FnOnce(&mut Object<'_>)) {
        self.row.clear();
        let mut row = Object::new(&mut self.row);
        row.text("kind", kind);
        fields(&mut row);
        row.end();
        let hash = hash_of(self.sha256, &self.last, self.row.as_bytes());
        write_line(self.lines, &self.last, &hash, &self.row, &mut self.text);
        self.last = hash;
        self.lines += 1;
    }
}

/// A seal in groups that can be compared by eye or read out: "9f86d081 884c7d65 …".
pub fn in_groups(seal: &str) -> String {
    let mut text = String::with_capacity(seal.len() + seal.len() / 8);
    for (place, letter) in seal.chars().enumerate() {
        if place > 0 && place % 8 == 0 {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}
