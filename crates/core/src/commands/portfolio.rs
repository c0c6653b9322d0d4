//! Every client one looks after in one list, and making one's own.

mod create;

use std::rc::Rc;

use portal_bridge::{
    GetPortfolio, GetPortfolioClients, ListState, PortfolioClients, PortfolioView, Problem, RetryPortfolio,
};

use super::Handle;
use crate::{Core, session::Membership};

impl Handle for GetPortfolio {
    async fn handle(self, core: &Rc<Core>) -> Result<PortfolioView, Problem> {
        let me = core.open()?.me();
        let own = me.own_clients().count();
        let keeps_events = me.own_clients().any(Membership::keeps_events);
        let bills = me.billed_clients().next().is_some();
        let server = core.server().await?;
        let (list, state) = core.portfolio_so_far().await?;
        Ok(PortfolioView {
            clients: (state == ListState::Complete).then(|| list.len()),
            own: u32::try_from(own).unwrap_or(u32::MAX),
            mixed: list.is_mixed(),
            creates: server.creates_organizations(),
            keeps_events,
            bills,
        })
    }
}

impl Handle for GetPortfolioClients {
    async fn handle(self, core: &Rc<Core>) -> Result<PortfolioClients, Problem> {
        core.reload_old_me(&*core.open()?);
        let (list, state) = core.portfolio_so_far().await?;
        core.read_portfolio();
        let rows = core.portfolio().rows(&list, &self.query, self.window, state);
        Ok(PortfolioClients { rows, reading: core.portfolio_reading() })
    }
}

impl Handle for RetryPortfolio {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.open()?;
        core.retry_portfolio();
        Ok(())
    }
}
