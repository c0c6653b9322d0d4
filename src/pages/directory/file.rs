use leptos::prelude::*;
use portal_bridge::{LARGEST_DIRECTORY, PreviewDirectory};

use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending};
use crate::messages::directory as text;
use crate::pages::file;
use crate::space::use_space;
use crate::ui::{Button, ButtonKind, Check, fresh_id};

/// Chooses a file and asks for its preview.
pub(super) fn form() -> impl IntoView {
    let (link, space) = (use_link(), use_space());
    let node = NodeRef::<leptos::html::Input>::new();
    let remove_absent = RwSignal::new(false);
    let sending = Sending::new(&[]);
    let id = fresh_id();
    let submit = move || {
        let within = space.within_untracked();
        file::read(node, LARGEST_DIRECTORY, sending, move |name, bytes| {
            let remove_absent = remove_absent.get_untracked();
            sending.send(link, PreviewDirectory { within, file: name, bytes, remove_absent }, |_| ());
        });
    };
    view! {
        <p>{text::file_how()}</p>
        <ProblemNotice problem=sending.problem() />
        <Form sending on_submit=submit>
            <div class="field">
                <label for=id.clone()>{text::file()}</label>
                <input class="input" id=id type="file" accept=".ldif,.ldf,.csv,.tsv,.json,.txt" node_ref=node />
            </div>
            <Check
                label=text::remove_absent().to_owned()
                hint=text::remove_absent_hint().to_owned()
                value=remove_absent
                on_change=move |on| remove_absent.set(on)
            />
            <div class="across">
                <Button label=text::show_preview().to_owned() submit=true busy=sending.busy() kind=ButtonKind::Go />
            </div>
        </Form>
    }
}
