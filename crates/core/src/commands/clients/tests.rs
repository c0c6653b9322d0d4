use portal_bridge::{
    Action, AddExisting, AddObstacle, ClientMade, ClientSort, ClientsQuery, ClientsView, ConfirmMember,
    CreateClient, Direction, Fault, Field, FieldProblem, GetAddable, GetClient, GetClients,
    GetMemberFingerprint, Jump, ListState, Plan, PreviewSeats, Problem, ProblemKind, Reason, UpdateClient,
    Verdict, Window,
};
use portal_keys::{EncString, PrivateKey, SymmetricKey};
use serde_json::{Value, json};

use crate::{
    scripted::{Mishap, PROVIDER, Scripted, open_key, provider, signed_in},
    simulated::World,
};

fn create(attempt: u32) -> CreateClient {
    CreateClient {
        provider: provider(),
        name: "  Harbour Ltd ".into(),
        owner_email: "owner@harbour.example".into(),
        plan: Plan::EnterpriseMonthly,
        seats: 5,
        attempt,
    }
}

fn post() -> String {
    format!("POST /api/providers/{PROVIDER}/clients")
}

fn list() -> String {
    format!("GET /api/providers/{PROVIDER}/organizations")
}

fn clients(world: &mut World) -> ClientsView {
    let query = ClientsQuery {
        provider: provider(),
        search: String::new(),
        plan: None,
        needs: None,
        sort: ClientSort::Name,
        direction: Direction::Ascending,
    };
    world.ask(GetClients { query, window: Window { from: 0, count: 50 } }).unwrap()
}

fn kind<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemKind {
    result.expect_err("a problem").kind.clone()
}

#[test]
fn a_created_client_can_be_opened_with_what_was_sent() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let ClientMade { client, .. } = world.ask(create(1)).unwrap();
    assert_eq!((client.name.as_str(), client.assigned), ("Harbour Ltd", Some(5)));
    let server = server.borrow();
    let body = server.body(&post());
    let key = open_key(&server, &body["key"]);
    let private: EncString = body["keyPair"]["encryptedPrivateKey"].as_str().unwrap().parse().unwrap();
    let private = futures::executor::block_on(PrivateKey::unwrap(&private, &key)).unwrap();
    let public = portal_keys::PublicKey::from_base64(body["keyPair"]["publicKey"].as_str().unwrap()).unwrap();
    assert!(futures::executor::block_on(private.matches(&public)).unwrap());
    let collection: EncString = body["collectionName"].as_str().unwrap().parse().unwrap();
    assert_eq!(key.decrypt_text(&collection).unwrap().as_str(), "Default collection");
    assert_eq!((body["planType"].as_i64(), body["name"].as_str()), (Some(19), Some("Harbour Ltd")));
}

#[test]
fn the_same_attempt_never_makes_a_second_client() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let (first, second) = (world.ask_later(create(1)), world.ask_later(create(1)));
    world.until(|_| first.borrow().is_some() && second.borrow().is_some());
    let (first, second) = (first.take().unwrap().unwrap(), second.take().unwrap().unwrap());
    assert_eq!(first.client.link, second.client.link);
    assert_eq!(world.ask(create(1)).unwrap().client.link, first.client.link);
    assert_eq!(server.borrow().count(&post()), 1);
    assert_ne!(world.ask(create(2)).unwrap().client.link, first.client.link);
}

#[test]
fn a_client_whose_answer_was_lost_is_found_by_its_key() {
    let server = Scripted::new();
    // One of the same name is there already.
    server.borrow_mut().add_client("Harbour Ltd", 9, 1);
    let mut world = signed_in(&server);
    server.borrow_mut().upset(&post(), Mishap::AnswerLost);
    assert_eq!(world.ask(create(1)).unwrap().client.assigned, Some(5));
    assert_eq!(server.borrow().count(&post()), 1);
}

#[test]
fn a_lost_call_is_uncertain_and_trying_again_looks_first() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    server.borrow_mut().upset(&post(), Mishap::CallLost);
    assert_eq!(kind(world.ask(create(1))), ProblemKind::Uncertain);
    let first = server.borrow().body(&post())["key"].clone();
    let lists = server.borrow().count(&list());
    world.ask(create(1)).unwrap();
    assert_eq!(server.borrow().clients.len(), 1);
    assert_eq!(server.borrow().body(&post())["key"], first, "the key is the one to be recognised by");
    assert!(server.borrow().count(&list()) >= lists + 2);
}

