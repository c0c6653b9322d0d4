use portal_wire::{OrganizationUserStatus as Status, OrganizationUserType};
use serde::{Deserialize, Serialize};

use super::Seat;
use crate::access::Reason;

/// With which role one of ours looks after an organization.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatRole {
    /// As one of its Admins.
    #[default]
    Admin,
    /// As one of its Owners.
    Owner,
}

impl SeatRole {
    /// The role in the organization.
    pub fn role(self) -> OrganizationUserType {
        match self {
            Self::Admin => OrganizationUserType::Admin,
            Self::Owner => OrganizationUserType::Owner,
        }
    }
}

/// What is needed next, so that somebody looks after an organization with a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatNeed {
    /// They do so already.
    Nothing,
    /// They are to be invited.
    Inviting,
    /// They are invited, and have to accept.
    Accepting,
    /// They accepted; their phrase is to be compared before they can be confirmed.
    Comparing,
    /// They accepted, and their phrase was compared: they are to be confirmed.
    Confirming,
    /// They have or will have another role there, which somebody gave them on purpose: it is changed in the organization itself.
    OtherRole,
    /// Their access was revoked on purpose: it is given back in the organization itself.
    Restoring,
    /// Nobody knows: they are there in a way this version does not handle.
    Unknown,
}

impl SeatNeed {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Inviting,
        Self::Confirming,
        Self::Comparing,
        Self::Accepting,
        Self::Nothing,
        Self::OtherRole,
        Self::Restoring,
        Self::Unknown,
    ];

    /// Whether the seat is one that somebody else decided on, and is left as it is.
    pub fn leaves_alone(self) -> bool {
        matches!(self, Self::OtherRole | Self::Restoring | Self::Unknown)
    }

    /// Of a seat as it is now, or of nobody's; `compared` says whether the person's phrase was.
    pub fn of(wanted: SeatRole, seat: Option<Seat>, compared: bool) -> Self {
        let Some(seat) = seat else { return Self::Inviting };
        match seat.status {
            Status::Revoked => Self::Restoring,
            Status::Staged | Status::Unknown(_) => Self::Unknown,
            _ if seat.role != wanted.role() => Self::OtherRole,
            Status::Invited => Self::Accepting,
            Status::Accepted if compared => Self::Confirming,
            Status::Accepted => Self::Comparing,
            Status::Confirmed => Self::Nothing,
        }
    }
}

/// How a seat is taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatTaking {
    /// The access is revoked, and can be given back.
    Revoke,
    /// The membership ends.
    #[default]
    Remove,
}

/// Whether a seat can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// It is gone already.
    Nothing,
    /// It can.
    Open,
    /// It stays, for this reason.
    Kept(Reason),
}

impl Taking {
    /// Of a seat as it is now, or of nobody's: never one's own, and never that of the last of so many confirmed Owners, whoever
    /// else may count as one.
    pub fn of(how: SeatTaking, seat: Option<Seat>, yourself: bool, owners: u32) -> Self {
        let Some(seat) = seat else { return Self::Nothing };
        if how == SeatTaking::Revoke && seat.status == Status::Revoked {
            Self::Nothing
        } else if yourself {
            Self::Kept(Reason::Yourself)
        } else if seat.owns() && owners < 2 {
            Self::Kept(Reason::LastOwner)
        } else {
            Self::Open
        }
    }
}

impl Seat {
    /// Whether it is still there at `now` though it was given until `until`, both in milliseconds since 1970.
    pub fn is_overdue(self, until: i64, now: i64) -> bool {
        now > until && self.status != Status::Revoked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_wire::OrganizationUserType as Role;

    const STATUSES: [Status; 6] = [
        Status::Revoked,
        Status::Invited,
        Status::Accepted,
        Status::Confirmed,
        Status::Staged,
        Status::Unknown(9),
    ];
    const ROLES: [Role; 5] = [Role::Owner, Role::Admin, Role::User, Role::Custom, Role::Unknown(9)];
    const WANTED: [SeatRole; 2] = [SeatRole::Admin, SeatRole::Owner];

    fn seats() -> impl Iterator<Item = Seat> {
        ROLES.into_iter().flat_map(|role| STATUSES.map(|status| Seat { role, status }))
    }

    #[test]
    fn whoever_is_not_there_is_invited_and_nobody_else_is() {
        for wanted in WANTED {
            for compared in [false, true] {
                assert_eq!(SeatNeed::of(wanted, None, compared), SeatNeed::Inviting);
                assert!(seats().all(|seat| SeatNeed::of(wanted, Some(seat), compared) != SeatNeed::Inviting));
            }
        }
    }

    #[test]
    fn only_who_accepted_the_role_that_is_wanted_and_was_compared_is_confirmed() {
        for wanted in WANTED {
            for seat in seats() {
                let confirmed = SeatNeed::of(wanted, Some(seat), true) == SeatNeed::Confirming;
                assert_eq!(
                    confirmed,
                    seat.role == wanted.role() && seat.status == Status::Accepted,
                    "{seat:?}"
                );
                assert_ne!(SeatNeed::of(wanted, Some(seat), false), SeatNeed::Confirming, "{seat:?}");
            }
        }
    }

    #[test]
    fn a_seat_goes_from_invited_to_confirmed_and_what_was_decided_otherwise_is_left_alone() {
        let need = |role, status| SeatNeed::of(SeatRole::Admin, Some(Seat { role, status }), false);
        assert_eq!(need(Role::Admin, Status::Invited), SeatNeed::Accepting);
        assert_eq!(need(Role::Admin, Status::Accepted), SeatNeed::Comparing);
        assert_eq!(need(Role::Admin, Status::Confirmed), SeatNeed::Nothing);
        for status in [Status::Invited, Status::Accepted, Status::Confirmed] {
            assert_eq!(need(Role::Owner, status), SeatNeed::OtherRole, "more than wanted is not given");
            assert_eq!(need(Role::User, status), SeatNeed::OtherRole);
        }
        assert_eq!(need(Role::Admin, Status::Revoked), SeatNeed::Restoring);
        assert_eq!(need(Role::Admin, Status::Staged), SeatNeed::Unknown);
    }

    #[test]
    fn neither_oneself_nor_the_last_owner_loses_a_seat() {
        for how in [SeatTaking::Revoke, SeatTaking::Remove] {
            for seat in seats() {
                assert_ne!(Taking::of(how, Some(seat), true, 5), Taking::Open, "{seat:?}");
                let last = Taking::of(how, Some(seat), false, 1);
                assert_eq!(last == Taking::Kept(Reason::LastOwner), seat.owns(), "{seat:?}");
                if seat.status == Status::Confirmed {
                    assert_eq!(Taking::of(how, Some(seat), false, 2), Taking::Open, "{seat:?}");
                }
            }
            assert_eq!(Taking::of(how, None, false, 1), Taking::Nothing);
        }
    }

    #[test]
    fn what_is_revoked_can_be_removed_but_not_revoked_again() {
        let revoked = Some(Seat { role: Role::Admin, status: Status::Revoked });
        assert_eq!(Taking::of(SeatTaking::Revoke, revoked, false, 1), Taking::Nothing);
        assert_eq!(Taking::of(SeatTaking::Remove, revoked, false, 1), Taking::Open);
    }

    #[test]
    fn a_seat_is_overdue_after_its_last_moment_unless_its_access_was_revoked() {
        for seat in seats() {
            assert!(!seat.is_overdue(1_000, 1_000), "its last moment is still its own");
            assert_eq!(seat.is_overdue(1_000, 1_001), seat.status != Status::Revoked, "{seat:?}");
        }
    }
}
