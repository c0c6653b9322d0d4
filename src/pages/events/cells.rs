//! The cells of a line: a day, a session, or an event.

use leptos::prelude::*;
use portal_bridge::{EventCategory, EventLine, EventRow, EventWeight, HighlightNote, Phrase, SessionRow};

use super::conditions::{category_glyph, category_words};
use crate::format::{self, isolate};
use crate::messages::{events as text, evidence, timeline};
use crate::ui::table::{Column, Slot};
use crate::ui::{Glyph, Tone};

pub(super) const COLUMNS: &[Column] = &[
    Column::plain(text::when, "time"),
    Column::plain(text::category, "kind hide-s"),
    Column::plain(text::who, "who"),
    Column::plain(text::what, "what"),
    Column::plain(text::place, "place"),
    Column::plain(text::device, "via"),
];

/// What tells a line from others.
pub(super) fn key(line: &EventLine) -> (u8, i64, i32) {
    match line {
        EventLine::Day { from, .. } => (0, from.0, 0),
        EventLine::Session(session) => (1, session.id.ended.0, session.count as i32),
        EventLine::Event(row) => (2, row.date.0, row.number),
    }
}

/// Drawn once for a place of the pool; only texts change afterwards.
pub(super) fn cells(slot: Slot<EventLine>) -> AnyView {
    let class = move || slot.read(|line| Some(line_class(line))).unwrap_or_default();
    let glyph = move || slot.read(|line| Some(glyph(line))).unwrap_or(Glyph::Info);
    let kind = move || slot.read(|line| Some(kind_words(line))).unwrap_or_default();
    let mark = move || slot.read(|line| Some(tone(line))).unwrap_or(Tone::Plain);
    let mark_class = move || format!("st {}", mark().class());
    view! {
        <div class="cell time figures" role="gridcell" data-line=class>
            <time data-tip=slot.text(exact)>{slot.text(time)}</time>
        </div>
        <div class="cell kind hide-s" role="gridcell" data-tip=kind>
            <svg class="i" aria-hidden="true"><use href=move || glyph().href()></use></svg>
            <span class="sr">{kind}</span>
        </div>
        <div class="cell who" role="gridcell"><bdi>{slot.text(who)}</bdi></div>
        <div class="cell what" role="gridcell">
            <span>{slot.text(what)}</span>
            <span class=mark_class hidden=move || mark() == Tone::Plain data-tip=slot.text(mark_note)>
                {slot.text(mark_words)}
            </span>
        </div>
        <div class="cell place" role="gridcell"><bdi>{slot.text(place)}</bdi></div>
        <div class="cell via" role="gridcell">{slot.text(from_where)}</div>
    }
    .into_any()
}

fn line_class(line: &EventLine) -> &'static str {
    match line {
        EventLine::Day { .. } => "day",
        EventLine::Session(session) if session.unfolded => "session unfolded",
        EventLine::Session(_) => "session",
        EventLine::Event(row) if row.inside => "inside",
        EventLine::Event(_) => "event",
    }
}

/// What the outline says.
fn kind_words(line: &EventLine) -> &'static str {
    match line {
        EventLine::Day { .. } => "",
        EventLine::Session(session) if session.unfolded => timeline::unfolded(),
        EventLine::Session(_) => timeline::folded(),
        EventLine::Event(row) => category_words(row.category),
    }
}

fn glyph(line: &EventLine) -> Glyph {
    match line {
        EventLine::Event(row) => category_glyph(row.category),
        EventLine::Session(session) if session.unfolded => Glyph::ChevronDown,
        EventLine::Session(_) => Glyph::ChevronRight,
        EventLine::Day { .. } => category_glyph(EventCategory::Other),
    }
}

fn time(line: &EventLine) -> String {
    match line {
        EventLine::Day { from, count } => {
            timeline::day_events(&format::weekday(*from), &text::announced(*count))
        }
        EventLine::Session(SessionRow { began, id, .. }) => {
            let (from, to) = (format::time_of_day(*began), format::time_of_day(id.ended));
            if from == to { from } else { timeline::session_span(&from, &to) }
        }
        EventLine::Event(row) => format::time_of_day(row.date),
    }
}

