use std::rc::Rc;

use portal_bridge::{
    Action, EventsOf, EventsQuery, FromCore, Problem, ProblemKind, ProviderId, Window, Within,
};
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
        let log = self.events(query.source).log(query, self.platform.now_ms());
        self.learn_names(query.source);
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
                core.tell_events(log.source);
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
                    core.tell_events(log.source);
                }
            }
            log.end(failure, core.platform.now_ms());
            core.tell_events(log.source);
        });
    }

    /// Learns what happened since the logs were read.
    pub(crate) async fn refresh_events(self: &Rc<Self>, source: EventsOf) -> Result<(), Problem> {
        for log in self.events(source).all() {
            if log.source == source {
                log.forgive();
                self.refresh_log(&log).await?;
            }
        }
        self.tell_events(source);
        Ok(())
    }

    /// The logs kept with a source's: all those of one provider, or of one client.
    fn events(&self, source: EventsOf) -> Rc<Events> {
        match source {
            EventsOf::Provider(provider) => self.stores.of(provider),
            EventsOf::Client(within) | EventsOf::Member(within, _) | EventsOf::Item(within, _) => {
                self.stores.of_client(within.organization)
            }
        }
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
        let sources = Sources::of(self, log.source);
        if log.book.borrow_mut().update(&log.columns.borrow().ids, &sources) {
            log.forget_results();
        }
    }

    pub(crate) fn tell_events(&self, source: EventsOf) {
        self.tabs.tell_all(&FromCore::Changed(source.topic()));
    }

    async fn read_page(&self, log: &Log) -> Result<(), Problem> {
        let Some((part, token)) = log.next() else { return Ok(()) };
        let page = self.fetch_events(log.source, part, token.as_deref()).await?;
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
            let page = self.fetch_events(log.source, part, token.as_deref()).await?;
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
        source: EventsOf,
        part: Range,
        token: Option<&str>,
    ) -> Result<WireList<Event>, Problem> {
        let (start, end) = (Timestamp(part.from), Timestamp(part.to));
        let mut path = format!("/api/{}/events?start={start}&end={end}", place(source));
        if let Some(token) = token {
            path.push_str("&continuationToken=");
            encode(token, &mut path);
        }
        let page: WireList<Event> = self.api.json(&Call::get(path)).await?;
        match page.data.iter().all(|event| belongs(event, source)) {
            true => Ok(page),
            false => Err(ProblemKind::Mismatch.into()),
        }
    }

    /// Events carry no names: whoever may be in them is read, where that has not happened.
    fn learn_names(self: &Rc<Self>, source: EventsOf) {
        match source.within() {
            None => {
                if let EventsOf::Provider(provider) = source {
                    self.learn_provider_names(provider);
                }
            }
            Some(within) => self.learn_client_names(source, within),
        }
    }

    /// Members of the client, and of the staff those who may be seen.
    fn learn_client_names(self: &Rc<Self>, source: EventsOf, within: Within) {
        let learnt = self.stores.of_client::<Learnt>(within.organization);
        if learnt.0.replace(true) {
            return;
        }
        let core = self.clone();
        self.spawn_in_session(async move {
            // Without them ids stand for names; the lists themselves show what went wrong.
            let read = core.members(within.organization).await.is_ok();
            core.stores.of_client::<Learnt>(within.organization).0.set(read);
            core.tell_events(source);
            if let Some(provider) = within.provider
                && core.staff(provider).list().is_none()
                && core.require(provider, Action::ViewStaff).await.is_ok()
                && core.staff_list(provider).await.is_ok()
            {
                core.tell_events(source);
            }
        });
    }

    /// Staff and clients.
    fn learn_provider_names(self: &Rc<Self>, provider: ProviderId) {
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
                core.tell_events(EventsOf::Provider(provider));
            }
            if unread_clients && core.clients(provider).await.is_ok() {
                core.tell_events(EventsOf::Provider(provider));
            }
            // What failed is tried again with the next look.
            core.stores.of::<Learning>(provider).0.set(false);
        });
    }
}

/// The route of a source, without what stands before and after (contract §5.1).
fn place(source: EventsOf) -> String {
    match source {
        EventsOf::Provider(provider) => format!("providers/{provider}"),
        EventsOf::Client(within) => format!("organizations/{}", within.organization),
        EventsOf::Member(within, member) => {
            format!("organizations/{}/users/{member}", within.organization)
        }
        EventsOf::Item(_, item) => format!("ciphers/{item}"),
    }
}

/// Whether an event can be one of those asked for. Some name less than they could.
fn belongs(event: &Event, source: EventsOf) -> bool {
    let in_client = |within: Within| event.organization_id.is_none_or(|id| id == within.organization);
    match source {
        EventsOf::Provider(provider) => event.provider_id.is_none_or(|id| id == provider),
        EventsOf::Client(within) | EventsOf::Member(within, _) => in_client(within),
        EventsOf::Item(within, item) => in_client(within) && event.cipher_id.is_none_or(|id| id == item),
    }
}

/// Whether the members of a client were read for their names, or are being read.
#[derive(Default)]
struct Learnt(std::cell::Cell<bool>);

/// Whether names are being read.
#[derive(Default)]
struct Learning(std::cell::Cell<bool>);
