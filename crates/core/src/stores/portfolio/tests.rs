mod limits;
mod seating;

use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    CreateOrganization, Direction, GetPortfolio, GetPortfolioClients, PortfolioClients, PortfolioNeed,
    PortfolioQuery, PortfolioSort, ProblemKind, RetryPortfolio, Via, Window,
};
use serde_json::{Value, json};

use crate::{
    scripted::{Mishap, Scripted, signed_in},
    simulated::World,
};

const OWNER: i32 = 0;
const ADMIN: i32 = 1;
const USER: i32 = 2;
const CUSTOM: i32 = 4;

const INVITED: i32 = 0;
const ACCEPTED: i32 = 1;
const CONFIRMED: i32 = 2;
const REVOKED: i32 = -1;

fn id(number: u32) -> String {
    uuid::Uuid::from_u128(9 << 96 | u128::from(number)).to_string()
}

fn organization(number: u32, name: &str, kind: i32, status: i32) -> Value {
    json!({
        "object": "profileOrganization", "id": id(number), "name": name, "type": kind, "status": status, "enabled": true,
        "seats": 20, "key": null,
    })
}

fn users(number: u32) -> String {
    format!("GET /api/organizations/{}/users", id(number))
}

fn members(number: u32, members: &[(i32, i32)]) -> (String, Value) {
    let member = |(place, (kind, status)): (usize, &(i32, i32))| {
        json!({
            "object": "organizationUserUserDetails", "id": uuid::Uuid::from_u128(u128::from(number) << 32 | place as u128),
            "userId": null, "name": null, "email": format!("{place}@{number}.example"), "type": kind, "status": status,
        })
    };
    (
        users(number),
        json!({"object": "list", "data": members.iter().enumerate().map(member).collect::<Vec<_>>()}),
    )
}

fn query() -> PortfolioQuery {
    PortfolioQuery {
        search: String::new(),
        needs: None,
        sort: PortfolioSort::Name,
        direction: Direction::Ascending,
    }
}

fn ask(world: &mut World, query: PortfolioQuery) -> PortfolioClients {
    world.ask(GetPortfolioClients { query, window: Window { from: 0, count: 100 } }).unwrap()
}

/// The list once every client's members are read.
fn settled(world: &mut World) -> PortfolioClients {
    for _ in 0..20 {
        let view = ask(world, query());
        if view.reading.read == view.reading.to_read {
            return view;
        }
        world.pass(1_000);
    }
    panic!("the members are never read")
}

fn names(view: &PortfolioClients) -> Vec<&str> {
    view.rows.rows.iter().map(|row| row.name.as_str()).collect()
}

/// A person with organizations of every kind, and the members of those they look after.
fn server() -> Rc<RefCell<Scripted>> {
    let server = Scripted::new();
    server.borrow_mut().organizations = vec![
        organization(1, "Owned", OWNER, CONFIRMED),
        organization(2, "Administered", ADMIN, CONFIRMED),
        organization(3, "Plain", USER, CONFIRMED),
        organization(4, "Custom", CUSTOM, CONFIRMED),
        organization(5, "Revoked", OWNER, REVOKED),
        organization(6, "Invited", OWNER, INVITED),
        organization(7, "Unconfirmed", OWNER, ACCEPTED),
    ];
    for (call, page) in [
        members(1, &[(OWNER, CONFIRMED), (OWNER, CONFIRMED), (USER, INVITED), (USER, REVOKED)]),
        members(2, &[(OWNER, CONFIRMED), (ADMIN, CONFIRMED), (USER, ACCEPTED)]),
    ] {
        server.borrow_mut().pages.insert(call, page);
    }
    server
}

#[test]
fn what_one_owns_or_administers_is_a_client_and_nothing_else() {
    let server = server();
    let mut world = signed_in(&server);
    let view = settled(&mut world);
    assert_eq!(names(&view), ["Administered", "Owned"]);
    let [administered, owned] = view.rows.rows.as_slice() else { panic!("two clients") };
    assert_eq!(
        (&owned.via, owned.members, owned.owners, owned.waiting),
        (&Via::Owner, Some(3), Some(2), Some(0))
    );
    assert_eq!(
        (&administered.via, administered.members, administered.owners, administered.waiting),
        (&Via::Admin, Some(3), Some(1), Some(1))
    );
    // What a profile says of seats is no number of theirs.
    assert!(view.rows.rows.iter().all(|row| row.seats.is_none() && row.within.provider.is_none()));
    assert_eq!(
        administered.need,
        Some(PortfolioNeed::Confirming),
        "people who wait come before a second Owner"
    );
    assert_eq!(owned.need, None);
    let asked: Vec<String> =
        server.borrow().calls().filter(|call| call.contains("/organizations/")).map(str::to_owned).collect();
    assert!(
        asked.iter().all(|call| *call == users(1) || *call == users(2) || call.contains("/providers/")),
        "{asked:?}"
    );
}

