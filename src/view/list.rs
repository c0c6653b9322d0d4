//! A list too long to hold: the window of it that is looked at, kept by the tab, and the rest, kept by the core.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{ListState, Problem, Question, Rows, Topic, Window};

use crate::core_link::use_link;

/// Rows asked for at once.
const WINDOW: u32 = 120;

/// So many rows before the end of the window the next one is asked for.
const MARGIN: u32 = 30;

/// A list as far as it is here. A handle that copies.
pub struct List<R: Send + Sync + 'static> {
    held: RwSignal<Option<Rows<R>>>,
    problem: RwSignal<Option<Problem>>,
    turned: RwSignal<u32>,
    again: RwSignal<u32>,
    seek: StoredValue<Rc<dyn Fn(u32, u32)>, LocalStorage>,
}

impl<R: Send + Sync + 'static> Clone for List<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Send + Sync + 'static> Copy for List<R> {}

/// Keeps the window of a list that is looked at, and asks again whenever the query or one of the topics changes.
///
/// `split` parts an answer into its rows and what else it tells; the latter is the second value. An answer to an older
/// query is dropped, however late it arrives.
pub fn use_list<K, Q, R, E>(
    query: Memo<K>,
    question: fn(K, Window) -> Q,
    topics: impl Fn() -> Vec<Topic> + 'static,
    split: fn(Q::Answer) -> (Rows<R>, E),
) -> (List<R>, RwSignal<Option<E>>)
where
    K: Clone + PartialEq + Send + Sync + 'static,
    Q: Question + 'static,
    Q::Answer: 'static,
    R: Send + Sync + 'static,
    E: Send + Sync + 'static,
{
    let link = use_link();
    let (problem, turned, again) = (RwSignal::new(None), RwSignal::new(0), RwSignal::new(0));
    let held = RwSignal::new(None::<Rows<R>>);
    let extra = RwSignal::new(None);
    let asked = Rc::new(Asked::default());

    let send: Sender = {
        let asked = asked.clone();
        Rc::new(move |window: Window, new_query: bool| {
            let Some(query) = query.try_get_untracked() else { return };
            let version = asked.begin(window);
            let answer = link.ask(question(query, window));
            let asked = asked.clone();
            spawn_local(async move {
                let answer = answer.await;
                if !asked.end(version) {
                    return;
                }
                match answer {
                    Ok(answer) => {
                        let (rows, rest) = split(answer);
                        if new_query {
                            turned.try_update(|count: &mut u32| *count = count.wrapping_add(1));
                        }
                        let matched = rows.matched;
                        extra.try_set(Some(rest));
                        problem.try_set(None);
                        held.try_set(Some(rows));
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

    Effect::new({
        let asked = asked.clone();
        move |before: Option<K>| {
            again.track();
            for topic in topics() {
                link.changes(topic);
            }
            let now = query.get();
            let same = before.is_some_and(|before| before == now);
            let window = if same { asked.window.get() } else { Window { from: 0, count: WINDOW } };
            send(window, !same);
            now
        }
    });
    // The effect holds the sender too; taking it out of the cell breaks the circle when the page goes.
    let closing = StoredValue::new_local(asked.clone());
    on_cleanup(move || {
        if let Some(asked) = closing.try_get_value() {
            asked.sender.take();
        }
    });

    let seek: Rc<dyn Fn(u32, u32)> = Rc::new(move |first, last| asked.look_at(first, last, held));
    let list = List { held, problem, turned, again, seek: StoredValue::new_local(seek) };
    (list, extra)
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

    fn look_at<R: Send + Sync + 'static>(&self, first: u32, last: u32, held: RwSignal<Option<Rows<R>>>) {
        self.looked_at.set((first, last));
        if !self.under_way.get()
            && let Some(Some(matched)) =
                held.try_with_untracked(|held| held.as_ref().map(|rows| rows.matched))
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

impl<R: Send + Sync + 'static> List<R> {
    /// Rows left by search and filters; none while nothing has arrived.
    pub fn matched(self) -> Option<u32> {
        self.held.with(|held| held.as_ref().map(|rows| rows.matched))
    }

    /// Rows the list has without any filter.
    pub fn total(self) -> Option<u32> {
        self.held.with(|held| held.as_ref().map(|rows| rows.total))
    }

    /// How far the list itself is loaded.
    pub fn state(self) -> Option<ListState> {
        self.held.with(|held| held.as_ref().map(|rows| rows.state.clone()))
    }

    /// Why the newest question has no answer, if so.
    pub fn problem(self) -> Option<Problem> {
        self.problem.get()
    }

    /// Counts how often another query was answered: time to go back to the first row.
    pub fn turned(self) -> u32 {
        self.turned.get()
    }

    /// Is told of when the rows have changed.
    pub fn track(self) {
        self.held.track();
    }

    /// The number of rows left, without asking to be told of changes.
    pub fn matched_untracked(self) -> Option<u32> {
        self.held.try_with_untracked(|held| held.as_ref().map(|rows| rows.matched)).flatten()
    }

    /// Reads a row, where it is here.
    pub fn row<T>(self, index: u32, read: impl FnOnce(&R) -> T) -> Option<T> {
        self.held
            .try_with_untracked(|held| {
                let rows = held.as_ref()?;
                let at = index.checked_sub(rows.from)?;
                rows.rows.get(at as usize).map(read)
            })
            .flatten()
    }

    /// The first row of the window that passes.
    pub fn find(self, pass: impl Fn(&R) -> bool) -> Option<R>
    where
        R: Clone,
    {
        self.held
            .try_with_untracked(|held| held.as_ref()?.rows.iter().find(|row| pass(row)).cloned())
            .flatten()
    }

    /// Says which rows are looked at, so that they and their neighbours are fetched.
    pub fn look_at(self, first: u32, last: u32) {
        if let Some(seek) = self.seek.try_get_value() {
            seek(first, last);
        }
    }

    /// Asks once more.
    pub fn again(self) {
        self.again.update(|count| *count = count.wrapping_add(1));
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
