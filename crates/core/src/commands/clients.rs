//! A provider's clients: the list, making and changing them, their people.

mod addable;
mod create;
mod people;
mod seats;
mod summary;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use portal_bridge::{
    Action, ClientsView, Field, FromCore, GetClientIds, GetClients, Problem, ProblemKind, ProviderId,
    ProviderOrganizationId, Topic, UpdateClient,
};
use portal_domain::limits::Stored;
use portal_wire::client::UpdateClientRequest;

pub(super) use addable::tier_word;
pub(crate) use people::KEY_CHANGED;
pub(super) use summary::{link_rights, people};

use super::Handle;
use crate::{Core, api::Call, fields::Fields, stores::Table};

impl Handle for GetClients {
    async fn handle(self, core: &Rc<Core>) -> Result<ClientsView, Problem> {
        core.open()?.me().staffing(self.query.provider)?;
        let clients = core.clients_so_far(self.query.provider).await;
        Ok(clients.find(&self.query).view(&clients.table(), self.window, clients.state()))
    }
}

impl Handle for GetClientIds {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<ProviderOrganizationId>, Problem> {
        let clients = core.clients(self.0.provider).await?;
        let table = clients.table();
        Ok(clients.find(&self.0).rows.iter().filter_map(|row| table.link(*row as usize)).collect())
    }
}

impl Handle for UpdateClient {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let table = core.clients(self.provider).await?.table();
        let row = index_of(&table, self.link)?;
        core.update_client(self.provider, &table, row, self.name.as_deref(), self.seats).await?;
        core.clients_changed(self.provider).await
    }
}

impl Core {
    /// Renames a client and sets its seats. The same twice is the same as once, so that it may be sent again.
    pub(crate) async fn update_client(
        &self,
        provider: ProviderId,
        table: &Table,
        row: usize,
        name: Option<&str>,
        seats: Option<u32>,
    ) -> Result<(), Problem> {
        let client = table.row(row).ok_or(ProblemKind::NotFound)?;
        if name.is_some() {
            self.require(provider, Action::RenameClient).await?;
        }
        if seats.is_some() {
            self.require(provider, Action::ChangeSeats).await?;
        }
        let mut fields = Fields::default();
        let name = fields.name(Field::Name, name.unwrap_or(&client.name), Stored::Plain);
        let before = client.assigned.unwrap_or_default();
        let seats = seats.unwrap_or(before);
        // The server does not stop anybody from going below the seats in use.
        let lowest = if seats < before { client.used } else { 0 };
        let assigned_seats = fields.seats(seats, lowest);
        fields.finish()?;
        let body = UpdateClientRequest { assigned_seats, name };
        let call =
            Call::put(format!("/api/providers/{provider}/clients/{}", client.link)).repeatable().json(&body);
        self.api.done(&call).await
    }

    /// After clients were changed: reads them again and tells tabs.
    pub(crate) async fn clients_changed(self: &Rc<Self>, provider: ProviderId) -> Result<(), Problem> {
        self.forget_seats(provider);
        let read = self.reload_clients(provider).await.map(drop);
        self.tell_provider(provider);
        self.tabs.tell_all(&FromCore::Changed(Topic::Events(provider)));
        // The change was made; that the list could not be read again is the list's own news.
        match read {
            Err(problem) if matches!(problem.kind, ProblemKind::Locked | ProblemKind::SignedOut) => {
                Err(problem)
            }
            _ => Ok(()),
        }
    }
}

/// The row of a client that is in the list.
pub(super) fn index_of(table: &Table, link: ProviderOrganizationId) -> Result<usize, Problem> {
    table.find_link(link).ok_or_else(|| ProblemKind::NotFound.into())
}
