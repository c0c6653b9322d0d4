//! A server, people with cores of their own, and lines between them that break as told.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use portal_bridge::{
    AcceptStaffInvitation, FromCore, GetInvitationLinks, GetStaff, InviteStaff, JobView, ProviderId,
    Register, RegistrationStarted, RegistrationTicket, SaveAccount, SetUpProvider, StaffQuery, StaffRole,
    StaffRow, StartRegistration, Window,
};
use portal_server::{
    App, Clock, Settings,
    operator::{self, ProviderOrder},
    settings::Limits,
};
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime, task::LocalSet};

use crate::line::Line;
pub(crate) use crate::{
    line::Fault,
    person::{PASSWORD, Person},
};

/// A running server.
pub(crate) struct Stage {
    pub(crate) origin: String,
    /// How many milliseconds the server's clock is ahead.
    ahead: Arc<AtomicI64>,
    app: App,
    runtime: runtime::Handle,
}

/// Plays on a stage of its own.
pub(crate) fn play<F: Future<Output = ()>>(scene: impl FnOnce(Stage) -> F) {
    let folder = TempDir::new().unwrap();
    let server = runtime::Runtime::new().unwrap();
    let mut settings = Settings::in_folder(folder.path());
    settings.failure_delay = Duration::ZERO;
    settings.limits = Limits { sign_in: None, token: None, registration: None, invitation: None };
    let ahead = Arc::new(AtomicI64::new(0));
    let clock = Clock::adjustable(ahead.clone());
    let (app, listener) = server.block_on(async {
        let app = portal_server::build(settings, clock).await.unwrap();
        (app, TcpListener::bind("127.0.0.1:0").await.unwrap())
    });
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let serving = app.clone();
    server.spawn(async move { serving.serve(listener, std::future::pending()).await });
    let stage = Stage { origin, ahead, app, runtime: server.handle().clone() };
    let local = runtime::Builder::new_current_thread().enable_all().build().unwrap();
    LocalSet::new()
        .block_on(&local, async { tokio::time::timeout(Duration::from_secs(240), scene(stage)).await })
        .unwrap();
}

impl Stage {
    /// The server and this person, who signs in again, are so many days ahead, and what the server does each hour is done.
    pub(crate) async fn turn_to_day(&self, days: i64, person: &Person) {
        let ahead = days * 86_400_000;
        self.ahead.store(ahead, Ordering::Relaxed);
        person.line.ahead.set(ahead);
        person.sign_in().await;
        self.bill().await;
    }

    /// Somebody who has not signed in.
    pub(crate) fn person(&self, email: &str) -> Person {
        Person::new(&self.origin, email, Line::default())
    }

    /// So many days later at the server, when what was due by then was billed.
    pub(crate) async fn bill_after(&self, days: i64) {
        self.ahead.fetch_add(days * 86_400_000, Ordering::Relaxed);
        self.bill().await;
    }

    async fn bill(&self) {
        let app = self.app.clone();
        let billed =
            self.runtime.spawn(async move { portal_server::billing::run(app.context()).await.unwrap() });
        assert_eq!(billed.await.unwrap(), 0, "every provider could be billed");
    }

    /// Somebody who has an account and is signed in.
    pub(crate) async fn registered(&self, email: &str, name: &str) -> Person {
        let person = self.person(email);
        let started =
            person.ask(StartRegistration { email: email.into(), name: Some(name.into()) }).await.unwrap();
        let RegistrationStarted::Token(token) = started else { panic!("the server sends mail") };
        person.register(RegistrationTicket::Email { token }, name).await;
        person
    }

    /// A provider with its first admin.
    pub(crate) async fn provider(&self) -> (ProviderId, Person) {
        let admin = self.registered("ada@example.com", "Ada Adams").await;
        let app = self.app.clone();
        let order = ProviderOrder {
            name: "Northwind".into(),
            admin_email: admin.email.clone(),
            teams_minimum: 50,
            enterprise_minimum: 50,
        };
        let made = self
            .runtime
            .spawn(async move { operator::create_provider(app.context(), &order).await.unwrap() });
        let made = made.await.unwrap();
        // The account learns of its provider with the next sign-in.
        admin.sign_in().await;
        let set_up = SetUpProvider {
            provider: made.provider_id,
            token: made.token,
            name: "Northwind IT".into(),
            business_name: None,
            billing_email: "bills@example.com".into(),
            country: "NO".into(),
            postal_code: "0150".into(),
        };
        admin.ask(set_up).await.unwrap();
        (made.provider_id, admin)
    }
}

impl Person {
    pub(crate) async fn register(&self, ticket: RegistrationTicket, name: &str) {
        let register = Register {
            email: self.email.clone(),
            name: Some(name.into()),
            password: PASSWORD.into(),
            hint: None,
            ticket,
        };
        self.ask(register).await.unwrap();
        self.sign_in().await;
    }

    /// Every job message heard so far.
    pub(crate) fn jobs_heard(&self) -> Vec<JobView> {
        let heard = self.heard.messages.borrow();
        heard
            .iter()
            .filter_map(|message| if let FromCore::Job(job) = message { Some(job.clone()) } else { None })
            .collect()
    }

    pub(crate) async fn staff(&self, provider: ProviderId) -> Vec<StaffRow> {
        let window = Window { from: 0, count: 500 };
        self.ask(GetStaff { query: everyone(provider), window }).await.unwrap().rows.rows
    }

    pub(crate) async fn staff_row(&self, provider: ProviderId, email: &str) -> StaffRow {
        self.staff(provider).await.into_iter().find(|row| row.email == email).unwrap()
    }

    /// Invites somebody, who registers with the invitation and accepts it.
    pub(crate) async fn invite(
        &self,
        stage: &Stage,
        provider: ProviderId,
        email: &str,
        name: &str,
        role: StaffRole,
    ) -> Person {
        let job = self.ask(InviteStaff { provider, emails: vec![email.into()], role }).await.unwrap();
        let job = self.end_of(job).await;
        let link = job.rows[0].link.clone().expect("a link to pass on");
        let links = self.ask(GetInvitationLinks(provider)).await.unwrap();
        let link_row = links.iter().find(|row| row.email == email).unwrap();
        assert_eq!(link_row.link, link);
        let membership = link_row.staff.unwrap();
        let token = parameter(&link, "token");
        let person = stage.person(email);
        person.register(RegistrationTicket::Provider { membership, token: token.clone() }, name).await;
        // Only a registration by mail takes the name along.
        person.ask(SaveAccount { name: name.into() }).await.unwrap();
        person.ask(AcceptStaffInvitation { provider, membership, token }).await.unwrap();
        person
    }
}

pub(crate) fn everyone(provider: ProviderId) -> StaffQuery {
    StaffQuery {
        provider,
        search: String::new(),
        status: None,
        role: None,
        sort: Default::default(),
        direction: Default::default(),
    }
}

/// A parameter of a link; the tokens have no character that is encoded.
pub(crate) fn parameter(link: &str, name: &str) -> String {
    let (_, query) = link.split_once('?').unwrap();
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap().to_owned()
}
