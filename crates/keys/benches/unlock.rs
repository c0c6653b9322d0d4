//! Unwrapping ten thousand organization keys under one provider key: all in one call as the core does it, beside the
//! browser's own cryptography asked for one key at a time. `cargo xtask bench --only keys` runs it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(target_arch = "wasm32")]

mod beside;

use beside::{median, now, theirs};
use portal_keys::{EncString, SymmetricKey, unwrap_many};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const KEYS: usize = 10_000;
const ROUNDS: usize = 5;

#[wasm_bindgen_test]
async fn ten_thousand_organization_keys() {
    let provider = SymmetricKey::generate().unwrap();
    let wrapped: Vec<EncString> =
        (0..KEYS).map(|_| provider.wrap(&SymmetricKey::generate().unwrap()).unwrap()).collect();

    let (mut ours, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let started = now();
        let opened = unwrap_many(&provider, wrapped.iter().map(EncString::as_bytes));
        ours.push(now() - started);
        assert_eq!(opened.iter().filter(|key| key.is_ok()).count(), KEYS);
        beside.push(theirs(&provider, &wrapped).await);
    }
    let (ours, theirs) = (median(ours), median(beside));
    console_log!(
        "figure {{\"ours\":{ours:.1},\"theirs\":{theirs:.1},\"unit\":\"ms for {KEYS} keys\",\"ratio\":{:.3},\
         \"against\":\"WebCrypto, one key at a time\"}}",
        ours / theirs
    );
}
