//! Who of ours sits where: whoever has an address at one of our domains is one of ours, in every organization we look after.

mod change;

use portal_wire::{OrganizationUserStatus, OrganizationUserType};
use serde::{Deserialize, Serialize};

pub use change::{SeatNeed, SeatRole, SeatTaking, Taking};

use crate::limits::parse_domain;

/// Domains at which anybody can have an address, so that sharing one says nothing of belonging together.
const PUBLIC: [&str; 21] = [
    "aol.com",
    "fastmail.com",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.com",
    "mail.ru",
    "outlook.com",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "web.de",
    "yahoo.com",
    "yandex.ru",
    "zoho.com",
];

/// Most domains of ours.
pub const MOST_DOMAINS: usize = 20;

/// Why a text is no domain of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainError {
    /// It is no domain such as example.com.
    #[error("it is not a domain")]
    NotADomain,
    /// Anybody can have an address there.
    #[error("anybody can have an address there")]
    Public,
    /// There are too many.
    #[error("at most {MOST_DOMAINS} domains are taken")]
    TooMany,
}

/// Who is one of ours: oneself, and whoever has an address at one of these domains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    own: String,
    domains: Vec<String>,
}

impl Ours {
    /// By the domains that were chosen; where there are none, by that of one's own address, unless anybody can have one there.
    /// A domain that cannot be taken is given back with the reason.
    pub fn new(own_address: &str, chosen: &[String]) -> Result<Self, (String, DomainError)> {
        let own = folded(own_address);
        let mut domains: Vec<String> = Vec::new();
        for text in chosen {
            let domain = parse(text).map_err(|error| (text.clone(), error))?;
            if domains.contains(&domain) {
                continue;
            }
            if domains.len() >= MOST_DOMAINS {
                return Err((text.clone(), DomainError::TooMany));
            }
            domains.push(domain);
        }
        if domains.is_empty() {
            domains.extend(domain_of(&own).and_then(|domain| parse(domain).ok()));
        }
        Ok(Self { own, domains })
    }

    /// The domains, in lower case, each once.
    pub fn domains(&self) -> &[String] {
        &self.domains
    }

    /// Whether whoever has this address is one of ours. The whole domain counts: neither what stands before it nor what
    /// follows it makes another domain ours.
    pub fn has(&self, address: &str) -> bool {
        let address = folded(address);
        address == self.own
            || domain_of(&address).is_some_and(|domain| self.domains.iter().any(|ours| ours == domain))
    }

    /// Whether this is one's own address.
    pub fn is_own(&self, address: &str) -> bool {
        folded(address) == self.own
    }
}

/// An address as addresses are compared.
pub fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

fn parse(text: &str) -> Result<String, DomainError> {
    let domain = folded(text);
    // People write the domain of an address with its sign.
    let domain = parse_domain(domain.strip_prefix('@').unwrap_or(&domain)).ok_or(DomainError::NotADomain)?;
    if PUBLIC.contains(&domain) { Err(DomainError::Public) } else { Ok(domain.to_owned()) }
}

fn domain_of(address: &str) -> Option<&str> {
    address.rsplit_once('@').map(|(_, domain)| domain)
}

/// Somebody's place in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The role.
    pub role: OrganizationUserType,
    /// How far the person came.
    pub status: OrganizationUserStatus,
}

impl Seat {
    /// Whether it lets the person look after the organization: a confirmed Owner or Admin does.
    pub fn administers(self) -> bool {
        self.status == OrganizationUserStatus::Confirmed
            && matches!(self.role, OrganizationUserType::Owner | OrganizationUserType::Admin)
    }

    /// Whether it is that of a confirmed Owner.
    pub fn owns(self) -> bool {
        self.status == OrganizationUserStatus::Confirmed && self.role == OrganizationUserType::Owner
    }

    /// Whether the person is invited, or accepted and waits to be confirmed.
    pub fn waits(self) -> bool {
        matches!(self.status, OrganizationUserStatus::Invited | OrganizationUserStatus::Accepted)
    }
}

/// How an organization stands between us and its own people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Confirmed Owners.
    pub owners: u32,
    /// Those of them that are ours.
    pub our_owners: u32,
}

impl Standing {
    /// Counts; of each member whether it is one of ours, and the seat.
    pub fn of(members: impl IntoIterator<Item = (bool, Seat)>) -> Self {
        let mut standing = Self::default();
        for (ours, _) in members.into_iter().filter(|(_, seat)| seat.owns()) {
            standing.owners += 1;
            standing.our_owners += u32::from(ours);
        }
        standing
    }

    /// Whether an organization that stands so is in this danger; `missing` says whether somebody of ours lacks a seat.
    pub fn risks(self, risk: Risk, missing: bool) -> bool {
        match risk {
            Risk::OneOwner => self.owners < 2,
            Risk::NoOwnerOfTheirs => self.owners == self.our_owners,
            Risk::SeatMissing => missing,
        }
    }
}

