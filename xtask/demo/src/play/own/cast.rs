//! The organizations of the demo without a provider, and who sits in each: every case that a person who works for many of
//! them can meet.

use portal_bridge::MemberRole::{self, Admin, Custom, Owner, User};

use crate::cast::{ACME, ANA, BEN, Colleague, MIA, NINA, TOM};

/// An organization.
#[derive(Debug)]
pub(crate) struct Organization {
    /// What it is called.
    pub(crate) name: &'static str,
    /// On which working day of the play it is made.
    pub(crate) day: usize,
    /// Who makes it, and owns it.
    pub(crate) founder: Founder,
    /// Who sits in it beside.
    pub(crate) seats: &'static [Seat],
}

/// Who makes an organization.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Founder {
    /// One of those who work for many.
    Ours(&'static Colleague),
    /// Somebody of the organization: what they are called, and their address.
    Theirs(&'static str, &'static str),
}

/// Somebody's place in an organization.
#[derive(Debug)]
pub(crate) struct Seat {
    /// What they are called.
    pub(crate) name: &'static str,
    /// Their address.
    pub(crate) email: &'static str,
    /// The role.
    pub(crate) role: MemberRole,
    /// How far they come.
    pub(crate) until: Until,
}

/// How far somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Until {
    /// Invited, no answer.
    Invited,
    /// Accepted, waits for confirmation.
    Accepted,
    /// Confirmed.
    Confirmed,
    /// Confirmed, and later revoked.
    Revoked,
}

use Until::{Accepted, Confirmed, Invited, Revoked};

/// Those who work for many organizations and have an account.
pub(crate) static TECHNICIANS: [&Colleague; 4] = [&ANA, &BEN, &MIA, &TOM];

/// The organization in which Ben has no seat.
pub(crate) const WITHOUT_BEN: &str = "Café Zürich Roasters";

/// Every organization, in the order in which they are made. Of these, Ana has eight as clients: those in which she is a
/// confirmed Owner or Admin.
pub(crate) static ORGANIZATIONS: [Organization; 12] = [
    organization(
        "Brightwater Dental",
        1,
        Founder::Ours(&ANA),
        &[
            ours(&BEN, Admin, Confirmed),
            ours(&MIA, Admin, Confirmed),
            theirs("Grace Whitlock", "grace@brightwaterdental.example", Owner, Confirmed),
            theirs("Reception", "reception@brightwaterdental.example", User, Invited),
        ],
    ),
    organization(
        "Møller & Sønner Shipping",
        2,
        Founder::Ours(&ANA),
        &[
            ours(&BEN, Admin, Confirmed),
            ours(&TOM, Admin, Confirmed),
            theirs("Søren Møller", "soren@moller-shipping.example", Owner, Confirmed),
            theirs("Bookings", "bookings@moller-shipping.example", User, Invited),
        ],
    ),
    // Every role, of people of its own.
    organization(
        ACME,
        4,
        Founder::Ours(&ANA),
        &[
            ours(&BEN, Admin, Confirmed),
            ours(&MIA, Admin, Confirmed),
            ours(&TOM, Admin, Confirmed),
            theirs("Ruth Adeyemi", "ruth@acme-robotics.example", Owner, Confirmed),
            theirs("Hana Sato", "hana@acme-robotics.example", Admin, Confirmed),
            theirs("Ivo Marsh", "ivo@acme-robotics.example", User, Confirmed),
            theirs("Dee Laurent", "dee@acme-robotics.example", Custom, Confirmed),
            theirs("Line two", "line2@acme-robotics.example", User, Invited),
        ],
    ),
    // A technician has no seat.
    organization(
        WITHOUT_BEN,
        6,
        Founder::Ours(&ANA),
        &[ours(&MIA, Admin, Confirmed), theirs("Léa Baumann", "lea@cafezurich.example", Owner, Confirmed)],
    ),
    // One Owner, who is of the client.
    organization(
        "Kilmarnock County Veterinary and Equine Hospital",
        8,
        Founder::Theirs("Fiona MacAllister", "fiona@kilmarnockvets.example"),
        &[ours(&ANA, Admin, Confirmed), ours(&BEN, Admin, Confirmed)],
    ),
    // One Owner, who is one of those who work for many.
    organization(
        "Quayside Legal LLP",
        10,
        Founder::Ours(&ANA),
        &[
            ours(&BEN, Admin, Confirmed),
            theirs("Jonathan Pryce-Doyle", "jonathan@quaysidelegal.example", Admin, Confirmed),
        ],
    ),
    // Two Owners, and none of them is of the client.
    organization(
        "Fjordline Arkitekter",
        13,
        Founder::Ours(&ANA),
        &[
            ours(&BEN, Owner, Confirmed),
            theirs("Ingrid Halvorsen", "ingrid@fjordline.example", User, Confirmed),
        ],
    ),
    // The four that are no clients of Ana's, because of what she is there.
    organization(
        "St Aldhelm’s Primary School",
        16,
        Founder::Theirs("Martin Okoro", "office@staldhelms.example"),
        &[ours(&ANA, User, Confirmed), ours(&BEN, Admin, Confirmed)],
    ),
    organization(
        "مخبز الندى",
        19,
        Founder::Theirs("ليلى حداد", "layla@alnada.example"),
        &[ours(&ANA, Custom, Confirmed), ours(&BEN, Admin, Confirmed)],
    ),
    organization(
        "Nordwind Logistik GmbH",
        22,
        Founder::Theirs("Jörg Petersen", "joerg@nordwind.example"),
        &[ours(&ANA, Admin, Revoked), ours(&BEN, Admin, Confirmed)],
    ),
    organization(
        "Ōtsuka Precision",
        25,
        Founder::Theirs("Haruka Ōtsuka", "haruka@otsuka-precision.example"),
        &[ours(&ANA, Admin, Accepted), ours(&BEN, Admin, Confirmed)],
    ),
    // Technicians who are on their way.
    organization(
        "Ashdown Accountants",
        30,
        Founder::Ours(&ANA),
        &[
            ours(&BEN, Admin, Confirmed),
            ours(&TOM, Admin, Accepted),
            ours(&NINA, Admin, Invited),
            theirs("Helen Ashdown", "helen@ashdown.example", Owner, Confirmed),
        ],
    ),
];

const fn organization(
    name: &'static str,
    day: usize,
    founder: Founder,
    seats: &'static [Seat],
) -> Organization {
    Organization { name, day, founder, seats }
}

const fn ours(colleague: &'static Colleague, role: MemberRole, until: Until) -> Seat {
    Seat { name: colleague.name, email: colleague.email, role, until }
}

const fn theirs(name: &'static str, email: &'static str, role: MemberRole, until: Until) -> Seat {
    Seat { name, email, role, until }
}
