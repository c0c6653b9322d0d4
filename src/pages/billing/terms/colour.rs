//! The colour of invoices, with its contrast while one types.

use leptos::prelude::*;
use portal_bridge::{Colour, ColourError};

use crate::form::Sending;
use crate::live::{live, memo};
use crate::messages::letterhead as text;
use crate::ui::{Button, Notice, TextField, Tone};

/// The field, the figure, and a sample of what it will look like.
pub(super) fn field(value: RwSignal<String>, name: RwSignal<String>, sending: Sending) -> impl IntoView {
    let read = memo(move || {
        let typed = value.get();
        (!typed.trim().is_empty()).then(|| Colour::parse(&typed))
    });
    let below = move || {
        Some(match read.get()? {
            Ok(colour) => sample(colour, name),
            Err(ColourError::TooPale { contrast, darker }) => {
                let take = move || {
                    value.set(darker.to_string());
                    sending.clear();
                };
                let (figure, words) =
                    (text::contrast_figure(contrast), text::take_darker(&darker.to_string()));
                view! {
                    <Notice tone=Tone::Attend action=move || view! { <Button label=words.clone() on_press=take /> }>
                        {text::contrast(&figure)}
                    </Notice>
                }
                .into_any()
            }
            // Whoever is still typing is not told that they have not finished.
            Err(ColourError::NotAColour) => return None,
        })
    };
    view! {
        <TextField label=text::colour().to_owned() value hint=text::colour_hint() fault=sending.fault_of("colour") />
        <div class="colour" aria-live="polite">{live(below)}</div>
    }
}

fn sample(colour: Colour, name: RwSignal<String>) -> AnyView {
    let figure = text::contrast(&text::contrast_figure(colour.contrast()));
    view! {
        <p class="quiet figures">{figure}</p>
        <p class="sample" style:--own=colour.to_string()>
            <bdi>{move || name.get()}</bdi>
            <span>{text::sample()}</span>
        </p>
    }
    .into_any()
}
