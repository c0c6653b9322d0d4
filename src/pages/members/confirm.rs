use leptos::prelude::*;
use portal_bridge::{ConfirmMembers, GetMemberPhrases, OrganizationUserId};

use super::Members;
use crate::messages::members as text;
use crate::pages::compare::{CompareDialog, Compared};
use crate::ui::Press;
use crate::view::use_view;

/// Hands the organization's key to members, after each phrase was compared with its person.
#[component]
pub(super) fn ConfirmDialog(
    members: Members,
    ids: Vec<OrganizationUserId>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let within = members.space.within_untracked();
    let asked = ids.len() as u32;
    let phrases = use_view(move || Some(GetMemberPhrases { within, members: ids.clone() }), Vec::new);
    let people = Signal::derive(move || {
        phrases.map(|all| {
            let all = all.iter().cloned();
            all.map(|one| Compared { label: one.label, phrase: one.phrase, changed: one.changed }).collect()
        })
    });
    let confirm = move |places: Vec<usize>| {
        let chosen: Vec<(OrganizationUserId, String)> = phrases
            .map_untracked(|all| {
                let chosen = places.iter().filter_map(|place| all.get(*place));
                chosen.filter_map(|one| Some((one.member, one.phrase.clone()?))).collect()
            })
            .unwrap_or_default();
        chosen.iter().for_each(|(id, _)| members.selection.set(*id, false));
        members.works.begin(ConfirmMembers { within, members: chosen }, text::finished_confirm);
    };
    view! {
        <CompareDialog
            asked
            people
            problem=Signal::derive(move || phrases.problem())
            again=move || phrases.again()
            how=text::confirm_how()
            on_confirm=confirm
            on_close
        />
    }
}
