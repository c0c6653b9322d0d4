//! What is concealed: shown and copied only when somebody asks, which the log is told; and one-time codes.

use std::{rc::Rc, time::Duration};

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{CipherId, GetOneTimeCode, ItemPart, OneTimeCode, RevealPart};

use super::Page;
use crate::format;
use crate::live::{effect, live};
use crate::messages::{item as text, problems};
use crate::ui::{Bring, CopySecret, Glyph, IconButton};

/// A concealed value with its buttons.
pub(super) fn concealed(page: Page, id: CipherId, part: ItemPart, name: String) -> AnyView {
    let shown = RwSignal::new(None::<String>);
    let toggle = move || {
        if shown.get_untracked().is_some() {
            shown.set(None);
            return;
        }
        spawn_local(async move {
            if let Some(value) = value_of(page, id, part, false).await {
                shown.try_set(Some(value));
            }
        });
    };
    let label = {
        let name = format::isolate(&name);
        Signal::derive(
            move || if shown.with(Option::is_some) { text::hide(&name) } else { text::show(&name) },
        )
    };
    view! {
        {move || match shown.get() {
            Some(value) => view! { <bdi class="value mono lines">{value}</bdi> }.into_any(),
            None => view! { <span class="value mono quiet" aria-label=text::concealed() role="img">"••••••••"</span> }.into_any(),
        }}
        {move || {
            let icon = if shown.with(Option::is_some) { Glyph::EyeOff } else { Glyph::Eye };
            view! { <IconButton icon label on_press=toggle /> }.into_any()
        }}
        {copy_button(page, id, part, &name)}
    }
    .into_any()
}

/// Copies a value, whether it is seen or not.
pub(super) fn copy_button(page: Page, id: CipherId, part: ItemPart, name: &str) -> AnyView {
    let bring: Bring = Rc::new(move || Box::pin(value_of(page, id, part, true)));
    view! { <CopySecret bring label=text::copy(&format::isolate(name)) /> }.into_any()
}

/// The one-time code of a login, which follows the clock.
pub(super) fn code(page: Page, id: CipherId) -> AnyView {
    let now = RwSignal::new(None::<OneTimeCode>);
    let broken = RwSignal::new(false);
    let read = move || {
        spawn_local(async move {
            let code = ask_code(page, id).await;
            broken.try_set(code.is_none());
            now.try_set(code);
        });
    };
    effect(read);
    let tick = move || {
        let over = now.try_update(|now| match now {
            Some(code) if code.seconds_left > 1 => {
                code.seconds_left -= 1;
                false
            }
            now => now.is_some(),
        });
        if over == Some(true) {
            read();
        }
    };
    if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || timer.clear());
    }
    // What is copied is the code of this moment, however long the page has slept.
    let bring: Bring =
        Rc::new(move || Box::pin(async move { ask_code(page, id).await.map(|code| code.code) }));
    view! {
        <dt>{text::code()}</dt>
        <dd class="held">
            {live(move || broken.get().then(|| view! { <em class="quiet">{text::no_code()}</em> }))}
            {live(move || now.get().map(|now| view! {
                <span class="value code">{grouped(&now.code)}</span>
                <span class="quiet figures">{text::code_left(now.seconds_left)}</span>
            }))}
            <CopySecret bring label=text::copy(text::code()) />
        </dd>
    }
    .into_any()
}

async fn ask_code(page: Page, id: CipherId) -> Option<OneTimeCode> {
    page.link.ask(GetOneTimeCode { within: page.space.within_untracked(), id }).await.ok()
}

/// Halves of a code read better than the whole.
fn grouped(code: &str) -> String {
    match code.split_at_checked(code.len().div_ceil(2)) {
        Some((first, second)) => format!("{first}\u{2009}{second}"),
        None => code.to_owned(),
    }
}

/// The value, from the core; what kept it is said.
pub(super) async fn value_of(page: Page, id: CipherId, part: ItemPart, copying: bool) -> Option<String> {
    let question = RevealPart { within: page.space.within_untracked(), id, part, copying };
    match page.link.ask(question).await {
        Ok(secret) => String::from_utf8(secret.bytes().to_vec()).ok(),
        Err(problem) => {
            page.toasts.say(problems::problem(&problem));
            None
        }
    }
}
