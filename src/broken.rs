//! What stands there when the tab itself breaks: a panic ends the program, so the panel is plain elements.

use std::panic::PanicHookInfo;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Document;

use crate::messages::broken as text;

/// From now on a panic replaces the page by a panel that offers to load it again.
pub(crate) fn catch() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&JsValue::from_str(&describe(info)));
        let _ = show(&describe(info));
    }));
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let words = info.payload_as_str().unwrap_or("panic");
    match info.location() {
        Some(place) => format!("{words} ({}:{})", place.file(), place.line()),
        None => words.to_owned(),
    }
}

fn show(detail: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let body = document.body()?;
    body.set_text_content(None);
    let panel = element(&document, "main", "broken")?;
    let heading = element(&document, "h1", "")?;
    heading.set_text_content(Some(text::title()));
    let words = element(&document, "p", "")?;
    words.set_text_content(Some(text::body()));
    let button = document.create_element("a").ok()?;
    button.set_class_name("btn go");
    button.set_text_content(Some(text::reload()));
    let here = web_sys::window()?.location().href().ok()?;
    button.set_attribute("href", &here).ok()?;
    let more = element(&document, "details", "")?;
    let summary = element(&document, "summary", "")?;
    summary.set_text_content(Some(text::details()));
    let code = element(&document, "code", "")?;
    code.set_text_content(Some(detail));
    more.append_child(&summary).ok()?;
    more.append_child(&code).ok()?;
    for child in [&heading, &words, &button, &more] {
        panel.append_child(child).ok()?;
    }
    body.append_child(&panel).ok()?;
    heading.dyn_ref::<web_sys::HtmlElement>()?.focus().ok()
}

fn element(document: &Document, name: &str, class: &str) -> Option<web_sys::Element> {
    let made = document.create_element(name).ok()?;
    made.set_class_name(class);
    Some(made)
}
