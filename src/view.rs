//! Asking the core for what a page shows, and asking again when it has changed.

pub mod list;

use std::cell::Cell;
use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{Problem, Question, Topic};

use crate::core_link::use_link;

pub use list::{List, use_list};

/// What a page shows, as far as it is here. A handle that copies.
pub struct View<T: Send + Sync + 'static> {
    data: RwSignal<Option<T>>,
    problem: RwSignal<Option<Problem>>,
    loading: RwSignal<bool>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for View<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for View<T> {}

/// Asks now, and again whenever a signal that `question` reads or one of the `topics` changes.
///
/// The old answer stays until the new one is here, and an answer that arrives after a newer question was put is dropped.
/// No question (`None`) leaves everything as it is.
pub fn use_view<Q>(
    question: impl Fn() -> Option<Q> + 'static,
    topics: impl Fn() -> Vec<Topic> + 'static,
) -> View<Q::Answer>
where
    Q: Question + 'static,
    Q::Answer: Send + Sync + 'static,
{
    let link = use_link();
    let view = View {
        data: RwSignal::new(None),
        problem: RwSignal::new(None),
        loading: RwSignal::new(true),
        again: RwSignal::new(0),
    };
    let newest = Rc::new(Cell::new(0_u32));
    Effect::new(move |_| {
        view.again.track();
        for topic in topics() {
            link.changes(topic);
        }
        let Some(question) = question() else { return };
        let version = newest.get().wrapping_add(1);
        newest.set(version);
        view.loading.set(true);
        let answer = link.ask(question);
        let newest = newest.clone();
        spawn_local(async move {
            let answer = answer.await;
            if newest.get() == version {
                view.take(answer);
            }
        });
    });
    view
}

impl<T: Send + Sync + 'static> View<T> {
    /// Reads the answer through a function; `None` while there is none.
    pub fn map<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.data.try_with(|data| data.as_ref().map(read)).flatten()
    }

    /// The same without asking to be told of changes.
    pub fn map_untracked<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.data.try_with_untracked(|data| data.as_ref().map(read)).flatten()
    }

    /// A copy of the answer.
    pub fn get(self) -> Option<T>
    where
        T: Clone,
    {
        self.map(T::clone)
    }

    /// Why the newest question has no answer, if so. The old answer may still be there.
    pub fn problem(self) -> Option<Problem> {
        self.problem.get()
    }

    /// Whether an answer is awaited.
    pub fn loading(self) -> bool {
        self.loading.get()
    }

    /// Asks once more.
    pub fn again(self) {
        self.again.update(|count| *count = count.wrapping_add(1));
    }

    fn take(self, answer: Result<T, Problem>) {
        // The page may have gone while the answer was under way; then its signals are gone too.
        self.loading.try_set(false);
        match answer {
            Ok(data) => {
                self.problem.try_set(None);
                self.data.try_set(Some(data));
            }
            Err(problem) => {
                self.problem.try_set(Some(problem));
            }
        }
    }
}
