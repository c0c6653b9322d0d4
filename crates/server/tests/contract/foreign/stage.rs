//! Two providers with two clients each, and everything an id can name in each of them.

use std::{collections::BTreeMap, ops::Index};

use futures::future::join_all;
use portal_server::{
    auth::tokens::Purpose,
    store::bulk::{self, BulkClient, BulkMember, BulkPerson},
};
use portal_wire::{
    OrganizationUserStatus as Status, OrganizationUserType as Role, PlanType, profile::Permissions,
};
use serde_json::{Value, json};

use super::database::run;
use crate::support::{
    Engine, Person, Provider, Server,
    person::{ENC2, ENC4},
    vault::{grant, login, text},
};

/// The page that the books of each provider have.
pub const PAGE: &str = "prices";

/// What an id can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Provider,
    Staff,
    InvitedStaff,
    AcceptedStaff,
    /// An organization of the Provider Admin's own that the provider could take over.
    Addable,
    Invoice,
    Link,
    Organization,
    User,
    Member,
    InvitedMember,
    AcceptedMember,
    RevokedMember,
    Collection,
    Group,
    Item,
    TrashedItem,
}

impl Kind {
    /// Whether it is the provider's own, and so the same for both of its clients.
    pub fn is_of_provider(self) -> bool {
        matches!(
            self,
            Self::Provider
                | Self::Staff
                | Self::InvitedStaff
                | Self::AcceptedStaff
                | Self::Addable
                | Self::Invoice
        )
    }
}

/// A client, its provider, and the ids of what is in them.
#[derive(Clone)]
pub struct World {
    pub ids: BTreeMap<Kind, String>,
    /// Stands in the name and the addresses of this client, and of the other client of its provider if that is foreign too.
    pub mark: &'static str,
    /// The address that is invited to the staff and as a member.
    pub invited: String,
    /// Tokens of the kinds that come by mail, which go with ids.
    pub tokens: Tokens,
}

#[derive(Clone)]
pub struct Tokens {
    pub staff: String,
    pub member: String,
    pub setup: String,
    pub deletion: String,
}

impl Index<Kind> for World {
    type Output = str;

    fn index(&self, kind: Kind) -> &str {
        &self.ids[&kind]
    }
}

/// The server with all of it. Who calls is of the first provider and its first client.
pub struct Stage {
    pub server: Server,
    pub own: World,
    /// The other client of the provider.
    pub sibling: World,
    /// The clients of the other provider.
    pub others: [World; 2],
    pub admin: Person,
    pub service_user: Person,
    pub owner: Person,
    /// Whom `own.invited` belongs to.
    pub invitee: Person,
}

impl Stage {
    pub async fn build(engine: Engine) -> Self {
        let server = Server::with(engine, |settings| {
            let limits = &mut settings.limits;
            (limits.sign_in, limits.token, limits.registration, limits.invitation) = (None, None, None, None);
        })
        .await;
        let (mine, service_user) = provider(&server, "quartz-a").await;
        let (theirs, _) = provider(&server, "quartz-b").await;
        let own = client(&server, &mine, "quartz-a1", "quartz-a1").await;
        let sibling = client(&server, &mine, "quartz-a2", "quartz-a2").await;
        let others = [
            client(&server, &theirs, "quartz-b1", "quartz-b").await,
            client(&server, &theirs, "quartz-b2", "quartz-b").await,
        ];
        let owner = server.sign_in("owner@quartz-a1.example").await;
        let invitee = server.person(&own.invited).await;
        Self { admin: mine.provider.admin, server, own, sibling, others, service_user, owner, invitee }
    }

    /// Every world but one's own.
    pub fn foreign(&self) -> Vec<&World> {
        vec![&self.sibling, &self.others[0], &self.others[1]]
    }
}

struct House {
    name: &'static str,
    provider: Provider,
    ids: BTreeMap<Kind, String>,
}

/// A provider with staff of every kind, and its confirmed Service User.
async fn provider(server: &Server, name: &'static str) -> (House, Person) {
    let address = |who: &str| format!("{who}@{name}.example");
    let provider = server.provider(&address("admin"), 200).await;
    let (service_user, _) = server.staff(&provider, &address("service"), 1).await;
    let (_, confirmed) = server.staff(&provider, &address("confirmed"), 1).await;
    let (_, accepted) = server.accepted_staff(&provider, &address("accepted"), 1).await;
    let (invited, _) = server.invite_staff(&provider, &format!("invited@{name}1.example"), 1).await;
    let owner = member(&provider.admin.id, Role::Owner, Status::Confirmed);
    let addable = bulk_client(server, &provider, &format!("{name} alone"), vec![owner]).await;
    let alone = addable.organization_id;
    run(
        server,
        &[
            &format!("DELETE FROM provider_organizations WHERE organization_id = '{alone}'"),
            &format!("UPDATE organizations SET status = 1, has_subscription = 1 WHERE id = '{alone}'"),
        ],
    )
    .await;
    let (invoice, number) = (format!("in_{name}"), name.bytes().map(i64::from).sum::<i64>());
    let of_provider = format!("'{invoice}', {number}, '{}'", provider.id);
    run(
        server,
        &[
            &format!(
                "INSERT INTO invoices (id, number, provider_id, window_first, window_end, issued_at, due, currency, \
                 subtotal, discount, taken_off, total, credit_used) \
                 VALUES ({of_provider}, 0, 86400000, 1, 1, 'USD', 1, 0, 0, 1, 0)"
            ),
            &format!(
                "INSERT INTO invoice_clients (invoice_id, place, organization_id, name, plan_name, assigned, used, total) \
                 VALUES ('{invoice}', 0, '', '{name} client', 'Enterprise (Monthly)', 1, 1, 1)"
            ),
            &format!(
                "INSERT INTO provider_books (provider_id, name, revision, content) \
                 VALUES ('{}', '{PAGE}', 1, '2.{name}|AAAA|AAAA')",
                provider.id
            ),
        ],
    )
    .await;
    let ids = [
        (Kind::Invoice, invoice),
        (Kind::Provider, provider.id.clone()),
        (Kind::Staff, confirmed),
        (Kind::AcceptedStaff, accepted),
        (Kind::InvitedStaff, invited),
        (Kind::Addable, alone.to_string()),
    ];
    (House { name, provider, ids: ids.into() }, service_user)
}

