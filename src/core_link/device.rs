//! What the core is told of the device. Nothing in here is a secret, so it may lie in the browser's storage.

use portal_bridge::Hello;

use crate::preferences;

/// The greeting of this tab.
pub(crate) fn hello() -> Hello {
    let agent = leptos::prelude::window().navigator().user_agent().unwrap_or_default();
    let (device_name, device_type) = browser(&agent);
    Hello {
        device_identifier: preferences::device_identifier(),
        device_name: device_name.to_owned(),
        device_type,
        origin: leptos::prelude::window().location().origin().unwrap_or_default(),
        idle_minutes: preferences::idle_minutes(),
    }
}

/// The browser's name and Bitwarden's number for it, from its own description. The order matters: each claims to be the
/// ones after it.
fn browser(agent: &str) -> (&'static str, i32) {
    const KNOWN: [(&str, &str, i32); 6] = [
        ("Vivaldi/", "vivaldi", 18),
        ("OPR/", "opera", 11),
        ("Edg/", "edge", 12),
        ("Firefox/", "firefox", 10),
        ("Chrome/", "chrome", 9),
        ("Safari/", "safari", 17),
    ];
    const UNKNOWN: (&str, i32) = ("unknown", 14);
    KNOWN
        .iter()
        .find(|(mark, _, _)| agent.contains(mark))
        .map_or(UNKNOWN, |(_, name, number)| (name, *number))
}
