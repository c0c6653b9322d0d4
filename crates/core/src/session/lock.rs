use std::rc::Rc;

use portal_bridge::{JobView, Problem, ProblemKind, ServerChoice};
use portal_keys::{EncString, KeyError, unwrap_user_key};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{
    Account, Open, Session,
    kdf::{kdf_of, key_problem},
};
use crate::{
    Core,
    api::{Device, Grant},
};

/// What a locked session keeps: no key, and of the tokens only the one that asks for others.
#[derive(Serialize, Deserialize)]
pub struct Remains {
    pub(crate) account: Account,
    refresh_token: Zeroizing<String>,
    device: (String, String, String, i32),
    /// Where the session was made.
    server: Option<ServerChoice>,
    idle_minutes: Option<u32>,
    /// Work the lock ended, with how far it got.
    jobs: Vec<JobView>,
}

impl Core {
    /// Drops every key and everything read with them.
    pub(crate) fn lock(self: &Rc<Self>) {
        let Ok(open) = self.open() else { return };
        let account = open.account();
        drop(open);
        let jobs = self.jobs_to_cut_off();
        let grant = self.drop_secrets();
        let device = self.api.device();
        let Some(grant) = grant else {
            self.set_session(Session::SignedOut(None));
            return;
        };
        let remains = Rc::new(Remains {
            account,
            refresh_token: grant.refresh,
            device: (device.origin, device.identifier, device.name, device.kind),
            server: self.api.server(),
            idle_minutes: self.idle.minutes(),
            jobs,
        });
        drop(self.session.replace(Session::Locked(remains.clone())));
        match &*self.lockdown.borrow() {
            Some(lockdown) => lockdown.move_on(remains, self.tabs.all()),
            None => self.tell_session(),
        }
    }

    /// Waits to be told what a locked predecessor keeps.
    pub fn await_handover(&self) {
        drop(self.session.replace(Session::Awaiting));
    }

    /// Takes over what a locked predecessor keeps, unless somebody signed in meanwhile.
    pub fn take_over(&self, remains: Remains) {
        if !matches!(&*self.session.borrow(), Session::Awaiting | Session::Fresh) {
            return;
        }
        let (origin, identifier, name, kind) = remains.device.clone();
        self.api.introduce_device(Device { origin, identifier, name, kind });
        self.api.go_to(remains.server.clone());
        self.idle.choose(remains.idle_minutes);
        self.set_session(Session::Locked(Rc::new(remains)));
    }

    /// No predecessor came forward.
    pub fn stop_awaiting(&self) {
        if matches!(&*self.session.borrow(), Session::Awaiting) {
            self.set_session(Session::SignedOut(Some(portal_bridge::SignedOutBecause::CoreRestarted)));
        }
    }

    /// Opens a locked session again.
    pub(crate) async fn unlock(self: &Rc<Self>, password: Zeroizing<Vec<u8>>) -> Result<(), Problem> {
        let remains = match &*self.session.borrow() {
            Session::Locked(remains) => remains.clone(),
            Session::Open(_) => return Ok(()),
            _ => return Err(ProblemKind::SignedOut.into()),
        };
        let account = remains.account.clone();
        let kdf = kdf_of(&account.kdf)?;
        let master = self
            .platform
            .derive(password, account.salt.clone(), kdf)
            .await
            .map_err(|error| key_problem(&error))?;
        let wrapped: EncString = account.wrapped_user_key.parse().map_err(|error| key_problem(&error))?;
        let user_key = unwrap_user_key(&master, &wrapped).map_err(|error| match error {
            KeyError::CannotDecrypt => ProblemKind::WrongPassword.into(),
            other => key_problem(&other),
        })?;
        drop(master);
        let open = Open::new(account, user_key).await?;
        // A token that has ended makes the first request fetch a new one.
        self.api.set_grant(Grant {
            access: Zeroizing::default(),
            refresh: remains.refresh_token.clone(),
            lasts_seconds: 0,
        });
        self.tell_of_cut_off(remains.jobs.clone());
        match self.enter(open, true).await {
            Err(problem) if problem.kind != ProblemKind::SignedOut => {
                self.api.take_grant();
                Err(problem)
            }
            other => other,
        }
    }
}
