//! A list too long to hold: the window of it that is looked at, kept by the tab, and the rest, kept by the core.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{Answer, Ask, ListState, Problem, ProblemKind, Question, Rows, Topic, Window};

use crate::core_link::use_link;
use crate::live::effect;

/// Rows asked for at once.
const WINDOW: u32 = 120;

/// So many rows before the end of the window the next one is asked for.
const MARGIN: u32 = 30;

/// A kind of row, and the question whose answer carries a window of it.
pub trait Listed: Sized + 'static {
    /// The question.
    type Question: Question + 'static;

    /// The window in its answer.
    fn rows(answer: &Answered<Self>) -> &Rows<Self>;
}

/// What the question for a kind of row is answered with.
pub type Answered<R> = <<R as Listed>::Question as Question>::Answer;

/// A list as far as it is here. A handle that copies.
pub struct List<R> {
    held: Held,
    row: PhantomData<fn() -> R>,
}

impl<R> Clone for List<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for List<R> {}

/// A list without the type of its rows, so that what it takes to follow one exists once in the program.
#[derive(Clone, Copy)]
struct Held {
    answer: RwSignal<Option<Answer>>,
    problem: RwSignal<Option<Problem>>,
    turned: RwSignal<u32>,
    again: RwSignal<u32>,
    seek: StoredValue<Rc<dyn Fn(u32, u32)>, LocalStorage>,
}

/// Keeps the window of a list that is looked at, and asks again whenever the query or one of the topics changes.
///
/// An answer to an older query is dropped, however late it arrives.
pub fn use_list<K, R>(
    query: Memo<K>,
    question: fn(K, Window) -> R::Question,
    topics: impl Fn() -> Vec<Topic> + 'static,
) -> List<R>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    R: Listed,
{
    let ask = Box::new(move |window| Some(question(query.try_get_untracked()?, window).into_ask()));
    let mut before = None;
    let is_new = Box::new(move || {
        let now = Some(query.get());
        let same = before == now;
        before = now;
        !same
    });
    let matched = |answer: &Answer| R::Question::read_answer(answer).map(|answer| R::rows(answer).matched);
    List { held: Held::follow(ask, is_new, Box::new(topics), matched), row: PhantomData }
}

impl Held {
    /// `is_new` tells, each time it is called, whether the query is another one than the time before; `matched` reads
    /// from an answer how many rows there are, and nothing from what answers another question.
    fn follow(
        ask: Box<dyn Fn(Window) -> Option<Ask>>,
        mut is_new: Box<dyn FnMut() -> bool>,
        topics: Box<dyn Fn() -> Vec<Topic>>,
        matched: fn(&Answer) -> Option<u32>,
    ) -> Self {
        let link = use_link();
        let (problem, turned, again) = (RwSignal::new(None), RwSignal::new(0), RwSignal::new(0));
        let answered = RwSignal::new(None::<Answer>);
        let asked = Rc::new(Asked::default());

        let send: Sender = {
            let asked = asked.clone();
            Rc::new(move |window: Window, new_query: bool| {
                let Some(ask) = ask(window) else { return };
                let version = asked.begin(window);
                let answer = link.put(ask);
                let asked = asked.clone();
                spawn_local(async move {
                    let answer = answer.await;
                    if !asked.end(version) {
                        return;
                    }
                    let answer = answer.and_then(|answer| match matched(&answer) {
                        Some(matched) => Ok((answer, matched)),
                        None => Err(ProblemKind::BadAnswer.into()),
                    });
                    match answer {
                        Ok((answer, matched)) => {
                            if new_query {
                                turned.try_update(|count: &mut u32| *count = count.wrapping_add(1));
                            }
                            problem.try_set(None);
                            answered.try_set(Some(answer));
                            asked.go_on(matched);
                        }
                        Err(met) => {
                            problem.try_set(Some(met));
                        }
                    }
                });
            })
        };
        asked.sender.replace(Some(send.clone()));

        effect({
            let asked = asked.clone();
            move || {
                again.track();
                for topic in topics() {
                    link.changes(topic);
                }
                let new = is_new();
                let window = if new { Window { from: 0, count: WINDOW } } else { asked.window.get() };
                send(window, new);
            }
        });
        // The effect holds the sender too; taking it out of the cell breaks the circle when the page goes.
        let closing = StoredValue::new_local(asked.clone());
        on_cleanup(move || {
            if let Some(asked) = closing.try_get_value() {
                asked.sender.take();
            }
        });

        let seek: Rc<dyn Fn(u32, u32)> = Rc::new(move |first, last| {
            let held = answered.try_with_untracked(|answer| answer.as_ref().and_then(matched));
            asked.look_at(first, last, held.flatten());
        });
        Self { answer: answered, problem, turned, again, seek: StoredValue::new_local(seek) }
    }

    fn look(self, read: &mut dyn FnMut(&Answer)) {
        self.answer.try_with(|answer| answer.as_ref().map(read));
    }
}

/// Asks for a window; true when the query is another one.
type Sender = Rc<dyn Fn(Window, bool)>;

/// What has been asked, and what is looked at meanwhile.
struct Asked {
    window: Cell<Window>,
    version: Cell<u32>,
    under_way: Cell<bool>,
    looked_at: Cell<(u32, u32)>,
    sender: RefCell<Option<Sender>>,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            window: Cell::new(Window { from: 0, count: WINDOW }),
            version: Cell::new(0),
            under_way: Cell::new(false),
            looked_at: Cell::new((0, 0)),
            sender: RefCell::new(None),
        }
    }
}

