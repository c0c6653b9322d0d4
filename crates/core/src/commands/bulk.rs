use std::rc::Rc;

use portal_bridge::{
    Action, ChangeSeats, Fault, Field, FieldProblem, JobId, JobKind, Problem, ProblemKind, ProviderId,
    ProviderOrganizationId, UnlinkClients,
};

use super::Handle;
use crate::{
    Core,
    jobs::{Places, Seats, Unlink, start_rows},
    sort::once_by_name,
};

impl Handle for ChangeSeats {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.require(self.provider, Action::ChangeSeats).await?;
        if self.change == 0 {
            let nothing = FieldProblem { field: Field::Seats, fault: Fault::Missing, part: None };
            return Err(ProblemKind::Invalid(vec![nothing]).into());
        }
        let (links, labels) = by_name(core, self.provider, self.links).await?;
        let work = Seats::new(self.provider, links, self.change);
        Ok(start_rows(core, self.provider, JobKind::SetSeats, labels, work))
    }
}

impl Handle for UnlinkClients {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.require(self.provider, Action::UnlinkClient).await?;
        let (links, labels) = by_name(core, self.provider, self.links).await?;
        let work = Unlink { provider: self.provider, links };
        Ok(start_rows(core, self.provider, JobKind::UnlinkClients, labels, work))
    }
}

/// Each client once, by name, with what it is called if it is still there.
pub(super) async fn by_name(
    core: &Rc<Core>,
    provider: ProviderId,
    links: Vec<ProviderOrganizationId>,
) -> Result<(Vec<ProviderOrganizationId>, Vec<String>), Problem> {
    let table = core.clients(provider).await?.table();
    let places = Places::of(&table);
    let label = |link: &ProviderOrganizationId| match places.get(*link) {
        Some(row) => table.name(row).to_owned(),
        None => link.to_string(),
    };
    Ok(once_by_name(links, ProviderOrganizationId::cmp, label))
}
