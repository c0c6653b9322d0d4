//! The seats of all clients by day, and which days these are.

use leptos::prelude::*;
use portal_bridge::{
    Day, LedgerRange, LedgerRow, LedgerSource, LedgerView, ListState, Period, Rows, SeatPoint, SeatSum,
};

use super::filters::{Filters, LAST, month, month_word};
use crate::format;
use crate::live::{live, memo};
use crate::messages::{ledger as text, problems};
use crate::ui::{Choice, Level, LevelChart, Notice, Segments, SelectField, Tone};
use crate::view::List;

const MONTHS: &str = "months";
/// Months one can choose from: those of three years.
const CHOICES: i32 = 36;
/// Words below the picture at most.
const TICKS: usize = 6;

/// Which days, the picture of them, and who counted.
pub(super) fn section(filters: Filters, list: List<LedgerRow>) -> impl IntoView {
    let own = filters.own;
    let view = memo(move || list.map(bare));
    let levels = memo(move || {
        view.with(|view| view.as_ref().map(|view| levels_of_sums(view, own))).unwrap_or_default()
    });
    let words = move |at: Option<usize>| {
        view.with(|view| view.as_ref().map(|view| said(view, own, at))).unwrap_or_default()
    };
    let label = Signal::derive(move || match filters.plan() {
        Some(plan) => text::picture_plan(&format::isolate(&plan)),
        None => text::picture().to_owned(),
    });
    let drawn = memo(move || levels.with(|levels| !levels.is_empty()));
    view! {
        <div class="seat-days">
            {range(filters, Signal::derive(move || view.with(|view| view.as_ref().map(|view| view.today))))}
            {live(move || drawn.get().then(|| view! {
                <LevelChart label heads=heads(own) levels words gap=text::gap() />
            }.into_any()))}
            <p class="quiet notes">
                {move || view.with(|view| view.as_ref().map(notes).unwrap_or_default().join(" "))}
            </p>
            {move || view.with(|view| view.as_ref().and_then(|view| view.trouble.clone())).map(|problem| view! {
                <Notice tone=Tone::Attend>{text::trouble(&problems::problem(&problem))}</Notice>
            }.into_any())}
        </div>
    }
}

/// The sums without the rows, which are others as soon as somebody scrolls.
fn bare(view: &LedgerView) -> LedgerView {
    let rows = Rows { total: 0, matched: 0, from: 0, rows: Vec::new(), state: ListState::Complete };
    LedgerView {
        rows,
        days: view.days.clone(),
        plans: view.plans.clone(),
        trouble: view.trouble.clone(),
        ..*view
    }
}

/// Heads of the table behind the picture.
pub(super) fn heads(own: bool) -> Vec<String> {
    let heads: &[&str] =
        if own { &[text::day(), text::members()] } else { &[text::day(), text::assigned(), text::used()] };
    heads.iter().map(|head| (*head).to_owned()).collect()
}

/// The days of one client as places of a picture.
pub(super) fn levels_of_points(period: Option<Period>, days: &[SeatPoint]) -> Vec<Level> {
    placed(period, days, TICKS / 2)
}

fn levels_of_sums(view: &LedgerView, own: bool) -> Vec<Level> {
    let number = |seats: u64| Some(u32::try_from(seats).unwrap_or(u32::MAX));
    let point = |day: &SeatSum| match day.gaps {
        0 => SeatPoint {
            assigned: number(day.assigned).filter(|_| !own),
            used: number(day.used),
            missed: false,
        },
        // The sum of those that were counted would look like a loss.
        _ => SeatPoint { missed: true, ..SeatPoint::default() },
    };
    placed(view.period, &view.days.iter().map(point).collect::<Vec<_>>(), TICKS)
}

/// Names the days, and writes some of them below the picture.
fn placed(period: Option<Period>, days: &[SeatPoint], ticks: usize) -> Vec<Level> {
    let Some(period) = period else { return Vec::new() };
    let every = days.len().div_ceil(ticks).max(1);
    let level = |(index, point): (usize, &SeatPoint)| {
        let day = day_at(period, index);
        Level {
            label: format::calendar_day(day),
            tick: index.is_multiple_of(every).then(|| format::calendar_tick(day)),
            upper: point.assigned,
            lower: point.used,
            missed: point.missed,
        }
    };
    days.iter().enumerate().map(level).collect()
}

fn day_at(period: Period, index: usize) -> Day {
    period.first().plus(i32::try_from(index).unwrap_or_default())
}

