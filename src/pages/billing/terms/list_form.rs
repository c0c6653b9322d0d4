//! What a form of prices holds while somebody types. The same for the list for everybody and for a client's own.

use leptos::prelude::*;
use portal_bridge::{ChargeHow, ChargeText, PlanText, PriceListText};

use super::services::Services;
use crate::form::Sending;
use crate::messages::prices as text;
use crate::ui::{Choice, SelectField, TextField};

/// The fields of a price list. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct ListForm {
    currency: RwSignal<String>,
    tax: RwSignal<String>,
    seats: StoredValue<Vec<Seat>>,
    pub(super) services: Services,
}

#[derive(Clone)]
struct Seat {
    plan: i32,
    name: String,
    how: RwSignal<ChargeHow>,
    text: RwSignal<String>,
}

impl ListForm {
    pub(super) fn new(list: PriceListText, sending: Sending) -> Self {
        let seat = |charge: ChargeText| Seat {
            plan: charge.plan.plan,
            name: charge.plan.name,
            how: RwSignal::new(charge.how),
            text: RwSignal::new(charge.plan.text),
        };
        Self {
            currency: RwSignal::new(list.currency),
            tax: RwSignal::new(list.tax),
            seats: StoredValue::new(list.seats.into_iter().map(seat).collect()),
            services: Services::new(list.services, sending),
        }
    }

    /// What stands in the fields now; follows them.
    pub(super) fn text(self) -> PriceListText {
        let seat = |seat: &Seat| ChargeText {
            plan: PlanText { plan: seat.plan, text: seat.text.get(), ..PlanText::default() },
            how: seat.how.get(),
        };
        PriceListText {
            currency: self.currency.get(),
            tax: self.tax.get(),
            seats: self.seats.with_value(|seats| seats.iter().map(seat).collect()),
            services: self.services.text(),
        }
    }

    /// Currency, tax, and a price for each plan.
    pub(super) fn prices(self, sending: Sending) -> AnyView {
        let seat = move |(index, seat): (usize, Seat)| {
            let Seat { name, how, text: value, .. } = seat;
            let choices = vec![
                Choice::new(word(ChargeHow::Price), text::how_price()),
                Choice::new(word(ChargeHow::MarkUp), text::how_mark_up()),
            ];
            let choose = move |chosen: String| {
                let mark_up = chosen == word(ChargeHow::MarkUp);
                how.set(if mark_up { ChargeHow::MarkUp } else { ChargeHow::Price });
            };
            view! {
                <TextField label=name.clone() value fault=sending.fault_at(move || format!("seat-{index}")) />
                <SelectField
                    label=text::how(&name)
                    choices
                    value=Signal::derive(move || word(how.get()).to_owned())
                    on_choose=choose
                />
            }
            .into_any()
        };
        let seats = self.seats.get_value();
        view! {
            <div class="pairs">
                <TextField label=text::currency().to_owned() value=self.currency hint=text::currency_hint() fault=sending.fault_of("currency") />
                <TextField label=text::tax().to_owned() value=self.tax hint=text::tax_hint() fault=sending.fault_of("tax") />
            </div>
            <fieldset class="stack">
                <legend class="label">{text::seat_prices()}</legend>
                <p class="quiet small">{text::seat_prices_hint()}</p>
                <div class="pairs how">{seats.into_iter().enumerate().map(seat).collect_view()}</div>
            </fieldset>
        }
        .into_any()
    }
}

fn word(how: ChargeHow) -> &'static str {
    match how {
        ChargeHow::Price => "price",
        ChargeHow::MarkUp => "mark-up",
    }
}
