use leptos::prelude::*;
use portal_bridge::{Action, DeleteProvider, Fault, Field, GetProviderDetails, Reason, Secret, Topic};

use crate::core_link::use_link;
use crate::form::{ProblemNotice, Sending, fault};
use crate::format::isolate;
use crate::messages::{reasons, settings as text, ui as words};
use crate::router::use_router;
use crate::session::{obstacle, use_provider};
use crate::ui::{Button, ButtonKind, ConfirmDialog, Glyph, PasswordField, PasswordInput, Press, Toasts};
use crate::view::use_view;

/// Deleting the provider, possible only once no client is linked.
pub(super) fn zone() -> impl IntoView {
    let provider = use_provider();
    let open = RwSignal::new(false);
    let details = use_view(
        move || Some(GetProviderDetails(provider.id())),
        move || vec![Topic::Provider(provider.id()), Topic::Clients(provider.id())],
    );
    let reason = MaybeProp::from(Signal::derive(move || {
        let linked = details.map(|details| details.clients).filter(|clients| *clients > 0);
        match (linked, obstacle(provider.verdict(Action::DeleteProvider))) {
            (Some(clients), _) => Some(text::clients_linked(clients)),
            (None, Some(Reason::ClientsLinked)) => Some(reasons::reason(Reason::ClientsLinked).to_owned()),
            (None, Some(reason)) => Some(reasons::reason(reason).to_owned()),
            (None, None) => None,
        }
    }));
    view! {
        <p>{text::delete_intro()}</p>
        {move || reason.get().map(|reason| view! { <p class="quiet">{reason}</p> }.into_any())}
        <div class="across">
            <Button label=text::delete_().to_owned() icon=Glyph::Trash kind=ButtonKind::Danger reason on_press=move || open.set(true) />
        </div>
        {move || open.get().then(|| view! { <DeleteDialog on_close=move || open.set(false) /> }.into_any())}
    }
}

#[component]
fn DeleteDialog(#[prop(into)] on_close: Press) -> impl IntoView {
    let (link, provider, router, toasts) = (use_link(), use_provider(), use_router(), Toasts::of_page());
    let name = provider.view().map_untracked(|view| view.name.clone()).unwrap_or_default();
    let deleted = text::deleted(&isolate(&name));
    let password = PasswordInput::new();
    let sending = Sending::new(&[Field::Password]);
    let confirm = move || {
        let faults =
            if password.length() == 0 { vec![fault(Field::Password, Fault::Missing)] } else { Vec::new() };
        if sending.check(faults) {
            let deleted = deleted.clone();
            let question =
                DeleteProvider { provider: provider.id_untracked(), password: Secret::new(password.take()) };
            sending.send(link, question, move |()| {
                toasts.say(deleted);
                router.go("/providers");
            });
        }
    };
    view! {
        <ConfirmDialog
            title=text::delete_title(&isolate(&name))
            verb=text::delete().to_owned()
            typed=name.clone()
            busy=sending.busy()
            on_confirm=confirm
            on_close
        >
            <ProblemNotice problem=sending.problem() />
            <ul class="plain">
                <li>{text::delete_staff()}</li>
                <li>{text::delete_key()}</li>
                <li>{text::delete_accounts()}</li>
            </ul>
            <PasswordField
                label=text::password().to_owned()
                input=password
                autocomplete="current-password"
                reveal=words::reveal().to_owned()
                caps_lock=words::caps_lock().to_owned()
                fault=sending.fault(Field::Password)
            />
        </ConfirmDialog>
    }
}
