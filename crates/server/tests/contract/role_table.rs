//! The role table, walked: every route about a provider or an organization, called as every role.

mod deeds;
mod existing;
pub mod organization;
pub mod provider;
pub mod stage;
mod vault;

use std::collections::BTreeSet;

use portal_domain::access::{Action, ClientSituation, Grant, Manager, Subject, grant, refusal};
use portal_server::{
    operator,
    settings::{Mode, ProviderItemAccess},
};
use serde_json::{Value, json};

use self::deeds::deed_routes;
use self::organization::organization_routes;
use self::provider::provider_routes;
use self::stage::{
    Body, Empty, Error, Expect, Route, Unauthorized, World, empty_world, members, path, route, world,
};
use self::vault::{collection_routes, item_routes};
use crate::{
    foreign::fill,
    support::{
        Answer, Engine, Person, Provider, Server, contract,
        provider::{row, rows},
    },
};

/// The actions that have no route of their own. Whoever adds a route for one walks it in [`routes`].
const WITHOUT_ROUTE: &[Action] = &[
    // What the portal does with routes of other actions.
    Action::OpenProvider,
    Action::ExportProviderEvents,
    Action::OpenClient,
    // What comes with the pages of a client.
    Action::ManageSso,
];

/// Routes that ask for no role, but for a token in the body.
const BY_TOKEN: &[(&str, &str)] = &[
    ("POST", "/api/providers/{providerId}/delete-recover-token"),
    ("POST", "/api/organizations/{organizationId}/users/{id}/accept"),
    ("GET", "/api/organizations/{organizationId}/policies/token"),
    // What one's own membership alone decides.
    ("PUT", "/api/organizations/{organizationId}/users/{userId}/reset-password-enrollment"),
    ("GET", "/api/organizations/{organizationId}/policies/master-password"),
];

async fn call(server: &Server, person: &Person, world: &World, route: &Route) -> Answer {
    server.send_as(person, route.method, &path(world, route), route.body.clone()).await
}

/// Calls a route as somebody, and compares the answer with what the table says of the role.
async fn walk(
    server: &Server,
    person: &Person,
    subject: Subject,
    world: &World,
    route: &Route,
    client: &ClientSituation,
    allowed: Expect,
) {
    let answer = call(server, person, world, route).await;
    let cell = format!("{:?} as {subject:?} by {} {}: {answer:?}", route.action, route.method, route.path);
    match grant(route.action, subject, client) {
        Grant::Full | Grant::InPart => match allowed {
            Body => assert!(answer.status == 200 && !answer.text.is_empty(), "{cell}"),
            Empty => assert!(answer.status == 200 && answer.text.is_empty(), "{cell}"),
            Error(status) => assert!(answer.status == status && has_model(&answer), "{cell}"),
            Unauthorized => assert!(answer.status == 401 && answer.text.is_empty(), "{cell}"),
        },
        refused @ (Grant::None | Grant::ManagedByProvider) => {
            assert!(is_refusal(&answer, route.action, refused), "{cell}");
        }
    }
}

fn has_model(answer: &Answer) -> bool {
    answer.text.starts_with('{') && answer.json()["object"] == "error"
}

/// Whether this is how those are answered who have this, and so not enough, of an action.
fn is_refusal(answer: &Answer, action: Action, granted: Grant) -> bool {
    // The role would do, so the answer says who does it instead.
    if granted == Grant::ManagedByProvider && action == Action::ViewPaymentDetails {
        return answer.status == 401 && has_model(answer) && answer.text.contains("managed by ");
    }
    let refusal = refusal(action);
    let text = match refusal.message() {
        Some(message) => has_model(answer) && answer.json()["message"] == message,
        None if refusal.status() == 400 => has_model(answer),
        None => answer.text.is_empty(),
    };
    answer.status == refusal.status() && text
}

