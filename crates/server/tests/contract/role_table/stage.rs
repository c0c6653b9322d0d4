//! What the walk of the role table is made of: a route, the members of every kind, and the world they meet in.

use portal_domain::access::{Action, Subject};
use portal_server::store::bulk::{self, BulkClient, BulkMember, BulkPerson};
use portal_wire::{OrganizationUserStatus, OrganizationUserType, PlanType, Timestamp, profile::Permissions};
use serde_json::{Value, json};

use crate::support::{
    Person, Provider, Server,
    person::{ENC2, ENC4},
    provider::{client, row},
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
        .replace("{type}", "0")
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
    pub rows: Vec<BulkMember>,
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
