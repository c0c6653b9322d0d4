//! The logs of which something is missing, each with the reason.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{EventGap, EventsFilter, GapReason, GetEventGaps, RetryGaps};

use crate::core_link::use_link;
use crate::format;
use crate::messages::{problems, timeline as text};
use crate::session::Provider;
use crate::ui::{Button, Dialog, Glyph, Press, Toasts};
use crate::view::use_view;

/// Logs named one by one.
const MOST: usize = 50;

#[component]
pub(super) fn GapsDialog(filter: Memo<EventsFilter>, #[prop(into)] on_close: Press) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let provider = use_context::<Provider>();
    let gaps = use_view(
        move || Some(GetEventGaps(filter.get())),
        move || vec![filter.with(|filter| filter.source.topic())],
    );
    let retry = move || {
        let answer = link.ask(RetryGaps(filter.get_untracked()));
        spawn_local(async move {
            if let Err(problem) = answer.await {
                toasts.say(problems::problem(&problem));
            }
        });
    };
    let line = move |gap: EventGap| {
        let address = gap.client.map(|client| match provider {
            Some(provider) => untrack(|| provider.path(&format!("clients/{client}"))),
            None => format!("/organizations/{client}"),
        });
        let before = gap.before.map(|before| text::gap_before(&format::exact(before)));
        let name = match address {
            Some(address) => view! { <a href=address><bdi>{gap.name}</bdi></a> }.into_any(),
            None => view! { <bdi>{gap.name}</bdi> }.into_any(),
        };
        view! { <li><b>{name}</b><span>{reason(&gap.reason)}" "{before}</span></li> }
    };
    let more = move || {
        let rest = gaps.map(|gaps| gaps.len().saturating_sub(MOST)).unwrap_or_default();
        (rest > 0).then(|| view! { <p class="quiet">{text::gaps_more(rest as u32)}</p> }.into_any())
    };
    view! {
        <Dialog title=text::gaps_title().to_owned() on_close>
            <div class="body">
                <p>{text::gaps_body()}</p>
                <ul class="gaps">{move || gaps.get().unwrap_or_default().into_iter().take(MOST).map(line).collect_view()}</ul>
                {more}
            </div>
            <footer><Button label=text::gaps_retry().to_owned() icon=Glyph::Refresh on_press=retry /></footer>
        </Dialog>
    }
}

fn reason(reason: &GapReason) -> String {
    match reason {
        GapReason::SwitchedOff => text::gap_off().to_owned(),
        GapReason::Suspended => text::gap_suspended().to_owned(),
        GapReason::NotAllowed => text::gap_not_allowed().to_owned(),
        GapReason::Failed(problem) => problems::problem(problem),
        GapReason::Crowded { at, more: 0 } => text::gap_crowded(&format::exact(*at)),
        GapReason::Crowded { at, more } => text::gap_crowded_more(*more, &format::exact(*at)),
    }
}