contract! {
    async fn every_route_of_a_provider_answers_every_role_as_the_table_says(engine: Engine) {
        let server = Server::with(engine, |settings| settings.limits.invitation = None).await;
        let provider = server.provider("ann@northwind.example", 40).await;
        let (service_user, _) = server.staff(&provider, "sue@northwind.example", 1).await;
        let nobody = server.person("nobody@example.test").await;
        let members = members(&server).await;
        let mut world = world(&server, &provider, "Walked", &members).await;
        let situation = ClientSituation { manager: Manager::Provider, ..ClientSituation::default() };
        let mut everybody = vec![
            (provider.admin.clone(), Subject::ProviderAdmin),
            (service_user.clone(), Subject::ServiceUser),
            (nobody.clone(), Subject::Nobody),
        ];
        everybody.extend(members.people.clone());

        let id = provider.id.parse().unwrap();
        for enabled in [true, false] {
            operator::set_provider_enabled(server.app.context(), id, enabled).await.unwrap();
            for route in provider_routes(&world) {
                for (person, subject) in &everybody {
                    walk(&server, person, *subject, &world, &route, &situation, route.allowed).await;
                }
            }
            // Whether seats must be bought is seen only when they are set.
            let more = 45 + i64::from(enabled);
            let buy = route(Action::BuySeats, "PUT", "/api/providers/{providerId}/clients/{link}",
                json!({ "name": "Walked", "assignedSeats": more }), Empty);
            let refused = call(&server, &service_user, &world, &buy).await;
            assert!(refused.refused(401)["message"].as_str().unwrap().contains("purchase"));
            for (person, subject) in everybody.iter().filter(|(_, subject)| *subject != Subject::ServiceUser) {
                walk(&server, person, *subject, &world, &buy, &situation, Empty).await;
            }
            let back = Route { body: json!({ "name": "Walked", "assignedSeats": 40 }), ..buy };
            walk(&server, &provider.admin, Subject::ProviderAdmin, &world, &back, &situation, Empty).await;
            // Lower than at first, so many members have no seat.
            world.seats = 40;
        }

        // One that waits to be set up, with staff in both roles.
        server.register("pat@waiting.example").await;
        let pending = server.pending_provider("pat@waiting.example", 1).await;
        let waiting = Provider { id: pending.provider_id.to_string(), admin: server.sign_in("pat@waiting.example").await };
        let (helper, _) = server.staff(&waiting, "hal@waiting.example", 1).await;
        let staff = server.get_as(&waiting.admin, &format!("/api/providers/{}/users", waiting.id)).await.ok();
        let membership = row(&staff, "userId", &waiting.admin.id)["id"].as_str().unwrap().to_owned();
        let world = World { provider: waiting.id.clone(), admin_membership: membership, ..world };
        let everybody = [
            (&waiting.admin, Subject::ProviderAdmin),
            (&helper, Subject::ServiceUser),
            (&nobody, Subject::Nobody),
            (&provider.admin, Subject::Nobody),
        ];
        for route in provider_routes(&world) {
            for (person, subject) in &everybody {
                walk(&server, person, *subject, &world, &route, &situation, route.pending).await;
            }
        }

        // Last, what ends a provider.
        for (method, path) in [("DELETE", "/api/providers/{providerId}"), ("POST", "/api/providers/{providerId}/delete")] {
            let doomed = server.provider(&format!("{}@doomed.example", method.to_lowercase()), 1).await;
            let (user, _) = server.staff(&doomed, &format!("{}.su@doomed.example", method.to_lowercase()), 1).await;
            let world = World { provider: doomed.id.clone(), ..empty_world() };
            let delete = route(Action::DeleteProvider, method, path, Value::Null, Empty);
            for (person, subject) in [
                (&user, Subject::ServiceUser), (&nobody, Subject::Nobody), (&provider.admin, Subject::Nobody),
                (&members.people[0].0, members.people[0].1), (&doomed.admin, Subject::ProviderAdmin),
            ] {
                walk(&server, person, subject, &world, &delete, &situation, Empty).await;
            }
        }
    }

    async fn every_route_of_an_organization_answers_every_role_as_the_table_says(engine: Engine) {
        let server = Server::with(engine, |settings| settings.limits.invitation = None).await;
        let provider = server.provider("ann@northwind.example", 40).await;
        let (service_user, _) = server.staff(&provider, "sue@northwind.example", 1).await;
        let nobody = server.person("nobody@example.test").await;
        let members = members(&server).await;
        let managed = world(&server, &provider, "Managed", &members).await;
        let alone = world(&server, &provider, "Alone", &members).await;
        let link = format!("/api/providers/{}/organizations/{}", provider.id, alone.link);
        server.send_as(&provider.admin, "DELETE", &link, Value::Null).await.ok();

        let by_provider = ClientSituation { manager: Manager::Provider, ..ClientSituation::default() };
        for (world, situation) in [(&managed, by_provider), (&alone, ClientSituation::default())] {
            let staff = |subject| if situation.manager == Manager::Provider { subject } else { Subject::Nobody };
            let mut everybody = vec![
                (provider.admin.clone(), staff(Subject::ProviderAdmin)),
                (service_user.clone(), staff(Subject::ServiceUser)),
                (nobody.clone(), Subject::Nobody),
            ];
            everybody.extend(members.people.clone());
            let vault = collection_routes().into_iter().chain(item_routes(world)).chain(deed_routes(world));
            for route in organization_routes(world).into_iter().chain(vault) {
                for (person, subject) in &everybody {
                    walk(&server, person, *subject, world, &route, &situation, route.allowed).await;
                }
            }
            // What of the lists somebody sees who has the action in part: nothing that is managed by others.
            let (user, _) = &members.people[2];
            let collections = format!("/api/organizations/{}/collections", world.organization);
            assert_eq!(rows(&server.get_as(user, &collections).await.ok()).len(), 0);
            assert_eq!(rows(&server.get_as(user, &format!("{collections}/details")).await.ok()).len(), 0);
            let owner = &members.people[0].0;
            assert_eq!(rows(&server.get_as(owner, &collections).await.ok()).len(), 1);
            let recovery = members.people.iter().find(|(_, subject)| {
                matches!(subject, Subject::Custom(permissions) if permissions.manage_reset_password)
            });
            let users = format!("/api/organizations/{}/users", world.organization);
            assert_eq!(rows(&server.get_as(&recovery.unwrap().0, &users).await.ok()).len(), 0, "nobody is enrolled");
            assert_eq!(rows(&server.get_as(owner, &users).await.ok()).len(), members.people.len());

            // Last, what ends a membership; the owner goes after all others.
            let leave = route(Action::LeaveOrganization, "POST", "/api/organizations/{organizationId}/leave", Value::Null, Empty);
            let last_owner = if situation.manager == Manager::Nobody { Error(400) } else { Empty };
            for (person, subject) in everybody.iter().rev() {
                let allowed = if *subject == Subject::Owner { last_owner } else { Empty };
                walk(&server, person, *subject, world, &leave, &situation, allowed).await;
            }
        }
    }

    async fn every_route_does_with_ids_that_exist_what_the_table_says(engine: Engine) {
        existing::walk(engine).await;
    }

    async fn a_server_that_keeps_staff_from_items_does_so_at_every_route(engine: Engine) {
        let server = Server::with(engine, |settings| {
            settings.limits.invitation = None;
            settings.provider_item_access = ProviderItemAccess::Deny;
        }).await;
        assert_eq!(server.get("/api/config").await.ok()["featureStates"]["provider-item-access"], false);
        let provider = server.provider("ann@northwind.example", 40).await;
        let (service_user, _) = server.staff(&provider, "sue@northwind.example", 1).await;
        let members = members(&server).await;
        let world = world(&server, &provider, "Managed", &members).await;
        let situation = ClientSituation {
            manager: Manager::Provider, staff_reach_items: false, ..ClientSituation::default()
        };
        let mut everybody = vec![
            (provider.admin.clone(), Subject::ProviderAdmin),
            (service_user, Subject::ServiceUser),
        ];
        everybody.extend(members.people.clone());
        for route in item_routes(&world) {
            for (person, subject) in &everybody {
                walk(&server, person, *subject, &world, &route, &situation, route.allowed).await;
            }
        }
    }
}

