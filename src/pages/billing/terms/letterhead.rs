//! Name, address, logo and colour of whoever bills.

use leptos::prelude::*;
use portal_bridge::{Field, LetterheadText, LetterheadView, SaveLetterhead};

use super::super::revised::{Before, revised};
use super::{colour, logo::Logo};
use crate::core_link::use_link;
use crate::form::{Form, Sending};
use crate::live::memo;
use crate::messages::{letterhead as text, settings as words};
use crate::shell::use_books;
use crate::ui::{Button, ButtonKind, TextArea, TextField, Toasts};

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
    let (link, of, toasts) = (use_link(), use_books(), Toasts::of_page());
    let LetterheadView { text: kept, logo, .. } = told;
    let [name, address, contact] =
        [&kept.name, &kept.address, &kept.contact].map(|text| RwSignal::new(text.clone()));
    let [tax_number, payment, colour] =
        [&kept.tax_number, &kept.payment, &kept.colour].map(|text| RwSignal::new(text.clone()));
    let kept = RwSignal::new(kept);
    let logo = Logo::new(logo);
    let typed = memo(move || LetterheadText {
        name: name.get(),
        address: address.get(),
        contact: contact.get(),
        tax_number: tax_number.get(),
        payment: payment.get(),
        colour: colour.get(),
    });
    let reason = MaybeProp::derive(move || {
        let same = typed.get() == kept.get() && !logo.changed();
        same.then(|| words::nothing_changed().to_owned())
    });
    let submit = move || {
        if reason.get_untracked().is_none() {
            let text = typed.get_untracked();
            let question = SaveLetterhead {
                of: of.get_untracked(),
                before: before.mark(),
                text: text.clone(),
                logo: logo.change(),
            };
            sending.send(link, question, move |mark| {
                before.saved(mark);
                kept.set(text);
                logo.saved();
                toasts.say(words::saved());
            });
        }
    };
    view! {
        <Form sending on_submit=submit>
            <TextField label=text::own_name().to_owned() value=name fault=sending.fault_of("name") />
            <TextArea label=text::address().to_owned() value=address fault=sending.fault_of("address") />
            <TextArea label=text::contact().to_owned() value=contact hint=text::contact_hint() fault=sending.fault_of("contact") />
            <TextField label=text::tax_number().to_owned() value=tax_number fault=sending.fault_of("tax-number") />
            <TextArea label=text::payment().to_owned() value=payment hint=text::payment_hint() fault=sending.fault_of("payment") />
            {logo.draw(sending)}
            {colour::field(colour, name, sending)}
            <div class="across">
                <Button label=words::save().to_owned() submit=true busy=sending.busy() reason kind=ButtonKind::Plain />
            </div>
        </Form>
    }
    .into_any()
}
