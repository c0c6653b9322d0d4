//! The days that are looked at, in the browser's time zone.

use portal_bridge::Moment;

use crate::format;
use crate::messages::events as text;

/// Days the server hands out at once.
pub(super) const MOST_DAYS: i64 = 367;

/// Days that are looked at when the address says nothing.
const USUAL_DAYS: u32 = 30;

/// Ranges that end today.
pub(super) const LAST: [u32; 4] = [7, 30, 90, 365];

const DAY_MS: i64 = 86_400_000;

/// A range of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// So many days up to today; none where both ends were chosen.
    pub(super) days: Option<u32>,
    /// The first day, as a date field has it.
    pub(super) first: String,
    /// The last day.
    pub(super) last: String,
    /// Where the first day begins.
    pub(super) from: Moment,
    /// Where the last day ends.
    pub(super) to: Moment,
    /// Whether earlier days had to be left out.
    pub(super) cut: bool,
}

impl Range {
    /// From the words of the address: a number of days, or two dates.
    pub(super) fn read(days: Option<&str>, first: Option<&str>, last: Option<&str>) -> Self {
        let chosen = first.filter(|day| is_day(day)).zip(last.filter(|day| is_day(day)));
        match chosen {
            Some((first, last)) => Self::between(first.min(last), first.max(last)),
            None => {
                let days = days.and_then(|days| days.parse().ok()).filter(|days| LAST.contains(days));
                Self::last_days(days.unwrap_or(USUAL_DAYS))
            }
        }
    }

    fn last_days(days: u32) -> Self {
        let last = today();
        let first = day_before(&last, i64::from(days) - 1);
        Self { days: Some(days), ..Self::between(&first, &last) }
    }

    fn between(first: &str, last: &str) -> Self {
        let to = end(last);
        let earliest = day_before(last, MOST_DAYS - 1);
        let cut = first < earliest.as_str();
        let first = if cut { earliest } else { first.to_owned() };
        Self { days: None, from: start(&first), to, first, last: last.to_owned(), cut }
    }

    /// The range in words.
    pub(super) fn words(&self) -> String {
        match self.days {
            Some(days) => text::last_days(days),
            None => text::choose_range().to_owned(),
        }
    }

    /// What is wrong with it.
    pub(super) fn fault(&self) -> Option<String> {
        self.cut.then(|| text::range_too_long(&format::number(MOST_DAYS as u32)))
    }
}

/// Today, as a date field has it.
pub(super) fn today() -> String {
    day_of(format::now())
}

/// The day of a moment, as a date field has it.
pub(super) fn day_of(moment: Moment) -> String {
    format::field_value(moment).chars().take(10).collect()
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && format::from_field_value(&format!("{text}T12:00")).is_some()
}

/// Counted from noon, so that days of 23 and 25 hours do not matter.
fn day_before(day: &str, days: i64) -> String {
    let noon = format::from_field_value(&format!("{day}T12:00")).unwrap_or_else(format::now);
    day_of(Moment(noon.0 - days * DAY_MS))
}

fn start(day: &str) -> Moment {
    format::from_field_value(&format!("{day}T00:00")).unwrap_or_else(format::now)
}

fn end(day: &str) -> Moment {
    format::from_field_value(&format!("{day}T23:59:59.999")).unwrap_or_else(format::now)
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn nothing_in_the_address_means_thirty_days_up_to_today() {
        let range = Range::read(None, None, None);
        assert_eq!((range.days, range.last.as_str()), (Some(30), today().as_str()));
        assert_eq!(range.from, start(&day_before(&today(), 29)));
    }

    #[wasm_bindgen_test]
    fn swapped_dates_are_swapped_back() {
        let range = Range::read(None, Some("2026-03-09"), Some("2026-03-02"));
        assert_eq!((range.first.as_str(), range.last.as_str()), ("2026-03-02", "2026-03-09"));
        assert!(range.from < range.to);
    }

    #[wasm_bindgen_test]
    fn more_days_than_the_server_hands_out_are_cut_and_said() {
        let range = Range::read(None, Some("2020-01-01"), Some("2026-03-09"));
        assert!(range.fault().is_some());
        let days = (range.to.0 - range.from.0) / DAY_MS + 1;
        assert!((MOST_DAYS - 1..=MOST_DAYS).contains(&days), "{days}");
    }

    #[wasm_bindgen_test]
    fn nonsense_in_the_address_is_ignored() {
        assert_eq!(Range::read(Some("-4"), Some("today"), Some("2026-99-99")).days, Some(30));
    }
}
