mod deeds;

use std::{cell::RefCell, rc::Rc};

use futures::executor::block_on;
use portal_bridge::{
    AccessChange, AccessLevel, ChangeMembers, ConfirmMembers, Direction, ExportMembers, Fault, GetJobs,
    GetMember, GetMemberChoices, GetMemberPhrases, GetMembers, InvitationFinding, InviteFromTable,
    InviteMembers, JobId, JobView, MemberAccess, MemberDeed, MemberNeed, MemberPermission, MemberRole,
    MemberSaved, MemberSort, MemberStatus, MembersQuery, MembersView, OrganizationId, OrganizationUserId,
    PreviewInvitations, Problem, ProblemKind, Reason, RecoverMember, RowOutcome, SaveMember, SkipReason,
    Verdict, Window, Within,
};
use portal_keys::{EncString, Kdf, MasterKey, PrivateKey, SymmetricKey, unwrap_user_key};
use serde_json::{Value, json};

use crate::{
    scripted::{Mishap, Scripted, USER, open_key, provider, signed_in},
    simulated::World,
};

const GROUP: &str = "66666666-6666-4666-8666-666666666666";
const COLLECTION: &str = "77777777-7777-4777-8777-777777777777";
const FOREIGN: &str = "99999999-9999-4999-8999-999999999999";

/// A client of the provider, whose server answers as each test has it.
struct Client {
    server: Rc<RefCell<Scripted>>,
    world: World,
    within: Within,
    key: SymmetricKey,
}

fn client(members: Vec<Value>) -> Client {
    let server = Scripted::new();
    let organization = server.borrow_mut().add_client("Mill", 5, 2);
    let key = open_key(&server.borrow(), &server.borrow().clients[0]["key"].clone());
    let within = Within { provider: Some(provider()), organization };
    stage(&server, organization, &key, members);
    let world = signed_in(&server);
    Client { server, world, within, key }
}

/// The same organization, in which one is a member of this role and nothing else.
fn own(role: i32, permissions: Value, members: Vec<Value>) -> Client {
    let server = Scripted::new();
    let organization = OrganizationId::from(uuid::Uuid::from_u128(42));
    let key = SymmetricKey::generate().unwrap();
    let wrapped = block_on(server.borrow().public_key().encapsulate(&key)).unwrap();
    server.borrow_mut().organizations.push(json!({
        "id": organization, "name": "Mill", "status": 2, "type": role, "permissions": permissions, "seats": 5,
        "key": wrapped.to_string(), "useGroups": true, "useCustomPermissions": true, "enabled": true,
        "allowAdminAccessToAllCollectionItems": true,
    }));
    stage(&server, organization, &key, members);
    let world = signed_in(&server);
    Client { server, world, within: Within { provider: None, organization }, key }
}

fn stage(server: &RefCell<Scripted>, organization: OrganizationId, key: &SymmetricKey, members: Vec<Value>) {
    let base = format!("GET /api/organizations/{organization}");
    let list = |data: Value| json!({"object": "list", "data": data});
    let pages = &mut server.borrow_mut().pages;
    pages.insert(
        base.clone(),
        json!({"id": organization, "name": "Mill", "seats": 5, "useGroups": true, "useCustomPermissions": true}),
    );
    pages.insert(
        format!("{base}/groups"),
        list(json!([{"id": GROUP, "organizationId": organization, "name": "Sales"}])),
    );
    let name = key.encrypt_text("Shared").unwrap().to_string();
    let collections = list(json!([
        {"id": COLLECTION, "organizationId": organization, "name": name, "type": 0, "manage": true},
        {"id": "88888888-8888-4888-8888-888888888888", "organizationId": organization, "name": "2.x|y|z", "type": 0},
    ]));
    pages.insert(format!("{base}/collections"), collections.clone());
    pages.insert(format!("{base}/collections/details"), collections);
    for member in &members {
        let id = member["id"].as_str().unwrap();
        pages.insert(format!("{base}/users/{id}?includeCollections=true&includeGroups=true"), member.clone());
    }
    pages.insert(format!("{base}/users?includeGroups=true"), list(Value::Array(members)));
}

fn member(number: u128, email: &str, role: i32, status: i32) -> Value {
    json!({
        "object": "organizationUserUserDetails", "id": id(number), "userId": uuid::Uuid::from_u128(number << 64 | 1),
        "type": role, "status": status, "name": null, "email": email, "twoFactorEnabled": number.is_multiple_of(2),
        "resetPasswordEnrolled": number == 3, "groups": [], "collections": [], "creationDate": "2026-01-05T10:00:00Z",
    })
}

