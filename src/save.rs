//! Handing a file to the person.

use js_sys::Array;
use leptos::prelude::document;
use portal_bridge::CsvFile;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Saves a text as a file. A mark at its beginning tells spreadsheets that a table is UTF-8.
pub fn save_text(file: &CsvFile) -> Result<(), JsValue> {
    save(file, if is_table(file) { "\u{feff}" } else { "" })
}

/// Saves a text as a file without adding anything: for what the server made as a file.
pub fn save_as_is(file: &CsvFile) -> Result<(), JsValue> {
    save(file, "")
}

fn is_table(file: &CsvFile) -> bool {
    file.name.ends_with(".csv")
}

fn save(file: &CsvFile, mark: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(if is_table(file) { "text/csv;charset=utf-8" } else { "text/plain;charset=utf-8" });
    let parts = Array::of2(&JsValue::from_str(mark), &JsValue::from_str(&file.text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(&file.name);
    link.click();
    Url::revoke_object_url(&address)
}
