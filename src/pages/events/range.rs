//! What span of time is looked at, in the zone that was chosen: whole days, or down to a minute.

use portal_bridge::Moment;

use crate::format;
use crate::messages::{events as text, timeline};

/// Days that are looked at, at most: ten years. Servers hand out fewer at once; the core asks them part by part.
const MOST_DAYS: i64 = 3_653;

/// Days that are looked at when the address says nothing.
const USUAL_DAYS: u32 = 30;

/// Ranges that end today.
pub(super) const LAST: [u32; 4] = [7, 30, 90, 365];

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// How long the words of a day (`2026-03-02`) and of a minute (`2026-03-02T14:00`) are.
const DAY_LONG: usize = 10;
const MINUTE_LONG: usize = 16;

/// A span of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// So many days up to today; none where both ends were chosen.
    pub(super) days: Option<u32>,
    /// The first day, as a date field has it.
    pub(super) first: String,
    /// The last day.
    pub(super) last: String,
    /// Where it begins.
    pub(super) from: Moment,
    /// Where it ends: its last millisecond.
    pub(super) to: Moment,
    /// Whether an end lies within a day.
    pub(super) timed: bool,
    /// Whether earlier days had to be left out.
    pub(super) cut: bool,
}

impl Range {
    /// From the words of the address: a number of days, or two ends. An end is a day, or a day with a minute; the last
    /// minute belongs to the range. One of more than ten years loses its earlier days.
    pub(super) fn read(days: Option<&str>, from: Option<&str>, to: Option<&str>) -> Self {
        match from.and_then(End::read).zip(to.and_then(End::read)) {
            Some((from, to)) if from.first > to.last => Self::between(&to, &from),
            Some((from, to)) => Self::between(&from, &to),
            None => {
                let days = days.and_then(|days| days.parse().ok()).filter(|days| LAST.contains(days));
                Self::last_days(days.unwrap_or(USUAL_DAYS))
            }
        }
    }

    /// The words of the address for the range from a moment up to another: of days where both ends lie between days, of
    /// minutes otherwise.
    pub(super) fn within(first: Moment, last_end: Moment) -> (String, String) {
        let (from, to) = (format::field_value(first), format::field_value(last_minute(first, last_end)));
        let whole = from.ends_with("T00:00") && to.ends_with("T23:59");
        if whole { (day_part(&from), day_part(&to)) } else { (from, to) }
    }

    fn last_days(days: u32) -> Self {
        let last = today();
        let (first, last) = (End::day(day_before(&last, i64::from(days) - 1)), End::day(last));
        Self { days: Some(days), ..Self::between(&first, &last) }
    }

    fn between(first: &End, last: &End) -> Self {
        let earliest = End::day(day_before(&last.day, MOST_DAYS - 1));
        let cut = first.first < earliest.first;
        let first = if cut { &earliest } else { first };
        Self {
            days: None,
            first: first.day.clone(),
            last: last.day.clone(),
            from: first.first,
            to: last.last,
            timed: first.timed || last.timed,
            cut,
        }
    }

    /// The range in words.
    pub(super) fn words(&self) -> String {
        match self.days {
            Some(days) => text::last_days(days),
            None if self.timed => span_words(self.from, Moment(self.to.0 + 1), format::axis_day),
            None => text::choose_range().to_owned(),
        }
    }

    /// What is wrong with it.
    pub(super) fn fault(&self) -> Option<String> {
        self.cut.then(|| text::range_too_long(&format::number(MOST_DAYS as u32)))
    }
}

/// A span of time in words, its days named once: `2 Mar, 14:00 – 15:30`, or `2 Mar – 4 Mar` where it is of whole days.
/// It ends before `end`; `name` writes a day of this year down.
pub(super) fn span_words(from: Moment, end: Moment, name: fn(Moment) -> String) -> String {
    let last = last_minute(from, end);
    let (first_word, last_word) = Range::within(from, end);
    let (first_day, last_day) = (day_part(&first_word), day_part(&last_word));
    let this_year = today();
    // A span that reaches into another year names the year at both its ends.
    let told = [&first_day, &last_day].iter().all(|day| day.get(..4) == this_year.get(..4));
    let name = if told { name } else { format::day };
    let (first_name, last_name) = (name(from), name(last));
    let whole = first_word.len() == DAY_LONG;
    if whole && first_day == last_day {
        return first_name;
    }
    if whole {
        return timeline::span(&first_name, &last_name);
    }
    // Who reads of a span up to midnight thinks of the day that ends then.
    let until = if last_word.ends_with("T23:59") {
        timeline::midnight().to_owned()
    } else {
        format::time_of_day(Moment(last.0 + 1))
    };
    let first_words = timeline::minute(&first_name, &format::time_of_day(from));
    if first_day == last_day {
        timeline::span(&first_words, &until)
    } else {
        timeline::span(&first_words, &timeline::minute(&last_name, &until))
    }
}

