//! What the walk of the role table walks: every route, the members of every kind, and the world they meet in.

use portal_domain::access::{Action, Subject};
use portal_server::store::bulk::{self, BulkClient, BulkMember, BulkPerson};
use portal_wire::{OrganizationUserStatus, OrganizationUserType, PlanType, Timestamp, profile::Permissions};
use serde_json::{Value, json};

use crate::support::{
    Person, Provider, Server,
    person::{ENC2, ENC4},
    provider::{client, row, setup},
};

pub use Expect::{Body, Empty, Error, Unauthorized};

/// What somebody who has the action is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// 200 with a body.
    Body,
    /// 200 without one.
    Empty,
    /// An error with its model: the role was let through, and then something else was wrong.
    Error(u16),
    /// 401 without a body: the provider is not set up, or the organization not one's own.
    Unauthorized,
}

/// A route, the action it asks the table about, and a call of it that changes nothing.
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub action: Action,
    pub body: Value,
    pub allowed: Expect,
    /// At a provider that is not set up.
    pub pending: Expect,
}

pub fn route(
    action: Action,
    method: &'static str,
    path: &'static str,
    body: Value,
    allowed: Expect,
) -> Route {
    Route { method, path, action, body, allowed, pending: allowed }
}

/// The ids a walk calls with. Where an id is unknown, the call changes nothing.
pub struct World {
    pub provider: String,
    pub organization: String,
    pub link: String,
    pub seats: i64,
    pub admin_membership: String,
    pub member: String,
    /// An item in no collection.
    pub item: String,
    pub unknown: String,
    pub client: Value,
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
        .replace("{item}", &world.item)
        .replace("{id}", &world.unknown)
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
    pub people: Vec<(Person, Subject)>,
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
        item: server.item(&provider.admin, &made.organization_id.to_string()).await,
        unknown: uuid::Uuid::new_v4().to_string(),
        client: client("Repeated", "owner@repeated.example", 19, 1),
    }
}

/// A world in which nothing can be called: for looking at the routes alone.
pub fn empty_world() -> World {
    World {
        provider: String::new(),
        organization: String::new(),
        link: String::new(),
        seats: 0,
        admin_membership: String::new(),
        member: String::new(),
        item: String::new(),
        unknown: String::new(),
        client: Value::Null,
    }
}
