use leptos::prelude::*;
use portal_bridge::{ClientRow, Field, UpdateClient};

use super::create::NAME_LIMIT;
use crate::core_link::use_link;
use crate::form::{DialogForm, Sending, check_text};
use crate::format;
use crate::messages::client_forms as text;
use crate::session::use_provider;
use crate::ui::{Dialog, Press, TextField, Toasts};

/// Renames a client. Harmless, so it offers to be taken back.
#[component]
pub(crate) fn RenameDialog(row: ClientRow, #[prop(into)] on_close: Press) -> impl IntoView {
    let (link, provider, toasts) = (use_link(), use_provider(), Toasts::of_page());
    let sending = Sending::new(&[Field::Name]);
    let name = RwSignal::new(row.name.clone());
    let row = StoredValue::new(row);
    let submit = move || {
        let new = name.get_untracked().trim().to_owned();
        let mut faults = Vec::new();
        check_text(&mut faults, Field::Name, &new, NAME_LIMIT);
        if !sending.check(faults) {
            return;
        }
        let (client, old) = row.with_value(|row| (row.link, row.name.clone()));
        if new == old {
            return on_close.run(());
        }
        let provider = provider.id_untracked();
        let rename =
            move |name: String| UpdateClient { provider, link: client, name: Some(name), seats: None };
        let said = new.clone();
        sending.send(link, rename(new), move |()| {
            let back = move || Sending::new(&[]).send(link, rename(old.clone()), |()| {});
            toasts.undoable(text::renamed(&format::isolate(&said)), back);
            on_close.run(());
        });
    };
    view! {
        <Dialog title=text::rename_title().to_owned() held=sending.busy() on_close>
            <DialogForm sending verb=text::rename().to_owned() on_submit=submit on_close>
                <TextField label=text::name().to_owned() value=name hint=text::name_hint().to_owned() fault=sending.fault(Field::Name) first=true />
            </DialogForm>
        </Dialog>
    }
}
