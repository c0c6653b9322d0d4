//! The days of one client, beside the list.

use leptos::prelude::*;
use portal_bridge::{BooksOf, GetLedgerClient, LedgerClient, OrganizationId, Within};

use super::filters::Filters;
use super::{LOOK, Open, cells, take_back, topics_of, trend};
use crate::form::ProblemNotice;
use crate::format;
use crate::live::memo;
use crate::messages::ledger as text;
use crate::pages::portfolio;
use crate::router::use_router;
use crate::ui::{LevelChart, SidePanel, Skeleton};
use crate::view::use_view;

pub(super) fn panel(
    organization: OrganizationId,
    books: Signal<BooksOf>,
    filters: Filters,
    open: Open,
) -> impl IntoView {
    let router = use_router();
    let view = use_view(
        move || Some(GetLedgerClient { of: books.get(), range: filters.range(), organization }),
        move || topics_of(books.get()),
    );
    let title = Signal::derive(move || {
        view.map(|view| view.row.name.clone()).unwrap_or_else(|| text::look().to_owned())
    });
    let found = memo(move || view.get());
    let here = memo(move || found.with(Option::is_some));
    let close = move || router.set_query(&[(LOOK, None)]);
    view! {
        <SidePanel title on_close=close>
            <ProblemNotice problem=Signal::derive(move || view.problem()) again=move || view.again() />
            {move || here.get().then(|| content(found, books, open, filters.own).into_any())}
            {move || (!here.get() && view.loading()).then(|| view! { <Skeleton lines=6 /> }.into_any())}
        </SidePanel>
    }
}

fn content(
    found: Memo<Option<LedgerClient>>,
    books: Signal<BooksOf>,
    open: Open,
    own: bool,
) -> impl IntoView {
    let of = move |read: fn(&LedgerClient) -> String| move || found.with(|found| found.as_ref().map(read));
    let address = move || {
        let provider = match books.get() {
            BooksOf::Provider(provider) => Some(provider),
            BooksOf::Own => None,
        };
        found.with(|found| {
            let there = found.as_ref().filter(|found| found.row.gone.is_none());
            there.map(|found| portfolio::address(Within { provider, organization: found.row.organization }))
        })
    };
    let idle = memo(move || {
        found.with(|found| found.as_ref().and_then(|found| found.row.idle()).unwrap_or_default())
    });
    let take = move || found.with(|found| found.iter().map(|found| found.row.organization).collect());
    let levels = memo(move || {
        found
            .with(|found| found.as_ref().map(|found| trend::levels_of_points(found.period, &found.days)))
            .unwrap_or_default()
    });
    let words = move |at: Option<usize>| {
        found.with(|found| found.as_ref().map(|found| said(found, at))).unwrap_or_default()
    };
    let drawn = memo(move || levels.with(|levels| !levels.is_empty()));
    let label = Signal::derive(move || {
        let name = found.with(|found| found.as_ref().map(|found| format::isolate(&found.row.name)));
        text::picture_plan(&name.unwrap_or_default())
    });
    let always = move || {
        found.with(|found| found.as_ref().and_then(|found| found.row.always_idle)).filter(|idle| *idle > 0)
    };
    view! {
        <div class="across">
            {move || address().map(|address| view! { <a class="btn go" href=address>{text::open_client()}</a> }.into_any())}
            {move || (idle.get() > 0).then(|| take_back(open, move || untrack(take)))}
        </div>
        <dl class="facts figures">
            {(!own).then(|| view! {
                <dt>{text::plan()}</dt><dd>{of(|found| found.row.plan.clone())}</dd>
                <dt>{text::assigned()}</dt><dd>{of(|found| cells::number(found.row.assigned))}</dd>
            }.into_any())}
            <dt>{if own { text::members() } else { text::used() }}</dt><dd>{of(|found| cells::number(found.row.used))}</dd>
            {(!own).then(|| view! { <dt>{text::idle_now()}</dt><dd>{of(|found| cells::number(found.row.idle()))}</dd> }.into_any())}
            <dt>{text::change()}</dt>
            <dd>{of(|found| found.row.change.map_or_else(|| text::unknown().to_owned(), cells::change))}</dd>
        </dl>
        {move || drawn.get().then(|| view! {
            <LevelChart label heads=trend::heads(own) levels words gap=text::unknown() />
        }.into_any())}
        <p class="quiet">
            {move || always().map(text::idle_of_days)}" "
            {move || found.with(|found| found.as_ref().map(|found| found.gap_days)).filter(|days| *days > 0).map(text::gaps)}
        </p>
    }
}

fn said(found: &LedgerClient, at: Option<usize>) -> String {
    let Some(period) = found.period else { return String::new() };
    let words = |index: usize| {
        let day = period.first().plus(i32::try_from(index).unwrap_or_default());
        let point = found.days.get(index)?;
        Some(match point.used {
            None if !point.missed => text::no_client(&format::calendar_day(day)),
            used => trend::of_day(day, point.assigned.map(u64::from), used.map(u64::from)),
        })
    };
    match at {
        Some(at) => words(at).unwrap_or_default(),
        None => {
            text::span(&format::calendar_day(period.first()), &format::calendar_day(period.end().plus(-1)))
        }
    }
}
