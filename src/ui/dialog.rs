use leptos::{ev, html, prelude::*};

use super::{Button, ButtonKind, Glyph, IconButton, InputKind, Press, TextField, dom, fresh_id};
use crate::live::{effect, handler};
use crate::messages::ui as text;

/// A modal dialog. It exists only while it is open: drawing it opens it, taking it away closes it and gives the focus
/// back to where it was.
#[component]
pub fn Dialog(
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Wider, for a table inside.
    #[prop(optional)]
    wide: bool,
    /// Whether Escape and the cross do nothing now, since something is under way.
    #[prop(optional, into)]
    held: Signal<bool>,
    /// Called when the person wants it closed. The caller takes it away.
    #[prop(into)]
    on_close: Press,
    /// Its content: usually a [`form`](html::form) or a `div` of the class `inner`.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading = fresh_id();
    let labelled = heading.clone();
    let opener = StoredValue::new_local(dom::focused());

    effect(move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
            focus_content(&dialog);
        }
    });
    on_cleanup(move || {
        let opener = opener.try_get_value().flatten();
        if let Some(dialog) = node.try_get_untracked().flatten() {
            dialog.close();
        }
        if let Some(opener) = opener {
            dom::focus(&opener);
        }
    });
    let close = move || {
        if !held.get_untracked() {
            on_close.run(());
        }
    };

    view! {
        <dialog
            class="dialog"
            class:wide=wide
            aria-labelledby=labelled
            node_ref=node
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                close();
            }
            on:keydown=handler(move |event: ev::KeyboardEvent| {
                // Chromium lets a second Escape pass by a prevented `cancel`; this one never gets that far.
                if event.key() == "Escape" && !event.default_prevented() {
                    event.prevent_default();
                    close();
                }
                event.stop_propagation();
            })
        >
            <div class="inner">
                <header>
                    <h2 id=heading>{move || title.get()}</h2>
                    <IconButton icon=Glyph::Close label=text::close().to_owned() on_press=close />
                </header>
                {children()}
            </div>
        </dialog>
    }
}

/// The browser gives the focus to the first control, which is the cross; the one it should go to comes after the header.
fn focus_content(dialog: &web_sys::HtmlDialogElement) {
    let at_cross = dom::focused().is_some_and(|element| matches!(element.closest("header"), Ok(Some(_))));
    let content = "header ~ * :is(a[href], button, input, select, textarea):not(:disabled, [tabindex='-1'])";
    if at_cross && let Some(control) = dom::first(dialog, content) {
        dom::focus(&control);
    }
}

/// A dialog that asks before something harmful. It names the consequences, and where `typed` is given the person has
/// to type that text first.
#[component]
pub fn ConfirmDialog(
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// The verb on the button.
    #[prop(into)]
    verb: Signal<String>,
    /// Whether it takes something away.
    #[prop(default = true)]
    danger: bool,
    /// Text to be typed, such as the name of what is deleted.
    #[prop(optional, into)]
    typed: Option<String>,
    /// Why it cannot be done now.
    #[prop(optional, into)]
    reason: MaybeProp<String>,
    /// Whether it is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Called when the person wants it done.
    #[prop(into)]
    on_confirm: Press,
    /// Called when the person wants it closed.
    #[prop(into)]
    on_close: Press,
    /// The consequences.
    children: Children,
) -> impl IntoView {
    let answer = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<String>);
    let wanted = StoredValue::new(typed.clone());
    let submit = move || {
        let matches = wanted.with_value(|wanted| {
            wanted
                .as_ref()
                .is_none_or(|wanted| answer.with_untracked(|answer| answer.trim() == wanted.trim()))
        });
        if matches {
            fault.set(None);
            on_confirm.run(());
        } else {
            fault.set(wanted.with_value(|wanted| wanted.as_deref().map(text::type_exactly)));
        }
    };
    view! {
        <Dialog title held=busy on_close>
            <form
                class="inner"
                novalidate
                on:submit=handler(move |event: ev::SubmitEvent| {
                    event.prevent_default();
                    if !busy.get_untracked() && reason.get_untracked().is_none() {
                        submit();
                    }
                })
            >
                <div class="body">
                    {children()}
                    {typed.map(|typed| view! {
                        <TextField label=text::type_to_confirm(&typed) value=answer fault kind=InputKind::Text first=true />
                    }.into_any())}
                </div>
                <footer>
                    <Button label=text::cancel().to_owned() on_press=move || if !busy.get_untracked() { on_close.run(()) } />
                    <Button label=verb kind=if danger { ButtonKind::DangerGo } else { ButtonKind::Go } submit=true busy reason />
                </footer>
            </form>
        </Dialog>
    }
}
