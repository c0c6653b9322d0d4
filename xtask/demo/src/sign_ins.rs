//! Who can sign in, written down for whoever looks around.

use std::path::Path;

use portal_bridge::StaffRole;

use crate::{
    Failure,
    cast::{CLIENTS, Client, LEO, PASSWORD, SAM, STAFF, Until},
};

/// Where it is written in the data folder.
const FILE: &str = "demo-sign-ins.txt";

/// Everybody of the play, and the lines about others.
pub(crate) fn write(data: &Path, others: &str) -> Result<(), Failure> {
    let file = data.join(FILE);
    std::fs::write(&file, text() + others).map_err(|cause| Failure::File { file, cause })
}

fn text() -> String {
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
    staff
        .chain(others)
        .chain(owners)
        .map(|(email, role)| format!("sign-in: {email} {PASSWORD} ({role})\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_has_address_password_and_role() {
        let text = super::text();
        assert!(
            text.starts_with("sign-in: ana@harbourlight.example harbour-light-2026 (Provider Admin)\n"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 9);
        assert!(text.lines().all(|line| line.starts_with("sign-in: ") && line.ends_with(')')));
    }
}
