//! Going from one client to another, into the same section.

use leptos::{ev, prelude::*};
use portal_bridge::{ClientSort, ClientsQuery, Direction, GetClients, Topic, Window};

use super::{
    picker::{Hit, Leads, Words, picker},
    shortcuts::is_plain,
    space::section_of,
    use_shell,
};
use crate::live::{live, memo};
use crate::messages::space as text;
use crate::router::use_router;
use crate::session::use_provider;
use crate::space::{Space, use_space};
use crate::ui::Glyph;
use crate::view::use_view;

/// Clients offered; the others are found by typing a letter more.
const MOST: u32 = 50;

/// The dialog, drawn while it is open, and the key that opens it anywhere in a client.
pub(super) fn switcher() -> impl IntoView {
    let (shell, space) = (use_shell(), use_space());
    let keys = window_event_listener(ev::keydown, move |event| {
        if !event.default_prevented() && is_plain(&event) && event.key().eq_ignore_ascii_case("w") {
            event.prevent_default();
            shell.switcher.set(true);
        }
    });
    on_cleanup(move || {
        keys.remove();
        shell.switcher.try_set(false);
    });
    live(move || shell.switcher.get().then(|| draw(space)))
}

fn draw(space: Space) -> impl IntoView {
    let (shell, provider, router) = (use_shell(), use_provider(), use_router());
    let typed = RwSignal::new(String::new());
    let found = use_view(
        move || {
            let query = ClientsQuery {
                provider: provider.id(),
                search: typed.get(),
                plan: None,
                needs: None,
                sort: ClientSort::Name,
                direction: Direction::Ascending,
            };
            Some(GetClients { query, window: Window { from: 0, count: MOST } })
        },
        move || vec![Topic::Clients(provider.id())],
    );
    let hits = memo(move || {
        let here = space.within().organization;
        let section = section_of(space, &router.path());
        let hit = |row: &portal_bridge::ClientRow| {
            let address = provider.path(&format!("clients/{}", row.organization));
            let now = row.organization == here;
            Hit {
                label: row.name.clone(),
                note: if now { text::here().to_owned() } else { row.plan.clone() },
                glyph: if now { Glyph::Check } else { Glyph::Building },
                leads: Leads::To(if section.is_empty() { address } else { format!("{address}/{section}") }),
            }
        };
        found.map(|view| view.rows.rows.iter().map(hit).collect::<Vec<_>>()).unwrap_or_default()
    });
    let words = Words { label: text::switch(), results: text::clients() };
    let take = move |hit: Hit| {
        if let Leads::To(address) = hit.leads {
            router.go(&address);
        }
    };
    picker(words, typed, hits, take, move || shell.switcher.set(false))
}
