//! Enums, which travel as numbers.

mod cipher_type;
mod device_type;
mod event_type;
mod numbered;
mod plan;
mod policy_type;
mod role;
mod security;
mod status;

use numbered::numbered;

pub use cipher_type::CipherType;
pub use device_type::DeviceType;
pub use event_type::EventType;
pub use plan::{PaymentMethodType, PlanType, ProductTier};
pub use policy_type::PolicyType;
pub use role::{OrganizationUserType, ProviderType, ProviderUserType};
pub use security::{EventSystemUser, KdfType, TwoFactorProvider};
pub use status::{
    OrganizationStatus, OrganizationUserStatus, ProviderStatus, ProviderUserStatus, RevocationReason,
};
