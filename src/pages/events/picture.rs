//! How much happened on each day.

use leptos::prelude::*;
use portal_bridge::{EventRow, EventsQuery, Moment};

use super::filters::Filters;
use super::range;
use crate::format;
use crate::live::memo;
use crate::messages::events as text;
use crate::ui::{DayBar, DensityBars};
use crate::view::List;

/// Words on the axis, at most.
const TICKS: usize = 6;

/// Days that are drawn one by one; more are drawn by weeks.
const MOST_BARS: usize = 100;
const WEEK: usize = 7;

/// A day is named by its middle: an hour's shift of the clocks leaves that in the same day.
const NOON_MS: i64 = 43_200_000;

pub(super) fn picture(filters: Filters, query: Memo<EventsQuery>, list: List<EventRow>) -> impl IntoView {
    // Bars: the middle of their first and last day, and what happened.
    let groups = memo(move || {
        let end = query.with(|query| query.to);
        list.map(|view| group(&view.by_day, end)).unwrap_or_default()
    });
    let days = Signal::derive(move || {
        groups.with(|groups| {
            let step = groups.len().div_ceil(TICKS).max(1);
            groups.iter().enumerate().map(|(at, bar)| bar.draw(at % step == 0)).collect::<Vec<_>>()
        })
    });
    let label = Signal::derive(move || {
        query.with(|query| text::picture(&format::day(query.from), &format::day(query.to)))
    });
    let choose = move |at: usize| {
        let bar = groups.with_untracked(|groups| groups.get(at).copied());
        if let Some(bar) = bar {
            filters.set_days(&range::day_of(bar.first), &range::day_of(bar.last));
        }
    };
    view! {
        <DensityBars
            label
            day_head=text::picture_day().to_owned()
            value_head=text::picture_events().to_owned()
            days
            on_choose=choose
        />
    }
}

/// A bar of the picture: one day, or a week where there are many.
#[derive(Clone, Copy, PartialEq)]
struct Bar {
    first: Moment,
    last: Moment,
    count: u32,
}

impl Bar {
    fn draw(&self, ticked: bool) -> DayBar {
        let name = if self.first == self.last {
            format::weekday(self.first)
        } else {
            text::picture_days(&format::weekday(self.first), &format::weekday(self.last))
        };
        DayBar {
            tick: ticked.then(|| format::axis_day(self.first)),
            words: text::day_words(&name, &text::announced(self.count)),
            label: name,
            value: self.count,
        }
    }
}

fn group(days: &[(Moment, u32)], end: Moment) -> Vec<Bar> {
    let noon = |day: Option<&(Moment, u32)>| Moment(day.map_or(0, |(day, _)| day.0 + NOON_MS));
    // Where the clocks went back, an hour is left over after the last day; it belongs to that day.
    let (days, rest) = match days.split_last() {
        Some(((day, count), whole)) if !whole.is_empty() && day.0 + NOON_MS > end.0 => (whole, *count),
        _ => (days, 0),
    };
    let size = if days.len() > MOST_BARS { WEEK } else { 1 };
    let mut bars: Vec<Bar> = days
        .chunks(size)
        .map(|days| Bar {
            first: noon(days.first()),
            last: noon(days.last()),
            count: days.iter().map(|(_, count)| count).sum(),
        })
        .collect();
    if let Some(last) = bars.last_mut() {
        last.count += rest;
    }
    bars
}
