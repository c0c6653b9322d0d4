//! Proofs of a role in a provider. The role is the token's, as the contract says: a change is seen at the next refresh.

use axum::{
    extract::{FromRef, FromRequestParts, RawPathParams},
    http::request::Parts,
};
use portal_domain::access::{Action, ClientSituation, Grant, Subject, grant};
use portal_wire::{ProviderId, ProviderUserType};

use super::Caller;
use crate::{
    app::Context,
    http::ApiError,
    store::{Db, StoreError, providers},
};

/// Proof that the caller is a Provider Admin of this provider.
///
/// As an extractor it reads `{providerId}` from the path and refuses with an empty 403. Where a route refuses in another
/// way, take [`Caller`] and ask [`ProviderAdmin::of`].
#[derive(Clone, Debug)]
pub struct ProviderAdmin {
    provider_id: ProviderId,
    caller: Caller,
}

/// Proof that the caller is of the staff of this provider, in whichever role. Extracted like [`ProviderAdmin`].
#[derive(Clone, Debug)]
pub struct ProviderMember {
    provider_id: ProviderId,
    role: ProviderUserType,
    caller: Caller,
}

impl ProviderAdmin {
    /// The proof, if the caller is one.
    pub fn of(caller: &Caller, provider_id: ProviderId) -> Option<Self> {
        let is_admin = caller.provider_role(provider_id) == Some(ProviderUserType::ProviderAdmin);
        is_admin.then(|| Self { provider_id, caller: caller.clone() })
    }

    /// The proof, if the role table gives the caller this action; else the refusal it has for it. For actions that
    /// only admins have.
    pub fn permitted(caller: &Caller, provider_id: ProviderId, action: Action) -> Result<Self, ApiError> {
        ProviderMember::permitted(caller, provider_id, action)?
            .as_admin()
            .ok_or_else(|| ApiError::role(action))
    }

    /// The proof from the database instead of the token, for somebody whose role is newer than the token.
    pub async fn confirmed(
        db: &mut Db,
        caller: &Caller,
        provider_id: ProviderId,
    ) -> Result<Option<Self>, StoreError> {
        let roles = providers::roles(db, caller.user_id()).await?;
        let is_admin = roles.contains(&(provider_id, ProviderUserType::ProviderAdmin));
        Ok(is_admin.then(|| Self { provider_id, caller: caller.clone() }))
    }

    /// The provider.
    pub fn provider_id(&self) -> ProviderId {
        self.provider_id
    }

    /// The person.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// An admin is of the staff.
    pub fn as_member(&self) -> ProviderMember {
        ProviderMember {
            provider_id: self.provider_id,
            role: ProviderUserType::ProviderAdmin,
            caller: self.caller.clone(),
        }
    }
}

impl ProviderMember {
    /// The proof, if the caller is one.
    pub fn of(caller: &Caller, provider_id: ProviderId) -> Option<Self> {
        let role = caller.provider_role(provider_id)?;
        Some(Self { provider_id, role, caller: caller.clone() })
    }

    /// The proof, if the role table gives the caller this action; else the refusal it has for it.
    pub fn permitted(caller: &Caller, provider_id: ProviderId, action: Action) -> Result<Self, ApiError> {
        Self::of(caller, provider_id)
            .filter(|member| {
                grant(action, Subject::staff(member.role), &ClientSituation::default()) == Grant::Full
            })
            .ok_or_else(|| ApiError::role(action))
    }

    /// The provider.
    pub fn provider_id(&self) -> ProviderId {
        self.provider_id
    }

    /// The role.
    pub fn role(&self) -> ProviderUserType {
        self.role
    }

    /// The proof of being an admin, if the role is that.
    pub fn as_admin(&self) -> Option<ProviderAdmin> {
        ProviderAdmin::of(&self.caller, self.provider_id)
    }

    /// The person.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }
}

async fn provider_of_path<S>(parts: &mut Parts, state: &S) -> Result<ProviderId, ApiError>
where
    S: Send + Sync,
{
    let path = RawPathParams::from_request_parts(parts, state).await.map_err(|_| ApiError::NotFound)?;
    let id = path.iter().find(|(name, _)| *name == "providerId").map(|(_, id)| id);
    id.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)
}

impl<S> FromRequestParts<S> for ProviderAdmin
where
    S: Send + Sync,
    Context: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let caller = Caller::from_request_parts(parts, state).await?;
        Self::of(&caller, provider_of_path(parts, state).await?).ok_or(ApiError::Forbidden)
    }
}

impl<S> FromRequestParts<S> for ProviderMember
where
    S: Send + Sync,
    Context: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let caller = Caller::from_request_parts(parts, state).await?;
        Self::of(&caller, provider_of_path(parts, state).await?).ok_or(ApiError::Forbidden)
    }
}
