//! A portfolio of 500 clients on Bitwarden's cloud, whose limits (contract §0.4) are written down here once more.

use std::{cell::Cell, collections::BTreeMap, rc::Rc};

use portal_bridge::{FromCore, Network};

use super::*;

const CLIENTS: u32 = 500;
const MINUTE_MS: i64 = 60_000;

/// The cloud's limits, by what a call begins with: so many within so many milliseconds.
const LIMITS: [(&str, usize, i64); 10] = [
    ("POST /identity/connect/token", 10, MINUTE_MS),
    ("POST /identity/", 60, MINUTE_MS),
    ("POST /identity/", 5, 1_000),
    ("GET /api/", 200, MINUTE_MS),
    ("POST /api/", 60, MINUTE_MS),
    ("POST /api/", 5, 1_000),
    ("PUT /api/", 60, MINUTE_MS),
    ("PUT /api/", 5, 1_000),
    ("DELETE /api/", 60, MINUTE_MS),
    ("DELETE /api/", 5, 1_000),
];

/// Counts what was sent, and refuses what is too much; `also` refuses whatever it wants beside.
fn cloud(refused: Rc<Cell<u32>>, mut also: impl FnMut(&str) -> bool + 'static) -> crate::scripted::Limits {
    let mut sent: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
    Box::new(move |call, now| {
        let mut refuses = also(call);
        for (number, (begins, most, within)) in LIMITS.iter().enumerate() {
            if call.starts_with(begins) {
                let times = sent.entry(number).or_default();
                times.retain(|time| now - time < *within);
                refuses |= times.len() >= *most;
                times.push(now);
            }
        }
        refused.set(refused.get() + u32::from(refuses));
        refuses
    })
}

fn portfolio(also: impl FnMut(&str) -> bool + 'static) -> (Rc<RefCell<Scripted>>, Rc<Cell<u32>>) {
    let server = Scripted::new();
    let refused = Rc::new(Cell::new(0));
    {
        let mut server = server.borrow_mut();
        server.pages.insert("GET /api/config".into(), json!({"environment": {"cloudRegion": "EU"}}));
        for number in 1..=CLIENTS {
            let client = organization(number, &format!("Client {number}"), OWNER, CONFIRMED);
            server.organizations.push(client);
            let (call, page) = members(number, &[(OWNER, CONFIRMED), (USER, ACCEPTED)]);
            server.pages.insert(call, page);
        }
        server.limits = Some(cloud(refused.clone(), also));
    }
    (server, refused)
}

/// Looks at the list every second until all is read; gives the list, and how long it took in seconds.
fn read_all(world: &mut World) -> (PortfolioClients, i64) {
    let begun = world.now();
    loop {
        let view = ask(world, query());
        if view.reading.read == view.reading.to_read {
            return (view, (world.now() - begun) / 1_000);
        }
        assert!(
            world.now() - begun < 30 * MINUTE_MS,
            "{} of {} are read",
            view.reading.read,
            view.reading.to_read
        );
        world.pass(1_000);
        world.core.idle.touch(world.now());
    }
}

#[test]
fn five_hundred_clients_are_read_within_the_clouds_limits_without_one_refusal() {
    let (server, refused) = portfolio(|_| false);
    let mut world = signed_in(&server);
    world.ask(GetPortfolio).unwrap();
    let first = ask(&mut world, query());
    let told = i64::from(first.reading.left_ms.expect("it is said how long it takes")) / 1_000;
    let (view, took) = read_all(&mut world);
    assert_eq!(refused.get(), 0);
    assert_eq!((view.reading.read, view.reading.failed), (CLIENTS, 0));
    assert!(view.rows.rows.iter().all(|row| (row.members, row.waiting) == (Some(2), Some(1))));
    assert!((150..=300).contains(&took), "{took} s");
    assert!((told - took).abs() <= 75, "{told} s were told, and it took {took} s");
    let paused = |message: &FromCore| matches!(message, FromCore::Network(Network::Paused { .. }));
    assert!(
        !world.heard.messages.borrow().iter().any(|(_, message)| paused(message)),
        "the server never asked for a pause"
    );
}

#[test]
fn whoever_waits_for_an_answer_meanwhile_is_not_held_up() {
    let (server, refused) = portfolio(|_| false);
    let mut world = signed_in(&server);
    ask(&mut world, query());
    world.pass(30_000);
    for number in 1..=20 {
        let begun = world.now();
        let within = portal_bridge::Within { provider: None, organization: id(number).parse().unwrap() };
        let settings = world.ask(portal_bridge::GetSpace(within));
        assert!(world.now() - begun < 1_000, "{number}: {} ms, {settings:?}", world.now() - begun);
    }
    assert_eq!(refused.get(), 0);
}

#[test]
fn refusals_all_the_same_are_waited_out_until_everything_is_read() {
    let mut count = 0;
    let also = move |call: &str| {
        count += u32::from(call.ends_with("/users"));
        call.ends_with("/users") && count % 40 == 7
    };
    let (server, refused) = portfolio(also);
    let mut world = signed_in(&server);
    world.ask(GetPortfolio).unwrap();
    let (view, _) = read_all(&mut world);
    assert!(refused.get() >= 10, "{} were refused", refused.get());
    assert_eq!((view.reading.read, view.reading.failed), (CLIENTS, 0));
}
