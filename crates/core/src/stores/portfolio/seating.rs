use std::{collections::HashMap, rc::Rc};

use portal_bridge::{
    ListState, OrganizationId, Reading, Rows, SeatMatrix, SeatQuery, SeatRisk, SeatRow, SeatView,
    TECHNICIANS_SHOWN, TechnicianRow, Window,
};
use portal_domain::{
    search::Needle,
    technicians::{Ours, Seat, Standing, folded},
};
use portal_wire::OrganizationUserType;

use super::{Ends, List, Portfolio, list::Entry, query::LARGEST_WINDOW};
use crate::{
    sort::sort_by,
    stores::roster::{shown_role, shown_status},
};

/// Who of ours sits in each client one looks after as Owner or Admin, as far as its members are read.
pub(crate) struct Seating {
    ours: Ours,
    /// Those with the most seats first.
    technicians: Vec<TechnicianRow>,
    /// By name.
    clients: Vec<Client>,
}

struct Client {
    organization: OrganizationId,
    name: String,
    folded: String,
    /// `None` as long as its members are not read.
    standing: Option<Standing>,
    unreadable: bool,
    /// The seats of ours, by address.
    seats: Vec<(String, Seat)>,
}

impl Client {
    fn seat(&self, address: &str) -> Option<Seat> {
        self.seats.iter().find(|(email, _)| email == address).map(|(_, seat)| *seat)
    }

    /// Whether somebody is known to have no seat by which they look after it.
    fn misses(&self, address: &str) -> bool {
        self.standing.is_some() && !self.seat(address).is_some_and(Seat::administers)
    }

    /// Whether it is known to be in a danger, where these technicians are looked at.
    fn risks(&self, risk: SeatRisk, shown: &[&TechnicianRow]) -> bool {
        let missing = || shown.iter().any(|technician| self.misses(&technician.email));
        self.standing.is_some_and(|standing| standing.risks(risk, missing()))
    }

    fn shown_seat(&self, address: &str, ends: &Ends) -> Option<SeatView> {
        let seat = self.seat(address)?;
        let end = ends.of(self.organization, address, seat);
        Some(SeatView {
            role: shown_role(seat.role),
            status: shown_status(seat.status),
            until: end.map(|(until, _)| until),
            overdue: end.is_some_and(|(_, overdue)| overdue),
        })
    }
}

impl Portfolio {
    /// Who of ours sits where.
    pub(crate) fn seating(&self, list: &List, ours: &Ours) -> Rc<Seating> {
        if let Some(known) = &*self.seating.borrow()
            && known.ours == *ours
        {
            return known.clone();
        }
        let seating = Rc::new(Seating::of(self, list, ours));
        *self.seating.borrow_mut() = Some(seating.clone());
        seating
    }
}

impl Seating {
    fn of(portfolio: &Portfolio, list: &List, ours: &Ours) -> Self {
        let mut names: HashMap<String, Option<String>> = HashMap::new();
        let own = list.entries.iter().filter(|entry| entry.within.provider.is_none());
        let mut clients: Vec<Client> = own.map(|entry| client(portfolio, entry, ours, &mut names)).collect();
        sort_by(&mut clients, |one, other| one.folded.cmp(&other.folded));
        let rows = names.into_iter().map(|(email, name)| technician(&clients, ours, email, name));
        let mut technicians: Vec<TechnicianRow> = rows.collect();
        let rank = |row: &TechnicianRow| (row.missing, u32::MAX - row.owner - row.admin - row.waiting);
        sort_by(&mut technicians, |one, other| {
            rank(one).cmp(&rank(other)).then_with(|| one.email.cmp(&other.email))
        });
        Self { ours: ours.clone(), technicians, clients }
    }

    /// The technicians, those with the most seats first.
    pub(crate) fn technicians(&self) -> &[TechnicianRow] {
        &self.technicians
    }

    /// Every client of a query, by name.
    pub(crate) fn clients(&self, query: &SeatQuery) -> Vec<OrganizationId> {
        let found = self.found(query, &self.shown(query));
        found.into_iter().map(|client| client.organization).collect()
    }

