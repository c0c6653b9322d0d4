//! Keys, opened as the core opens them, which gives them to nobody.

mod own;

use std::{ops::ControlFlow, rc::Rc};

use portal_bridge::{OrganizationId, ProviderId, UserId};
use portal_core::platform::{BodySink, Content, Head, Method, Platform, Request};
use portal_keys::{EncString, Kdf, PrivateKey, PublicKey, SymmetricKey, normalise_salt, unwrap_user_key};
use portal_wire::{
    identity::{PreloginRequest, PreloginResponse, TokenSuccess},
    profile::{Profile, UserKey},
    vault::CollectedEvent,
};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::{
    Failure, Stage,
    cast::{Colleague, Device, PASSWORD},
    stage::{Derived, World},
};

/// Somebody signed in without a core, their private key in hand.
pub(crate) struct Door<'a> {
    caller: Caller<'a>,
    private_key: PrivateKey,
}

impl<'a> Door<'a> {
    /// Signs one of the staff in, at their own device.
    pub(crate) async fn open(stage: &'a Stage, colleague: &Colleague) -> Result<Self, Failure> {
        Self::open_from(stage, colleague, colleague.device).await
    }

    /// Signs one of the staff in, from elsewhere.
    pub(crate) async fn open_from(
        stage: &'a Stage,
        colleague: &Colleague,
        device: Device,
    ) -> Result<Self, Failure> {
        Self::open_as(stage, colleague.email, device, Rc::default()).await
    }

    /// Signs somebody in, sharing with others what was derived from passwords.
    pub(crate) async fn open_as(
        stage: &'a Stage,
        email: &str,
        device: Device,
        derived: Rc<Derived>,
    ) -> Result<Self, Failure> {
        let caller = Caller::new(stage, device, derived);
        let body = serde_json::to_vec(&PreloginRequest { email: email.to_owned() }).map_err(unreadable)?;
        let content = Content::Json(Zeroizing::new(body));
        let prelogin: PreloginResponse =
            caller.read(Method::Post, "/identity/accounts/prelogin", content).await?;
        let settings = prelogin.settings();
        let kdf = Kdf::Argon2id {
            iterations: settings.iterations,
            memory_mib: settings.memory.unwrap_or_default(),
            parallelism: settings.parallelism.unwrap_or_default(),
        };
        let salt = prelogin.salt.unwrap_or_else(|| normalise_salt(email));
        let password = Zeroizing::new(PASSWORD.as_bytes().to_vec());
        let master = caller.world.derive(password, salt, kdf).await?;
        let hash = Zeroizing::new(master.login_hash(PASSWORD.as_bytes()));
        let device_type = device.number.to_string();
        let form = [
            ("grant_type", "password"),
            ("client_id", "web"),
            ("scope", "api"),
            ("username", email),
            ("password", &hash),
            ("deviceType", &device_type),
            ("deviceIdentifier", "demo"),
            ("deviceName", device.name),
        ];
        let form = Zeroizing::new(form.map(|(name, value)| format!("{name}={}", escaped(value))).join("&"));
        let granted: TokenSuccess =
            caller.read(Method::Post, "/identity/connect/token", Content::Form(form)).await?;
        let user_key = unwrap_user_key(&master, &enc_string(granted.key)?)?;
        let private_key = PrivateKey::unwrap(&enc_string(granted.private_key)?, &user_key).await?;
        Ok(Self { caller: Caller { token: Some(granted.access_token), ..caller }, private_key })
    }

    /// The key of a client, with its id.
    pub(crate) async fn client_key(&self, name: &str) -> Result<(OrganizationId, SymmetricKey), Failure> {
        let profile: Profile = self.caller.read(Method::Get, "/api/accounts/profile", Content::None).await?;
        let found = profile.provider_organizations.into_iter().find(|client| client.name == name);
        let client = found.ok_or_else(|| Failure::missing(format!("the client {name}")))?;
        let provider =
            client.provider_id.ok_or_else(|| Failure::missing(format!("the provider of {name}")))?;
        let key = self.provider_key(provider).await?.unwrap_key(&enc_string(client.key)?)?;
        Ok((client.id, key))
    }

