//! Clients of one's own as the tests want them, and what is asked of them.

use std::{cell::RefCell, rc::Rc};

use futures::executor::block_on;
use portal_bridge::{
    AddTechnicians, GetJobs, GetSeatMatrix, JobId, JobView, OrganizationId, PreviewTechnicians, ProblemKind,
    RowOutcome, SeatMatrix, SeatQuery, SeatRole, TechnicianPreview, Window,
};
use portal_keys::{PrivateKey, PublicKey, SymmetricKey};
use serde_json::{Value, json};

use crate::{
    scripted::{EMAIL, Mishap, Scripted, USER},
    simulated::World,
};

pub(super) const OWNER: i32 = 0;
pub(super) const ADMIN: i32 = 1;
pub(super) const MEMBER: i32 = 2;

pub(super) const REVOKED: i32 = -1;
pub(super) const INVITED: i32 = 0;
pub(super) const ACCEPTED: i32 = 1;
pub(super) const CONFIRMED: i32 = 2;

pub(super) const BEN: &str = "ben@msp.example";
pub(super) const BEN_USER: &str = "44444444-4444-4444-8444-444444444444";

/// Somebody's seat: address, role, status.
pub(super) type Seat<'a> = (&'a str, i32, i32);

pub(super) const ME: Seat<'static> = (EMAIL, OWNER, CONFIRMED);
pub(super) const THEIRS: Seat<'static> = ("olga@client.example", OWNER, CONFIRMED);

/// Clients of one's own, and a colleague with a key.
pub(super) struct House {
    pub(super) server: Rc<RefCell<Scripted>>,
    pub(super) keys: Vec<SymmetricKey>,
    /// What the colleague opens with.
    pub(super) private: PrivateKey,
    pub(super) public: PublicKey,
}

pub(super) fn id(number: usize) -> OrganizationId {
    uuid::Uuid::from_u128(9 << 96 | number as u128).into()
}

pub(super) fn list(number: usize, seats: &[Seat]) -> Value {
    let member = |(place, (email, kind, status)): (usize, &Seat)| {
        let user = match *email {
            EMAIL => json!(USER),
            BEN if *status != INVITED => json!(BEN_USER),
            _ => Value::Null,
        };
        json!({
            "id": member_id(number, place), "userId": user, "name": null, "email": email, "type": kind, "status": status,
            "groups": [], "collections": [],
        })
    };
    json!({"object": "list", "data": seats.iter().enumerate().map(member).collect::<Vec<_>>()})
}

pub(super) fn member_id(number: usize, place: usize) -> uuid::Uuid {
    uuid::Uuid::from_u128((number as u128) << 32 | place as u128)
}

pub(super) fn path(number: usize, rest: &str) -> String {
    format!("/api/organizations/{}/users{rest}", id(number))
}

impl House {
    /// One client for each list, in which oneself has the role of one's own row.
    pub(super) fn of(clients: &[&[Seat]]) -> Self {
        let server = Scripted::new();
        let secret = SymmetricKey::generate().unwrap();
        let pair = block_on(PrivateKey::generate_wrapped(&secret)).unwrap();
        let mut keys = Vec::new();
        for (number, seats) in clients.iter().enumerate() {
            let key = SymmetricKey::generate().unwrap();
            let wrapped = block_on(server.borrow().public_key().encapsulate(&key)).unwrap();
            let role = seats.iter().find(|(email, ..)| *email == EMAIL).map_or(OWNER, |(_, role, _)| *role);
            server.borrow_mut().organizations.push(json!({
                "id": id(number), "name": format!("Client {number}"), "status": 2, "type": role, "seats": 20,
                "key": wrapped.to_string(), "enabled": true,
            }));
            keys.push(key);
        }
        let house = Self {
            server,
            keys,
            private: block_on(PrivateKey::unwrap(&pair.wrapped_private, &secret)).unwrap(),
            public: pair.public,
        };
        for (number, seats) in clients.iter().enumerate() {
            house.is_now(number, seats);
            house.tells_key(number, seats, &house.public);
            let answer = json!({"data": [{"id": member_id(number, ben(seats)), "error": ""}]});
            let pages = &mut house.server.borrow_mut().pages;
            for call in ["POST confirm", "PUT revoke"] {
                let (method, rest) = call.split_once(' ').unwrap();
                pages.insert(format!("{method} {}", path(number, &format!("/{rest}"))), answer.clone());
            }
            pages.insert(format!("DELETE {}", path(number, "")), answer);
            pages.insert(format!("POST {}", path(number, "/invite")), Value::Null);
        }
        let key = house.public.to_base64();
        house.server.borrow_mut().pages.insert(
            format!("GET /api/users/{BEN_USER}/public-key"),
            json!({"userId": BEN_USER, "publicKey": key}),
        );
        house
    }

