use std::rc::Rc;

use portal_bridge::{MemberStatus, OrganizationId, Part, Problem, Within};
use portal_wire::organization::MemberRow;

use super::{Roster, Table};
use crate::{
    Core,
    api::{Call, RowSink, read},
    stores::portfolio::Seats,
};

impl Core {
    /// What is known of a client's members.
    pub(crate) fn roster(&self, organization: OrganizationId) -> Rc<Roster> {
        self.stores.of_client::<Roster>(organization)
    }

    /// The members, read when they were not read yet. When they were read a while ago, they are read again beside.
    pub(crate) async fn member_table(self: &Rc<Self>, within: Within) -> Result<Rc<Table>, Problem> {
        let roster = self.roster(within.organization);
        let age = self.platform.now_ms() - roster.read_at.get();
        if let Some(table) = roster.table() {
            if age > OLD_MS && roster.reading.try_lock().is_some() {
                roster.read_at.set(self.platform.now_ms());
                let core = self.clone();
                self.spawn_in_session(async move {
                    // A failure is shown with the list.
                    let _ = core.reload_member_table(within).await;
                });
            }
            return Ok(table);
        }
        let turn = roster.reading.lock().await;
        if let Some(table) = roster.table() {
            return Ok(table);
        }
        let just_now = self.platform.now_ms() - roster.read_at.get() < CALM_MS;
        if let Some(problem) = roster.problem().filter(|_| just_now) {
            return Err(problem);
        }
        let read = self.fetch_members(within, &roster).await;
        drop(turn);
        read
    }

    /// The members as they are now.
    pub(crate) async fn reload_member_table(self: &Rc<Self>, within: Within) -> Result<Rc<Table>, Problem> {
        let roster = self.roster(within.organization);
        let _turn = roster.reading.lock().await;
        self.fetch_members(within, &roster).await
    }

    /// Members have changed: they are read again, and so is what is counted from them. A failure is shown with the list.
    pub(crate) async fn members_changed(self: &Rc<Self>, within: Within) {
        let _ = self.reload_member_table(within).await;
        self.tell_client(within.organization, Part::Events);
        if let Some(provider) = within.provider {
            let _ = self.clients_changed(provider).await;
        }
    }

    /// Members have changed: whoever looks next reads them again.
    pub(crate) fn members_outdated(&self, organization: OrganizationId) {
        self.roster(organization).read_at.set(0);
        self.tell_client(organization, Part::Members);
        self.tell_client(organization, Part::Events);
    }

    async fn fetch_members(self: &Rc<Self>, within: Within, roster: &Roster) -> Result<Rc<Table>, Problem> {
        let call = Call::get(format!("/api/organizations/{}/users?includeGroups=true", within.organization));
        let mut reading = Reading(Table::default());
        let read = self.api.rows(&call, "data", &mut reading).await;
        roster.read_at.set(self.platform.now_ms());
        *roster.problem.borrow_mut() = read.as_ref().err().cloned();
        if read.is_ok() {
            roster.replace(reading.0.finish());
        }
        self.tell_client(within.organization, Part::Members);
        read?;
        Ok(roster.table().unwrap_or_default())
    }
}

impl Roster {
    /// What was read elsewhere is another matter than what is known here: whoever looks next reads it again.
    pub(crate) fn compare(&self, seats: Seats) {
        let Some(table) = self.table() else { return };
        let counts = table.counts();
        let waits = |(status, _): &&(MemberStatus, u32)| *status == MemberStatus::NeedsConfirmation;
        let waiting = counts.statuses.iter().find(waits).map_or(0, |(_, count)| *count);
        let known = Seats { used: counts.seats_taken, owners: counts.confirmed_owners, waiting };
        if known != seats {
            self.read_at.set(0);
        }
    }
}

/// After a failure, asking again within this time is answered with the failure: news of it must not cause a storm.
const CALM_MS: i64 = 1_500;
/// A list older than this is read again when it is looked at.
const OLD_MS: i64 = 30_000;

/// Takes the rows as they arrive.
struct Reading(Table);

impl RowSink for Reading {
    fn restart(&mut self) {
        self.0 = Table::default();
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let row: MemberRow = read(json)?;
        self.0.push(&row);
        Ok(())
    }
}
