use js_sys::{Object, Uint8Array};
use portal_bridge::FromCore;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageEvent, MessagePort};

use crate::tabs::Outlet;

/// The way to a tab through its port.
pub(super) struct PortOutlet(pub(super) MessagePort);

impl Outlet for PortOutlet {
    fn send(&self, message: FromCore) {
        post(&self.0, &message);
    }
}

/// Sends plain data through a port. A tab that is gone hears nothing, which is no failure.
pub(super) fn post(port: &MessagePort, message: &impl Serialize) {
    match serde_wasm_bindgen::to_value(message) {
        Ok(value) => drop(port.post_message(&value)),
        Err(error) => super::log_error(&format!("a message could not be written: {error}")),
    }
}

/// Reads plain data, and wipes the bytes it came with: they may be a password.
pub(super) fn read<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    let message = serde_wasm_bindgen::from_value(value.clone());
    wipe(value, 6);
    message.map_err(|error| super::log_error(&format!("a message could not be read: {error}"))).ok()
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

fn wipe(value: &JsValue, depth: u32) {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        bytes.fill(0, 0, bytes.length());
    } else if depth > 0 && value.is_object() {
        Object::values(value.unchecked_ref()).iter().for_each(|inner| wipe(&inner, depth - 1));
    }
}
