use leptos::prelude::*;
use portal_bridge::{ClientRow, Field, UpdateClient};

use super::create::{check_seats, whole_number};
use super::pool;
use crate::core_link::use_link;
use crate::form::{DialogForm, Sending};
use crate::format;
use crate::live::memo;
use crate::messages::client_forms as text;
use crate::session::use_provider;
use crate::ui::{Dialog, InputKind, Press, TextField, Toasts};

/// Sets a client's seats, showing what that does to the pool.
#[component]
pub(crate) fn SeatsDialog(row: ClientRow, #[prop(into)] on_close: Press) -> impl IntoView {
    let (link, provider, toasts) = (use_link(), use_provider(), Toasts::of_page());
    let sending = Sending::new(&[Field::Seats]);
    let seats = RwSignal::new(row.assigned.unwrap_or_default().to_string());
    let (client, used) = (row.link, row.used);
    let name = format::isolate(&row.name);
    let preview = pool::preview(Some(client), || None, move || whole_number(&seats.get()));
    let lowest = memo(move || preview.map(|preview| preview.lowest).unwrap_or(used));
    let title = text::seats_title(&name);
    let submit = move || {
        let wanted = whole_number(&seats.get_untracked());
        let mut faults = Vec::new();
        check_seats(&mut faults, wanted, lowest.get_untracked());
        let Some(wanted) = wanted.filter(|_| faults.is_empty()) else {
            sending.check(faults);
            return;
        };
        let question =
            UpdateClient { provider: provider.id_untracked(), link: client, name: None, seats: Some(wanted) };
        let said = text::seats_saved(&name, &format::number(wanted));
        sending.send(link, question, move |()| {
            toasts.say(said);
            on_close.run(());
        });
    };
    view! {
        <Dialog title held=sending.busy() on_close>
            <DialogForm sending verb=text::save_seats().to_owned() on_submit=submit on_close reason=pool::obstacle(preview)>
                <TextField
                    label=text::seats().to_owned()
                    value=seats
                    kind=InputKind::Number
                    hint=Signal::derive(move || match lowest.get() {
                        0 => text::seats_unused().to_owned(),
                        lowest => text::seats_lowest(&format::number(lowest)),
                    })
                    fault=sending.fault(Field::Seats)
                    first=true
                />
                {pool::picture(preview)}
            </DialogForm>
        </Dialog>
    }
}
