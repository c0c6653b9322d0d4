//! The command palette: a few letters to any client, person, page or action.

use leptos::prelude::*;
use portal_bridge::{Action, Jump, JumpTarget, Verdict};

use super::{
    Shell,
    billing::SECTIONS,
    frame::PLACES,
    lock,
    picker::{Hit, Leads, Words, picker},
    sign_out, use_shell,
};
use crate::core_link::{Link, use_link};
use crate::live::{live, memo};
use crate::messages::{reasons, shell as text};
use crate::router::{Router, use_router};
use crate::session::{Provider, use_provider};
use crate::ui::{Glyph, small_letters};
use crate::view::use_view;

/// Clients and people each, at most.
const HITS: u32 = 8;

/// Drawn while it is open.
pub(super) fn palette() -> impl IntoView {
    let shell = use_shell();
    live(move || shell.palette.get().then(|| draw(shell)))
}

fn draw(shell: Shell) -> impl IntoView {
    let (provider, router, link) = (use_provider(), use_router(), use_link());
    let typed = RwSignal::new(String::new());
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
    let words = Words { label: text::palette(), results: text::palette_results() };
    let take = move |hit: Hit| follow(&hit.leads, router, link, shell);
    picker(words, typed, hits, take, move || shell.palette.set(false))
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
    let of_billing = SECTIONS.iter().map(|section| {
        let address = format!("billing/{}", section.path);
        hit(section.action, (section.label)(), text::kind_page(), &address, Glyph::Banknote)
    });
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
    pages
        .chain(of_billing)
        .chain(actions)
        .flatten()
        .filter(|hit| small_letters(&hit.label).contains(&typed))
        .collect()
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