fn id(number: u128) -> OrganizationUserId {
    OrganizationUserId::from(uuid::Uuid::from_u128(number))
}

fn some_members() -> Vec<Value> {
    vec![
        member(1, "olga@mill.example", 0, 2),
        member(2, "ada@mill.example", 1, 2),
        member(3, "ben@mill.example", 2, 2),
        member(4, "cleo@mill.example", 2, 1),
        member(5, "dora@mill.example", 2, 0),
        member(6, "<b>eve</b>@mill.example", 3, 7),
    ]
}

impl Client {
    fn query(&self) -> MembersQuery {
        MembersQuery {
            within: self.within,
            search: String::new(),
            status: None,
            role: None,
            need: None,
            sort: MemberSort::Name,
            direction: Direction::Ascending,
        }
    }

    fn list(&mut self, change: impl FnOnce(&mut MembersQuery)) -> MembersView {
        let mut query = self.query();
        change(&mut query);
        self.world.ask(GetMembers { query, window: Window { from: 0, count: 100 } }).unwrap()
    }

    fn emails(&mut self, change: impl FnOnce(&mut MembersQuery)) -> Vec<String> {
        let names = self.list(change).rows.rows.into_iter();
        names.map(|row| row.email.split('@').next().unwrap().to_owned()).collect()
    }

    fn verdict(&mut self, number: u128, deed: MemberDeed) -> Verdict {
        let rows = self.list(|_| ()).rows.rows;
        let row = rows.iter().find(|row| row.id == id(number)).unwrap();
        row.rights.iter().find(|(known, _)| *known == deed).unwrap().1
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/organizations/{}{rest}", self.within.organization)
    }

    fn users(&self) -> String {
        format!("GET {}", self.path("/users?includeGroups=true"))
    }

    /// The next readings of the list are answered with these, before what was staged.
    fn first_the_list_is(&mut self, times: usize, members: Vec<Value>) {
        let (users, list) = (self.users(), json!({"object": "list", "data": members}).to_string());
        for _ in 0..times {
            self.server.borrow_mut().upset(&users, Mishap::Instead(200, list.clone()));
        }
    }

    fn end(&mut self, job: JobId) -> JobView {
        self.world.until(|core| core.job(job).is_ok_and(|job| !job.is_running()));
        let jobs = self.world.ask(GetJobs).unwrap();
        jobs.into_iter().find(|view| view.id == job).unwrap()
    }

    fn outcomes(&mut self, job: JobId) -> Vec<(String, RowOutcome)> {
        self.end(job).rows.into_iter().map(|row| (row.label, row.outcome)).collect()
    }
}

fn access(role: MemberRole) -> MemberAccess {
    MemberAccess { role, permissions: Vec::new(), groups: Vec::new(), collections: Vec::new() }
}

fn kind<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemKind {
    result.expect_err("a problem").kind.clone()
}

#[test]
fn members_are_found_filtered_sorted_and_counted() {
    let mut client = client(some_members());
    assert_eq!(
        client.emails(|_| ()),
        ["<b>eve<", "ada", "ben", "cleo", "dora", "olga"].map(|name| name.replace("eve<", "eve</b>"))
    );
    assert_eq!(client.emails(|query| query.search = "MILL b".into()), ["<b>eve</b>", "ben"]);
    assert_eq!(client.emails(|query| query.status = Some(MemberStatus::NeedsConfirmation)), ["cleo"]);
    assert_eq!(client.emails(|query| query.role = Some(MemberRole::Owner)), ["olga"]);
    assert_eq!(client.emails(|query| query.need = Some(MemberNeed::Recoverable)), ["ben"]);
    assert_eq!(client.emails(|query| query.need = Some(MemberNeed::TwoStep)), ["ben", "dora", "olga"]);
    let by_role = |query: &mut MembersQuery| query.sort = MemberSort::Role;
    assert_eq!(client.emails(by_role)[..3], ["olga", "ada", "ben"]);
    let view = client.list(|query| query.search = "nobody".into());
    assert_eq!((view.rows.total, view.rows.matched), (6, 0));
    assert!(
        view.statuses.contains(&(MemberStatus::Confirmed, 3)),
        "counts are over all: {:?}",
        view.statuses
    );
    assert_eq!((view.seats.assigned, view.seats.taken, view.seats.fixed), (Some(5), 5, true));
}

#[test]
fn numbers_this_version_does_not_know_are_kept_and_shown() {
    let mut client = client(some_members());
    let view = client.list(|query| query.role = Some(MemberRole::Unknown(3)));
    assert_eq!(view.rows.rows[0].status, MemberStatus::Unknown(7));
    assert_eq!(client.emails(|query| query.status = Some(MemberStatus::Unknown(7))), ["<b>eve</b>"]);
}

