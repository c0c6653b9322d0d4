//! How invoices are numbered, and when they are due.

use leptos::prelude::*;
use portal_bridge::{Field, NumbersText, PriceBookView, SaveNumbers};

use super::super::revised::{Before, revised, saving};
use crate::form::Sending;
use crate::format::isolate;
use crate::live::{live, memo};
use crate::messages::prices as text;
use crate::ui::{InputKind, TextField};

/// The form, and which number comes next.
pub(super) fn part(
    told: Memo<Option<PriceBookView>>,
    again: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let sending = Sending::new(&[Field::Other]);
    let saved =
        move || told.with(|told| told.as_ref().map(|told| (told.numbers_mark.clone(), told.numbers.clone())));
    let now = memo(move || {
        told.with(|told| told.as_ref().map(|told| (told.next_number.clone(), told.given))).unwrap_or_default()
    });
    view! {
        {live(move || {
            let (next, given) = now.get();
            view! {
                <p>{text::next_number(&isolate(&next))}</p>
                {(given > 0).then(|| view! { <p class="quiet">{text::given(given)}</p> }.into_any())}
            }
        })}
        {revised(saved, sending, again, move |numbers, before| form(numbers, before, sending))}
    }
}

fn form(numbers: NumbersText, before: Before, sending: Sending) -> AnyView {
    let (prefix, first) = (RwSignal::new(numbers.prefix), RwSignal::new(numbers.first));
    let (digits, due_days) = (RwSignal::new(numbers.digits), RwSignal::new(numbers.due_days));
    let typed = memo(move || NumbersText {
        prefix: prefix.get(),
        first: first.get(),
        digits: digits.get(),
        due_days: due_days.get(),
    });
    let fields = view! {
        <TextField label=text::prefix().to_owned() value=prefix hint=text::prefix_hint() fault=sending.fault_of("prefix") />
        <div class="pairs">
            <TextField label=text::first().to_owned() value=first kind=InputKind::Number fault=sending.fault_of("first") />
            <TextField label=text::digits().to_owned() value=digits kind=InputKind::Number fault=sending.fault_of("digits") />
            <TextField label=text::due_days().to_owned() value=due_days kind=InputKind::Number fault=sending.fault_of("due") />
        </div>
    };
    let question = |of, before, numbers| SaveNumbers { of, before, numbers };
    saving(typed, before, sending, question, |numbers| numbers, fields.into_any(), None)
}
