//! A provider whose calendar a test turns.

use portal_domain::billing::Day;
use portal_server::billing;
use serde_json::{Value, json};

use crate::{
    foreign::database::run,
    support::{Answer, Engine, Person, Provider, Server},
};

/// A provider that was set up on a day, and the server it is on.
pub struct House {
    pub server: Server,
    pub provider: Provider,
}

pub const TEAMS: i32 = 17;
pub const ENTERPRISE: i32 = 19;

impl House {
    /// Set up on this day, with so many seats of each plan that are paid for in any case.
    pub async fn begun(engine: Engine, day: &str, minimum: u32) -> Self {
        let server = Server::with(engine, |settings| {
            let limits = &mut settings.limits;
            (limits.sign_in, limits.token, limits.registration, limits.invitation) = (None, None, None, None);
        })
        .await;
        set_clock(&server, day, 8);
        let provider = server.provider("ann@northwind.example", minimum).await;
        Self { server, provider }
    }

    /// A business unit, which pays by the year.
    pub async fn of_a_business_unit(engine: Engine, day: &str) -> Self {
        let house = Self::begun(engine, day, 0).await;
        let id = &house.provider.id;
        run(
            &house.server,
            &[
                &format!("UPDATE providers SET type = 2 WHERE id = '{id}'"),
                &format!("DELETE FROM provider_plans WHERE provider_id = '{id}' AND plan_type = 17"),
                &format!("UPDATE provider_plans SET plan_type = 20 WHERE provider_id = '{id}'"),
            ],
        )
        .await;
        house
    }

    /// Turns to the morning of a day without doing what is due, as if nobody had served meanwhile.
    pub async fn pass_to(&mut self, day: &str) {
        set_clock(&self.server, day, 8);
        self.provider.admin = self.server.sign_in(&self.provider.admin.email).await;
    }

    /// Turns to the morning of a day, when what is due was done.
    pub async fn turn_to(&mut self, day: &str) {
        self.pass_to(day).await;
        self.bill().await;
    }

    /// Does what is due.
    pub async fn bill(&self) {
        assert_eq!(self.failures().await, 0);
    }

    /// Does what is due; for how many providers it could not.
    pub async fn failures(&self) -> usize {
        billing::run(self.server.app.context()).await.unwrap()
    }

    /// Asks for something of the provider's billing.
    pub async fn ask(&self, person: &Person, rest: &str) -> Answer {
        let path = format!("/api/providers/{}/billing/{rest}", self.provider.id);
        self.server.get_as(person, &path).await
    }

    pub async fn subscription(&self) -> Value {
        self.ask(&self.provider.admin, "subscription").await.ok()
    }

    /// The invoices, oldest first.
    pub async fn invoices(&self) -> Vec<Value> {
        let answer = self.ask(&self.provider.admin, "invoices").await.ok();
        answer["invoices"].as_array().unwrap().iter().rev().cloned().collect()
    }

    /// Number and total of each invoice, oldest first.
    pub async fn totals(&self) -> Vec<(String, f64)> {
        let told = |invoice: Value| {
            (invoice["number"].as_str().unwrap().to_owned(), invoice["total"].as_f64().unwrap())
        };
        self.invoices().await.into_iter().map(told).collect()
    }

    /// A client that is linked now.
    pub async fn client(&self, name: &str, plan: i32, seats: i32) -> Value {
        self.server.client(&self.provider, name, &owner_of(name), plan, seats).await
    }

    /// Asks for other seats.
    pub async fn set(&self, client: &Value, seats: Value) -> Answer {
        let path = format!("/api/providers/{}/clients/{}", self.provider.id, client["id"].as_str().unwrap());
        let body = json!({ "name": client["organizationName"], "assignedSeats": seats });
        self.server.send_as(&self.provider.admin, "PUT", &path, body).await
    }

    /// A client that is linked now and has an owner of its own, and so can be let go.
    pub async fn owned_client(&self, name: &str, plan: i32, seats: i32) -> Value {
        let client = self.client(name, plan, seats).await;
        self.server.owner(&self.provider, &client, &owner_of(name)).await;
        client
    }

    /// Lets a client go.
    pub async fn unlink(&self, client: &Value) {
        let path =
            format!("/api/providers/{}/organizations/{}", self.provider.id, client["id"].as_str().unwrap());
        self.server.send_as(&self.provider.admin, "DELETE", &path, Value::Null).await.ok();
    }
}

fn owner_of(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("owner@{}.example", letters.to_lowercase())
}

/// Sets the clock to an hour of a day.
pub fn set_clock(server: &Server, day: &str, hour: i64) {
    let day: Day = day.parse().unwrap();
    server.advance(day.midnight().0 + hour * 3_600_000 - server.app.context().clock.now().0);
}

/// The first moment of a day, as the interface writes it.
pub fn midnight(day: &str) -> Value {
    let day: Day = day.parse().unwrap();
    serde_json::to_value(day.midnight()).unwrap()
}
