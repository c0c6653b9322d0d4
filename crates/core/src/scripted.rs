//! A small server for tests: one account, one provider, its clients. It answers like the real one, remembers what it was
//! asked, and does as told when something is to go wrong.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use futures::executor::block_on;
use portal_bridge::{Hello, OrganizationId, Problem, ProviderId, SessionView, SignIn};
use portal_keys::{EncString, Kdf, MasterKey, PrivateKey, PublicKey, SymmetricKey};
use serde_json::{Value, json};

use crate::{
    platform::{Method, Request, TransportError},
    simulated::{Answer, World},
};

pub(crate) const EMAIL: &str = "ada@msp.example";
pub(crate) const PASSWORD: &str = "correct horse battery staple";
pub(crate) const USER: &str = "11111111-1111-4111-8111-111111111111";
pub(crate) const PROVIDER: &str = "22222222-2222-4222-8222-222222222222";
pub(crate) const ORIGIN: &str = "https://portal.example";

/// What goes wrong with one call.
#[derive(Clone, Debug)]
pub(crate) enum Mishap {
    /// This is answered instead.
    Instead(u16, String),
    /// The call does not arrive, and nobody can tell.
    CallLost,
    /// The call is carried out, its answer is lost.
    AnswerLost,
    /// The call is carried out, and this is answered.
    After(u16, String),
}

/// Says of a call, at a time, whether it is refused as one too many.
pub(crate) type Limits = Box<dyn FnMut(&str, i64) -> bool>;

/// The server's side.
pub(crate) struct Scripted {
    pub(crate) provider_key: SymmetricKey,
    pub(crate) private_key: PrivateKey,
    public_key: PublicKey,
    hash: String,
    wrapped_user_key: String,
    wrapped_private_key: String,
    wrapped_provider_key: String,
    pub(crate) iterations: u32,
    /// The code of the second step, where one is asked for.
    pub(crate) code: Option<String>,
    /// Second factors the account has.
    pub(crate) factors: Vec<&'static str>,
    pub(crate) provider_role: i32,
    pub(crate) provider_enabled: bool,
    pub(crate) refresh_works: bool,
    /// Of tokens handed out, the number of the one that counts.
    pub(crate) token: u32,
    pub(crate) clients: Vec<Value>,
    /// The rows of the profile's `organizations`.
    pub(crate) organizations: Vec<Value>,
    /// Answers by method and path, beyond what this server knows.
    pub(crate) pages: BTreeMap<String, Value>,
    /// Whether a call at this time is one too many.
    pub(crate) limits: Option<Limits>,
    pub(crate) mishaps: BTreeMap<String, VecDeque<Mishap>>,
    /// Every call, as method and path, with its body.
    pub(crate) calls: Vec<(String, String)>,
}

impl Scripted {
    pub(crate) fn new() -> Rc<RefCell<Self>> {
        let kdf = Kdf::Pbkdf2 { iterations: 5_000 };
        let master = block_on(MasterKey::derive(PASSWORD.as_bytes(), EMAIL, &kdf)).unwrap();
        let user_key = SymmetricKey::generate().unwrap();
        let pair = block_on(PrivateKey::generate_wrapped(&user_key)).unwrap();
        let provider_key = SymmetricKey::generate().unwrap();
        Rc::new(RefCell::new(Self {
            hash: master.login_hash(PASSWORD.as_bytes()),
            wrapped_user_key: master.stretch().wrap(&user_key).unwrap().to_string(),
            wrapped_private_key: pair.wrapped_private.to_string(),
            wrapped_provider_key: block_on(pair.public.encapsulate(&provider_key)).unwrap().to_string(),
            private_key: block_on(PrivateKey::unwrap(&pair.wrapped_private, &user_key)).unwrap(),
            public_key: pair.public,
            provider_key,
            iterations: 5_000,
            code: None,
            factors: vec!["0"],
            provider_role: 0,
            provider_enabled: true,
            refresh_works: true,
            token: 0,
            clients: Vec::new(),
            organizations: Vec::new(),
            pages: BTreeMap::new(),
            limits: None,
            mishaps: BTreeMap::new(),
            calls: Vec::new(),
        }))
    }

    /// The account's public key.
    pub(crate) fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// Something goes wrong with the next such call.
    pub(crate) fn upset(&mut self, call: &str, mishap: Mishap) {
        self.mishaps.entry(call.to_owned()).or_default().push_back(mishap);
    }

