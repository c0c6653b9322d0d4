use std::rc::Rc;

use portal_bridge::{
    EventCopy, EventLine, EventRow, EventWeight, EventsQuery, EventsView, GetHighlight, LaneBy, LaneRow,
    LanesView, Moment, OrganizationId, Rows, SessionRow, Window,
};
use portal_domain::timeline::{Named, Sentence, Weight, category, device_short, words};
use portal_wire::{Event, EventType};
use uuid::Uuid;

use super::{
    Log, Range,
    choices::kind_words,
    columns::{Columns, NOBODY},
    found::{Arranged, arranged},
    highlights::phrase,
    ids::Class,
    lanes::{Lanes, Whose},
    lines::Line,
};
use crate::{
    Core,
    sort::{once, sort_by},
    stores::wanted::Lack,
};

/// Most rows handed out at once.
const LARGEST_WINDOW: u32 = 500;
/// What was done most in a session: so many kinds are told.
const MOST_DONE: usize = 3;
/// Lanes whose events give all lanes their measure.
const MEASURE: usize = 60;
/// Other logs named that tell of an event.
const COPIES: usize = 20;

/// A window of a log, in words.
pub(crate) fn view(core: &Rc<Core>, log: &Log, query: &EventsQuery, window: Window) -> EventsView {
    let found = arranged(core, log, query);
    let lines = count(found.lines.count(found.rows.rows.len()));
    let from = window.from.min(lines);
    let until = lines.min(from.saturating_add(window.count.min(LARGEST_WINDOW)));
    let mut lacking = Vec::new();
    let rows = (from..until)
        .filter_map(|line| match found.lines.at(line as usize)? {
            Line::Day(from, count) => Some(EventLine::Day { from: Moment(from), count }),
            Line::Session(number) => session_row(log, query, &found, number).map(EventLine::Session),
            Line::Event(place, inside) => {
                let row = *found.rows.rows.get(place)?;
                lacking.extend(log.lacking(row));
                event_row(log, query, row, inside).map(EventLine::Event)
            }
        })
        .collect();
    core.learn_names_of(log.source, lacking);
    let range = Range::of(&query.filter);
    EventsView {
        rows: Rows { total: found.rows.total, matched: lines, from, rows, state: log.state(range) },
        found: count(found.rows.rows.len()),
        highlighted: count(found.marked.len()),
        bars: found.bars.clone(),
        sources: core.event_sources(log, range),
    }
}

/// Every event of a query, with its sentence and the log it stands in.
pub(crate) fn rows_of(
    core: &Core,
    log: &Log,
    query: &EventsQuery,
    mut each: impl FnMut(&Event, &Sentence, Option<OrganizationId>),
) {
    for row in &arranged(core, log, query).rows.rows {
        if let Some((event, sentence)) = in_words(log, *row) {
            each(&event, &sentence, client(log, *row));
        }
    }
}

/// Every client whose log tells of an event of a query.
pub(crate) fn clients_of(core: &Core, log: &Log, query: &EventsQuery) -> Vec<OrganizationId> {
    let found = arranged(core, log, query);
    let (columns, book, twins) = (log.columns.borrow(), log.book.borrow(), log.twins.borrow());
    let rows = found.rows.rows.iter().flat_map(|row| twins.of(*row).chain([*row]));
    let places = rows.filter_map(|row| columns.places.get(row as usize).map(|place| book.place_of(*place)));
    let places = once(places.collect(), u32::cmp);
    let clients = places.into_iter().filter_map(|place| organization(&columns, place));
    once(clients.collect(), OrganizationId::cmp)
}

/// What of which clients is not read yet whose names a query's events mention.
pub(crate) fn names_lacking(core: &Core, log: &Log, query: &EventsQuery) -> Vec<(OrganizationId, Lack)> {
    let found = arranged(core, log, query);
    let lacking =
        found.rows.rows.iter().flat_map(|row| log.lacking(*row)).map(|(client, lack, _)| (client, lack));
    once(lacking.collect(), |one, other| (one.0, one.1 as u8).cmp(&(other.0, other.1 as u8)))
}

