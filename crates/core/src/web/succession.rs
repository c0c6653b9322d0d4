//! A locked core gives way to a fresh worker, whose memory has never held a key.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use portal_bridge::{FIRST_WORKER, FromCore};
use web_sys::MessagePort;

use super::{
    global,
    port::{Listener, post, read},
    timer::sleep,
};
use crate::{Core, Lockdown, Outlet, Remains};

/// A predecessor that has not come forward by then will not.
const AWAITING_MS: u32 = 1_500;
/// A successor that has not taken over by then will not.
const HANDING_OVER_MS: u32 = 10_000;

/// Either end of a succession.
pub(super) struct Succession {
    core: Weak<Core>,
    /// What is to be handed over, once this core has locked.
    remains: RefCell<Option<Rc<Remains>>>,
}

impl Succession {
    pub(super) fn new(core: &Rc<Core>) -> Self {
        Self { core: Rc::downgrade(core), remains: RefCell::default() }
    }

    /// Holds the session's state back for the moment it takes a predecessor to tell it.
    pub(super) fn await_handover(&self) {
        let core = self.core.clone();
        let Some(now) = core.upgrade() else { return };
        now.await_handover();
        wasm_bindgen_futures::spawn_local(async move {
            sleep(AWAITING_MS).await;
            if let Some(core) = core.upgrade() {
                core.stop_awaiting();
            }
        });
    }

    /// A tab has made a way to the other end.
    pub(super) fn connect(&self, port: MessagePort) {
        match self.remains.take() {
            Some(remains) => {
                // The answer says that it has arrived.
                Listener::new(|_| global::close()).keep_on(&port);
                post(&port, &*remains);
            }
            None => {
                let core = self.core.clone();
                let answer = port.clone();
                Listener::new(move |event| {
                    if let (Some(core), Some(remains)) = (core.upgrade(), read::<Remains>(&event.data())) {
                        core.take_over(remains);
                        post(&answer, &true);
                    }
                })
                .keep_on(&port);
            }
        }
    }
}

impl Lockdown for Rc<Succession> {
    fn move_on(&self, remains: Rc<Remains>, tabs: Vec<Rc<dyn Outlet>>) {
        *self.remains.borrow_mut() = Some(remains);
        let worker = format!("{FIRST_WORKER}-{:08x}", getrandom::u32().unwrap_or_default());
        for (place, tab) in tabs.iter().enumerate() {
            // The tab heard last is surely alive: it brings the two together.
            tab.send(&FromCore::MovedTo { worker: worker.clone(), broker: place == 0 });
        }
        wasm_bindgen_futures::spawn_local(async {
            sleep(HANDING_OVER_MS).await;
            global::close();
        });
    }
}
