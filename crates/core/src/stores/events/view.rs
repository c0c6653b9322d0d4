use std::rc::Rc;

use portal_bridge::{
    EventRow, EventWeight, EventsQuery, EventsView, Moment, OrganizationId, Phrase, Rows, UserId, Window,
};
use portal_domain::timeline::{Part, Sentence, Weight, category, device_short, words};
use portal_wire::Event;

use super::{
    Log, Range,
    filter::{Filter, matching, shown},
    ids::Class,
};
use crate::{Core, sort::once};

/// What a query found.
#[derive(Debug, Default)]
pub(super) struct Found {
    rows: Vec<u32>,
    by_day: Vec<(Moment, u32)>,
    /// Events in the range, whatever the filters leave.
    total: u32,
}

/// Queries remembered.
const REMEMBERED: usize = 6;
/// Most rows handed out at once.
const LARGEST_WINDOW: u32 = 500;
const DAY_MS: i64 = 86_400_000;
/// Most days that are counted one by one: ten years.
const MOST_DAYS: i64 = 3_660;

/// A window of a log, in words. `staff` is the account of the person the query names.
pub(crate) fn view(
    core: &Rc<Core>,
    log: &Log,
    query: &EventsQuery,
    staff: Option<UserId>,
    window: Window,
) -> EventsView {
    let found = find(core, log, query, staff);
    let matched = u32::try_from(found.rows.len()).unwrap_or(u32::MAX);
    let from = window.from.min(matched);
    let shown: Vec<_> = found
        .rows
        .iter()
        .skip(from as usize)
        .take(window.count.min(LARGEST_WINDOW) as usize)
        .filter_map(|row| in_words(log, *row))
        .collect();
    core.learn_members(query.source, shown.iter().filter_map(|(event, _)| unnamed_member(log, event)));
    EventsView {
        rows: Rows {
            total: found.total,
            matched,
            from,
            rows: shown.into_iter().map(|(event, sentence)| event_row(&event, sentence)).collect(),
            state: log.state(Range::of(query)),
        },
        by_day: found.by_day.clone(),
    }
}

/// Every event of a query, with its sentence.
pub(crate) fn rows_of(
    core: &Core,
    log: &Log,
    query: &EventsQuery,
    staff: Option<UserId>,
    mut each: impl FnMut(&Event, &Sentence),
) {
    for row in &find(core, log, query, staff).rows {
        if let Some((event, sentence)) = in_words(log, *row) {
            each(&event, &sentence);
        }
    }
}

/// The clients in whose events a query finds members nobody knows the names of yet.
pub(crate) fn clients_unnamed(
    core: &Core,
    log: &Log,
    query: &EventsQuery,
    staff: Option<UserId>,
) -> Vec<OrganizationId> {
    let found = find(core, log, query, staff);
    let unnamed = found.rows.iter().filter_map(|row| {
        let event = log.columns.borrow().event(*row as usize)?;
        Some(unnamed_member(log, &event)?.0)
    });
    once(unnamed.collect(), OrganizationId::cmp)
}

fn find(core: &Core, log: &Log, query: &EventsQuery, staff: Option<UserId>) -> Rc<Found> {
    core.name_events(log);
    if let Some((_, found)) = log.results.borrow().iter().find(|(known, _)| known == query) {
        return found.clone();
    }
    let columns = log.columns.borrow();
    let range = Range::of(query);
    let filter = Filter {
        from: range.from,
        to: range.to,
        actor: query.staff.map(|_| staff.and_then(|user| columns.ids.find(Class::User, user.0))),
        category: query.category,
        search: &query.search,
    };
    let rows = matching(&columns, &log.book.borrow(), &filter);
    let dates = rows.iter().filter_map(|row| columns.dates.get(*row as usize)).copied();
    let total = columns.dates.iter().filter(|date| (range.from..=range.to).contains(*date)).count();
    let found = Rc::new(Found {
        by_day: by_day(range, dates),
        total: u32::try_from(total).unwrap_or(u32::MAX),
        rows,
    });
    let mut results = log.results.borrow_mut();
    results.insert(0, (query.clone(), found.clone()));
    results.truncate(REMEMBERED);
    found
}

/// Counted by day, oldest first, with the days on which nothing happened. Days are counted from the range's beginning.
fn by_day(range: Range, dates: impl Iterator<Item = i64>) -> Vec<(Moment, u32)> {
    let last = (range.to - range.from) / DAY_MS;
    let first = (last - MOST_DAYS).max(0);
    let begin = range.from + first * DAY_MS;
    let mut days: Vec<(Moment, u32)> =
        (0..=last - first).map(|day| (Moment(begin + day * DAY_MS), 0)).collect();
    for date in dates {
        let day = usize::try_from((date - begin).div_euclid(DAY_MS)).ok().and_then(|day| days.get_mut(day));
        if let Some((_, count)) = day {
            *count += 1;
        }
    }
    days
}

fn in_words(log: &Log, row: u32) -> Option<(Event, Sentence)> {
    let columns = log.columns.borrow();
    let event = columns.event(row as usize)?;
    let sentence = log.book.borrow().sentence(&event, &columns.ids);
    Some((event, sentence))
}

/// The client in which an event mentions a member nobody knows the name of yet, and when.
fn unnamed_member(log: &Log, event: &Event) -> Option<(OrganizationId, i64)> {
    let (organization, member) = (event.organization_id?, event.organization_user_id?);
    let number = log.columns.borrow().ids.find(Class::Member, member.0)?;
    log.book.borrow().name(number).is_none().then_some((organization, event.date.0))
}

fn event_row(event: &Event, sentence: Sentence) -> EventRow {
    EventRow {
        date: Moment(event.date.0),
        number: event.kind.number(),
        category: shown(category(event.kind)),
        weight: match words(event.kind).weight {
            Weight::Routine => EventWeight::Routine,
            Weight::Notable => EventWeight::Notable,
            Weight::Harmful => EventWeight::Harmful,
        },
        who: sentence.who.text().to_owned(),
        what: sentence.what.into_iter().map(phrase).collect(),
        place: sentence.place,
        device: event.device_type.map(|device| device_short(device).to_owned()),
        ip: event.ip_address.clone(),
    }
}

fn phrase(part: Part) -> Phrase {
    match part {
        Part::Words(text) => Phrase::Words(text),
        Part::Name(text) => Phrase::Name(text),
    }
}