#[test]
fn a_client_that_came_through_late_is_not_made_again() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    server.borrow_mut().upset(&post(), Mishap::AnswerLost);
    server.borrow_mut().upset(&list(), Mishap::Instead(200, json!({"data": []}).to_string()));
    assert_eq!(kind(world.ask(create(1))), ProblemKind::Uncertain);
    assert_eq!(world.ask(create(1)).unwrap().client.name, "Harbour Ltd");
    assert_eq!((server.borrow().count(&post()), server.borrow().clients.len()), (1, 1));
}

#[test]
fn a_server_that_failed_at_it_is_looked_at_before_saying_so() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    server.borrow_mut().upset(&post(), Mishap::Instead(500, String::new()));
    assert_eq!(kind(world.ask(create(1))), ProblemKind::ServerFailed);
    server.borrow_mut().upset(&post(), Mishap::After(500, String::new()));
    assert!(world.ask(create(2)).is_ok());
    assert_eq!(server.borrow().clients.len(), 1);
}

#[test]
fn what_is_wrong_with_a_new_client_is_said_before_anything_is_sent() {
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let bad = CreateClient { name: " ".into(), owner_email: "nobody".into(), seats: 0, ..create(1) };
    let ProblemKind::Invalid(fields) = kind(world.ask(bad)) else { panic!("not refused for its fields") };
    let expected = [
        (Field::Name, Fault::Missing),
        (Field::OwnerEmail, Fault::NotAnEmail),
        (Field::Seats, Fault::TooSmall { limit: 1 }),
    ];
    assert_eq!(fields, expected.map(|(field, fault)| FieldProblem { field, fault, part: None }));
    assert_eq!(server.borrow().count(&post()), 0);
}

#[test]
fn a_service_user_creates_no_client() {
    let server = Scripted::new();
    server.borrow_mut().provider_role = 1;
    let mut world = signed_in(&server);
    assert_eq!(kind(world.ask(create(1))), ProblemKind::NotAllowed);
    assert_eq!(server.borrow().count(&post()), 0);
}

#[test]
fn the_palette_finds_clients_for_those_alone_who_may_open_them_now() {
    let server = Scripted::new();
    server.borrow_mut().add_client("Mill", 5, 1);
    server.borrow_mut().provider_role = 1;
    let found = |world: &mut World| {
        let rows = clients(world).rows.total;
        let hits = world.ask(Jump { provider: provider(), text: "mill".into(), limit: 8 }).unwrap();
        (rows, hits.len())
    };
    assert_eq!(found(&mut signed_in(&server)), (1, 1));
    server.borrow_mut().provider_enabled = false;
    assert_eq!(found(&mut signed_in(&server)), (1, 0));
}

#[test]
fn a_list_with_one_row_of_another_provider_is_not_shown_at_all() {
    let server = Scripted::new();
    server.borrow_mut().add_client("Mine", 5, 1);
    server.borrow_mut().add_client("Another's", 5, 1);
    server.borrow_mut().clients[1]["providerId"] = json!("99999999-9999-4999-8999-999999999999");
    let mut world = signed_in(&server);
    let view = clients(&mut world);
    assert_eq!(view.rows.rows, []);
    assert_eq!(view.rows.state, ListState::Failed(ProblemKind::Mismatch.into()));
}

#[test]
fn a_list_that_is_cut_off_is_not_shown_as_whole_and_read_again_when_asked_later() {
    let server = Scripted::new();
    server.borrow_mut().add_client("Mill", 5, 1);
    let mut world = signed_in(&server);
    server.borrow_mut().upset(&list(), Mishap::Instead(200, r#"{"object":"list","data":[{"id":"#.into()));
    let ListState::Failed(problem) = clients(&mut world).rows.state else { panic!("shown as whole") };
    assert_eq!(problem.kind, ProblemKind::BadAnswer);
    // News of the failure makes tabs ask again, which must not ask the server again.
    assert!(matches!(clients(&mut world).rows.state, ListState::Failed(_)));
    assert_eq!(server.borrow().count(&list()), 1);
    world.pass(2_000);
    let view = clients(&mut world);
    assert_eq!((view.rows.state, view.rows.total), (ListState::Complete, 1));
}

#[test]
fn rows_show_what_the_list_and_the_profile_say() {
    let server = Scripted::new();
    server.borrow_mut().add_client("Switched off", 5, 2);
    server.borrow_mut().add_client("On", 7, 7);
    let mut world = signed_in(&server);
    let view = clients(&mut world);
    let shown: Vec<_> = view
        .rows
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.enabled, row.used, row.plan.as_str()))
        .collect();
    assert_eq!(shown, [("On", true, 7, "Enterprise"), ("Switched off", false, 2, "Enterprise")]);
    assert_eq!((view.assigned, view.used), (12, 9));
}

