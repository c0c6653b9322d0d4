//! What rules point out in a log.

use std::rc::Rc;

use portal_bridge::{EventsFilter, GetHighlight, HighlightNote, HighlightRule, Phrase, Within};
use portal_domain::{
    technicians::Ours,
    timeline::{
        Part, device_name,
        highlights::{self, Highlight, Mention, RuleSet, Seen, Watch},
    },
};
use portal_wire::{EventType, ids::*};

use super::{
    Log,
    columns::{Columns, NOBODY},
    fields::Field,
    ids::Class,
    names::Book,
    twins::Twins,
};
use crate::{
    Core,
    sort::{once, sort_by},
    stores::{Members, Things, wanted::Lack},
};

/// What was found when it was last looked for.
#[derive(Default)]
pub(super) struct Highlights {
    /// By row.
    found: Vec<Highlight>,
    state: State,
    /// Counts how often what was found was thrown away.
    edition: u32,
    /// The domains of ours by which it was looked for.
    ours: Vec<String>,
}

#[derive(Default, PartialEq)]
enum State {
    /// Events or names have changed since.
    #[default]
    Outdated,
    UnderWay,
    Done,
}

impl Highlights {
    /// Events or what is known of them changed. What was found goes with the rows it was found in.
    pub(super) fn outdate(&mut self) {
        self.found.clear();
        self.state = State::Outdated;
        self.edition = self.edition.wrapping_add(1);
    }

    /// Takes over who is one of ours; what was found with others counts no more.
    fn follow(&mut self, ours: &[String]) {
        if self.ours != ours {
            self.ours = ours.to_vec();
            self.outdate();
        }
    }

    /// Whether to look for them now; whoever is told so does.
    pub(super) fn begin(&mut self) -> bool {
        let begin = self.state == State::Outdated;
        if begin {
            self.state = State::UnderWay;
        }
        begin
    }

    /// Those of the rows, newest first, that a rule which is not muted points out.
    pub(super) fn marked(&self, rows: &[u32], muted: &[HighlightRule]) -> Vec<u32> {
        let pointed = self.found.iter().filter(|found| !muted.contains(&found.rule)).map(|found| found.row);
        once(pointed.collect(), u32::cmp).into_iter().filter(|row| rows.binary_search(row).is_ok()).collect()
    }

    /// Why a row is pointed out.
    pub(super) fn notes(&self, log: &Log, row: u32, muted: &[HighlightRule]) -> Vec<HighlightNote> {
        let from = self.found.partition_point(|found| found.row < row);
        let of_row = self.found.iter().skip(from).take_while(|found| found.row == row);
        of_row
            .filter(|found| !muted.contains(&found.rule))
            .map(|found| HighlightNote {
                rule: found.rule,
                why: why(log, found),
                behind: u32::try_from(found.behind.len()).unwrap_or(u32::MAX),
            })
            .collect()
    }

    /// The rows behind a highlight, newest first.
    pub(super) fn behind(&self, columns: &Columns, asked: &GetHighlight) -> Option<Vec<u32>> {
        let person = asked.person.and_then(|id| columns.ids.find(Class::User, id.0)).unwrap_or(NOBODY);
        let is_it = |found: &&Highlight| {
            let row = found.row as usize;
            let kind = columns.kinds.get(row).and_then(|kind| columns.types.get(u32::from(*kind)));
            found.rule == asked.rule
                && columns.dates.get(row) == Some(&asked.date.0)
                && kind.map(EventType::number) == Some(asked.number)
                && columns.who(row) == person
        };
        let mut rows = self.found.iter().find(is_it)?.behind.clone();
        sort_by(&mut rows, u32::cmp);
        Some(rows)
    }
}

impl Core {
    /// Looks for what rules point out, once a log is read as far as it is wanted; tabs are told when it is found.
    pub(super) fn find_highlights(self: &Rc<Self>, log: &Rc<Log>, filter: &EventsFilter) {
        log.highlights.borrow_mut().follow(&filter.ours);
        if log.is_loading() || log.highlights.borrow().state != State::Outdated {
            return;
        }
        // Who is an Owner and which policy is off decides; as long as that is being read there is more to come.
        self.learn_names_of(log.source, log.undecided());
        if self.is_learning() || !log.highlights.borrow_mut().begin() {
            return;
        }
        let (core, log, filter) = (self.clone(), log.clone(), filter.clone());
        self.spawn_in_session(async move { core.look_for_highlights(&log, &filter).await });
    }

    /// The same, and waits for it.
    pub(crate) async fn await_highlights(self: &Rc<Self>, log: &Log, filter: &EventsFilter) {
        self.settle_events(log);
        log.highlights.borrow_mut().follow(&filter.ours);
        let undecided = log.undecided().into_iter().map(|(client, lack, _)| (client, lack));
        for (organization, lack) in
            once(undecided.collect(), |one, other| (one.0, one.1 as u8).cmp(&(other.0, other.1 as u8)))
        {
            self.learn(Within { provider: log.source.provider(), organization }, lack).await;
        }
        self.settle_events(log);
        log.highlights.borrow_mut().state = State::UnderWay;
        self.look_for_highlights(log, filter).await;
    }

