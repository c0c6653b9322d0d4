//! Dates, numbers and plurals through the browser's `Intl`. Nothing else in the tab formats a date or a number.
//!
//! Dates are shown in the time zone the person has chosen. Every function that depends on it may be called anywhere;
//! called where signals are followed, it follows the choice too, so that what is shown changes with it.

mod money;
mod zone;

use std::cell::OnceCell;

use js_sys::{Date, Object, Reflect};
use portal_bridge::Moment;
use wasm_bindgen::prelude::*;

use crate::preferences::Zone;
pub use money::{amount, calendar_day, calendar_month, calendar_tick, percentage, utc_today};
pub use zone::{offsets, set_zone, zone, zone_words};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = DateTimeFormat)]
    type DateFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "DateTimeFormat")]
    fn new(locale: &str, options: &JsValue) -> DateFormat;
    #[wasm_bindgen(method)]
    fn format(this: &DateFormat, date: f64) -> String;
    #[wasm_bindgen(method, js_name = resolvedOptions)]
    fn resolved_options(this: &DateFormat) -> JsValue;

    #[wasm_bindgen(js_namespace = Intl, js_name = NumberFormat)]
    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "NumberFormat")]
    fn new(locale: &str, options: &JsValue) -> NumberFormat;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: f64) -> String;
    /// A number as text keeps every digit; browsers that know no such numbers take it for a float.
    #[wasm_bindgen(method, js_name = format)]
    fn format_exact(this: &NumberFormat, number: &str) -> String;

    #[wasm_bindgen(js_namespace = Intl, js_name = PluralRules)]
    type PluralRules;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "PluralRules")]
    fn new(locale: &str) -> PluralRules;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: f64) -> String;
}

/// The language of every text; the dates and numbers follow it.
const LOCALE: &str = "en-GB";

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Making a formatter is slow and using it is quick, so each is made once.
struct Formats {
    number: NumberFormat,
    money: NumberFormat,
    plural: PluralRules,
}

/// Those of dates, for one time zone.
struct Dates {
    time: DateFormat,
    weekday: DateFormat,
    day: DateFormat,
    day_of_year: DateFormat,
    exact: DateFormat,
}

thread_local! {
    static FORMATS: OnceCell<Formats> = const { OnceCell::new() };
    static LOCAL: OnceCell<Dates> = const { OnceCell::new() };
    static UTC: OnceCell<Dates> = const { OnceCell::new() };
}

fn with<T>(read: impl FnOnce(&Formats) -> T) -> T {
    // Words of a date hold numbers, so one reading may go on within another.
    FORMATS.with(|formats| read(formats.get_or_init(Formats::make)))
}

/// Writes a moment down by one of the formatters of the zone that was chosen.
fn write(moment: Moment, which: fn(&Dates) -> &DateFormat) -> String {
    dates(zone(), |dates| which(dates).format(moment.0 as f64))
}

fn dates<T>(zone: Zone, read: impl FnOnce(&Dates) -> T) -> T {
    let made = match zone {
        Zone::Local => &LOCAL,
        Zone::Utc => &UTC,
    };
    made.with(|dates| read(dates.get_or_init(|| Dates::make(zone))))
}

impl Formats {
    fn make() -> Self {
        Self {
            number: NumberFormat::new(LOCALE, &JsValue::UNDEFINED),
            money: NumberFormat::new(
                LOCALE,
                &options(&[("style", "currency"), ("currency", "USD"), ("currencyDisplay", "narrowSymbol")]),
            ),
            plural: PluralRules::new(LOCALE),
        }
    }
}

