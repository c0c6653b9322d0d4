//! Who there is: everybody and everything is invented, and lives under `.example`.

mod clients;
mod members;

use std::ops::RangeInclusive;

use portal_bridge::StaffRole;

pub use clients::{ACME, CLIENTS, Client, FORMER, OWN, Owner, RENAMED, RESEATED, UNFAMILIAR, Until};
pub use members::{Member, NEW_OWNER, SEASONAL};

/// The provider.
pub const PROVIDER: &str = "Harbour Light IT";
/// Its name in the register of companies.
pub const BUSINESS: &str = "Harbour Light Services Ltd";
/// Where its bills go.
pub const BILLING_EMAIL: &str = "accounts@harbourlight.example";
/// The Teams seats it pays for in any case.
pub const TEAMS_MINIMUM: u32 = 160;
/// The Enterprise seats it pays for in any case; its clients have more.
pub const ENTERPRISE_MINIMUM: u32 = 300;
/// Everybody's master password.
pub const PASSWORD: &str = "harbour-light-2026";

/// A browser somewhere.
#[derive(Clone, Copy, Debug)]
pub struct Device {
    /// Its name in lower case.
    pub name: &'static str,
    /// Bitwarden's number for it.
    pub number: i32,
    /// From which address it comes.
    pub address: &'static str,
}

/// One of the provider's staff.
#[derive(Debug)]
pub struct Colleague {
    /// What they are called.
    pub name: &'static str,
    /// Their address.
    pub email: &'static str,
    /// Their role.
    pub role: StaffRole,
    /// What they work on, in the office.
    pub device: Device,
    /// From which address they work at home.
    pub home: &'static str,
    /// The clients they look after.
    pub regulars: &'static [&'static str],
    /// The working days of the play on which they are confirmed staff; none for those who are not (yet).
    pub works: Option<RangeInclusive<usize>>,
}

/// The provider's first admin, who sets it up.
pub static ANA: Colleague = Colleague {
    name: "Ana Ruiz",
    email: "ana@harbourlight.example",
    role: StaffRole::ProviderAdmin,
    device: Device { name: "firefox", number: 10, address: "203.0.113.10" },
    home: "198.51.100.17",
    regulars: &["Brightwater Dental", "Quayside Legal LLP", UNFAMILIAR],
    works: Some(1..=41),
};
/// The second admin.
pub static BEN: Colleague = Colleague {
    name: "Ben Okafor",
    email: "ben@harbourlight.example",
    role: StaffRole::ProviderAdmin,
    device: Device { name: "chrome", number: 9, address: "203.0.113.24" },
    home: "198.51.100.24",
    regulars: &["Møller & Sønner Shipping", "Café Zürich Roasters", "Nordwind Logistik GmbH"],
    works: Some(1..=41),
};
/// A Service User from the beginning.
pub static MIA: Colleague = Colleague {
    name: "Mia Lind",
    email: "mia@harbourlight.example",
    role: StaffRole::ServiceUser,
    device: Device { name: "safari", number: 17, address: "203.0.113.31" },
    home: "198.51.100.31",
    regulars: &["Brightwater Dental", "St Aldhelm’s Primary School", "Ōtsuka Precision"],
    works: Some(1..=41),
};
/// A Service User, who was a Provider Admin for a week.
pub static TOM: Colleague = Colleague {
    name: "Tom Hale",
    email: "tom@harbourlight.example",
    role: StaffRole::ServiceUser,
    device: Device { name: "edge", number: 12, address: "198.51.100.46" },
    home: "198.51.100.38",
    regulars: &[
        "Møller & Sønner Shipping",
        "Kilmarnock County Veterinary and Equine Hospital",
        "Ashdown Accountants",
    ],
    works: Some(2..=41),
};
/// A Service User who came later.
pub static PRIYA: Colleague = Colleague {
    name: "Priya Shah",
    email: "priya@harbourlight.example",
    role: StaffRole::ServiceUser,
    device: Device { name: "chrome", number: 9, address: "203.0.113.52" },
    home: "198.51.100.45",
    regulars: &["Café Zürich Roasters", "Fjordline Arkitekter", UNFAMILIAR],
    works: Some(14..=41),
};
/// A Service User who has left.
pub static LEO: Colleague = Colleague {
    name: "Leo Brandt",
    email: "leo@harbourlight.example",
    role: StaffRole::ServiceUser,
    device: Device { name: "firefox", number: 10, address: "203.0.113.38" },
    home: "198.51.100.52",
    regulars: &["Kilmarnock County Veterinary and Equine Hospital", "Fjordline Arkitekter"],
    works: Some(6..=27),
};
/// Accepted, and waits to be confirmed.
pub static SAM: Colleague = Colleague {
    name: "Sam Osei",
    email: "sam@harbourlight.example",
    role: StaffRole::ServiceUser,
    device: Device { name: "chrome", number: 9, address: "203.0.113.60" },
    home: "198.51.100.59",
    regulars: &[],
    works: None,
};
/// Invited, and has not answered.
pub static NINA: Colleague = Colleague {
    name: "Nina Duarte",
    email: "nina@harbourlight.example",
    role: StaffRole::ServiceUser,
    device: Device { name: "firefox", number: 10, address: "203.0.113.71" },
    home: "198.51.100.66",
    regulars: &[],
    works: None,
};

/// Everybody who is or was on the staff.
pub static STAFF: [&Colleague; 8] = [&ANA, &BEN, &MIA, &TOM, &PRIYA, &LEO, &SAM, &NINA];

/// Where a stranger tries passwords from.
pub const STRANGER: Device = Device { name: "unknown", number: 14, address: "192.0.2.77" };
/// The browser in which Ben's password is used one night, and the address it comes from.
pub const NIGHT_BROWSER: Device = Device { name: "opera", number: 11, address: "192.0.2.140" };
/// The program that takes a vault away in the same night.
pub const NIGHT_PROGRAM: Device = Device { name: "linux", number: 25, address: "192.0.2.140" };
/// Where owners of clients work.
pub const OWNERS_DEVICE: Device = Device { name: "edge", number: 12, address: "198.51.100.120" };
