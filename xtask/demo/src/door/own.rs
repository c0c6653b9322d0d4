//! Organizations of one's own, which no core makes.

use portal_bridge::OrganizationId;
use portal_core::platform::{Content, Method};
use portal_keys::{PrivateKey, SymmetricKey};
use portal_wire::{
    List, PlanType,
    organization::{CreateOrganizationRequest, KeyPair, Organization},
    profile::Profile,
};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Door, unreadable};
use crate::{Failure, link::Link};

/// An invitation as the portal's own server shows it to whoever may pass it on.
#[derive(Deserialize)]
struct OpenInvitation {
    email: String,
    link: String,
}

impl Door<'_> {
    /// Makes an organization of their own with one collection, as Bitwarden's web vault does: a key for it, which they get
    /// under their public key, and a key pair under that.
    pub(crate) async fn create_organization(
        &self,
        name: &str,
        billing_email: &str,
        collection: &str,
    ) -> Result<OrganizationId, Failure> {
        let profile: Profile = self.caller.read(Method::Get, "/api/accounts/profile", Content::None).await?;
        let own = self.public_key(profile.id).await?;
        let key = SymmetricKey::generate()?;
        let pair = PrivateKey::generate_wrapped(&key).await?;
        let request = CreateOrganizationRequest {
            name: name.to_owned(),
            billing_email: billing_email.to_owned(),
            plan_type: PlanType::Free,
            key: own.encapsulate_for_self(&key, &self.private_key).await?.to_string(),
            keys: Some(KeyPair {
                public_key: pair.public.to_base64(),
                encrypted_private_key: pair.wrapped_private.to_string(),
            }),
            collection_name: key.encrypt_text(collection)?.to_string(),
        };
        let body = Zeroizing::new(serde_json::to_vec(&request).map_err(unreadable)?);
        let content = Content::Json(body);
        let made: Organization = self.caller.read(Method::Post, "/api/organizations", content).await?;
        Ok(made.id)
    }

    /// The links of the open invitations to an organization, by address.
    pub(crate) async fn invitations(
        &self,
        organization: OrganizationId,
    ) -> Result<Vec<(String, Link)>, Failure> {
        let path = format!("/api/portal/organizations/{organization}/invitations");
        let open: List<OpenInvitation> = self.caller.read(Method::Get, &path, Content::None).await?;
        Ok(open.data.into_iter().map(|open| (open.email, Link::parse(&open.link))).collect())
    }
}
