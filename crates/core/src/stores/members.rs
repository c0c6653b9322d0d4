//! What the members of clients are called: events mention them by the id of a membership, and name nobody.

use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, HashSet},
};

use portal_bridge::{OrganizationId, OrganizationUserId, UserId};
use portal_wire::{OrganizationUserType, organization::MemberMini};

use super::wanted::Lack;
use crate::Core;

/// Names learnt from every list of members that was read.
#[derive(Default)]
pub(crate) struct Members {
    names: RefCell<HashMap<OrganizationUserId, String>>,
    /// Who is an Owner, of those who are known.
    owners: RefCell<HashSet<OrganizationUserId>>,
    /// The same by account, for what people did themselves.
    accounts: RefCell<HashMap<UserId, String>>,
    /// Addresses by account.
    addresses: RefCell<HashMap<UserId, String>>,
    version: Cell<u32>,
}

impl Members {
    /// The name of a member, or the address of one without.
    pub(crate) fn name(&self, member: OrganizationUserId) -> Option<String> {
        self.names.borrow().get(&member).cloned()
    }

    /// The name of whoever has this account, if they are a member of a client whose members were read.
    pub(crate) fn name_of_account(&self, user: UserId) -> Option<String> {
        self.accounts.borrow().get(&user).cloned()
    }

    /// The addresses of all who are known, by their accounts.
    pub(crate) fn addresses(&self) -> HashMap<UserId, String> {
        self.addresses.borrow().clone()
    }

    /// Whether a member is known to be an Owner now.
    pub(crate) fn is_owner(&self, member: OrganizationUserId) -> bool {
        self.owners.borrow().contains(&member)
    }

    /// Changes when a name or a role does.
    pub(crate) fn version(&self) -> u32 {
        self.version.get()
    }

    fn note(&self, members: &[MemberMini]) {
        let mut names = self.names.borrow_mut();
        let mut accounts = self.accounts.borrow_mut();
        for member in members {
            if let Some(user) = member.user_id {
                self.addresses.borrow_mut().insert(user, member.email.clone());
            }
            let owner = member.kind == OrganizationUserType::Owner;
            let changed = if owner {
                self.owners.borrow_mut().insert(member.id)
            } else {
                self.owners.borrow_mut().remove(&member.id)
            };
            if changed {
                self.version.set(self.version.get() + 1);
            }
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
}

impl Core {
    /// Remembers the names in a list of members.
    pub(crate) fn note_members(&self, organization: OrganizationId, members: &[MemberMini]) {
        self.have_learnt(organization, Lack::Members);
        self.stores.only::<Members>().note(members);
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use portal_bridge::{
        ClientSort, Direction, EventFormat, EventsFilter, EventsOf, EventsQuery, ExportEvents, GetClients,
        GetEvents, Moment, OrganizationId, Phrase, Window,
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
        let query = EventsQuery::by_day(EventsFilter::between(EventsOf::Provider(provider()), from, to));
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
        let without = world.ask(ExportEvents { query: query.clone(), format: EventFormat::Csv }).unwrap();
        assert_eq!((without.rows, without.unnamed), (1, 1));
        assert!(without.text.contains(&MEMBER[..8]), "{}", without.text);
        tell_members(&server, organization);
        let named = world.ask(ExportEvents { query, format: EventFormat::Csv }).unwrap();
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
            view.rows.rows.iter().find_map(|line| line.event()).map(|row| row.what.last().cloned())
        };
        let named = Some(Some(Phrase::Name("grace@mill.example".into())));
        let tries = (0..4).find(|_| what() == named);
        assert!(tries.is_some(), "the member is never named");
        assert_eq!(server.borrow().count(&users), 1, "the members are read once");
    }
}
