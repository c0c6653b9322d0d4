//! What the pages of a list have in common.

use std::{future::Future, time::Duration};

use leptos::{ev, prelude::*, task::spawn_local};
use portal_bridge::{CsvFile, ListState, Network, Problem, ProblemKind, Question, TryAgain};
use wasm_bindgen::JsValue;

use crate::core_link::use_link;
use crate::form::ProblemNotice;
use crate::live::{live, memo};
use crate::messages::{problems, ui as ui_text};
use crate::save::save_text;
use crate::session::Provider;
use crate::ui::table::AskKeys;
use crate::ui::{Button, ButtonKind, Empty, Glyph, Notice, Press, Toasts, Tone};
use crate::view::{List, Listed};

/// What is wrong with the list, while it may still be shown; `old` says that it may be out of date.
pub(super) fn trouble<R: Listed>(list: List<R>, old: &'static str) -> impl IntoView {
    let failed = Signal::derive(move || match list.state() {
        Some(ListState::Failed(problem)) => Some(problem),
        _ => None,
    });
    let problem = Signal::derive(move || list.problem());
    view! { <Trouble problem failed old again=insisting(move || list.again()) /> }
}

/// What a person who presses "Try again" wants: the core asks the server, even if it has just failed there.
pub(super) fn insisting(again: impl Fn() + 'static) -> impl Fn() + 'static {
    // In an organization of one's own there is no provider.
    let (link, provider) = (use_link(), use_context::<Provider>());
    move || {
        if let Some(provider) = provider {
            drop(link.put(TryAgain(provider.id_untracked()).into_ask()));
        }
        again();
    }
}

#[component]
fn Trouble(
    problem: Signal<Option<Problem>>,
    failed: Signal<Option<Problem>>,
    old: &'static str,
    #[prop(into)] again: Press,
) -> impl IntoView {
    let link = use_link();
    // That the server cannot be reached and the page may be old stands above every page already.
    let told =
        move |problem: &Problem| problem.kind == ProblemKind::Offline && link.network() == Network::Offline;
    let failed = memo(move || failed.get().filter(|problem| !told(problem)));
    view! {
        <div class="trouble">
            <ProblemNotice problem again />
            {move || failed.get().map(|problem| view! {
                <Notice
                    tone=Tone::Attend
                    action=move || view! { <Button label=problems::again().to_owned() icon=Glyph::Refresh on_press=again /> }
                >
                    <b>{old}</b>" "{problems::problem(&problem)}
                </Notice>
            }.into_any())}
        </div>
    }
}

/// What stands there when no row does: `none` where the list has none at all; else that nothing matches, in a title, a
/// sentence, and the words of the button that clears the filters.
pub(super) fn nothing<R: Listed>(
    list: List<R>,
    none: impl Fn() -> AnyView + Send + 'static,
    no_match: [&'static str; 3],
    clear: impl Fn() + 'static,
) -> AnyView {
    let empty = memo(move || {
        let here =
            matches!(list.state(), Some(ListState::Complete | ListState::Partial { loading: false, .. }));
        (list.matched() == Some(0) && here && list.problem().is_none()).then(|| list.total() == Some(0))
    });
    let clear = Press::new(move |()| clear());
    live(move || Some(if empty.get()? { none() } else { nothing_matches(no_match, clear) }))
}

fn nothing_matches([title, body, verb]: [&'static str; 3], clear: Press) -> AnyView {
    let action = move || view! { <Button label=verb.to_owned() on_press=clear /> };
    view! { <Empty title=title.to_owned() body=body.to_owned() action /> }.into_any()
}

/// Whoever accepts tells nobody's browser, so the list is looked at again now and then, and on coming back to the page.
pub(super) fn keep_up<R: Listed>(list: List<R>) {
    const EVERY: Duration = Duration::from_secs(30);
    let look = move || {
        if !document().hidden() {
            list.again();
        }
    };
    on_return(look);
    if let Ok(timer) = set_interval_with_handle(look, EVERY) {
        on_cleanup(move || timer.clear());
    }
}

/// Does something whenever the person comes back to the page from elsewhere, where something may have happened meanwhile.
pub(super) fn on_return(act: impl Fn() + 'static) {
    let back = window_event_listener(ev::focus, move |_| act());
    on_cleanup(move || back.remove());
}

/// The keys of every row a query matches, for choosing them all. What went wrong is said.
pub(super) fn keys_of<Q, K>(question: impl Fn() -> Q + 'static) -> AskKeys<K>
where
    Q: Question<Answer = Vec<K>> + 'static,
    K: 'static,
{
    let (link, toasts) = (use_link(), Toasts::of_page());
    Box::new(move |go_on| {
        let answer = link.ask(question());
        spawn_local(async move {
            match answer.await {
                Ok(keys) => go_on(keys),
                Err(problem) => toasts.say(problems::problem(&problem)),
            }
        });
    })
}

/// A button that asks the core for a table and saves it; `saved` says how many rows that were. With a `reason` it cannot be
/// pressed now.
pub(super) fn export<F>(
    label: &'static str,
    kind: ButtonKind,
    reason: Option<String>,
    ask: impl Fn() -> F + 'static,
    saved: fn(u32) -> String,
) -> impl IntoView
where
    F: Future<Output = Result<CsvFile, Problem>> + 'static,
{
    let toasts = Toasts::of_page();
    let busy = RwSignal::new(false);
    let save = move || save_answer(busy, toasts, ask(), saved);
    view! { <Button label=label.to_owned() icon=Glyph::Download kind busy reason on_press=save /> }
}

/// Saves the file that a question is answered with, and says how many rows it has, or what went wrong; busy until then.
pub(super) fn save_answer(
    busy: RwSignal<bool>,
    toasts: Toasts,
    answer: impl Future<Output = Result<CsvFile, Problem>> + 'static,
    saved: fn(u32) -> String,
) {
    save_with(busy, toasts, answer, saved, save_text);
}

/// The same with a way to save.
pub(super) fn save_with(
    busy: RwSignal<bool>,
    toasts: Toasts,
    answer: impl Future<Output = Result<CsvFile, Problem>> + 'static,
    saved: fn(u32) -> String,
    save: fn(&CsvFile) -> Result<(), JsValue>,
) {
    busy.set(true);
    spawn_local(async move {
        let answer = answer.await;
        busy.try_set(false);
        toasts.say(match answer {
            Ok(file) if save(&file).is_ok() => match file.unnamed {
                0 => saved(file.rows),
                unnamed => ui_text::csv_unnamed(unnamed, &saved(file.rows)),
            },
            Ok(_) => ui_text::save_failed().to_owned(),
            Err(problem) => problems::problem(&problem),
        });
    });
}
