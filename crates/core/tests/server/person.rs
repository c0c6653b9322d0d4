//! Somebody with a core of their own.

use std::{cell::RefCell, rc::Rc};

use portal_bridge::{FromCore, GetJobs, Hello, JobId, JobState, JobView, Problem, Question, SignIn};
use portal_core::{Core, Outlet};

use crate::line::Line;

pub(crate) const PASSWORD: &str = "harbour-lantern-2026";

/// Somebody at a device.
pub(crate) struct Person {
    pub(crate) email: String,
    pub(crate) core: Rc<Core>,
    pub(crate) line: Rc<Line>,
    pub(crate) heard: Rc<Heard>,
}

impl Person {
    /// Somebody who has not signed in, on this line to a server.
    pub(crate) fn new(origin: &str, email: &str, line: Line) -> Self {
        let line = Rc::new(line);
        let core = Core::new(line.clone());
        core.introduce(&Hello {
            device_identifier: uuid::Uuid::from_u128(7).to_string(),
            device_name: "firefox".into(),
            device_type: 10,
            origin: origin.into(),
            idle_minutes: None,
        });
        let heard = Rc::new(Heard::default());
        core.connect(heard.clone());
        Self { email: email.into(), core, line, heard }
    }

    pub(crate) async fn ask<Q: Question>(&self, question: Q) -> Result<Q::Answer, Problem> {
        self.core.ask(question).await
    }

    pub(crate) async fn sign_in(&self) {
        self.ask(SignIn { email: self.email.clone(), password: PASSWORD.into() }).await.unwrap();
    }

    /// The job when it has ended.
    pub(crate) async fn end_of(&self, id: JobId) -> JobView {
        self.until(async || {
            let jobs = self.ask(GetJobs).await.unwrap();
            let job = jobs.into_iter().find(|job| job.id == id).unwrap();
            (!matches!(job.state, JobState::Running | JobState::Waiting)).then_some(job)
        })
        .await
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
}

/// What a tab hears.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) messages: RefCell<Vec<FromCore>>,
    news: tokio::sync::Notify,
}

impl Outlet for Heard {
    fn send(&self, message: &FromCore) {
        self.messages.borrow_mut().push(message.clone());
        self.news.notify_waiters();
    }
}
