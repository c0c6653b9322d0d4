//! Verdicts that depend on one row of a list.

use portal_wire::{ProviderUserStatus, ProviderUserType};

use super::{Action, Reason, Situation, Subject, Verdict, verdict, verdict_of_any};

/// One of the staff, as the target of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffTarget {
    /// It is the person who acts.
    pub yourself: bool,
    /// The target's role.
    pub role: ProviderUserType,
    /// The target's status.
    pub status: ProviderUserStatus,
    /// There is a confirmed Provider Admin beside the target.
    pub another_admin: bool,
}

/// Whether somebody can do something to one of the staff now.
pub fn staff_verdict(
    action: Action,
    subject: Subject,
    situation: &Situation,
    target: &StaffTarget,
) -> Verdict {
    let general = verdict(action, subject, situation);
    if general != Verdict::Allowed {
        return general;
    }
    let status = target.status;
    let obstacle = match action {
        Action::RemoveStaff if target.yourself => Some(Reason::Yourself),
        Action::RemoveStaff if !target.another_admin => Some(Reason::LastAdmin),
        // An admin who is promoted changes nothing; only taking the role away can leave the provider without one.
        Action::ChangeStaffRole
            if target.role == ProviderUserType::ProviderAdmin && !target.another_admin =>
        {
            Some(Reason::LastAdmin)
        }
        Action::ResendStaffInvitation if status != ProviderUserStatus::Invited => Some(Reason::WrongState),
        Action::ConfirmStaff if status != ProviderUserStatus::Accepted => Some(Reason::WrongState),
        _ => None,
    };
    obstacle.map_or(Verdict::Allowed, Verdict::Disabled)
}

/// A client, as the target of an action; by default nothing stands in the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClientTarget {
    /// It has a confirmed owner of its own; `None` if that is not known yet, which is left for the server to refuse.
    pub confirmed_owner: Option<bool>,
    /// The seats asked for are fewer than those in use.
    pub below_used_seats: bool,
    /// The seats asked for would have to be bought.
    pub needs_purchase: bool,
}

/// Whether somebody can do something to one client now.
pub fn client_verdict(
    action: Action,
    subject: Subject,
    situation: &Situation,
    target: &ClientTarget,
) -> Verdict {
    let general = verdict(action, subject, situation);
    if general != Verdict::Allowed {
        return general;
    }
    let may_buy = || verdict(Action::BuySeats, subject, situation) == Verdict::Allowed;
    let obstacle = match action {
        Action::UnlinkClient if target.confirmed_owner == Some(false) => Some(Reason::NoConfirmedOwner),
        Action::ChangeSeats | Action::BuySeats if target.below_used_seats => Some(Reason::BelowUsedSeats),
        Action::ChangeSeats | Action::AddExisting if target.needs_purchase && !may_buy() => {
            Some(Reason::NeedsPurchase)
        }
        _ => None,
    };
    obstacle.map_or(Verdict::Allowed, Verdict::Disabled)
}

/// One collection, as the target of an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CollectionTarget {
    /// The person has Can manage on it.
    pub managed: bool,
    /// Nobody has Can manage on it.
    pub unmanaged: bool,
    /// It is somebody's own, which nobody else administers.
    pub somebodys_own: bool,
    /// The organization leaves deleting collections to Owners and Admins.
    pub limits_deletion: bool,
}

/// Whether somebody can change or delete one collection now (contract §6.3, note 3): whoever has Can manage on it, and Owners and
/// Admins also where nobody has.
pub fn collection_verdict(
    action: Action,
    subjects: &[Subject],
    situation: &Situation,
    target: &CollectionTarget,
) -> Verdict {
    let limited = Verdict::Disabled(Reason::LimitedBySettings);
    let general = verdict_of_any(action, subjects, situation);
    if target.somebodys_own {
        return if general == Verdict::Hidden { general } else { limited };
    }
    if general != limited {
        return general;
    }
    let leads = subjects.iter().any(|subject| matches!(subject, Subject::Owner | Subject::Admin));
    let kept = action == Action::DeleteCollection && target.limits_deletion && !leads;
    if (target.managed && !kept) || (target.unmanaged && leads) { Verdict::Allowed } else { limited }
}
