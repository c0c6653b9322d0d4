use leptos::prelude::*;
use portal_bridge::{SetStaffRole, StaffRole, StaffRow, StaffStatus};

use super::{Staff, label};
use crate::form::{ProblemNotice, Sending};
use crate::format::isolate;
use crate::messages::staff as text;
use crate::ui::{ConfirmDialog, Notice, Press, Tone};

/// Asks before a role changes, and says what that means.
#[component]
pub(super) fn RoleDialog(
    staff: Staff,
    row: StaffRow,
    role: StaffRole,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let sending = Sending::new(&[]);
    let name = isolate(&label(&row));
    let to_admin = role == StaffRole::ProviderAdmin;
    let (words, verb) = if to_admin {
        (text::role_to_admin(&name), text::role_go_admin())
    } else {
        (text::role_to_service(&name), text::role_go_service())
    };
    // One fewer after this, where a confirmed admin steps down.
    let left = (!to_admin && row.status == StaffStatus::Confirmed)
        .then(|| untrack(|| staff.list.map(|view| view.confirmed_admins.saturating_sub(1))))
        .flatten()
        .filter(|left| *left < 2)
        .map(text::role_admins_left);
    let mine = (row.me && !to_admin).then(text::role_self);
    let changed = text::role_changed(&name, &text::role_word(role));
    let id = row.id;
    let confirm = move || {
        let changed = changed.clone();
        let question = SetStaffRole { provider: staff.provider.id_untracked(), staff: id, role };
        sending.send(staff.link, question, move |()| {
            staff.toasts.say(changed);
            on_close.try_run(());
        });
    };
    view! {
        <ConfirmDialog title=text::role_title(&name) verb=verb.to_owned() danger=!to_admin busy=sending.busy() on_confirm=confirm on_close>
            <ProblemNotice problem=sending.problem() />
            <p>{words}</p>
            {left.map(|left| view! { <Notice tone=Tone::Attend>{left}</Notice> }.into_any())}
            {mine.map(|mine| view! { <Notice tone=Tone::Attend>{mine}</Notice> }.into_any())}
        </ConfirmDialog>
    }
}
