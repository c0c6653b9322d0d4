//! Who of ours sits in the clients one looks after as Owner or Admin.

mod change;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use portal_bridge::{
    Fault, Field, FieldProblem, GetSeatClients, GetSeatMatrix, GetTechnicians, OrganizationId, Problem,
    ProblemKind, SeatMatrix, TechniciansView,
};
use portal_domain::technicians::{DomainError, MOST_DOMAINS, Ours};

use super::Handle;
use crate::{Core, stores::portfolio::Ends};

impl Handle for GetTechnicians {
    async fn handle(self, core: &Rc<Core>) -> Result<TechniciansView, Problem> {
        let ours = ours(core, &self.domains)?;
        let (list, _) = core.portfolio_so_far().await?;
        core.read_portfolio();
        let seating = core.portfolio().seating(&list, &ours);
        Ok(TechniciansView { domains: ours.domains().to_vec(), rows: seating.technicians().to_vec() })
    }
}

impl Handle for GetSeatMatrix {
    async fn handle(self, core: &Rc<Core>) -> Result<SeatMatrix, Problem> {
        let ours = ours(core, &self.query.domains)?;
        let (list, state) = core.portfolio_so_far().await?;
        core.read_portfolio();
        let portfolio = core.portfolio();
        let ends = Ends::at(core.platform.now_ms(), &self.query.ends);
        let seating = portfolio.seating(&list, &ours);
        let view = seating.view(&self.query, &ends, self.window, state, core.portfolio_reading());
        let (overdue, ended) = portfolio.overdue(&list, &ends);
        Ok(SeatMatrix { overdue, ended, ..view })
    }
}

impl Handle for GetSeatClients {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<OrganizationId>, Problem> {
        let ours = ours(core, &self.0.domains)?;
        let (list, _) = core.portfolio_so_far().await?;
        Ok(core.portfolio().seating(&list, &ours).clients(&self.0))
    }
}

fn ours(core: &Rc<Core>, domains: &[String]) -> Result<Ours, Problem> {
    let me = core.open()?.me();
    Ours::new(&me.email, domains).map_err(|(domain, error)| {
        let fault = match error {
            DomainError::NotADomain if domain.trim().is_empty() => Fault::Missing,
            DomainError::NotADomain => Fault::NotADomain,
            DomainError::Public => Fault::PublicDomain,
            DomainError::TooMany => Fault::TooMany { limit: u32::try_from(MOST_DOMAINS).unwrap_or(u32::MAX) },
        };
        ProblemKind::Invalid(vec![FieldProblem { field: Field::Domain, fault, part: None }]).into()
    })
}
