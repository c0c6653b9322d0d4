//! The ledger for `e2e/bench/ledger.mjs`, which measures it in a browser. `cargo xtask bench --only ledger` builds it as the
//! core is built.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// As in the core: memory that is given back is wiped, which takes time.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[cfg(target_arch = "wasm32")]
mod browser {
    use portal_core::MeasuredLedger;
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    /// [`MeasuredLedger`], for a script.
    #[wasm_bindgen]
    pub struct Bench(MeasuredLedger);

    #[wasm_bindgen]
    impl Bench {
        #[wasm_bindgen(constructor)]
        pub fn new(clients: usize, days: u32) -> Self {
            Self(MeasuredLedger::of(clients, days))
        }

        pub fn answer(&self) -> String {
            self.0.answer()
        }

        pub fn facts(&self) -> String {
            self.0.facts()
        }

        pub fn begin(&mut self) {
            self.0.begin();
        }

        pub fn take(&mut self, piece: &[u8]) {
            self.0.take(piece);
        }

        pub fn end(&mut self) -> usize {
            self.0.end()
        }

        pub fn sum(&mut self) -> f64 {
            self.0.sum()
        }

        pub fn read_clients(&mut self) {
            self.0.read_clients();
        }

        pub fn work_out(&mut self, pause: &js_sys::Function) {
            self.0.work_out(|| {
                let _ = pause.call0(&JsValue::NULL);
            });
        }

        pub fn window(&self, rows: u32) -> u32 {
            self.0.window(rows)
        }
    }
}

fn main() {}
