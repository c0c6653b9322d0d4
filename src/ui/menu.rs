use std::{cell::RefCell, rc::Rc};

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{ButtonKind, Glyph, Icon, dom, fresh_id};
use crate::live::{effect, handler, live};

/// The menu of the page; there is at most one open. A handle that copies.
#[derive(Clone, Copy)]
pub struct Menus {
    open: RwSignal<Option<Rc<Opened>>, LocalStorage>,
}

/// A line of a menu.
pub enum MenuEntry {
    /// Something to do.
    Item(MenuItem),
    /// Words above a group.
    Group(String),
    /// A line between groups.
    Line,
}

/// Something to do, in a menu.
pub struct MenuItem {
    label: String,
    note: Option<String>,
    glyph: Option<Glyph>,
    checked: Option<bool>,
    danger: bool,
    enabled: bool,
    run: Rc<dyn Fn()>,
}

impl MenuItem {
    /// An item with its words.
    pub fn new(label: impl Into<String>, run: impl Fn() + 'static) -> Self {
        Self {
            label: label.into(),
            note: None,
            glyph: None,
            checked: None,
            danger: false,
            enabled: true,
            run: Rc::new(run),
        }
    }

    /// With an outline.
    pub fn glyph(mut self, glyph: Glyph) -> Self {
        self.glyph = Some(glyph);
        self
    }

    /// With a second line.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// As one of several that are on or off.
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = Some(checked);
        self
    }

    /// Marked as taking something away.
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Not to be used now, where there is a reason; the reason stands under it.
    pub fn reason(mut self, reason: Option<String>) -> Self {
        if let Some(reason) = reason {
            self.note = Some(reason);
            self.enabled = false;
        }
        self
    }
}

impl From<MenuItem> for MenuEntry {
    fn from(item: MenuItem) -> Self {
        MenuEntry::Item(item)
    }
}

/// What is open, and from where.
struct Opened {
    anchor: HtmlElement,
    label: String,
    entries: Vec<MenuEntry>,
}

impl Menus {
    /// Makes the menu of the page known to everything below.
    pub fn provide() -> Self {
        let menus = Self { open: RwSignal::new_local(None) };
        provide_context(menus);
        menus
    }

    /// The menu of the page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Opens a menu at an element; the same element again closes it. An empty menu stays closed.
    pub fn open(self, anchor: &HtmlElement, label: impl Into<String>, entries: Vec<MenuEntry>) {
        let same = self.open.with_untracked(|open| open.as_ref().is_some_and(|open| open.anchor == *anchor));
        self.close(false);
        if !same && !entries.is_empty() {
            let _ = anchor.set_attribute("aria-expanded", "true");
            self.open.set(Some(Rc::new(Opened { anchor: anchor.clone(), label: label.into(), entries })));
        }
    }

    /// Closes what is open, giving the focus back where that is wanted.
    pub fn close(self, focus_back: bool) {
        let Some(opened) = self.open.get_untracked() else { return };
        let _ = opened.anchor.set_attribute("aria-expanded", "false");
        if focus_back {
            dom::focus(&opened.anchor);
        }
        self.open.set(None);
    }
}

/// Where the menu of the page is drawn; once, at the end of the page.
#[component]
pub fn MenuLayer() -> impl IntoView {
    let menus = Menus::of_page();
    live(move || menus.open.get().map(|opened| draw(menus, &opened)))
}

fn draw(menus: Menus, opened: &Rc<Opened>) -> impl IntoView + use<> {
    let node = NodeRef::<html::Div>::new();
    let anchor = StoredValue::new_local(opened.anchor.clone());
    effect(move || {
        let Some(menu) = node.get() else { return };
        // All that stands outside of a modal dialog is dead while it is open, whatever it floats above.
        if let Some(Ok(Some(dialog))) = anchor.try_with_value(|anchor| anchor.closest("dialog")) {
            let _ = dialog.append_child(&menu);
        }
        let _ = menu.show_popover();
        anchor.with_value(|anchor| place(&menu, anchor));
        if let Some(first) = items(&menu).first() {
            dom::focus(first);
        }
    });
    // A press outside closes it; the anchor opens and closes by itself.
    let outside = window_event_listener(ev::mousedown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let holds = |element: &HtmlElement| element.contains(target.as_ref());
        let inside = node.get_untracked().is_some_and(|menu| menu.contains(target.as_ref()));
        if !inside && !anchor.with_value(holds) {
            menus.close(false);
        }
    });
    let resize = window_event_listener(ev::resize, move |_| menus.close(false));
    on_cleanup(move || {
        outside.remove();
        resize.remove();
        // It may stand in a dialog, and would stay there.
        if let Some(menu) = node.try_get_untracked().flatten() {
            menu.remove();
        }
    });
    let typed = StoredValue::new_local(RefCell::new((String::new(), 0.0_f64)));
    let label = opened.label.clone();
    let place = label.clone();
    let entries: Vec<_> = (0..opened.entries.len()).map(|index| entry(menus, opened, index)).collect();
    view! {
        <section aria-label=place>
            <div
                class="menu"
                role="menu"
                popover="manual"
                aria-label=label
                node_ref=node
                on:keydown=handler(move |event: ev::KeyboardEvent| {
                    if let Some(menu) = node.get_untracked() {
                        typed.with_value(|typed| key(menus, &menu, &event, &mut typed.borrow_mut()));
                    }
                })
            >
                {entries}
            </div>
        </section>
    }
}

