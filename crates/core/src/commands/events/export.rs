//! Events saved for others: exactly what a query finds.

use std::{collections::HashMap, rc::Rc};

use portal_bridge::{
    Action, CsvFile, EventFormat, EventsOf, EventsQuery, ExportEvents, JobState, Problem, ProblemKind,
    UserId, Within,
};
use portal_domain::timeline::export::{Told, cef, events_table, json_line, table_row};

use super::{
    super::{Handle, export::named_file},
    evidence,
};
use crate::{
    Core,
    stores::{
        Members,
        events::{Log, Range, Sources, names_lacking, rows_of},
    },
};

/// How often an export looks whether the rest has come.
const LOOK_MS: u32 = 100;

impl Handle for ExportEvents {
    /// The columns and keys are described in `docs/exports.md`.
    async fn handle(self, core: &Rc<Core>) -> Result<CsvFile, Problem> {
        let Self { query, format } = self;
        let source = query.filter.source;
        match (source.within(), source.provider()) {
            (None, Some(provider)) => core.require(provider, Action::ExportProviderEvents).await?,
            _ => core.demand_events(source).await?,
        }
        let log = core.whole_log(&query).await?;
        let unnamed = core.name_all(&log, &query).await?;
        let addresses = core.addresses_in(source).await?;
        if format == EventFormat::Evidence {
            let (text, rows) = evidence::pack(core, &log, &query, &addresses).await?;
            return Ok(CsvFile { unnamed, ..named_file(core, "evidence", "jsonl", text, rows) });
        }
        let mut rows = 0;
        let (mut text, mut table) = (String::new(), events_table());
        each_told(core, &log, &query, &addresses, |told| {
            rows += 1;
            match format {
                EventFormat::Csv => table_row(told, &mut table),
                EventFormat::Cef => cef(told, env!("CARGO_PKG_VERSION"), &mut text),
                EventFormat::JsonLines | EventFormat::Evidence => json_line(told, &mut text),
            }
        });
        let (ending, text) = match format {
            EventFormat::Csv => ("csv", table.finish()),
            EventFormat::Cef => ("cef", text),
            EventFormat::JsonLines | EventFormat::Evidence => ("jsonl", text),
        };
        Ok(CsvFile { unnamed, ..named_file(core, "events", ending, text, rows) })
    }
}

/// Every event of a query, newest first, with what is known about it.
pub(super) fn each_told(
    core: &Core,
    log: &Log,
    query: &EventsQuery,
    addresses: &HashMap<UserId, String>,
    mut each: impl FnMut(Told<'_>),
) {
    let names = Sources::of(core, query.filter.source);
    rows_of(core, log, query, |event, sentence, client| {
        let actor = event.acting_user_id.or(event.user_id);
        let client = client.and_then(|client| names.organization(client));
        let email = actor.and_then(|actor| addresses.get(&actor)).map(String::as_str);
        each(Told { event, sentence, client, email });
    });
}

impl Core {
    /// The log of a query with all there is in its range.
    async fn whole_log(self: &Rc<Self>, query: &EventsQuery) -> Result<Rc<Log>, Problem> {
        let source = query.filter.source;
        if let EventsOf::Portfolio(provider) = source {
            // Without the clients there would be none of their logs.
            self.clients(provider).await?;
        }
        let log = self.event_log(&query.filter);
        if log.len() > 0 && !source.is_many() {
            self.refresh_log(&log, false).await?;
        }
        if !log.has_all_of(Range::of(&query.filter)) {
            let job = self.job(self.load_all_events(query.filter.clone()))?;
            while job.is_running() {
                self.platform.sleep(LOOK_MS).await;
            }
            match job.state() {
                JobState::Failed(problem) => return Err(problem),
                JobState::Stopped => return Err(ProblemKind::Cancelled.into()),
                _ => {}
            }
        }
        if query.highlighted {
            self.await_highlights(&log, &query.filter).await;
        }
        Ok(log)
    }

    /// Learns every name that a query's events mention. In how many clients that could not be done.
    async fn name_all(self: &Rc<Self>, log: &Log, query: &EventsQuery) -> Result<u32, Problem> {
        let source = query.filter.source;
        if let (None, Some(provider)) = (source.within(), source.provider()) {
            self.clients(provider).await?;
        }
        let mut unnamed = Vec::new();
        for (organization, lack) in names_lacking(self, log, query) {
            let ours = self.may_be_asked(source, organization);
            let within = Within { provider: source.provider(), organization };
            if ours && !self.learn(within, lack).await && !unnamed.contains(&organization) {
                unnamed.push(organization);
            }
        }
        Ok(u32::try_from(unnamed.len()).unwrap_or(u32::MAX))
    }

    /// The addresses of those who may have done something, by their accounts.
    async fn addresses_in(self: &Rc<Self>, source: EventsOf) -> Result<HashMap<UserId, String>, Problem> {
        if let Some(within) = source.within() {
            self.members(within.organization).await?;
        }
        let mut known: HashMap<UserId, String> = self.stores.only::<Members>().addresses();
        if let Some(provider) = source.provider()
            && (source.within().is_none() || self.require(provider, Action::ViewStaff).await.is_ok())
        {
            let staff = self.staff_list(provider).await?;
            known.extend(staff.people.iter().filter_map(|person| Some((person.user?, person.email.clone()))));
        }
        Ok(known)
    }
}
