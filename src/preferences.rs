//! What this browser remembers of how the person likes the portal. Nothing in here is a secret.

use leptos::prelude::window;
use portal_bridge::UserId;
use web_sys::Storage;

const DEVICE: &str = "portal.device";
const WORKER: &str = "portal.worker";
const IDLE: &str = "portal.idle";
const THEME: &str = "portal.theme";
const DENSITY: &str = "portal.density";
const ZONE: &str = "portal.zone";
const EMAIL: &str = "portal.email";
const MUTED: &str = "portal.muted";
const NEVER: &str = "never";

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How close the rows of a table stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Density {
    /// 44 pixels a row.
    #[default]
    Comfortable,
    /// 36 pixels a row.
    Compact,
}

/// The time zone every date is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zone {
    /// The browser's own.
    #[default]
    Local,
    /// Coordinated universal time, as server logs have it.
    Utc,
}

/// A stable identifier of this installation, made up at the first visit.
pub fn device_identifier() -> String {
    if let Some(known) = read(DEVICE).filter(|id| id.len() == 36) {
        return known;
    }
    let made = window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default();
    write(DEVICE, Some(&made));
    made
}

/// Name of the shared worker in which the core was last.
pub fn worker() -> Option<String> {
    read(WORKER)
}

/// Remembers in which shared worker the core is now.
pub fn remember_worker(name: &str) {
    write(WORKER, Some(name));
}

/// Minutes of idleness until the portal locks, as the core is told; `None` leaves it at the default.
pub fn idle_minutes() -> Option<u32> {
    read(IDLE)?.parse().ok()
}

/// Whether the person chose never to lock.
pub fn never_idle() -> bool {
    read(IDLE).as_deref() == Some(NEVER)
}

/// Remembers the idle lock; `None` is never.
pub fn remember_idle(minutes: Option<u32>) {
    match minutes {
        Some(minutes) => write(IDLE, Some(&minutes.to_string())),
        None => write(IDLE, Some(NEVER)),
    }
}

/// The e-mail address to begin a sign-in with, where the person wanted it remembered.
pub fn remembered_email() -> Option<String> {
    read(EMAIL)
}

/// Remembers the e-mail address, or forgets it.
pub fn remember_email(email: Option<&str>) {
    write(EMAIL, email);
}

/// The rules that are to point nothing out, by their keys.
pub fn muted_rules() -> Vec<String> {
    read(MUTED).unwrap_or_default().split(' ').filter(|key| !key.is_empty()).map(str::to_owned).collect()
}

/// Remembers them.
pub fn remember_muted_rules(keys: &[&str]) {
    write(MUTED, (!keys.is_empty()).then(|| keys.join(" ")).as_deref());
}

/// The theme chosen.
pub fn theme() -> Theme {
    match read(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Remembers the theme and shows it.
pub fn set_theme(theme: Theme) {
    let word = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    write(THEME, word);
    mark("data-theme", word);
}

/// The density chosen.
pub fn density() -> Density {
    match read(DENSITY).as_deref() {
        Some("compact") => Density::Compact,
        _ => Density::Comfortable,
    }
}

/// Remembers the density and shows it.
pub fn set_density(density: Density) {
    let word = match density {
        Density::Comfortable => None,
        Density::Compact => Some("compact"),
    };
    write(DENSITY, word);
    mark("data-density", word);
}

/// The time zone chosen.
pub fn zone() -> Zone {
    match read(ZONE).as_deref() {
        Some("utc") => Zone::Utc,
        _ => Zone::Local,
    }
}

/// Remembers the time zone. What is shown follows [`crate::format::set_zone`], which calls this.
pub(crate) fn remember_zone(zone: Zone) {
    write(ZONE, (zone == Zone::Utc).then_some("utc"));
}

/// The saved views of a kind of page, as they were written down.
pub(crate) fn views(kind: &str) -> String {
    read(&views_key(kind)).unwrap_or_default()
}

/// Remembers the saved views of a kind of page. Whether the browser keeps them.
pub(crate) fn remember_views(kind: &str, written: &str) -> bool {
    let key = views_key(kind);
    write(&key, (!written.is_empty()).then_some(written));
    views(kind) == written
}

/// The domains at which a person's colleagues have their addresses.
pub(crate) fn domains(person: UserId) -> Vec<String> {
    let kept = read(&domains_key(person)).unwrap_or_default();
    kept.split(' ').filter(|domain| !domain.is_empty()).map(str::to_owned).collect()
}

/// Remembers them. Whether the browser keeps them.
pub(crate) fn remember_domains(person: UserId, chosen: &[String]) -> bool {
    write(&domains_key(person), (!chosen.is_empty()).then(|| chosen.join(" ")).as_deref());
    domains(person) == chosen
}

/// Until when a person gave seats, as it was written down.
pub(crate) fn seat_ends(person: UserId) -> String {
    read(&seat_ends_key(person)).unwrap_or_default()
}

/// Remembers it. Whether the browser keeps it.
pub(crate) fn remember_seat_ends(person: UserId, written: &str) -> bool {
    write(&seat_ends_key(person), (!written.is_empty()).then_some(written));
    seat_ends(person) == written
}

fn seat_ends_key(person: UserId) -> String {
    format!("portal.seat-ends.{person}")
}

fn domains_key(person: UserId) -> String {
    format!("portal.domains.{person}")
}

fn views_key(kind: &str) -> String {
    format!("portal.views.{kind}")
}

/// Shows what is remembered.
pub fn show() {
    set_theme(theme());
    set_density(density());
}

fn mark(name: &str, word: Option<&str>) {
    if let Some(root) = leptos::prelude::document().document_element() {
        let _ = match word {
            Some(word) => root.set_attribute(name, word),
            None => root.remove_attribute(name),
        };
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}

fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// A browser that keeps nothing (private mode, full disk) is served all the same; the choice lasts until the reload.
fn write(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}
