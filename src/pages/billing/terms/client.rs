//! What is different for one client.

use leptos::prelude::*;
use portal_bridge::{
    ClientTermsText, ClientTermsView, Field, GetClientTerms, OrganizationId, SaveClientTerms,
};

use super::list_form::ListForm;
use crate::core_link::use_link;
use crate::form::{DialogForm, Sending, awaited};
use crate::live::{live, memo};
use crate::messages::{prices as text, settings as words};
use crate::shell::use_books;
use crate::ui::{Check, Dialog, Press, TextArea, TextField, Toasts};
use crate::view::use_view;

/// Shows and changes it. Nothing is drawn over while somebody types: the form is that of the moment it was opened.
#[component]
pub(super) fn TermsDialog(organization: OrganizationId, #[prop(into)] on_close: Press) -> impl IntoView {
    let of = use_books();
    let sending = Sending::new(&[Field::Other]);
    let view = use_view(move || Some(GetClientTerms { of: of.get(), organization }), Vec::new);
    let name = memo(move || view.map(|view| view.name.clone()).unwrap_or_default());
    let there = memo(move || view.map(|_| ()).is_some());
    view! {
        <Dialog title=name wide=true held=sending.busy() on_close>
            {live(move || match there.get().then(|| view.map_untracked(ClientTermsView::clone)).flatten() {
                Some(told) => form(told, sending, on_close),
                None => awaited(view),
            })}
        </Dialog>
    }
}

fn form(told: ClientTermsView, sending: Sending, on_close: Press) -> AnyView {
    let (link, of, toasts) = (use_link(), use_books(), Toasts::of_page());
    let ClientTermsView { organization, terms, currency, mark, .. } = told;
    let (own_list, left_out) = (RwSignal::new(terms.own_list), RwSignal::new(terms.left_out));
    let (bill_to, reference) = (RwSignal::new(terms.bill_to), RwSignal::new(terms.reference));
    let fields = ListForm::new(terms.list, sending);
    let services_hint = MaybeProp::derive(move || {
        let words = || match &currency {
            Some(currency) => text::services_in(currency),
            None => text::services_need_list().to_owned(),
        };
        (!own_list.get()).then(words)
    });
    let typed = memo(move || ClientTermsText {
        own_list: own_list.get(),
        list: fields.text(),
        bill_to: bill_to.get(),
        reference: reference.get(),
        left_out: left_out.get(),
    });
    let before = typed.get_untracked();
    let reason =
        MaybeProp::derive(move || (typed.get() == before).then(|| words::nothing_changed().to_owned()));
    let submit = move || {
        if reason.get_untracked().is_none() {
            let (of, before, terms) = (of.get_untracked(), mark.clone(), typed.get_untracked());
            sending.send(link, SaveClientTerms { of, organization, before, terms }, move |_| {
                toasts.say(words::saved());
                on_close.run(());
            });
        }
    };
    view! {
        <DialogForm sending verb=text::save_terms().to_owned() reason on_submit=submit on_close>
            <Check
                label=text::own_list().to_owned()
                hint=text::own_list_hint().to_owned()
                value=own_list
                on_change=move |on| own_list.set(on)
            />
            {move || own_list.get().then(|| view! { <div class="stack own-list">{fields.prices(sending)}</div> }.into_any())}
            {fields.services.draw(text::services_on_top(), services_hint)}
            <TextArea label=text::bill_to().to_owned() value=bill_to hint=text::bill_to_hint() fault=sending.fault_of("bill-to") />
            <TextField label=text::reference().to_owned() value=reference hint=text::reference_hint() fault=sending.fault_of("reference") />
            <Check
                label=text::leave_out().to_owned()
                hint=text::leave_out_hint().to_owned()
                value=left_out
                on_change=move |on| left_out.set(on)
            />
        </DialogForm>
    }
    .into_any()
}