/// Every route of which the table says something, and a call of it.
fn routes(world: &World) -> Vec<Route> {
    let mut routes = provider_routes(world);
    routes.extend(organization_routes(world));
    routes.extend(collection_routes());
    routes.extend(item_routes(world));
    routes.extend(deed_routes(world));
    routes
}

#[test]
fn every_action_is_walked_or_named_as_having_no_route() {
    let mut walked: BTreeSet<Action> = routes(&empty_world()).iter().map(|route| route.action).collect();
    walked.extend([Action::BuySeats, Action::DeleteProvider, Action::LeaveOrganization]);
    let without: BTreeSet<Action> = WITHOUT_ROUTE.iter().copied().collect();
    assert_eq!(walked.intersection(&without).collect::<Vec<_>>(), [] as [&Action; 0]);
    let all: BTreeSet<Action> = walked.union(&without).copied().collect();
    assert_eq!(all, Action::ALL.iter().copied().collect());
}

#[test]
fn every_described_route_is_walked() {
    let (_, document) = portal_server::routes::all(Mode::Provider);
    let document: Value = serde_json::from_str(&document.to_json().unwrap()).unwrap();
    let mut walked: BTreeSet<(String, String)> = routes(&empty_world())
        .iter()
        .map(|route| {
            (route.method.to_owned(), fill(&route.path.replace("/policies/10", "/policies/{type}"), "{}"))
        })
        .collect();
    walked.extend(BY_TOKEN.iter().map(|(method, path)| ((*method).to_owned(), fill(path, "{}"))));
    walked.insert(("DELETE".to_owned(), "/api/providers/{}".to_owned()));
    walked.insert(("POST".to_owned(), "/api/organizations/{}/leave".to_owned()));
    for (path, operations) in document["paths"].as_object().unwrap() {
        if path.contains("/providers/") || path.contains("/organizations/") {
            for method in operations.as_object().unwrap().keys() {
                let route = (method.to_uppercase(), fill(path, "{}"));
                assert!(walked.contains(&route), "{} {path} is not walked", route.0);
            }
        }
    }
}
