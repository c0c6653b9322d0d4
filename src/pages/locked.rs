//! The locked portal: somebody is signed in, and every key was dropped.

use leptos::prelude::*;
use portal_bridge::{Fault, Field, Secret, SessionView, SignOut, Unlock};

use super::entry::EntryFrame;
use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending, fault};
use crate::live::memo;
use crate::messages::{entry as text, ui as words};
use crate::ui::{Button, ButtonKind, PasswordField, PasswordInput};

/// The page.
pub fn page() -> impl IntoView {
    view! {
        <EntryFrame title=text::locked().to_owned()>
            <LockedForm />
        </EntryFrame>
    }
}

/// The master password again.
#[component]
pub fn LockedForm() -> impl IntoView {
    let link = use_link();
    let who = memo(move || match link.session() {
        Some(SessionView::Locked { email, name }) => (email, name),
        _ => Default::default(),
    });
    let label = move || who.with(|(email, name)| name.clone().unwrap_or_else(|| email.clone()));
    let password = PasswordInput::new();
    let sending = Sending::new(&[Field::Password]);
    let leaving = Sending::new(&[]);

    let submit = move || {
        let faults =
            if password.length() == 0 { vec![fault(Field::Password, Fault::Missing)] } else { Vec::new() };
        if sending.check(faults) {
            sending.send(link, Unlock { password: Secret::new(password.take()) }, |_| ());
        }
    };
    view! {
        <p class="lead">{move || text::locked_for(&crate::format::isolate(&label()))}</p>
        <ProblemNotice problem=sending.problem() />
        <ProblemNotice problem=leaving.problem() />
        <Form sending on_submit=submit>
            // For the browser's password store, which looks for the account's name.
            <input class="sr" type="text" autocomplete="username" readonly tabindex="-1" aria-hidden="true" prop:value=move || who.with(|(email, _)| email.clone()) />
            <PasswordField
                label=text::password().to_owned()
                input=password
                autocomplete="current-password"
                reveal=words::reveal().to_owned()
                caps_lock=words::caps_lock().to_owned()
                fault=sending.fault(Field::Password)
                first=true
            />
            <Button label=text::unlock().to_owned() kind=ButtonKind::Go submit=true wide=true busy=sending.busy() />
            <Button label=text::sign_out().to_owned() kind=ButtonKind::Bare busy=leaving.busy() on_press=move || leaving.send(link, SignOut, |()| ()) />
        </Form>
    }
}
