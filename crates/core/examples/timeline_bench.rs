//! The timeline for `e2e/bench/timeline.mjs`, which measures it in a browser. `cargo xtask bench --only timeline` builds it
//! as the core is built.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// As in the core: memory that is given back is wiped, which takes time.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[cfg(target_arch = "wasm32")]
mod browser {
    use portal_core::measure::{Asked, Timeline};
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    /// [`Timeline`], for a script.
    #[wasm_bindgen]
    pub struct Bench(Timeline);

    #[wasm_bindgen]
    impl Bench {
        #[wasm_bindgen(constructor)]
        pub fn new(events: usize) -> Self {
            Self(Timeline::of(events))
        }

        pub fn restart(&mut self) {
            self.0.restart();
        }

        pub fn pages_left(&self) -> usize {
            self.0.pages_left()
        }

        pub fn decode(&mut self, pages: usize) {
            self.0.decode(pages);
        }

        pub fn take(&mut self) -> usize {
            self.0.take()
        }

        pub fn name(&self) {
            self.0.name();
        }

        pub fn settle(&self) {
            self.0.settle();
        }

        pub fn forget(&self) {
            self.0.forget();
        }

        pub fn find(&self, asked: &str) -> usize {
            self.0.find(named(asked))
        }

        pub fn find_only(&self, asked: &str) -> usize {
            self.0.find_only(named(asked))
        }

        pub fn window(&self, asked: &str, rows: u32) -> usize {
            self.0.window(named(asked), rows)
        }

        pub fn highlights(&self, pause: &js_sys::Function) {
            self.0.highlights(|| {
                let _ = pause.call0(&JsValue::NULL);
            });
        }

        pub fn sessions(&self) -> usize {
            self.0.sessions()
        }

        pub fn len(&self) -> usize {
            self.0.len()
        }

        pub fn memory(&self) -> usize {
            self.0.memory()
        }

        pub fn json(&self, page: usize) -> Option<String> {
            self.0.json(page).map(|(log, events)| format!("{{\"log\":{log},\"events\":{events}}}"))
        }

        pub fn facts(&self) -> String {
            self.0.facts()
        }
    }

    fn named(asked: &str) -> Asked {
        match asked {
            "person" => Asked::Person,
            "kind" => Asked::Kind,
            "text" => Asked::Text,
            "sessions" => Asked::Sessions,
            "zoomed" => Asked::Zoomed,
            _ => Asked::All,
        }
    }
}

fn main() {}
