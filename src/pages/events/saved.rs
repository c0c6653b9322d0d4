//! Views of a page that were given a name. Each is a query of the page's address, kept by this browser.
//!
//! A search that was typed is part of a view, so it comes into the browser's storage in the clear. It stands in the
//! address, and with it in the history, anyway; nothing that is a secret ever does.

use leptos::prelude::*;

use crate::form::{DialogForm, Sending};
use crate::format::isolate;
use crate::live::{handler, live, memo};
use crate::messages::timeline as text;
use crate::preferences;
use crate::router::{Address, Router, use_router};
use crate::ui::{Dialog, MenuButton, MenuEntry, MenuItem, Press, TextField, Toasts};

/// At most so many views of one kind of page, with names of at most so many characters, and queries of so many bytes.
const MOST: usize = 50;
const NAME_LIMIT: u32 = 60;
const QUERY_LIMIT: usize = 4_000;

/// Kinds of pages with views of their own.
pub(super) const TIMELINE: &str = "timeline";

#[derive(Clone, Copy, PartialEq)]
enum Opened {
    Save,
    Remove,
}

/// A button with the views of a kind of page: to go to one, to save what is shown as another, to remove one.
pub(super) fn button(kind: &'static str) -> AnyView {
    let router = use_router();
    let opened = RwSignal::new(None::<Opened>);
    let entries = move || {
        let views = Views::of(kind);
        let now = query_of(router);
        let mut entries: Vec<MenuEntry> = Vec::new();
        for (name, query) in views.0.query.clone() {
            let here = query == now;
            entries.push(MenuItem::new(name, move || open(router, &query)).checked(here).into());
        }
        if entries.is_empty() {
            entries.push(MenuEntry::Group(text::views_none().to_owned()));
        }
        entries.push(MenuEntry::Line);
        let full = (views.0.query.len() >= MOST).then(|| text::views_full(MOST as u32));
        entries.push(
            MenuItem::new(text::view_save_(), move || opened.set(Some(Opened::Save))).reason(full).into(),
        );
        if !views.0.query.is_empty() {
            entries
                .push(MenuItem::new(text::view_remove_(), move || opened.set(Some(Opened::Remove))).into());
        }
        entries
    };
    let close = move || opened.set(None);
    view! {
        <MenuButton label=text::views().to_owned() entries />
        {live(move || match opened.get() {
            Some(Opened::Save) => view! { <SaveDialog kind on_close=close /> }.into_any(),
            Some(Opened::Remove) => view! { <RemoveDialog kind on_close=close /> }.into_any(),
            None => ().into_any(),
        })}
    }
    .into_any()
}

/// Goes to a view of the page that is shown.
fn open(router: Router, query: &str) {
    let path = router.address_untracked().path;
    router.go(&Address::read(&format!("{path}?{query}")).text());
}

fn query_of(router: Router) -> String {
    let address = Address { path: String::new(), ..router.address_untracked() };
    address.text().trim_start_matches('?').to_owned()
}

#[component]
fn SaveDialog(kind: &'static str, #[prop(into)] on_close: Press) -> impl IntoView {
    let (router, toasts) = (use_router(), Toasts::of_page());
    let name = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<String>);
    let trimmed = memo(move || name.with(|name| name.trim().to_owned()));
    let taken = memo(move || trimmed.with(|name| Views::of(kind).0.value(name).is_some()));
    let verb =
        Signal::derive(move || if taken.get() { text::view_replace() } else { text::view_save() }.to_owned());
    let hint = MaybeProp::from(Signal::derive(move || taken.get().then(|| text::view_taken().to_owned())));
    let submit = move || {
        let mut views = Views::of(kind);
        match views.save(&trimmed.get_untracked(), &query_of(router)) {
            Ok(()) => {
                let kept = views.keep(kind);
                toasts.say(if kept {
                    text::view_saved(&isolate(&trimmed.get_untracked()))
                } else {
                    text::views_not_kept().to_owned()
                });
                on_close.run(());
            }
            Err(words) => fault.set(Some(words)),
        }
    };
    view! {
        <Dialog title=text::view_save_title().to_owned() on_close>
            <DialogForm sending=Sending::new(&[]) verb on_submit=submit on_close>
                <p>{text::view_save_body()}</p>
                <TextField label=text::view_name().to_owned() value=name limit=NAME_LIMIT hint fault first=true />
            </DialogForm>
        </Dialog>
    }
}

