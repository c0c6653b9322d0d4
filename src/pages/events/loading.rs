//! How much of the log is here, and how to get more of it.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{
    Action, EventRow, EventsQuery, ExportEvents, GetEvents, JobId, JobState, ListState, LoadAllEvents,
    RefreshEvents, StopJob, Verdict, Window,
};

use crate::core_link::use_link;
use crate::format;
use crate::live::{effect, live, memo};
use crate::messages::{events as text, problems, reasons};
use crate::pages::listing;
use crate::session::{Provider, obstacle};
use crate::space::Space;
use crate::ui::{Button, ButtonKind, Glyph, Progress, Toasts};
use crate::view::List;

/// Says how much is loaded, with the ways to load more.
pub(super) fn state(list: List<EventRow>, query: Memo<EventsQuery>) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let state = memo(move || list.state());
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

    let more = move || {
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
        let answer = link.ask(LoadAllEvents(query.get_untracked()));
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
    let words = move || match state.get()? {
        ListState::Loading { received } => Some(text::loading_more(&format::number(received))),
        ListState::Complete => Some(text::all_loaded(list.total()?)),
        ListState::Partial { received, loading: true } => Some(text::loading_more(&format::number(received))),
        ListState::Partial { received, loading: false } => {
            Some(text::partly_loaded(&format::number(received)))
        }
        ListState::Failed(_) => None,
    };
    let partial = memo(move || state.with(|state| matches!(state, Some(ListState::Partial { .. }))));
    let fetching = Signal::derive(move || {
        state.with(|state| matches!(state, Some(ListState::Partial { loading: true, .. })))
    });
    let narrowed = memo(move || {
        query.with(|query| !query.search.is_empty() || query.category.is_some() || query.staff.is_some())
    });
    view! {
        <div class="loaded">
            <span class="quiet figures" role="status">{words}</span>
            {move || (partial.get() && narrowed.get()).then(|| view! { <span class="quiet">{text::search_in_loaded()}</span> }.into_any())}
            {move || (partial.get() && !running.get()).then(|| view! {
                <Button label=text::load_more().to_owned() kind=ButtonKind::Bare busy=fetching on_press=more />
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
        </div>
    }
}

/// Fetches what happened since.
pub(super) fn refresh(query: Memo<EventsQuery>) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let busy = RwSignal::new(false);
    let refresh = move || {
        busy.set(true);
        let answer = link.ask(RefreshEvents(query.with_untracked(|query| query.source)));
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

/// Saves the events of the query, the rest of the range fetched first.
pub(super) fn export(query: Memo<EventsQuery>) -> impl IntoView {
    let link = use_link();
    let (provider, space) = (use_context::<Provider>(), use_context::<Space>());
    let ask = move || link.ask(ExportEvents(query.get_untracked()));
    live(move || {
        let verdict = match (space, provider) {
            (Some(space), _) => space.verdict(Action::ViewOrganizationEvents),
            (None, Some(provider)) => provider.verdict(Action::ExportProviderEvents),
            (None, None) => Verdict::Hidden,
        };
        (verdict != Verdict::Hidden).then(|| {
            let reason = obstacle(verdict).map(|reason| reasons::reason(reason).to_owned());
            listing::export(text::csv(), ButtonKind::Plain, reason, ask, text::csv_saved)
        })
    })
}
