//! The settings of a client's organization: name, bills, collections, API key, its end.

use std::rc::Rc;

use portal_bridge::{
    Action, ApiKey, ClientSettings, CollectionSettings, DeleteClient, Field, GetApiKey, GetClientFingerprint,
    GetClientSettings, LeaveClient, Moment, OrganizationId, Problem, ProblemKind, SaveBillingEmail,
    SaveClientName, SaveCollectionSettings, Verdict, Within,
};
use portal_domain::limits::Stored;
use portal_keys::{PublicKey, fingerprint};
use portal_wire::{
    Timestamp,
    organization::{
        CollectionManagementRequest, OrganizationPublicKey, UpdateOrganizationRequest, VerifyRequest,
    },
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Handle, session::given};
use crate::{
    Core,
    api::Call,
    fields::Fields,
    session::{Membership, key_problem},
};

impl Handle for GetClientSettings {
    async fn handle(self, core: &Rc<Core>) -> Result<ClientSettings, Problem> {
        let within = self.0;
        core.rights_in(within).await?.demand(Action::ViewOrganization)?;
        let settable = core.server().await?.has_collection_settings();
        let organization = core.read_organization(within.organization).await?;
        Ok(ClientSettings {
            organization: organization.id,
            collections: settable.then(|| collection_settings(&organization)),
            name: organization.name.unwrap_or_default(),
            billing_email: organization.billing_email.unwrap_or_default(),
        })
    }
}

impl Handle for SaveClientName {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.rights_in(self.within).await?.demand(Action::EditOrganization)?;
        let mut fields = Fields::default();
        let name = fields.name(Field::Name, &self.name, Stored::Encoded);
        fields.finish()?;
        // Vaultwarden needs both. Elsewhere the address is sent only by whoever may change it (contract §4.1).
        let billing = match core.rights_in(self.within).await?.verdict(Action::EditBillingEmail) {
            Verdict::Allowed => core.read_organization(self.within.organization).await?.billing_email,
            Verdict::Disabled(_) | Verdict::Hidden => None,
        };
        let billing_email = billing.filter(|email| !email.is_empty());
        let body = UpdateOrganizationRequest { name: Some(name), billing_email, keys: None };
        core.update_organization(self.within, &body).await
    }
}

impl Handle for SaveBillingEmail {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.rights_in(self.within).await?.demand(Action::EditBillingEmail)?;
        let mut fields = Fields::default();
        let email = fields.email(Field::BillingEmail, &self.email);
        fields.finish()?;
        let name = core.read_organization(self.within.organization).await?.name;
        let body = UpdateOrganizationRequest { name, billing_email: Some(email), keys: None };
        core.update_organization(self.within, &body).await
    }
}

impl Handle for SaveCollectionSettings {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let Self { within, before, after } = self;
        core.rights_in(within).await?.demand(Action::EditOrganization)?;
        if !core.server().await?.has_collection_settings() {
            return Err(Problem::with(ProblemKind::Refused, NO_COLLECTION_SETTINGS));
        }
        let now = collection_settings(&core.read_organization(within.organization).await?);
        if now != before {
            core.space_changed(within).await?;
            return Err(Problem::with(ProblemKind::Refused, CHANGED_MEANWHILE));
        }
        let body = CollectionManagementRequest {
            limit_collection_creation: after.limit_creation,
            limit_collection_deletion: after.limit_deletion,
            limit_item_deletion: after.limit_item_deletion,
            allow_admin_access_to_all_collection_items: after.admins_reach_everything,
        };
        // All four are sent, so that twice is the same as once.
        let path = format!("/api/organizations/{}/collection-management", within.organization);
        let saved: Membership = core.api.json(&Call::put(path).repeatable().json(&body)).await?;
        core.saved(within, &saved).await
    }
}

impl Handle for GetApiKey {
    async fn handle(self, core: &Rc<Core>) -> Result<ApiKey, Problem> {
        core.api_key(self.within, given(&self.password)?, self.rotate).await
    }
}

impl Handle for GetClientFingerprint {
    async fn handle(self, core: &Rc<Core>) -> Result<Option<String>, Problem> {
        let within = self.0;
        core.rights_in(within).await?.demand(Action::ViewPublicKey)?;
        let path = format!("/api/organizations/{}/public-key", within.organization);
        let answer: OrganizationPublicKey = core.api.json(&Call::get(path)).await?;
        let Some(key) = answer.public_key else { return Ok(None) };
        let key = PublicKey::from_base64(&key).map_err(|error| key_problem(&error))?;
        Ok(Some(fingerprint(&within.organization.to_string(), &key, &*core.words().await?)))
    }
}

impl Handle for DeleteClient {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let within = self.within;
        core.rights_in(within).await?.demand(Action::DeleteOrganization)?;
        let hash = core.login_hash(given(&self.password)?).await?;
        let call = Call::delete(format!("/api/organizations/{}", within.organization));
        let deleted = core.api.done(&call.json(&verified(&hash))).await;
        match deleted {
            // Whether it is gone is seen by looking for it.
            Err(problem) if problem.kind == ProblemKind::Uncertain => match core.is_there(within).await {
                Ok(false) => {}
                Ok(true) => return Err(ProblemKind::ServerFailed.into()),
                Err(_) => return Err(problem),
            },
            other => other?,
        }
        core.gone(within).await
    }
}

