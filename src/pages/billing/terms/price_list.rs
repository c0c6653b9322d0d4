//! What every client pays that has no list of its own.

use leptos::prelude::*;
use portal_bridge::{Field, PriceBookView, PriceListText, SavePriceList};

use super::super::revised::{Before, revised, saving};
use super::list_form::ListForm;
use crate::form::Sending;
use crate::live::memo;
use crate::messages::prices as text;

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
    let form = ListForm::new(list, sending);
    let fields = view! {
        {form.prices(sending)}
        {form.services.draw(text::services(), MaybeProp::from(text::services_hint().to_owned()))}
    };
    let question = |of, before, list| SavePriceList { of, before, list };
    saving(memo(move || form.text()), before, sending, question, |list| list, fields.into_any(), None)
}
