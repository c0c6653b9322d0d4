mod evidence;
mod export;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use portal_bridge::{
    Action, ChoiceBy, EventChoice, EventConditions, EventGap, EventRow, EventsFilter, EventsOf, EventsQuery,
    EventsView, GetEventChoices, GetEventGaps, GetEventLanes, GetEvents, GetHighlight, JobId, JobKind,
    LanesView, LoadAllEvents, NameConditions, PauseEvents, Problem, ProblemKind, RefreshEvents, RetryGaps,
    Rows,
};

use super::Handle;
use crate::{
    Core,
    jobs::{LoadEvents, Progress},
    stores::events::{Log, Range, behind, choices, lanes, names_of, view},
};

impl Handle for GetEvents {
    async fn handle(self, core: &Rc<Core>) -> Result<EventsView, Problem> {
        let Self { query, window } = self;
        let log = core.readable_log(&query.filter).await?;
        let found = view(core, &log, &query, window);
        core.event_window(&log, &query.filter, window, found.rows.matched);
        // Reading may have begun just now, which the state tells.
        Ok(EventsView {
            rows: Rows { state: core.event_state(&log, Range::of(&query.filter)), ..found.rows },
            ..found
        })
    }
}

impl Handle for GetEventLanes {
    async fn handle(self, core: &Rc<Core>) -> Result<LanesView, Problem> {
        let log = core.readable_log(&self.query.filter).await?;
        let found = lanes(core, &log, &self.query, self.by, self.window);
        core.event_window(&log, &self.query.filter, self.window, u32::MAX);
        Ok(found)
    }
}

impl Handle for GetEventChoices {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<EventChoice>, Problem> {
        let log = core.readable_log(&self.filter).await?;
        Ok(choices(core, &log, &self.filter, self.by, &self.typed))
    }
}

impl Handle for NameConditions {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<String>, Problem> {
        core.demand_events(self.source).await?;
        Ok(names_of(core, self.source, &self.conditions))
    }
}

impl Handle for GetHighlight {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<EventRow>, Problem> {
        let log = core.readable_log(&self.filter).await?;
        behind(core, &log, &self).ok_or_else(|| ProblemKind::NotFound.into())
    }
}

impl Handle for GetEventGaps {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<EventGap>, Problem> {
        let log = core.readable_log(&self.0).await?;
        Ok(core.event_gaps(&log, Range::of(&self.0)))
    }
}

impl Handle for RetryGaps {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let log = core.readable_log(&self.0).await?;
        log.close_gaps();
        core.read_events(&log);
        core.tell_events(log.source());
        Ok(())
    }
}

impl Handle for PauseEvents {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let log = core.readable_log(&self.filter).await?;
        log.pause(self.pause);
        core.read_events(&log);
        core.tell_events(log.source());
        Ok(())
    }
}

impl Handle for LoadAllEvents {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.demand_events(self.0.source).await?;
        Ok(core.load_all_events(self.0))
    }
}

impl Handle for RefreshEvents {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.demand_events(self.source).await?;
        core.refresh_events(self.source, self.live).await
    }
}

impl Core {
    /// The log of a filter, for whoever may read it.
    async fn readable_log(self: &Rc<Self>, filter: &EventsFilter) -> Result<Rc<Log>, Problem> {
        self.demand_events(filter.source).await?;
        Ok(self.event_log(filter))
    }

    /// Refuses whoever may not read the events of a source, or not now.
    pub(super) async fn demand_events(self: &Rc<Self>, source: EventsOf) -> Result<(), Problem> {
        match (source.within(), source.provider()) {
            (Some(within), _) => self.rights_in(within).await?.demand(Action::ViewOrganizationEvents),
            (None, Some(provider)) => self.require(provider, Action::ViewProviderEvents).await,
            // Which they are, the profile says.
            (None, None) => self.open().map(drop),
        }
    }

    /// Starts reading the rest of a range.
    pub(super) fn load_all_events(self: &Rc<Self>, filter: EventsFilter) -> JobId {
        self.start_job(
            filter.source.provider().unwrap_or_default(),
            JobKind::LoadEvents,
            Rc::new(LoadEvents { filter }),
            Progress::default(),
        )
    }
}

/// What a query leaves out, in words, for whoever reads what was saved.
fn filter_words(core: &Core, query: &EventsQuery) -> String {
    let filter = &query.filter;
    let mut words = Vec::new();
    for (conditions, word) in [(&filter.only, "only"), (&filter.without, "without")] {
        let named = conditions_of(conditions);
        if !named.is_empty() {
            words.push(format!("{word} {}", names_of(core, filter.source, &named).join(", ")));
        }
    }
    if !filter.search.trim().is_empty() {
        words.push(format!("with the words “{}”", filter.search.trim()));
    }
    if query.highlighted {
        words.push("only what a rule points out".to_owned());
    }
    words.join("; ")
}

fn conditions_of(conditions: &EventConditions) -> Vec<(ChoiceBy, String)> {
    fn text<T: ToString>(by: ChoiceBy, values: &[T]) -> Vec<(ChoiceBy, String)> {
        values.iter().map(|value| (by, value.to_string())).collect()
    }
    let families: Vec<&str> = conditions.categories.iter().map(|category| category.key()).collect();
    [
        text(ChoiceBy::Client, &conditions.clients),
        text(ChoiceBy::Person, &conditions.people),
        text(ChoiceBy::Category, &families),
        text(ChoiceBy::Kind, &conditions.kinds),
        text(ChoiceBy::Device, &conditions.devices),
        text(ChoiceBy::Address, &conditions.addresses),
    ]
    .concat()
}
