//! What the benches of this package have in common: the browser's own cryptography, asked for one value at a time.

use js_sys::{Array, Uint8Array};
use portal_keys::{EncString, SymmetricKey};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(inline_js = r#"
export const now = () => performance.now();

export async function one_at_a_time(encryption, authentication, wrapped) {
  const started = performance.now();
  const cipher = await crypto.subtle.importKey("raw", encryption, "AES-CBC", false, ["decrypt"]);
  const mac = await crypto.subtle.importKey("raw", authentication, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  let opened = 0;
  for (const value of wrapped) {
    const [iv, code, data] = [value.subarray(1, 17), value.subarray(17, 49), value.subarray(49)];
    const signed = new Uint8Array(iv.length + data.length);
    signed.set(iv);
    signed.set(data, iv.length);
    if (await crypto.subtle.verify("HMAC", mac, code, signed)) {
      const key = await crypto.subtle.decrypt({ name: "AES-CBC", iv }, cipher, data);
      opened += key.byteLength > 0 ? 1 : 0;
    }
  }
  return [performance.now() - started, opened];
}
"#)]
extern "C" {
    /// Milliseconds since the page began.
    pub fn now() -> f64;
    async fn one_at_a_time(encryption: Uint8Array, authentication: Uint8Array, wrapped: Array) -> JsValue;
}

/// Opens all values with WebCrypto, one after the other; gives the milliseconds it took.
pub async fn theirs(key: &SymmetricKey, values: &[EncString]) -> f64 {
    let bytes = key.expose_bytes();
    let (encryption, authentication) = bytes.split_at(32);
    let compact: Array = values.iter().map(|value| Uint8Array::from(value.as_bytes())).collect();
    let answer: Array = one_at_a_time(encryption.into(), authentication.into(), compact).await.into();
    assert_eq!(answer.get(1).as_f64(), Some(values.len() as f64));
    answer.get(0).as_f64().unwrap()
}

/// The median of some figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
