//! The other end of the link, played by the test.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::cell::RefCell;
use std::rc::Rc;

use portal_bridge::{Answer, Ask, FromCore, ToCore, pack, unpack};
use serde_bytes::{ByteBuf, Bytes};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, KeyboardEvent, KeyboardEventInit, MessageChannel, MessageEvent, MessagePort};

type Listener = Closure<dyn FnMut(MessageEvent)>;

/// A core that answers at once, or when the test says so.
#[derive(Clone)]
pub(crate) struct FakeCore(Rc<Inner>);

struct Inner {
    channel: MessageChannel,
    held: RefCell<Vec<(u32, Ask)>>,
    answering: Option<fn(&Ask) -> Answer>,
    listener: RefCell<Option<Listener>>,
}

impl FakeCore {
    /// Answers every question at once.
    pub(crate) fn answering(answer: fn(&Ask) -> Answer) -> Self {
        Self::new(Some(answer))
    }

    /// Keeps every question until the test answers it.
    pub(crate) fn holding() -> Self {
        Self::new(None)
    }

    fn new(answering: Option<fn(&Ask) -> Answer>) -> Self {
        let core = Self(Rc::new(Inner {
            channel: MessageChannel::new().unwrap(),
            held: RefCell::default(),
            answering,
            listener: RefCell::default(),
        }));
        let inner = Rc::downgrade(&core.0);
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(inner) = inner.upgrade() else { return };
            let bytes: ByteBuf = serde_wasm_bindgen::from_value(event.data()).unwrap();
            let Ok(ToCore::Ask { id, ask }) = unpack(&bytes) else { return };
            match inner.answering {
                Some(answer) => {
                    say(&inner.channel.port2(), &FromCore::Answer { id, result: Ok(answer(&ask)) })
                }
                None => inner.held.borrow_mut().push((id, *ask)),
            }
        });
        core.0.channel.port2().set_onmessage(Some(listener.as_ref().unchecked_ref()));
        // The listener must live as long as the port, which the page holds on to.
        core.0.listener.replace(Some(listener));
        std::mem::forget(core.0.clone());
        core
    }

    /// The tab's end.
    pub(crate) fn port(&self) -> MessagePort {
        self.0.channel.port1()
    }

    /// How many questions wait.
    pub(crate) fn held(&self) -> usize {
        self.0.held.borrow().len()
    }

    /// Takes a waiting question.
    pub(crate) fn take(&self, at: usize) -> (u32, Ask) {
        self.0.held.borrow_mut().remove(at)
    }

    /// Answers a question that was taken.
    pub(crate) fn answer(&self, (id, ask): (u32, Ask), answer: impl FnOnce(&Ask) -> Answer) {
        self.say(&FromCore::Answer { id, result: Ok(answer(&ask)) });
    }

    /// Says something unasked.
    pub(crate) fn say(&self, message: &FromCore) {
        say(&self.0.channel.port2(), message);
    }
}

fn say(port: &MessagePort, message: &FromCore) {
    let bytes = pack(message).unwrap();
    port.post_message(&serde_wasm_bindgen::to_value(Bytes::new(&bytes)).unwrap()).unwrap();
}

/// Waits, a frame at a time, until something is so.
pub(crate) async fn until(so: impl Fn() -> bool) {
    for _ in 0..600 {
        if so() {
            return;
        }
        frame().await;
    }
    panic!("it did not come to pass within 600 frames");
}

async fn frame() {
    let next = js_sys::Promise::new(&mut |resolve, _| {
        web_sys::window().unwrap().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(next).await.unwrap();
}

/// Presses a key where the focus is, or else on the element.
pub(crate) fn press(element: &Element, key: &str, shift: bool) {
    let options = KeyboardEventInit::new();
    options.set_key(key);
    options.set_shift_key(shift);
    options.set_bubbles(true);
    options.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
    let focused = web_sys::window().unwrap().document().unwrap().active_element();
    let target = focused.filter(|focused| element.contains(Some(focused))).unwrap_or_else(|| element.clone());
    target.dispatch_event(&event).unwrap();
}
