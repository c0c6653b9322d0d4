use leptos::prelude::*;
use portal_bridge::{DeleteGroups, GetGroupsLoss, GroupId, GroupsLoss};

use super::Page;
use crate::form::ProblemNotice;
use crate::format::isolate;
use crate::messages::groups as text;
use crate::ui::{ConfirmDialog, Press, Skeleton};
use crate::view::use_view;

/// Names that are shown before the rest is counted.
const SHOWN: usize = 8;

/// Asks before groups are deleted, and says who loses what by it.
#[component]
pub(super) fn DeleteDialog(page: Page, ids: Vec<GroupId>, #[prop(into)] on_close: Press) -> impl IntoView {
    let within = page.space.within_untracked();
    let asked = ids.clone();
    let loss = use_view(move || Some(GetGroupsLoss { within, ids: asked.clone() }), Vec::new);
    let count = ids.len() as u32;
    let title = Signal::derive(move || {
        let only = loss.map(|loss| loss.names.first().cloned()).flatten().filter(|_| count == 1);
        only.map_or_else(|| text::delete_title_many(count), |name| text::delete_title(&isolate(&name)))
    });
    let ids = StoredValue::new(ids);
    let confirm = move || {
        page.work.begin(DeleteGroups { within, ids: ids.get_value() }, text::deleted);
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

fn consequences(loss: &GroupsLoss) -> impl IntoView + use<> {
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
    let gave = text::delete_collections(loss.collections);
    let loses = match loss.people {
        Some(0) => text::delete_nobody().to_owned(),
        Some(people) => text::delete_people(people, &gave),
        None => text::delete_people_unknown(&gave),
    };
    let keeps = (loss.people != Some(0)).then(|| view! { <p>{text::delete_keeps()}</p> }.into_any());
    view! {
        {names}
        <p>{loses}</p>
        {keeps}
    }
}
