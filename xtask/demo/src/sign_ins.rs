//! Who can sign in, written down for whoever looks around.

use std::path::Path;

use portal_bridge::StaffRole;

use crate::{
    Failure,
    cast::{ACME, ANA, BEN, CLIENTS, Client, LEO, MIA, PASSWORD, SAM, STAFF, TOM, Until},
    play::own::cast::{ORGANIZATIONS, Until as Seated},
};

/// Where it is written in the data folder.
const FILE: &str = "demo-sign-ins.txt";

/// Leaves the lines in the data folder.
pub(crate) fn write(data: &Path, lines: &str) -> Result<(), Failure> {
    let file = data.join(FILE);
    std::fs::write(&file, lines).map_err(|cause| Failure::File { file, cause })
}

/// The lines of the play without a provider: those who work for many organizations, and whoever is of Acme.
pub(crate) fn owners() -> String {
    let many = [
        (ANA.email, "Owner and Admin of eight clients, elsewhere User, Custom, revoked and unconfirmed"),
        (BEN.email, "Owner or Admin of every organization but one"),
        (MIA.email, "Admin of three clients"),
        (TOM.email, "Admin of two clients, waits for confirmation at a third"),
    ];
    let many = many.map(|(email, role)| (email, role.to_owned()));
    let acme = ORGANIZATIONS.iter().filter(|organization| organization.name == ACME);
    let acme = acme.flat_map(|acme| acme.seats).filter(|seat| {
        seat.until == Seated::Confirmed && many.iter().all(|(technician, _)| *technician != seat.email)
    });
    let acme = acme.map(|seat| (seat.email, format!("{:?} of {ACME}", seat.role)));
    lines(many.clone().into_iter().chain(acme))
}

/// The lines of the play of a provider.
pub(crate) fn staff_and_owners() -> String {
    let staff =
        STAFF.into_iter().filter(|colleague| colleague.works.is_some() && colleague.email != LEO.email);
    let staff = staff.map(|colleague| match colleague.role {
        StaffRole::ProviderAdmin => (colleague.email, "Provider Admin".to_owned()),
        StaffRole::ServiceUser | StaffRole::Unknown(_) => (colleague.email, "Service User".to_owned()),
    });
    let others = [
        (SAM.email, "accepted, waits for confirmation".to_owned()),
        (LEO.email, "removed from the staff".to_owned()),
    ];
    let first = |until| CLIENTS.iter().find(move |client| client.owner.until == until);
    let owner = |client: &Client| (client.owner.email, format!("Owner of {}", client.name));
    let waiting =
        |client: &Client| (client.owner.email, format!("Owner of {}, waits for confirmation", client.name));
    let owners = first(Until::Confirmed).map(owner).into_iter().chain(first(Until::Accepted).map(waiting));
    lines(staff.chain(others).chain(owners))
}

fn lines(people: impl Iterator<Item = (&'static str, String)>) -> String {
    people.map(|(email, role)| format!("sign-in: {email} {PASSWORD} ({role})\n")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_has_address_password_and_role() {
        let text = super::staff_and_owners();
        assert!(
            text.starts_with("sign-in: ana@harbourlight.example harbour-light-2026 (Provider Admin)\n"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 9);
        let text = text + &super::owners();
        assert_eq!(text.lines().count(), 17);
        assert!(
            text.contains(
                "sign-in: dee@acme-robotics.example harbour-light-2026 (Custom of Acme Robotics)\n"
            )
        );
        assert!(text.lines().all(|line| line.starts_with("sign-in: ") && line.ends_with(')')));
    }
}
