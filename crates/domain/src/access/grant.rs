use super::{
    Action, ClientSituation, Manager, Subject,
    table::{self, Cell, Permission, Row},
};

/// What a role has of an action, before anything else is looked at. Later values are larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grant {
    /// Nothing.
    None,
    /// Nothing, because the provider does this for the organization.
    ManagedByProvider,
    /// A part, such as the collections the person manages.
    InPart,
    /// All of it.
    Full,
}

/// What somebody has of an action. For actions at the provider the client does not matter.
pub fn grant(action: Action, subject: Subject, client: &ClientSituation) -> Grant {
    let Some(row) = table::row(action) else { return Grant::None };
    match subject {
        Subject::ProviderAdmin => read(row.provider_admin, client),
        Subject::ServiceUser => read(row.service_user, client),
        Subject::Owner => read(row.owner, client),
        Subject::Admin => read(row.admin, client),
        Subject::User => read(row.user, client),
        Subject::Nobody => read(row.nobody, client),
        Subject::Custom(permissions) => {
            let holds = |any: &[Permission]| any.iter().any(|permission| permission.is_held(&permissions));
            read_custom(row, holds).max(read(row.user, client))
        }
    }
}

/// What somebody has who acts in several capacities, such as staff that are also members of the client.
pub fn grant_to_any(
    action: Action,
    subjects: impl IntoIterator<Item = Subject>,
    client: &ClientSituation,
) -> Grant {
    subjects.into_iter().map(|subject| grant(action, subject, client)).max().unwrap_or(Grant::None)
}

fn read(cell: Cell, client: &ClientSituation) -> Grant {
    match cell {
        Cell::Yes => Grant::Full,
        Cell::No => Grant::None,
        Cell::InPart => Grant::InPart,
        Cell::Unmanaged if client.manager == Manager::Nobody => Grant::Full,
        Cell::UnmanagedOrReseller if client.manager != Manager::Provider => Grant::Full,
        Cell::Unmanaged | Cell::UnmanagedOrReseller => Grant::ManagedByProvider,
        Cell::IfReached if client.admins_reach_everything => Grant::Full,
        Cell::IfUnlimited if !client.limits_collection_creation => Grant::Full,
        Cell::IfServerAllows if client.staff_reach_items => Grant::Full,
        Cell::IfReached => Grant::InPart,
        Cell::IfUnlimited | Cell::IfServerAllows => Grant::None,
    }
}

fn read_custom(row: &Row, holds: impl Fn(&[Permission]) -> bool) -> Grant {
    if holds(row.custom) {
        Grant::Full
    } else if holds(row.custom_in_part) {
        Grant::InPart
    } else {
        Grant::None
    }
}