#[test]
fn a_row_says_what_can_be_done_with_it() {
    let mut client = client(some_members());
    assert_eq!(
        client.verdict(1, MemberDeed::Remove),
        Verdict::Allowed,
        "the provider’s staff count as owners"
    );
    assert_eq!(client.verdict(5, MemberDeed::Resend), Verdict::Allowed);
    assert_eq!(client.verdict(4, MemberDeed::Confirm), Verdict::Allowed);
    assert_eq!(client.verdict(2, MemberDeed::Recover), Verdict::Disabled(Reason::NotEnrolled));
    assert_eq!(client.verdict(3, MemberDeed::Recover), Verdict::Allowed);
}

#[test]
fn the_last_owner_stays_where_no_provider_stands_behind() {
    let mut members = some_members();
    members[1]["userId"] = json!(USER);
    let mut client = own(0, json!(null), members);
    assert_eq!(client.verdict(1, MemberDeed::Revoke), Verdict::Disabled(Reason::LastOwner));
    assert_eq!(client.verdict(2, MemberDeed::Remove), Verdict::Disabled(Reason::Yourself));
    let save = SaveMember {
        within: client.within,
        member: id(1),
        before: access(MemberRole::Owner),
        access: access(MemberRole::User),
    };
    assert_eq!(kind(client.world.ask(save)), ProblemKind::LastOwner);
    let remove = ChangeMembers { within: client.within, members: vec![id(1)], deed: MemberDeed::Remove };
    let job = client.world.ask(remove).unwrap();
    let expected = RowOutcome::Skipped(SkipReason::Obstacle(Reason::LastOwner));
    assert_eq!(client.outcomes(job), [("olga@mill.example".to_owned(), expected)]);
    assert_eq!(client.server.borrow().count(&format!("DELETE {}", client.path("/users"))), 0);
}

#[test]
fn an_admin_reaches_no_owner_and_a_custom_member_gives_only_what_it_has() {
    let mut admin = own(1, json!(null), some_members());
    assert_eq!(admin.verdict(1, MemberDeed::Edit), Verdict::Disabled(Reason::HigherRole));
    let choices = admin.world.ask(GetMemberChoices(admin.within)).unwrap();
    assert_eq!(choices.roles, [MemberRole::User, MemberRole::Custom, MemberRole::Admin]);

    let mut custom = own(4, json!({"manageUsers": true, "accessReports": true}), some_members());
    assert_eq!(custom.verdict(2, MemberDeed::Remove), Verdict::Disabled(Reason::HigherRole));
    assert_eq!(custom.verdict(3, MemberDeed::Recover), Verdict::Hidden);
    let choices = custom.world.ask(GetMemberChoices(custom.within)).unwrap();
    assert_eq!(choices.roles, [MemberRole::User, MemberRole::Custom]);
    assert_eq!(choices.permissions, [MemberPermission::AccessReports, MemberPermission::ManageUsers]);
    let grantable: Vec<bool> = choices.collections.iter().map(|choice| choice.grantable).collect();
    assert_eq!(grantable, [false, true], "only what it manages");
    let beyond =
        MemberAccess { permissions: vec![MemberPermission::ManageScim], ..access(MemberRole::Custom) };
    let invite =
        InviteMembers { within: custom.within, emails: vec!["new@mill.example".into()], access: beyond };
    assert_eq!(kind(custom.world.ask(invite)), ProblemKind::NotAllowed);
}

#[test]
fn who_may_only_recover_accounts_sees_the_list_and_manages_nothing() {
    let mut custom = own(4, json!({"manageResetPassword": true}), some_members());
    assert_eq!(custom.verdict(3, MemberDeed::Recover), Verdict::Allowed);
    assert_eq!(custom.verdict(3, MemberDeed::Edit), Verdict::Hidden);
    let view = custom.world.ask(GetMember { within: custom.within, member: id(3) }).unwrap();
    assert_eq!(view.access, None);
    assert_eq!(kind(custom.world.ask(GetMemberChoices(custom.within))), ProblemKind::NotAllowed);
    let mut user = own(2, json!(null), some_members());
    let query = user.query();
    let asked = user.world.ask(GetMembers { query, window: Window { from: 0, count: 1 } });
    assert_eq!(kind(asked), ProblemKind::NotAllowed);
    assert_eq!(user.server.borrow().count(&user.users()), 0, "the server is not even asked");
}