    /// A window of a query's clients. What is overdue in all of them is not looked for here.
    pub(crate) fn view(
        &self,
        query: &SeatQuery,
        ends: &Ends,
        window: Window,
        state: ListState,
        reading: Reading,
    ) -> SeatMatrix {
        let shown = self.shown(query);
        let risks = |client: &Client, risk| client.risks(risk, &shown);
        let found = self.found(query, &shown);
        let matched = count(found.len());
        let from = window.from.min(matched);
        let row = |client: &&Client| SeatRow {
            organization: client.organization,
            name: client.name.clone(),
            seats: shown.iter().map(|technician| client.shown_seat(&technician.email, ends)).collect(),
            owners: client.standing.map(|standing| standing.owners),
            unreadable: client.unreadable,
            risks: SeatRisk::ALL.into_iter().filter(|risk| risks(client, *risk)).collect(),
        };
        let rows = found.iter().skip(from as usize).take(window.count.min(LARGEST_WINDOW) as usize);
        let rows = rows.map(row).collect();
        let in_danger = |risk| count(self.clients.iter().filter(|client| risks(client, risk)).count());
        SeatMatrix {
            rows: Rows { total: count(self.clients.len()), matched, from, rows, state },
            others: count(self.technicians.len() - shown.len()),
            risks: SeatRisk::ALL.map(|risk| (risk, in_danger(risk))).to_vec(),
            technicians: shown.into_iter().cloned().collect(),
            reading,
            overdue: Vec::new(),
            ended: Vec::new(),
        }
    }

    fn found(&self, query: &SeatQuery, shown: &[&TechnicianRow]) -> Vec<&Client> {
        let needle = Needle::new(&query.search);
        let lacking = query.missing.as_deref().map(folded);
        let passes = |client: &&Client| {
            needle.matches(&client.folded)
                && query.only.is_none_or(|risk| client.risks(risk, shown))
                && lacking.as_deref().is_none_or(|address| client.misses(address))
        };
        self.clients.iter().filter(passes).collect()
    }

    /// Those whose seats are shown, in the order of all.
    fn shown(&self, query: &SeatQuery) -> Vec<&TechnicianRow> {
        let wanted: Vec<String> = query.technicians.iter().map(|address| folded(address)).collect();
        let chosen = |row: &&TechnicianRow| wanted.is_empty() || wanted.contains(&row.email);
        self.technicians.iter().filter(chosen).take(TECHNICIANS_SHOWN).collect()
    }
}

fn client(
    portfolio: &Portfolio,
    entry: &Entry,
    ours: &Ours,
    names: &mut HashMap<String, Option<String>>,
) -> Client {
    let own = portfolio.own(entry.within.organization).unwrap_or_default();
    let mut seats = Vec::new();
    let standing = own.members.as_deref().map(|members| {
        Standing::of(members.iter().map(|member| {
            let seat = Seat { role: member.kind, status: member.status };
            let is_ours = ours.has(&member.email);
            if is_ours {
                let email = folded(&member.email);
                let name = names.entry(email.clone()).or_default();
                *name = name.take().or_else(|| member.name.clone().filter(|name| !name.trim().is_empty()));
                seats.push((email, seat));
            }
            (is_ours, seat)
        }))
    });
    Client {
        organization: entry.within.organization,
        name: entry.name.clone(),
        folded: entry.folded.clone(),
        standing,
        unreadable: own.problem.is_some(),
        seats,
    }
}

fn technician(clients: &[Client], ours: &Ours, email: String, name: Option<String>) -> TechnicianRow {
    let seats = |counts: &dyn Fn(Seat) -> bool| {
        count(clients.iter().filter_map(|client| client.seat(&email)).filter(|seat| counts(*seat)).count())
    };
    let of_role = |role| move |seat: Seat| seat.administers() && seat.role == role;
    let confirmed = |seat: Seat| seat.status == portal_wire::OrganizationUserStatus::Confirmed;
    TechnicianRow {
        you: ours.is_own(&email),
        owner: seats(&of_role(OrganizationUserType::Owner)),
        admin: seats(&of_role(OrganizationUserType::Admin)),
        other: seats(&|seat| confirmed(seat) && !seat.administers()),
        waiting: seats(&Seat::waits),
        missing: count(clients.iter().filter(|client| client.misses(&email)).count()),
        email,
        name,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
