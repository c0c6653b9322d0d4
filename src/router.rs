//! Where the person is: the address bar as signals, and links followed without loading the page again.
//!
//! Leptos' own router made a page with two routes 43 KB larger (brotli 11), which is a fifth of the tab's budget; this is
//! what of it the portal needs.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, MouseEvent, UrlSearchParams};

/// The address, and the ways to change it. A handle that copies.
#[derive(Clone, Copy)]
pub struct Router {
    address: RwSignal<Address>,
    params: RwSignal<Vec<(&'static str, String)>>,
}

/// Path and query of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// The path, beginning with a slash.
    pub path: String,
    /// What follows the question mark, in order.
    pub query: Vec<(String, String)>,
}

/// The router of this tab.
pub fn use_router() -> Router {
    expect_context()
}

impl Router {
    /// Follows the address bar and every link of the page. Called once, when the app is mounted.
    pub fn follow() -> Self {
        let router = Self { address: RwSignal::new(here()), params: RwSignal::default() };
        let back = Closure::<dyn FnMut()>::new(move || router.address.set(here()));
        let click = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
            if let Some(to) = internal_link(&event) {
                event.prevent_default();
                router.go(&to);
            }
        });
        let window = window();
        let _ = window.add_event_listener_with_callback("popstate", back.as_ref().unchecked_ref());
        let _ = window.add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
        // Both live as long as the page.
        back.forget();
        click.forget();
        router
    }

    /// The path.
    pub fn path(self) -> String {
        self.address.with(|address| address.path.clone())
    }

    /// The whole address after the origin.
    pub fn address(self) -> Address {
        self.address.get()
    }

    /// The same without asking to be told of changes.
    pub fn address_untracked(self) -> Address {
        self.address.get_untracked()
    }

    /// The value of a key of the query.
    pub fn query(self, key: &str) -> Option<String> {
        self.address.with(|address| address.value(key).map(str::to_owned))
    }

    /// A part of the path that the route names, such as `provider`.
    pub fn param(self, name: &str) -> Option<String> {
        self.params.with(|params| params.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()))
    }

    /// The same, read as an id.
    pub fn id<T: std::str::FromStr>(self, name: &str) -> Option<T> {
        self.param(name)?.parse().ok()
    }

    /// Goes somewhere, with a new entry in the history.
    pub fn go(self, to: &str) {
        let _ = history().push_state_with_url(&JsValue::NULL, "", Some(to));
        self.address.set(here());
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    /// Goes somewhere in place of the current entry.
    pub fn replace(self, to: &str) {
        let _ = history().replace_state_with_url(&JsValue::NULL, "", Some(to));
        self.address.set(here());
    }

    /// Writes keys of the query in place; `None` takes a key away.
    pub fn set_query(self, changes: &[(&str, Option<&str>)]) {
        let mut address = self.address.get_untracked();
        for (key, value) in changes {
            address.set(key, *value);
        }
        if address != self.address.get_untracked() {
            self.replace(&address.text());
        }
    }

    pub(crate) fn set_params(self, params: Vec<(&'static str, String)>) {
        if self.params.with_untracked(|old| *old != params) {
            self.params.set(params);
        }
    }
}

impl Address {
    /// The value of a key of the query.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Sets a key of the query, or takes it away.
    pub fn set(&mut self, key: &str, value: Option<&str>) {
        match (self.query.iter_mut().find(|(name, _)| name == key), value) {
            (Some(pair), Some(value)) => value.clone_into(&mut pair.1),
            (Some(_), None) => self.query.retain(|(name, _)| name != key),
            (None, Some(value)) => self.query.push((key.to_owned(), value.to_owned())),
            (None, None) => {}
        }
    }

    /// Reads what [`Address::text`] wrote.
    pub fn read(text: &str) -> Self {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        Self { path: path.to_owned(), query: query_pairs(query) }
    }

    /// As it stands in the address bar.
    pub fn text(&self) -> String {
        let query = query_text(&self.query);
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }
}

/// Takes a pattern such as `/providers/:provider/clients` off a path: the values of its named parts, or no match.
pub fn matches(pattern: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut params = Vec::new();
    let mut parts = path.trim_matches('/').split('/');
    for expected in pattern.trim_matches('/').split('/') {
        let part = parts.next()?;
        match expected.strip_prefix(':') {
            Some(name) if !part.is_empty() => params.push((name, part.to_owned())),
            None if part == expected => {}
            _ => return None,
        }
    }
    parts.next().is_none().then_some(params)
}

fn history() -> web_sys::History {
    #[expect(
        clippy::expect_used,
        reason = "every window has a history; without one there is no page to show"
    )]
    window().history().expect("a window has a history")
}

/// The address of the page. Mail links of Bitwarden carry the address behind a `#`; it is taken out there.
fn here() -> Address {
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    if let Some(address) = hash.strip_prefix("#/") {
        let _ = history().replace_state_with_url(&JsValue::NULL, "", Some(&format!("/{address}")));
    }
    let path = location.pathname().unwrap_or_default();
    let search = location.search().unwrap_or_default();
    let path = if path.len() > 1 { path.trim_end_matches('/').to_owned() } else { path };
    Address { path, query: query_pairs(&search) }
}

fn query_pairs(search: &str) -> Vec<(String, String)> {
    let Ok(params) = UrlSearchParams::new_with_str(search) else { return Vec::new() };
    let mut pairs = Vec::new();
    for entry in js_sys::try_iter(&params).ok().flatten().into_iter().flatten().flatten() {
        let entry = js_sys::Array::from(&entry);
        pairs.push((
            entry.get(0).as_string().unwrap_or_default(),
            entry.get(1).as_string().unwrap_or_default(),
        ));
    }
    pairs
}

fn query_text(pairs: &[(String, String)]) -> String {
    let Ok(params) = UrlSearchParams::new() else { return String::new() };
    for (key, value) in pairs {
        params.append(key, value);
    }
    params.to_string().into()
}

/// Where a click leads within the portal; `None` when the browser should handle it.
fn internal_link(event: &MouseEvent) -> Option<String> {
    if event.default_prevented() || event.button() != 0 {
        return None;
    }
    if event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key() {
        return None;
    }
    let target: Element = AsRef::<Event>::as_ref(event).target()?.dyn_into().ok()?;
    let link: web_sys::HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let elsewhere = link.has_attribute("download") || !matches!(link.target().as_str(), "" | "_self");
    if elsewhere || link.origin() != window().location().origin().ok()? {
        return None;
    }
    if link.hash().len() > 1 && link.pathname() == window().location().pathname().ok()? {
        return None;
    }
    Some(format!("{}{}", link.pathname(), link.search()))
}
