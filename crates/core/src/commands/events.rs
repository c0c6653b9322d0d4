use std::rc::Rc;

use portal_bridge::{
    Action, EventsQuery, EventsView, GetEvents, JobId, JobKind, LoadAllEvents, Problem, RefreshEvents, UserId,
};

use super::Handle;
use crate::{
    Core,
    jobs::{LoadEvents, Progress},
    stores::events::{Range, view},
};

impl Handle for GetEvents {
    async fn handle(self, core: &Rc<Core>) -> Result<EventsView, Problem> {
        let Self { query, window } = self;
        core.require(query.provider, Action::ViewProviderEvents).await?;
        let staff = core.account_in(&query).await?;
        let log = core.event_log(&query);
        let found = view(core, &log, &query, staff, window);
        core.event_window(&log, &query, window, found.rows.matched);
        // Reading may have begun just now, which the state tells.
        Ok(EventsView {
            rows: portal_bridge::Rows { state: log.state(Range::of(&query)), ..found.rows },
            ..found
        })
    }
}

impl Handle for LoadAllEvents {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.require(self.0.provider, Action::ViewProviderEvents).await?;
        Ok(core.load_all_events(self.0))
    }
}

impl Handle for RefreshEvents {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.require(self.0, Action::ViewProviderEvents).await?;
        core.refresh_events(self.0).await
    }
}

impl Core {
    /// The account of the person a query names.
    pub(super) async fn account_in(self: &Rc<Self>, query: &EventsQuery) -> Result<Option<UserId>, Problem> {
        let Some(staff) = query.staff else { return Ok(None) };
        Ok(self.staff_list(query.provider).await?.get(staff).and_then(|person| person.user))
    }

    /// Starts reading the rest of a range.
    pub(super) fn load_all_events(self: &Rc<Self>, query: EventsQuery) -> JobId {
        self.start_job(
            query.provider,
            JobKind::LoadEvents,
            Rc::new(LoadEvents { query }),
            Progress::default(),
        )
    }
}
