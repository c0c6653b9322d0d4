//! What a seat of each plan costs whoever bills.

use leptos::prelude::*;
use portal_bridge::{DiscountsView, Field, PlanText, SaveSeatCosts, SeatCosts};

use super::super::revised::{Before, revised};
use crate::core_link::use_link;
use crate::form::{Form, Sending};
use crate::format;
use crate::live::{live, memo};
use crate::messages::{discounts as text, settings as words};
use crate::shell::use_books;
use crate::ui::{Button, ButtonKind, TextField, Toasts};

/// Told by the server, or to be entered.
pub(super) fn part(
    told: Memo<Option<DiscountsView>>,
    again: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let costs = memo(move || told.with(|told| told.as_ref().map(|told| told.costs.clone())));
    let from_server = memo(move || costs.with(|costs| costs.as_ref().is_some_and(|costs| costs.from_server)));
    let sending = Sending::new(&[Field::Other]);
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

fn form(costs: SeatCosts, before: Before, sending: Sending) -> AnyView {
    let (link, of, toasts) = (use_link(), use_books(), Toasts::of_page());
    let currency = RwSignal::new(costs.currency);
    let plans: Vec<_> =
        costs.plans.into_iter().map(|plan| (plan.plan, plan.name, RwSignal::new(plan.text))).collect();
    let fields = StoredValue::new(plans.clone());
    let typed = memo(move || {
        let text = |(plan, _, text): &(i32, String, RwSignal<String>)| PlanText {
            plan: *plan,
            text: text.get(),
            ..PlanText::default()
        };
        (currency.get(), fields.with_value(|fields| fields.iter().map(text).collect::<Vec<_>>()))
    });
    let kept = RwSignal::new(typed.get_untracked());
    let reason =
        MaybeProp::derive(move || (typed.get() == kept.get()).then(|| words::nothing_changed().to_owned()));
    let submit = move || {
        if reason.get_untracked().is_none() {
            let (of, before_mark, now) = (of.get_untracked(), before.mark(), typed.get_untracked());
            let (currency, plans) = now.clone();
            sending.send(link, SaveSeatCosts { of, before: before_mark, currency, plans }, move |mark| {
                before.saved(mark);
                kept.set(now);
                toasts.say(words::saved());
            });
        }
    };
    let field = move |(index, (_, name, value)): (usize, (i32, String, RwSignal<String>))| {
        view! { <TextField label=name value fault=sending.fault_at(move || format!("seat-{index}")) /> }
            .into_any()
    };
    view! {
        <Form sending on_submit=submit>
            <TextField label=text::currency().to_owned() value=currency hint=text::currency_hint() fault=sending.fault_of("currency") />
            <div class="pairs">{plans.into_iter().enumerate().map(field).collect_view()}</div>
            <div class="across">
                <Button label=words::save().to_owned() submit=true busy=sending.busy() reason kind=ButtonKind::Plain />
            </div>
        </Form>
    }
    .into_any()
}
