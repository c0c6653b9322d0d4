//! What becomes of who does not pay (contract §3.6.1, §8.1).

use portal_wire::ProviderUserType;

use crate::billing::Day;

/// How a provider stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is overdue.
    Active,
    /// Something is overdue, and nothing has come of it yet.
    PastDue {
        /// The day the oldest was due.
        due: Day,
        /// The day on which the provider is suspended unless it is paid.
        suspends: Day,
    },
    /// The provider and its clients are switched off.
    Suspended {
        /// Since this day.
        since: Day,
    },
}

impl Standing {
    /// Days from the day an invoice is due to the suspension, where it is paid by invoice.
    pub const GRACE_BY_INVOICE: i32 = 30;
    /// The same where it is charged automatically.
    pub const GRACE_AUTOMATIC: i32 = 14;

    /// The word of the contract's `status`.
    pub fn status(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::PastDue { .. } => "past_due",
            Self::Suspended { .. } => "unpaid",
        }
    }
}

/// How a provider stands today, by the days on which its unpaid invoices were or are due. On the day it is due, an invoice is not overdue yet.
pub fn standing(unpaid: impl IntoIterator<Item = Day>, today: Day, grace: i32) -> Standing {
    let Some(due) = unpaid.into_iter().min().filter(|due| *due < today) else { return Standing::Active };
    let suspends = due.plus(grace.max(0));
    if suspends <= today {
        Standing::Suspended { since: suspends }
    } else {
        Standing::PastDue { due, suspends }
    }
}

/// What somebody can do about a suspended provider (contract §3.6, `GET …/vnext/warnings`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// A Provider Admin sees to it that it is paid.
    AddPaymentMethod,
    /// Everybody else on the staff asks one who can.
    ContactAdministrator,
    /// It is not for want of payment, so nobody on the staff can do anything.
    ContactSupport,
}

impl Resolution {
    /// What somebody of this role can do about a provider that is suspended, for want of payment or not.
    pub fn of(unpaid: bool, role: ProviderUserType) -> Self {
        match role {
            _ if !unpaid => Self::ContactSupport,
            ProviderUserType::ProviderAdmin => Self::AddPaymentMethod,
            _ => Self::ContactAdministrator,
        }
    }

    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::AddPaymentMethod => "add_payment_method",
            Self::ContactAdministrator => "contact_administrator",
            Self::ContactSupport => "contact_support",
        }
    }
}
