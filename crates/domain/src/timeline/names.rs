use portal_wire::{
    CipherId, CollectionId, GroupId, OrganizationId, OrganizationUserId, PolicyId, ProjectId, ProviderId,
    ProviderOrganizationId, ProviderUserId, SecretId, SendId, ServiceAccountId, UserId,
};

/// Something an event mentions by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Named {
    /// A person.
    User(UserId),
    /// One of the staff.
    Staff(ProviderUserId),
    /// A member of an organization.
    Member(OrganizationUserId),
    /// A client, by its link.
    Client(ProviderOrganizationId),
    /// An organization.
    Organization(OrganizationId),
    /// A provider.
    Provider(ProviderId),
    /// A collection.
    Collection(CollectionId),
    /// A group.
    Group(GroupId),
    /// A policy.
    Policy(PolicyId),
    /// A vault item.
    Item(CipherId),
    /// A secret.
    Secret(SecretId),
    /// A project.
    Project(ProjectId),
    /// A machine account.
    MachineAccount(ServiceAccountId),
    /// A Send.
    Send(SendId),
}

/// Knows names by id, because events carry none.
pub trait Names {
    /// The name, or the address of a person without one; `None` if it is not known.
    fn name(&self, of: Named) -> Option<String>;
}

impl<F: Fn(Named) -> Option<String>> Names for F {
    fn name(&self, of: Named) -> Option<String> {
        self(of)
    }
}

impl Named {
    /// The start of the id, which stands for a name that is not known.
    pub fn short_id(self) -> String {
        let id = match self {
            Self::User(UserId(id))
            | Self::Staff(ProviderUserId(id))
            | Self::Member(OrganizationUserId(id))
            | Self::Client(ProviderOrganizationId(id))
            | Self::Organization(OrganizationId(id))
            | Self::Provider(ProviderId(id))
            | Self::Collection(CollectionId(id))
            | Self::Group(GroupId(id))
            | Self::Policy(PolicyId(id))
            | Self::Item(CipherId(id))
            | Self::Secret(SecretId(id))
            | Self::Project(ProjectId(id))
            | Self::MachineAccount(ServiceAccountId(id))
            | Self::Send(SendId(id)) => id,
        };
        id.to_string().chars().take(8).collect()
    }
}
