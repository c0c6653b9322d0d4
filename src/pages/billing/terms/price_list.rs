//! What every client pays that has no list of its own.

use leptos::prelude::*;
use portal_bridge::{Field, PriceBookView, PriceListText, SavePriceList};

use super::super::revised::{Before, revised};
use super::list_form::ListForm;
use crate::core_link::use_link;
use crate::form::{Form, Sending};
use crate::live::memo;
use crate::messages::{prices as text, settings as words};
use crate::shell::use_books;
use crate::ui::{Button, ButtonKind, Toasts};

/// The form, as long as nobody else changes the list.
pub(super) fn part(
    told: Memo<Option<PriceBookView>>,
    again: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let sending = Sending::new(&[Field::Other]);
    let saved =
        move || told.with(|told| told.as_ref().map(|told| (told.list_mark.clone(), told.list.clone())));
    let none = memo(move || told.with(|told| told.as_ref().is_some_and(|told| !told.has_list)));
    view! {
        {move || none.get().then(|| view! { <p class="quiet">{text::no_list_yet()}</p> }.into_any())}
        {revised(saved, sending, again, move |list, before| form(list, before, sending))}
    }
}

fn form(list: PriceListText, before: Before, sending: Sending) -> AnyView {
    let (link, of, toasts) = (use_link(), use_books(), Toasts::of_page());
    let fields = ListForm::new(list, sending);
    let typed = memo(move || fields.text());
    let kept = RwSignal::new(typed.get_untracked());
    let reason =
        MaybeProp::derive(move || (typed.get() == kept.get()).then(|| words::nothing_changed().to_owned()));
    let submit = move || {
        if reason.get_untracked().is_none() {
            let list = typed.get_untracked();
            let question =
                SavePriceList { of: of.get_untracked(), before: before.mark(), list: list.clone() };
            sending.send(link, question, move |mark| {
                before.saved(mark);
                kept.set(list);
                toasts.say(words::saved());
            });
        }
    };
    view! {
        <Form sending on_submit=submit>
            {fields.prices(sending)}
            {fields.services.draw(text::services(), MaybeProp::from(text::services_hint().to_owned()))}
            <div class="across">
                <Button label=words::save().to_owned() submit=true busy=sending.busy() reason kind=ButtonKind::Plain />
            </div>
        </Form>
    }
    .into_any()
}
