use std::rc::Rc;

use portal_bridge::{
    Action, ChangeSeats, Fault, Field, FieldProblem, JobId, JobKind, Problem, ProblemKind, ProviderId,
    ProviderOrganizationId, UnlinkClients,
};

use super::Handle;
use crate::{
    Core,
    jobs::{Places, Seats, Unlink, start_rows},
    sort::once,
};

impl Handle for ChangeSeats {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.require(self.provider, Action::ChangeSeats).await?;
        if self.change == 0 {
            let nothing = FieldProblem { field: Field::Seats, fault: Fault::Missing, part: None };
            return Err(ProblemKind::Invalid(vec![nothing]).into());
        }
        let links = once(self.links, |one, other| one.cmp(other));
        let labels = labels(core, self.provider, &links).await?;
        let work = Seats::new(self.provider, links, self.change);
        Ok(start_rows(core, self.provider, JobKind::SetSeats, labels, work))
    }
}

impl Handle for UnlinkClients {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.require(self.provider, Action::UnlinkClient).await?;
        let links = once(self.links, |one, other| one.cmp(other));
        let labels = labels(core, self.provider, &links).await?;
        let work = Unlink { provider: self.provider, links };
        Ok(start_rows(core, self.provider, JobKind::UnlinkClients, labels, work))
    }
}

/// What clients are called, for those that are still there.
async fn labels(
    core: &Rc<Core>,
    provider: ProviderId,
    links: &[ProviderOrganizationId],
) -> Result<Vec<String>, Problem> {
    let table = core.clients(provider).await?.table();
    let places = Places::of(&table);
    let label = |link: &ProviderOrganizationId| match places.get(*link) {
        Some(row) => table.name(row).to_owned(),
        None => link.to_string(),
    };
    Ok(links.iter().map(label).collect())
}