impl Asked {
    fn begin(&self, window: Window) -> u32 {
        self.window.set(window);
        self.version.set(self.version.get().wrapping_add(1));
        self.under_way.set(true);
        self.version.get()
    }

    /// Whether this was the newest question.
    fn end(&self, version: u32) -> bool {
        let newest = self.version.get() == version;
        if newest {
            self.under_way.set(false);
        }
        newest
    }

    /// After an answer: what is looked at may have moved on meanwhile.
    fn go_on(&self, matched: u32) {
        let (first, last) = self.looked_at.get();
        self.ask_around(first, last, matched);
    }

    fn look_at(&self, first: u32, last: u32, matched: Option<u32>) {
        self.looked_at.set((first, last));
        if let Some(matched) = matched
            && !self.under_way.get()
        {
            self.ask_around(first, last, matched);
        }
    }

    fn ask_around(&self, first: u32, last: u32, matched: u32) {
        if let Some(window) = next_window(self.window.get(), first, last, matched) {
            let sender = self.sender.borrow().clone();
            if let Some(send) = sender {
                send(window, false);
            }
        }
    }
}

/// The window to ask for when the rows from `first` to before `last` are looked at; none while the current one does.
fn next_window(now: Window, first: u32, last: u32, matched: u32) -> Option<Window> {
    let end = now.from.saturating_add(now.count);
    let last = last.min(matched);
    let low = now.from == 0 || first >= now.from.saturating_add(MARGIN);
    let high = end >= matched || last.saturating_add(MARGIN) <= end;
    if (low && high) || first >= last {
        return None;
    }
    let middle = first.saturating_add((last - first) / 2);
    let from = middle.saturating_sub(WINDOW / 2).min(matched.saturating_sub(WINDOW));
    let window = Window { from, count: WINDOW };
    (window != now).then_some(window)
}

impl<R: Listed> List<R> {
    /// Reads the newest answer through a function; `None` while there is none.
    pub fn map<U>(self, read: impl FnOnce(&Answered<R>) -> U) -> Option<U> {
        let (mut read, mut found) = (Some(read), None);
        self.held.look(&mut |answer| {
            found = R::Question::read_answer(answer).zip(read.take()).map(|(answer, read)| read(answer));
        });
        found
    }

    /// Rows left by search and filters; none while nothing has arrived.
    pub fn matched(self) -> Option<u32> {
        self.map(|answer| R::rows(answer).matched)
    }

    /// Rows the list has without any filter.
    pub fn total(self) -> Option<u32> {
        self.map(|answer| R::rows(answer).total)
    }

    /// How far the list itself is loaded.
    pub fn state(self) -> Option<ListState> {
        self.map(|answer| R::rows(answer).state.clone())
    }

    /// Why the newest question has no answer, if so.
    pub fn problem(self) -> Option<Problem> {
        self.held.problem.get()
    }

    /// Counts how often another query was answered: time to go back to the first row.
    pub fn turned(self) -> u32 {
        self.held.turned.get()
    }

    /// Is told of when the rows have changed.
    pub fn track(self) {
        self.held.answer.track();
    }

    /// The number of rows left, without asking to be told of changes.
    pub fn matched_untracked(self) -> Option<u32> {
        untrack(|| self.matched())
    }

    /// Reads a row, where it is here.
    pub fn row<T>(self, index: u32, read: impl FnOnce(&R) -> T) -> Option<T> {
        let read = |answer: &Answered<R>| {
            let rows = R::rows(answer);
            let at = index.checked_sub(rows.from)?;
            rows.rows.get(at as usize).map(read)
        };
        untrack(|| self.map(read)).flatten()
    }

    /// The first row of the window that passes.
    pub fn find(self, pass: impl Fn(&R) -> bool) -> Option<R>
    where
        R: Clone,
    {
        untrack(|| self.map(|answer| R::rows(answer).rows.iter().find(|row| pass(row)).cloned())).flatten()
    }

    /// Says which rows are looked at, so that they and their neighbours are fetched.
    pub fn look_at(self, first: u32, last: u32) {
        if let Some(seek) = self.held.seek.try_get_value() {
            seek(first, last);
        }
    }

    /// Asks once more.
    pub fn again(self) {
        self.held.again.update(|count| *count = count.wrapping_add(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOP: Window = Window { from: 0, count: WINDOW };

    #[test]
    fn nothing_is_asked_while_the_window_has_what_is_looked_at() {
        assert_eq!(next_window(TOP, 0, 40, 100_000), None);
        assert_eq!(next_window(TOP, 50, 90, 100_000), None);
        assert_eq!(next_window(TOP, 60, 110, 110), None, "the list ends within the window");
    }

    #[test]
    fn the_next_window_is_asked_before_the_edge_is_seen() {
        assert_eq!(next_window(TOP, 60, 100, 100_000), Some(Window { from: 20, count: WINDOW }));
        let far = Window { from: 500, count: WINDOW };
        assert_eq!(next_window(far, 510, 550, 100_000), Some(Window { from: 470, count: WINDOW }));
    }

    #[test]
    fn the_last_window_ends_with_the_list() {
        assert_eq!(next_window(TOP, 99_970, 100_000, 100_000), Some(Window { from: 99_880, count: WINDOW }));
        let last = Window { from: 99_880, count: WINDOW };
        assert_eq!(next_window(last, 99_970, 100_000, 100_000), None);
    }
}
