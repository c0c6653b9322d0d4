//! The clients and their owners.

use portal_bridge::Plan;

use super::{ANA, BEN, Colleague, TOM};

/// A client.
#[derive(Debug)]
pub struct Client {
    /// Its name when it is created.
    pub name: &'static str,
    /// Its plan.
    pub plan: Plan,
    /// Its seats when it is created.
    pub seats: u32,
    /// Who owns it.
    pub owner: Owner,
    /// Who creates it.
    pub by: &'static Colleague,
    /// On which working day of the play.
    pub day: usize,
}

/// The owner of a client.
#[derive(Debug)]
pub struct Owner {
    /// What they are called.
    pub name: &'static str,
    /// Their address.
    pub email: &'static str,
    /// How far they come.
    pub until: Until,
}

/// How far an owner comes in the play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// Invited, no answer.
    Invited,
    /// Accepted, waits for confirmation.
    Accepted,
    /// Confirmed.
    Confirmed,
}

use Plan::{EnterpriseMonthly as ENTERPRISE, TeamsMonthly as TEAMS};
use Until::{Accepted, Confirmed, Invited};

/// The client that is asked about most.
pub const ACME: &str = "Acme Robotics";
/// A client that Ben has nothing to do with.
pub const UNFAMILIAR: &str = "Kestrel Aviation Services";

/// The clients of the provider, in the order in which they come.
#[rustfmt::skip]
pub static CLIENTS: [Client; 24] = [
    client("Brightwater Dental", TEAMS, 9, owner("Grace Whitlock", "grace@brightwaterdental.example", Confirmed), &ANA, 1),
    client("Møller & Sønner Shipping", ENTERPRISE, 64, owner("Søren Møller", "soren@moller-shipping.example", Confirmed), &BEN, 1),
    client(ACME, ENTERPRISE, 38, owner("Ruth Adeyemi", "ruth@acme-robotics.example", Confirmed), &ANA, 2),
    client("Café Zürich Roasters", TEAMS, 12, owner("Léa Baumann", "lea@cafezurich.example", Confirmed), &BEN, 3),
    client("Kilmarnock County Veterinary and Equine Hospital", ENTERPRISE, 45, owner("Fiona MacAllister", "fiona@kilmarnockvets.example", Confirmed), &ANA, 4),
    client("Quayside Legal LLP", ENTERPRISE, 28, owner("Jonathan Pryce-Doyle", "jonathan@quaysidelegal.example", Confirmed), &BEN, 6),
    client("Fjordline Arkitekter", ENTERPRISE, 22, owner("Ingrid Halvorsen", "ingrid@fjordline.example", Confirmed), &ANA, 7),
    client("St Aldhelm’s Primary School", TEAMS, 30, owner("Martin Okoro", "office@staldhelms.example", Confirmed), &ANA, 8),
    client("مخبز الندى", TEAMS, 6, owner("ليلى حداد", "layla@alnada.example", Confirmed), &BEN, 10),
    client("Ibarra y Hijos", TEAMS, 14, owner("Joaquín Ibarra", "joaquin@ibarra.example", Accepted), &BEN, 11),
    client("Nordwind Logistik GmbH", ENTERPRISE, 52, owner("Jörg Petersen", "joerg@nordwind.example", Confirmed), &ANA, 13),
    client("Maple Street Pharmacy", TEAMS, 7, owner("Dana Kowalczyk", "dana@maplestreet.example", Invited), &BEN, 15),
    client("Ōtsuka Precision", ENTERPRISE, 35, owner("Haruka Ōtsuka", "haruka@otsuka-precision.example", Confirmed), &ANA, 16),
    client("Greenfold Organic Farms", TEAMS, 11, owner("Pat Renner", "pat@greenfold.example", Accepted), &ANA, 18),
    client("Lumen & Oak Interiors", TEAMS, 5, owner("Chloé Marchetti", "chloe@lumenoak.example", Invited), &BEN, 19),
    client("Tern Island Ferries", ENTERPRISE, 40, owner("Callum Reid", "callum@ternferries.example", Accepted), &TOM, 21),
    client("Ashdown Accountants", TEAMS, 16, owner("Helen Ashdown", "helen@ashdown.example", Confirmed), &TOM, 23),
    client("Štěpánka Textiles", TEAMS, 8, owner("Štěpánka Dvořáková", "stepanka@textiles.example", Invited), &BEN, 26),
    client(UNFAMILIAR, ENTERPRISE, 26, owner("Omar Farouk", "omar@kestrelaviation.example", Invited), &ANA, 29),
    client("Vantage Point Surveyors", TEAMS, 10, owner("Sofia Lindqvist", "sofia@vantagepoint.example", Accepted), &BEN, 31),
    client("Blue Lantern Cinema", TEAMS, 1, owner("Marcus Bell", "marcus@bluelantern.example", Invited), &ANA, 33),
    client("Pinecrest Property Management", ENTERPRISE, 18, owner("Yuki Tanabe", "yuki@pinecrest.example", Accepted), &BEN, 36),
    client("Saltmarsh Brewing Co.", TEAMS, 13, owner("Edie Fenwick", "edie@saltmarsh.example", Invited), &ANA, 39),
    client("3 Bridges Cycle Works", TEAMS, 4, owner("Tomasz Zieliński", "tomasz@3bridges.example", Invited), &BEN, 41),
];

/// A client that has left.
pub static FORMER: Client = client(
    "Copperfield Print",
    TEAMS,
    15,
    owner("Wilma Cope", "wilma@copperfield.example", Confirmed),
    &BEN,
    3,
);

/// The organization of one of the staff, which was a client and can be added again.
pub static OWN: Client =
    client("Harbour Light Training", TEAMS, 10, owner(ANA.name, ANA.email, Confirmed), &BEN, 9);

/// A client that takes another name, and which.
pub const RENAMED: (&str, &str) = ("Fjordline Arkitekter", "Fjordline Architects");
/// Clients whose seats change, and to how many.
pub const RESEATED: [(&str, u32); 3] =
    [("Møller & Sønner Shipping", 72), ("Maple Street Pharmacy", 9), (ACME, 35)];

const fn client(
    name: &'static str,
    plan: Plan,
    seats: u32,
    owner: Owner,
    by: &'static Colleague,
    day: usize,
) -> Client {
    Client { name, plan, seats, owner, by, day }
}

const fn owner(name: &'static str, email: &'static str, until: Until) -> Owner {
    Owner { name, email, until }
}
