use std::{
    cell::{Cell, RefCell},
    ops::ControlFlow,
    rc::Rc,
};

use portal_bridge::{FromCore, Network};

use crate::{
    platform::{BodySink, Content, Head, Method, Platform, Request},
    tabs::Tabs,
};

/// Whether the server can be reached, as the last requests showed, and whether it asked for a pause.
pub(crate) struct Link {
    platform: Rc<dyn Platform>,
    tabs: Rc<Tabs>,
    state: Cell<Network>,
    failures: Cell<u32>,
    paused_until: Cell<i64>,
    probe: RefCell<String>,
    probing: Cell<bool>,
}

impl Link {
    pub(crate) fn new(platform: Rc<dyn Platform>, tabs: Rc<Tabs>) -> Self {
        Self {
            platform,
            tabs,
            state: Cell::new(Network::Online),
            failures: Cell::new(0),
            paused_until: Cell::new(i64::MIN),
            probe: RefCell::default(),
            probing: Cell::new(false),
        }
    }

    /// The address to try while nothing gets through.
    pub(crate) fn probe_at(&self, url: String) {
        *self.probe.borrow_mut() = url;
    }

    pub(crate) fn state(&self) -> Network {
        self.state.get()
    }

    pub(crate) fn is_offline(&self) -> bool {
        self.state.get() == Network::Offline
    }

    /// An answer came, whatever it said.
    pub(crate) fn answered(&self) {
        self.failures.set(0);
        if self.is_offline() {
            self.set(Network::Online);
        }
    }

    /// No answer came. One failure alone says little; the second in a row means offline.
    pub(crate) fn failed(self: &Rc<Self>, certainly: bool) {
        self.failures.set(self.failures.get() + 1);
        if certainly || self.failures.get() >= 2 {
            self.set(Network::Offline);
            self.start_probing();
        }
    }

    /// The server asked for a pause.
    pub(crate) fn pause(self: &Rc<Self>, milliseconds: u32) {
        let until = self.platform.now_ms() + i64::from(milliseconds);
        if until <= self.paused_until.get() {
            return;
        }
        self.paused_until.set(until);
        self.set(Network::Paused { wait_ms: milliseconds });
        let link = self.clone();
        self.platform.spawn(Box::pin(async move {
            link.platform.sleep(milliseconds).await;
            if link.paused_until.get() == until && !link.is_offline() {
                link.set(Network::Online);
            }
        }));
    }

    /// Another server is asked from now on, which asked for no pause.
    pub(crate) fn forget_pause(&self) {
        self.paused_until.set(i64::MIN);
        if !self.is_offline() {
            self.set(Network::Online);
        }
    }

    /// Waits until the pause is over.
    pub(crate) async fn wait(&self) {
        loop {
            let left = self.paused_until.get().saturating_sub(self.platform.now_ms());
            match u32::try_from(left) {
                Ok(left) if left > 0 => self.platform.sleep(left).await,
                _ => return,
            }
        }
    }

    fn set(&self, state: Network) {
        if self.state.replace(state) != state {
            self.tabs.tell_all(&FromCore::Network(state));
        }
    }

    /// Tries from time to time until something gets through.
    fn start_probing(self: &Rc<Self>) {
        if self.probing.replace(true) {
            return;
        }
        let link = self.clone();
        self.platform.spawn(Box::pin(async move {
            let mut wait = 1_000;
            while link.is_offline() {
                link.platform.sleep(wait).await;
                wait = (wait * 2).min(15_000);
                let request = Request {
                    method: Method::Get,
                    url: link.probe.borrow().clone(),
                    headers: vec![("Accept", "application/json".into())],
                    content: Content::None,
                };
                if link.is_offline() && link.platform.send(&request, &mut Ignore).await.is_ok() {
                    link.answered();
                }
            }
            link.probing.set(false);
        }));
    }
}

struct Ignore;

impl BodySink for Ignore {
    fn head(&mut self, _: Head) {}

    fn piece(&mut self, _: &[u8]) -> ControlFlow<()> {
        ControlFlow::Break(())
    }
}
