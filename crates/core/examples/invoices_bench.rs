//! Drafts of invoices for `e2e/bench/invoices.mjs`, which measures them in a browser. `cargo xtask bench --only invoices` builds it as
//! the core is built.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// As in the core: memory that is given back is wiped, which takes time.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[cfg(target_arch = "wasm32")]
mod browser {
    use portal_core::MeasuredDrafts;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// [`MeasuredDrafts`], for a script.
    #[wasm_bindgen]
    pub struct Bench(MeasuredDrafts);

    #[wasm_bindgen]
    impl Bench {
        #[wasm_bindgen(constructor)]
        pub fn new(clients: usize) -> Self {
            Self(MeasuredDrafts::of(clients))
        }

        pub fn seats(&self) -> Vec<u32> {
            self.0.seats()
        }

        pub fn begin(&mut self) {
            self.0.begin();
        }

        pub fn go_on(&mut self) -> bool {
            self.0.go_on()
        }

        pub fn end(&mut self) -> f64 {
            self.0.end()
        }
    }
}

fn main() {}