    /// How often this was asked.
    pub(crate) fn count(&self, call: &str) -> usize {
        self.calls.iter().filter(|(known, _)| known == call).count()
    }

    /// Everything that was asked, in order.
    pub(crate) fn calls(&self) -> impl Iterator<Item = &str> {
        self.calls.iter().map(|(call, _)| call.as_str())
    }

    /// The body of the last such call.
    pub(crate) fn body(&self, call: &str) -> Value {
        let (_, body) = self.calls.iter().rfind(|(known, _)| known == call).expect("such a call");
        serde_json::from_str(body).unwrap()
    }

    /// Adds a client with a key that opens.
    pub(crate) fn add_client(&mut self, name: &str, seats: i32, used: i32) -> OrganizationId {
        let key = self.provider_key.wrap(&SymmetricKey::generate().unwrap()).unwrap();
        self.push_client(name, seats, used, &key.to_string())
    }

    fn push_client(&mut self, name: &str, seats: i32, used: i32, key: &str) -> OrganizationId {
        let number = self.clients.len() as u128 + 1;
        let id = |kind: u128| uuid::Uuid::from_u128(kind << 96 | number);
        self.clients.push(json!({
            "object": "providerOrganizationOrganizationDetail", "id": id(7), "providerId": PROVIDER, "organizationId": id(8),
            "organizationName": name, "key": key, "settings": null, "creationDate": "2026-01-05T10:00:00Z",
            "revisionDate": "2026-01-05T10:00:00Z", "userCount": 0, "seats": seats, "occupiedSeats": used,
            "remainingSeats": seats - used, "plan": "Enterprise (Monthly)",
        }));
        id(8).into()
    }