    /// Looks through the log in slices, so that whoever asks something meanwhile does not wait for a million events.
    async fn look_for_highlights(&self, log: &Log, filter: &EventsFilter) {
        let mut looking = self.begin_looking(log, filter);
        loop {
            // Whoever asked is answered first.
            self.platform.sleep(0).await;
            match looking.go_on(log) {
                Step::Outdated => return,
                Step::More => {}
                Step::Done => break,
            }
        }
        looking.end(log);
        self.tell_events(log.source);
    }

    /// What the rules have to know, gathered before the first slice.
    pub(super) fn begin_looking(&self, log: &Log, filter: &EventsFilter) -> Looking {
        let (columns, twins) = (log.columns.borrow(), log.twins.borrow());
        let zone: Vec<(i64, i32)> = filter.zone.iter().map(|(from, minutes)| (from.0, *minutes)).collect();
        Looking {
            watch: Watch::new(&zone, RuleSet::ALL),
            edition: log.highlights.borrow().edition,
            left: columns.len(),
            facts: Facts {
                owners: numbers(&columns, Class::Member, &|id| {
                    self.stores.only::<Members>().is_owner(OrganizationUserId(id))
                }),
                off: numbers(&columns, Class::Policy, &|id| self.stores.only::<Things>().is_off(id)),
                staff: self.staff_among(log, &columns, &filter.ours),
                last_saved: last_saved(&columns, &twins),
            },
        }
    }
}

impl Core {
    /// Which ids are those of ours: of the provider's staff, or, where there is none, of whoever has an address at one of our
    /// domains.
    fn staff_among(&self, log: &Log, columns: &Columns, domains: &[String]) -> Vec<bool> {
        if let Some(provider) = log.source.provider() {
            let list = self.staff(provider).list();
            return numbers(columns, Class::User, &|id| {
                list.as_ref()
                    .is_some_and(|list| list.people.iter().any(|person| person.user == Some(UserId(id))))
            });
        }
        let Ok(open) = self.open() else { return Vec::new() };
        let me = open.me();
        // A domain that cannot be one of ours makes nobody one of us.
        let ours = Ours::new(&me.email, domains).or_else(|_| Ours::new(&me.email, &[])).ok();
        let addresses = self.stores.only::<Members>().addresses();
        let is_ours = |id: &UserId| {
            *id == me.id
                || ours.as_ref().zip(addresses.get(id)).is_some_and(|(ours, address)| ours.has(address))
        };
        numbers(columns, Class::User, &|id| is_ours(&UserId(id)))
    }
}

/// A search for highlights that is under way.
pub(super) struct Looking {
    watch: Watch,
    facts: Facts,
    /// What was found in rows that have moved since is worth nothing.
    edition: u32,
    /// Rows that were not looked at yet: the newest.
    left: usize,
}

/// How a slice ended.
pub(super) enum Step {
    More,
    Done,
    /// Events or names have changed since it began.
    Outdated,
}

/// Events that are looked at without a pause: some 10 ms.
const SLICE: usize = 50_000;

impl Looking {
    /// Looks at the next slice.
    pub(super) fn go_on(&mut self, log: &Log) -> Step {
        if log.highlights.borrow().edition != self.edition {
            return Step::Outdated;
        }
        let (columns, book, twins) = (log.columns.borrow(), log.book.borrow(), log.twins.borrow());
        let from = self.left.saturating_sub(SLICE);
        let facts = &self.facts;
        let mut events = (from..self.left).rev().filter_map(|row| {
            let number = u32::try_from(row).unwrap_or(NOBODY);
            let told_before = twins.head_of(number).is_some();
            (!told_before).then(|| facts.seen(&columns, &book, row)).flatten()
        });
        self.watch.look(&mut events);
        self.left = from;
        if from == 0 { Step::Done } else { Step::More }
    }

    /// Shows what was found.
    pub(super) fn end(self, log: &Log) {
        let mut found = self.watch.end();
        found.iter_mut().for_each(flip_back);
        sort_by(&mut found, |one, other| one.row.cmp(&other.row));
        {
            let mut highlights = log.highlights.borrow_mut();
            highlights.found = found;
            highlights.state = State::Done;
        }
        log.forget_arranged();
    }
}

impl Log {
    /// The clients whose members or policies decide whether a rule points an event out, with when it happened.
    fn undecided(&self) -> Vec<(OrganizationId, Lack, i64)> {
        let columns = self.columns.borrow();
        let lacks: Vec<Option<Lack>> = columns
            .types
            .values()
            .iter()
            .map(|kind| match kind.number() {
                1500..=1502 => Some(Lack::Members),
                // Whether it was one of ours, a provider's list of staff tells, or the members.
                1603 if self.source.provider().is_none() => Some(Lack::Members),
                1700 => Some(Lack::Policies),
                _ => None,
            })
            .collect();
        let rows = columns.kinds.iter().enumerate();
        rows.filter_map(|(row, kind)| {
            let lack = lacks.get(usize::from(*kind)).copied().flatten()?;
            let (class, id) = columns.ids.get(*columns.places.get(row)?)?;
            let date = *columns.dates.get(row)?;
            (class == Class::Organization).then_some((OrganizationId(id), lack, date))
        })
        .collect()
    }
}