async fn bulk_client(
    server: &Server,
    provider: &Provider,
    name: &str,
    members: Vec<BulkMember>,
) -> bulk::BulkMade {
    let client = BulkClient {
        name: name.to_owned(),
        billing_email: format!("bills@{name}.example"),
        plan: PlanType::EnterpriseMonthly,
        seats: 40,
        key: format!("2.{name}|AAAA|AAAA"),
        public_key: "MIIB".to_owned(),
        private_key: ENC2.to_owned(),
        collection_name: ENC2.to_owned(),
        members,
        created_at: server.app.context().clock.now(),
    };
    let (store, id) = (&server.app.context().store, provider.id.parse().unwrap());
    bulk::insert_clients(store, id, &[client]).await.unwrap().remove(0)
}

fn member(user: &str, role: Role, status: Status) -> BulkMember {
    let key = (status == Status::Confirmed).then(|| ENC4.to_owned());
    BulkMember {
        who: BulkPerson::User(user.parse().unwrap()),
        role,
        permissions: Permissions::default(),
        status,
        key,
    }
}

fn waiting(email: String, status: Status) -> BulkMember {
    BulkMember {
        who: BulkPerson::Invited(email),
        role: Role::User,
        permissions: Permissions::default(),
        status,
        key: None,
    }
}

/// A client with members of every kind, a group, a collection, items, a policy and events.
async fn client(server: &Server, house: &House, name: &'static str, mark: &'static str) -> World {
    let address = |who: &str| format!("{who}@{name}.example");
    let people = ["owner", "member", "accepted"].map(address);
    join_all(people.iter().map(|email| server.register(email))).await;
    let mut users = Vec::new();
    for email in &people {
        users.push(user_id(server, email).await);
    }
    let members = vec![
        member(&users[0], Role::Owner, Status::Confirmed),
        member(&users[1], Role::User, Status::Confirmed),
        member(&users[2], Role::User, Status::Accepted),
        waiting(address("invited"), Status::Invited),
        waiting(address("revoked"), Status::Revoked),
    ];
    let made = bulk_client(server, &house.provider, name, members).await;
    let id = |place: usize| made.members[place].to_string();
    let (o, admin) = (made.organization_id.to_string(), &house.provider.admin);
    let enrolled =
        format!("UPDATE organization_users SET reset_password_key = '{ENC4}' WHERE id = '{}'", id(1));
    run(server, &[&enrolled]).await;
    let users_of = json!([grant(&id(0), "manage"), grant(&id(1), "edit")]);
    let collection = server.collection_for(admin, &o, users_of).await;
    let groups = format!("/api/organizations/{o}/groups");
    let body = json!({ "name": name, "collections": [grant(&collection, "edit")], "users": [id(1)] });
    let group = text(&server.send_as(admin, "POST", &groups, body).await.ok(), "id");
    let item = text(&server.item_in(admin, &o, &collection).await, "id");
    let trashed = text(&server.item_in(admin, &o, &collection).await, "id");
    server.send_as(admin, "PUT", &format!("/api/ciphers/{trashed}/delete-admin"), Value::Null).await.ok();
    let policy = json!({ "policy": { "enabled": true, "data": { "minLength": 14 } } });
    server.send_as(admin, "PUT", &format!("/api/organizations/{o}/policies/1"), policy).await.ok();
    let mut ids = house.ids.clone();
    ids.extend([
        (Kind::Link, made.link.to_string()),
        (Kind::User, users[0].clone()),
        (Kind::Member, id(1)),
        (Kind::AcceptedMember, id(2)),
        (Kind::InvitedMember, id(3)),
        (Kind::RevokedMember, id(4)),
        (Kind::Collection, collection),
        (Kind::Group, group),
        (Kind::Item, item),
        (Kind::TrashedItem, trashed),
        (Kind::Organization, o),
    ]);
    let invited = address("invited");
    let tokens = tokens(server, &ids, &invited, &format!("admin@{}.example", house.name));
    World { ids, mark, invited, tokens }
}

fn tokens(server: &Server, ids: &BTreeMap<Kind, String>, invited: &str, admin: &str) -> Tokens {
    let context = server.app.context();
    let later = context.clock.now().saturating_add(3_600_000);
    let token =
        |purpose, kind: Kind, email: &str| context.secrets.voucher(purpose, &ids[&kind], email, later);
    Tokens {
        staff: token(Purpose::ProviderInvitation, Kind::InvitedStaff, invited),
        member: token(Purpose::OrganizationInvitation, Kind::InvitedMember, invited),
        setup: token(Purpose::ProviderSetup, Kind::Provider, admin),
        deletion: token(Purpose::ProviderDeletion, Kind::Provider, ""),
    }
}

async fn user_id(server: &Server, email: &str) -> String {
    let mut db = server.app.context().store.read().await.unwrap();
    let found = sqlx::query_scalar("SELECT id FROM users WHERE email = $1").bind(email.to_owned());
    found.fetch_one(&mut *db).await.unwrap()
}

/// A login of this client.
pub fn cipher(world: &World) -> Value {
    login(&world[Kind::Organization])
}
