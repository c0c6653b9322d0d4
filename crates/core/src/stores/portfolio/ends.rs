use std::rc::Rc;

use portal_bridge::{Moment, OrganizationId, OverdueSeat, SeatEnd, SeatOf, UserId};
use portal_domain::technicians::{Seat, folded};
use portal_wire::{OrganizationUserStatus, organization::MemberMini};

use super::{List, Portfolio};
use crate::sort::sort_by;

/// Until when seats were given, and what time it is.
#[derive(Default)]
pub(crate) struct Ends {
    now: i64,
    /// By client, the addresses as addresses are compared.
    ends: Vec<SeatEnd>,
}

impl Ends {
    /// As they were handed over, at a time in milliseconds since 1970.
    pub(crate) fn at(now: i64, ends: &[SeatEnd]) -> Self {
        let fold = |end: &SeatEnd| {
            let seat = SeatOf { organization: end.seat.organization, email: folded(&end.seat.email) };
            SeatEnd { seat, until: end.until }
        };
        let mut ends: Vec<SeatEnd> = ends.iter().map(fold).collect();
        sort_by(&mut ends, |one, other| one.seat.organization.cmp(&other.seat.organization));
        Self { now, ends }
    }

    /// The end of somebody's seat, and whether it has passed.
    pub(super) fn of(&self, organization: OrganizationId, email: &str, seat: Seat) -> Option<(Moment, bool)> {
        let first = self.ends.partition_point(|end| end.seat.organization < organization);
        let here = self.ends.iter().skip(first).take_while(|end| end.seat.organization == organization);
        let until = here.filter(|end| end.seat.email == email).map(|end| end.until).last()?;
        Some((until, seat.is_overdue(until.0, self.now)))
    }
}

impl Portfolio {
    /// Of all ends that have passed: the seats that are still there, by client, and those that are gone. What is not read is
    /// neither.
    pub(crate) fn overdue(&self, list: &List, ends: &Ends) -> (Vec<OverdueSeat>, Vec<SeatOf>) {
        let (mut overdue, mut ended) = (Vec::new(), Vec::new());
        for entry in list.entries.iter().filter(|entry| entry.within.provider.is_none()) {
            let organization = entry.within.organization;
            let first = ends.ends.partition_point(|end| end.seat.organization < organization);
            let here = ends.ends.iter().skip(first).take_while(|end| end.seat.organization == organization);
            let passed: Vec<&SeatEnd> = here.filter(|end| end.until.0 < ends.now).collect();
            let members = match passed.is_empty() {
                true => None,
                false => self.own(organization).and_then(|own| own.members),
            };
            let Some(members) = members else { continue };
            for end in passed {
                match find(&members, &end.seat.email) {
                    Some(member) if seat_of(member).is_overdue(end.until.0, ends.now) => {
                        overdue.push(OverdueSeat { end: end.clone(), client: entry.name.clone() });
                    }
                    _ => ended.push(end.seat.clone()),
                }
            }
        }
        sort_by(&mut overdue, |one, other| {
            (&one.client, &one.end.seat.email).cmp(&(&other.client, &other.end.seat.email))
        });
        (overdue, ended)
    }

    /// The account of an address and its name, as the clients' members tell of whoever has accepted in one of them.
    pub(crate) fn account(&self, email: &str) -> (Option<UserId>, Option<String>) {
        let (mut user, mut name) = (None, None);
        for members in self.all_members() {
            let Some(member) = find(&members, email) else { continue };
            // Some servers tell the account of whoever is only invited, who may not have one yet.
            if member.status != OrganizationUserStatus::Invited {
                user = user.or(member.user_id);
            }
            name = name.or_else(|| member.name.clone().filter(|name| !name.trim().is_empty()));
        }
        (user, name)
    }

    /// Somebody's seat in a client; `None` where its members are not read.
    pub(crate) fn seat(&self, seat: &SeatOf) -> Option<Option<Seat>> {
        let members = self.own(seat.organization)?.members?;
        Some(find(&members, &seat.email).map(seat_of))
    }

    fn all_members(&self) -> Vec<Rc<[MemberMini]>> {
        self.own.borrow().iter().filter_map(|(_, own)| own.members.clone()).collect()
    }
}

fn find<'a>(members: &'a [MemberMini], email: &str) -> Option<&'a MemberMini> {
    members.iter().find(|member| folded(&member.email) == email)
}

fn seat_of(member: &MemberMini) -> Seat {
    Seat { role: member.kind, status: member.status }
}
