//! Who somebody is, and what a provider is.

use super::numbered;

numbered! {
    /// The role of a provider's staff.
    pub enum ProviderUserType {
        /// May do everything at the provider.
        ProviderAdmin = 0,
        /// Works in the clients, but manages neither staff nor billing.
        ServiceUser = 1,
    }
}

numbered! {
    /// What sort of provider it is.
    pub enum ProviderType {
        /// A managed service provider.
        Msp = 0,
        /// A reseller, whose clients pay for themselves.
        Reseller = 1,
        /// A part of a large company.
        BusinessUnit = 2,
    }
}

numbered! {
    /// The role of a member of an organization. Number 3 (Manager) was removed by Bitwarden and reads as unknown.
    pub enum OrganizationUserType {
        /// May do everything.
        Owner = 0,
        /// May do everything but what concerns owners and billing.
        Admin = 1,
        /// Uses what is shared.
        User = 2,
        /// Has single permissions.
        Custom = 4,
    }
}
