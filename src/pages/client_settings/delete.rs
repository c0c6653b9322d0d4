use leptos::prelude::*;
use portal_bridge::{Action, DeleteClient, Fault, Field, Secret};

use crate::core_link::use_link;
use crate::form::{ProblemNotice, Sending, fault};
use crate::format::isolate;
use crate::messages::{client_settings as text, reasons, settings as words, ui as ui_text};
use crate::router::use_router;
use crate::space::use_space;
use crate::ui::{Button, ButtonKind, ConfirmDialog, Glyph, PasswordField, PasswordInput, Press, Toasts};

/// Deleting the organization.
pub(super) fn zone(name: String) -> impl IntoView {
    let space = use_space();
    let open = RwSignal::new(false);
    let reason = MaybeProp::from(Signal::derive(move || {
        space.obstacle(Action::DeleteOrganization).map(|reason| reasons::reason(reason).to_owned())
    }));
    view! {
        <p>{text::delete_intro()}</p>
        <div class="across">
            <Button label=text::delete_().to_owned() icon=Glyph::Trash kind=ButtonKind::Danger reason on_press=move || open.set(true) />
        </div>
        {move || open.get().then(|| {
            let name = name.clone();
            view! { <DeleteDialog name on_close=move || open.set(false) /> }.into_any()
        })}
    }
}

#[component]
fn DeleteDialog(name: String, #[prop(into)] on_close: Press) -> impl IntoView {
    let (link, space, router, toasts) = (use_link(), use_space(), use_router(), Toasts::of_page());
    let deleted = text::deleted(&isolate(&name));
    let password = PasswordInput::new();
    let sending = Sending::new(&[Field::Password]);
    let within = space.within_untracked();
    let confirm = move || {
        let missing = password.length() == 0;
        if sending.check(missing.then(|| fault(Field::Password, Fault::Missing)).into_iter().collect()) {
            let deleted = deleted.clone();
            let question = DeleteClient { within, password: Secret::new(password.take()) };
            sending.send(link, question, move |()| {
                toasts.say(deleted);
                router.go(&match within.provider {
                    Some(provider) => format!("/providers/{provider}/clients"),
                    None => "/providers".to_owned(),
                });
            });
        }
    };
    let seats = within.provider.is_some();
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
                <li>{text::delete_items()}</li>
                <li>{text::delete_people()}</li>
                {seats.then(|| view! { <li>{text::delete_seats()}</li> }.into_any())}
            </ul>
            <PasswordField
                label=words::password().to_owned()
                input=password
                autocomplete="current-password"
                reveal=ui_text::reveal().to_owned()
                caps_lock=ui_text::caps_lock().to_owned()
                fault=sending.fault(Field::Password)
            />
        </ConfirmDialog>
    }
}