#[test]
fn clients_of_a_provider_stand_in_the_same_list_and_none_twice() {
    let server = server();
    let linked = server.borrow_mut().add_client("Bridge", 5, 5);
    let mut both = organization(1, "Owned", OWNER, CONFIRMED);
    both["id"] = json!(linked.to_string());
    server.borrow_mut().organizations.push(both);
    let mut world = signed_in(&server);
    let view = settled(&mut world);
    assert_eq!(names(&view), ["Administered", "Bridge", "Owned"]);
    let bridge = &view.rows.rows[1];
    assert_eq!(
        (&bridge.via, bridge.seats, bridge.members),
        (&Via::Provider("Northwind IT".into()), Some(5), Some(5))
    );
    assert_eq!(bridge.need, Some(PortfolioNeed::Seats));
    let frame = world.ask(GetPortfolio).unwrap();
    assert_eq!((frame.clients, frame.own, frame.mixed, frame.creates), (Some(3), 3, true, false));

    let by_provider = ask(&mut world, PortfolioQuery { search: "north".into(), ..query() });
    assert_eq!(names(&by_provider), ["Bridge"], "the name of the provider is searched too");
    let most = PortfolioQuery { sort: PortfolioSort::Owners, direction: Direction::Descending, ..query() };
    assert_eq!(
        names(&ask(&mut world, most)),
        ["Owned", "Administered", "Bridge"],
        "what has no number comes last"
    );
    let waiting = PortfolioQuery { needs: Some(PortfolioNeed::Confirming), ..query() };
    assert_eq!(names(&ask(&mut world, waiting)), ["Administered"]);
}

#[test]
fn a_client_whose_members_cannot_be_read_says_so_and_is_tried_again() {
    let server = server();
    server.borrow_mut().upset(&users(1), Mishap::Instead(400, r#"{"message":"Not today."}"#.into()));
    let mut world = signed_in(&server);
    let view = settled(&mut world);
    assert_eq!((view.reading.read, view.reading.to_read, view.reading.failed), (2, 2, 1));
    let owned = &view.rows.rows[1];
    assert_eq!(
        (owned.name.as_str(), owned.need, owned.members),
        ("Owned", Some(PortfolioNeed::Reading), None)
    );
    world.ask(RetryPortfolio).unwrap();
    world.pass(1_000);
    let view = settled(&mut world);
    assert_eq!((view.reading.failed, view.rows.rows[1].members), (0, Some(3)));
}

#[test]
fn an_organization_is_made_where_the_server_lets_people_make_one() {
    let server = server();
    let create = |attempt| CreateOrganization {
        name: " Mill ".into(),
        billing_email: "bills@mill.example".into(),
        attempt,
    };
    let mut world = signed_in(&server);
    let refused = world.ask(create(1)).unwrap_err();
    assert_eq!(refused.kind, ProblemKind::NotAllowed);
    assert_eq!(
        server.borrow().count("POST /api/organizations"),
        0,
        "nothing is sent to a server that would refuse"
    );

    server.borrow_mut().pages.insert("GET /api/config".into(), json!({"server": {"name": "Vaultwarden"}}));
    let mut world = signed_in(&server);
    // The answer is lost, and the organization is there.
    server.borrow_mut().upset("POST /api/organizations", Mishap::After(502, String::new()));
    let uncertain = world.ask(create(2)).unwrap_err();
    assert_eq!(uncertain.kind, ProblemKind::Uncertain);
    let sent = server.borrow().body("POST /api/organizations");
    assert_eq!((&sent["name"], &sent["billingEmail"]), (&json!("Mill"), &json!("bills@mill.example")));
    assert!(
        sent["key"].as_str().is_some_and(|key| key.starts_with("4.")),
        "only one's own private key opens it"
    );
    let mut made = organization(8, "Mill", OWNER, CONFIRMED);
    made["key"] = sent["key"].clone();
    server.borrow_mut().organizations.push(made);
    let made = world.ask(create(2)).unwrap();
    assert_eq!((made.organization.to_string(), made.name.as_str()), (id(8), "Mill"));
    assert_eq!(server.borrow().count("POST /api/organizations"), 1, "it is never made twice");
}
