//! The role table, walked: every route about a provider or an organization, called as every role.

use std::collections::BTreeSet;

use portal_domain::access::{Action, ClientSituation, Grant, Manager, Subject, grant, refusal};
use portal_server::{
    operator,
    store::bulk::{self, BulkClient, BulkMember, BulkPerson},
};
use portal_wire::{OrganizationUserStatus, OrganizationUserType, PlanType, Timestamp, profile::Permissions};
use serde_json::{Value, json};

use crate::{
    foreign::fill,
    support::{
        Answer, Engine, Person, Provider, Server, contract,
        person::{ENC2, ENC4},
        provider::{client, row, rows, setup},
    },
};

/// What somebody who has the action is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// 200 with a body.
    Body,
    /// 200 without one.
    Empty,
    /// An error with its model: the role was let through, and then something else was wrong.
    Error(u16),
    /// 401 without a body: the provider is not set up, or the organization not one's own.
    Unauthorized,
}

use Expect::{Body, Empty, Error, Unauthorized};

/// A route, the action it asks the table about, and a call of it that changes nothing.
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    action: Action,
    pub body: Value,
    allowed: Expect,
    /// At a provider that is not set up.
    pending: Expect,
}

fn route(action: Action, method: &'static str, path: &'static str, body: Value, allowed: Expect) -> Route {
    Route { method, path, action, body, allowed, pending: allowed }
}

/// The actions that have no route of their own. Whoever adds a route for one walks it in [`routes`].
const WITHOUT_ROUTE: &[Action] = &[
    // What the portal does with routes of other actions.
    Action::OpenProvider,
    Action::ExportProviderEvents,
    Action::OpenClient,
    // What comes with the pages of a client.
    Action::DeleteOrganization,
    Action::ViewSubscription,
    Action::EditSubscription,
    Action::ViewPaymentDetails,
    Action::ViewBillingNotices,
    Action::ManageApiKey,
    Action::ManageScimKey,
    Action::SetKeyPair,
    Action::EditMember,
    Action::RecoverAccount,
    Action::CreateCollection,
    Action::EditCollection,
    Action::DeleteCollection,
    Action::ViewGroups,
    Action::ViewGroupDetails,
    Action::ManageGroups,
    Action::ManagePolicies,
    Action::ManageSso,
    Action::ViewItems,
    Action::EditItems,
    Action::ExportVault,
    Action::ImportVault,
    Action::PurgeVault,
];

/// Routes that ask for no role, but for a token in the body.
const BY_TOKEN: &[(&str, &str)] = &[
    ("POST", "/api/providers/{providerId}/delete-recover-token"),
    ("POST", "/api/organizations/{organizationId}/users/{id}/accept"),
];

/// The ids a walk calls with. Where an id is unknown, the call changes nothing.
pub struct World {
    provider: String,
    organization: String,
    link: String,
    seats: i64,
    admin_membership: String,
    member: String,
    unknown: String,
    client: Value,
}

