use js_sys::{Reflect, Uint8Array};
use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{Fault, Field, LARGEST_DIRECTORY, PreviewDirectory};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlInputElement};

use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending, fault};
use crate::messages::directory as text;
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
        let Some((name, blob)) = node.get_untracked().and_then(|input| chosen(&input)) else {
            sending.check(vec![fault(Field::File, Fault::Missing)]);
            return;
        };
        if blob.size() > LARGEST_DIRECTORY as f64 {
            let limit = u32::try_from(LARGEST_DIRECTORY).unwrap_or(u32::MAX);
            sending.check(vec![fault(Field::File, Fault::TooLong { limit })]);
            return;
        }
        spawn_local(async move {
            let bytes = JsFuture::from(blob.array_buffer()).await;
            let Ok(bytes) = bytes else {
                sending.check(vec![fault(Field::File, Fault::Malformed)]);
                return;
            };
            let bytes = Uint8Array::new(&bytes).to_vec();
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

/// The file that was chosen, with its name.
fn chosen(input: &HtmlInputElement) -> Option<(String, Blob)> {
    let get = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).ok();
    let file = Reflect::get_u32(&get(input.as_ref(), "files")?, 0).ok()?;
    let name = get(&file, "name")?.as_string()?;
    Some((name, file.dyn_into().ok()?))
}