/// Today, as a date field has it.
pub(super) fn today() -> String {
    day_of(format::now())
}

/// The day of a moment, as a date field has it.
pub(super) fn day_of(moment: Moment) -> String {
    day_part(&format::field_value(moment))
}

fn day_part(word: &str) -> String {
    word.chars().take(DAY_LONG).collect()
}

fn last_minute(first: Moment, end: Moment) -> Moment {
    Moment((end.0 - 1).max(first.0))
}

/// One end of a range.
struct End {
    day: String,
    /// Where what it names begins.
    first: Moment,
    /// The last millisecond of what it names.
    last: Moment,
    timed: bool,
}

impl End {
    fn read(word: &str) -> Option<Self> {
        let day = word.get(..DAY_LONG).filter(|day| is_day(day))?;
        if word.len() == DAY_LONG {
            return Some(Self::day(day.to_owned()));
        }
        let shaped = word.len() == MINUTE_LONG && is_shaped(word);
        let first = shaped.then(|| format::from_field_value(word)).flatten()?;
        // Where the clocks go back an hour, a minute comes twice: the range reaches from the first to the second.
        let again = Moment(first.0 + HOUR_MS);
        let last = if format::field_value(again) == word { again } else { first };
        Some(Self { day: day.to_owned(), first, last: Moment(last.0 + MINUTE_MS - 1), timed: true })
    }

    fn day(day: String) -> Self {
        let at = |time: &str| format::from_field_value(&format!("{day}{time}")).unwrap_or_else(format::now);
        Self { first: at("T00:00"), last: at("T23:59:59.999"), day, timed: false }
    }
}

fn is_day(text: &str) -> bool {
    // The 30th of February is read as a day of March, which is not what stands there.
    let noon = is_shaped(text).then(|| noon_of(text)).flatten();
    noon.is_some_and(|noon| day_of(noon) == text)
}

/// Whether digits stand where they should. The browser's own reader takes much else for a date, each its own.
fn is_shaped(text: &str) -> bool {
    text.bytes().zip(b"0000-00-00T00:00").all(|(byte, pattern)| match pattern {
        b'0' => byte.is_ascii_digit(),
        sign => byte == *sign,
    })
}

fn noon_of(day: &str) -> Option<Moment> {
    format::from_field_value(&format!("{day}T12:00"))
}

/// Counted from noon, so that days of 23 and 25 hours do not matter.
fn day_before(day: &str, days: i64) -> String {
    let noon = noon_of(day).unwrap_or_else(format::now);
    day_of(Moment(noon.0 - days * DAY_MS))
}

