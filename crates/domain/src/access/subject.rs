use portal_wire::{OrganizationUserType, ProviderUserType, profile::Permissions};

/// In what capacity somebody acts. Who is both staff and a member of the client is two subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A confirmed Provider Admin.
    ProviderAdmin,
    /// A confirmed Service User.
    ServiceUser,
    /// A confirmed Owner of the organization.
    Owner,
    /// A confirmed Admin of the organization.
    Admin,
    /// A confirmed Custom member of the organization.
    Custom(Permissions),
    /// A confirmed User of the organization.
    User,
    /// Signed in, but nothing of the above.
    Nobody,
}

impl Subject {
    /// A confirmed person of the staff; an unknown role may do nothing.
    pub fn staff(role: ProviderUserType) -> Self {
        match role {
            ProviderUserType::ProviderAdmin => Self::ProviderAdmin,
            ProviderUserType::ServiceUser => Self::ServiceUser,
            ProviderUserType::Unknown(_) => Self::Nobody,
        }
    }

    /// A confirmed member of an organization; an unknown role may do nothing.
    pub fn member(role: OrganizationUserType, permissions: Permissions) -> Self {
        match role {
            OrganizationUserType::Owner => Self::Owner,
            OrganizationUserType::Admin => Self::Admin,
            OrganizationUserType::Custom => Self::Custom(permissions),
            OrganizationUserType::User => Self::User,
            OrganizationUserType::Unknown(_) => Self::Nobody,
        }
    }

    /// Acts as staff of a provider.
    pub fn is_staff(self) -> bool {
        matches!(self, Self::ProviderAdmin | Self::ServiceUser)
    }
}
