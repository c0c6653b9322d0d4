//! Amounts, percentages and days of the calendar, which have no time zone.

use std::cell::RefCell;

use portal_bridge::{Amount, Currency, Day, Money, Rate};

use super::{DateFormat, LOCALE, NumberFormat, options};

thread_local! {
    /// Making a formatter is slow; a page has one currency, seldom two.
    static MADE: RefCell<Vec<(Currency, NumberFormat)>> = const { RefCell::new(Vec::new()) };
    static DAYS: DateFormat = utc(&[("day", "numeric"), ("month", "short"), ("year", "numeric")]);
    static TICKS: DateFormat = utc(&[("day", "numeric"), ("month", "short")]);
    static MONTHS: DateFormat = utc(&[("month", "long"), ("year", "numeric")]);
    static SHARES: NumberFormat = NumberFormat::new(LOCALE, &options(&[("maximumFractionDigits", "4")]));
}

/// An amount of money with all its decimals and its currency's sign, such as `€1,234.50`.
pub fn amount(money: Money) -> String {
    let digits = written(money.amount, money.currency.decimals());
    MADE.with_borrow_mut(|made| {
        if let Some((_, format)) = made.iter().find(|(currency, _)| *currency == money.currency) {
            return format.format_exact(&digits);
        }
        let format = NumberFormat::new(
            LOCALE,
            &options(&[
                ("style", "currency"),
                ("currency", money.currency.code()),
                ("currencyDisplay", "narrowSymbol"),
            ]),
        );
        let words = format.format_exact(&digits);
        made.push((money.currency, format));
        words
    })
}

/// A share of a hundred, such as `7.5 %`.
pub fn percentage(rate: Rate) -> String {
    // Four decimals of a per cent are what a rate of millionths has.
    let digits = decimal(rate.millionths().into(), 4);
    format!("{}\u{a0}%", SHARES.with(|format| format.format_exact(&digits)))
}

/// A day of the calendar, such as `17 Nov 2026`.
pub fn calendar_day(day: Day) -> String {
    DAYS.with(|format| format.format(day.midnight().0 as f64))
}

/// The day it is in UTC, by which servers count.
pub fn utc_today() -> Option<Day> {
    let now = js_sys::Date::new_0();
    Day::from_date(now.get_utc_full_year().into(), now.get_utc_month() + 1, now.get_utc_date())
}

/// A day of the calendar below a picture, such as `17 Nov`.
pub fn calendar_tick(day: Day) -> String {
    TICKS.with(|format| format.format(day.midnight().0 as f64))
}

/// The month a day is in, such as `November 2026`.
pub fn calendar_month(day: Day) -> String {
    MONTHS.with(|format| format.format(day.midnight().0 as f64))
}

fn written(amount: Amount, decimals: u8) -> String {
    decimal(amount.minor(), decimals)
}

/// An integer with its last digits as decimals.
fn decimal(minor: i64, decimals: u8) -> String {
    let decimals = usize::from(decimals);
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    let sign = if minor < 0 { "-" } else { "" };
    match part.is_empty() {
        true => format!("{sign}{whole}"),
        false => format!("{sign}{whole}.{part}"),
    }
}

fn utc(parts: &[(&str, &str)]) -> DateFormat {
    let mut parts = parts.to_vec();
    parts.push(("timeZone", "UTC"));
    DateFormat::new(LOCALE, &options(&parts))
}
