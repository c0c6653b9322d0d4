use std::rc::Rc;

use portal_bridge::{
    ConfirmMember, GetMemberFingerprint, OrganizationId, OrganizationUserId, Problem, ProblemKind, ProviderId,
};
use portal_keys::{EncString, PrivateKey, PublicKey, SymmetricKey, fingerprint};
use portal_wire::{
    List, OrganizationUserStatus, UserId,
    organization::{ConfirmMemberRequest, MemberIdsRequest, MemberPublicKey, OrganizationPublicKey},
};
use serde::Deserialize;

use super::super::Handle;
use crate::{Core, api::Call, few::Few, session::key_problem, stores::staff::PersonKey};

impl Handle for GetMemberFingerprint {
    async fn handle(self, core: &Rc<Core>) -> Result<String, Problem> {
        core.clients(self.provider)
            .await?
            .table()
            .find_organization(self.organization)
            .ok_or(ProblemKind::NotFound)?;
        let (user, key) = core.member_key(self.organization, self.member).await?;
        Ok(fingerprint(&user.to_string(), &key, &*core.words().await?))
    }
}

impl Handle for ConfirmMember {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let Self { provider, organization, member, phrase } = self;
        let organization_key = core.organization_key(provider, organization).await?;
        core.check_organization_key(organization, &organization_key).await?;
        let (user, key) = core.member_key(organization, member).await?;
        // The key that is used now must be the one whose phrase was compared.
        if fingerprint(&user.to_string(), &key, &*core.words().await?) != phrase.trim() {
            return Err(Problem::with(ProblemKind::Refused, KEY_CHANGED));
        }
        let wrapped = key.encapsulate(&organization_key).await.map_err(|error| key_problem(&error))?;
        let body = ConfirmMemberRequest { key: wrapped.to_string(), default_user_collection_name: None };
        let call =
            Call::post(format!("/api/organizations/{organization}/users/{member}/confirm")).json(&body);
        match core.api.done(&call).await {
            Err(problem) if problem.kind == ProblemKind::Uncertain => {
                let members = core.members(organization).await.map_err(|_| problem.clone())?;
                let status = members.iter().find(|row| row.id == member).map(|row| row.status);
                if status != Some(OrganizationUserStatus::Confirmed) {
                    return Err(problem);
                }
            }
            other => other?,
        }
        core.tell_clients(provider);
        core.clients_changed(provider).await
    }
}

/// What is said when a person's key is another than the one whose phrase was compared.
pub(crate) const KEY_CHANGED: &str =
    "The person's key has changed since the phrase was compared. Compare again.";

impl Core {
    /// The key of a client's organization, opened with the provider's.
    pub(crate) async fn organization_key(
        self: &Rc<Self>,
        provider: ProviderId,
        organization: OrganizationId,
    ) -> Result<SymmetricKey, Problem> {
        let table = self.clients(provider).await?.table();
        let row = table.find_organization(organization).ok_or(ProblemKind::NotFound)?;
        let wrapped = table.key(row).ok_or(ProblemKind::CannotDecrypt)?;
        let provider_key = self.open()?.provider_key(provider).await?;
        provider_key.unwrap_key(&wrapped).map_err(|error| key_problem(&error))
    }

    /// Makes sure, where the server lets one, that a key is this organization's: nothing binds the two together, so a
    /// hostile server could have swapped the keys of two clients.
    pub(crate) async fn check_organization_key(
        &self,
        organization: OrganizationId,
        key: &SymmetricKey,
    ) -> Result<(), Problem> {
        let private =
            self.api.json(&Call::get(format!("/api/organizations/{organization}/private-key"))).await;
        let private: OrganizationPrivateKey = match private {
            // Not every server hands it out.
            Err(problem) if matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NotAllowed) => {
                return Ok(());
            }
            other => other?,
        };
        let Some(private) = private.private_key else { return Ok(()) };
        let public = Call::get(format!("/api/organizations/{organization}/public-key"));
        let public: OrganizationPublicKey = self.api.json(&public).await?;
        let wrapped: EncString = private.parse().map_err(|error| key_problem(&error))?;
        let private = PrivateKey::unwrap(&wrapped, key).await.map_err(|error| key_problem(&error))?;
        let Some(public) = public.public_key else { return Ok(()) };
        let public = PublicKey::from_base64(&public).map_err(|error| key_problem(&error))?;
        match private.matches(&public).await.map_err(|error| key_problem(&error))? {
            true => Ok(()),
            false => Err(ProblemKind::CannotDecrypt.into()),
        }
    }

    /// The public keys of those members who accepted, with their phrases; the others are missing.
    pub(crate) async fn member_keys(
        &self,
        organization: OrganizationId,
        members: &[OrganizationUserId],
    ) -> Result<Few<OrganizationUserId, PersonKey>, Problem> {
        let body = MemberIdsRequest { ids: members.to_vec() };
        let call = Call::post(format!("/api/organizations/{organization}/users/public-keys"))
            .repeatable()
            .json(&body);
        let answer: List<MemberPublicKey> = self.api.json(&call).await?;
        let words = self.words().await?;
        let mut keys = Few::default();
        for row in answer.data.into_iter().filter(|row| members.contains(&row.id)) {
            let Some(text) = row.key else { continue };
            keys.insert(row.id, PersonKey::new(row.user_id, &text, &words)?);
        }
        Ok(keys)
    }

    async fn member_key(
        &self,
        organization: OrganizationId,
        member: OrganizationUserId,
    ) -> Result<(UserId, PublicKey), Problem> {
        let mut keys = self.member_keys(organization, &[member]).await?;
        let found = keys.take(&member).ok_or(ProblemKind::NotFound)?;
        Ok((found.user, found.key))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrganizationPrivateKey {
    private_key: Option<String>,
}
