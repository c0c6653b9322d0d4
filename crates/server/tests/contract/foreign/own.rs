//! How each route is called rightly: what the document of the interface cannot say.

mod elsewhere;
mod organization;
mod provider;
mod vault;

use serde_json::{Value, json};

use super::stage::{Kind, World};

/// Who calls a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A Provider Admin, a Service User and an Owner.
    Everybody,
    /// Somebody who is invited and has an account.
    Invitee,
    /// Somebody who has not signed in.
    Nobody,
}

/// A route as one's own client is called by it.
pub struct Own {
    pub method: &'static str,
    pub path: &'static str,
    pub by: By,
    /// What an id in the path names, where it is not the usual.
    pub kinds: Vec<(&'static str, Kind)>,
    /// What other parameters of the path and the query are.
    pub values: fn(&World) -> Value,
    /// Every id a body can carry stands in one of these.
    pub bodies: fn(&World) -> Vec<Value>,
    /// What must be so before the call can be accepted.
    pub after: &'static [&'static str],
}

/// A route that needs nothing said.
pub fn own(method: &'static str, path: &'static str) -> Own {
    let (values, bodies) = (|_: &World| json!({}), |_: &World| vec![Value::Null]);
    Own { method, path, by: By::Everybody, kinds: Vec::new(), values, bodies, after: &[] }
}

impl Own {
    fn by(self, by: By) -> Self {
        Self { by, ..self }
    }

    fn naming(mut self, parameter: &'static str, kind: Kind) -> Self {
        self.kinds.push((parameter, kind));
        self
    }

    fn values(self, values: fn(&World) -> Value) -> Self {
        Self { values, ..self }
    }

    fn bodies(self, bodies: fn(&World) -> Vec<Value>) -> Self {
        Self { bodies, ..self }
    }

    fn after(self, after: &'static [&'static str]) -> Self {
        Self { after, ..self }
    }
}

/// Every route of which something must be said.
pub fn all() -> Vec<Own> {
    let mut all = provider::routes();
    all.extend(organization::routes());
    all.extend(vault::routes());
    all.extend(elsewhere::routes());
    all
}