pub fn provider_routes(world: &World) -> Vec<Route> {
    use Action::*;
    let id = &world.unknown;
    let ids = json!({ "ids": [id] });
    let key = json!({ "key": ENC4 });
    let keys = json!({ "keys": [{ "id": id, "key": ENC4 }] });
    let details = json!({ "name": "Northwind IT", "billingEmail": "bills@northwind.example" });
    let invite = json!({ "emails": ["ann@northwind.example"], "type": 0 });
    let existing = json!({ "key": "2.x", "organizationId": id });
    let seats = |seats: i64| json!({ "name": "Walked", "assignedSeats": seats });
    let none = || Value::Null;
    let billable = |pending: Expect, route: Route| Route { pending, ..route };
    vec![
        route(ViewProvider, "GET", "/api/providers/{providerId}", none(), Body),
        route(EditProvider, "PUT", "/api/providers/{providerId}", details.clone(), Body),
        route(EditProvider, "POST", "/api/providers/{providerId}", details, Body),
        route(SetUpProvider, "POST", "/api/providers/{providerId}/setup", setup("x"), Error(400)),
        route(ViewStaff, "GET", "/api/providers/{providerId}/users", none(), Body),
        route(ViewStaff, "GET", "/api/providers/{providerId}/users/{id}", none(), Error(404)),
        route(InviteStaff, "POST", "/api/providers/{providerId}/users/invite", invite, Empty),
        route(InviteStaff, "GET", "/api/portal/providers/{providerId}/invitations", none(), Body),
        route(ResendStaffInvitation, "POST", "/api/providers/{providerId}/users/reinvite", ids.clone(), Body),
        route(
            ResendStaffInvitation,
            "POST",
            "/api/providers/{providerId}/users/{id}/reinvite",
            none(),
            Empty,
        ),
        route(ConfirmStaff, "POST", "/api/providers/{providerId}/users/public-keys", ids.clone(), Body),
        route(ConfirmStaff, "POST", "/api/providers/{providerId}/users/confirm", keys, Body),
        route(ConfirmStaff, "POST", "/api/providers/{providerId}/users/{id}/confirm", key, Empty),
        route(
            ChangeStaffRole,
            "PUT",
            "/api/providers/{providerId}/users/{id}",
            json!({ "type": 0 }),
            Error(404),
        ),
        route(
            ChangeStaffRole,
            "POST",
            "/api/providers/{providerId}/users/{id}",
            json!({ "type": 0 }),
            Error(404),
        ),
        route(RemoveStaff, "DELETE", "/api/providers/{providerId}/users", ids.clone(), Body),
        route(RemoveStaff, "POST", "/api/providers/{providerId}/users/delete", ids, Body),
        route(RemoveStaff, "DELETE", "/api/providers/{providerId}/users/{id}", none(), Empty),
        route(RemoveStaff, "POST", "/api/providers/{providerId}/users/{id}/delete", none(), Empty),
        route(
            AcceptStaffInvitation,
            "POST",
            "/api/providers/{providerId}/users/{id}/accept",
            json!({ "token": "x" }),
            Error(400),
        ),
        route(ViewClients, "GET", "/api/providers/{providerId}/organizations", none(), Body),
        billable(
            Unauthorized,
            route(CreateClient, "POST", "/api/providers/{providerId}/clients", world.client.clone(), Empty),
        ),
        billable(
            Unauthorized,
            route(
                RenameClient,
                "PUT",
                "/api/providers/{providerId}/clients/{link}",
                seats(world.seats),
                Empty,
            ),
        ),
        billable(
            Unauthorized,
            route(
                ChangeSeats,
                "PUT",
                "/api/providers/{providerId}/clients/{link}",
                seats(world.seats),
                Empty,
            ),
        ),
        billable(
            Unauthorized,
            route(ViewAddable, "GET", "/api/providers/{providerId}/clients/addable", none(), Body),
        ),
        route(AddExisting, "POST", "/api/providers/{providerId}/clients/existing", existing, Unauthorized),
        route(UnlinkClient, "DELETE", "/api/providers/{providerId}/organizations/{id}", none(), Error(500)),
        route(
            UnlinkClient,
            "POST",
            "/api/providers/{providerId}/organizations/{id}/delete",
            none(),
            Error(500),
        ),
        billable(
            Error(401),
            route(
                ViewProviderSubscription,
                "GET",
                "/api/providers/{providerId}/billing/subscription",
                none(),
                Body,
            ),
        ),
        route(
            ViewProviderSubscription,
            "GET",
            "/api/providers/{providerId}/billing/vnext/warnings",
            none(),
            Body,
        ),
        billable(
            Error(401),
            route(ViewProviderBilling, "GET", "/api/providers/{providerId}/billing/invoices", none(), Body),
        ),
        billable(
            Error(401),
            route(
                ViewProviderBilling,
                "GET",
                "/api/providers/{providerId}/billing/invoices/{id}",
                none(),
                Error(404),
            ),
        ),
        route(ViewProviderBilling, "GET", "/api/providers/{providerId}/billing/vnext/address", none(), Body),
        route(
            ViewProviderBilling,
            "GET",
            "/api/providers/{providerId}/billing/vnext/payment-method",
            none(),
            Body,
        ),
        route(ViewProviderBilling, "GET", "/api/providers/{providerId}/billing/vnext/credit", none(), Body),
        route(ViewProviderEvents, "GET", "/api/providers/{providerId}/events", none(), Body),
        route(ViewProviderEvents, "GET", "/api/providers/{providerId}/users/{staff}/events", none(), Body),
    ]
}

