//! Tables saved as CSV.

use std::{collections::HashMap, rc::Rc};

use portal_bridge::{
    Action, CsvFile, EventsOf, ExportClients, ExportEvents, ExportStaff, JobState, Problem, ProblemKind,
    StaffRole, StaffStatus, UserId,
};
use portal_domain::{
    csv::{Cell, Csv},
    timeline::device_name,
};
use portal_wire::Timestamp;

use super::Handle;
use crate::{
    Core,
    sort::sort_by,
    stores::{
        events::{Range, clients_unnamed, rows_of},
        staff::matching,
    },
};

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

impl Handle for ExportEvents {
    async fn handle(self, core: &Rc<Core>) -> Result<CsvFile, Problem> {
        let query = self.0;
        match query.source {
            EventsOf::Provider(provider) => core.require(provider, Action::ExportProviderEvents).await?,
            source => core.demand_events(source).await?,
        }
        let log = core.event_log(&query);
        if log.len() > 0 {
            core.refresh_log(&log).await?;
        }
        if !log.has_all_of(Range::of(&query)) {
            let job = core.job(core.load_all_events(query.clone()))?;
            while job.is_running() {
                core.platform.sleep(LOOK_MS).await;
            }
            match job.state() {
                JobState::Failed(problem) => return Err(problem),
                JobState::Stopped => return Err(ProblemKind::Cancelled.into()),
                _ => {}
            }
        }
        let staff = core.account_in(&query).await?;
        let addresses = core.addresses_in(query.source).await?;
        let mut unnamed = 0;
        if let EventsOf::Provider(provider) = query.source {
            let clients = core.clients(provider).await?.table();
            for client in clients_unnamed(core, &log, &query, staff) {
                if clients.find_organization(client).is_some() && core.members(client).await.is_err() {
                    unnamed += 1;
                }
            }
        }
        let mut csv = Csv::new(&[
            "date",
            "type",
            "event",
            "message",
            "place",
            "userId",
            "userName",
            "userEmail",
            "appName",
            "ip",
            "systemUser",
            "installationId",
            "serviceAccountId",
            "organizationId",
        ]);
        let mut rows = 0;
        rows_of(core, &log, &query, staff, |event, sentence| {
            let actor = event.acting_user_id.or(event.user_id);
            let email = actor.and_then(|actor| addresses.get(&actor).cloned());
            let id = actor.map(|id| id.to_string()).unwrap_or_default();
            rows += 1;
            let text = |text: &str| text.to_owned();
            let cells = [
                event.date.to_string(),
                event.kind.number().to_string(),
                event.kind.name().map(text).unwrap_or_default(),
                sentence.what_text(),
                sentence.place.clone().unwrap_or_default(),
                id,
                text(sentence.who.text()),
                email.unwrap_or_default(),
                event.device_type.map(|device| device_name(device).into_owned()).unwrap_or_default(),
                event.ip_address.clone().unwrap_or_default(),
                event.system_user.map(|system| system.number().to_string()).unwrap_or_default(),
                event.installation_id.map(|id| id.to_string()).unwrap_or_default(),
                event.service_account_id.map(|id| id.to_string()).unwrap_or_default(),
                event.organization_id.map(|id| id.to_string()).unwrap_or_default(),
            ];
            csv.row(cells.iter().map(|cell| if cell.is_empty() { Cell::Empty } else { Cell::Text(cell) }));
        });
        Ok(CsvFile { unnamed, ..file(core, "events", csv, rows) })
    }
}

impl Core {
    /// The addresses of those who may have done something, by their accounts.
    async fn addresses_in(self: &Rc<Self>, source: EventsOf) -> Result<HashMap<UserId, String>, Problem> {
        let provider = match source {
            EventsOf::Provider(provider) => Some(provider),
            _ => source.within().and_then(|within| within.provider),
        };
        let mut known: Vec<(UserId, String)> = Vec::new();
        if let Some(provider) = provider
            && (source.within().is_none() || self.require(provider, Action::ViewStaff).await.is_ok())
        {
            let staff = self.staff_list(provider).await?;
            known.extend(staff.people.iter().filter_map(|person| Some((person.user?, person.email.clone()))));
        }
        if let Some(within) = source.within() {
            let members = self.members(within.organization).await?;
            known.extend(members.into_iter().filter_map(|member| Some((member.user_id?, member.email))));
        }
        Ok(known.into_iter().collect())
    }
}

fn role_words(role: StaffRole) -> String {
    match role {
        StaffRole::ProviderAdmin => "Provider Admin".into(),
        StaffRole::ServiceUser => "Service User".into(),
        StaffRole::Unknown(number) => format!("Role {number}"),
    }
}

fn status_words(status: StaffStatus) -> String {
    match status {
        StaffStatus::Invited => "Invited".into(),
        StaffStatus::NeedsConfirmation => "Needs confirmation".into(),
        StaffStatus::Confirmed => "Confirmed".into(),
        StaffStatus::Unknown(number) => format!("Status {number}"),
    }
}

/// How often an export looks whether the rest has come.
const LOOK_MS: u32 = 100;

pub(super) fn yes_or_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// The file, named by what it holds and the day.
pub(super) fn file(core: &Core, what: &str, csv: Csv, rows: usize) -> CsvFile {
    let (year, month, day) = Timestamp(core.platform.now_ms()).date();
    CsvFile {
        name: format!("{what}-{year:04}-{month:02}-{day:02}.csv"),
        text: csv.finish(),
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        unnamed: 0,
    }
}
