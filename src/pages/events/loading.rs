//! How much of the logs is here, and how to get more of them.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{
    EventLine, EventsOf, GetEvents, JobId, JobState, ListState, LoadAllEvents, PauseEvents, RefreshEvents,
    SourcesState, StopJob, Window,
};

use super::filters::Filters;
use super::gaps::GapsDialog;
use crate::core_link::use_link;
use crate::format;
use crate::live::{effect, handler, live, memo};
use crate::messages::{events as text, problems, timeline};
use crate::ui::{Button, ButtonKind, Glyph, Progress, Toasts};
use crate::view::List;

/// How often somebody who watches looks for new events.
const LIVE_EVERY: Duration = Duration::from_secs(5);

/// Says how much is loaded, with the ways to load more.
pub(super) fn state(list: List<EventLine>, filters: Filters) -> impl IntoView {
    let filter = filters.filter();
    let state = memo(move || list.state());
    let sources = memo(move || list.map(|view| view.sources).unwrap_or_default());
    let many = memo(move || filter.with(|filter| filter.source.is_many()));
    let partial = memo(move || state.with(|state| matches!(state, Some(ListState::Partial { .. }))));
    let gaps = RwSignal::new(false);
    let gap_words = memo(move || sources.with(|sources| sources.gaps));
    let words = move || match state.get()? {
        ListState::Loading { received } => Some(text::loading_more(&format::number(received))),
        ListState::Complete if gap_words.get() > 0 => Some(text::all_readable(list.total()?)),
        ListState::Complete => Some(text::all_loaded(list.total()?)),
        ListState::Partial { received, loading: true } => Some(text::loading_more(&format::number(received))),
        ListState::Partial { received, loading: false } => {
            Some(text::partly_loaded(&format::number(received)))
        }
        ListState::Failed(_) => None,
    };
    let full = memo(move || sources.with(|sources| sources.full));
    view! {
        <div class="loaded">
            <span class="quiet figures" role="status">{words}</span>
            {move || (partial.get() && filters.narrows()).then(|| view! { <span class="quiet">{text::search_in_loaded()}</span> }.into_any())}
            {live(move || if many.get() {
                logs(filters, sources, partial).into_any()
            } else {
                more(list, filters, partial, state).into_any()
            })}
            {move || full.get().then(|| view! { <span class="quiet">{timeline::full(1_500_000)}</span> }.into_any())}
            {move || (gap_words.get() > 0).then(|| view! {
                <button type="button" class="btn bare gap" on:click=handler(move |_| gaps.set(true))>
                    {timeline::gaps(gap_words.get())}
                </button>
            }.into_any())}
            {move || gaps.get().then(|| view! { <GapsDialog filter on_close=move || gaps.set(false) /> }.into_any())}
        </div>
    }
}

/// How many of the logs are read, and leaving off or going on with it.
fn logs(filters: Filters, sources: Memo<SourcesState>, partial: Memo<bool>) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let filter = filters.filter();
    let reading = memo(move || sources.with(|sources| sources.read < sources.total));
    let paused = memo(move || sources.with(|sources| sources.paused));
    let pause = move || {
        let ask = PauseEvents { filter: filter.get_untracked(), pause: !paused.get_untracked() };
        let answer = link.ask(ask);
        spawn_local(async move {
            if let Err(problem) = answer.await {
                toasts.say(problems::problem(&problem));
            }
        });
    };
    let read = move || {
        sources.with(|sources| {
            timeline::logs_read(&format::number(sources.read), &format::number(sources.total))
        })
    };
    let since = move || {
        let since = sources.with(|sources| sources.whole_since)?;
        Some(timeline::whole_since(&format::exact(since)))
    };
    let pause_words =
        Signal::derive(move || if paused.get() { timeline::go_on() } else { timeline::pause() }.to_owned());
    view! {
        <span class="quiet figures">{read}</span>
        {move || reading.get().then(|| view! {
            <Progress
                label=text::loading_all().to_owned()
                done=Signal::derive(move || sources.with(|sources| sources.read))
                total=Signal::derive(move || sources.with(|sources| sources.total))
            />
            <span class="quiet figures">{since}</span>
        }.into_any())}
        {move || (reading.get() && (partial.get() || paused.get())).then(|| view! {
            <Button label=pause_words kind=ButtonKind::Bare on_press=pause />
        }.into_any())}
    }
}

