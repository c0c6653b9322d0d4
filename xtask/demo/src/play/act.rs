use std::fmt;

use portal_bridge::{PolicyType, StaffRole};

use crate::cast::{Client, Colleague, Device, Member, PROVIDER};

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
    /// A client is entered.
    Enter { who: &'static Colleague, client: &'static str },
    /// A policy of a client is switched.
    SavePolicy { by: &'static Colleague, client: &'static str, kind: PolicyType, enabled: bool },
    /// A login is added to a client's vault.
    AddLogin { by: &'static Colleague, client: &'static str, name: &'static str },
    /// The first login of a client's vault is opened, and its password copied.
    CopyPassword { by: &'static Colleague, client: &'static str },
    /// Members are invited to a client.
    InviteMembers { by: &'static Colleague, client: &'static str, emails: &'static [&'static str] },
    /// They are removed together.
    RemoveMembers { by: &'static Colleague, client: &'static str, emails: &'static [&'static str] },
    /// A member opens an account and accepts.
    AcceptMember(&'static Member),
    /// A member's phrase is compared, and they get the client's key.
    ConfirmMember { by: &'static Colleague, member: &'static Member },
    /// A member becomes an Owner.
    MakeOwner { by: &'static Colleague, member: &'static Member },
    /// Somebody uses a colleague's password at another device, and enters a client.
    EnterFromElsewhere { whose: &'static Colleague, device: Device, client: &'static str },
    /// Somebody uses a colleague's password at another device, and takes a client's vault away.
    ExportFromElsewhere { whose: &'static Colleague, device: Device, client: &'static str },
}

impl Act {
    /// Whether it is worth a line in a log.
    pub(super) fn is_of_note(&self) -> bool {
        let daily = matches!(self, Self::SignIn { .. } | Self::Enter { .. } | Self::CopyPassword { .. });
        !daily && !matches!(self, Self::Mistype(_) | Self::StrangerTries { .. })
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
            Self::Enter { who, client } => write!(f, "{} enters {client}", who.name),
            Self::SavePolicy { by, client, kind, enabled } => {
                let switched = if *enabled { "on" } else { "off" };
                write!(f, "{} switches {kind:?} of {client} {switched}", by.name)
            }
            Self::AddLogin { by, client, name } => write!(f, "{} adds {name} to {client}", by.name),
            Self::CopyPassword { by, client } => write!(f, "{} copies a password of {client}", by.name),
            Self::InviteMembers { by, client, emails } => {
                write!(f, "{} invites {} members to {client}", by.name, emails.len())
            }
            Self::RemoveMembers { by, client, emails } => {
                write!(f, "{} removes {} members of {client}", by.name, emails.len())
            }
            Self::AcceptMember(member) => write!(f, "{} of {} accepts", member.name, member.client),
            Self::ConfirmMember { by, member } => {
                write!(f, "{} confirms {} of {}", by.name, member.name, member.client)
            }
            Self::MakeOwner { by, member } => {
                write!(f, "{} makes {} an Owner of {}", by.name, member.name, member.client)
            }
            Self::EnterFromElsewhere { whose, client, .. } => {
                write!(f, "somebody signs in as {} elsewhere and enters {client}", whose.name)
            }
            Self::ExportFromElsewhere { whose, client, .. } => {
                write!(f, "somebody signs in as {} elsewhere and exports {client}", whose.name)
            }
        }
    }
}
