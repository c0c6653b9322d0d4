//! The command palette: a few letters to any client, person, page or action.

use leptos::{html, prelude::*};
use portal_bridge::{Action, Jump, JumpTarget, Verdict};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{Shell, frame::PLACES, lock, sign_out, use_shell};
use crate::core_link::{Link, use_link};
use crate::live::{effect, handler, live, memo};
use crate::messages::{reasons, shell as text};
use crate::router::{Router, use_router};
use crate::session::{Provider, use_provider};
use crate::ui::{Glyph, Icon, small_letters};
use crate::view::use_view;

/// Clients and people each, at most.
const HITS: u32 = 8;

#[derive(Clone, PartialEq)]
struct Hit {
    label: String,
    note: String,
    glyph: Glyph,
    leads: Leads,
}

#[derive(Clone, PartialEq)]
enum Leads {
    To(String),
    /// It cannot be followed now; the note says why.
    Nowhere,
    Lock,
    SignOut,
    Shortcuts,
}

/// Drawn while it is open.
pub(super) fn palette() -> impl IntoView {
    let shell = use_shell();
    live(move || shell.palette.get().then(|| draw(shell)))
}

fn draw(shell: Shell) -> impl IntoView {
    let (provider, router, link) = (use_provider(), use_router(), use_link());
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let found = use_view(
        move || {
            let text = typed.get();
            let provider = provider.id();
            (!text.trim().is_empty()).then_some(Jump { provider, text, limit: HITS })
        },
        Vec::new,
    );
    let hits = memo(move || {
        let typed = typed.get();
        let mut hits = fixed(provider, typed.trim());
        if !typed.trim().is_empty() {
            let people_and_clients =
                found.map(|found| found.iter().map(|hit| from_core(provider, hit)).collect::<Vec<_>>());
            hits.splice(0..0, people_and_clients.unwrap_or_default());
        }
        hits
    });
    effect(move || {
        typed.track();
        chosen.set(0);
    });
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    let close = move || shell.palette.set(false);
    let take = move |index: usize| {
        let hit = hits.with_untracked(|hits| hits.get(index).cloned());
        if hit.as_ref().is_some_and(|hit| hit.leads == Leads::Nowhere) {
            return;
        }
        close();
        if let Some(hit) = hit {
            follow(&hit.leads, router, link, shell);
        }
    };
    let key = move |event: KeyboardEvent| {
        let count = hits.with_untracked(Vec::len).max(1);
        let next = match event.key().as_str() {
            "ArrowDown" => (chosen.get_untracked() + 1) % count,
            "ArrowUp" => (chosen.get_untracked() + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                return take(chosen.get_untracked());
            }
            "Escape" => {
                event.prevent_default();
                return close();
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        let shown = document().get_element_by_id(&option_id(next));
        if let Some(shown) = shown {
            shown.scroll_into_view_with_bool(false);
        }
    };
    view! {
        <dialog
            class="palette"
            aria-label=text::palette()
            node_ref=node
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                close();
            }
            on:keydown=|event: KeyboardEvent| event.stop_propagation()
            on:click=move |event: web_sys::MouseEvent| {
                // A click on the dialog itself is one beside its content.
                let on_veil = event.target().zip(node.get_untracked()).is_some_and(|(target, dialog)| target == *dialog.unchecked_ref::<web_sys::EventTarget>());
                if on_veil {
                    close();
                }
            }
        >
            <label class="ask">
                <Icon glyph=Glyph::Search />
                <input
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    autofocus
                    placeholder=text::palette()
                    aria-label=text::palette()
                    aria-expanded="true"
                    aria-controls="palette-hits"
                    aria-autocomplete="list"
                    aria-activedescendant=move || hits.with(|hits| !hits.is_empty()).then(|| option_id(chosen.get()))
                    bind:value=typed
                    on:keydown=key
                />
            </label>
            <div class="sr" role="status">{move || text::palette_found(hits.with(|hits| hits.len() as u32))}</div>
            <ul id="palette-hits" role="listbox" aria-label=text::palette_results()>
                {move || {
                    hits.get()
                        .into_iter()
                        .enumerate()
                        .map(|(index, hit)| view! {
                            <li
                                id=option_id(index)
                                role="option"
                                aria-disabled=(hit.leads == Leads::Nowhere).then_some("true")
                                aria-selected=move || if chosen.get() == index { "true" } else { "false" }
                                on:mousemove=handler(move |_| if chosen.get_untracked() != index { chosen.set(index) })
                                on:click=handler(move |_| take(index))
                            >
                                <Icon glyph=hit.glyph />
                                <bdi class="cut">{hit.label}</bdi>
                                <span class="quiet small cut">{hit.note}</span>
                            </li>
                        }.into_any())
                        .collect_view()
                }}
            </ul>
            {move || hits.with(Vec::is_empty).then(|| view! { <p class="quiet none">{text::palette_none()}</p> }.into_any())}
        </dialog>
    }
}

/// Pages and actions whose words contain what was typed.
fn fixed(provider: Provider, typed: &str) -> Vec<Hit> {
    let hit = |action, label: &str, kind: &str, path: &str, glyph| {
        let (note, leads) = match provider.verdict(action) {
            Verdict::Allowed => (kind, Leads::To(provider.path(path))),
            Verdict::Disabled(reason) => (reasons::reason(reason), Leads::Nowhere),
            Verdict::Hidden => return None,
        };
        Some(Hit { label: label.to_owned(), note: note.to_owned(), glyph, leads })
    };
    let action =
        |action, label: &str, path: &str, glyph| hit(action, label, text::kind_action(), path, glyph);
    let plain = |label: &str, glyph, leads| {
        Some(Hit { label: label.to_owned(), note: text::kind_action().to_owned(), glyph, leads })
    };
    let pages = PLACES
        .iter()
        .map(|place| hit(place.action, (place.label)(), text::kind_page(), place.path, place.glyph));
    let actions = [
        action(Action::CreateClient, text::new_client(), "clients/new", Glyph::Plus),
        action(Action::AddExisting, text::add_existing(), "clients/existing", Glyph::Link),
        action(Action::InviteStaff, text::invite_staff(), "staff/invite", Glyph::UserPlus),
        plain(text::switch_provider(), Glyph::Swap, Leads::To("/providers".to_owned())),
        plain(text::shortcuts(), Glyph::Keyboard, Leads::Shortcuts),
        plain(text::lock(), Glyph::Lock, Leads::Lock),
        plain(text::sign_out(), Glyph::SignOut, Leads::SignOut),
    ];
    let typed = small_letters(typed);
    pages.chain(actions).flatten().filter(|hit| small_letters(&hit.label).contains(&typed)).collect()
}

fn from_core(provider: Provider, hit: &portal_bridge::JumpHit) -> Hit {
    let (glyph, kind, to) = match hit.target {
        JumpTarget::Client(id) => {
            (Glyph::Building, text::kind_client(), provider.path(&format!("clients/{id}")))
        }
        JumpTarget::Staff(id) => {
            (Glyph::User, text::kind_person(), provider.path(&format!("staff?person={id}")))
        }
    };
    let note = hit.note.clone().unwrap_or_else(|| kind.to_owned());
    Hit { label: hit.label.clone(), note, glyph, leads: Leads::To(to) }
}

fn follow(leads: &Leads, router: Router, link: Link, shell: Shell) {
    match leads {
        Leads::To(address) => router.go(address),
        Leads::Nowhere => {}
        Leads::Lock => lock(link),
        Leads::SignOut => sign_out(link),
        Leads::Shortcuts => shell.shortcuts.set(true),
    }
}

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}
