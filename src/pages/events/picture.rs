//! How much happened over time.

use leptos::prelude::*;
use portal_bridge::Moment;

use super::range::{Range, span_words};
use crate::format;
use crate::messages::timeline as text;
use crate::ui::{Bar, DensityBars};

/// Words on the axis, at most; and how near the right end none stands, in hundredths of the width.
const TICKS: usize = 6;
const ROOM: usize = 7;

/// What happened in a part of the range, of whatever width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bucket {
    /// Where it begins.
    pub(super) from: Moment,
    /// Where it ends, and the next begins.
    pub(super) end: Moment,
    /// How much happened.
    pub(super) count: u32,
    /// How much of that is a highlight.
    pub(super) marked: u32,
}

/// Draws the buckets, oldest first. `on_zoom` is told where what is looked into begins and ends.
pub(super) fn picture(
    buckets: Signal<Vec<Bucket>>,
    range: Memo<Range>,
    on_zoom: impl Fn(Moment, Moment) + 'static,
    on_out: impl Fn() + 'static,
    can_go_out: Signal<bool>,
) -> impl IntoView {
    let bars = Signal::derive(move || buckets.with(|buckets| draw(buckets)));
    let label = Signal::derive(move || {
        range.with(|range| text::picture(&span_words(range.from, Moment(range.to.0 + 1), format::axis_day)))
    });
    let words = move |(first, last): (usize, usize)| {
        buckets.with(|buckets| buckets.get(first..=last).and_then(sum).map(words).unwrap_or_default())
    };
    let zoom = move |(first, last): (usize, usize)| {
        let run = buckets.with_untracked(|buckets| buckets.get(first..=last).and_then(sum));
        if let Some(run) = run {
            on_zoom(run.from, run.end);
        }
    };
    view! {
        <DensityBars
            label
            heads=[text::picture_when(), text::picture_events(), text::picture_highlights()]
            bars
            words
            on_zoom=zoom
            on_out=move || on_out()
            can_go_out
        />
    }
}

/// Neighbouring buckets as one.
fn sum(run: &[Bucket]) -> Option<Bucket> {
    let add = |figure: fn(&Bucket) -> u32| run.iter().map(figure).fold(0, u32::saturating_add);
    Some(Bucket {
        from: run.first()?.from,
        end: run.last()?.end,
        count: add(|bucket| bucket.count),
        marked: add(|bucket| bucket.marked),
    })
}

fn words(bucket: Bucket) -> String {
    let events = text::events(bucket.count);
    let figures = if bucket.marked > 0 { text::highlights(bucket.marked, &events) } else { events };
    text::counted(&span_words(bucket.from, bucket.end, format::weekday), &figures)
}

fn draw(buckets: &[Bucket]) -> Vec<Bar> {
    let all = buckets.len();
    let step = all.div_ceil(TICKS).max(1);
    let bar = |(at, bucket): (usize, &Bucket)| {
        let ticked = at % step == 0 && (at == 0 || (all - at) * 100 >= ROOM * all);
        Bar {
            label: span_words(bucket.from, bucket.end, format::weekday),
            tick: ticked.then(|| tick(bucket.from)),
            value: bucket.count,
            marked: bucket.marked,
        }
    };
    buckets.iter().enumerate().map(bar).collect()
}

/// The day where one begins, otherwise the time.
fn tick(from: Moment) -> String {
    match format::time_of_day(from) {
        midnight if midnight == "00:00" => format::axis_day(from),
        time => time,
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "a test may")]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn at(text: &str) -> Moment {
        format::from_field_value(text).unwrap()
    }

    fn bucket(from: &str, end: &str, count: u32, marked: u32) -> Bucket {
        Bucket { from: at(from), end: at(end), count, marked }
    }

    fn hours(count: usize) -> Vec<Bucket> {
        let start = at("2026-03-02T00:00").0;
        let hour = |at: usize| Moment(start + at as i64 * 3_600_000);
        (0..count).map(|at| Bucket { from: hour(at), end: hour(at + 1), count: 1, marked: 0 }).collect()
    }

    #[wasm_bindgen_test]
    fn a_bar_of_any_width_has_words() {
        for (bucket, expected) in [
            (bucket("2026-11-17T00:00", "2026-11-18T00:00", 212, 3), "Tue 17 Nov: 212 events, 3 highlights"),
            (bucket("2026-11-17T00:00", "2026-11-18T00:00", 1, 1), "Tue 17 Nov: 1 event, 1 highlight"),
            (bucket("2026-11-16T00:00", "2026-11-23T00:00", 0, 0), "Mon 16 Nov – Sun 22 Nov: 0 events"),
            (bucket("2026-11-17T14:00", "2026-11-17T15:00", 2, 0), "Tue 17 Nov, 14:00 – 15:00: 2 events"),
            (bucket("2026-11-17T14:31", "2026-11-17T14:32", 2, 0), "Tue 17 Nov, 14:31 – 14:32: 2 events"),
        ] {
            // Another year than now is named, so the rest is compared.
            let said = words(bucket).replace(",", "");
            let ends = expected.split_once(": ").map(|(_, figures)| figures.replace(",", ""));
            assert!(said.ends_with(&ends.unwrap()), "{said}");
            if format::now().0 < at("2027-01-01T00:00").0 {
                assert_eq!(said, expected.replace(",", ""));
            }
        }
    }

    #[wasm_bindgen_test]
    fn the_axis_has_at_most_six_words_and_none_at_its_very_end() {
        for count in 1..200 {
            let bars = draw(&hours(count));
            let ticks: Vec<usize> = (0..count).filter(|at| bars.get(*at).unwrap().tick.is_some()).collect();
            assert!((1..=TICKS).contains(&ticks.len()), "{count}: {ticks:?}");
            assert!(count < 15 || *ticks.last().unwrap() < count - 1, "{count}: {ticks:?}");
        }
    }

    #[wasm_bindgen_test]
    fn within_a_day_the_axis_tells_the_time_and_where_one_begins_the_day() {
        let ticks: Vec<String> = draw(&hours(48)).into_iter().filter_map(|bar| bar.tick).collect();
        assert_eq!(ticks, ["2 Mar", "08:00", "16:00", "3 Mar", "08:00", "16:00"]);
    }
}