pub fn organization_routes(world: &World) -> Vec<Route> {
    use Action::*;
    let id = &world.unknown;
    let ids = json!({ "ids": [id] });
    let key = json!({ "key": ENC4 });
    let keys = json!({ "keys": [{ "id": id, "key": ENC4 }] });
    let none = || Value::Null;
    let same = json!({ "name": null });
    let billing = json!({ "billingEmail": "bills@northwind.example" });
    vec![
        route(ViewOrganization, "GET", "/api/organizations/{organizationId}", none(), Body),
        route(EditOrganization, "PUT", "/api/organizations/{organizationId}", same.clone(), Body),
        route(EditOrganization, "POST", "/api/organizations/{organizationId}", same, Body),
        route(EditBillingEmail, "PUT", "/api/organizations/{organizationId}", billing, Body),
        route(ViewPublicKey, "GET", "/api/organizations/{organizationId}/public-key", none(), Body),
        route(ViewPublicKey, "GET", "/api/organizations/{organizationId}/keys", none(), Body),
        route(ViewMembers, "GET", "/api/organizations/{organizationId}/users", none(), Body),
        route(ViewMemberNames, "GET", "/api/organizations/{organizationId}/users/mini-details", none(), Body),
        route(ManageMembers, "GET", "/api/organizations/{organizationId}/users/{member}", none(), Body),
        route(
            ManageMembers,
            "POST",
            "/api/organizations/{organizationId}/users/public-keys",
            ids.clone(),
            Body,
        ),
        route(ManageMembers, "POST", "/api/organizations/{organizationId}/users/reinvite", ids, Body),
        route(
            ManageMembers,
            "POST",
            "/api/organizations/{organizationId}/users/{id}/reinvite",
            none(),
            Error(404),
        ),
        route(ManageMembers, "POST", "/api/organizations/{organizationId}/users/confirm", keys, Body),
        route(
            ManageMembers,
            "POST",
            "/api/organizations/{organizationId}/users/{id}/confirm",
            key,
            Error(404),
        ),
        route(ViewCollections, "GET", "/api/organizations/{organizationId}/collections", none(), Body),
        route(
            ViewCollectionAccess,
            "GET",
            "/api/organizations/{organizationId}/collections/details",
            none(),
            Body,
        ),
        route(ViewOrganizationEvents, "GET", "/api/organizations/{organizationId}/events", none(), Body),
        route(
            ViewOrganizationEvents,
            "GET",
            "/api/organizations/{organizationId}/users/{member}/events",
            none(),
            Body,
        ),
    ]
}

/// The path of a route with the ids of the world.
pub fn path(world: &World, route: &Route) -> String {
    route
        .path
        .replace("{providerId}", &world.provider)
        .replace("{organizationId}", &world.organization)
        .replace("{link}", &world.link)
        .replace("{staff}", &world.admin_membership)
        .replace("{member}", &world.member)
        .replace("{id}", &world.unknown)
}

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
    let model = |answer: &Answer| answer.text.starts_with('{') && answer.json()["object"] == "error";
    match grant(route.action, subject, client) {
        Grant::Full | Grant::InPart => match allowed {
            Body => assert!(answer.status == 200 && !answer.text.is_empty(), "{cell}"),
            Empty => assert!(answer.status == 200 && answer.text.is_empty(), "{cell}"),
            Error(status) => assert!(answer.status == status && model(&answer), "{cell}"),
            Unauthorized => assert!(answer.status == 401 && answer.text.is_empty(), "{cell}"),
        },
        Grant::None | Grant::ManagedByProvider => {
            let refusal = refusal(route.action);
            assert_eq!(answer.status, refusal.status(), "{cell}");
            match refusal.message() {
                Some(message) => assert_eq!(answer.json()["message"], message, "{cell}"),
                None if refusal.status() == 400 => assert!(model(&answer), "{cell}"),
                None => assert_eq!(answer.text, "", "{cell}"),
            }
        }
    }
}

/// Everybody who can be a member of an organization: each role, and Custom with each permission alone and with none.
fn member_subjects() -> Vec<(OrganizationUserType, Permissions)> {
    let none = Permissions::default();
    let names = serde_json::to_value(none).unwrap();
    let mut subjects = vec![
        (OrganizationUserType::Owner, none),
        (OrganizationUserType::Admin, none),
        (OrganizationUserType::User, none),
        (OrganizationUserType::Custom, none),
    ];
    for name in names.as_object().unwrap().keys() {
        subjects.push((OrganizationUserType::Custom, serde_json::from_value(json!({ name: true })).unwrap()));
    }
    subjects
}

