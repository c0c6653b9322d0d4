//! Events written for others: as a table, as JSON Lines, as CEF, and as rows of an evidence pack.

mod cef;
mod fields;
mod object;
mod table;

use portal_wire::Event;

use super::{Sentence, category, device_name, sentence::system_name};
pub use cef::cef;
pub(crate) use object::Object;
pub use table::{COLUMNS, events_table, table_row};

/// An event and what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The event.
    pub event: &'a Event,
    /// The event in words, with the names that are known.
    pub sentence: &'a Sentence,
    /// The name of the client it happened in or was about, if it was one.
    pub client: Option<&'a str>,
    /// The e-mail address of who did it.
    pub email: Option<&'a str>,
}

/// Adds the event to a file in JSON Lines: one object and a line break.
///
/// Its keys do not change. The fields of the contract (§5.3) have their names and values, so that a reader of Bitwarden's
/// events reads it, but for those that are null, which are left out. Ours are `typeName` (Bitwarden's own name for the
/// type), `category` (see [`super::Category::key`]), and in words `who`, `whoEmail`, `what`, `where` (the organization or
/// provider), `client`, `device` and `system`; they too are left out where nothing is known.
pub fn json_line(told: Told<'_>, text: &mut String) {
    let mut row = Object::new(text);
    row.text("object", "event");
    event_row(told, &mut row);
    row.end();
    text.push('\n');
}

/// The event's fields and ours.
pub(crate) fn event_row(told: Told<'_>, row: &mut Object<'_>) {
    let Told { event, sentence, client, email } = told;
    row.number("type", event.kind.number().into());
    row.optional("typeName", event.kind.name());
    row.text("category", category(event.kind).key());
    row.text("date", &event.date.to_string());
    row.text("who", sentence.who.text());
    row.optional("whoEmail", email);
    row.text("what", &sentence.what_text());
    row.optional("where", sentence.place.as_deref());
    row.optional("client", client);
    row.optional("device", event.device_type.map(device_name).as_deref());
    row.optional("system", event.system_user.map(system_name));
    fields::each_id(event, &mut |key, id| row.text(key, id));
    if let Some(device) = event.device_type {
        row.number("deviceType", device.number().into());
    }
    row.optional("ipAddress", event.ip_address.as_deref());
    if let Some(system) = event.system_user {
        row.number("systemUser", system.number().into());
    }
    row.optional("domainName", event.domain_name.as_deref());
}
