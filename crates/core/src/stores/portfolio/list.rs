use std::{collections::HashSet, rc::Rc};

use portal_bridge::{OrganizationId, PortfolioNeed, PortfolioRow, ProviderId, Via, Within};
use portal_domain::search::fold;
use portal_wire::{OrganizationUserStatus, OrganizationUserType, organization::MemberMini};

use super::{Own, Portfolio};
use crate::{
    session::{Me, Membership},
    sort::sort_by,
    stores::Table,
};

/// Every client of the portfolio, without what is read of each by itself.
#[derive(Default)]
pub(crate) struct List {
    pub(super) entries: Vec<Entry>,
    providers: Vec<String>,
}

/// One client.
pub(super) struct Entry {
    pub(super) within: Within,
    pub(super) name: String,
    /// As it is searched and sorted by.
    pub(super) folded: String,
    via: By,
    enabled: bool,
    seats: Option<u32>,
    /// Seats in use, where the provider's list tells.
    used: Option<u32>,
}

#[derive(Clone, Copy)]
enum By {
    Owner,
    Admin,
    Provider(usize),
}

/// What is counted from a client's members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seats {
    /// Members that use a seat.
    pub(crate) used: u32,
    /// Confirmed Owners.
    pub(crate) owners: u32,
    /// Members that wait to be confirmed.
    pub(crate) waiting: u32,
}

impl Seats {
    /// Counts.
    pub(crate) fn of(members: &[MemberMini]) -> Self {
        let mut seats = Self::default();
        for member in members {
            let status = member.status;
            seats.used += u32::from(uses_seat(status));
            seats.waiting += u32::from(status == OrganizationUserStatus::Accepted);
            seats.owners += u32::from(
                status == OrganizationUserStatus::Confirmed && member.kind == OrganizationUserType::Owner,
            );
        }
        seats
    }
}

/// Whether a membership in this state uses a seat (contract §4.2).
pub(crate) fn uses_seat(status: OrganizationUserStatus) -> bool {
    matches!(
        status,
        OrganizationUserStatus::Invited
            | OrganizationUserStatus::Accepted
            | OrganizationUserStatus::Confirmed
    )
}

impl List {
    /// The clients of these providers, and the organizations one owns or administers oneself. One that is both stands there once,
    /// as its provider's client.
    pub(super) fn of(me: &Me, tables: &[(ProviderId, Rc<Table>)]) -> Self {
        let mut list = Self::default();
        for (provider, table) in tables {
            let name = me.staffing(*provider).ok().and_then(|staffing| staffing.name.clone());
            let via = By::Provider(list.providers.len());
            list.providers.push(name.unwrap_or_default());
            list.entries.extend((0..table.len()).filter_map(|row| {
                let client = table.row(row)?;
                Some(Entry {
                    within: Within { provider: Some(*provider), organization: client.organization },
                    folded: fold(&client.name),
                    name: client.name,
                    via,
                    enabled: client.enabled,
                    seats: client.assigned,
                    used: Some(client.used),
                })
            }));
        }
        let of_providers: HashSet<OrganizationId> =
            list.entries.iter().map(|entry| entry.within.organization).collect();
        list.entries.extend(me.own_clients().filter(|own| !of_providers.contains(&own.id)).map(own_entry));
        list
    }

    /// How many clients there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    /// Whether some are looked after on behalf of a provider.
    pub(crate) fn is_mixed(&self) -> bool {
        self.entries.iter().any(|entry| entry.within.provider.is_some())
    }

    /// Those that one looks after oneself, in the order of their ids.
    pub(super) fn own(&self) -> Vec<OrganizationId> {
        let own = self.entries.iter().filter(|entry| entry.within.provider.is_none());
        let mut own: Vec<OrganizationId> = own.map(|entry| entry.within.organization).collect();
        sort_by(&mut own, OrganizationId::cmp);
        own
    }

    /// What one of those is called.
    pub(crate) fn own_name(&self, organization: OrganizationId) -> Option<&str> {
        let own =
            |entry: &&Entry| entry.within.provider.is_none() && entry.within.organization == organization;
        self.entries.iter().find(own).map(|entry| entry.name.as_str())
    }

    /// A client, with what is known of its members.
    pub(super) fn row(&self, index: u32, portfolio: &Portfolio) -> Option<PortfolioRow> {
        let entry = self.entries.get(index as usize)?;
        let (seats, problem) = self.counted(entry, portfolio);
        Some(PortfolioRow {
            within: entry.within,
            name: entry.name.clone(),
            via: match entry.via {
                By::Owner => Via::Owner,
                By::Admin => Via::Admin,
                By::Provider(number) => {
                    Via::Provider(self.providers.get(number).cloned().unwrap_or_default())
                }
            },
            seats: entry.seats,
            members: entry.used.or(seats.map(|seats| seats.used)),
            owners: seats.map(|seats| seats.owners),
            waiting: seats.map(|seats| seats.waiting),
            need: need(entry, seats, problem),
        })
    }

    /// What a client needs most.
    pub(super) fn need(&self, entry: &Entry, portfolio: &Portfolio) -> Option<PortfolioNeed> {
        let (seats, problem) = self.counted(entry, portfolio);
        need(entry, seats, problem)
    }

    /// Members of a client that use a seat.
    pub(super) fn members(&self, entry: &Entry, portfolio: &Portfolio) -> Option<u32> {
        entry.used.or_else(|| self.number(entry, portfolio, |seats| seats.used))
    }

    /// A number that is counted from a client's members.
    pub(super) fn number(
        &self,
        entry: &Entry,
        portfolio: &Portfolio,
        of: impl Fn(Seats) -> u32,
    ) -> Option<u32> {
        self.counted(entry, portfolio).0.map(of)
    }

    /// The name of the provider on whose behalf a client is looked after.
    pub(super) fn via(&self, entry: &Entry) -> (u8, &str) {
        match entry.via {
            By::Owner => (0, ""),
            By::Admin => (1, ""),
            By::Provider(number) => (2, self.providers.get(number).map(String::as_str).unwrap_or_default()),
        }
    }

    /// What is counted of a client, and whether that could not be read.
    fn counted(&self, entry: &Entry, portfolio: &Portfolio) -> (Option<Seats>, bool) {
        if entry.within.provider.is_some() {
            return (None, false);
        }
        let Own { members, problem, .. } = portfolio.own(entry.within.organization).unwrap_or_default();
        (members.as_deref().map(Seats::of), problem.is_some())
    }
}

fn own_entry(own: &Membership) -> Entry {
    let name = own.name.clone().unwrap_or_default();
    Entry {
        within: Within { provider: None, organization: own.id },
        folded: fold(&name),
        name,
        via: if own.kind == OrganizationUserType::Owner { By::Owner } else { By::Admin },
        enabled: own.enabled.unwrap_or(true),
        // What a profile says of seats is a constant on some servers and no number of theirs.
        seats: None,
        used: None,
    }
}

fn need(entry: &Entry, seats: Option<Seats>, problem: bool) -> Option<PortfolioNeed> {
    let used = entry.used.or(seats.map(|seats| seats.used));
    if !entry.enabled {
        Some(PortfolioNeed::Enabling)
    } else if problem {
        Some(PortfolioNeed::Reading)
    } else if entry.seats.zip(used).is_some_and(|(assigned, used)| used >= assigned) {
        Some(PortfolioNeed::Seats)
    } else if seats.is_some_and(|seats| seats.waiting > 0) {
        Some(PortfolioNeed::Confirming)
    } else if seats.is_some_and(|seats| seats.owners == 1) {
        Some(PortfolioNeed::SecondOwner)
    } else {
        None
    }
}