fn entry(menus: Menus, opened: &Rc<Opened>, index: usize) -> AnyView {
    match opened.entries.get(index) {
        Some(MenuEntry::Item(item)) => {
            let icon = match item.checked {
                Some(true) => Some(Glyph::Check),
                Some(false) => None,
                None => item.glyph,
            };
            let (enabled, run) = (item.enabled, StoredValue::new_local(item.run.clone()));
            view! {
                <button
                    type="button"
                    role=if item.checked.is_some() { "menuitemradio" } else { "menuitem" }
                    aria-checked=item.checked.map(|checked| if checked { "true" } else { "false" })
                    aria-disabled=(!enabled).then_some("true")
                    class:danger=item.danger && enabled
                    tabindex="-1"
                    on:click=handler(move |_| {
                        if enabled {
                            let run = run.get_value();
                            menus.close(true);
                            run();
                        }
                    })
                >
                    {icon.map(|glyph| view! { <Icon glyph /> }.into_any())}
                    <span class="text">{item.label.clone()}</span>
                    {item.note.clone().map(|note| view! { <span class="note">{note}</span> }.into_any())}
                </button>
            }
            .into_any()
        }
        Some(MenuEntry::Group(words)) => {
            view! { <div class="group" role="presentation">{words.clone()}</div> }.into_any()
        }
        Some(MenuEntry::Line) => view! { <hr /> }.into_any(),
        None => ().into_any(),
    }
}

fn items(menu: &HtmlElement) -> Vec<HtmlElement> {
    dom::all(menu, "[role^='menuitem']")
}

/// Keys in an open menu: arrows, Home and End move, letters jump, Escape and Tab close.
fn key(menus: Menus, menu: &HtmlElement, event: &KeyboardEvent, typed: &mut (String, f64)) {
    let items = items(menu);
    let here = dom::focused().and_then(|focused| items.iter().position(|item| *item == focused));
    let count = items.len().max(1);
    let next = match event.key().as_str() {
        "ArrowDown" => here.map_or(0, |here| (here + 1) % count),
        "ArrowUp" => here.map_or(count - 1, |here| (here + count - 1) % count),
        "Home" => 0,
        "End" => count - 1,
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            return menus.close(true);
        }
        "Tab" => return menus.close(true),
        letter
            if letter.chars().count() == 1
                && letter != " "
                && !event.ctrl_key()
                && !event.meta_key()
                && !event.alt_key() =>
        {
            let labels: Vec<String> = items
                .iter()
                .map(|item| dom::small_letters(item.text_content().unwrap_or_default().trim()))
                .collect();
            // Letters typed within a second belong together.
            if event.time_stamp() - typed.1 > 1_000.0 {
                typed.0.clear();
            }
            typed.0.push_str(&dom::small_letters(letter));
            typed.1 = event.time_stamp();
            let start = here.map_or(0, |here| if typed.0.chars().count() == 1 { here + 1 } else { here });
            match (0..count)
                .map(|step| (start + step) % count)
                .find(|&at| labels.get(at).is_some_and(|label| label.starts_with(&typed.0)))
            {
                Some(found) => found,
                None => return,
            }
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(item) = items.get(next) {
        dom::focus(item);
    }
}

/// Under its anchor, ending where the anchor ends where it would leave the page, or above where there is no room.
pub(super) fn place(menu: &HtmlElement, anchor: &HtmlElement) {
    let rect = anchor.get_bounding_client_rect();
    let (width, height) = (f64::from(menu.offset_width()), f64::from(menu.offset_height()));
    let Some(page) = document().document_element() else { return };
    let (room_x, room_y) = (f64::from(page.client_width()), f64::from(page.client_height()));
    let left = if rect.left() + width > room_x - 8.0 { rect.right() - width } else { rect.left() };
    let below = rect.bottom() + 4.0;
    let top = if below + height > room_y - 8.0 { (rect.top() - height - 4.0).max(8.0) } else { below };
    dom::set_pixels(menu, "left", left.max(8.0));
    dom::set_pixels(menu, "top", top);
}

/// A button that opens a menu.
#[component]
pub fn MenuButton(
    /// Its words; only its name where there is an outline and `bare`.
    #[prop(into)]
    label: Signal<String>,
    /// Outline before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Show the outline alone.
    #[prop(optional)]
    only: bool,
    /// How it stands out.
    #[prop(optional)]
    kind: ButtonKind,
    /// Another class instead of a button's.
    #[prop(optional)]
    class: Option<&'static str>,
    /// What the menu holds now.
    #[prop(into)]
    entries: UnsyncCallback<(), Vec<MenuEntry>>,
) -> impl IntoView {
    let menus = Menus::of_page();
    let node = NodeRef::<html::Button>::new();
    let class = class.unwrap_or(match (kind, only) {
        (ButtonKind::Go, _) => "btn go",
        (ButtonKind::Bare, true) => "btn bare only",
        (ButtonKind::Bare, false) => "btn bare",
        (_, true) => "btn only",
        (_, false) => "btn",
    });
    let open = move || {
        if let Some(button) = node.get_untracked() {
            menus.open(&button, label.get_untracked(), entries.run(()));
        }
    };
    view! {
        <button
            type="button"
            class=class
            id=fresh_id()
            aria-haspopup="menu"
            aria-expanded="false"
            aria-label=move || only.then(|| label.get())
            data-tip=move || only.then(|| label.get())
            node_ref=node
            on:click=handler(move |_| open())
            on:keydown=handler(move |event: ev::KeyboardEvent| {
                if event.key() == "ArrowDown" {
                    event.prevent_default();
                    open();
                }
            })
        >
            {icon.map(|glyph| view! { <Icon glyph /> }.into_any())}
            {(!only).then(|| view! { <span>{move || label.get()}</span> }.into_any())}
        </button>
    }
}