pub struct Members {
    people: Vec<(Person, Subject)>,
    rows: Vec<BulkMember>,
}

pub async fn members(server: &Server) -> Members {
    let mut members = Members { people: Vec::new(), rows: Vec::new() };
    for (place, (role, permissions)) in member_subjects().into_iter().enumerate() {
        let person = server.person(&format!("member{place}@acme.example")).await;
        members.rows.push(BulkMember {
            who: BulkPerson::User(person.id.parse().unwrap()),
            role,
            permissions,
            status: OrganizationUserStatus::Confirmed,
            key: Some(ENC4.to_owned()),
        });
        members.people.push((person, Subject::member(role, permissions)));
    }
    members
}

/// A client with all these members, and the world around it.
pub async fn world(server: &Server, provider: &Provider, name: &str, members: &Members) -> World {
    let made = BulkClient {
        name: name.to_owned(),
        billing_email: "bills@northwind.example".to_owned(),
        plan: PlanType::EnterpriseMonthly,
        seats: 5,
        key: format!("2.{name}|AAAA|AAAA"),
        public_key: "MIIB".to_owned(),
        private_key: ENC2.to_owned(),
        collection_name: ENC2.to_owned(),
        members: members.rows.clone(),
        created_at: Timestamp(server.app.context().clock.now().0),
    };
    let id = provider.id.parse().unwrap();
    let made = bulk::insert_clients(&server.app.context().store, id, &[made]).await.unwrap().remove(0);
    let staff = server.get_as(&provider.admin, &format!("/api/providers/{}/users", provider.id)).await.ok();
    World {
        provider: provider.id.clone(),
        organization: made.organization_id.to_string(),
        link: made.link.to_string(),
        seats: 5,
        admin_membership: row(&staff, "userId", &provider.admin.id)["id"].as_str().unwrap().to_owned(),
        member: made.members[0].to_string(),
        unknown: uuid::Uuid::new_v4().to_string(),
        client: client("Repeated", "owner@repeated.example", 19, 1),
    }
}

contract! {
    async fn every_route_of_a_provider_answers_every_role_as_the_table_says(engine: Engine) {
        let server = Server::with(engine, |settings| settings.limits.invitation = None).await;
        let provider = server.provider("ann@northwind.example", 40).await;
        let (service_user, _) = server.staff(&provider, "sue@northwind.example", 1).await;
        let nobody = server.person("nobody@example.test").await;
        let members = members(&server).await;
        let world = world(&server, &provider, "Walked", &members).await;
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
            let back = Route { body: json!({ "name": "Walked", "assignedSeats": 5 }), ..buy };
            walk(&server, &provider.admin, Subject::ProviderAdmin, &world, &back, &situation, Empty).await;
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
            for route in organization_routes(world) {
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
}

#[test]
fn every_action_is_walked_or_named_as_having_no_route() {
    let world = empty_world();
    let mut walked: BTreeSet<Action> = provider_routes(&world)
        .iter()
        .chain(&organization_routes(&world))
        .map(|route| route.action)
        .collect();
    walked.extend([Action::BuySeats, Action::DeleteProvider, Action::LeaveOrganization]);
    let without: BTreeSet<Action> = WITHOUT_ROUTE.iter().copied().collect();
    assert_eq!(walked.intersection(&without).collect::<Vec<_>>(), [] as [&Action; 0]);
    let all: BTreeSet<Action> = walked.union(&without).copied().collect();
    assert_eq!(all, Action::ALL.iter().copied().collect());
}

#[test]
fn every_described_route_is_walked() {
    let world = empty_world();
    let (_, document) = portal_server::routes::all();
    let document: Value = serde_json::from_str(&document.to_json().unwrap()).unwrap();
    let mut walked: BTreeSet<(String, String)> = provider_routes(&world)
        .iter()
        .chain(&organization_routes(&world))
        .map(|route| (route.method.to_owned(), fill(route.path, "{}")))
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

fn empty_world() -> World {
    World {
        provider: String::new(),
        organization: String::new(),
        link: String::new(),
        seats: 0,
        admin_membership: String::new(),
        member: String::new(),
        unknown: String::new(),
        client: Value::Null,
    }
}
