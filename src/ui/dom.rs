//! Small handles on the page that several parts need.

use std::sync::atomic::{AtomicU32, Ordering};

use js_sys::JsString;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// An id no other element of this page has, to tie labels, hints and faults to their control.
pub fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("u{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Moves the focus; an element that is gone is left alone.
pub fn focus(element: &HtmlElement) {
    if element.is_connected() {
        let _ = element.focus();
    }
}

/// Moves the focus to the first control of `within` that has a fault. True when there was one.
pub fn focus_first_fault(within: &Element) -> bool {
    match first(within, "[aria-invalid='true']") {
        Some(control) => {
            focus(&control);
            true
        }
        None => false,
    }
}

/// Moves the focus to the heading of the page, after going to another one.
pub fn focus_main_heading() {
    if let Some(heading) = document().document_element().and_then(|root| first(&root, "h1[tabindex='-1']")) {
        focus(&heading);
    }
}

/// Sets a style to a whole number of pixels. To write fractions down, the program would need a good ten kilobytes more.
pub(super) fn set_pixels(element: &HtmlElement, property: &str, pixels: f64) {
    let _ = element.style().set_property(property, &format!("{}px", pixels.round() as i32));
}

/// In small letters, by the browser's table of them.
pub fn small_letters(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// In capital letters, by the browser's table of them.
pub fn capital_letters(text: &str) -> String {
    JsString::from(text).to_upper_case().into()
}

/// What has the focus now.
pub(super) fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Whether no control has the focus, and no dialog is open that would have it.
pub(super) fn nothing_focused() -> bool {
    let free = focused().is_none_or(|element| element.matches("body").unwrap_or_default());
    let dialog = document().document_element().and_then(|root| first(&root, "dialog[open]"));
    free && dialog.is_none()
}

/// The first element of `within` that matches.
pub(super) fn first(within: &Element, selector: &str) -> Option<HtmlElement> {
    within.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Every element of `within` that matches, in order.
pub(super) fn all(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}
