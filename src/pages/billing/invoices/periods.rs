//! The period that is billed: months, quarters and years that can be chosen, kept in the address.

use leptos::prelude::*;
use portal_bridge::{Day, Period};

use super::filters::Filters;
use crate::format;
use crate::messages::invoices as text;
use crate::router::Router;
use crate::ui::{Glyph, MenuButton, MenuEntry, MenuItem};

/// The key of the query with the first month, as `2031-04`.
pub(super) const MONTH: &str = "month";
/// The key with the last month, where there is more than one.
pub(super) const UNTIL: &str = "until";

/// Months that can be chosen one by one.
const MONTHS: i32 = 13;
const QUARTERS: i32 = 5;
const YEARS: i32 = 3;
/// Most months at once.
const MOST: i32 = 12;

/// The period of the address; the month that ended last where it says nothing that can be billed.
pub(super) fn of_address(router: Router) -> Option<Period> {
    let first = router.query(MONTH).and_then(|month| month_of(&month));
    let Some(first) = first else {
        let this = Period::month_of(format::utc_today()?)?;
        return Period::month_of(this.first().plus(-1));
    };
    let last = router.query(UNTIL).and_then(|month| month_of(&month)).unwrap_or(first);
    let period = Period::new(first.first(), last.end())?;
    let within = first.first().plus_months(MOST).is_some_and(|latest| period.end() <= latest);
    Some(if within { period } else { first })
}

/// Where no clock tells the day: a month before anybody billed by the seat.
pub(super) fn none() -> Period {
    let month = Day::from_date(1970, 1, 1).and_then(Period::month_of);
    #[expect(clippy::expect_used, reason = "the year 1970 has a January")]
    month.expect("a month of the calendar")
}

/// A period as the values of both keys.
pub(super) fn keys(period: Period) -> (String, Option<String>) {
    let month = |day: Day| day.to_string().chars().take("2031-04".len()).collect::<String>();
    let (first, last) = (month(period.first()), month(period.end().plus(-1)));
    let until = (first != last).then_some(last);
    (first, until)
}

/// A period in words: one month, or from which to which.
pub(super) fn words(period: Period) -> String {
    let (first, last) =
        (format::calendar_month(period.first()), format::calendar_month(period.end().plus(-1)));
    if first == last { first } else { text::from_to(&first, &last) }
}

/// Chooses the period.
pub(super) fn menu(filters: Filters) -> impl IntoView {
    let label = Signal::derive(move || filters.period().map(words).unwrap_or_default());
    let entries = move || entries(filters);
    view! { <MenuButton label icon=Glyph::Calendar class="btn period" entries /> }
}

fn entries(filters: Filters) -> Vec<MenuEntry> {
    let Some(this) = format::utc_today().and_then(Period::month_of) else { return Vec::new() };
    let now = untrack(|| filters.period());
    let item = move |period: Period| -> MenuEntry {
        let on = now == Some(period);
        MenuItem::new(words(period), move || filters.set_period(period)).checked(on).into()
    };
    let (_, month, _) = this.first().date();
    let into_quarter = i32::try_from((month + 2) % 3).unwrap_or_default();
    let into_year = i32::try_from(month).unwrap_or(1) - 1;
    let group = |words: &str, latest: i32, months: i32, count: i32| {
        let of = move |number: i32| span(this, -latest - number * months, months);
        let mut entries = vec![MenuEntry::Group(words.to_owned())];
        entries.extend((0..count).filter_map(of).map(item));
        entries
    };
    let mut all = group(text::months(), 0, 1, MONTHS);
    all.extend(group(text::quarters(), into_quarter, 3, QUARTERS));
    all.extend(group(text::years(), into_year, 12, YEARS));
    all
}

/// So many months, of which the first is this far from the given one.
fn span(month: Period, away: i32, months: i32) -> Option<Period> {
    let first = month.first().plus_months(away)?;
    Period::new(first, first.plus_months(months)?)
}

fn month_of(text: &str) -> Option<Period> {
    Period::month_of(format!("{text}-01").parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_of_the_address_is_one_of_the_calendar() {
        assert_eq!(keys(month_of("2031-04").unwrap()), ("2031-04".to_owned(), None));
        assert!(["2031-13", "2031-4", "2031-04-01", "april", ""].iter().all(|text| month_of(text).is_none()));
        let quarter = span(month_of("2031-02").unwrap(), -2, 3).unwrap();
        assert_eq!(keys(quarter), ("2030-12".to_owned(), Some("2031-02".to_owned())));
    }
}