fn exact(line: &EventLine) -> String {
    match line {
        EventLine::Event(row) => format::exact(row.date),
        _ => String::new(),
    }
}

fn who(line: &EventLine) -> String {
    match line {
        EventLine::Day { .. } => String::new(),
        EventLine::Session(session) => session.who.clone(),
        EventLine::Event(row) => row.who.clone(),
    }
}

fn what(line: &EventLine) -> String {
    match line {
        EventLine::Day { .. } => String::new(),
        EventLine::Session(session) => {
            let most = session.most.iter().map(|(what, count)| match count {
                1 => what.clone(),
                count => timeline::times(what, &format::number(*count)),
            });
            let most: Vec<String> = most.collect();
            format!("{}: {}", timeline::actions(session.count), most.join(", "))
        }
        EventLine::Event(row) => sentence(row),
    }
}

fn place(line: &EventLine) -> String {
    let place = match line {
        EventLine::Day { .. } => None,
        EventLine::Session(session) => session.place.clone(),
        EventLine::Event(row) => row.place.clone(),
    };
    place.unwrap_or_default()
}

fn from_where(line: &EventLine) -> String {
    line.event().map(via).unwrap_or_default()
}

/// What stands behind a sentence: what points it out, or how weighty it is.
fn mark_words(line: &EventLine) -> String {
    match line {
        EventLine::Event(row) => match row.highlights.first() {
            Some(note) => evidence::rule(note.rule).to_owned(),
            None => weight_words(row.weight).to_owned(),
        },
        EventLine::Session(session) if session.marked > 0 => timeline::highlights_alone(session.marked),
        EventLine::Session(session) => weight_words(session.weight).to_owned(),
        EventLine::Day { .. } => String::new(),
    }
}

fn mark_note(line: &EventLine) -> String {
    match line {
        EventLine::Event(row) => match row.highlights.first() {
            Some(note) => why(note),
            None => weight_note(row.weight).to_owned(),
        },
        EventLine::Session(_) | EventLine::Day { .. } => String::new(),
    }
}

fn tone(line: &EventLine) -> Tone {
    match line {
        EventLine::Event(row) if !row.highlights.is_empty() => Tone::Broken,
        EventLine::Session(session) if session.marked > 0 => Tone::Broken,
        EventLine::Event(row) => weight_tone(row.weight),
        EventLine::Session(session) => weight_tone(session.weight),
        EventLine::Day { .. } => Tone::Plain,
    }
}

/// What was done, as one text in which every name keeps to itself.
pub(super) fn sentence(row: &EventRow) -> String {
    phrases(&row.what)
}

/// Why a rule points something out.
pub(super) fn why(note: &HighlightNote) -> String {
    phrases(&note.why)
}

fn phrases(parts: &[Phrase]) -> String {
    let part = |part: &Phrase| match part {
        Phrase::Words(words) => words.clone(),
        Phrase::Name(name) => isolate(name),
    };
    parts.iter().map(part).collect()
}

/// Device and address.
pub(super) fn via(row: &EventRow) -> String {
    match (&row.device, &row.ip) {
        (Some(device), Some(ip)) => format!("{device} · {ip}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    }
}

pub(super) fn weight_tone(weight: EventWeight) -> Tone {
    match weight {
        EventWeight::Routine => Tone::Plain,
        EventWeight::Notable => Tone::Wait,
        EventWeight::Harmful => Tone::Attend,
    }
}

pub(super) fn weight_words(weight: EventWeight) -> &'static str {
    match weight {
        EventWeight::Routine => text::routine(),
        EventWeight::Notable => text::notable(),
        EventWeight::Harmful => text::harmful(),
    }
}

fn weight_note(weight: EventWeight) -> &'static str {
    match weight {
        EventWeight::Routine => "",
        EventWeight::Notable => text::notable_note(),
        EventWeight::Harmful => text::harmful_note(),
    }
}
