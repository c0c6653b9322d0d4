//! Name, address, logo and colour of whoever bills.

use leptos::prelude::*;
use portal_bridge::{Field, LetterheadText, LetterheadView, LogoChange, SaveLetterhead};

use super::super::revised::{Before, revised, saving};
use super::{colour, logo::Logo};
use crate::form::Sending;
use crate::live::memo;
use crate::messages::letterhead as text;
use crate::ui::{TextArea, TextField};

/// The form, once the letterhead is here.
pub(super) fn part(
    told: Memo<Option<LetterheadView>>,
    again: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let sending = Sending::new(&[Field::Other]);
    let saved = move || told.get().map(|told| (told.mark.clone(), told));
    revised(saved, sending, again, move |told, before| form(told, before, sending))
}

fn form(told: LetterheadView, before: Before, sending: Sending) -> AnyView {
    let LetterheadView { text: kept, logo, .. } = told;
    let [name, address, contact] = [kept.name, kept.address, kept.contact].map(RwSignal::new);
    let [tax_number, payment, colour] = [kept.tax_number, kept.payment, kept.colour].map(RwSignal::new);
    let logo = Logo::new(logo);
    let typed = memo(move || {
        let text = LetterheadText {
            name: name.get(),
            address: address.get(),
            contact: contact.get(),
            tax_number: tax_number.get(),
            payment: payment.get(),
            colour: colour.get(),
        };
        (text, logo.change())
    });
    let fields = view! {
        <TextField label=text::own_name().to_owned() value=name fault=sending.fault_of("name") />
        <TextArea label=text::address().to_owned() value=address fault=sending.fault_of("address") />
        <TextArea label=text::contact().to_owned() value=contact hint=text::contact_hint() fault=sending.fault_of("contact") />
        <TextField label=text::tax_number().to_owned() value=tax_number fault=sending.fault_of("tax-number") />
        <TextArea label=text::payment().to_owned() value=payment hint=text::payment_hint() fault=sending.fault_of("payment") />
        {logo.draw(sending)}
        {colour::field(colour, name, sending)}
    };
    let question = |of, before, (text, logo)| SaveLetterhead { of, before, text, logo };
    let settled = move |(text, _)| {
        logo.saved();
        (text, LogoChange::Keep)
    };
    saving(typed, before, sending, question, settled, fields.into_any(), None)
}
