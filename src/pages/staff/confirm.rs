use leptos::prelude::*;
use portal_bridge::{ConfirmStaff, GetStaffFingerprints, ProviderUserId};

use super::Staff;
use crate::messages::staff as text;
use crate::pages::compare::{CompareDialog, Compared};
use crate::ui::Press;
use crate::view::use_view;

/// Hands the provider key to people, after each phrase was compared with its person.
#[component]
pub(super) fn ConfirmStaffDialog(
    staff: Staff,
    ids: Vec<ProviderUserId>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let provider = staff.provider.id_untracked();
    let asked = ids.len() as u32;
    let phrases = use_view(move || Some(GetStaffFingerprints { provider, staff: ids.clone() }), Vec::new);
    let people = Signal::derive(move || {
        phrases.map(|all| {
            let all = all.iter().cloned();
            all.map(|one| Compared { label: one.label, phrase: one.phrase, changed: one.changed }).collect()
        })
    });
    let confirm = move |places: Vec<usize>| {
        let people: Vec<(ProviderUserId, String)> = phrases
            .map_untracked(|all| {
                let chosen = places.iter().filter_map(|place| all.get(*place));
                chosen.filter_map(|one| Some((one.staff, one.phrase.clone()?))).collect()
            })
            .unwrap_or_default();
        people.iter().for_each(|(id, _)| staff.selection.set(*id, false));
        staff.works.begin(ConfirmStaff { provider, staff: people }, text::finished_confirm);
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
