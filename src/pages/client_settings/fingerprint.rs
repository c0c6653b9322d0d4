use leptos::prelude::*;
use portal_bridge::GetClientFingerprint;

use crate::form::ProblemNotice;
use crate::messages::client_settings as text;
use crate::space::use_space;
use crate::ui::{CopyButton, Skeleton};
use crate::view::use_view;

/// The phrase of the organization's public key.
pub(super) fn part() -> impl IntoView {
    let space = use_space();
    let phrase = use_view(move || Some(GetClientFingerprint(space.within())), Vec::new);
    view! {
        <ProblemNotice problem=Signal::derive(move || phrase.problem()) again=move || phrase.again() />
        {move || match phrase.get() {
            Some(Some(phrase)) => view! {
                <div class="shown-once">
                    <span class="value">{phrase.clone()}</span>
                    <div class="across"><CopyButton what=phrase /></div>
                </div>
            }.into_any(),
            Some(None) => view! { <p class="quiet">{text::no_key()}</p> }.into_any(),
            None if phrase.problem().is_some() => ().into_any(),
            None => view! { <Skeleton lines=1 /> }.into_any(),
        }}
    }
}
