//! The replay server: HTTP in front of a [`State`], and everything it was asked.

use std::{
    future::Future,
    sync::{Arc, Mutex},
    time::{Duration, UNIX_EPOCH},
};

use axum::{Router, body, extract::Request, response::Response};
use portal_bridge::Within;
use serde_json::Value;
use tokio::{net::TcpListener, runtime, task::LocalSet};

use crate::{
    keys::EMAIL,
    line::Line,
    person::Person,
    vault::{Asked, ORGANIZATION, Role, State},
};

/// 2026-11-22T00:00:00Z, the day of the recordings.
pub(crate) const DAY: i64 = 1_795_305_600_000;

/// A server that answers as Vaultwarden did, and refuses what it refused.
pub(crate) struct Vaultwarden {
    origin: String,
    state: Arc<Mutex<State>>,
}

/// Plays against a server of its own. Whatever the portal sent, none of it may have had a form that Vaultwarden does not take.
pub(crate) fn play<F: Future<Output = ()>>(scene: impl FnOnce(Vaultwarden) -> F) {
    let local = runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let state = Arc::new(Mutex::new(State::new()));
    let shared = state.clone();
    LocalSet::new().block_on(&local, async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(move |request| answer(shared.clone(), request));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let server = Vaultwarden { origin, state: state.clone() };
        tokio::time::timeout(Duration::from_secs(60), scene(server)).await.unwrap();
    });
    let state = state.lock().unwrap();
    assert!(state.not_taken.is_empty(), "Vaultwarden does not take {:#?}", state.not_taken);
}

async fn answer(state: Arc<Mutex<State>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = body::to_bytes(body, 1 << 20).await.unwrap();
    let header =
        |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let asked = Asked {
        method: parts.method.to_string(),
        path: parts.uri.to_string(),
        accept: header("accept"),
        bearer: header("authorization").and_then(|text| text.strip_prefix("Bearer ").map(str::to_owned)),
        body: String::from_utf8(body.to_vec()).unwrap(),
    };
    let answer = state.lock().unwrap().answer(asked);
    let response = Response::builder().status(answer.status).header("content-type", answer.kind);
    response.body(answer.body.into()).unwrap()
}

impl Vaultwarden {
    /// Changes how the server stands.
    pub(crate) fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
    }

    /// Looks at how the server stands.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap())
    }

    /// Everything it was asked since it was last forgotten, as method and path.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.look(|state| state.asked.iter().map(Asked::call).collect())
    }

    /// How often this was asked.
    pub(crate) fn count(&self, call: &str) -> usize {
        self.calls().iter().filter(|known| *known == call).count()
    }

    /// The bodies of such calls, oldest first.
    pub(crate) fn bodies(&self, call: &str) -> Vec<Value> {
        self.look(|state| {
            let asked = state.asked.iter().filter(|asked| asked.call() == call);
            asked.map(|asked| serde_json::from_str(&asked.body).unwrap()).collect()
        })
    }

    /// The path of something in the organization, behind a method.
    pub(crate) fn at(&self, method: &str, rest: &str) -> String {
        format!("{method} /api/organizations/{ORGANIZATION}{rest}")
    }

    /// Forgets what was asked.
    pub(crate) fn forget(&self) {
        self.set(|state| state.asked.clear());
    }

    /// Somebody at the sign-in page, at noon of the day of the recordings.
    pub(crate) fn person(&self) -> Person {
        let line = Line::default();
        let now = i64::try_from(UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
        line.ahead.set(DAY + 12 * 3_600_000 - now);
        line.hasty.set(true);
        Person::new(&self.origin, EMAIL, line)
    }

    /// Somebody of this role who is signed in; what that took is forgotten.
    pub(crate) async fn signed_in(&self, role: Role) -> Person {
        self.set(|state| {
            state.role = role;
            state.members[0]["type"] = role.number().into();
        });
        let person = self.person();
        person.sign_in().await;
        self.forget();
        person
    }
}

/// The one organization, as somebody who is a member of it opens it.
pub(crate) fn within() -> Within {
    Within { provider: None, organization: ORGANIZATION.parse().unwrap() }
}
