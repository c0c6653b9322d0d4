//! What stands there when the tab itself breaks: a panic ends the program, so the panel is plain elements.

use std::panic::PanicHookInfo;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Document;

use crate::messages::broken as text;

/// From now on a panic replaces the page by a panel that offers to load it again.
pub(crate) fn catch() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&JsValue::from_str(&describe(info)));
        let _ = show(text::title(), text::body(), &describe(info));
    }));
}

/// The core is of another edition than this page, which was open before the server was brought up to date: nothing either
/// says can be understood by the other. The panel offers to load the page again.
pub(crate) fn outdated(detail: &str) {
    let _ = show(text::updated(), text::updated_body(), detail);
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let words = info.payload_as_str().unwrap_or("panic");
    match info.location() {
        Some(place) => format!("{words} ({}:{})", place.file(), place.line()),
        None => words.to_owned(),
    }
}

fn show(title: &str, body: &str, detail: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let page = document.body()?;
    page.set_text_content(None);
    let panel = element(&document, "main", "broken")?;
    let heading = element(&document, "h1", "")?;
    heading.set_text_content(Some(title));
    let words = element(&document, "p", "")?;
    words.set_text_content(Some(body));
    let button = document.create_element("a").ok()?;
    button.set_class_name("btn go");
    button.set_text_content(Some(text::reload()));
    let here = web_sys::window()?.location().href().ok()?;
    button.set_attribute("href", &here).ok()?;
    // Where the tab still runs, its router follows links without loading anything, but none that has a target.
    button.set_attribute("target", "_top").ok()?;
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
    page.append_child(&panel).ok()?;
    heading.dyn_ref::<web_sys::HtmlElement>()?.focus().ok()
}

fn element(document: &Document, name: &str, class: &str) -> Option<web_sys::Element> {
    let made = document.create_element(name).ok()?;
    made.set_class_name(class);
    Some(made)
}
