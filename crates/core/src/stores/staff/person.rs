use portal_bridge::{ProviderUserId, StaffRole, StaffStatus, UserId};
use portal_domain::search::fold;
use portal_wire::{ProviderUserStatus, ProviderUserType, provider::StaffRow};

/// One person of the staff.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Person {
    pub(crate) id: ProviderUserId,
    pub(crate) user: Option<UserId>,
    pub(crate) name: Option<String>,
    pub(crate) email: String,
    pub(crate) role: ProviderUserType,
    pub(crate) status: ProviderUserStatus,
    /// Name, address and ids, folded, for searching.
    pub(super) folded: String,
    /// The label, folded, for sorting.
    pub(super) sort_key: String,
}

impl Person {
    /// The name, or the address where there is none.
    pub(crate) fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.email)
    }

    /// The role as the tab knows it.
    pub(crate) fn shown_role(&self) -> StaffRole {
        shown_role(self.role)
    }

    /// The status as the tab knows it.
    pub(crate) fn shown_status(&self) -> StaffStatus {
        match self.status {
            ProviderUserStatus::Confirmed => StaffStatus::Confirmed,
            ProviderUserStatus::Accepted => StaffStatus::NeedsConfirmation,
            ProviderUserStatus::Invited => StaffStatus::Invited,
            ProviderUserStatus::Unknown(number) => StaffStatus::Unknown(number),
        }
    }
}

/// A role as the tab knows it.
pub(crate) fn shown_role(role: ProviderUserType) -> StaffRole {
    match role {
        ProviderUserType::ProviderAdmin => StaffRole::ProviderAdmin,
        ProviderUserType::ServiceUser => StaffRole::ServiceUser,
        ProviderUserType::Unknown(number) => StaffRole::Unknown(number),
    }
}

impl From<StaffRow> for Person {
    fn from(row: StaffRow) -> Self {
        let name = row.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let user = row.user_id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            folded: fold(&format!("{} {} {} {user}", name.as_deref().unwrap_or_default(), row.email, row.id)),
            sort_key: fold(name.as_deref().unwrap_or(&row.email)),
            id: row.id,
            user: row.user_id,
            name,
            email: row.email,
            role: row.kind,
            status: row.status,
        }
    }
}
