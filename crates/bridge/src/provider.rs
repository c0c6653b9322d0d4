use serde::{Deserialize, Serialize};

use crate::{
    Action, Moment, OrganizationId, OrganizationUserId, Overdue, ProviderId, ProviderUserId, Secret,
    StaffRole, Verdict,
};

/// Asks for the providers and organizations one can enter.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetPlaces;

/// What a person can enter after signing in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Places {
    /// Providers one is on the staff of.
    pub providers: Vec<ProviderCard>,
    /// Organizations one is a member of.
    pub organizations: Vec<OrganizationCard>,
    /// How many of those one looks after, as a confirmed Owner or Admin.
    pub looked_after: u32,
    /// Whether the server lets people make organizations.
    pub creates: bool,
}

/// A provider in the picker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProviderCard {
    /// Its id.
    pub id: ProviderId,
    /// Its name; none before set-up.
    pub name: Option<String>,
    /// One's role.
    pub role: StaffRole,
    /// Its state.
    pub state: ProviderState,
}

/// An organization in the picker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrganizationCard {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// One's role in Bitwarden's word.
    pub role: String,
    /// Whether it is switched on.
    pub enabled: bool,
    /// The provider that manages it.
    pub managed_by: Option<String>,
    /// Whether the membership waits for confirmation.
    pub waiting: bool,
}

/// State of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProviderState {
    /// Waits to be set up.
    Pending,
    /// In use.
    Active,
    /// Suspended.
    Suspended,
}

/// Opens a provider: what its frame shows on every page.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetProvider(pub ProviderId);

/// A provider's frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProviderView {
    /// Its id.
    pub id: ProviderId,
    /// Its name.
    pub name: String,
    /// One's role.
    pub role: StaffRole,
    /// Its state.
    pub state: ProviderState,
    /// How many clients it has, once known.
    pub clients: Option<u32>,
    /// How many staff wait for confirmation; none for those who may not know.
    pub waiting: Option<u32>,
    /// Confirmed Provider Admins; none for those who may not know.
    pub confirmed_admins: Option<u32>,
    /// What one may do here: every action, with its verdict.
    pub rights: Vec<(Action, Verdict)>,
    /// Whether the provider keeps an event log.
    pub events: bool,
    /// What keeps the provider from working, when suspended.
    pub suspension: Option<Suspension>,
    /// Something is overdue, as far as known; while the provider works.
    pub overdue: Option<Overdue>,
    /// Whether one's copy of the provider key is missing or cannot be opened, so that nothing can be encrypted.
    pub key_missing: bool,
}

/// What to do about a suspension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Suspension {
    /// Add a payment method.
    AddPaymentMethod {
        /// When the subscription ends.
        cancels_at: Option<Moment>,
    },
    /// A Provider Admin has to act.
    ContactAdministrator,
    /// Only the vendor's support can help.
    ContactSupport,
}

/// Sets a new provider up.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetUpProvider {
    /// Which provider.
    pub provider: ProviderId,
    /// Token of the set-up link.
    pub token: String,
    /// Name, up to 50 characters.
    pub name: String,
    /// Legal name, up to 50 characters.
    pub business_name: Option<String>,
    /// Address for bills.
    pub billing_email: String,
    /// Two letters of the country.
    pub country: String,
    /// Post code.
    pub postal_code: String,
}

/// Accepts an invitation to a provider's staff.
#[derive(Debug, Serialize, Deserialize)]
pub struct AcceptStaffInvitation {
    /// The provider.
    pub provider: ProviderId,
    /// The membership.
    pub membership: ProviderUserId,
    /// Token of the link.
    pub token: String,
}

/// Accepts an invitation to an organization.
#[derive(Debug, Serialize, Deserialize)]
pub struct AcceptOrganizationInvitation {
    /// The organization.
    pub organization: OrganizationId,
    /// The membership.
    pub member: OrganizationUserId,
    /// Token of the link.
    pub token: String,
}

/// Asks for a provider's own details.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetProviderDetails(pub ProviderId);

/// A provider's own details.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProviderDetails {
    /// Name.
    pub name: String,
    /// Legal name.
    pub business_name: Option<String>,
    /// Address for bills.
    pub billing_email: String,
    /// When it was made.
    pub created: Moment,
    /// Clients still linked; while there are any, the provider cannot be deleted.
    pub clients: u32,
}

/// Saves a provider's details.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveProvider {
    /// Which provider.
    pub provider: ProviderId,
    /// Name, up to 50 characters.
    pub name: String,
    /// Legal name, up to 50 characters.
    pub business_name: Option<String>,
    /// Address for bills.
    pub billing_email: String,
}

/// Deletes a provider; refused while clients are linked.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteProvider {
    /// Which provider.
    pub provider: ProviderId,
    /// The master password again.
    pub password: Secret,
}
