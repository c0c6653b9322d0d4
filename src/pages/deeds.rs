//! What can be done with one person of a list, as a menu and as buttons.

use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, Glyph, MenuEntry, MenuItem};

/// Something to do with one person.
pub(super) struct Deed {
    pub(super) words: &'static str,
    pub(super) glyph: Glyph,
    pub(super) danger: bool,
    /// Why it cannot be done now.
    pub(super) reason: Option<String>,
    pub(super) run: Box<dyn Fn()>,
}

/// As the menu of a row.
pub(super) fn menu(deeds: Vec<Deed>) -> Vec<MenuEntry> {
    let entry = |deed: Deed| {
        let item = MenuItem::new(deed.words, deed.run).glyph(deed.glyph).reason(deed.reason);
        if deed.danger { item.danger().into() } else { item.into() }
    };
    deeds.into_iter().map(entry).collect()
}

/// As buttons, below a look at the person.
pub(super) fn buttons(deeds: Vec<Deed>) -> AnyView {
    let button = |deed: Deed| {
        let kind = if deed.danger { ButtonKind::Danger } else { ButtonKind::Plain };
        let run = deed.run;
        view! { <Button label=deed.words.to_owned() icon=deed.glyph kind reason=deed.reason on_press=move || run() /> }
            .into_any()
    };
    view! { <div class="deeds">{deeds.into_iter().map(button).collect_view()}</div> }.into_any()
}
