use leptos::prelude::*;
use portal_bridge::{CollectionId, CollectionsLoss, DeleteCollections, GetCollectionsLoss};

use super::Page;
use crate::form::ProblemNotice;
use crate::format::isolate;
use crate::messages::collections as text;
use crate::ui::{ConfirmDialog, Press, Skeleton};
use crate::view::use_view;

/// Names that are shown before the rest is counted.
const SHOWN: usize = 8;

/// Asks before collections are deleted, and says who and what loses by it.
#[component]
pub(super) fn DeleteDialog(
    page: Page,
    ids: Vec<CollectionId>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let within = page.space.within_untracked();
    let asked = ids.clone();
    let loss = use_view(move || Some(GetCollectionsLoss { within, ids: asked.clone() }), Vec::new);
    let count = ids.len() as u32;
    let title = Signal::derive(move || {
        let only = loss.map(|loss| loss.names.first().cloned()).flatten().filter(|_| count == 1);
        only.map_or_else(|| text::delete_title_many(count), |name| text::delete_title(&isolate(&name)))
    });
    let ids = StoredValue::new(ids);
    let confirm = move || {
        page.work.begin(DeleteCollections { within, ids: ids.get_value() }, text::deleted);
        page.selection.clear();
        on_close.run(());
    };
    view! {
        <ConfirmDialog title verb=text::delete_go().to_owned() on_confirm=confirm on_close>
            <ProblemNotice problem=Signal::derive(move || loss.problem()) again=move || loss.again() />
            {move || match loss.get() {
                Some(loss) => consequences(&loss).into_any(),
                None if loss.problem().is_some() => ().into_any(),
                None => view! { <Skeleton /> }.into_any(),
            }}
        </ConfirmDialog>
    }
}

fn consequences(loss: &CollectionsLoss) -> impl IntoView + use<> {
    let more = loss.names.len().saturating_sub(SHOWN) as u32;
    let names = (loss.names.len() > 1).then(|| {
        let shown = loss.names.iter().take(SHOWN);
        view! {
            <ul class="plain">
                {shown.map(|name| view! { <li><bdi>{name.clone()}</bdi></li> }.into_any()).collect_view()}
                {(more > 0).then(|| view! { <li class="quiet">{text::and_more(more)}</li> }.into_any())}
            </ul>
        }
        .into_any()
    });
    let some = |count: u32, words: fn(u32) -> String| (count > 0).then(|| words(count));
    let items = match loss.items {
        Some((items, only)) => {
            vec![some(items, text::delete_items), some(only, text::delete_items_only)]
        }
        None => vec![Some(text::delete_items_unknown().to_owned())],
    };
    let people = [some(loss.people, text::delete_people), some(loss.groups, text::delete_groups)];
    let mut lines: Vec<String> =
        people.into_iter().chain(items).chain([some(loss.below, text::delete_below)]).flatten().collect();
    if lines.is_empty() {
        lines.push(text::delete_nothing().to_owned());
    }
    view! {
        {names}
        {lines.into_iter().map(|line| view! { <p>{line}</p> }.into_any()).collect_view()}
    }
}
