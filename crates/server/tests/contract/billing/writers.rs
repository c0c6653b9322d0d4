//! Many who change seats at once: the pool never counts more or less than there is.

use futures::future::join_all;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};
use sqlx::Row;

use super::house::{ENTERPRISE, House};
use crate::support::{Answer, Engine, Person, Server, contract};

/// What somebody does, whoever it is and at whichever process.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Set { client: usize, seats: i64 },
    Invite { client: usize },
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let set = (0..CLIENTS, 0..24_i64).prop_map(|(client, seats)| Deed::Set { client, seats });
    let invite = (0..CLIENTS).prop_map(|client| Deed::Invite { client });
    prop::collection::vec(prop_oneof![3 => set, 2 => invite], 12..24)
}

const CLIENTS: usize = 2;
const ROUNDS: usize = 6;

async fn carry_out(
    server: &Server,
    provider: &str,
    person: &Person,
    clients: &[Value],
    deed: (usize, Deed),
) -> Answer {
    match deed {
        (_, Deed::Set { client, seats }) => {
            let path =
                format!("/api/providers/{provider}/clients/{}", clients[client]["id"].as_str().unwrap());
            let body = json!({ "name": clients[client]["organizationName"], "assignedSeats": seats });
            server.send_as(person, "PUT", &path, body).await
        }
        (number, Deed::Invite { client }) => {
            let organization = clients[client]["organizationId"].as_str().unwrap();
            let body = json!({
                "emails": [format!("member{number}@acme.example")], "type": 2, "permissions": null,
                "collections": [], "groups": [],
            });
            server
                .send_as(person, "POST", &format!("/api/organizations/{organization}/users/invite"), body)
                .await
        }
    }
}

/// Assigned and bought seats of the pool, and what the clients, and what was kept of all changes, add up to.
async fn counted(server: &Server) -> [i64; 4] {
    let mut db = server.app.context().store.read().await.unwrap();
    let row = sqlx::query(
        "SELECT allocated_seats AS assigned, purchased_seats AS bought, \
         (SELECT CAST(SUM(seats) AS BIGINT) FROM organizations) AS of_clients, \
         (SELECT CAST(SUM(seats) AS BIGINT) FROM seat_changes) AS of_changes \
         FROM provider_plans WHERE plan_type = 19",
    );
    let row = row.fetch_one(&mut *db).await.unwrap();
    ["assigned", "bought", "of_clients", "of_changes"].map(|column| row.get(column))
}

contract! {
    async fn the_pool_counts_right_whoever_changes_seats_at_once(engine: Engine) {
        let house = House::begun(engine, "2031-04-01", 10).await;
        let other = house.server.second_process().await;
        let (carl, _) = house.server.staff(&house.provider, "carl@northwind.example", 0).await;
        let mut clients = Vec::new();
        for name in ["A", "B"] {
            clients.push(house.client(name, ENTERPRISE, 2).await);
        }
        let mut runner = TestRunner::deterministic();
        let mut number = 0;
        for _ in 0..ROUNDS {
            let deeds = deeds().new_tree(&mut runner).unwrap().current();
            let writers = [(&house.server, &house.provider.admin), (&other, &carl)];
            let all = deeds.iter().map(|deed| {
                number += 1;
                let (server, person) = writers[number % 2];
                carry_out(server, &house.provider.id, person, &clients, (number, *deed))
            });
            let answers = join_all(all.collect::<Vec<_>>()).await;
            for answer in &answers {
                assert!([200, 400].contains(&answer.status), "{answer:?}");
            }
            let [assigned, bought, of_clients, of_changes] = counted(&house.server).await;
            assert_eq!((assigned, bought), (of_clients, (of_clients - 10).max(0)), "after {deeds:?}");
            assert_eq!(of_changes, of_clients, "after {deeds:?}");
            let list = house.server.clients(&house.provider).await;
            for client in crate::support::provider::rows(&list) {
                assert!(client["remainingSeats"].as_i64().unwrap() >= 0, "{client} after {deeds:?}");
            }
        }
    }

    async fn the_last_free_seat_is_either_taken_back_or_taken_by_a_member(engine: Engine) {
        let house = House::begun(engine, "2031-04-01", 10).await;
        let other = house.server.second_process().await;
        let (provider, admin) = (&house.provider.id, &house.provider.admin);
        let mut clients = Vec::new();
        for name in ["A", "B", "C", "D"] {
            clients.push(house.client(name, ENTERPRISE, 2).await);
        }
        let mut number = 0;
        // Each has an owner who is invited, and one seat more.
        let mut seats = [2; 4];
        for _ in 0..8 {
            let races = seats.iter().enumerate().map(|(client, seats)| {
                number += 1;
                let back = Deed::Set { client, seats: seats - 1 };
                let back = carry_out(&house.server, provider, admin, &clients, (number, back));
                let taken = carry_out(&other, provider, admin, &clients, (number, Deed::Invite { client }));
                async { futures::join!(back, taken) }
            });
            let races = join_all(races.collect::<Vec<_>>()).await;
            for (client, (back, taken)) in races.into_iter().enumerate() {
                assert!([(200, 400), (400, 200)].contains(&(back.status, taken.status)), "{back:?} {taken:?}");
                seats[client] += i64::from(taken.status == 200);
                let again = Deed::Set { client, seats: seats[client] };
                carry_out(&house.server, provider, admin, &clients, (0, again)).await.ok();
            }
        }
        let [assigned, _, of_clients, of_changes] = counted(&house.server).await;
        assert_eq!((assigned, of_clients, of_changes), (seats.iter().sum(), assigned, assigned));
    }
}
