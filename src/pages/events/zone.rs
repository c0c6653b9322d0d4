//! In which time zone the times stand, and the way to the other one.

use leptos::prelude::*;

use crate::format;
use crate::live::handler;
use crate::messages::timeline as text;
use crate::preferences::Zone;

/// The zone in words, as a button that shows every time in the other one. Where the browser's own zone is UTC there is no
/// other, and only the words stand there.
pub(super) fn toggle() -> AnyView {
    let (local, utc) = (format::zone_words(Zone::Local), format::zone_words(Zone::Utc));
    if local == utc {
        return view! { <span class="quiet">{utc}</span> }.into_any();
    }
    let words = StoredValue::new([local, utc]);
    let of = move |zone: Zone| {
        words.with_value(|[local, utc]| if zone == Zone::Utc { utc } else { local }.clone())
    };
    let other = move || if format::zone() == Zone::Utc { Zone::Local } else { Zone::Utc };
    view! {
        <button
            type="button"
            class="btn bare zone"
            aria-label=move || text::zone_switch(&of(format::zone()), &of(other()))
            data-tip=move || text::zone_other(&of(other()))
            on:click=handler(move |_| format::set_zone(untrack(other)))
        >
            {move || of(format::zone())}
        </button>
    }
    .into_any()
}
