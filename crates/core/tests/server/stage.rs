//! A server, people with cores of their own, and lines between them that break as told.

use std::{cell::RefCell, future::Future, ops::ControlFlow, rc::Rc, time::Duration};

use futures::{FutureExt, future::LocalBoxFuture};
use portal_bridge::{
    AcceptStaffInvitation, FromCore, GetInvitationLinks, GetJobs, GetStaff, Hello, InviteStaff, JobId,
    JobState, JobView, Problem, ProviderId, Question, Register, RegistrationStarted, RegistrationTicket,
    SaveAccount, SetUpProvider, SignIn, StaffQuery, StaffRole, StaffRow, StartRegistration, Window,
};
use portal_core::{
    Core, Outlet,
    native::Native,
    platform::{BodySink, Head, Method, Platform, Request, TransportError},
};
use portal_keys::{Kdf, KeyError, MasterKey};
use portal_server::{
    App, Clock, Settings,
    operator::{self, ProviderOrder},
    settings::Limits,
};
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime, task::LocalSet};
use zeroize::Zeroizing;

pub(crate) const PASSWORD: &str = "harbour-lantern-2026";

/// A running server.
pub(crate) struct Stage {
    pub(crate) origin: String,
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
    let (app, listener) = server.block_on(async {
        let app = portal_server::build(settings, Clock::system()).await.unwrap();
        (app, TcpListener::bind("127.0.0.1:0").await.unwrap())
    });
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let serving = app.clone();
    server.spawn(async move { serving.serve(listener, std::future::pending()).await });
    let stage = Stage { origin, app, runtime: server.handle().clone() };
    let local = runtime::Builder::new_current_thread().enable_all().build().unwrap();
    LocalSet::new()
        .block_on(&local, async { tokio::time::timeout(Duration::from_secs(240), scene(stage)).await })
        .unwrap();
}

/// Somebody at a device.
pub(crate) struct Person {
    pub(crate) email: String,
    pub(crate) core: Rc<Core>,
    pub(crate) line: Rc<Line>,
    heard: Rc<Heard>,
}

impl Stage {
    /// Somebody who has not signed in.
    pub(crate) fn person(&self, email: &str) -> Person {
        let line = Rc::new(Line::default());
        let core = Core::new(line.clone());
        core.introduce(&Hello {
            device_identifier: uuid::Uuid::from_u128(7).to_string(),
            device_name: "firefox".into(),
            device_type: 10,
            origin: self.origin.clone(),
            idle_minutes: None,
        });
        let heard = Rc::new(Heard::default());
        core.connect(heard.clone());
        Person { email: email.into(), core, line, heard }
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
    pub(crate) async fn ask<Q: Question>(&self, question: Q) -> Result<Q::Answer, Problem> {
        self.core.ask(question).await
    }

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

    pub(crate) async fn sign_in(&self) {
        self.ask(SignIn { email: self.email.clone(), password: PASSWORD.into() }).await.unwrap();
    }

    /// The job when it has ended.
    pub(crate) async fn end_of(&self, id: JobId) -> JobView {
        loop {
            let news = self.heard.news.notified();
            let jobs = self.ask(GetJobs).await.unwrap();
            let job = jobs.into_iter().find(|job| job.id == id).unwrap();
            if !matches!(job.state, JobState::Running | JobState::Waiting) {
                return job;
            }
            news.await;
        }
    }

    /// Looks again whenever there is news, until something is seen.
    pub(crate) async fn until<T>(&self, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        loop {
            let news = self.heard.news.notified();
            if let Some(seen) = look().await {
                return seen;
            }
            news.await;
        }
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

#[derive(Default)]
struct Heard {
    messages: RefCell<Vec<FromCore>>,
    news: tokio::sync::Notify,
}

impl Outlet for Heard {
    fn send(&self, message: &FromCore) {
        self.messages.borrow_mut().push(message.clone());
        self.news.notify_waiters();
    }
}

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// The server gets it; its answer is lost.
    AnswerLost,
    /// It does not get through, but nobody can tell.
    CallLost,
    /// There is no network.
    Unreachable,
    /// The server asks for patience.
    Busy,
}

type Trouble = Box<dyn FnMut(&Request) -> Option<Fault>>;

/// A line to the server.
#[derive(Default)]
pub(crate) struct Line {
    native: Native,
    trouble: RefCell<Option<Trouble>>,
    /// Method and path of every write that reached the server.
    pub(crate) writes: RefCell<Vec<String>>,
}

impl Line {
    /// From now on, this decides what goes wrong.
    pub(crate) fn trouble(&self, trouble: impl FnMut(&Request) -> Option<Fault> + 'static) {
        *self.trouble.borrow_mut() = Some(Box::new(trouble));
    }
}

/// Swallows an answer.
struct Lost;

impl BodySink for Lost {
    fn head(&mut self, _: Head) {}

    fn piece(&mut self, _: &[u8]) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl Platform for Line {
    fn send<'a>(
        &'a self,
        request: &'a Request,
        body: &'a mut dyn BodySink,
    ) -> LocalBoxFuture<'a, Result<(), TransportError>> {
        async move {
            if request.url.ends_with("/words.txt") {
                body.head(Head { status: 200, retry_after: None });
                let _ = body.piece(include_bytes!("../../../keys/words.txt"));
                return Ok(());
            }
            let fault = self.trouble.borrow_mut().as_mut().and_then(|trouble| trouble(request));
            match fault {
                Some(Fault::CallLost) => return Err(TransportError::Cut),
                Some(Fault::Unreachable) => return Err(TransportError::Unreachable),
                Some(Fault::Busy) => {
                    body.head(Head { status: 429, retry_after: Some("1".into()) });
                    return Ok(());
                }
                Some(Fault::AnswerLost) | None => {}
            }
            if request.method != Method::Get {
                self.writes.borrow_mut().push(format!("{:?} {}", request.method, request.url));
            }
            match fault {
                Some(_) => {
                    self.native.send(request, &mut Lost).await?;
                    Err(TransportError::Cut)
                }
                None => self.native.send(request, body).await,
            }
        }
        .boxed_local()
    }

    fn now_ms(&self) -> i64 {
        self.native.now_ms()
    }

    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        self.native.sleep(milliseconds)
    }

    fn random(&self) -> u32 {
        self.native.random()
    }

    fn get<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, Option<String>> {
        self.native.get(name)
    }

    fn put<'a>(&'a self, name: &'a str, value: &'a str) -> LocalBoxFuture<'a, ()> {
        self.native.put(name, value)
    }

    fn remove<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, ()> {
        self.native.remove(name)
    }

    fn spawn(&self, future: LocalBoxFuture<'static, ()>) {
        self.native.spawn(future);
    }

    fn derive(
        &self,
        password: Zeroizing<Vec<u8>>,
        salt: String,
        kdf: Kdf,
    ) -> LocalBoxFuture<'_, Result<MasterKey, KeyError>> {
        self.native.derive(password, salt, kdf)
    }
}