    /// The members of a client, from now on.
    pub(super) fn is_now(&self, number: usize, seats: &[Seat]) {
        let pages = &mut self.server.borrow_mut().pages;
        for query in ["", "?includeGroups=true"] {
            pages.insert(format!("GET {}", path(number, query)), list(number, seats));
        }
    }

    /// The members of a client the next time somebody works on it, before what they are from then on.
    pub(super) fn is_first(&self, number: usize, seats: &[Seat]) {
        let call = format!("GET {}", path(number, "?includeGroups=true"));
        self.server.borrow_mut().upset(&call, Mishap::Instead(200, list(number, seats).to_string()));
    }

    pub(super) fn tells_key(&self, number: usize, seats: &[Seat], key: &PublicKey) {
        let row = json!({"id": member_id(number, ben(seats)), "userId": BEN_USER, "key": key.to_base64()});
        let call = format!("POST {}", path(number, "/public-keys"));
        self.server.borrow_mut().pages.insert(call, json!({"data": [row]}));
    }

    pub(super) fn count(&self, method: &str, number: usize, rest: &str) -> usize {
        self.server.borrow().count(&format!("{method} {}", path(number, rest)))
    }

    pub(super) fn clients(&self) -> Vec<OrganizationId> {
        (0..self.keys.len()).map(id).collect()
    }

    pub(super) fn add(&self, world: &mut World, role: SeatRole, phrase: Option<&str>) -> JobView {
        let technicians = vec![(BEN.to_uppercase(), phrase.map(str::to_owned))];
        let job = world.ask(AddTechnicians { technicians, role, clients: self.clients() }).unwrap();
        end(world, job)
    }

    pub(super) fn preview(&self, world: &mut World) -> TechnicianPreview {
        settled(world, SeatQuery::default());
        let emails = vec![BEN.to_owned()];
        let question = PreviewTechnicians { emails, role: SeatRole::Admin, clients: self.clients() };
        world.ask(question).unwrap().remove(0)
    }
}

/// The colleague's place in a list; that of the next one where they have none.
pub(super) fn ben(seats: &[Seat]) -> usize {
    seats.iter().position(|(email, ..)| *email == BEN).unwrap_or(seats.len())
}

/// The matrix once every client's members are read.
pub(super) fn settled(world: &mut World, query: SeatQuery) -> SeatMatrix {
    for _ in 0..20 {
        let window = Window { from: 0, count: 100 };
        let matrix = world.ask(GetSeatMatrix { query: query.clone(), window }).unwrap();
        if matrix.reading.read == matrix.reading.to_read {
            return matrix;
        }
        world.pass(1_000);
    }
    panic!("the members are never read")
}

pub(super) fn end(world: &mut World, job: JobId) -> JobView {
    world.until(|core| core.job(job).is_ok_and(|job| !job.is_running()));
    world.ask(GetJobs).unwrap().into_iter().find(|view| view.id == job).unwrap()
}

pub(super) fn outcomes(job: &JobView) -> Vec<RowOutcome> {
    job.rows.iter().map(|row| row.outcome.clone()).collect()
}

pub(super) fn is_refused(outcome: &RowOutcome) -> bool {
    matches!(outcome, RowOutcome::Failed(problem) if problem.kind == ProblemKind::Refused)
}
