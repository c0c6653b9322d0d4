use leptos::prelude::*;
use portal_bridge::{Fault, Field, MemberRow, RecoverMember, Secret};

use super::{Members, label};
use crate::form::{DialogForm, Sending, fault};
use crate::format::isolate;
use crate::messages::{entry, members as text, ui as ui_text};
use crate::ui::{Dialog, Notice, PasswordField, PasswordInput, Press, Tone};

/// Characters a master password has at least.
const LEAST: usize = 12;

/// Sets a new master password for a member who agreed to account recovery.
#[component]
pub(super) fn RecoverDialog(
    members: Members,
    row: MemberRow,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let sending = Sending::new(&[Field::Password, Field::Code]);
    let (password, again) = (PasswordInput::new(), PasswordInput::new());
    let name = isolate(&label(&row));
    let done = text::recovered(&name);
    let id = row.id;
    let submit = move || {
        let mut faults = Vec::new();
        if password.length() < LEAST {
            faults.push(fault(Field::Password, Fault::TooShort { limit: LEAST as u32 }));
        } else if !password.same_as(again) {
            faults.push(fault(Field::Code, Fault::Server(entry::not_the_same().to_owned())));
        }
        if sending.check(faults) {
            let done = done.clone();
            let question = RecoverMember {
                within: members.space.within_untracked(),
                member: id,
                password: Secret::new(password.copy()),
            };
            sending.send(members.link, question, move |()| {
                password.clear();
                again.clear();
                members.toasts.say(done);
                on_close.try_run(());
            });
        }
    };
    view! {
        <Dialog title=text::recover_title(&name) held=sending.busy() on_close>
            <DialogForm sending verb=text::recover_go().to_owned() on_submit=submit on_close>
                <Notice tone=Tone::Attend>{text::recover_body()}</Notice>
                <PasswordField
                    label=entry::new_password().to_owned()
                    input=password
                    autocomplete="new-password"
                    reveal=ui_text::reveal().to_owned()
                    caps_lock=ui_text::caps_lock().to_owned()
                    hint=text::recover_hint().to_owned()
                    fault=sending.fault(Field::Password)
                    first=true
                />
                <PasswordField
                    label=entry::repeat_password().to_owned()
                    input=again
                    autocomplete="new-password"
                    reveal=ui_text::reveal().to_owned()
                    caps_lock=ui_text::caps_lock().to_owned()
                    fault=sending.fault(Field::Code)
                    name="password-again"
                />
            </DialogForm>
        </Dialog>
    }
}
