//! Requests kept below the limits of Bitwarden's cloud (contract §0.4), so that it refuses none and bans no address.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use super::Call;
use crate::platform::{Method, Platform};

/// When requests were sent, and how many more may be.
pub(super) struct Pace {
    platform: Rc<dyn Platform>,
    /// Whether the server has these limits: others have none.
    limited: Cell<bool>,
    sent: RefCell<[VecDeque<i64>; LIMITS.len()]>,
}

/// So many requests within so many milliseconds.
struct Limit {
    of: Kind,
    most: usize,
    within_ms: i64,
}

/// What is counted together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Identity,
    Token,
    Get,
    Post,
    Put,
    Delete,
    Invitation,
}

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

const LIMITS: [Limit; 12] = [
    Limit { of: Kind::Identity, most: 60, within_ms: MINUTE_MS },
    Limit { of: Kind::Identity, most: 5, within_ms: SECOND_MS },
    Limit { of: Kind::Token, most: 10, within_ms: MINUTE_MS },
    Limit { of: Kind::Get, most: 200, within_ms: MINUTE_MS },
    Limit { of: Kind::Post, most: 60, within_ms: MINUTE_MS },
    Limit { of: Kind::Post, most: 5, within_ms: SECOND_MS },
    Limit { of: Kind::Put, most: 60, within_ms: MINUTE_MS },
    Limit { of: Kind::Put, most: 5, within_ms: SECOND_MS },
    Limit { of: Kind::Delete, most: 60, within_ms: MINUTE_MS },
    Limit { of: Kind::Delete, most: 5, within_ms: SECOND_MS },
    Limit { of: Kind::Invitation, most: 5, within_ms: MINUTE_MS },
    Limit { of: Kind::Invitation, most: 300, within_ms: DAY_MS },
];

impl Limit {
    /// How many are sent. Colleagues, other programs and other tabs may stand behind the same address, and what is sent evenly
    /// may arrive in a heap.
    fn ours(&self, share: Share) -> usize {
        let ours = self.most * 9 / 10;
        match share {
            Share::Whole => ours,
            Share::Background => ours * 3 / 4,
        }
    }
}

/// How much of what may be sent somebody may take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Share {
    Whole,
    /// What is read for later leaves the rest to whoever is waited for.
    Background,
}

impl Pace {
    pub(super) fn new(platform: Rc<dyn Platform>) -> Self {
        Self { platform, limited: Cell::new(false), sent: RefCell::default() }
    }

    /// From now on the server is known to have these limits, or not.
    pub(super) fn limit(&self, limited: bool) {
        self.limited.set(limited);
    }

    /// Another server is asked from now on, of which nothing is known yet.
    pub(super) fn forget(&self) {
        self.limited.set(false);
        *self.sent.borrow_mut() = Default::default();
    }

    /// Waits until a call may be sent, and counts it.
    pub(super) async fn take(&self, call: &Call) {
        let kinds = kinds(call);
        // What was sent before it is known whose server it is counts as well.
        if self.limited.get() {
            self.wait(&kinds, Share::Whole).await;
        }
        let now = self.platform.now_ms();
        for (limit, sent) in LIMITS.iter().zip(self.sent.borrow_mut().iter_mut()) {
            if kinds.contains(&Some(limit.of)) {
                sent.push_back(now);
                sent.drain(..sent.len().saturating_sub(limit.most));
            }
        }
    }

    /// Waits until so much may be read that somebody who is waited for is not held up by what is read for later.
    pub(super) async fn leisure(&self) {
        if self.limited.get() {
            self.wait(&[Some(Kind::Get), None], Share::Background).await;
        }
    }

    /// Milliseconds that so many readings for later will take; `None` where there is no limit.
    pub(super) fn time_for(&self, readings: usize) -> Option<i64> {
        let limit = LIMITS.iter().find(|limit| limit.of == Kind::Get).filter(|_| self.limited.get())?;
        let at_once = limit.ours(Share::Background).max(1);
        // A limit's worth is there at once, and another each time it has passed.
        Some((readings.saturating_sub(1) / at_once) as i64 * limit.within_ms)
    }

    async fn wait(&self, kinds: &[Option<Kind>; 2], share: Share) {
        loop {
            let left = self.left(kinds, share);
            match u32::try_from(left) {
                Ok(left) if left > 0 => self.platform.sleep(left).await,
                _ => return,
            }
        }
    }

    /// Milliseconds until another may be sent.
    fn left(&self, kinds: &[Option<Kind>; 2], share: Share) -> i64 {
        let now = self.platform.now_ms();
        let sent = self.sent.borrow();
        let left = LIMITS.iter().zip(sent.iter()).filter(|(limit, _)| kinds.contains(&Some(limit.of)));
        left.filter_map(|(limit, sent)| {
            let first = sent.len().checked_sub(limit.ours(share).max(1))?;
            Some(sent.get(first)? + limit.within_ms + MARGIN_MS - now)
        })
        .max()
        .unwrap_or_default()
    }
}

/// What is sent later may arrive sooner than what was sent before it.
const MARGIN_MS: i64 = 250;

/// As what a call counts.
fn kinds(call: &Call) -> [Option<Kind>; 2] {
    if call.path.split('/').nth(1) == Some("identity") {
        return [
            Some(Kind::Identity),
            call.path.starts_with("/identity/connect/token").then_some(Kind::Token),
        ];
    }
    let kind = match call.method {
        Method::Get => Kind::Get,
        Method::Post => Kind::Post,
        Method::Put => Kind::Put,
        Method::Delete => Kind::Delete,
    };
    let invites = call.path.ends_with("/users/invite") || call.path.ends_with("/reinvite");
    [Some(kind), invites.then_some(Kind::Invitation)]
}