    /// The answer to a request at a time.
    pub(crate) fn answer(&mut self, request: &Request, now: i64) -> Answer {
        let path = request.url.strip_prefix(ORIGIN).expect("only the one origin is asked");
        let method = match request.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        };
        let call = format!("{method} {path}");
        let body = request
            .content
            .parts()
            .map(|(_, bytes)| String::from_utf8(bytes.to_vec()).unwrap())
            .unwrap_or_default();
        self.calls.push((call.clone(), body.clone()));
        if self.limits.as_mut().is_some_and(|refuses| refuses(&call, now)) {
            return Ok((429, json!({"message": "Slow down.", "object": "error"}).to_string()));
        }
        let mishap = self.mishaps.get_mut(&call).and_then(VecDeque::pop_front);
        match mishap {
            Some(Mishap::Instead(status, text)) => return Ok((status, text)),
            Some(Mishap::CallLost) => return Err(TransportError::Cut),
            _ => {}
        }
        let answer = self.carry_out(&call, &body, request);
        match mishap {
            Some(Mishap::AnswerLost) => Err(TransportError::Cut),
            Some(Mishap::After(status, text)) => Ok((status, text)),
            _ => Ok(answer),
        }
    }

    fn carry_out(&mut self, call: &str, body: &str, request: &Request) -> (u16, String) {
        let provider = format!("/api/providers/{PROVIDER}");
        match call {
            "GET /api/config" => {
                return (200, self.pages.get(call).map_or_else(|| "{}".into(), Value::to_string));
            }
            "POST /identity/accounts/prelogin/password" => {
                return (200, json!({"kdf": 0, "kdfIterations": self.iterations, "salt": null}).to_string());
            }
            "POST /identity/connect/token" => return self.grant(body),
            "GET /words.txt" => return (200, include_str!("../../keys/words.txt").into()),
            _ => {}
        }
        let bearer = request
            .headers
            .iter()
            .find(|(name, _)| *name == "Authorization")
            .map(|(_, value)| value.as_str());
        if bearer != Some(&format!("Bearer token-{}", self.token)) {
            return (401, String::new());
        }
        if let Some(page) = self.pages.get(call) {
            return (200, page.to_string());
        }
        if call == "GET /api/accounts/profile" {
            return (200, self.profile().to_string());
        }
        if call == format!("GET /api/users/{USER}/public-key") {
            return (
                200,
                json!({"object": "userKey", "userId": USER, "publicKey": self.public_key.to_base64()})
                    .to_string(),
            );
        }
        if call == format!("GET {provider}/organizations") {
            return (
                200,
                json!({"object": "list", "data": self.clients, "continuationToken": null}).to_string(),
            );
        }
        if call == format!("POST {provider}/clients") {
            let body: Value = serde_json::from_str(body).unwrap();
            let seats = body["seats"].as_i64().unwrap() as i32;
            self.push_client(body["name"].as_str().unwrap(), seats, 1, body["key"].as_str().unwrap());
            return (200, String::new());
        }
        (404, json!({"object": "error", "message": "Resource not found."}).to_string())
    }

    fn grant(&mut self, body: &str) -> (u16, String) {
        let refused = (
            400,
            json!({"error": "invalid_grant", "error_description": "invalid_username_or_password"})
                .to_string(),
        );
        if body.contains("grant_type=refresh_token") {
            if !self.refresh_works || !body.contains("refresh_token=refresh-1") {
                return (400, json!({"error": "invalid_grant"}).to_string());
            }
            self.token += 1;
            return (
                200,
                json!({"access_token": format!("token-{}", self.token), "expires_in": 3600}).to_string(),
            );
        }
        let mut hash = String::new();
        crate::api::encode(&self.hash, &mut hash);
        if !body.contains(&format!("password={hash}")) {
            return refused;
        }
        let remembered = body.contains("twoFactorToken=trusted-device&twoFactorProvider=5");
        if let Some(code) = self.code.as_ref().filter(|_| !remembered) {
            if !body.contains("twoFactorToken=") || body.contains("twoFactorProvider=5") {
                let factors = &self.factors;
                return (
                    400,
                    json!({"error": "invalid_grant", "error_description": "Two factor required.", "TwoFactorProviders": factors})
                        .to_string(),
                );
            }
            if !body.contains(&format!("twoFactorToken={code}&")) {
                return refused;
            }
        }
        self.token += 1;
        let trusted = body.contains("twoFactorRemember=1").then_some("trusted-device");
        (
            200,
            json!({
                "access_token": format!("token-{}", self.token), "refresh_token": "refresh-1", "expires_in": 3600,
                "token_type": "Bearer", "Key": self.wrapped_user_key, "PrivateKey": self.wrapped_private_key,
                "Kdf": 0, "KdfIterations": 5000, "TwoFactorToken": trusted,
            })
            .to_string(),
        )
    }

    fn profile(&self) -> Value {
        json!({
            "object": "profile", "id": USER, "name": "Ada", "email": EMAIL, "twoFactorEnabled": self.code.is_some(),
            "organizations": self.organizations, "providers": [{
                "object": "profileProvider", "id": PROVIDER, "name": "Northwind IT", "key": self.wrapped_provider_key,
                "status": 2, "type": self.provider_role, "enabled": self.provider_enabled, "useEvents": true, "providerStatus": 2,
                "providerType": 0,
            }],
            "providerOrganizations": self.clients.iter().map(|client| json!({
                "id": client["organizationId"], "providerId": PROVIDER, "enabled": client["organizationName"] != "Switched off",
                "useEvents": client["organizationName"] != "Without events",
            })).collect::<Vec<_>>(),
        })
    }
}

/// A world with this server, in which a tab has said hello.
pub(crate) fn world(server: &Rc<RefCell<Scripted>>) -> World {
    let server = server.clone();
    let world = World::new(move |request, now| server.borrow_mut().answer(request, now));
    world.core.introduce(&hello());
    world
}

/// What a tab says first.
pub(crate) fn hello() -> Hello {
    Hello {
        device_identifier: "33333333-3333-4333-8333-333333333333".into(),
        device_name: "firefox".into(),
        device_type: 10,
        origin: ORIGIN.into(),
        idle_minutes: None,
    }
}

/// A world with this server, signed in.
pub(crate) fn signed_in(server: &Rc<RefCell<Scripted>>) -> World {
    let mut world = world(server);
    let session = sign_in(&mut world, PASSWORD).expect("the sign-in works");
    assert!(matches!(session, SessionView::Open(_)));
    server.borrow_mut().calls.clear();
    world
}

pub(crate) fn sign_in(world: &mut World, password: &str) -> Result<SessionView, Problem> {
    world.ask(SignIn { email: EMAIL.into(), password: password.into() })
}

pub(crate) fn provider() -> ProviderId {
    PROVIDER.parse().unwrap()
}

/// The key a call carried, opened with the provider's.
pub(crate) fn open_key(server: &Scripted, text: &Value) -> SymmetricKey {
    let wrapped: EncString = text.as_str().unwrap().parse().unwrap();
    server.provider_key.unwrap_key(&wrapped).unwrap()
}
