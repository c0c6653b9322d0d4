use std::rc::Rc;

use portal_bridge::{
    Action, EventsFilter, EventsOf, FromCore, ListState, OrganizationId, Problem, ProblemKind, ProviderId,
    Window, Within,
};
use portal_wire::{Event, List as WireList, Timestamp};

use super::{
    Events, Log, Range,
    names::Sources,
    reader::{Head, Reader, older_than},
};
use crate::{
    Core,
    api::{Call, encode},
    session::Membership,
    stores::Clients,
};

/// Tabs hear of more events no oftener than this.
const NEWS_MS: i64 = 250;
/// Logs of a portfolio that are read at once.
const AT_ONCE: u32 = 4;
/// Clients that are asked what happened since, each time somebody who watches a portfolio looks.
const TURN: usize = 10;

impl Core {
    /// The log for a query, which is being read from now on.
    pub(crate) fn event_log(self: &Rc<Self>, filter: &EventsFilter) -> Rc<Log> {
        let log = self.events(filter.source).log(filter, self.platform.now_ms());
        self.learn_names(filter.source);
        self.add_clients(&log);
        log
    }

    /// A window of a log was asked for: reads on where that is wanted.
    pub(crate) fn event_window(
        self: &Rc<Self>,
        log: &Rc<Log>,
        filter: &EventsFilter,
        window: Window,
        lines: u32,
    ) {
        if log.ask(filter, window, lines, self.platform.now_ms()) {
            self.read_events(log);
        }
        self.find_highlights(log, filter);
        if log.is_stale(self.platform.now_ms()) {
            let (core, log) = (self.clone(), log.clone());
            self.spawn_in_session(async move {
                // Tried again later; what is there stays.
                let _ = core.refresh_log(&log, false).await;
                core.tell_events(log.source);
            });
        }
    }

    /// Reads a log on, as far as is wanted of it, unless that is under way.
    pub(crate) fn read_events(self: &Rc<Self>, log: &Rc<Log>) {
        let at_once = if log.source.is_many() { AT_ONCE } else { 1 };
        while !log.begin(at_once) {
            let (core, log) = (self.clone(), log.clone());
            self.spawn_in_session(async move { core.read_on(&log).await });
        }
    }

    /// Reads one page after the other until nothing more is wanted.
    async fn read_on(self: &Rc<Self>, log: &Rc<Log>) {
        let mut told = i64::MIN;
        let mut failure = None;
        let mut anything = false;
        loop {
            if log.source.is_many() {
                self.leisure().await;
            }
            let Some(reader) = log.next_reader() else { break };
            let read = self.read_page(log, &reader).await;
            reader.busy.set(false);
            anything = true;
            if let Err(problem) = read {
                if !log.source.is_many() {
                    // Events are denied as if they did not exist.
                    if matches!(problem.kind, ProblemKind::NotAllowed | ProblemKind::NotFound) {
                        self.suspect_role();
                    }
                    failure = Some(problem);
                    break;
                }
                if matters_to_all(&problem) {
                    failure = Some(problem);
                    break;
                }
                // The others go on; this one is shown as a gap.
                reader.set_gap(Some(problem));
            }
            let now = self.platform.now_ms();
            if now.saturating_sub(told) >= NEWS_MS {
                told = now;
                self.tell_events(log.source);
            }
        }
        log.end(failure, self.platform.now_ms());
        // Who found nothing to read has no news; tabs would only ask again, and somebody look again.
        if anything {
            self.tell_events(log.source);
        }
    }

    /// Learns what happened since the logs were read.
    pub(crate) async fn refresh_events(self: &Rc<Self>, source: EventsOf, live: bool) -> Result<(), Problem> {
        for log in self.events(source).all() {
            if log.source == source {
                log.forgive();
                self.refresh_log(&log, live).await?;
            }
        }
        self.tell_events(source);
        Ok(())
    }

    /// The logs kept with a source's: all those of one provider, of one client, or of one's own clients as one.
    fn events(&self, source: EventsOf) -> Rc<Events> {
        match source {
            EventsOf::Portfolio(provider) | EventsOf::Provider(provider) => self.stores.of(provider),
            EventsOf::Own => self.stores.only(),
            EventsOf::Client(within) | EventsOf::Member(within, _) | EventsOf::Item(within, _) => {
                self.stores.of_client(within.organization)
            }
        }
    }

    /// Learns what happened since a log was read; of a portfolio, in each log, or only in those whose turn it is.
    pub(crate) async fn refresh_log(self: &Rc<Self>, log: &Rc<Log>, live: bool) -> Result<(), Problem> {
        let now = self.platform.now_ms();
        for reader in log.to_refresh(live, TURN) {
            match log.head(&reader, now) {
                Head::Since(part) => match self.read_head(log, &reader, part).await {
                    Err(problem) if !log.source.is_many() || matters_to_all(&problem) => return Err(problem),
                    // What could be read before stays.
                    _ => {}
                },
                Head::Everything if !log.is_loading() && !log.source.is_many() => {
                    log.restart(self.platform.now_ms());
                }
                Head::Everything | Head::Past => {}
            }
        }
        if log.has_more_to_read() {
            self.read_events(log);
        }
        Ok(())
    }

