//! What a seat of each plan costs whoever bills.

use leptos::prelude::*;
use portal_bridge::{DiscountsView, PlanText, SaveSeatCosts, SeatCosts};

use super::super::revised::{Before, revised, saving};
use crate::form::Sending;
use crate::format;
use crate::live::{live, memo};
use crate::messages::discounts as text;
use crate::ui::TextField;

/// Told by the server, or to be entered.
pub(super) fn part(
    told: Memo<Option<DiscountsView>>,
    again: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let costs = memo(move || told.with(|told| told.as_ref().map(|told| told.costs.clone())));
    let from_server = memo(move || costs.with(|costs| costs.as_ref().is_some_and(|costs| costs.from_server)));
    let sending = Sending::new(&[portal_bridge::Field::Other]);
    move || match from_server.get() {
        true => view! {
            <p>{text::seat_costs_server()}</p>
            {live(move || costs.get().map(facts))}
        }
        .into_any(),
        false => {
            let saved = move || costs.get().map(|costs| (costs.mark.clone(), costs));
            view! {
                <p>{text::seat_costs_own()}</p>
                {revised(saved, sending, again, move |costs, before| form(costs, before, sending))}
            }
            .into_any()
        }
    }
}

fn facts(costs: SeatCosts) -> AnyView {
    let line =
        |(name, price)| view! { <dt>{name}</dt><dd class="figures">{format::amount(price)}</dd> }.into_any();
    view! { <dl class="facts money">{costs.told.into_iter().map(line).collect_view()}</dl> }.into_any()
}

/// A plan's number, its name, and what is typed.
type Field = (i32, String, RwSignal<String>);

fn form(costs: SeatCosts, before: Before, sending: Sending) -> AnyView {
    let currency = RwSignal::new(costs.currency);
    let plans: Vec<Field> =
        costs.plans.into_iter().map(|plan| (plan.plan, plan.name, RwSignal::new(plan.text))).collect();
    let fields = StoredValue::new(plans.clone());
    let typed = memo(move || {
        let text =
            |(plan, _, text): &Field| PlanText { plan: *plan, text: text.get(), ..PlanText::default() };
        (currency.get(), fields.with_value(|fields| fields.iter().map(text).collect::<Vec<_>>()))
    });
    let field = move |(index, (_, name, value)): (usize, Field)| {
        view! { <TextField label=name value fault=sending.fault_at(move || format!("seat-{index}")) /> }
            .into_any()
    };
    let fields = view! {
        <TextField label=text::currency().to_owned() value=currency hint=text::currency_hint() fault=sending.fault_of("currency") />
        <div class="pairs">{plans.into_iter().enumerate().map(field).collect_view()}</div>
    };
    let question = |of, before, (currency, plans)| SaveSeatCosts { of, before, currency, plans };
    saving(typed, before, sending, question, |typed| typed, fields.into_any(), None)
}
