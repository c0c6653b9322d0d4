//! Comparing fingerprint phrases with their people, before anybody gets a key.

use std::collections::HashSet;

use leptos::prelude::*;
use portal_bridge::Problem;

use crate::form::ProblemNotice;
use crate::format::isolate;
use crate::live::memo;
use crate::messages::{staff as text, ui as words};
use crate::ui::{Button, ButtonKind, Check, Dialog, Glyph, Notice, Press, Skeleton, Tone};

/// Somebody whose phrase is to be compared.
#[derive(Clone, PartialEq)]
pub(super) struct Compared {
    pub(super) label: String,
    /// Nothing for those who cannot be confirmed now.
    pub(super) phrase: Option<String>,
    /// Another phrase was confirmed for the person before.
    pub(super) changed: bool,
}

/// Shows every phrase, and hands back the places of those that were compared.
#[component]
pub(super) fn CompareDialog(
    /// How many were asked for.
    asked: u32,
    /// Whose phrases, as soon as they are here.
    #[prop(into)]
    people: Signal<Option<Vec<Compared>>>,
    /// Why they are not here.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
    /// Asks for them again.
    #[prop(into)]
    again: Press,
    /// What confirming does, and how to compare.
    how: &'static str,
    /// Called with the places of those who are to be confirmed.
    #[prop(into)]
    on_confirm: UnsyncCallback<Vec<usize>>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let compared = RwSignal::new(HashSet::<usize>::new());
    let ready = memo(move || compared.with(|compared| compared.len() as u32));
    let waiting = memo(move || {
        people.with(|all| Some(all.as_ref()?.iter().filter(|one| one.phrase.is_some()).count() as u32))
    });
    let confirm = move || {
        let mut places: Vec<usize> = compared.with_untracked(|compared| compared.iter().copied().collect());
        places.sort_unstable();
        if !places.is_empty() {
            on_confirm.run(places);
            on_close.run(());
        }
    };
    let reason = MaybeProp::from(Signal::derive(move || {
        (ready.get() == 0).then(|| match waiting.get() {
            Some(0) => text::nobody_to_confirm().to_owned(),
            _ => text::nobody_ticked().to_owned(),
        })
    }));
    let verb = Signal::derive(move || match ready.get() {
        0 => text::confirm().to_owned(),
        ready => text::confirm_go(ready),
    });
    let title = Signal::derive(move || text::confirm_title(waiting.get().unwrap_or(asked)));
    view! {
        <Dialog title wide=true on_close>
            <div class="body">
                <ProblemNotice problem again />
                {move || match people.get() {
                    None if problem.with(Option::is_some) => ().into_any(),
                    None => view! { <Skeleton /> }.into_any(),
                    Some(all) => {
                        let (there, out): (Vec<_>, Vec<_>) =
                            all.into_iter().enumerate().partition(|(_, one)| one.phrase.is_some());
                        let out: Vec<String> = out.into_iter().map(|(_, one)| one.label).collect();
                        view! {
                            {(!there.is_empty()).then(|| view! { <p>{how}</p><p>{text::confirm_not()}</p> }.into_any())}
                            <ul class="compares">{there.into_iter().map(|(place, one)| person(place, one, compared)).collect_view()}</ul>
                            {(!out.is_empty()).then(|| left_out(&out))}
                        }
                        .into_any()
                    }
                }}
            </div>
            <footer>
                <Button label=words::cancel().to_owned() on_press=on_close />
                <Button label=verb kind=ButtonKind::Go icon=Glyph::UserCheck reason on_press=confirm />
            </footer>
        </Dialog>
    }
}

/// Somebody's phrase, to be ticked once it was compared.
pub(super) fn person(place: usize, one: Compared, compared: RwSignal<HashSet<usize>>) -> impl IntoView {
    let name = isolate(&one.label);
    let ticked = Signal::derive(move || compared.with(|compared| compared.contains(&place)));
    let tick = move |on: bool| {
        compared.update(|compared| {
            if on {
                compared.insert(place);
            } else {
                compared.remove(&place);
            }
        });
    };
    let changed = one.changed.then(|| text::phrase_changed_body(&name));
    view! {
        <li class="compare">
            <bdi class="strong">{one.label}</bdi>
            {changed.map(|body| view! {
                <Notice tone=Tone::Broken urgent=true><b>{text::phrase_changed()}</b>" "{body}</Notice>
            }.into_any())}
            <ol class="words">
                {one.phrase.unwrap_or_default().split('-').map(|word| view! { <li>{word.to_owned()}</li> }.into_any()).collect_view()}
            </ol>
            <Check label=text::compared(&name) value=ticked on_change=tick />
        </li>
    }
}

fn left_out(out: &[String]) -> impl IntoView + use<> {
    view! {
        <div>
            <p class="quiet">{text::left_out(out.len() as u32)}</p>
            <ul class="plain quiet">{out.iter().map(|label| view! { <li><bdi>{label.clone()}</bdi></li> }.into_any()).collect_view()}</ul>
        </div>
    }
}