/// What may go wrong with an organization because of who sits in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Risk {
    /// Fewer than two Owners are confirmed.
    OneOwner,
    /// No confirmed Owner is of the organization itself.
    NoOwnerOfTheirs,
    /// One of the technicians looked at has no confirmed seat as Owner or Admin.
    SeatMissing,
}

impl Risk {
    /// Every risk, the gravest first.
    pub const ALL: [Self; 3] = [Self::OneOwner, Self::NoOwnerOfTheirs, Self::SeatMissing];
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_wire::{OrganizationUserStatus as Status, OrganizationUserType as Role};
    use proptest::prelude::*;

    fn ours(own: &str, chosen: &[&str]) -> Result<Ours, (String, DomainError)> {
        Ours::new(own, &chosen.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn whoever_has_an_address_at_a_whole_domain_of_ours_is_one_of_ours() {
        let ours = ours("Ana@Harbourlight.example", &[]).unwrap();
        assert_eq!(ours.domains(), ["harbourlight.example"]);
        for address in ["ben@harbourlight.example", "MIA@HARBOURLIGHT.EXAMPLE", " tom@harbourlight.example "]
        {
            assert!(ours.has(address), "{address}");
        }
        for address in [
            "x@evilharbourlight.example",
            "x@sub.harbourlight.example",
            "x@harbourlight.example.evil.example",
            "harbourlight.example",
            "x@harbourlight.example@evil.example",
            "x@hárbourlight.example",
            "",
        ] {
            assert!(!ours.has(address), "{address}");
        }
    }

    #[test]
    fn at_a_domain_for_everybody_only_oneself_is_ours() {
        let ours = ours("ana@gmail.com", &[]).unwrap();
        assert!(ours.domains().is_empty());
        assert!(ours.has("Ana@GMail.com") && ours.is_own("Ana@GMail.com"));
        assert!(!ours.has("somebody@gmail.com"));
    }

    #[test]
    fn chosen_domains_take_the_place_of_ones_own_and_wrong_ones_are_given_back() {
        let chosen = ours("ana@one.example", &["@Two.example", "three.example", "two.EXAMPLE"]).unwrap();
        assert_eq!(chosen.domains(), ["two.example", "three.example"]);
        assert!(chosen.has("ana@one.example"), "one is always one of one's own");
        assert!(!chosen.has("ben@one.example"));
        for text in
            ["", "example", "a b.example", "ben@two.example", "-x.example", "two.example.", "*.example"]
        {
            assert_eq!(
                ours("ana@one.example", &[text]),
                Err((text.to_owned(), DomainError::NotADomain)),
                "{text}"
            );
        }
        assert_eq!(
            ours("ana@one.example", &["GMail.com"]),
            Err(("GMail.com".to_owned(), DomainError::Public))
        );
        let many: Vec<String> = (0..=MOST_DOMAINS).map(|number| format!("d{number}.example")).collect();
        let refused = Err((format!("d{MOST_DOMAINS}.example"), DomainError::TooMany));
        assert_eq!(Ours::new("ana@one.example", &many), refused);
    }

    #[test]
    fn an_organization_is_in_danger_by_who_owns_it() {
        let seat = |role, status| Seat { role, status };
        let owner = |ours| (ours, seat(Role::Owner, Status::Confirmed));
        let risks = |members: &[(bool, Seat)]| {
            let standing = Standing::of(members.iter().copied());
            Risk::ALL.into_iter().filter(|risk| standing.risks(*risk, false)).collect::<Vec<_>>()
        };
        assert_eq!(risks(&[owner(true), owner(false)]), []);
        assert_eq!(risks(&[owner(false), (true, seat(Role::Admin, Status::Confirmed))]), [Risk::OneOwner]);
        assert_eq!(risks(&[owner(true), owner(true)]), [Risk::NoOwnerOfTheirs]);
        assert_eq!(risks(&[owner(true)]), [Risk::OneOwner, Risk::NoOwnerOfTheirs]);
        let not_yet = (false, seat(Role::Owner, Status::Accepted));
        assert_eq!(
            risks(&[owner(true), owner(true), not_yet]),
            [Risk::NoOwnerOfTheirs],
            "waiting is not owning"
        );
        assert_eq!(risks(&[]), [Risk::OneOwner, Risk::NoOwnerOfTheirs]);
    }

    proptest! {
        #[test]
        fn no_address_at_another_domain_is_ours(before in "[a-z0-9.-]{0,8}", after in "[a-z0-9.-]{0,8}", own in "[a-z]{1,8}") {
            let domain = format!("{own}.example");
            let ours = Ours::new(&format!("me@{domain}"), &[]).unwrap();
            let other = format!("{before}{domain}{after}");
            prop_assert_eq!(ours.has(&format!("x@{other}")), other == domain);
        }

        #[test]
        fn no_text_is_a_harm(own: String, chosen: Vec<String>, address: String) {
            if let Ok(ours) = Ours::new(&own, &chosen) {
                ours.has(&address);
            }
        }
    }
}