/// The ways to load more of one log.
fn more(
    list: List<EventLine>,
    filters: Filters,
    partial: Memo<bool>,
    state: Memo<Option<ListState>>,
) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let (query, filter) = (filters.query(), filters.filter());
    let loading_all = RwSignal::new(None::<JobId>);
    let job = memo(move || {
        let id = loading_all.get()?;
        link.jobs().with(|jobs| jobs.iter().find(|job| job.id == id).cloned())
    });
    let running = memo(move || {
        job.with(|job| {
            job.as_ref().is_some_and(|job| matches!(job.state, JobState::Running | JobState::Waiting))
        })
    });
    // Another query has other events to load.
    effect(move || {
        query.track();
        loading_all.set(None);
    });
    let load_more = move || {
        // Asking for the end of what is here makes the core fetch what comes after it.
        let last = list.matched_untracked().unwrap_or(0);
        let window = Window { from: last.saturating_sub(1), count: 50 };
        let answer = link.ask(GetEvents { query: query.get_untracked(), window });
        spawn_local(async move {
            if let Err(problem) = answer.await {
                toasts.say(problems::problem(&problem));
            }
        });
    };
    let all = move || {
        let answer = link.ask(LoadAllEvents(filter.get_untracked()));
        spawn_local(async move {
            match answer.await {
                Ok(id) => {
                    loading_all.try_set(Some(id));
                }
                Err(problem) => toasts.say(problems::problem(&problem)),
            }
        });
    };
    let stop = move || {
        let Some(id) = loading_all.get_untracked() else { return };
        let answer = link.ask(StopJob(id));
        spawn_local(async move {
            if let Err(problem) = answer.await {
                toasts.say(problems::problem(&problem));
            }
        });
    };
    let fetching = Signal::derive(move || {
        state.with(|state| matches!(state, Some(ListState::Partial { loading: true, .. })))
    });
    view! {
        {move || (partial.get() && !running.get()).then(|| view! {
            <Button label=text::load_more().to_owned() kind=ButtonKind::Bare busy=fetching on_press=load_more />
            <Button label=text::load_all().to_owned() kind=ButtonKind::Bare on_press=all />
        }.into_any())}
        {move || running.get().then(|| view! {
            <Progress
                label=text::loading_all().to_owned()
                done=Signal::derive(move || job.with(|job| job.as_ref().map_or(0, |job| job.done)))
                total=Signal::derive(move || job.with(|job| job.as_ref().map_or(0, |job| job.total)))
            />
            <Button label=text::stop().to_owned() icon=Glyph::Stop kind=ButtonKind::Bare on_press=stop />
        }.into_any())}
    }
}

/// Fetches what happened since.
pub(super) fn refresh(source: Signal<EventsOf>) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let busy = RwSignal::new(false);
    let refresh = move || {
        busy.set(true);
        let answer = link.ask(RefreshEvents { source: source.get_untracked(), live: false });
        spawn_local(async move {
            let answer = answer.await;
            busy.try_set(false);
            toasts.say(match answer {
                Ok(()) => text::refreshed().to_owned(),
                Err(problem) => problems::problem(&problem),
            });
        });
    };
    view! { <Button label=text::refresh().to_owned() icon=Glyph::Refresh busy on_press=refresh /> }
}

/// Watches: what happens is looked for every few seconds as long as the page is looked at.
pub(super) fn live_tail(source: Signal<EventsOf>) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let on = RwSignal::new(false);
    let look = move || {
        if document().hidden() || !on.try_get_untracked().unwrap_or_default() {
            return;
        }
        let answer = link.ask(RefreshEvents { source: source.get_untracked(), live: true });
        spawn_local(async move {
            if let Err(problem) = answer.await
                && on.try_get_untracked().unwrap_or_default()
            {
                on.try_set(false);
                toasts.say(problems::problem(&problem));
            }
        });
    };
    if let Ok(timer) = set_interval_with_handle(look, LIVE_EVERY) {
        on_cleanup(move || timer.clear());
    }
    view! {
        <button
            type="button"
            class="btn"
            aria-pressed=move || on.get().to_string()
            data-tip=timeline::live_note()
            on:click=handler(move |_| {
                on.update(|on| *on = !*on);
                look();
            })
        >
            {timeline::live()}
        </button>
    }
}
