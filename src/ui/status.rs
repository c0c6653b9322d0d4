use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::messages::ui as text;

/// How things stand. Each tone has a colour and a shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to remark.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// Waits for somebody.
    Wait,
    /// Deserves attention.
    Attend,
    /// Does not work.
    Broken,
}

impl Tone {
    /// The class that gives the colour and the shape.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Good => "good",
            Tone::Wait => "wait",
            Tone::Attend => "attend",
            Tone::Broken => "broken",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Tone::Plain => Glyph::Info,
            Tone::Good => Glyph::Done,
            Tone::Wait => Glyph::Clock,
            Tone::Attend => Glyph::Warning,
            Tone::Broken => Glyph::Alert,
        }
    }
}

/// A status: a word with a shape.
#[component]
pub fn Status(
    /// Its tone.
    tone: Tone,
    /// Its word.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <span class=format!("st {}", tone.class())>{label}</span> }
}

/// A few words across the page, with at most a few buttons at their end.
#[component]
pub fn Notice(
    /// Its tone.
    #[prop(optional)]
    tone: Tone,
    /// Whether assistive technology reads it at once.
    #[prop(optional)]
    urgent: bool,
    /// Buttons at its end.
    #[prop(optional, into)]
    action: Option<ViewFn>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("notice {}", tone.class()) role=urgent.then_some("alert")>
            <Icon glyph=tone.glyph() />
            <div class="say">{children()}</div>
            {action.map(|action| view! { <div class="act">{action.run()}</div> }.into_any())}
        </div>
    }
}

/// Stands where a list would be: what would be here, and the first step.
#[component]
pub fn Empty(
    /// What would be here.
    #[prop(into)]
    title: Signal<String>,
    /// A sentence about it.
    #[prop(into)]
    body: Signal<String>,
    /// The first step.
    #[prop(optional, into)]
    action: Option<ViewFn>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{move || title.get()}</h2>
            <p>{move || body.get()}</p>
            {action.map(|action| view! { <div class="act">{action.run()}</div> }.into_any())}
        </div>
    }
}

/// Stands in for lines that are on their way.
#[component]
pub fn Skeleton(
    /// How many.
    #[prop(default = 3)]
    lines: u32,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="sr">{text::loading()}</span>
            {(0..lines).map(|_| view! { <i></i> }.into_any()).collect_view()}
        </div>
    }
}

/// How far long work has come.
#[component]
pub fn Progress(
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
    /// Done so far.
    #[prop(into)]
    done: Signal<u32>,
    /// In all; nothing while it is not known.
    #[prop(into)]
    total: Signal<u32>,
) -> impl IntoView {
    view! {
        <progress
            class="progress"
            aria-label=move || label.get()
            max=move || total.get().max(1).to_string()
            value=move || (total.get() > 0).then(|| done.get().to_string())
        ></progress>
    }
}

/// A share as a short bar. The figures stand beside it in words, so it is silent.
#[component]
pub fn Meter(
    /// The part.
    #[prop(into)]
    part: Signal<u32>,
    /// The whole.
    #[prop(into)]
    whole: Signal<u32>,
) -> impl IntoView {
    let percent = move || match (u64::from(part.get()), u64::from(whole.get())) {
        (_, 0) => 0,
        (part, whole) => (part * 100 / whole).min(100),
    };
    let full = move || percent() == 100;
    view! {
        <span class="meter" class:full=full aria-hidden="true" style:--share=move || format!("{}%", percent())>
            <b></b>
        </span>
    }
}
