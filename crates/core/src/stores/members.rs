//! What the members of clients are called: events mention them by the id of a membership, and name nobody.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use portal_bridge::{EventsOf, OrganizationId, OrganizationUserId, UserId};
use portal_wire::organization::MemberMini;

use crate::{Core, stores::Clients};

/// Names learnt from every list of members that was read.
#[derive(Default)]
pub(crate) struct Members {
    names: RefCell<HashMap<OrganizationUserId, String>>,
    /// The same by account, for what people did themselves.
    accounts: RefCell<HashMap<UserId, String>>,
    /// When the members of a client were read last, or tried to.
    read_at: RefCell<HashMap<OrganizationId, i64>>,
    /// Clients whose members are to be read for their names, the most wanted last.
    wanted: RefCell<Vec<OrganizationId>>,
    learning: Cell<bool>,
    version: Cell<u32>,
}

/// No more clients than a screen shows are waited for; who scrolls on wants others.
const MOST_WANTED: usize = 60;
/// Tabs hear of more names no oftener than this.
const NEWS_MS: i64 = 250;

impl Members {
    /// The name of a member, or the address of one without.
    pub(crate) fn name(&self, member: OrganizationUserId) -> Option<String> {
        self.names.borrow().get(&member).cloned()
    }

    /// The name of whoever has this account, if they are a member of a client whose members were read.
    pub(crate) fn name_of_account(&self, user: UserId) -> Option<String> {
        self.accounts.borrow().get(&user).cloned()
    }

    /// Changes when a name does.
    pub(crate) fn version(&self) -> u32 {
        self.version.get()
    }

    fn note(&self, members: &[MemberMini]) {
        let mut names = self.names.borrow_mut();
        let mut accounts = self.accounts.borrow_mut();
        for member in members {
            let name = member.name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(&member.email);
            if names.get(&member.id).is_none_or(|known| known != name) {
                names.insert(member.id, name.to_owned());
                if let Some(user) = member.user_id {
                    accounts.insert(user, name.to_owned());
                }
                self.version.set(self.version.get() + 1);
            }
        }
    }

    /// Whether what happened at that time is too new for what was read.
    fn is_news(&self, organization: OrganizationId, happened: i64) -> bool {
        self.read_at.borrow().get(&organization).is_none_or(|read| *read < happened)
    }
}

impl Core {
    /// Remembers the names in a list of members.
    pub(crate) fn note_members(&self, organization: OrganizationId, members: &[MemberMini]) {
        let known = self.stores.only::<Members>();
        known.read_at.borrow_mut().insert(organization, self.platform.now_ms());
        known.note(members);
    }

    /// Reads the members of clients in whose events somebody unknown is mentioned, each with the time of the event.
    pub(crate) fn learn_members(
        self: &Rc<Self>,
        source: EventsOf,
        unknown: impl IntoIterator<Item = (OrganizationId, i64)>,
    ) {
        let members = self.stores.only::<Members>();
        let is_ours = |organization| match source {
            EventsOf::Provider(provider) => {
                self.stores.of::<Clients>(provider).table().find_organization(organization).is_some()
            }
            _ => source.within().is_some_and(|within| within.organization == organization),
        };
        for (organization, happened) in unknown {
            let ours = is_ours(organization);
            let mut wanted = members.wanted.borrow_mut();
            if ours && members.is_news(organization, happened) && !wanted.contains(&organization) {
                wanted.push(organization);
            }
        }
        let too_many = members.wanted.borrow().len().saturating_sub(MOST_WANTED);
        members.wanted.borrow_mut().drain(..too_many);
        if members.wanted.borrow().is_empty() || members.learning.replace(true) {
            return;
        }
        let core = self.clone();
        self.spawn_in_session(async move {
            let mut told = i64::MIN;
            while let Some(organization) = core.next_wanted() {
                // Without an answer the id stands for the name.
                let _ = core.members(organization).await;
                let now = core.platform.now_ms();
                if now.saturating_sub(told) >= NEWS_MS {
                    told = now;
                    core.tell_events(source);
                }
            }
            core.stores.only::<Members>().learning.set(false);
            core.tell_events(source);
        });
    }