impl Handle for LeaveClient {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let within = Within { provider: None, organization: self.0 };
        core.rights_in(within).await?.demand(Action::LeaveOrganization)?;
        let left = core.api.done(&Call::post(format!("/api/organizations/{}/leave", self.0))).await;
        match left {
            Err(problem) if problem.kind == ProblemKind::Uncertain => {
                core.reload_me().await.map_err(|_| problem.clone())?;
                match core.open()?.me().membership(self.0) {
                    None => Ok(()),
                    Some(_) => Err(ProblemKind::ServerFailed.into()),
                }
            }
            other => {
                other?;
                core.gone(within).await
            }
        }
    }
}

/// What is said when somebody else was faster.
const CHANGED_MEANWHILE: &str =
    "Somebody has changed these settings meanwhile. They are shown as they are now; nothing was saved.";

/// What is said where there is nothing to set.
const NO_COLLECTION_SETTINGS: &str =
    "This server has the same rules for the collections of every organization.";

impl Core {
    /// The organization's API key, for whoever typed the master password again (contract §4.1).
    pub(crate) async fn api_key(
        self: &Rc<Self>,
        within: Within,
        password: Zeroizing<Vec<u8>>,
        rotate: bool,
    ) -> Result<ApiKey, Problem> {
        self.rights_in(within).await?.demand(Action::ManageApiKey)?;
        let hash = self.login_hash(password).await?;
        let body = ApiKeyRequest { verify: verified(&hash), kind: DEFAULT_KEY };
        let organization = within.organization;
        let call = match rotate {
            true => Call::post(format!("/api/organizations/{organization}/rotate-api-key")),
            false => Call::post(format!("/api/organizations/{organization}/api-key")).repeatable(),
        };
        let answer: ApiKeyAnswer = self.api.json(&call.json(&body)).await?;
        Ok(ApiKey {
            client_id: format!("organization.{organization}"),
            client_secret: answer.api_key,
            scope: "api.organization".to_owned(),
            revised: answer.revision_date.map(|date| Moment(date.0)),
        })
    }

    /// An organization as the server tells it now.
    async fn read_organization(&self, organization: OrganizationId) -> Result<Membership, Problem> {
        let read: Membership =
            self.api.json(&Call::get(format!("/api/organizations/{organization}"))).await?;
        if read.id == organization { Ok(read) } else { Err(ProblemKind::Mismatch.into()) }
    }

    /// Whether an organization can still be reached, as the server tells it now. One's own leaves the profile when it is
    /// deleted, whatever the server says of it afterwards.
    async fn is_there(self: &Rc<Self>, within: Within) -> Result<bool, Problem> {
        if within.provider.is_none() {
            self.reload_me().await?;
            return Ok(self.open()?.me().membership(within.organization).is_some());
        }
        match self.read_organization(within.organization).await {
            Ok(_) => Ok(true),
            Err(gone) if gone.kind == ProblemKind::NotFound => Ok(false),
            Err(problem) => Err(problem),
        }
    }

    /// Changes an organization. What is sent is how it is to be, so that twice is the same as once.
    async fn update_organization(
        self: &Rc<Self>,
        within: Within,
        body: &UpdateOrganizationRequest,
    ) -> Result<(), Problem> {
        let call = Call::put(format!("/api/organizations/{}", within.organization)).repeatable().json(body);
        let saved: Membership = self.api.json(&call).await?;
        self.saved(within, &saved).await
    }

    async fn saved(self: &Rc<Self>, within: Within, saved: &Membership) -> Result<(), Problem> {
        if saved.id != within.organization {
            return Err(ProblemKind::Mismatch.into());
        }
        self.space_changed(within).await
    }

    /// After the organization was changed: whoever shows it reads it again.
    async fn space_changed(self: &Rc<Self>, within: Within) -> Result<(), Problem> {
        if self.open()?.me().membership(within.organization).is_some() {
            // A member knows it from the profile. The change was made, whether or not that can be read again now.
            let _ = self.reload_me().await;
        }
        self.organization_changed(within.organization);
        match within.provider {
            Some(provider) => self.clients_changed(provider).await,
            None => Ok(()),
        }
    }

    /// After one can no longer reach the organization.
    async fn gone(self: &Rc<Self>, within: Within) -> Result<(), Problem> {
        // It is gone, whether or not the list of places can be read again now.
        let _ = self.reload_me().await;
        match within.provider {
            Some(provider) => self.clients_changed(provider).await,
            None => Ok(()),
        }
    }
}

/// Who may do what with an organization's collections.
pub(super) fn collection_settings(organization: &Membership) -> CollectionSettings {
    CollectionSettings {
        limit_creation: organization.limit_collection_creation.unwrap_or_default(),
        limit_deletion: organization.limit_collection_deletion.unwrap_or_default(),
        limit_item_deletion: organization.limit_item_deletion.unwrap_or_default(),
        admins_reach_everything: organization.allow_admin_access_to_all_collection_items.unwrap_or(true),
    }
}

fn verified(hash: &str) -> VerifyRequest {
    VerifyRequest { master_password_hash: Some(hash.to_owned()), otp: None }
}

/// The key for directory import and the public API (contract §4.1: type 0).
const DEFAULT_KEY: i32 = 0;

#[derive(Serialize)]
struct ApiKeyRequest {
    #[serde(flatten)]
    verify: VerifyRequest,
    #[serde(rename = "type")]
    kind: i32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApiKeyAnswer {
    api_key: String,
    revision_date: Option<Timestamp>,
}
