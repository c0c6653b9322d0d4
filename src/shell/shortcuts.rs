//! Keys that work anywhere, and the list of all keys.

use leptos::{ev, prelude::*};
use portal_bridge::{Action, PortfolioView, SessionView, Verdict};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::{Shell, lock, use_shell};
use crate::core_link::use_link;
use crate::live::live;
use crate::messages::shell as text;
use crate::portfolio::Portfolio;
use crate::router::use_router;
use crate::session::Provider;
use crate::space::Space;
use crate::ui::Dialog;

/// How long after `g` its second letter may come.
const CHORD_MS: f64 = 1_500.0;

/// Listens for the keys that need no provider. Called once.
pub(super) fn listen(shell: Shell) {
    let link = use_link();
    let _ = window_event_listener(ev::keydown, move |event| {
        let open = matches!(link.session_untracked(), Some(SessionView::Open(_)));
        if !open || event.default_prevented() {
            return;
        }
        let command = event.ctrl_key() || event.meta_key();
        if command && !event.alt_key() && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            shell.palette.update(|open| *open = !*open);
        } else if is_plain(&event) {
            match event.key().as_str() {
                "?" => {
                    event.prevent_default();
                    shell.shortcuts.set(true);
                }
                "l" | "L" => lock(link),
                _ => {}
            }
        }
    });
}

/// The list of keys, and the keys that lead to pages of the provider, or of one's own clients.
pub(super) fn dialog() -> impl IntoView {
    let shell = use_shell();
    let (provider, router) = (use_context::<Provider>(), use_router());
    // Outside of a provider there are the pages of the clients one looks after oneself, if one does.
    let (portfolio, space) = (use_context::<Portfolio>(), use_context::<Space>());
    let chord = StoredValue::new(f64::MIN);
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || !is_plain(&event) {
            return;
        }
        let after_g = event.time_stamp() - chord.get_value() < CHORD_MS;
        chord.set_value(f64::MIN);
        let page = match (after_g, event.key().as_str()) {
            (false, "g") => return chord.set_value(event.time_stamp()),
            (true, "c") => ("clients", Action::ViewClients),
            (true, "s") => ("staff", Action::ViewStaff),
            (true, "t") => ("timeline", Action::ViewProviderEvents),
            (true, "e") => ("events", Action::ViewProviderEvents),
            (true, ",") => ("settings", Action::OpenProvider),
            (false, "n") => ("clients/new", Action::CreateClient),
            _ => return,
        };
        let Some(provider) = provider else {
            if let Some(address) = untrack(|| of_own(page.0, portfolio, space)) {
                event.prevent_default();
                router.go(address);
            }
            return;
        };
        if untrack(|| provider.verdict(page.1)) == Verdict::Allowed {
            event.prevent_default();
            router.go(&untrack(|| provider.path(page.0)));
        }
    });
    on_cleanup(move || keys.remove());
    live(move || {
        shell.shortcuts.get().then(|| {
            view! {
                <Dialog title=text::shortcuts().to_owned() wide=true on_close=move || shell.shortcuts.set(false)>
                    <div class="body shortcuts">
                        {group(text::keys_anywhere(), ANYWHERE)}
                        {group(text::keys_list(), IN_A_LIST)}
                    </div>
                </Dialog>
            }.into_any()
        })
    })
}

/// The same page of one's own clients, where there is one: over all of them, or from within one of several.
fn of_own(page: &str, portfolio: Option<Portfolio>, space: Option<Space>) -> Option<&'static str> {
    let within = space.and_then(|space| space.read(|view| view.in_portfolio)).unwrap_or_default();
    let has = |part: fn(&PortfolioView) -> bool| {
        portfolio.and_then(|portfolio| portfolio.view().map(part)).unwrap_or_default()
    };
    match page {
        "clients" => (within || portfolio.is_some()).then_some("/clients"),
        "clients/new" => has(|view| view.creates).then_some("/clients/new"),
        "staff" => (within || has(|view| view.own > 0)).then_some("/staff"),
        "timeline" => (within || has(|view| view.keeps_events)).then_some("/timeline"),
        _ => None,
    }
}

/// Keys, with the word for what they do; several keys are pressed one after the other.
type Key = (&'static [&'static str], fn() -> &'static str);

const ANYWHERE: &[Key] = &[
    (&["Ctrl K"], text::key_palette),
    (&["/"], text::key_search),
    (&["G", "C"], text::key_clients),
    (&["G", "S"], text::key_staff),
    (&["G", "T"], text::key_timeline),
    (&["G", "E"], text::key_events),
    (&["G", ","], text::key_settings),
    (&["N"], text::key_new),
    (&["W"], text::key_switch),
    (&["L"], text::key_lock),
    (&["?"], text::key_shortcuts),
    (&["Esc"], text::key_close),
];

const IN_A_LIST: &[Key] = &[
    (&["↑ ↓"], text::key_move),
    (&["Page ↑ ↓"], text::key_page),
    (&["Home End"], text::key_ends),
    (&["Enter"], text::key_open),
    (&["→"], text::key_inside),
    (&["Shift F10"], text::key_menu),
    (&["Space"], text::key_select),
    (&["Shift ↑ ↓"], text::key_range),
    (&["Ctrl A"], text::key_all),
];

fn group(name: &'static str, keys: &'static [Key]) -> impl IntoView {
    let lines = keys
        .iter()
        .map(|(keys, words)| {
            let keys = keys
                .iter()
                .enumerate()
                .map(|(at, key)| view! { {(at > 0).then(|| view! { " "<small>{text::then()}</small>" " }.into_any())} <kbd>{*key}</kbd> }.into_any())
                .collect_view();
            view! { <div><dt>{words()}</dt><dd>{keys}</dd></div> }.into_any()
        })
        .collect_view();
    view! {
        <section>
            <h3>{name}</h3>
            <dl>{lines}</dl>
        </section>
    }
}

/// Whether a key was pressed by itself, outside of anything that takes text and outside of what floats.
pub(super) fn is_plain(event: &KeyboardEvent) -> bool {
    let busy = event.target().and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|element| {
        matches!(
            element.closest("input:not([type=checkbox]), textarea, select, dialog, [role='menu']"),
            Ok(Some(_))
        )
    });
    !busy && !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.repeat()
}
