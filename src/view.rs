//! Asking the core for what a page shows, and asking again when it has changed.

pub mod list;

use std::cell::Cell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{Answer, Ask, Problem, ProblemKind, Question, Topic};

use crate::core_link::use_link;
use crate::live::effect;

pub use list::{List, Listed, use_list};

/// What a page shows, as far as it is here. A handle that copies.
pub struct View<Q> {
    told: Told,
    question: PhantomData<fn() -> Q>,
}

impl<Q> Clone for View<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q> Copy for View<Q> {}

/// A view without the type of its question, so that what it takes to follow one exists once in the program.
#[derive(Clone, Copy)]
struct Told {
    answer: RwSignal<Option<Answer>>,
    problem: RwSignal<Option<Problem>>,
    loading: RwSignal<bool>,
    again: RwSignal<u32>,
}

/// Asks now, and again whenever a signal that `question` reads or one of the `topics` changes.
///
/// The old answer stays until the new one is here, and an answer that arrives after a newer question was put is dropped.
/// No question (`None`) leaves everything as it is.
pub fn use_view<Q: Question + 'static>(
    question: impl Fn() -> Option<Q> + 'static,
    topics: impl Fn() -> Vec<Topic> + 'static,
) -> View<Q> {
    let ask = Box::new(move || question().map(Q::into_ask));
    let told = Told::follow(ask, Box::new(topics), |answer| Q::read_answer(answer).is_some());
    View { told, question: PhantomData }
}

impl<Q: Question> View<Q> {
    /// Reads the answer through a function; `None` while there is none.
    pub fn map<U>(self, read: impl FnOnce(&Q::Answer) -> U) -> Option<U> {
        let (mut read, mut found) = (Some(read), None);
        self.told
            .look(&mut |answer| found = Q::read_answer(answer).zip(read.take()).map(|(it, read)| read(it)));
        found
    }

    /// The same without asking to be told of changes.
    pub fn map_untracked<U>(self, read: impl FnOnce(&Q::Answer) -> U) -> Option<U> {
        untrack(|| self.map(read))
    }

    /// A copy of the answer.
    pub fn get(self) -> Option<Q::Answer>
    where
        Q::Answer: Clone,
    {
        self.map(Q::Answer::clone)
    }

    /// Why the newest question has no answer, if so. The old answer may still be there.
    pub fn problem(self) -> Option<Problem> {
        self.told.problem.get()
    }

    /// Whether an answer is awaited.
    pub fn loading(self) -> bool {
        self.told.loading.get()
    }

    /// Asks once more.
    pub fn again(self) {
        self.told.again.update(|count| *count = count.wrapping_add(1));
    }
}

impl Told {
    fn follow(
        ask: Box<dyn Fn() -> Option<Ask>>,
        topics: Box<dyn Fn() -> Vec<Topic>>,
        fits: fn(&Answer) -> bool,
    ) -> Self {
        let link = use_link();
        let told = Self {
            answer: RwSignal::new(None),
            problem: RwSignal::new(None),
            loading: RwSignal::new(true),
            again: RwSignal::new(0),
        };
        let newest = Rc::new(Cell::new(0_u32));
        effect(move || {
            told.again.track();
            for topic in topics() {
                link.changes(topic);
            }
            let Some(ask) = ask() else { return };
            let version = newest.get().wrapping_add(1);
            newest.set(version);
            told.loading.set(true);
            let answer = link.put(ask);
            let newest = newest.clone();
            spawn_local(async move {
                let answer = answer.await;
                if newest.get() == version {
                    told.take(answer.and_then(|answer| {
                        if fits(&answer) { Ok(answer) } else { Err(ProblemKind::BadAnswer.into()) }
                    }));
                }
            });
        });
        told
    }

    fn look(self, read: &mut dyn FnMut(&Answer)) {
        self.answer.try_with(|answer| answer.as_ref().map(read));
    }

    fn take(self, answer: Result<Answer, Problem>) {
        // The page may have gone while the answer was under way; then its signals are gone too.
        self.loading.try_set(false);
        match answer {
            Ok(answer) => {
                self.problem.try_set(None);
                self.answer.try_set(Some(answer));
            }
            Err(problem) => {
                self.problem.try_set(Some(problem));
            }
        }
    }
}