/// A window of lanes.
pub(crate) fn lanes(core: &Core, log: &Log, query: &EventsQuery, by: LaneBy, window: Window) -> LanesView {
    let found = arranged(core, log, query);
    let (columns, book, twins) = (log.columns.borrow(), log.book.borrow(), log.twins.borrow());
    let whose = Whose { columns: &columns, book: &book, twins: &twins };
    let lanes = Lanes::of(whose, by, &found.rows.rows, &found.marked);
    let matched = count(lanes.lanes.len());
    let from = window.from.min(matched) as usize;
    let until = lanes.lanes.len().min(from + window.count.min(LARGEST_WINDOW) as usize);
    let stretches: Vec<(i64, i64)> = found.bars.iter().map(|bar| (bar.from.0, bar.to.0)).collect();
    let counts = |wanted| lanes.counts(whose, &found.rows.rows, &stretches, wanted);
    let most = counts(0..MEASURE.min(lanes.lanes.len())).into_iter().flatten().max().unwrap_or_default();
    let rows = lanes.lanes.get(from..until).unwrap_or_default().iter().zip(counts(from..until));
    let rows = rows.map(|(lane, bars)| {
        let id = columns.ids.get(lane.number);
        let class = match by {
            LaneBy::Person => Class::User,
            LaneBy::Client => Class::Organization,
        };
        let named = id.and_then(|(class, id)| class.named(id));
        let name =
            book.name(lane.number).map(str::to_owned).or_else(|| named.map(|named| book.stand_in(named)));
        let nobody = || match by {
            LaneBy::Person => NOBODY_WORDS.to_owned(),
            LaneBy::Client => book.provider().unwrap_or(SEVERAL_WORDS).to_owned(),
        };
        LaneRow {
            value: id.filter(|(known, _)| *known == class).map(|(_, id)| id.to_string()),
            name: name.unwrap_or_else(nobody),
            count: lane.count,
            marked: lane.marked,
            bars,
            most,
            newest: Moment(lane.newest),
        }
    });
    let range = Range::of(&query.filter);
    LanesView {
        rows: Rows {
            total: found.rows.total,
            matched,
            from: count(from),
            rows: rows.collect(),
            state: log.state(range),
        },
        bars: found.bars.clone(),
    }
}

/// Whoever acts without an account.
const NOBODY_WORDS: &str = "Nobody in particular";
/// Where no provider is, what happened in no client is told by several.
const SEVERAL_WORDS: &str = "Several clients";

/// The events behind a highlight.
pub(crate) fn behind(core: &Core, log: &Log, asked: &GetHighlight) -> Option<Vec<EventRow>> {
    core.settle_events(log);
    let rows = log.highlights.borrow().behind(&log.columns.borrow(), asked)?;
    let query = EventsQuery::by_day(asked.filter.clone());
    Some(rows.into_iter().filter_map(|row| event_row(log, &query, row, false)).collect())
}

impl Log {
    /// What a row mentions of a client without a name, and when.
    fn lacking(&self, row: u32) -> Vec<(OrganizationId, Lack, i64)> {
        let columns = self.columns.borrow();
        let book = self.book.borrow();
        let Some(client) = columns.event(row as usize).and_then(|event| event.organization_id) else {
            return Vec::new();
        };
        let date = columns.dates.get(row as usize).copied().unwrap_or_default();
        let of_class = |class: Class| match class {
            Class::Member => Some(Lack::Members),
            Class::Group => Some(Lack::Groups),
            Class::Collection => Some(Lack::Collections),
            Class::Policy => Some(Lack::Policies),
            // Who acts in a client and is not on the staff is one of its members.
            Class::User => Some(Lack::Members),
            _ => None,
        };
        let mentioned =
            columns.details(row as usize).map(|(_, number)| number).chain([columns.who(row as usize)]);
        mentioned
            .filter(|number| *number != NOBODY && book.name(*number).is_none())
            .filter_map(|number| Some((client, of_class(columns.ids.get(number)?.0)?, date)))
            .collect()
    }
}

/// A row's event with its sentence. What several clients tell happened in none of them.
fn in_words(log: &Log, row: u32) -> Option<(Event, Sentence)> {
    let columns = log.columns.borrow();
    let mut event = columns.event(row as usize)?;
    let mut sentence = log.book.borrow().sentence(&event, &columns.ids);
    if log.twins.borrow().is_nowhere(row) {
        (event.organization_id, sentence.place) = (None, None);
    }
    Some((event, sentence))
}

