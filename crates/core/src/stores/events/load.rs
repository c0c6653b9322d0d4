use std::rc::Rc;

use portal_bridge::{EventsQuery, FromCore, Problem, ProblemKind, ProviderId, Topic, Window};
use portal_wire::{Event, List as WireList, Timestamp};

use super::{Events, Log, Range, log::Head, names::Sources};
use crate::{
    Core,
    api::{Call, encode},
};

/// Tabs hear of more events no oftener than this.
const NEWS_MS: i64 = 250;

impl Core {
    /// The log for a query, which is being read from now on.
    pub(crate) fn event_log(self: &Rc<Self>, query: &EventsQuery) -> Rc<Log> {
        let log = self.stores.of::<Events>(query.provider).log(query.provider, query, self.platform.now_ms());
        self.learn_names(query.provider);
        log
    }

    /// A window of a log was asked for: reads on where that is wanted.
    pub(crate) fn event_window(
        self: &Rc<Self>,
        log: &Rc<Log>,
        query: &EventsQuery,
        window: Window,
        matched: u32,
    ) {
        if log.ask(query, window, matched, self.platform.now_ms()) {
            self.read_events(log);
        }
        if log.is_stale(self.platform.now_ms()) {
            let (core, log) = (self.clone(), log.clone());
            self.spawn_in_session(async move {
                // Tried again later; what is there stays.
                let _ = core.refresh_log(&log).await;
                core.tell_events(log.provider);
            });
        }
    }

    /// Reads a log on, as far as is wanted of it, unless that is under way.
    pub(crate) fn read_events(self: &Rc<Self>, log: &Rc<Log>) {
        if log.begin() {
            return;
        }
        let (core, log) = (self.clone(), log.clone());
        self.spawn_in_session(async move {
            let mut told = i64::MIN;
            let mut failure = None;
            while log.has_more_to_read() {
                if let Err(problem) = core.read_page(&log).await {
                    // Events are denied as if they did not exist.
                    if matches!(problem.kind, ProblemKind::NotAllowed | ProblemKind::NotFound) {
                        core.suspect_role();
                    }
                    failure = Some(problem);
                    break;
                }
                let now = core.platform.now_ms();
                if now.saturating_sub(told) >= NEWS_MS {
                    told = now;
                    core.tell_events(log.provider);
                }
            }
            log.end(failure, core.platform.now_ms());
            core.tell_events(log.provider);
        });
    }

    /// Learns what happened since the logs were read.
    pub(crate) async fn refresh_events(self: &Rc<Self>, provider: ProviderId) -> Result<(), Problem> {
        for log in self.stores.of::<Events>(provider).all() {
            log.forgive();
            self.refresh_log(&log).await?;
        }
        self.tell_events(provider);
        Ok(())
    }

    /// Learns what happened since a log was read.
    pub(crate) async fn refresh_log(self: &Rc<Self>, log: &Rc<Log>) -> Result<(), Problem> {
        match log.head(self.platform.now_ms()) {
            Head::Since(part) => self.read_head(log, part).await?,
            Head::Everything if !log.is_loading() => log.restart(self.platform.now_ms()),
            Head::Everything | Head::Past => {}
        }
        if log.has_more_to_read() {
            self.read_events(log);
        }
        Ok(())
    }

    /// Names as they are known now.
    pub(super) fn name_events(&self, log: &Log) {
        let sources = Sources::of(self, log.provider);
        if log.book.borrow_mut().update(&log.columns.borrow().ids, &sources) {
            log.forget_results();
        }
    }

    pub(crate) fn tell_events(&self, provider: ProviderId) {
        self.tabs.tell_all(&FromCore::Changed(Topic::Events(provider)));
    }

    async fn read_page(&self, log: &Log) -> Result<(), Problem> {
        let Some((part, token)) = log.next() else { return Ok(()) };
        let page = self.fetch_events(log.provider, part, token.as_deref()).await?;
        // The log may have begun anew meanwhile.
        if log.next() == Some((part, token.clone())) {
            log.take(part, token.as_deref(), page.data, page.continuation_token);
        }
        Ok(())
    }

    async fn read_head(&self, log: &Log, part: Range) -> Result<(), Problem> {
        let mut events = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let page = self.fetch_events(log.provider, part, token.as_deref()).await?;
            let leads_on = !page.data.is_empty()
                && page.continuation_token.is_some()
                && page.continuation_token != token;
            // Pages of some servers overlap where events have one date.
            let border = events.last().map(|event: &Event| event.date);
            let end = events.iter().rev().take_while(|event| Some(event.date) == border).count();
            let end = events.split_at_checked(events.len() - end).map(|(_, end)| end).unwrap_or_default();
            let fresh: Vec<Event> = page.data.into_iter().filter(|event| !end.contains(event)).collect();
            events.extend(fresh);
            token = page.continuation_token;
            if !leads_on {
                break;
            }
        }
        log.take_head(part, events, self.platform.now_ms());
        Ok(())
    }

    async fn fetch_events(
        &self,
        provider: ProviderId,
        part: Range,
        token: Option<&str>,
    ) -> Result<WireList<Event>, Problem> {
        let (start, end) = (Timestamp(part.from), Timestamp(part.to));
        let mut path = format!("/api/providers/{provider}/events?start={start}&end={end}");
        if let Some(token) = token {
            path.push_str("&continuationToken=");
            encode(token, &mut path);
        }
        let page: WireList<Event> = self.api.json(&Call::get(path)).await?;
        let ours = |event: &Event| event.provider_id.is_none_or(|id| id == provider);
        if page.data.iter().all(ours) { Ok(page) } else { Err(ProblemKind::Mismatch.into()) }
    }

    /// Events carry no names: staff and clients are read for them, where that has not happened.
    fn learn_names(self: &Rc<Self>, provider: ProviderId) {
        let unread_staff = self.staff(provider).list().is_none();
        let unread_clients = self.stores.of::<crate::stores::Clients>(provider).count().is_none();
        let learning = self.stores.of::<Learning>(provider);
        if !(unread_staff || unread_clients) || learning.0.replace(true) {
            return;
        }
        let core = self.clone();
        self.spawn_in_session(async move {
            // Without them ids stand for names; the lists themselves show what went wrong.
            if unread_staff && core.staff_list(provider).await.is_ok() {
                core.tell_events(provider);
            }
            if unread_clients && core.clients(provider).await.is_ok() {
                core.tell_events(provider);
            }
            // What failed is tried again with the next look.
            core.stores.of::<Learning>(provider).0.set(false);
        });
    }
}

/// Whether names are being read.
#[derive(Default)]
struct Learning(std::cell::Cell<bool>);
