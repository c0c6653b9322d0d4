use std::rc::Rc;

use portal_bridge::{
    Action, EventPerson, EventsOf, EventsQuery, EventsView, GetEventPeople, GetEvents, JobId, JobKind,
    LoadAllEvents, Problem, RefreshEvents, UserId,
};

use portal_domain::search::fold;
use portal_wire::organization::MemberMini;

use super::Handle;
use crate::{
    Core,
    jobs::{LoadEvents, Progress},
    sort::sort_by,
    stores::events::{Range, view},
};

impl Handle for GetEvents {
    async fn handle(self, core: &Rc<Core>) -> Result<EventsView, Problem> {
        let Self { query, window } = self;
        core.demand_events(query.source).await?;
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
        core.demand_events(self.0.source).await?;
        Ok(core.load_all_events(self.0))
    }
}

impl Handle for RefreshEvents {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.demand_events(self.0).await?;
        core.refresh_events(self.0).await
    }
}

impl Handle for GetEventPeople {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<EventPerson>, Problem> {
        core.demand_events(self.0).await?;
        let mut people: Vec<EventPerson> = match (self.0, self.0.within()) {
            (EventsOf::Provider(provider), _) => {
                let list = core.staff_list(provider).await?;
                let known = list.people.iter().filter(|person| person.user.is_some());
                known
                    .map(|person| EventPerson { id: person.id.to_string(), name: person.label().to_owned() })
                    .collect()
            }
            (_, Some(within)) => {
                // Only who has an account can have done anything.
                let members = core.members(within.organization).await?;
                let known = members.into_iter().filter(|member| member.user_id.is_some());
                let name = |member: &MemberMini| member.name.clone().filter(|name| !name.trim().is_empty());
                known
                    .map(|member| EventPerson {
                        name: name(&member).unwrap_or(member.email),
                        id: member.id.to_string(),
                    })
                    .collect()
            }
            (_, None) => Vec::new(),
        };
        sort_by(&mut people, |one, other| fold(&one.name).cmp(&fold(&other.name)));
        Ok(people)
    }
}

impl Core {
    /// Refuses whoever may not read the events of a source, or not now.
    pub(super) async fn demand_events(self: &Rc<Self>, source: EventsOf) -> Result<(), Problem> {
        match (source, source.within()) {
            (EventsOf::Provider(provider), _) => self.require(provider, Action::ViewProviderEvents).await,
            (_, Some(within)) => self.rights_in(within).await?.demand(Action::ViewOrganizationEvents),
            (_, None) => Ok(()),
        }
    }

    /// The account of the person a query names.
    pub(super) async fn account_in(self: &Rc<Self>, query: &EventsQuery) -> Result<Option<UserId>, Problem> {
        let (Some(staff), EventsOf::Provider(provider)) = (query.staff, query.source) else {
            return Ok(None);
        };
        Ok(self.staff_list(provider).await?.get(staff).and_then(|person| person.user))
    }

    /// Starts reading the rest of a range.
    pub(super) fn load_all_events(self: &Rc<Self>, query: EventsQuery) -> JobId {
        self.start_job(
            match query.source {
                EventsOf::Provider(provider) => provider,
                _ => query.source.within().and_then(|within| within.provider).unwrap_or_default(),
            },
            JobKind::LoadEvents,
            Rc::new(LoadEvents { query }),
            Progress::default(),
        )
    }
}