/// The client in which a row happened.
fn client(log: &Log, row: u32) -> Option<OrganizationId> {
    let columns = log.columns.borrow();
    organization(&columns, log.twins.borrow().place_of(&columns, &log.book.borrow(), row))
}

fn organization(columns: &Columns, place: u32) -> Option<OrganizationId> {
    let (class, id): (Class, Uuid) = columns.ids.get(place)?;
    (class == Class::Organization).then_some(OrganizationId(id))
}

fn event_row(log: &Log, query: &EventsQuery, row: u32, inside: bool) -> Option<EventRow> {
    let (event, sentence) = in_words(log, row)?;
    let twins = log.twins.borrow();
    // Where no client is the one, the log it stands in is one of several.
    let itself = twins.is_nowhere(row).then_some(row);
    let copies =
        itself.into_iter().chain(twins.of(row)).take(COPIES).filter_map(|row| copy(log, row)).collect();
    Some(EventRow {
        date: Moment(event.date.0),
        number: event.kind.number(),
        category: category(event.kind).shown(),
        weight: weight(event.kind),
        who: sentence.who.text().to_owned(),
        person: event.acting_user_id.or(event.user_id).filter(|_| event.system_user.is_none()),
        what: sentence.what.into_iter().map(phrase).collect(),
        place: sentence.place,
        client: client(log, row),
        device: event.device_type.map(|device| device_short(device).to_owned()),
        device_number: event.device_type.map(|device| device.number()),
        ip: event.ip_address.clone(),
        copies,
        highlights: log.highlights.borrow().notes(log, row, &query.muted),
        inside,
    })
}

fn copy(log: &Log, row: u32) -> Option<EventCopy> {
    let columns = log.columns.borrow();
    let event = columns.event(row as usize)?;
    let book = log.book.borrow();
    let number = *columns.sources.get(row as usize)?;
    let name = match log.client_of(number) {
        Some(client) => {
            let known = columns.ids.find(Class::Organization, client.0).and_then(|number| book.name(number));
            known.map_or_else(|| Named::Organization(client).short_id(), str::to_owned)
        }
        None => book.provider().unwrap_or_default().to_owned(),
    };
    Some(EventCopy { number: event.kind.number(), log: name, date: Moment(event.date.0) })
}

fn session_row(log: &Log, query: &EventsQuery, found: &Arranged, number: usize) -> Option<SessionRow> {
    let (session, places) = found.lines.session(number)?;
    let columns = log.columns.borrow();
    let rows: Vec<u32> =
        places.iter().filter_map(|place| found.rows.rows.get(*place as usize)).copied().collect();
    let mut done: Vec<(u16, u32)> = Vec::new();
    for row in &rows {
        let kind = *columns.kinds.get(*row as usize)?;
        match done.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => done.push((kind, 1)),
        }
    }
    sort_by(&mut done, |one, other| other.1.cmp(&one.1));
    let kind = |number: u16| columns.types.get(u32::from(number)).unwrap_or_default();
    let weight = done.iter().map(|(number, _)| weight(kind(*number))).max().unwrap_or(EventWeight::Routine);
    let most = done.iter().take(MOST_DONE).map(|(number, count)| (kind_words(kind(*number)), *count));
    let id = session.id(&columns);
    let (_, sentence) = in_words(log, *rows.first()?)?;
    let place = log.book.borrow().name(session.place).map(str::to_owned);
    Some(SessionRow {
        id,
        who: sentence.who.text().to_owned(),
        place: place.or(sentence.place),
        began: Moment(session.began),
        count: count(session.count),
        marked: count(rows.iter().filter(|row| found.marked.binary_search(row).is_ok()).count()),
        most: most.collect(),
        weight,
        unfolded: query.unfolded.contains(&id),
    })
}

fn weight(kind: EventType) -> EventWeight {
    match words(kind).weight {
        Weight::Routine => EventWeight::Routine,
        Weight::Notable => EventWeight::Notable,
        Weight::Harmful => EventWeight::Harmful,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