#[test]
fn seats_below_those_in_use_are_refused_and_others_sent_as_they_are() {
    let server = Scripted::new();
    server.borrow_mut().add_client("Mill", 10, 6);
    let mut world = signed_in(&server);
    let link = clients(&mut world).rows.rows[0].link;
    let update = |name: Option<&str>, seats| UpdateClient {
        provider: provider(),
        link,
        name: name.map(str::to_owned),
        seats,
    };
    let ProblemKind::Invalid(fields) = kind(world.ask(update(None, Some(5)))) else { panic!("not refused") };
    assert_eq!(fields[0].fault, Fault::TooSmall { limit: 6 });
    let put = format!("PUT /api/providers/{PROVIDER}/clients/{link}");
    assert_eq!(server.borrow().count(&put), 0);
    server.borrow_mut().pages.insert(put.clone(), Value::Null);
    world.ask(update(Some("Mill & Co"), None)).unwrap();
    assert_eq!(server.borrow().body(&put), json!({"assignedSeats": 10, "name": "Mill & Co"}));
}

fn subscription() -> (String, Value) {
    let plan = json!({"planName": "Enterprise (Monthly)", "type": 19, "productTier": 3, "seatMinimum": 10, "purchasedSeats": 2,
        "assignedSeats": 12, "cost": 72.0, "cadence": "Monthly"});
    (
        format!("GET /api/providers/{PROVIDER}/billing/subscription"),
        json!({"status": "active", "plans": [plan]}),
    )
}

#[test]
fn a_preview_adds_up_as_the_pool_does() {
    let server = Scripted::new();
    server.borrow_mut().add_client("Mill", 12, 6);
    server.borrow_mut().pages.extend([subscription()]);
    let mut world = signed_in(&server);
    let link = clients(&mut world).rows.rows[0].link;
    let preview = |link, plan, seats| PreviewSeats { provider: provider(), link, plan, seats };
    let less = world.ask(preview(Some(link), None, 7)).unwrap();
    assert_eq!((less.assigned_after, less.unassigned_after, less.purchased_after, less.lowest), (7, 3, 0, 6));
    assert_eq!((less.verdict, less.seat_price_cents), (Verdict::Allowed, Some(600)));
    let too_few = world.ask(preview(Some(link), None, 5)).unwrap();
    assert_eq!(too_few.verdict, Verdict::Disabled(Reason::BelowUsedSeats));
    let new = world.ask(preview(None, Some(Plan::EnterpriseMonthly), 4)).unwrap();
    assert_eq!((new.assigned_after, new.purchased_before, new.purchased_after), (16, 2, 6));
    let lacking = world.ask(preview(None, Some(Plan::TeamsMonthly), 4)).unwrap();
    assert_eq!(lacking.verdict, Verdict::Disabled(Reason::PlanLacksIt));
}

#[test]
fn a_service_user_may_not_preview_a_purchase_into_being() {
    let server = Scripted::new();
    server.borrow_mut().provider_role = 1;
    server.borrow_mut().add_client("Mill", 12, 6);
    server.borrow_mut().pages.extend([subscription()]);
    let mut world = signed_in(&server);
    let link = clients(&mut world).rows.rows[0].link;
    let preview = |seats| PreviewSeats { provider: provider(), link: Some(link), plan: None, seats };
    assert_eq!(world.ask(preview(13)).unwrap().verdict, Verdict::Disabled(Reason::NeedsPurchase));
    assert_eq!(world.ask(preview(11)).unwrap().verdict, Verdict::Allowed);
}

const OWN: &str = "44444444-4444-4444-8444-444444444444";

#[test]
fn what_cannot_be_added_says_why() {
    let server = Scripted::new();
    let organization = |number: u32, more: Value| {
        let mut row = json!({"id": format!("{number:08}-4444-4444-8444-444444444444"), "name": format!("Org {number}"), "status": 2,
            "type": 0, "enabled": true, "productTierType": 3, "seats": 5});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row
    };
    server.borrow_mut().organizations = vec![
        organization(1, json!({"providerId": PROVIDER, "providerName": "Other MSP"})),
        organization(2, json!({"type": 1})),
        organization(3, json!({"enabled": false})),
        organization(4, json!({"productTierType": 0})),
        organization(5, json!({})),
        organization(6, json!({})),
    ];
    let offered = json!([{"id": "00000006-4444-4444-8444-444444444444", "name": "Org 6", "plan": "Enterprise", "seats": 5, "disabled": false}]);
    server.borrow_mut().pages.insert(format!("GET /api/providers/{PROVIDER}/clients/addable"), offered);
    let mut world = signed_in(&server);
    let rows = world.ask(GetAddable(provider())).unwrap();
    let obstacles: Vec<_> = rows.into_iter().map(|row| row.obstacle).collect();
    let provider = AddObstacle::HasProvider(Some("Other MSP".into()));
    let others = [
        provider,
        AddObstacle::NotOwner,
        AddObstacle::SwitchedOff,
        AddObstacle::Plan,
        AddObstacle::NotOffered,
    ];
    assert_eq!(obstacles, std::iter::once(None).chain(others.map(Some)).collect::<Vec<_>>());
}

