//! The worker: starts the core on the messages of the tabs.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// Memory that is given back is wiped: keys and passwords pass through buffers of generated code, too.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() {
    #[cfg(target_arch = "wasm32")]
    portal_core::web::start();
}