    /// Names as they are known now, and what came since in order.
    pub(super) fn settle_events(&self, log: &Log) {
        let sources = Sources::of(self, log.source);
        let renamed = log.book.borrow_mut().update(&mut log.columns.borrow_mut().ids, &sources);
        if renamed {
            log.forget_results();
        }
        log.settle(renamed, &|| self.platform.now_ms());
    }

    pub(crate) fn tell_events(&self, source: EventsOf) {
        self.tabs.tell_all(&FromCore::Changed(source.topic()));
    }

    /// How far a range is read, for the tab. Without the list of clients nothing is whole.
    pub(crate) fn event_state(&self, log: &Log, range: Range) -> ListState {
        let clients = match log.source {
            EventsOf::Portfolio(provider) => Some(self.stores.of::<Clients>(provider)),
            _ => None,
        };
        match clients.filter(|clients| clients.count().is_none()).map(|clients| clients.state()) {
            Some(ListState::Failed(problem)) => ListState::Failed(problem),
            _ => log.state(range),
        }
    }

    /// A portfolio has a log for each client there is now.
    fn add_clients(&self, log: &Log) {
        match log.source {
            EventsOf::Portfolio(provider) => self.add_clients_of(log, provider),
            EventsOf::Own => self.add_own_clients(log),
            _ => {}
        }
    }

    fn add_clients_of(&self, log: &Log, provider: ProviderId) {
        let clients = self.stores.of::<Clients>(provider);
        if clients.count().is_none() {
            return;
        }
        log.complete();
        let table = clients.table();
        let known = log.readers.borrow().len();
        // A client that was unlinked keeps its place; only new ones are looked for.
        if known > table.len() {
            return;
        }
        let organizations = (0..table.len()).filter_map(|row| table.organization(row));
        add_readers(log, Some(provider), organizations);
    }

    /// Those that keep no events, and those one looks after no more, are not asked for any.
    fn add_own_clients(&self, log: &Log) {
        let Ok(open) = self.open() else { return };
        let me = open.me();
        log.complete();
        add_readers(log, None, me.own_clients().map(|own| own.id));
        for reader in log.readers.borrow().iter() {
            let own = reader.of.within().and_then(|within| me.own_client(within.organization));
            reader.closed.set(!own.is_some_and(Membership::keeps_events));
        }
    }

    async fn read_page(&self, log: &Log, reader: &Reader) -> Result<(), Problem> {
        let Some((part, token)) = reader.next() else { return Ok(()) };
        let page = self.fetch_events(reader.of, part, token.as_deref()).await?;
        // The log may have begun anew meanwhile.
        if reader.next() == Some((part, token.clone())) {
            log.take(reader, part, token.as_deref(), page.data, page.continuation_token);
        }
        Ok(())
    }

    async fn read_head(&self, log: &Log, reader: &Reader, part: Range) -> Result<(), Problem> {
        let mut events: Vec<Event> = Vec::new();
        let mut token: Option<String> = None;
        let mut left = part;
        loop {
            let page = self.fetch_events(reader.of, left, token.as_deref()).await?;
            let more = !page.data.is_empty() && page.continuation_token.is_some();
            let leads_on = page.continuation_token != token;
            // Pages of some servers overlap where events have one date.
            let border = events.last().map(|event| event.date);
            let end = events.iter().rev().take_while(|event| Some(event.date) == border).count();
            let end = events.split_at_checked(events.len() - end).map(|(_, end)| end).unwrap_or_default();
            let fresh: Vec<Event> = page.data.into_iter().filter(|event| !end.contains(event)).collect();
            events.extend(fresh);
            if more && leads_on {
                token = page.continuation_token;
                continue;
            }
            let Some(crowded) = events.last().map(|event| event.date.0).filter(|_| more) else { break };
            reader.note_crowded(crowded);
            let Some(older) = older_than(left, crowded) else { break };
            (left, token) = (older, None);
        }
        log.take_head(reader, part, events, self.platform.now_ms());
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
                if let Some(provider) = source.provider() {
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

/// Adds a log for each client that has none yet.
fn add_readers(log: &Log, provider: Option<ProviderId>, clients: impl Iterator<Item = OrganizationId>) {
    let have: std::collections::HashSet<_> =
        log.readers.borrow().iter().filter_map(|reader| Some(reader.of.within()?.organization)).collect();
    for organization in clients.filter(|organization| !have.contains(organization)) {
        log.add_reader(EventsOf::Client(Within { provider, organization }));
    }
}

/// Whether no log can be read now, and not only the one that was tried.
fn matters_to_all(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Offline | ProblemKind::Busy { .. } | ProblemKind::SignedOut)
}

/// The route of a source, without what stands before and after (contract §5.1).
fn place(source: EventsOf) -> String {
    match source {
        EventsOf::Portfolio(provider) | EventsOf::Provider(provider) => format!("providers/{provider}"),
        // Each of its logs has a route of its own.
        EventsOf::Own => "organizations".to_owned(),
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
        EventsOf::Portfolio(provider) | EventsOf::Provider(provider) => {
            event.provider_id.is_none_or(|id| id == provider)
        }
        EventsOf::Own => false,
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
