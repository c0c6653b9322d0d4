//! The person behind a request.

use std::net::IpAddr;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use portal_wire::{DeviceType, ProviderId, ProviderUserType, UserId};

use super::{Claims, secrets::Secrets, tokens::Purpose};
use crate::{
    app::Context,
    clock::Clock,
    http::{ApiError, Peer},
    settings::ProviderItemAccess,
};

/// A signed-in person, and where the request comes from. Proof that the request carried a good access token.
#[derive(Clone, Debug)]
pub struct Caller {
    user_id: UserId,
    claims: Box<Claims>,
    device_type: Option<DeviceType>,
    ip: IpAddr,
    /// Whether this server lets a provider's staff change and export items; see `ClientSituation`.
    pub(super) staff_reach_items: bool,
}

impl Caller {
    /// The account.
    pub fn user_id(&self) -> UserId {
        self.user_id
    }

    /// The address the token was made for.
    pub fn email(&self) -> &str {
        self.claims.email.as_deref().unwrap_or_default()
    }

    /// The kind of device, for the event log: what the request says, else what the token says.
    pub fn device_type(&self) -> Option<DeviceType> {
        self.device_type
    }

    /// The network address, for the event log and limits.
    pub fn ip(&self) -> IpAddr {
        self.ip
    }

    /// The installation that signed in.
    pub fn device_identifier(&self) -> &str {
        self.claims.device.as_deref().unwrap_or_default()
    }

    /// The role in a provider, as the token has it.
    pub fn provider_role(&self, provider: ProviderId) -> Option<ProviderUserType> {
        self.claims.provider_role(provider)
    }

    /// The person of an access token, if it is good and for the private API.
    fn from_token(context: &Context, headers: &HeaderMap, ip: IpAddr) -> Option<Self> {
        let claims = good_claims(&context.secrets, &context.clock, headers)?;
        if !claims.may("api") {
            return None;
        }
        let user_id = claims.sub.parse().ok()?;
        let claimed = claims.devicetype.as_deref().and_then(device_type_named);
        let said =
            headers.get("device-type").and_then(|value| value.to_str().ok()).and_then(read_device_type);
        let staff_reach_items = context.settings.provider_item_access == ProviderItemAccess::Allow;
        Some(Self { user_id, claims: Box::new(claims), device_type: said.or(claimed), ip, staff_reach_items })
    }
}

/// The claims of the bearer token, if it was signed here and is still good.
pub(super) fn good_claims(secrets: &Secrets, clock: &Clock, headers: &HeaderMap) -> Option<Claims> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    secrets.verify::<Claims>(Purpose::Access, token.trim()).filter(|claims| claims.is_good_at(clock.now()))
}

/// A device type given by its number or its name.
pub fn read_device_type(text: &str) -> Option<DeviceType> {
    match text.trim().parse() {
        Ok(number) => Some(DeviceType::from_number(number)),
        Err(_) => device_type_named(text.trim()),
    }
}

fn device_type_named(name: &str) -> Option<DeviceType> {
    DeviceType::ALL
        .iter()
        .copied()
        .find(|kind| kind.name().is_some_and(|known| known.eq_ignore_ascii_case(name)))
}

impl<S> FromRequestParts<S> for Caller
where
    S: Send + Sync,
    Context: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Ok(peer) = Peer::from_request_parts(parts, state).await;
        let context = Context::from_ref(state);
        Self::from_token(&context, &parts.headers, peer.ip).ok_or(ApiError::Unauthenticated)
    }
}
