//! The worker's global scope, whichever kind of worker it is.

use js_sys::{Reflect, global};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageEvent, MessagePort, WorkerGlobalScope};

/// The name this worker was started with.
pub(super) fn name() -> String {
    Reflect::get(&global(), &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

/// Whether several tabs may connect.
pub(super) fn is_shared() -> bool {
    Reflect::has(&global(), &"onconnect".into()).unwrap_or_default()
        && Reflect::get(&global(), &"SharedWorkerGlobalScope".into()).is_ok_and(|scope| !scope.is_undefined())
}

/// What workers of all kinds have.
pub(super) fn scope() -> WorkerGlobalScope {
    global().unchecked_into()
}

/// Ends this worker, and with it everything in its memory.
pub(super) fn close() {
    let close = Reflect::get(&global(), &"close".into())
        .ok()
        .and_then(|close| close.dyn_into::<js_sys::Function>().ok());
    if let Some(close) = close {
        let _ = close.call0(&global());
    }
}

/// Listens for tabs that connect from now on.
pub(super) fn on_connect<T>(admit: impl Fn(MessagePort) -> T + 'static) {
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(port) = super::port::first_port(&event) {
            admit(port);
        }
    });
    let _ = Reflect::set(&global(), &"onconnect".into(), &listener.into_js_value());
}

/// What came before this program had loaded, and was put aside by the script that loads it.
pub(super) fn take_parked(name: &str) -> Vec<JsValue> {
    let name = JsValue::from_str(name);
    let parked = Reflect::get(&global(), &name).map(|parked| super::values(&parked)).unwrap_or_default();
    let _ = Reflect::set(&global(), &name, &js_sys::Array::new());
    parked
}
