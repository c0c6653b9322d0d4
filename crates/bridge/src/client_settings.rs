use serde::{Deserialize, Serialize};

use crate::{CollectionSettings, Moment, OrganizationId, Secret, Within};

/// Asks for the settings of a client's organization.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetClientSettings(pub Within);

/// The settings of a client's organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientSettings {
    /// The organization.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// Where its bills go.
    pub billing_email: String,
    /// Who may do what with its collections; `None` where the server lets nobody set that.
    pub collections: Option<CollectionSettings>,
}

/// Gives a client's organization another name.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveClientName {
    /// Which client.
    pub within: Within,
    /// Its name from now on, up to 50 characters.
    pub name: String,
}

/// Sends a client's bills elsewhere.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveBillingEmail {
    /// Which client.
    pub within: Within,
    /// The address from now on.
    pub email: String,
}

/// Sets who may do what with a client's collections.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveCollectionSettings {
    /// Which client.
    pub within: Within,
    /// How it was when the form was drawn. When somebody has changed it since, nothing is saved and that is said.
    pub before: CollectionSettings,
    /// How it is to be.
    pub after: CollectionSettings,
}

/// Asks for the organization's API key, after the master password was typed again.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetApiKey {
    /// Which client.
    pub within: Within,
    /// The master password of the person asking.
    pub password: Secret,
    /// Make a new key first; the old one ends at once.
    pub rotate: bool,
}

/// The organization's API key. It is handed out to be shown and copied; the core does not keep it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// `organization.` and its id.
    pub client_id: String,
    /// The secret that goes with it.
    pub client_secret: String,
    /// What it may be used for.
    pub scope: String,
    /// When it was made.
    pub revised: Option<Moment>,
}

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("ApiKey").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Asks for the fingerprint phrase of the organization's public key; `None` where it has none.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetClientFingerprint(pub Within);

/// Deletes a client's organization with everything in it, after the master password was typed again.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteClient {
    /// Which client.
    pub within: Within,
    /// The master password of the person asking.
    pub password: Secret,
}

/// Leaves an organization one is a member of.
#[derive(Debug, Serialize, Deserialize)]
pub struct LeaveClient(pub OrganizationId);