#[component]
fn RemoveDialog(kind: &'static str, #[prop(into)] on_close: Press) -> impl IntoView {
    let toasts = Toasts::of_page();
    let remove = move |name: String| {
        let mut views = Views::of(kind);
        let query = views.0.value(&name).unwrap_or_default().to_owned();
        views.0.set(&name, None);
        if views.keep(kind) {
            let said = text::view_removed(&isolate(&name));
            // Read anew: another tab may have saved one meanwhile.
            let back = move || {
                let mut views = Views::of(kind);
                if views.save(&name, &query).is_err() || !views.keep(kind) {
                    toasts.say(text::views_not_kept());
                }
            };
            toasts.undoable(said, back);
        } else {
            toasts.say(text::views_not_kept());
        }
        on_close.run(());
    };
    let line = move |name: String| {
        let (label, shown) = (text::view_remove_named(&name), name.clone());
        view! {
            <li>
                <bdi>{shown}</bdi>
                <button type="button" class="btn" aria-label=label on:click=handler(move |_| remove(name.clone()))>
                    {text::view_remove()}
                </button>
            </li>
        }
        .into_any()
    };
    let names = Views::of(kind).0.query.into_iter().map(|(name, _)| name);
    view! {
        <Dialog title=text::view_remove_title().to_owned() on_close>
            <div class="body">
                <ul class="views">{names.map(line).collect_view()}</ul>
            </div>
        </Dialog>
    }
}

/// Names with the query each stands for, in the order they were saved in; written down as a query themselves.
#[derive(Clone, Debug, PartialEq)]
struct Views(Address);

impl Views {
    /// Those this browser keeps.
    fn of(kind: &str) -> Self {
        Self::read(&preferences::views(kind))
    }

    /// What somebody else has written there is left out, as far as it is none.
    fn read(kept: &str) -> Self {
        let mut views = Self(Address::default());
        for (name, query) in Address::read(&format!("?{kept}")).query {
            // One that does not fit is not shown; it goes when another is saved.
            let _ = views.save(&name, &query);
        }
        views
    }

    /// Adds a view, or replaces that of the same name. What is wrong otherwise, in words; nothing is changed then.
    fn save(&mut self, name: &str, query: &str) -> Result<(), String> {
        if name.trim().is_empty() {
            return Err(text::view_unnamed().to_owned());
        }
        if name.chars().count() > NAME_LIMIT as usize {
            return Err(text::view_name_long(NAME_LIMIT));
        }
        if query.len() > QUERY_LIMIT {
            return Err(text::view_long().to_owned());
        }
        if self.0.value(name).is_none() && self.0.query.len() >= MOST {
            return Err(text::views_full(MOST as u32));
        }
        self.0.set(name, Some(query));
        Ok(())
    }

    /// Whether the browser keeps them.
    fn keep(&self, kind: &str) -> bool {
        preferences::remember_views(kind, self.0.text().trim_start_matches('?'))
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "a test may")]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn named(names: &[&str]) -> Views {
        let mut views = Views(Address::default());
        for name in names {
            views.save(name, "days=7").unwrap();
        }
        views
    }

    #[wasm_bindgen_test]
    fn what_was_saved_is_found_again_whatever_its_name() {
        let names = ["<b>Nights & “more”</b>", "a=b&c?d#e", "مساء", "__proto__"];
        let mut views = named(&names);
        views.save("Ana", "search=%3Cb%3E&person=1&from=2026-03-02T14%3A00").unwrap();
        assert!(views.keep("test"));
        assert_eq!(Views::of("test"), views);
        assert!(Views(Address::default()).keep("test"));
        assert_eq!(Views::of("test").0.query, []);
    }

    #[wasm_bindgen_test]
    fn a_view_of_the_same_name_replaces_it_in_its_place() {
        let mut views = named(&["One", "Two"]);
        views.save("One", "days=90").unwrap();
        let expected = [("One".to_owned(), "days=90".to_owned()), ("Two".to_owned(), "days=7".to_owned())];
        assert_eq!(views.0.query, expected);
    }

    #[wasm_bindgen_test]
    fn a_view_without_a_name_or_beyond_the_limits_is_refused_and_changes_nothing() {
        let many: Vec<String> = (0..MOST).map(|at| at.to_string()).collect();
        let full = named(&many.iter().map(String::as_str).collect::<Vec<_>>());
        for (name, query) in
            [("", "days=7"), (&*"n".repeat(61), "days=7"), ("Long", &*"q".repeat(4_001)), ("More", "days=7")]
        {
            let mut views = full.clone();
            assert!(views.save(name, query).is_err(), "{name}");
            assert_eq!(views, full);
        }
        // Replacing one takes no more room.
        assert!(full.clone().save("7", "days=90").is_ok());
    }

    #[wasm_bindgen_test]
    fn what_stands_in_the_storage_and_is_no_list_of_views_is_no_harm() {
        let long = format!("{}=days", "n".repeat(10_000));
        for damaged in ["", "&&&", "%%%", "=days", "{\"a\":1", &long] {
            assert!(Views::read(damaged).0.query.len() <= 1, "{damaged}");
        }
        let many: String = (0..500).map(|at| format!("{at}=x&")).collect();
        assert_eq!(Views::read(&many).0.query.len(), MOST);
    }
}
