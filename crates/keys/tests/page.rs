//! The same engine in the scope of a page, which reaches WebCrypto through another global object than a worker.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
#![cfg(target_arch = "wasm32")]

use portal_keys::{Kdf, MasterKey, PrivateKey, SymmetricKey};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn a_page_derives_keys_and_uses_key_pairs() {
    let kdf = Kdf::Pbkdf2 { iterations: 5_000 };
    let master =
        MasterKey::derive(b"correct horse battery staple", "msp.admin@example.com", &kdf).await.unwrap();
    assert_eq!(
        master.login_hash(b"correct horse battery staple"),
        "13j77WYFQO+vXeiFaJY8v6td3ktGaFWjLAdARJV4Lws="
    );
    let key = SymmetricKey::generate().unwrap();
    let pair = PrivateKey::generate_wrapped(&key).await.unwrap();
    let private = PrivateKey::unwrap(&pair.wrapped_private, &key).await.unwrap();
    let value = pair.public.encapsulate(&key).await.unwrap();
    assert!(private.decapsulate(&value).await.unwrap() == key);
}
