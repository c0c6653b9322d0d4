//! How many seats there are, what they get, and what the next tier would be worth.

use leptos::prelude::*;
use portal_bridge::{DiscountsView, SeatsCounted};

use crate::format;
use crate::live::{live, memo};
use crate::messages::discounts as text;
use crate::ui::{Notice, Progress, Tone};

/// Draws it anew with every news: nobody types here.
pub(super) fn part(told: Memo<Option<DiscountsView>>) -> impl IntoView {
    let seats = memo(move || told.with(|told| told.as_ref().map(|told| told.seats).unwrap_or_default()));
    let threshold = memo(move || {
        told.with(|told| told.as_ref()?.next.as_ref().map(|next| next.tier.from_seats)).unwrap_or_default()
    });
    let toward = move || text::progress(&format::number(seats.get()), &format::number(threshold.get()));
    view! {
        {live(move || told.get().map(|told| head(&told)))}
        {move || (threshold.get() > 0).then(|| view! {
            <div class="stack tight toward">
                <Progress label=Signal::derive(toward) done=seats total=threshold />
                <p class="figures">{toward}</p>
            </div>
        }.into_any())}
        {live(move || told.get().map(|told| figures(&told)))}
    }
}

fn head(told: &DiscountsView) -> AnyView {
    let holds = match told.discount.millionths() {
        0 => text::holds_none().to_owned(),
        _ => text::holds(&format::percentage(told.discount)),
    };
    let (counted, missing) = match told.counted {
        SeatsCounted::Server => (text::counted_server(), 0),
        SeatsCounted::Clients => (text::counted_clients(), 0),
        SeatsCounted::Members { missing } => (text::counted_members(), missing),
    };
    view! {
        <div class="stack tight">
            <p class="reached"><b class="figures">{text::seats(told.seats)}</b><span>{holds}</span></p>
            <p class="quiet">{counted}</p>
            {(missing > 0).then(|| view! { <Notice tone=Tone::Attend>{text::members_missing(missing)}</Notice> }.into_any())}
        </div>
    }
    .into_any()
}

fn figures(told: &DiscountsView) -> AnyView {
    let mut lines = Vec::new();
    if let Some(month) = told.month {
        lines.push((text::month_full(), format::amount(month.full)));
        if month.paid != month.full {
            lines.push((text::month_paid(), format::amount(month.paid)));
        }
    }
    let basis = told.next.as_ref().and_then(|next| next.money.clone()).map(|money| {
        lines.push((text::saves(), format::amount(money.saves)));
        lines.push((text::missing_cost(), format::amount(money.missing_cost)));
        let mut worth = money.worth;
        let words = if worth.amount.minor() < 0 { text::worth_more() } else { text::worth_less() };
        worth.amount = if worth.amount.minor() < 0 { -worth.amount } else { worth.amount };
        lines.push((words, format::amount(worth)));
        text::seat_basis(&format::amount(money.seat), &money.plan)
    });
    let priced = !lines.is_empty();
    let unpriced = told.unpriced;
    view! {
        <p>{next_words(told)}</p>
        {priced.then(|| view! {
            <dl class="facts money">
                {lines.into_iter().map(|(name, figure)| view! { <dt>{name}</dt><dd class="figures">{figure}</dd> }).collect_view()}
            </dl>
        }.into_any())}
        {basis.map(|words| view! { <p class="quiet">{words}</p> }.into_any())}
        {(!priced).then(|| view! { <p class="quiet">{text::no_prices()}</p> }.into_any())}
        {(priced && unpriced > 0).then(|| view! { <Notice tone=Tone::Attend>{text::unpriced(unpriced)}</Notice> }.into_any())}
    }
    .into_any()
}

fn next_words(told: &DiscountsView) -> String {
    match &told.next {
        None if told.tiers.is_empty() => text::no_tiers().to_owned(),
        None if told.discount.millionths() == 0 => text::last_tier_nothing().to_owned(),
        None => text::last_tier().to_owned(),
        Some(next) if next.tier.discount.millionths() == 0 => text::missing_nothing(next.missing),
        Some(next) => text::missing(next.missing, &format::percentage(next.tier.discount)),
    }
}
