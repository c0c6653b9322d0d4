use js_sys::Uint8Array;
use portal_bridge::{FromCore, pack, unpack};
use serde::{Serialize, de::DeserializeOwned};
use serde_bytes::Bytes;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageEvent, MessagePort};
use zeroize::Zeroizing;

use crate::tabs::Outlet;

/// The way to a tab through its port.
pub(super) struct PortOutlet(pub(super) MessagePort);

impl Outlet for PortOutlet {
    fn send(&self, message: &FromCore) {
        post(&self.0, message);
    }
}

/// Sends plain data through a port. A tab that is gone hears nothing, which is no failure.
pub(super) fn post(port: &MessagePort, message: &impl Serialize) {
    match pack(message) {
        Ok(bytes) => send(port, &bytes),
        Err(_) => super::log_error("a message could not be written"),
    }
}

/// Sends bytes, and wipes the copy that was made of them for it: they may hold a password or a key.
fn send(port: &MessagePort, bytes: &[u8]) {
    if let Ok(value) = serde_wasm_bindgen::to_value(Bytes::new(bytes)) {
        let _ = port.post_message(&value);
        wipe(&value);
    }
}

/// Reads plain data, and wipes the bytes it came as: they may hold a password.
pub(super) fn read<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    let message = unpack(&receive(value));
    if message.is_err() {
        super::log_error("a message could not be read");
    }
    message.ok()
}

fn receive(value: &JsValue) -> Zeroizing<Vec<u8>> {
    let bytes = value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default();
    wipe(value);
    Zeroizing::new(bytes)
}

/// The port that came with a message.
pub(super) fn first_port(event: &MessageEvent) -> Option<MessagePort> {
    super::values(&event.ports()).into_iter().next().map(JsCast::unchecked_into)
}

/// A function that hears messages.
pub(super) struct Listener(Closure<dyn Fn(MessageEvent)>);

impl Listener {
    pub(super) fn new(hear: impl Fn(MessageEvent) + 'static) -> Self {
        Self(Closure::new(hear))
    }

    /// Hears what comes through a port, for as long as the port lives.
    pub(super) fn keep_on(self, port: &MessagePort) {
        port.set_onmessage(Some(self.0.into_js_value().unchecked_ref()));
    }
}

fn wipe(value: &JsValue) {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        bytes.fill(0, 0, bytes.length());
    }
}
