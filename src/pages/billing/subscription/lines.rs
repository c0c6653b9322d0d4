//! The lines of a charge and what stands below them.

use leptos::prelude::*;
use portal_bridge::{Amount, ChargeLine, ChargeView, Currency, Money, Period, Rate};

use super::table::{Cell, figure, table, word};
use crate::format;
use crate::messages::subscription as text;

/// The lines, with credit where some was used.
pub(super) fn lines(charge: &ChargeView, currency: Currency, credit_used: Amount) -> AnyView {
    let money = |amount| Some(format::amount(Money { amount, currency }));
    let heads = [
        (text::what(), false),
        (text::days(), true),
        (text::seat_price(), true),
        (text::line_amount(), true),
    ];
    let row = |line: &ChargeLine| {
        vec![
            word(about(line)),
            figure(Some(format::number(line.seat_days as f64))),
            figure(money(line.price)),
            figure(money(line.amount)),
        ]
    };
    let sum = |words: String, amount: Amount| -> Vec<Cell> {
        vec![word(words), word(()), word(()), figure(money(amount))]
    };
    let mut foot = Vec::new();
    if charge.discount != Rate::ZERO {
        foot.push(sum(text::subtotal().to_owned(), charge.subtotal));
        foot.push(sum(text::discount_line(&format::percentage(charge.discount)), -charge.taken_off));
    }
    foot.push(sum(text::amount().to_owned(), charge.total));
    if credit_used != Amount::ZERO {
        foot.push(sum(text::paid_by_credit().to_owned(), -credit_used));
        // What an amount has left of it is within the limits of what it is.
        let left = charge.total.minus(credit_used).unwrap_or(charge.total);
        foot.push(sum(text::to_pay().to_owned(), left));
    }
    table(text::lines(), &heads, charge.lines.iter().map(row).collect(), foot)
}

/// The client or the pool, the part of it, and the days.
fn about(line: &ChargeLine) -> AnyView {
    let part = match line.part.as_str() {
        "minimum" => text::part_minimum().to_owned(),
        "overage" => text::part_overage().to_owned(),
        "seats" => line.plan.clone(),
        other => other.to_owned(),
    };
    let name = match &line.client {
        Some((_, name)) if name.is_empty() => text::unknown_client().to_owned(),
        Some((_, name)) => name.clone(),
        None => line.plan.clone(),
    };
    view! {
        <bdi>{name}</bdi>
        <small class="quiet block">{part}", "{days(line.period)}</small>
    }
    .into_any()
}

/// The first and the last day.
pub(super) fn days(period: Period) -> String {
    format!("{} – {}", format::calendar_day(period.first()), format::calendar_day(period.end().plus(-1)))
}
