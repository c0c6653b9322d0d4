//! Who is signed in: signing in and out, locking and unlocking, and the keys of an open session.

mod granted;
mod idle;
mod kdf;
mod lock;
mod open;
mod profile;
mod register;
mod role;
mod sign_in;
#[cfg(test)]
mod tests;
mod two_step;

use std::rc::Rc;

use portal_bridge::{PersonView, Problem, ProblemKind, SessionView, SignedOutBecause, UserId};
use serde::{Deserialize, Serialize};

pub(crate) use idle::Idle;
pub(crate) use kdf::{kdf_of, key_problem};
pub use lock::Remains;
pub(crate) use open::Open;
pub(crate) use profile::{Me, Membership, Staffing};
pub(crate) use register::SHORTEST_PASSWORD;
pub(crate) use two_step::Pending;

use crate::Core;

/// Where the session stands.
#[derive(Default)]
pub(crate) enum Session {
    /// The beginning of a core that succeeds a locked one, until that has told what it knows.
    Awaiting,
    #[default]
    Fresh,
    SignedOut(Option<SignedOutBecause>),
    TwoStep(Rc<Pending>),
    Locked(Rc<Remains>),
    Open(Rc<Open>),
}

/// Whose session it is, and how the password opens it. Nothing of this is secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) user: UserId,
    pub(crate) email: String,
    pub(crate) name: Option<String>,
    pub(crate) kdf: portal_wire::identity::KdfSettings,
    pub(crate) salt: String,
    /// Under the stretched master key.
    pub(crate) wrapped_user_key: String,
    /// Under the user key.
    pub(crate) wrapped_private_key: String,
}

impl Core {
    /// The open session, or why there is none.
    pub(crate) fn open(&self) -> Result<Rc<Open>, Problem> {
        match &*self.session.borrow() {
            Session::Open(open) => Ok(open.clone()),
            Session::Locked(_) => Err(ProblemKind::Locked.into()),
            _ => Err(ProblemKind::SignedOut.into()),
        }
    }

    /// Whether there is no session of anybody, not even a locked one or one that waits for its second step.
    pub(crate) fn nobody_is_in(&self) -> bool {
        matches!(&*self.session.borrow(), Session::Fresh | Session::SignedOut(_))
    }

    /// What tabs may know of the session.
    pub(crate) fn session_view(&self) -> SessionView {
        match &*self.session.borrow() {
            Session::Awaiting | Session::Fresh => SessionView::SignedOut { because: None },
            Session::SignedOut(because) => SessionView::SignedOut { because: *because },
            Session::TwoStep(pending) => SessionView::TwoStep(pending.view.clone()),
            Session::Locked(remains) => SessionView::Locked {
                email: remains.account.email.clone(),
                name: remains.account.name.clone(),
            },
            Session::Open(open) => {
                let me = open.me();
                SessionView::Open(PersonView {
                    user: me.id,
                    email: me.email.clone(),
                    name: me.name.clone(),
                    idle_minutes: self.idle.minutes(),
                })
            }
        }
    }

    /// Puts the session into another state and tells every tab.
    pub(crate) fn set_session(&self, session: Session) {
        // Dropped only after the borrow ends: dropping keys may run code.
        let before = self.session.replace(session);
        drop(before);
        self.tell_session();
    }

    /// Ends the session here, for a reason that is told.
    pub(crate) fn end_session(&self, because: Option<SignedOutBecause>) {
        self.drop_secrets();
        self.api.forget_servers();
        self.set_session(Session::SignedOut(because));
    }
}
