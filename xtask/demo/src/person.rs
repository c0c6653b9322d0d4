use std::{cell::RefCell, collections::HashMap, rc::Rc, time::Duration};

use portal_bridge::{
    FromCore, Hello, JobId, JobState, JobView, Problem, ProblemKind, Question, Register, RegistrationTicket,
    RowOutcome, Secret, SessionView, SetIdleLock, SignIn, SkipReason,
};
use portal_core::{Core, Outlet};
use tokio::{sync::Notify, time::timeout};
use uuid::Uuid;

use crate::{
    Failure, Stage,
    cast::{Device, PASSWORD},
    stage::{Derived, World},
};

/// How long news may take, in real time.
const PATIENCE: Duration = Duration::from_secs(15);

/// Somebody at a device of their own, on which a core of their own runs.
pub struct Person {
    email: String,
    world: Rc<World>,
    core: Rc<Core>,
    ear: Rc<Ear>,
}

impl Person {
    /// Somebody who comes to this stage with a fresh device.
    pub fn new(stage: &Stage, email: &str, device: Device) -> Self {
        Self::remembering(stage, email, device, Rc::default())
    }

    /// The same, sharing with others what was derived from passwords.
    pub(crate) fn remembering(stage: &Stage, email: &str, device: Device, derived: Rc<Derived>) -> Self {
        let world = Rc::new(World::new(stage.time().clone(), device.address, derived));
        let core = Core::new(world.clone());
        core.introduce(&Hello {
            device_identifier: Uuid::new_v4().to_string(),
            device_name: device.name.to_owned(),
            device_type: device.number,
            origin: stage.origin().to_owned(),
            idle_minutes: None,
        });
        let ear = Rc::new(Ear::default());
        core.connect(ear.clone());
        Self { email: email.to_owned(), world, core, ear }
    }

    /// Their address.
    pub(crate) fn email(&self) -> &str {
        &self.email
    }

    /// Goes on from another address.
    pub(crate) fn move_to(&self, address: &'static str) {
        self.world.address.set(address);
    }

    /// Asks their core.
    pub async fn ask<Q: Question>(&self, question: Q) -> Result<Q::Answer, Failure> {
        self.try_ask(question).await.map_err(|problem| Failure::Refused { question: name_of::<Q>(), problem })
    }

    /// Starts a job and waits for its end; each row of it must get done.
    pub async fn finish<Q: Question<Answer = JobId>>(&self, question: Q) -> Result<(), Failure> {
        let id = self.ask(question).await?;
        let job = self.ear.end_of(id).await;
        let done = |outcome: &RowOutcome| {
            matches!(outcome, RowOutcome::Done | RowOutcome::Skipped(SkipReason::AlreadySo))
        };
        let all = job.done == job.total && job.rows.iter().all(|row| done(&row.outcome));
        if job.state == JobState::Finished && all {
            return Ok(());
        }
        let rows = job.rows.into_iter().map(|row| (row.label, row.outcome)).collect();
        Err(Failure::Job { job: name_of::<Q>(), state: job.state, rows })
    }

    /// Asks again whenever there is news, until an answer shows what is looked for: lists are read again beside.
    pub(crate) async fn look_for<Q: Question, T>(
        &self,
        question: impl Fn() -> Q,
        shows: impl Fn(Q::Answer) -> Option<T>,
    ) -> Result<Option<T>, Failure> {
        loop {
            let news = self.ear.news.notified();
            if let Some(found) = shows(self.ask(question()).await?) {
                return Ok(Some(found));
            }
            if timeout(PATIENCE, news).await.is_err() {
                return Ok(None);
            }
        }
    }

    /// Signs in with the password all share.
    pub async fn sign_in(&self) -> Result<(), Failure> {
        // The clock leaps: nobody is to be locked out for the hours that were skipped.
        self.ask(SetIdleLock { minutes: None }).await?;
        match self.ask(SignIn { email: self.email.clone(), password: PASSWORD.into() }).await? {
            SessionView::Open(_) => Ok(()),
            _ => Err(Failure::SignIn { email: self.email.clone(), expected: "signed in" }),
        }
    }

    /// Mistypes the password.
    pub(crate) async fn mistype(&self) -> Result<(), Failure> {
        let wrong = SignIn { email: self.email.clone(), password: "harbour-light-2025".into() };
        match self.try_ask(wrong).await {
            Err(problem) if problem.kind == ProblemKind::WrongCredentials => Ok(()),
            Err(problem) => Err(Failure::Refused { question: "SignIn", problem }),
            Ok(_) => Err(Failure::SignIn { email: self.email.clone(), expected: "turned away" }),
        }
    }

    /// Opens an account with what entitles to it, and signs in.
    pub(crate) async fn register(&self, ticket: RegistrationTicket) -> Result<(), Failure> {
        let password = Secret::from(PASSWORD);
        self.ask(Register { email: self.email.clone(), name: None, password, hint: None, ticket }).await?;
        self.sign_in().await
    }

    async fn try_ask<Q: Question>(&self, question: Q) -> Result<Q::Answer, Problem> {
        self.core.ask(question).await
    }
}

/// Hears how the jobs of a core go, and when something has changed.
#[derive(Default)]
struct Ear {
    jobs: RefCell<HashMap<JobId, JobView>>,
    news: Notify,
}

impl Ear {
    async fn end_of(&self, id: JobId) -> JobView {
        loop {
            let news = self.news.notified();
            let known = self.jobs.borrow().get(&id).cloned();
            match known {
                Some(job) if !matches!(job.state, JobState::Running | JobState::Waiting) => return job,
                _ => news.await,
            }
        }
    }
}

impl Outlet for Ear {
    fn send(&self, message: &FromCore) {
        match message {
            FromCore::Job(job) => drop(self.jobs.borrow_mut().insert(job.id, job.clone())),
            FromCore::Changed(_) => {}
            _ => return,
        }
        self.news.notify_waiters();
    }
}

fn name_of<Q>() -> &'static str {
    std::any::type_name::<Q>().rsplit("::").next().unwrap_or_default()
}
