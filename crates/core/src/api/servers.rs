//! Which of several servers the requests are for, where the portal's operator lets people choose (`/servers.json`).

#[cfg(test)]
mod tests;

use std::{cell::RefCell, rc::Rc};

use futures::lock::Mutex;
use portal_bridge::{Fault, Field, FieldProblem, Problem, ProblemKind, ServerChoice};
use serde::Deserialize;

use super::{Api, Call, read, refusal};

/// Under which name the choice is kept.
const KEPT: &str = "server";

/// Where requests go, and where they could.
#[derive(Default)]
pub(super) struct Servers {
    /// What there is to choose from, once that was read: nothing where there is no choice.
    offered: RefCell<Option<Rc<[ServerChoice]>>>,
    /// Where requests go, once that is known. The only server has no key.
    at: RefCell<Option<ServerChoice>>,
    reading: Mutex<()>,
}

#[derive(Default, Deserialize)]
struct List {
    #[serde(default)]
    servers: Vec<ServerChoice>,
}

impl Api {
    /// What there is to choose from: nothing where there is one server only. Not to be called while somebody is signed in, as it
    /// may find the server gone.
    pub(crate) async fn servers(&self) -> Result<Rc<[ServerChoice]>, Problem> {
        let _turn = self.servers.reading.lock().await;
        if let Some(offered) = &*self.servers.offered.borrow() {
            return Ok(offered.clone());
        }
        let offered: Rc<[_]> = self.read_servers().await?.into();
        let before = self.server().map(|at| at.key).filter(|key| !key.is_empty());
        let wanted = match before {
            None => self.platform.get(KEPT).await,
            known => known,
        };
        let at = match &*offered {
            [] => Some(ServerChoice::default()),
            some => some.iter().find(|choice| Some(&choice.key) == wanted.as_ref()).cloned(),
        };
        self.go_to(at);
        *self.servers.offered.borrow_mut() = Some(offered.clone());
        Ok(offered)
    }

    /// Requests go to another of the servers from now on, of which nothing is known yet. The same condition holds.
    pub(crate) async fn choose_server(&self, key: &str) -> Result<(), Problem> {
        let offered = self.servers().await?;
        let chosen = offered.iter().find(|choice| choice.key == key).ok_or(ProblemKind::NotFound)?;
        self.platform.put(KEPT, key).await;
        self.pace.forget();
        self.link.forget_pause();
        self.go_to(Some(chosen.clone()));
        Ok(())
    }

    /// The list is read again when it is needed next.
    pub(crate) fn forget_servers(&self) {
        self.servers.offered.take();
    }

    /// Where requests go, if that is known; the only server has neither key nor name.
    pub(crate) fn server(&self) -> Option<ServerChoice> {
        self.servers.at.borrow().clone()
    }

    /// Requests go there from now on.
    pub(crate) fn go_to(&self, server: Option<ServerChoice>) {
        *self.servers.at.borrow_mut() = server;
        self.aim_probe();
    }

    /// What stands before every path of the server, and tells what is kept of it from what is kept of another.
    pub(crate) fn place(&self) -> String {
        match &*self.servers.at.borrow() {
            Some(ServerChoice { key, .. }) if !key.is_empty() => format!("/at/{key}"),
            _ => String::new(),
        }
    }

    /// The same for a request, which waits until it is known.
    pub(super) async fn before(&self) -> Result<String, Problem> {
        if self.server().is_none() {
            self.servers().await?;
        }
        if self.server().is_none() {
            let missing = FieldProblem { field: Field::Server, fault: Fault::Missing, part: None };
            return Err(ProblemKind::Invalid(vec![missing]).into());
        }
        Ok(self.place())
    }

    /// Where to try while nothing gets through.
    pub(super) fn aim_probe(&self) {
        self.link.probe_at(format!("{}{}/api/config", self.device.borrow().origin, self.place()));
    }

    async fn read_servers(&self) -> Result<Vec<ServerChoice>, Problem> {
        let call = Call::file("/servers.json");
        let (reply, body) = self.answer(&call).await?;
        if reply.status == 429 || reply.status >= 500 {
            return Err(refusal(&call, &reply));
        }
        // Where nobody put up such a list, there is another page or none.
        let list: List = if reply.is_success() { read(&body).unwrap_or_default() } else { List::default() };
        let mut servers = list.servers;
        servers.retain(|ServerChoice { key, .. }| {
            !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
        Ok(if servers.len() > 1 { servers } else { Vec::new() })
    }
}
