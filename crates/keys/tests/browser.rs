//! Every vector in the browser, in a worker as the core runs.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(target_arch = "wasm32")]

mod walk;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

macro_rules! browser {
    ($($name:ident,)*) => { $(
        #[wasm_bindgen_test]
        async fn $name() {
            walk::$name().await;
        }
    )* };
}

walk::for_every_walk!(browser);
