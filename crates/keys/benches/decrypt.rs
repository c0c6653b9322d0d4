//! Decrypting the names of twenty thousand items under one organization key: as the core does it while their rows arrive,
//! beside the browser's own cryptography asked for one name at a time. `cargo xtask bench --only items.decrypt` runs it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(target_arch = "wasm32")]

mod beside;

use beside::{median, now, theirs};
use portal_keys::{EncString, SymmetricKey};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const NAMES: usize = 20_000;
const ROUNDS: usize = 5;

#[wasm_bindgen_test]
async fn twenty_thousand_names_of_items() {
    let key = SymmetricKey::generate().unwrap();
    let names: Vec<EncString> =
        (0..NAMES).map(|number| key.encrypt_text(&format!("Router of site {number}")).unwrap()).collect();
    let (mut ours, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let started = now();
        let opener = key.opener();
        let opened = names.iter().filter(|name| opener.decrypt_text(name.as_bytes()).is_ok()).count();
        ours.push(now() - started);
        assert_eq!(opened, NAMES);
        beside.push(theirs(&key, &names).await);
    }
    let (ours, theirs) = (median(ours), median(beside));
    console_log!(
        "figure {{\"ours\":{ours:.1},\"theirs\":{theirs:.1},\"unit\":\"ms for {NAMES} names\",\"ratio\":{:.3},\
         \"against\":\"WebCrypto, one name at a time\"}}",
        ours / theirs
    );
}
