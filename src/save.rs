//! Handing a file to the person.

use js_sys::Array;
use leptos::prelude::document;
use portal_bridge::CsvFile;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Saves a table as a file. The mark at its beginning tells spreadsheets that it is UTF-8.
pub fn save_csv(file: &CsvFile) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/csv;charset=utf-8");
    let parts = Array::of2(&JsValue::from_str("\u{feff}"), &JsValue::from_str(&file.text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(&file.name);
    link.click();
    Url::revoke_object_url(&address)
}
