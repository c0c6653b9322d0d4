use leptos::prelude::*;
use portal_bridge::{ClientPerson, ConfirmMember, GetMemberFingerprint, OrganizationId};

use super::people::name;
use crate::core_link::use_link;
use crate::form::{DialogForm, ProblemNotice, Sending};
use crate::format;
use crate::messages::client as text;
use crate::session::use_provider;
use crate::ui::{Check, Dialog, Press, Toasts};
use crate::view::use_view;

/// Confirms a member: shows the phrase of their key, to be compared by voice. The core refuses when the key has changed
/// since.
#[component]
pub(super) fn ConfirmMemberDialog(
    person: ClientPerson,
    organization: OrganizationId,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let (link, provider, toasts) = (use_link(), use_provider(), Toasts::of_page());
    let member = person.member;
    let phrase = use_view(
        move || Some(GetMemberFingerprint { provider: provider.id(), organization, member }),
        Vec::new,
    );
    let sending = Sending::new(&[]);
    let compared = RwSignal::new(false);
    let named = format::isolate(&name(&person));
    let title = text::confirm_title(&named);
    let reason = MaybeProp::from(Signal::derive(move || {
        (!compared.get() || phrase.map(|_| ()).is_none()).then(|| text::confirm_body().to_owned())
    }));
    let submit = move || {
        let Some(phrase) = phrase.map_untracked(String::clone).filter(|_| compared.get_untracked()) else {
            return;
        };
        let said = text::confirmed_toast(&named);
        let question = ConfirmMember { provider: provider.id_untracked(), organization, member, phrase };
        sending.send(link, question, move |()| {
            toasts.say(said);
            on_close.run(());
        });
    };
    view! {
        <Dialog title held=sending.busy() on_close>
            <DialogForm sending verb=text::confirm().to_owned() on_submit=submit on_close reason>
                <ProblemNotice problem=Signal::derive(move || phrase.problem()) again=move || phrase.again() />
                <p>{text::confirm_body()}</p>
                <p class="phrase" aria-live="polite">
                    <span class="sr">{text::phrase()}": "</span>
                    {move || phrase.get().unwrap_or_else(|| text::phrase_loading().to_owned())}
                </p>
                <Check label=text::compared().to_owned() value=compared on_change=move |on| compared.set(on) />
            </DialogForm>
        </Dialog>
    }
}
