use std::fmt;

use portal_bridge::StaffRole;

use crate::cast::{Client, Colleague, Device, PROVIDER};

/// Something somebody does.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// The provider is made, and its first admin sets it up.
    Found,
    /// Colleagues are invited, each with their role.
    Invite { by: &'static Colleague, whom: Vec<&'static Colleague> },
    /// A colleague opens an account and accepts.
    Join(&'static Colleague),
    /// A colleague's phrase is compared, and they get the provider key.
    Confirm { by: &'static Colleague, whom: &'static Colleague },
    /// A colleague gets another role.
    SetRole { by: &'static Colleague, whom: &'static Colleague, role: StaffRole },
    /// A colleague leaves.
    Remove { by: &'static Colleague, whom: &'static Colleague },
    /// A client is created.
    Create(&'static Client),
    /// A client's owner accepts.
    AcceptOwner(&'static Client),
    /// A client's owner is confirmed.
    ConfirmOwner { by: &'static Colleague, client: &'static Client },
    /// A client takes another name.
    Rename { by: &'static Colleague, client: &'static str, to: &'static str },
    /// A client gets another number of seats.
    SetSeats { by: &'static Colleague, client: &'static str, seats: u32 },
    /// A client leaves.
    Unlink { by: &'static Colleague, client: &'static Client },
    /// A day's work begins.
    SignIn { who: &'static Colleague, from: &'static str },
    /// A colleague mistypes the password.
    Mistype(&'static Colleague),
    /// Somebody else guesses a colleague's password.
    StrangerTries { whose: &'static Colleague, device: Device },
}

impl Act {
    /// Whether it is worth a line in a log.
    pub(super) fn is_of_note(&self) -> bool {
        !matches!(self, Self::SignIn { .. } | Self::Mistype(_) | Self::StrangerTries { .. })
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found => write!(f, "{PROVIDER} is set up"),
            Self::Invite { by, whom } => {
                let names: Vec<_> = whom.iter().map(|colleague| colleague.name).collect();
                write!(f, "{} invites {}", by.name, names.join(", "))
            }
            Self::Join(colleague) => write!(f, "{} accepts", colleague.name),
            Self::Confirm { by, whom } => write!(f, "{} confirms {}", by.name, whom.name),
            Self::SetRole { by, whom, role } => {
                let role = if *role == StaffRole::ProviderAdmin { "Provider Admin" } else { "Service User" };
                write!(f, "{} makes {} a {role}", by.name, whom.name)
            }
            Self::Remove { by, whom } => write!(f, "{} removes {}", by.name, whom.name),
            Self::Create(client) => write!(f, "{} creates {}", client.by.name, client.name),
            Self::AcceptOwner(client) => write!(f, "{} of {} accepts", client.owner.name, client.name),
            Self::ConfirmOwner { by, client } => {
                write!(f, "{} confirms {} of {}", by.name, client.owner.name, client.name)
            }
            Self::Rename { by, client, to } => write!(f, "{} renames {client} to {to}", by.name),
            Self::SetSeats { by, client, seats } => write!(f, "{} gives {client} {seats} seats", by.name),
            Self::Unlink { by, client } => write!(f, "{} unlinks {}", by.name, client.name),
            Self::SignIn { who, .. } => write!(f, "{} signs in", who.name),
            Self::Mistype(who) => write!(f, "{} mistypes the password", who.name),
            Self::StrangerTries { whose, .. } => {
                write!(f, "a stranger guesses the password of {}", whose.name)
            }
        }
    }
}
