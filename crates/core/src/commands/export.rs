//! Tables saved as CSV.

use std::rc::Rc;

use portal_bridge::{Action, CsvFile, ExportClients, ExportStaff, Problem, StaffRole, StaffStatus};
use portal_domain::csv::{Cell, Csv};
use portal_wire::Timestamp;

use super::Handle;
use crate::{Core, sort::sort_by, stores::staff::matching};

impl Handle for ExportClients {
    async fn handle(self, core: &Rc<Core>) -> Result<CsvFile, Problem> {
        let provider = self.query.provider;
        core.require(provider, Action::ViewClients).await?;
        let clients = core.clients(provider).await?;
        let table = clients.table();
        let rows: Vec<usize> = match self.only {
            None => clients.find(&self.query).rows.iter().map(|row| *row as usize).collect(),
            Some(mut only) => {
                sort_by(&mut only, |one, other| one.cmp(other));
                let everything = portal_bridge::ClientsQuery {
                    search: String::new(),
                    plan: None,
                    needs: None,
                    ..self.query
                };
                let ordered = clients.find(&everything);
                let chosen = ordered.rows.iter().map(|row| *row as usize);
                chosen
                    .filter(|row| table.link(*row).is_some_and(|link| only.binary_search(&link).is_ok()))
                    .collect()
            }
        };
        let mut csv = Csv::new(&[
            "Name",
            "Plan",
            "Seats assigned",
            "Seats used",
            "Seats remaining",
            "Confirmed members",
            "Enabled",
            "Added",
            "Client id",
            "Organization id",
        ]);
        for client in rows.iter().filter_map(|row| table.row(*row)) {
            let number = |of: Option<u32>| of.map_or(Cell::Empty, |of| Cell::Number(of.into()));
            csv.row([
                Cell::Text(&client.name),
                Cell::Text(&client.plan),
                number(client.assigned),
                number(Some(client.used)),
                client
                    .assigned
                    .map_or(Cell::Empty, |seats| Cell::Number(i64::from(seats) - i64::from(client.used))),
                number(Some(client.confirmed)),
                Cell::Text(yes_or_no(client.enabled)),
                Cell::Text(&Timestamp(client.added.0).to_string()),
                Cell::Text(&client.link.to_string()),
                Cell::Text(&client.organization.to_string()),
            ]);
        }
        Ok(file(core, "clients", csv, rows.len()))
    }
}

impl Handle for ExportStaff {
    async fn handle(self, core: &Rc<Core>) -> Result<CsvFile, Problem> {
        core.require(self.0.provider, Action::ViewStaff).await?;
        let list = core.staff_list(self.0.provider).await?;
        let people = matching(&list, &self.0);
        let mut csv = Csv::new(&["Name", "E-mail", "Role", "Status", "Member id", "User id"]);
        for person in &people {
            let user = person.user.map(|id| id.to_string());
            csv.row([
                person.name.as_deref().map_or(Cell::Empty, Cell::Text),
                Cell::Text(&person.email),
                Cell::Text(&role_words(person.shown_role())),
                Cell::Text(&status_words(person.shown_status())),
                Cell::Text(&person.id.to_string()),
                user.as_deref().map_or(Cell::Empty, Cell::Text),
            ]);
        }
        Ok(file(core, "staff", csv, people.len()))
    }
}

pub(super) fn role_words(role: StaffRole) -> String {
    match role {
        StaffRole::ProviderAdmin => "Provider Admin".into(),
        StaffRole::ServiceUser => "Service User".into(),
        StaffRole::Unknown(number) => format!("Role {number}"),
    }
}

pub(super) fn status_words(status: StaffStatus) -> String {
    match status {
        StaffStatus::Invited => "Invited".into(),
        StaffStatus::NeedsConfirmation => "Needs confirmation".into(),
        StaffStatus::Confirmed => "Confirmed".into(),
        StaffStatus::Unknown(number) => format!("Status {number}"),
    }
}

pub(super) fn yes_or_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// The file, named by what it holds and the day.
pub(super) fn file(core: &Core, what: &str, csv: Csv, rows: usize) -> CsvFile {
    named_file(core, what, "csv", csv.finish(), rows)
}

/// The same for a text of another kind, with the ending of its name.
pub(super) fn named_file(core: &Core, what: &str, ending: &str, text: String, rows: usize) -> CsvFile {
    let (year, month, day) = Timestamp(core.platform.now_ms()).date();
    CsvFile {
        name: format!("{what}-{year:04}-{month:02}-{day:02}.{ending}"),
        text,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        unnamed: 0,
    }
}
