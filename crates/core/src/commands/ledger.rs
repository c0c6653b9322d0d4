//! The ledger of seats: reading it, taking idle seats back, and whether it agrees with the server.

mod reclaim;
mod reconcile;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use portal_bridge::{
    CsvFile, ExportLedger, GetLedger, GetLedgerClient, GetLedgerClients, LedgerClient, LedgerView,
    OrganizationId, Problem, ProblemKind,
};
use portal_domain::csv::{Cell, Csv};

use super::{Handle, export::file};
use crate::{Core, sort::sort_by};

impl Handle for GetLedger {
    async fn handle(self, core: &Rc<Core>) -> Result<LedgerView, Problem> {
        core.ledger_view(self.query, self.window).await
    }
}

impl Handle for GetLedgerClients {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<OrganizationId>, Problem> {
        let sheet = core.ledger_sheet(self.0.of, self.0.range).await?;
        Ok(sheet.matched(&self.0).map(|row| row.organization).collect())
    }
}

impl Handle for GetLedgerClient {
    async fn handle(self, core: &Rc<Core>) -> Result<LedgerClient, Problem> {
        let sheet = core.ledger_sheet(self.of, self.range).await?;
        sheet.client(self.organization).ok_or_else(|| ProblemKind::NotFound.into())
    }
}

impl Handle for ExportLedger {
    async fn handle(self, core: &Rc<Core>) -> Result<CsvFile, Problem> {
        let sheet = core.ledger_sheet(self.query.of, self.query.range).await?;
        let only = self.only.map(|mut only| {
            sort_by(&mut only, OrganizationId::cmp);
            only
        });
        let mut csv = Csv::new(&[
            "Client",
            "Plan",
            "Seats assigned",
            "Seats used",
            "Seats idle",
            "Idle on every day",
            "Change",
            "Client until",
            "From",
            "To",
            "Organization id",
        ]);
        let number = |of: Option<u32>| of.map_or(Cell::Empty, |of| Cell::Number(of.into()));
        let [from, to] = sheet.ends().map(|day| day.map(|day| day.to_string()).unwrap_or_default());
        let mut rows = 0;
        for row in sheet.matched(&self.query) {
            if only.as_ref().is_some_and(|only| only.binary_search(&row.organization).is_err()) {
                continue;
            }
            rows += 1;
            let gone = row.gone.map(|gone| gone.to_string()).unwrap_or_default();
            csv.row([
                Cell::Text(&row.name),
                Cell::Text(&row.plan),
                number(row.assigned),
                number(row.used),
                number(row.idle()),
                number(row.always_idle),
                row.change.map_or(Cell::Empty, Cell::Number),
                Cell::Text(&gone),
                Cell::Text(&from),
                Cell::Text(&to),
                Cell::Text(&row.organization.to_string()),
            ]);
        }
        Ok(file(core, "seat-ledger", csv, rows))
    }
}
