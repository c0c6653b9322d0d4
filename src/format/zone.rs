//! The time zone dates are shown in: the browser's own, or UTC.

use std::sync::LazyLock;

use js_sys::Date;
use leptos::prelude::*;
use leptos::reactive::graph::Observer;
use portal_bridge::Moment;
use wasm_bindgen::JsValue;

use super::{MINUTE, name_of};
use crate::messages::timeline as text;
use crate::preferences::{self, Zone};

/// No zone of the world changes its clocks and changes them back within so many minutes.
const WEEK: i64 = 7 * 24 * 60;

/// Formatters are called from everywhere, also where there is no context to find this in.
static CHOSEN: LazyLock<ArcRwSignal<Zone>> = LazyLock::new(|| ArcRwSignal::new(preferences::zone()));

/// The zone chosen. Read where signals are followed, it is followed.
pub fn zone() -> Zone {
    if Observer::get().is_some() {
        CHOSEN.track();
    }
    CHOSEN.get_untracked()
}

/// Chooses a zone, for this browser. Whatever shows a date shows it anew.
pub fn set_zone(zone: Zone) {
    preferences::remember_zone(zone);
    if CHOSEN.get_untracked() != zone {
        CHOSEN.set(zone);
    }
}

/// A zone in words: `Lisbon time`, or `UTC`.
pub fn zone_words(zone: Zone) -> String {
    let name = name_of(zone);
    match name.rsplit_once('/') {
        Some((_, city)) => text::zone_of(&city.replace('_', " ")),
        None => name,
    }
}

/// How far the chosen zone's clocks are ahead of UTC, in minutes, from each moment on. The first entry is for `from`, and
/// one follows for each change of the clocks up to `to`.
pub fn offsets(from: Moment, to: Moment) -> Vec<(Moment, i32)> {
    let mut here = from.0.div_euclid(MINUTE);
    let last = to.0.div_euclid(MINUTE);
    let mut now = offset(from.0);
    let mut found = vec![(from, now)];
    while here < last {
        let mut changed = last.min(here + WEEK);
        if offset(changed * MINUTE) == now {
            here = changed;
            continue;
        }
        // Before, the clocks stood as they do `here`; at `changed` they no longer do.
        while changed - here > 1 {
            let middle = here + (changed - here) / 2;
            if offset(middle * MINUTE) == now {
                here = middle;
            } else {
                changed = middle;
            }
        }
        here = changed;
        now = offset(here * MINUTE);
        found.push((Moment(here * MINUTE), now));
    }
    found
}

/// The same at one moment, given in milliseconds.
pub(super) fn offset(moment: i64) -> i32 {
    match zone() {
        Zone::Local => -Date::new(&JsValue::from_f64(moment as f64)).get_timezone_offset() as i32,
        Zone::Utc => 0,
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::format::{self, DAY};
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    // What is remembered needs a browser; every test of the library then runs in one.
    wasm_bindgen_test_configure!(run_in_browser);

    /// Runs something in a zone, and gives back the one before.
    fn within<T>(zone: Zone, run: impl FnOnce() -> T) -> T {
        let before = CHOSEN.get_untracked();
        set_zone(zone);
        let answer = run();
        set_zone(before);
        answer
    }

    /// 2026-07-01T23:30:15Z.
    const EVENING: Moment = Moment(1_782_948_615_000);

    #[wasm_bindgen_test]
    fn in_utc_every_text_of_a_date_is_that_of_utc() {
        within(Zone::Utc, || {
            assert_eq!(format::time_zone(), "UTC");
            assert_eq!(zone_words(Zone::Utc), "UTC");
            assert_eq!(format::field_value(EVENING), "2026-07-01T23:30");
            assert_eq!(format::time_of_day(EVENING), "23:30");
            assert_eq!(format::day(EVENING), "1 Jul 2026");
            assert_eq!(format::axis_day(EVENING), "1 Jul");
            assert!(format::weekday(EVENING).starts_with("Wed"), "{}", format::weekday(EVENING));
            assert!(format::exact(EVENING).ends_with("UTC"), "{}", format::exact(EVENING));
            assert_eq!(format::from_field_value("2026-07-01T23:30:15"), Some(EVENING));
            assert_eq!(format::from_field_value("today"), None);
        });
    }

    #[wasm_bindgen_test]
    fn a_field_gives_back_in_each_zone_what_was_put_into_it() {
        for zone in [Zone::Local, Zone::Utc] {
            within(zone, || {
                for month in 0..14 {
                    let moment = Moment(1_767_225_600_000 + month * 27 * DAY);
                    assert_eq!(format::from_field_value(&format::field_value(moment)), Some(moment));
                }
            });
        }
    }

    #[wasm_bindgen_test]
    fn the_choice_is_remembered_and_whatever_follows_it_is_told() {
        let shown = Memo::new(|_| format::time_zone());
        within(Zone::Utc, || {
            assert_eq!(preferences::zone(), Zone::Utc);
            assert_eq!(shown.get_untracked(), "UTC");
        });
        assert_eq!(preferences::zone(), CHOSEN.get_untracked());
        assert_eq!(shown.get_untracked(), format::time_zone());
    }

    #[wasm_bindgen_test]
    fn utc_has_one_offset_for_all_time() {
        within(Zone::Utc, || assert_eq!(offsets(Moment(0), EVENING), [(Moment(0), 0)]));
    }

    #[wasm_bindgen_test]
    fn offsets_agree_with_the_clock_of_the_browser_at_every_hour() {
        let (from, to) = (Moment(EVENING.0 - 400 * DAY), EVENING);
        within(Zone::Local, || {
            let offsets = offsets(from, to);
            assert_eq!(offsets.first().map(|first| first.0), Some(from));
            for hour in 0..400 * 24 {
                let at = from.0 + hour * 60 * MINUTE;
                let valid = offsets.iter().rev().find(|(since, _)| since.0 <= at).map(|(_, offset)| *offset);
                let date = Date::new(&JsValue::from_f64(at as f64));
                assert_eq!(valid, Some(-(date.get_timezone_offset() as i32)), "{at}");
            }
            for (before, after) in offsets.iter().zip(offsets.iter().skip(1)) {
                assert!(before.0 < after.0 && before.1 != after.1, "{before:?} {after:?}");
            }
        });
    }

    #[wasm_bindgen_test]
    fn a_range_that_ends_before_it_begins_has_the_offset_of_its_beginning() {
        assert_eq!(offsets(EVENING, Moment(0)).len(), 1);
    }
}
