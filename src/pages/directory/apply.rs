use leptos::prelude::*;
use portal_bridge::{ApplyDirectory, DirectoryKind, DirectorySummary, Fault, Field, Secret};

use crate::core_link::use_link;
use crate::form::{DialogForm, Sending, fault};
use crate::messages::{directory as text, settings as words, ui as ui_text};
use crate::shell::use_shell;
use crate::space::use_space;
use crate::ui::{Button, ButtonKind, Dialog, PasswordField, PasswordInput, Press};

/// Opens the dialog, unless there is nothing to do or too few seats.
pub(super) fn button(summary: &DirectorySummary, open: RwSignal<bool>) -> impl IntoView + use<> {
    let changes = |kind: &DirectoryKind| {
        matches!(
            kind,
            DirectoryKind::Invite | DirectoryKind::Link | DirectoryKind::Remove | DirectoryKind::Group
        )
    };
    let count: u32 = summary.counts.iter().filter(|(kind, _)| changes(kind)).map(|(_, count)| count).sum();
    let lacking =
        summary.seats_after.filter(|left| *left < 0).map(|left| text::seats_missing(left.unsigned_abs()));
    let reason = lacking.or_else(|| (count == 0).then(|| text::nothing_to_do().to_owned()));
    view! { <Button label=text::apply_many(count) kind=ButtonKind::Go reason on_press=move || open.set(true) /> }
}

/// Asks for the master password and begins.
#[component]
pub(super) fn ApplyDialog(#[prop(into)] on_close: Press) -> impl IntoView {
    let (link, space, shell) = (use_link(), use_space(), use_shell());
    let password = PasswordInput::new();
    let sending = Sending::new(&[Field::Password]);
    let submit = move || {
        let missing = password.length() == 0;
        if sending.check(missing.then(|| fault(Field::Password, Fault::Missing)).into_iter().collect()) {
            let question =
                ApplyDirectory { within: space.within_untracked(), password: Secret::new(password.take()) };
            sending.send(link, question, move |_| {
                on_close.run(());
                shell.show_jobs();
            });
        }
    };
    view! {
        <Dialog title=text::apply_title().to_owned() held=sending.busy() on_close>
            <DialogForm sending verb=text::apply().to_owned() on_submit=submit on_close>
                <p>{text::apply_body()}</p>
                <PasswordField
                    label=words::password().to_owned()
                    input=password
                    autocomplete="current-password"
                    reveal=ui_text::reveal().to_owned()
                    caps_lock=ui_text::caps_lock().to_owned()
                    fault=sending.fault(Field::Password)
                    first=true
                />
            </DialogForm>
        </Dialog>
    }
}
