//! Names that events lack: what is to be read of which clients so that they can be told.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use portal_bridge::{EventsOf, OrganizationId, Within};

use super::Clients;
use crate::Core;

/// What names are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Lack {
    Members,
    Groups,
    Collections,
    Policies,
}

/// What is to be read for its names.
#[derive(Default)]
struct Wanted {
    /// The most wanted last.
    queue: RefCell<Vec<(OrganizationId, Lack)>>,
    /// When something was read last, or tried to.
    read_at: RefCell<HashMap<(OrganizationId, Lack), i64>>,
    learning: Cell<bool>,
}

/// No more than a screen shows is waited for; who scrolls on wants other names.
const MOST: usize = 120;
/// The same is read again no oftener than this.
const CALM_MS: i64 = 60_000;
/// Tabs hear of more names no oftener than this.
const NEWS_MS: i64 = 250;

impl Core {
    /// Reads what is missing of clients in whose events something without a name is mentioned, each with the time of the
    /// event.
    pub(crate) fn learn_names_of(
        self: &Rc<Self>,
        source: EventsOf,
        lacking: impl IntoIterator<Item = (OrganizationId, Lack, i64)>,
    ) {
        let (wanted, now) = (self.stores.only::<Wanted>(), self.platform.now_ms());
        for (organization, lack, happened) in lacking {
            let read = wanted.read_at.borrow().get(&(organization, lack)).copied();
            // What happened after the reading may have brought somebody new; a date may also be wrong.
            let news = read.is_none_or(|read| read < happened && now - read > CALM_MS);
            let mut queue = wanted.queue.borrow_mut();
            if news && !queue.contains(&(organization, lack)) && self.may_be_asked(source, organization) {
                queue.push((organization, lack));
            }
        }
        let too_many = wanted.queue.borrow().len().saturating_sub(MOST);
        wanted.queue.borrow_mut().drain(..too_many);
        if wanted.queue.borrow().is_empty() || wanted.learning.replace(true) {
            return;
        }
        let core = self.clone();
        self.spawn_in_session(async move {
            let wanted = core.stores.only::<Wanted>();
            let mut told = i64::MIN;
            loop {
                let next = wanted.queue.borrow_mut().pop();
                let Some((organization, lack)) = next else { break };
                // Noted before, so that what cannot be read is not tried over and over.
                core.have_learnt(organization, lack);
                core.learn(Within { provider: source.provider(), organization }, lack).await;
                let now = core.platform.now_ms();
                if now.saturating_sub(told) >= NEWS_MS {
                    told = now;
                    core.tell_events(source);
                }
            }
            wanted.learning.set(false);
            core.tell_events(source);
        });
    }

    /// Whether names are being read.
    pub(crate) fn is_learning(&self) -> bool {
        self.stores.only::<Wanted>().learning.get()
    }

    /// Something of a client is being read now, whoever wanted it.
    pub(crate) fn have_learnt(&self, organization: OrganizationId, lack: Lack) {
        let wanted = self.stores.only::<Wanted>();
        wanted.read_at.borrow_mut().insert((organization, lack), self.platform.now_ms());
    }

    /// Reads what one client has; without an answer ids stand for names. Whether it was answered.
    pub(crate) async fn learn(self: &Rc<Self>, within: Within, lack: Lack) -> bool {
        match lack {
            Lack::Members => self.members(within.organization).await.is_ok(),
            Lack::Groups => self.learn_groups(within.organization).await.is_ok(),
            Lack::Collections => self.learn_collections(within).await.is_ok(),
            Lack::Policies => self.learn_policies(within.organization).await.is_ok(),
        }
    }

    /// Whether an organization that events name is one of those they may be about.
    pub(crate) fn may_be_asked(&self, source: EventsOf, organization: OrganizationId) -> bool {
        match (source.within(), source.provider()) {
            (Some(within), _) => within.organization == organization,
            (None, Some(provider)) => {
                self.stores.of::<Clients>(provider).table().find_organization(organization).is_some()
            }
            (None, None) => self.open().is_ok_and(|open| open.me().own_client(organization).is_some()),
        }
    }
}