    /// The provider they work for.
    pub(crate) async fn provider(&self) -> Result<ProviderId, Failure> {
        let profile: Profile = self.caller.read(Method::Get, "/api/accounts/profile", Content::None).await?;
        profile.providers.first().map(|staffing| staffing.id).ok_or_else(|| Failure::missing("the provider"))
    }

    /// The key of a provider.
    pub(crate) async fn provider_key(&self, provider: ProviderId) -> Result<SymmetricKey, Failure> {
        let profile: Profile = self.caller.read(Method::Get, "/api/accounts/profile", Content::None).await?;
        let staffing = profile.providers.into_iter().find(|staffing| staffing.id == provider);
        let wrapped = enc_string(staffing.and_then(|staffing| staffing.key))?;
        Ok(self.private_key.decapsulate(&wrapped).await?)
    }

    /// Tells the log what only a client knows of: what was done with its items and vaults.
    pub(crate) async fn tell(&self, event: &CollectedEvent) -> Result<(), Failure> {
        let body = Zeroizing::new(serde_json::to_vec(&[event]).map_err(unreadable)?);
        self.caller.send(Method::Post, "/events/collect", Content::Json(body)).await.map(drop)
    }

    /// Somebody's public key.
    pub(crate) async fn public_key(&self, user: UserId) -> Result<PublicKey, Failure> {
        let path = format!("/api/users/{user}/public-key");
        let answer: UserKey = self.caller.read(Method::Get, &path, Content::None).await?;
        Ok(PublicKey::from_base64(&answer.public_key.ok_or_else(|| Failure::missing("a public key"))?)?)
    }
}

fn enc_string(text: Option<String>) -> Result<EncString, Failure> {
    Ok(text.ok_or_else(|| Failure::missing("a key"))?.parse()?)
}

/// Somebody who speaks to the server without a core.
struct Caller<'a> {
    stage: &'a Stage,
    world: World,
    token: Option<String>,
}

impl<'a> Caller<'a> {
    fn new(stage: &'a Stage, device: Device, derived: Rc<Derived>) -> Self {
        let world = World::new(stage.time().clone(), device.address, derived);
        Self { stage, world, token: None }
    }

    async fn read<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        content: Content,
    ) -> Result<T, Failure> {
        serde_json::from_slice(&self.send(method, path, content).await?).map_err(unreadable)
    }

    /// Gives the body of the answer.
    async fn send(
        &self,
        method: Method,
        path: &str,
        content: Content,
    ) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let mut headers = vec![("Bitwarden-Client-Version", "2026.8.0".to_owned())];
        headers.extend(self.token.as_ref().map(|token| ("Authorization", format!("Bearer {token}"))));
        let request = Request { method, url: format!("{}{path}", self.stage.origin()), headers, content };
        let mut answer = Answer::default();
        let sent = self.world.send(&request, &mut answer).await;
        if sent.is_err() || answer.status != 200 {
            return Err(Failure::missing(format!("an answer to {path} (status {})", answer.status)));
        }
        Ok(answer.body)
    }
}

#[derive(Default)]
struct Answer {
    status: u16,
    body: Zeroizing<Vec<u8>>,
}

impl BodySink for Answer {
    fn head(&mut self, head: Head) {
        self.status = head.status;
    }

    fn piece(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        self.body.extend_from_slice(bytes);
        ControlFlow::Continue(())
    }
}

fn unreadable(error: serde_json::Error) -> Failure {
    Failure::missing(format!("an answer that can be read ({error})"))
}

/// A value as it stands in a form.
fn escaped(value: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    value.bytes().map(escape).collect()
}