/// The words for a day; without one, for the whole.
fn said(view: &LedgerView, own: bool, at: Option<usize>) -> String {
    let Some(period) = view.period else { return String::new() };
    let sum = |index: usize| view.days.get(index).map(|day| (day_at(period, index), *day));
    if let Some((day, sum)) = at.and_then(sum) {
        return of_day(day, (!own).then_some(sum.assigned), Some(sum.used).filter(|_| sum.gaps == 0));
    }
    let (first, last) = (period.first(), period.end().plus(-1));
    let span = text::span(&format::calendar_day(first), &format::calendar_day(last));
    let whole = (0..view.days.len()).rev().filter_map(sum).find(|(_, sum)| sum.gaps == 0);
    match whole {
        Some((day, sum)) => text::part(&span, &of_day(day, (!own).then_some(sum.assigned), Some(sum.used))),
        None => span,
    }
}

/// A day in words.
pub(super) fn of_day(day: Day, assigned: Option<u64>, used: Option<u64>) -> String {
    let day = format::calendar_day(day);
    let number = |seats: u64| format::number(seats as f64);
    match (assigned, used) {
        (_, None) => text::not_counted(&day),
        (None, Some(used)) => text::at_end_used(&day, &number(used)),
        (Some(assigned), Some(used)) => {
            text::at_end(&day, &number(assigned), &number(used), &number(assigned.saturating_sub(used)))
        }
    }
}

/// Who counts, since when, and what is missing.
fn notes(view: &LedgerView) -> Vec<String> {
    let mut notes = Vec::new();
    let first = view.period.map(Period::first);
    let begins = first.filter(|_| view.begins);
    match (view.source, first) {
        (LedgerSource::Server, _) => notes.push(text::counted_by_server().to_owned()),
        (LedgerSource::Kept, Some(first)) => {
            let first = format::calendar_day(first);
            let metered = view.now.assigned > 0;
            notes.push(if metered { text::counted_here_since(&first) } else { text::counted_since(&first) });
        }
        (LedgerSource::Kept, None) => notes.push(text::counted_first().to_owned()),
    }
    match begins {
        Some(first) if first == view.today => notes.push(text::begins_today().to_owned()),
        Some(first) if view.source == LedgerSource::Server => {
            notes.push(text::begins(&format::calendar_day(first)));
        }
        _ => {}
    }
    if first.is_none() && view.source == LedgerSource::Server {
        notes.push(text::none_counted().to_owned());
    }
    if view.gap_days > 0 {
        notes.push(text::gaps(view.gap_days));
    }
    notes.extend(trends(view));
    notes
}

/// Where each plan is going.
fn trends(view: &LedgerView) -> Option<String> {
    let mut parts = Vec::new();
    for plan in &view.plans {
        let Some(tenths) = plan.tenths_in_thirty_days else { continue };
        let number = format::number(tenths.unsigned_abs() as f64 / 10.0);
        let words = match tenths {
            0 => text::trend_flat().to_owned(),
            1.. => text::trend_up(&number),
            _ => text::trend_down(&number),
        };
        parts.push(if plan.plan.is_empty() { words } else { format!("{}: {words}", plan.plan) });
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
}

/// Which days are looked at.
fn range(filters: Filters, today: Signal<Option<Day>>) -> impl IntoView {
    let choices = Signal::derive(|| {
        let mut choices: Vec<Choice> =
            LAST[..2].iter().map(|days| Choice::new(days.to_string(), text::last_days(*days))).collect();
        choices.push(Choice::new(LAST[2].to_string(), text::year()));
        choices.push(Choice::new(MONTHS, text::months()));
        choices
    });
    let value = Signal::derive(move || match filters.range() {
        LedgerRange::Days(days) => days.to_string(),
        LedgerRange::Months(..) => MONTHS.to_owned(),
    });
    let choose = move |chosen: String| match (chosen.parse(), today.get_untracked()) {
        (Ok(days), _) => filters.set_days(days),
        (Err(_), Some(today)) => filters.set_months(today.plus_months(-1).unwrap_or(today), today),
        (Err(_), None) => {}
    };
    let months = Signal::derive(move || {
        let now = today.get();
        let month = |back: i32| now.and_then(|now| now.plus_months(-back));
        (0..CHOICES)
            .filter_map(month)
            .map(|day| Choice::new(month_word(day), format::calendar_month(day)))
            .collect::<Vec<_>>()
    });
    let chosen = move || filters.months();
    let end = move |label: &'static str, is_first: bool| {
        let value = Signal::derive(move || {
            chosen().map(|(from, to)| month_word(if is_first { from } else { to })).unwrap_or_default()
        });
        let on_choose = move |word: String| {
            if let Some((day, (from, to))) = month(&word).zip(untrack(chosen)) {
                let (from, to) = if is_first { (day, to.max(day)) } else { (from.min(day), day) };
                filters.set_months(from, to);
            }
        };
        view! { <SelectField label=label.to_owned() choices=months value on_choose /> }.into_any()
    };
    let by_months = memo(move || chosen().is_some());
    view! {
        <div class="range">
            <Segments legend=text::days().to_owned() choices value on_choose=choose />
            {live(move || by_months.get().then(|| view! {
                <div class="months">{end(text::from_month(), true)}{end(text::to_month(), false)}</div>
            }.into_any()))}
        </div>
    }
}