impl Dates {
    fn make(zone: Zone) -> Self {
        let date = |pairs: &[(&str, &str)]| {
            let options = options(pairs);
            if zone == Zone::Utc {
                let _ = Reflect::set(&options, &"timeZone".into(), &"UTC".into());
            }
            DateFormat::new(LOCALE, &options)
        };
        Self {
            time: date(&[("hour", "2-digit"), ("minute", "2-digit")]),
            weekday: date(&[("weekday", "short"), ("day", "numeric"), ("month", "short")]),
            day: date(&[("day", "numeric"), ("month", "short"), ("year", "numeric")]),
            day_of_year: date(&[("day", "numeric"), ("month", "short")]),
            exact: date(&[
                ("day", "numeric"),
                ("month", "long"),
                ("year", "numeric"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("second", "2-digit"),
                ("timeZoneName", "short"),
            ]),
        }
    }
}

/// A whole number with its thousands set apart.
pub fn number(value: impl Into<f64>) -> String {
    with(|formats| formats.number.format(value.into()))
}

/// An amount of cents as money.
pub fn money(cents: impl Into<f64>) -> String {
    with(|formats| formats.money.format(cents.into() / 100.0))
}

/// A date, relative within a week (`4 min ago`, `yesterday, 16:20`, `Fri 20 Nov`), absolute beyond (`17 Nov 2026`).
pub fn when(moment: Moment) -> String {
    let now = Date::now() as i64;
    let age = now - moment.0;
    let days = days_between(moment.0, now);
    if (0..MINUTE).contains(&age) {
        crate::messages::time::just_now().to_owned()
    } else if (0..HOUR).contains(&age) {
        crate::messages::time::minutes_ago((age / MINUTE) as u32)
    } else if days == 0 {
        crate::messages::time::today(&time_of_day(moment))
    } else if days == 1 {
        crate::messages::time::yesterday(&time_of_day(moment))
    } else if (0..7 * DAY).contains(&age) {
        weekday(moment)
    } else {
        day(moment)
    }
}

/// A day of a picture's axis: `17 Nov`.
pub fn axis_day(moment: Moment) -> String {
    write(moment, |dates| &dates.day_of_year)
}

/// A day of the week with its date: `Sat 21 Nov`.
pub fn weekday(moment: Moment) -> String {
    write(moment, |dates| &dates.weekday)
}

/// A time of the day: `02:14`.
pub fn time_of_day(moment: Moment) -> String {
    write(moment, |dates| &dates.time)
}

/// A day: `17 Nov 2026`.
pub fn day(moment: Moment) -> String {
    write(moment, |dates| &dates.day)
}

/// The exact moment with its time zone, to be read on hover.
pub fn exact(moment: Moment) -> String {
    write(moment, |dates| &dates.exact)
}

/// The name of the time zone every date is shown in: `Europe/Lisbon`, or `UTC`.
pub fn time_zone() -> String {
    name_of(zone())
}

fn name_of(zone: Zone) -> String {
    let resolved = dates(zone, |dates| dates.exact.resolved_options());
    Reflect::get(&resolved, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// How long something will take, roughly: `40 s`, `3 min`.
pub fn duration(milliseconds: u32) -> String {
    let seconds = milliseconds.div_ceil(1_000);
    if seconds < 90 {
        crate::messages::time::seconds(&number(seconds))
    } else {
        crate::messages::time::minutes(&number(seconds.div_ceil(60)))
    }
}

/// A point in time as a date field wants it: `2026-11-22T08:30`, in the zone that was chosen.
pub fn field_value(moment: Moment) -> String {
    let date = Date::new(&JsValue::from_f64(moment.0 as f64));
    let (month, day, hour, minute) = match zone() {
        Zone::Local => (date.get_month(), date.get_date(), date.get_hours(), date.get_minutes()),
        Zone::Utc => {
            (date.get_utc_month(), date.get_utc_date(), date.get_utc_hours(), date.get_utc_minutes())
        }
    };
    let year = match zone() {
        Zone::Local => date.get_full_year(),
        Zone::Utc => date.get_utc_full_year(),
    };
    format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}", month + 1)
}

/// The point in time a date field holds (`2026-11-22T08:30`), in the zone that was chosen; `None` when it holds none.
pub fn from_field_value(text: &str) -> Option<Moment> {
    let time = match zone() {
        Zone::Local => Date::parse(text),
        Zone::Utc => Date::parse(&format!("{text}Z")),
    };
    time.is_finite().then_some(Moment(time as i64))
}

/// The moment it is now.
pub fn now() -> Moment {
    Moment(Date::now() as i64)
}

/// A name from outside within a sentence: whatever its writing direction, it leaves the sentence as it is.
pub fn isolate(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

/// Which plural form a number takes.
pub(crate) fn is_one(number: u32) -> bool {
    with(|formats| formats.plural.select(f64::from(number))) == "one"
}

/// Midnights between two moments in the zone that was chosen.
fn days_between(earlier: i64, later: i64) -> i64 {
    // A day's number is that of its clock, read as if it were one of UTC.
    let day = |moment: i64| (moment + i64::from(zone::offset(moment)) * MINUTE).div_euclid(DAY);
    day(later) - day(earlier)
}

fn options(pairs: &[(&str, &str)]) -> JsValue {
    let options = Object::new();
    for (key, value) in pairs {
        let _ = Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    options.into()
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_date_of_any_age_has_words() {
        for (age, word) in [(0, "just now"), (5 * MINUTE, "5 min ago"), (DAY, "yesterday"), (400 * DAY, "20")]
        {
            let words = when(Moment(now().0 - age));
            assert!(words.contains(word), "{words}");
        }
    }
}
