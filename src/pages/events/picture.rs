//! How much happened on each day.

use leptos::prelude::*;
use portal_bridge::{EventsQuery, Moment};

use super::filters::Filters;
use super::{ByDay, range};
use crate::format;
use crate::messages::events as text;
use crate::ui::{DayBar, DensityBars};

/// Words on the axis, at most.
const TICKS: usize = 6;

/// A day is named by its middle: an hour's shift of the clocks leaves that in the same day.
const NOON_MS: i64 = 43_200_000;

pub(super) fn picture(
    filters: Filters,
    query: Memo<EventsQuery>,
    by_day: RwSignal<Option<ByDay>>,
) -> impl IntoView {
    let noon = |day: &Moment| Moment(day.0 + NOON_MS);
    let days = Signal::derive(move || {
        by_day.with(|days| {
            let days = days.as_deref().unwrap_or_default();
            let step = days.len().div_ceil(TICKS).max(1);
            days.iter()
                .enumerate()
                .map(|(at, (day, count))| {
                    let name = format::weekday(noon(day));
                    DayBar {
                        tick: (at % step == 0).then(|| format::axis_day(noon(day))),
                        words: text::day_words(&name, &text::announced(*count)),
                        label: name,
                        value: *count,
                    }
                })
                .collect::<Vec<_>>()
        })
    });
    let label = Signal::derive(move || {
        query.with(|query| text::picture(&format::day(query.from), &format::day(query.to)))
    });
    let choose = move |at: usize| {
        let day = by_day
            .with_untracked(|days| days.as_ref().and_then(|days| days.get(at).map(|(day, _)| noon(day))));
        if let Some(day) = day {
            let day = range::day_of(day);
            filters.set_days(&day, &day);
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
