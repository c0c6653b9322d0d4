//! What somebody in a hurry wants to know: what is charged next, what it costs now, how it stands, and how far it is to more discount.

use leptos::prelude::*;
use portal_bridge::{
    Amount, BillsView, Cadence, Currency, Money, NextCharge, SeatCost, SubscriptionView, TierOutlook,
};

use super::lines::{days, lines};
use crate::format;
use crate::messages::subscription as text;
use crate::session::use_provider;
use crate::ui::{Status, Tone};

/// The figures beside each other.
pub(super) fn figures(view: &SubscriptionView) -> AnyView {
    let currency = view.currency;
    let next = view.bills.as_deref().map(|bills| next(bills, currency));
    let credit =
        view.bills.as_deref().and_then(|bills| bills.credit).filter(|credit| *credit != Amount::ZERO);
    let costs = if view.bills.is_some() { text::costs() } else { text::pools_cost() };
    let made_of = view.bills.as_deref().and_then(|bills| bills.next.as_ref()).and_then(|next| {
        let charge = next.charge.as_ref()?;
        let table = lines(charge, currency, next.credit_used);
        Some(
            view! { <details class="made-of"><summary>{text::made_of()}</summary>{table}</details> }
                .into_any(),
        )
    });
    view! {
        <dl class="figures-row">
            {next}
            <div><dt>{costs}</dt>{cost_now(view)}</div>
            {credit.map(|credit| view! { <div><dt>{text::credit()}</dt><dd class="sum">{money(credit, currency)}</dd></div> }.into_any())}
            <div><dt>{text::standing()}</dt>{standing(view)}</div>
        </dl>
        {made_of}
    }
    .into_any()
}

fn next(bills: &BillsView, currency: Currency) -> AnyView {
    let Some(next) = &bills.next else {
        return view! {
            <div><dt>{text::next_charge()}</dt><dd class="sum">{text::next_none()}</dd><dd>{text::next_none_body()}</dd></div>
        }
        .into_any();
    };
    let NextCharge { on, charge, credit_used, to_pay, .. } = next;
    let what = match charge {
        _ if *to_pay < Amount::ZERO => text::next_back().to_owned(),
        Some(charge) => days(charge.period),
        None => text::next_estimate().to_owned(),
    };
    let credit = (*credit_used != Amount::ZERO)
        .then(|| view! { <dd>{text::next_credit(&money(*credit_used, currency))}</dd> }.into_any());
    view! {
        <div class="first">
            <dt>{text::next_charge()}</dt>
            <dd class="sum">{money(*to_pay, currency)}</dd>
            <dd>{text::next_on(&format::calendar_day(*on))}</dd>
            <dd>{what}</dd>
            {credit}
        </div>
    }
    .into_any()
}

fn cost_now(view: &SubscriptionView) -> AnyView {
    if view.costs.is_empty() {
        let words = if view.pools.is_empty() {
            money(Amount::ZERO, view.currency)
        } else {
            text::no_prices().to_owned()
        };
        return view! { <dd class="sum">{words}</dd> }.into_any();
    }
    let currency = view.currency;
    let cost = |SeatCost { cadence, full, reduced }: &SeatCost| {
        let words = match cadence {
            Cadence::Monthly => text::a_month(&money(*reduced, currency)),
            Cadence::Annual => text::a_year(&money(*reduced, currency)),
        };
        let before = view.discount.filter(|_| full != reduced);
        let before =
            before.map(|discount| text::before(&money(*full, currency), &format::percentage(discount)));
        view! {
            <dd class="sum">{words}</dd>
            <dd>{before.unwrap_or_else(|| text::no_discount().to_owned())}</dd>
        }
        .into_any()
    };
    view.costs.iter().map(cost).collect_view().into_any()
}

fn standing(view: &SubscriptionView) -> AnyView {
    let (tone, words) = status(&view.status);
    let way = if view.by_invoice { text::by_invoice() } else { text::automatic() };
    let ends = match (view.cancels, view.period_end) {
        (Some(day), _) => Some(text::cancels(&format::calendar_day(day))),
        (None, Some(day)) => Some(text::period_end(&format::calendar_day(day))),
        (None, None) => None,
    };
    let ends = ends.map_or_else(|| way.to_owned(), |ends| format!("{ends}, {way}"));
    view! { <dd class="sum"><Status tone label=words /></dd><dd>{ends}</dd> }.into_any()
}

/// The payment service's word in ours; one that nobody knows here is shown as it is.
fn status(word: &str) -> (Tone, String) {
    let (tone, words) = match word {
        "active" => (Tone::Good, text::active()),
        "trialing" => (Tone::Good, text::trialing()),
        "past_due" => (Tone::Attend, text::past_due()),
        "unpaid" => (Tone::Broken, text::unpaid()),
        "canceled" => (Tone::Broken, text::canceled()),
        "incomplete" | "incomplete_expired" => (Tone::Attend, text::incomplete()),
        "paused" => (Tone::Wait, text::paused()),
        "" => (Tone::Plain, text::untold()),
        other => (Tone::Plain, other),
    };
    (tone, words.to_owned())
}

/// One sentence about the next tier.
pub(super) fn tier(view: &SubscriptionView) -> Option<AnyView> {
    let outlook = view.bills.as_deref()?.tiers.as_ref()?;
    let provider = use_provider();
    let words = sentence(outlook, view);
    let all = untrack(|| provider.path("billing/discounts"));
    Some(
        view! {
            <section aria-labelledby="tier">
                <h2 id="tier">{text::tier()}</h2>
                <p>{words}</p>
                <p><a class="link" href=all>{text::tier_all()}</a></p>
            </section>
        }
        .into_any(),
    )
}

fn sentence(outlook: &TierOutlook, view: &SubscriptionView) -> String {
    let seats = format::number(outlook.seats);
    let Some(next) = &outlook.next else {
        return if view.discount.is_some() { text::tier_last(&seats) } else { text::tier_nothing(&seats) };
    };
    let (from, missing) = (format::number(next.from_seats), format::number(next.missing));
    if next.discount <= view.discount.unwrap_or_default() {
        return text::tier_none(&seats, &from, &missing);
    }
    let discount = format::percentage(next.discount);
    let plain = text::tier_plain(&seats, &missing, &from, &discount);
    let Some(worth) = &next.worth else { return plain };
    let length = match worth.cadence {
        Cadence::Monthly => text::month(),
        Cadence::Annual => text::year(),
    };
    let [now, then, cost] =
        [worth.now, worth.then, worth.missing_cost].map(|amount| money(amount, view.currency));
    format!("{plain} {}", text::tier_worth(&then, &now, length, &cost, &worth.plan))
}

pub(super) fn money(amount: Amount, currency: Currency) -> String {
    format::amount(Money { amount, currency })
}
