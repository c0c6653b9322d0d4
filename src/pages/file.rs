//! A file that was chosen, and what is in it.

use js_sys::{Reflect, Uint8Array};
use leptos::{html, prelude::*, task::spawn_local};
use portal_bridge::{Fault, Field, ProblemKind};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlInputElement};

use crate::form::{Sending, fault};
use crate::live::live;
use crate::messages::problems;
use crate::ui::{Notice, Tone};

/// Reads the file that was chosen, up to so many bytes, and goes on with its name and contents; what is wrong is said by the
/// form.
pub(super) fn read(
    node: NodeRef<html::Input>,
    largest: usize,
    sending: Sending,
    go_on: impl FnOnce(String, Vec<u8>) + 'static,
) {
    let refuse = move |kind: Fault| sending.check(vec![fault(Field::File, kind)]);
    let Some((name, blob)) = node.get_untracked().and_then(|input| chosen(&input)) else {
        refuse(Fault::Missing);
        return;
    };
    if blob.size() > largest as f64 {
        refuse(Fault::TooLong { limit: u32::try_from(largest).unwrap_or(u32::MAX) });
        return;
    }
    spawn_local(async move {
        match JsFuture::from(blob.array_buffer()).await {
            Ok(bytes) => go_on(name, Uint8Array::new(&bytes).to_vec()),
            Err(_) => {
                refuse(Fault::Malformed);
            }
        }
    });
}

/// The file that was chosen, with its name.
fn chosen(input: &HtmlInputElement) -> Option<(String, Blob)> {
    let get = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).ok();
    let file = Reflect::get_u32(&get(input.as_ref(), "files")?, 0).ok()?;
    let name = get(&file, "name")?.as_string()?;
    Some((name, file.dyn_into().ok()?))
}

/// What kept a file from being read, in whole words: which kind of file it is says what to do.
pub(super) fn trouble(sending: Sending) -> AnyView {
    live(move || {
        sending.problem().get().map(|problem| {
            let about_file = matches!(problem.kind, ProblemKind::Invalid(_));
            let detail = problem.detail.clone().filter(|_| about_file);
            let words = detail.unwrap_or_else(|| problems::problem(&problem));
            view! { <Notice tone=Tone::Broken urgent=true>{words}</Notice> }
        })
    })
}