/// What the rules have to know beside the events.
struct Facts {
    /// By number of the id, each.
    owners: Vec<bool>,
    off: Vec<bool>,
    staff: Vec<bool>,
    /// The rows at which policies were saved for the last time.
    last_saved: Vec<u32>,
}

impl Facts {
    fn seen(&self, columns: &Columns, book: &Book, row: usize) -> Option<Seen> {
        let kind = columns.types.get(u32::from(*columns.kinds.get(row)?))?;
        let has = |marks: &[bool], number: u32| marks.get(number as usize).copied().unwrap_or_default();
        let (subject, by_system) = subject(columns, row);
        let actor = if by_system { NOBODY } else { columns.who(row) };
        let place = columns.places.get(row).copied().unwrap_or(NOBODY);
        let number = u32::try_from(row).unwrap_or(NOBODY);
        let invites = matches!(kind.number(), 1500..=1502);
        Some(Seen {
            row: flipped(number),
            date: *columns.dates.get(row)?,
            kind,
            actor,
            address: columns.ips.get(row).copied().unwrap_or(NOBODY),
            device: columns.devices.get(row).map_or(NOBODY, |device| match *device {
                u16::MAX => NOBODY,
                number => u32::from(number),
            }),
            place: book.place_of(place),
            subject,
            becomes_owner: invites && has(&self.owners, subject),
            policy_now_off: kind == EventType::PolicyUpdated
                && has(&self.off, subject)
                && self.last_saved.binary_search(&number).is_ok(),
            is_staff: has(&self.staff, actor),
        })
    }
}

/// The rows at which policies were saved for the last time.
fn last_saved(columns: &Columns, twins: &Twins) -> Vec<u32> {
    let mut done = vec![false; columns.ids.len()];
    let saves = (0..columns.len()).filter(|row| {
        let kind = columns.kinds.get(*row).and_then(|kind| columns.types.get(u32::from(*kind)));
        kind == Some(EventType::PolicyUpdated)
    });
    saves
        .filter_map(|row| {
            let number = u32::try_from(row).ok().filter(|number| twins.head_of(*number).is_none())?;
            let policy = columns.detail(row, Field::Policy)?;
            let done = done.get_mut(policy as usize)?;
            (!std::mem::replace(done, true)).then_some(number)
        })
        .collect()
}

/// Rules count rows with time, the columns against it.
fn flipped(row: u32) -> u32 {
    NOBODY - 1 - row
}

fn flip_back(found: &mut Highlight) {
    found.row = flipped(found.row);
    found.behind.iter_mut().for_each(|row| *row = flipped(*row));
}

/// What an event was done to, and whether the server itself did it.
fn subject(columns: &Columns, row: usize) -> (u32, bool) {
    const SUBJECTS: [Field; 8] = [
        Field::Item,
        Field::Member,
        Field::Policy,
        Field::Collection,
        Field::Group,
        Field::Staff,
        Field::Client,
        Field::Secret,
    ];
    let (mut best, mut subject, mut by_system) = (SUBJECTS.len(), NOBODY, false);
    for (field, number) in columns.details(row) {
        by_system |= field == Field::System;
        if let Some(rank) = SUBJECTS.iter().position(|wanted| *wanted == field).filter(|rank| *rank < best) {
            (best, subject) = (rank, number);
        }
    }
    (subject, by_system)
}

/// For which numbers of a class something holds.
fn numbers(columns: &Columns, class: Class, holds: &dyn Fn(uuid::Uuid) -> bool) -> Vec<bool> {
    columns.ids.since(0).map(|(_, known, id)| known == class && holds(id)).collect()
}

/// The reason, with names.
fn why(log: &Log, found: &Highlight) -> Vec<Phrase> {
    let (columns, book) = (log.columns.borrow(), log.book.borrow());
    let names = |mention: Mention| match mention {
        Mention::Address(number) => columns.texts.get(number).map(|text| text.to_string()),
        Mention::Device(number) => {
            columns.device_types.get(number).map(|device| device_name(device).into_owned())
        }
        Mention::Place(number) if number == NOBODY => book.provider().map(str::to_owned),
        Mention::Place(number) | Mention::Member(number) | Mention::Policy(number) => {
            book.name(number).map(str::to_owned)
        }
    };
    highlights::why(found, &names).into_iter().map(phrase).collect()
}

pub(super) fn phrase(part: Part) -> Phrase {
    match part {
        Part::Words(text) => Phrase::Words(text),
        Part::Name(text) => Phrase::Name(text),
    }
}
