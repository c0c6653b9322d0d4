//! Ids as types of their own, so that a link id never travels as an organization id.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        $(
            $(#[$doc])*
            ///
            /// The default is the nil id, which no server hands out.
            #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            #[serde(transparent)]
            pub struct $name(pub Uuid);

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(&self.0, f)
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, concat!(stringify!($name), "({})"), self.0)
                }
            }

            impl FromStr for $name {
                type Err = uuid::Error;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    Uuid::try_parse(text).map(Self)
                }
            }

            impl From<Uuid> for $name {
                fn from(id: Uuid) -> Self {
                    Self(id)
                }
            }
        )+
    };
}

ids! {
    /// A person with an account.
    UserId;
    /// A provider.
    ProviderId;
    /// A person's membership in a provider: the id the staff routes take.
    ProviderUserId;
    /// The link between a provider and a client: the id which renaming, seats and unlinking take.
    ProviderOrganizationId;
    /// An organization: the id everything inside a client takes.
    OrganizationId;
    /// A person's membership in an organization: the id the member routes take.
    OrganizationUserId;
    /// A collection of an organization.
    CollectionId;
    /// A group of an organization.
    GroupId;
    /// A saved policy of an organization.
    PolicyId;
    /// A vault item.
    CipherId;
    /// A Send.
    SendId;
    /// A secret of the Secrets Manager.
    SecretId;
    /// A project of the Secrets Manager.
    ProjectId;
    /// A machine account of the Secrets Manager.
    ServiceAccountId;
    /// A self-hosted installation.
    InstallationId;
}