#[test]
fn taking_an_organization_over_wraps_its_key_anew() {
    let server = Scripted::new();
    let key = SymmetricKey::generate().unwrap();
    let own = futures::executor::block_on(server.borrow().public_key().encapsulate(&key)).unwrap();
    server.borrow_mut().organizations =
        vec![json!({"id": OWN, "name": "Mill", "status": 2, "type": 0, "key": own.to_string()})];
    let call = format!("POST /api/providers/{PROVIDER}/clients/existing");
    server.borrow_mut().pages.insert(call.clone(), Value::Null);
    server.borrow_mut().add_client("Mill", 5, 1);
    server.borrow_mut().clients[0]["organizationId"] = json!(OWN);
    let mut world = signed_in(&server);
    world.ask(AddExisting { provider: provider(), organization: OWN.parse().unwrap() }).unwrap();
    let body = server.borrow().body(&call);
    assert!(open_key(&server.borrow(), &body["key"]) == key);
}

#[test]
fn a_summary_names_the_people_and_what_may_be_done() {
    let server = Scripted::new();
    let organization = server.borrow_mut().add_client("Mill", 5, 1);
    let member = |number: u32, kind, status, name: Value| {
        json!({"id": format!("{number:08}-5555-4555-8555-555555555555"), "type": kind, "status": status, "name": name,
            "email": format!("m{number}@mill.example")})
    };
    let members = json!({"data": [member(1, 2, 1, Value::Null), member(2, 1, 2, json!("Zoe")), member(3, 0, 1, json!("Bob")), member(4, 2, 9, Value::Null)]});
    server.borrow_mut().pages.insert(format!("GET /api/organizations/{organization}/users"), members);
    let mut world = signed_in(&server);
    let view = world.ask(GetClient { provider: provider(), organization }).unwrap();
    let people: Vec<_> =
        view.people.iter().map(|person| (person.role.as_str(), person.name.as_deref())).collect();
    assert_eq!(people, [("Owner", Some("Bob")), ("Admin", Some("Zoe"))]);
    assert_eq!((view.waiting, view.key_opens), (2, true));
    let right = |action| view.rights.iter().find(|(known, _)| *known == action).map(|(_, verdict)| *verdict);
    assert_eq!(right(Action::UnlinkClient), Some(Verdict::Disabled(Reason::NoConfirmedOwner)));
    assert_eq!(right(Action::RenameClient), Some(Verdict::Allowed));
}

#[test]
fn a_member_whose_key_changed_since_the_comparison_is_not_confirmed() {
    let server = Scripted::new();
    let organization = server.borrow_mut().add_client("Mill", 5, 1);
    let member = "00000003-5555-4555-8555-555555555555";
    let base = format!("/api/organizations/{organization}/users");
    let keys = |server: &Scripted| {
        let key = server.public_key().to_base64();
        json!({"data": [{"id": member, "userId": crate::scripted::USER, "key": key}]})
    };
    let page = keys(&server.borrow());
    server.borrow_mut().pages.insert(format!("POST {base}/public-keys"), page);
    let confirm_call = format!("POST {base}/{member}/confirm");
    server.borrow_mut().pages.insert(confirm_call.clone(), Value::Null);
    let mut world = signed_in(&server);
    let member = member.parse().unwrap();
    let phrase = world.ask(GetMemberFingerprint { provider: provider(), organization, member }).unwrap();
    assert_eq!(phrase.split('-').count(), 5);

    let swapped = keys(&Scripted::new().borrow());
    let honest = server.borrow_mut().pages.insert(format!("POST {base}/public-keys"), swapped).unwrap();
    let confirm = || ConfirmMember { provider: provider(), organization, member, phrase: phrase.clone() };
    assert_eq!(kind(world.ask(confirm())), ProblemKind::Refused);
    assert_eq!(server.borrow().count(&confirm_call), 0);

    server.borrow_mut().pages.insert(format!("POST {base}/public-keys"), honest);
    world.ask(confirm()).unwrap();
    let sent: EncString = server.borrow().body(&confirm_call)["key"].as_str().unwrap().parse().unwrap();
    let opened = futures::executor::block_on(server.borrow().private_key.decapsulate(&sent)).unwrap();
    assert!(opened == open_key(&server.borrow(), &server.borrow().clients[0]["key"]));
}