    fn next_wanted(&self) -> Option<OrganizationId> {
        let members = self.stores.only::<Members>();
        let organization = members.wanted.borrow_mut().pop()?;
        // Noted before, so that one that cannot be read is not tried over and over.
        members.read_at.borrow_mut().insert(organization, self.platform.now_ms());
        Some(organization)
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use portal_bridge::{
        ClientSort, Direction, EventsOf, EventsQuery, ExportEvents, GetClients, GetEvents, Moment,
        OrganizationId, Phrase, Window,
    };
    use portal_wire::Timestamp;
    use serde_json::json;

    use crate::scripted::{PROVIDER, Scripted, USER, provider, signed_in};

    const MEMBER: &str = "55555555-5555-4555-8555-555555555555";

    /// A provider whose one event mentions a member of a client: the client, and the query that finds the event.
    fn one_event(server: &Rc<RefCell<Scripted>>) -> (OrganizationId, EventsQuery) {
        let organization = server.borrow_mut().add_client("Mill", 5, 1);
        let (from, to) = (Moment(1_767_225_600_000), Moment(1_767_312_000_000));
        let page = format!(
            "GET /api/providers/{PROVIDER}/events?start={}&end={}",
            Timestamp(from.0),
            Timestamp(to.0)
        );
        server.borrow_mut().pages.insert(
            page,
            json!({"object": "list", "continuationToken": null, "data": [{
                "object": "event", "type": 1500, "providerId": PROVIDER, "organizationId": organization.to_string(),
                "organizationUserId": MEMBER, "actingUserId": USER, "date": "2026-01-01T12:00:00Z",
            }]}),
        );
        let query = EventsQuery {
            source: EventsOf::Provider(provider()),
            from,
            to,
            staff: None,
            category: None,
            search: String::new(),
        };
        (organization, query)
    }

    /// The client tells its members from now on; the call that asks for them.
    fn tell_members(server: &Rc<RefCell<Scripted>>, organization: OrganizationId) -> String {
        let users = format!("GET /api/organizations/{organization}/users");
        server.borrow_mut().pages.insert(
            users.clone(),
            json!({"object": "list", "data": [{
                "id": MEMBER, "userId": null, "name": null, "email": "grace@mill.example", "type": 0, "status": 0,
            }]}),
        );
        users
    }

    #[test]
    fn an_export_names_members_whose_client_was_never_looked_at_and_says_where_it_cannot() {
        let server = Scripted::new();
        let (organization, query) = one_event(&server);
        let staff = format!("GET /api/providers/{PROVIDER}/users");
        server.borrow_mut().pages.insert(staff, json!({"object": "list", "data": []}));
        let mut world = signed_in(&server);
        let without = world.ask(ExportEvents(query.clone())).unwrap();
        assert_eq!((without.rows, without.unnamed), (1, 1));
        assert!(without.text.contains(&MEMBER[..8]), "{}", without.text);
        tell_members(&server, organization);
        let named = world.ask(ExportEvents(query)).unwrap();
        assert_eq!((named.rows, named.unnamed), (1, 0));
        assert!(named.text.contains("grace@mill.example"), "{}", named.text);
    }

    #[test]
    fn members_that_events_mention_are_called_by_their_names() {
        let server = Scripted::new();
        let (organization, query) = one_event(&server);
        let users = tell_members(&server, organization);
        let mut world = signed_in(&server);
        let clients = portal_bridge::ClientsQuery {
            provider: provider(),
            search: String::new(),
            plan: None,
            needs: None,
            sort: ClientSort::Name,
            direction: Direction::Ascending,
        };
        world.ask(GetClients { query: clients, window: Window { from: 0, count: 1 } }).unwrap();
        let mut what = move || {
            let view =
                world.ask(GetEvents { query: query.clone(), window: Window { from: 0, count: 10 } }).unwrap();
            world.pass(1_000);
            view.rows.rows.first().map(|row| row.what.last().cloned())
        };
        let named = Some(Some(Phrase::Name("grace@mill.example".into())));
        let tries = (0..4).find(|_| what() == named);
        assert!(tries.is_some(), "the member is never named");
        assert_eq!(server.borrow().count(&users), 1, "the members are read once");
    }
}
