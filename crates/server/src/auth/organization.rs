//! Proofs of what somebody may do in an organization. These are read from the database at every request, so that newly
//! linked clients work at once.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};
use portal_domain::access::{Action, ClientSituation, Grant, Subject, grant_to_any};
use portal_wire::{
    OrganizationId, OrganizationUserId, OrganizationUserType, ProviderId, ProviderUserType,
    profile::Permissions,
};

use super::{Caller, caller::good_claims};
use crate::{
    app::Context,
    http::ApiError,
    store::{Db, StoreError, organizations},
};

/// Proof that the caller stands in some relation to this organization: a confirmed member, or of the confirmed staff of
/// the provider that manages it, or both. What the relation allows is for `portal_domain::access` to say.
#[derive(Clone, Debug)]
pub struct OrganizationAccess {
    organization_id: OrganizationId,
    member: Option<Membership>,
    provider: Option<Management>,
    situation: ClientSituation,
    caller: Caller,
}

/// How somebody stands to an organization, and what of the organization the role table looks at.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The confirmed membership.
    pub member: Option<Membership>,
    /// The place in the managing provider.
    pub provider: Option<Management>,
    /// The organization's state.
    pub situation: ClientSituation,
}

/// A confirmed membership.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// The membership's id.
    pub id: OrganizationUserId,
    /// The role.
    pub role: OrganizationUserType,
    /// What a custom role may.
    pub permissions: Permissions,
}

/// Confirmed staff of the provider that manages the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Management {
    /// The provider.
    pub provider_id: ProviderId,
    /// The role there.
    pub role: ProviderUserType,
}

impl OrganizationAccess {
    /// The proof, if there is any relation.
    pub async fn of(
        db: &mut Db,
        caller: &Caller,
        organization_id: OrganizationId,
    ) -> Result<Option<Self>, StoreError> {
        let Some(Standing { member, provider, mut situation }) =
            organizations::standing(db, organization_id, caller.user_id()).await?
        else {
            return Ok(None);
        };
        situation.staff_reach_items = caller.staff_reach_items;
        let related = member.is_some() || provider.is_some();
        Ok(related.then(|| Self { organization_id, member, provider, situation, caller: caller.clone() }))
    }

    /// The proof, if the role table gives the caller the whole of this action; else the refusal it has for it.
    pub async fn permitted(
        db: &mut Db,
        caller: &Caller,
        organization_id: OrganizationId,
        action: Action,
    ) -> Result<Self, ApiError> {
        let access = Self::of(db, caller, organization_id).await?;
        access.filter(|access| access.grant(action) == Grant::Full).ok_or_else(|| ApiError::role(action))
    }

    /// The proof, if the role table gives the caller at least a part of this action, and how much of it.
    pub async fn permitted_in_part(
        db: &mut Db,
        caller: &Caller,
        organization_id: OrganizationId,
        action: Action,
    ) -> Result<(Self, Grant), ApiError> {
        let access = Self::of(db, caller, organization_id).await?.ok_or_else(|| ApiError::role(action))?;
        match access.grant(action) {
            granted @ (Grant::InPart | Grant::Full) => Ok((access, granted)),
            Grant::None | Grant::ManagedByProvider => Err(ApiError::role(action)),
        }
    }

    /// What the role table gives the caller of an action.
    pub fn grant(&self, action: Action) -> Grant {
        grant_to_any(action, self.subjects(), &self.situation)
    }

    /// In which capacities the caller acts.
    pub fn subjects(&self) -> Vec<Subject> {
        let member = self.member.as_ref().map(|member| Subject::member(member.role, member.permissions));
        let staff = self.provider.map(|provider| Subject::staff(provider.role));
        staff.into_iter().chain(member).collect()
    }

    /// What of the organization the role table looks at.
    pub fn situation(&self) -> &ClientSituation {
        &self.situation
    }

    /// The organization.
    pub fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }

    /// The caller's own confirmed membership.
    pub fn member(&self) -> Option<&Membership> {
        self.member.as_ref()
    }

    /// The caller's place in the managing provider.
    pub fn provider(&self) -> Option<Management> {
        self.provider
    }

    /// The person.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The provider whose log also gets what the caller does here: of staff that are not members.
    pub fn provider_for_events(&self) -> Option<ProviderId> {
        self.provider.filter(|_| self.member.is_none()).map(|provider| provider.provider_id)
    }
}

/// Proof that the request carries a token made from an organization's API key.
#[derive(Clone, Debug)]
pub struct OrganizationKey {
    organization_id: OrganizationId,
}

impl OrganizationKey {
    /// The organization.
    pub fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }
}

impl<S> FromRequestParts<S> for OrganizationKey
where
    S: Send + Sync,
    Context: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let context = Context::from_ref(state);
        good_claims(&context.secrets, &context.clock, &parts.headers)
            .filter(|claims| claims.may("api.organization"))
            .and_then(|claims| claims.sub.parse().ok())
            .map(|organization_id| Self { organization_id })
            .ok_or(ApiError::Unauthenticated)
    }
}
