//! The small store: the browser's cache, which workers have and which keeps text under an address.

use js_sys::{Promise, encode_uri_component};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Response};

use super::global;

const CACHE: &str = "portal";

pub(super) async fn get(name: &str) -> Result<Option<String>, JsValue> {
    let found = wait(open().await?.match_with_str(&address(name))).await?;
    let Some(response) = found.dyn_ref::<Response>() else { return Ok(None) };
    Ok(wait(response.text()?).await?.as_string())
}

pub(super) async fn put(name: &str, value: &str) -> Result<(), JsValue> {
    let response = Response::new_with_opt_str(Some(value))?;
    wait(open().await?.put_with_str(&address(name), &response)).await.map(drop)
}

pub(super) async fn remove(name: &str) -> Result<(), JsValue> {
    wait(open().await?.delete_with_str(&address(name))).await.map(drop)
}

async fn open() -> Result<Cache, JsValue> {
    Ok(wait(global::scope().caches()?.open(CACHE)).await?.unchecked_into())
}

async fn wait(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

fn address(name: &str) -> String {
    format!("/.portal/{}", String::from(encode_uri_component(name)))
}
