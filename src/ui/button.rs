use leptos::{ev, html, prelude::*};

use super::{Glyph, Icon, Press, fresh_id};
use crate::live::handler;

/// How a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// One of several things to do.
    #[default]
    Plain,
    /// The one thing to do next.
    Go,
    /// In a bar of its like.
    Bare,
    /// Takes something away.
    Danger,
    /// Takes something away, and is what the dialog is for.
    DangerGo,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            ButtonKind::Plain => "btn",
            ButtonKind::Go => "btn go",
            ButtonKind::Bare => "btn bare",
            ButtonKind::Danger => "btn danger",
            ButtonKind::DangerGo => "btn danger go",
        }
    }
}

/// A button. While it has a `reason` it does nothing, stays focusable and tells the reason; while `busy` it does
/// nothing and turns a wheel.
#[component]
pub fn Button(
    /// Its words.
    #[prop(into)]
    label: Signal<String>,
    /// How it stands out.
    #[prop(optional)]
    kind: ButtonKind,
    /// Outline before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Why it cannot be used now.
    #[prop(optional, into)]
    reason: MaybeProp<String>,
    /// Whether what it began is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// As wide as its place.
    #[prop(optional)]
    wide: bool,
    /// What it does; none for a button that sends its form.
    #[prop(optional, into)]
    on_press: Option<Press>,
    /// A handle on the element.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
) -> impl IntoView {
    let id = fresh_id();
    let described = id.clone();
    let off = move || reason.get().is_some();
    // Hidden, the reason is no part of the name, and describes all the same.
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class()
            class:wide=wide
            node_ref=node_ref
            aria-disabled=move || (off() || busy.get()).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-describedby=move || off().then(|| described.clone())
            data-tip=move || reason.get()
            on:click=handler(move |event: ev::MouseEvent| {
                if reason.get_untracked().is_some() || busy.get_untracked() {
                    event.prevent_default();
                } else if let Some(press) = on_press {
                    press.run(());
                }
            })
        >
            {move || busy.get().then(|| view! { <span class="spin" aria-hidden="true"></span> }.into_any())}
            {icon.map(|glyph| view! { <Icon glyph /> }.into_any())}
            <span>{move || label.get()}</span>
            <span hidden id=id>{move || reason.get()}</span>
        </button>
    }
}

/// A button that is only an outline; its words are its name and its tip.
#[component]
pub fn IconButton(
    /// The outline.
    icon: Glyph,
    /// Its words.
    #[prop(into)]
    label: Signal<String>,
    /// Why it cannot be used now.
    #[prop(optional, into)]
    reason: MaybeProp<String>,
    /// What it does.
    #[prop(into)]
    on_press: Press,
) -> impl IntoView {
    let id = fresh_id();
    let described = id.clone();
    let off = move || reason.get().is_some();
    view! {
        <button
            type="button"
            class="btn bare only"
            aria-label=move || label.get()
            aria-disabled=move || off().then_some("true")
            aria-describedby=move || off().then(|| described.clone())
            data-tip=move || reason.get().unwrap_or_else(|| label.get())
            on:click=handler(move |_| {
                if reason.get_untracked().is_none() {
                    on_press.run(());
                }
            })
        >
            <Icon glyph=icon />
            <span hidden id=id>{move || reason.get()}</span>
        </button>
    }
}
