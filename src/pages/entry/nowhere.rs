use leptos::prelude::*;

use super::EntryFrame;
use crate::messages::shell as text;

/// An address that leads nowhere, outside of any provider.
pub fn nowhere() -> impl IntoView {
    view! {
        <EntryFrame title=text::not_found().to_owned()>
            <p>{text::not_found_body()}</p>
            <a class="btn" href="/providers">{text::to_places()}</a>
        </EntryFrame>
    }
}
