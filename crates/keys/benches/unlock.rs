//! Unwrapping ten thousand organization keys under one provider key: all in one call as the core does it, beside the
//! browser's own cryptography asked for one key at a time. `cargo xtask bench --only keys` runs it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, Uint8Array};
use portal_keys::{EncString, SymmetricKey, unwrap_many};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const KEYS: usize = 10_000;
const ROUNDS: usize = 5;

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
      opened += key.byteLength === 64 ? 1 : 0;
    }
  }
  return [performance.now() - started, opened];
}
"#)]
extern "C" {
    fn now() -> f64;
    async fn one_at_a_time(encryption: Uint8Array, authentication: Uint8Array, wrapped: Array) -> JsValue;
}

#[wasm_bindgen_test]
async fn ten_thousand_organization_keys() {
    let provider = SymmetricKey::generate().unwrap();
    let wrapped: Vec<EncString> =
        (0..KEYS).map(|_| provider.wrap(&SymmetricKey::generate().unwrap()).unwrap()).collect();
    let bytes = provider.expose_bytes();
    let (encryption, authentication) = bytes.split_at(32);
    let values: Array = wrapped.iter().map(|value| Uint8Array::from(value.as_bytes())).collect();

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let started = now();
        let opened = unwrap_many(&provider, wrapped.iter().map(EncString::as_bytes));
        ours.push(now() - started);
        assert_eq!(opened.iter().filter(|key| key.is_ok()).count(), KEYS);

        let answer: Array =
            one_at_a_time(encryption.into(), authentication.into(), values.clone()).await.into();
        assert_eq!(answer.get(1).as_f64(), Some(KEYS as f64));
        theirs.push(answer.get(0).as_f64().unwrap());
    }
    let (ours, theirs) = (median(ours), median(theirs));
    console_log!(
        "figure {{\"ours\":{ours:.1},\"theirs\":{theirs:.1},\"unit\":\"ms for {KEYS} keys\",\"ratio\":{:.3},\
         \"against\":\"WebCrypto, one key at a time\"}}",
        ours / theirs
    );
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