#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "a test may")]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn read(from: &str, to: &str) -> Range {
        Range::read(None, Some(from), Some(to))
    }

    fn at(text: &str) -> Moment {
        format::from_field_value(text).unwrap()
    }

    #[wasm_bindgen_test]
    fn nothing_in_the_address_means_thirty_days_up_to_today() {
        let range = Range::read(None, None, None);
        assert_eq!((range.days, range.last.as_str()), (Some(30), today().as_str()));
        assert_eq!(range.from, End::day(day_before(&today(), 29)).first);
    }

    #[wasm_bindgen_test]
    fn swapped_dates_are_swapped_back() {
        let range = read("2026-03-09", "2026-03-02");
        assert_eq!((range.first.as_str(), range.last.as_str()), ("2026-03-02", "2026-03-09"));
        assert!(range.from < range.to);
        let range = read("2026-03-02T15:00", "2026-03-02T14:00");
        assert_eq!((range.from, range.to), (at("2026-03-02T14:00"), at("2026-03-02T15:00:59.999")));
    }

    #[wasm_bindgen_test]
    fn more_than_ten_years_are_cut_and_said() {
        let range = read("2020-01-01", "2026-03-09");
        assert_eq!((range.fault(), range.first.as_str()), (None, "2020-01-01"));
        let range = read("1970-01-01", "2026-03-09");
        assert!(range.fault().is_some());
        assert_eq!((range.cut, range.first.as_str()), (true, "2016-03-09"));
    }

    #[wasm_bindgen_test]
    fn nonsense_in_the_address_is_ignored() {
        let nonsense = [
            ("today", "2026-99-99"),
            ("2026-02-30", "2026-03-09"),
            ("03/02/2026", "2026-03-09"),
            ("2026-03-02T25:00", "2026-03-09"),
            ("2026-03-02T14:0", "2026-03-09"),
            ("2026-03-02T14:00:00", "2026-03-09"),
            ("2026-03-0é", "2026-03-09"),
            ("", ""),
        ];
        for (from, to) in nonsense {
            assert_eq!(Range::read(Some("-4"), Some(from), Some(to)).days, Some(30), "{from} {to}");
        }
    }

    #[wasm_bindgen_test]
    fn an_end_with_a_time_takes_in_its_last_minute() {
        let range = read("2026-03-02T14:00", "2026-03-02T14:31");
        assert_eq!((range.from, range.to), (at("2026-03-02T14:00"), at("2026-03-02T14:31:59.999")));
        assert_eq!(
            (range.first.as_str(), range.last.as_str(), range.days),
            ("2026-03-02", "2026-03-02", None)
        );
    }

    #[wasm_bindgen_test]
    fn an_end_with_a_time_goes_with_one_without() {
        let range = read("2026-03-02T14:00", "2026-03-02");
        assert_eq!((range.from, range.to), (at("2026-03-02T14:00"), at("2026-03-02T23:59:59.999")));
    }

    #[wasm_bindgen_test]
    fn a_range_with_times_names_them() {
        let words = |from: &str, to: &str| read(from, to).words();
        let year = today().chars().take(4).collect::<String>();
        let day = |rest: &str| format!("{year}-{rest}");
        assert_eq!(words(&day("03-02T14:00"), &day("03-02T15:29")), "2 Mar, 14:00 – 15:30");
        assert_eq!(words(&day("03-02T14:00"), &day("03-03T15:29")), "2 Mar, 14:00 – 3 Mar, 15:30");
        assert_eq!(words(&day("03-02T14:00"), &day("03-02")), "2 Mar, 14:00 – 24:00");
        assert_eq!(words("2019-03-02T14:00", "2019-03-02T15:29"), "2 Mar 2019, 14:00 – 15:30");
    }

    #[wasm_bindgen_test]
    fn a_span_over_new_year_names_both_years() {
        let words = span_words(at("2019-12-30T00:00"), at("2020-01-02T00:00"), format::weekday);
        assert_eq!(words, "30 Dec 2019 – 1 Jan 2020");
        let this_year = today().chars().take(4).collect::<String>();
        let words =
            span_words(at("2019-12-30T00:00"), at(&format!("{this_year}-01-02T00:00")), format::weekday);
        assert_eq!(words, format!("30 Dec 2019 – 1 Jan {this_year}"));
    }

    #[wasm_bindgen_test]
    fn a_zoom_into_days_names_days_and_one_into_hours_names_minutes() {
        let zoom = |from, to| Range::within(at(from), at(to));
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(zoom("2026-03-02T00:00", "2026-03-04T00:00"), pair("2026-03-02", "2026-03-03"));
        assert_eq!(zoom("2026-03-02T00:00", "2026-03-03T23:59:59.999"), pair("2026-03-02", "2026-03-03"));
        assert_eq!(
            zoom("2026-03-02T14:00", "2026-03-02T15:00"),
            pair("2026-03-02T14:00", "2026-03-02T14:59")
        );
        assert_eq!(
            zoom("2026-03-02T14:00", "2026-03-02T14:00"),
            pair("2026-03-02T14:00", "2026-03-02T14:00")
        );
    }

    #[wasm_bindgen_test]
    fn the_words_of_a_zoom_are_read_as_what_was_zoomed_into() {
        // A whole year of hours, so that both changes of the clocks are among them.
        let start = at("2026-01-01T00:00").0;
        for hour in 0..366 * 24 {
            let (first, end) = (Moment(start + hour * HOUR_MS), Moment(start + (hour + 1) * HOUR_MS));
            let (from, to) = Range::within(first, end);
            let range = read(&from, &to);
            assert!(range.from <= first && range.to.0 + 1 >= end.0, "{from} {to}");
            assert!(range.to.0 + 1 - range.from.0 <= 3 * HOUR_MS, "{from} {to}");
        }
    }
}
