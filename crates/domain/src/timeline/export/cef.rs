use std::net::IpAddr;

use portal_wire::Event;

use super::{Told, fields::each_id};
use crate::timeline::{Weight, category, device_name, sentence::system_name, words};

/// Longest values CEF allows, in bytes here: names, messages, custom strings. The header, which has no limit of its own, is cut like a name.
const LONG: usize = 1_023;
const CUSTOM: usize = 4_000;

/// Adds the event to a file in ArcSight's Common Event Format, version 0: one line and its end. `version` is the portal's.
///
/// The number of the type is the class of the event, and Bitwarden's own name for it (or else what was done) its name; the
/// severity is 2, 5 or 7. `rt` is when, in milliseconds; `suser` and `suid` who, `duid` to whom, `src` or `c6a2` from where,
/// `msg` the sentence, `cat` the category. `cs1` is the client (or else the organization or provider), `cs2` the device, `cs3`
/// the organization's id, `cs4` the id of what it was done to, `cs5` what acted without a person, `cs6` an address that is
/// none; each with its label. What is not known is left out, and what is longer than the format allows is cut off.
pub fn cef(told: Told<'_>, version: &str, text: &mut String) {
    let Told { event, sentence, client, .. } = told;
    text.push_str("CEF:0|Provider Portal|Provider Portal|");
    header(version, text);
    text.push('|');
    text.push_str(&event.kind.number().to_string());
    text.push('|');
    let what = sentence.what_text();
    header(cut(event.kind.name().unwrap_or(&what), LONG), text);
    text.push('|');
    text.push_str(severity(event));
    text.push_str("|rt=");
    text.push_str(&event.date.0.to_string());
    let mut field = |key: &str, value: &str, longest: usize| {
        text.push(' ');
        text.push_str(key);
        text.push('=');
        extension(cut(value, longest), text);
    };
    field("cat", category(event.kind).key(), LONG);
    field("suser", sentence.who.text(), LONG);
    let (mut organization, mut about) = (None, None);
    each_id(event, &mut |key, id| match key {
        "actingUserId" => field("suid", id, LONG),
        "userId" if event.acting_user_id.is_none() => field("suid", id, LONG),
        "userId" => field("duid", id, LONG),
        "organizationId" => organization = Some(id.to_owned()),
        "providerId" | "installationId" => {}
        _ if about.is_none() => about = Some(id.to_owned()),
        _ => {}
    });
    field("msg", &[sentence.who.text(), " ", &what].concat(), LONG);
    let address = event.ip_address.as_deref();
    let family = address.and_then(|address| address.parse().ok());
    match (address, family) {
        (Some(address), Some(IpAddr::V4(_))) => field("src", address, LONG),
        (Some(address), Some(IpAddr::V6(_))) => {
            field("c6a2", address, LONG);
            field("c6a2Label", "Source IPv6 Address", LONG);
        }
        _ => {}
    }
    let device = event.device_type.map(device_name);
    let customs = [
        ("cs1", "Client", client.or(sentence.place.as_deref())),
        ("cs2", "Device", device.as_deref()),
        ("cs3", "Organization ID", organization.as_deref()),
        ("cs4", "Subject ID", about.as_deref().or(event.domain_name.as_deref())),
        ("cs5", "System", event.system_user.map(system_name)),
        ("cs6", "Address", address.filter(|_| family.is_none())),
    ];
    for (key, label, value) in customs {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            field(key, value, CUSTOM);
            field(&[key, "Label"].concat(), label, CUSTOM);
        }
    }
    text.push('\n');
}

/// How bad it is on CEF's scale from 0 to 10: low, medium or high.
fn severity(event: &Event) -> &'static str {
    match words(event.kind).weight {
        Weight::Routine => "2",
        Weight::Notable => "5",
        Weight::Harmful => "7",
    }
}

/// The beginning of a text, whole letters only.
fn cut(text: &str, longest: usize) -> &str {
    text.get(..text.floor_char_boundary(longest)).unwrap_or(text)
}

/// In the header, a bar ends a field, and a line break cannot be written.
fn header(value: &str, text: &mut String) {
    for letter in value.chars() {
        match letter {
            '|' | '\\' => {
                text.push('\\');
                text.push(letter);
            }
            letter if breaks_a_line(letter) || letter.is_control() => text.push(' '),
            letter => text.push(letter),
        }
    }
}

/// Behind it, an equals sign would begin a field, and a line break has a way to be written.
fn extension(value: &str, text: &mut String) {
    for letter in value.chars() {
        match letter {
            '=' | '\\' => {
                text.push('\\');
                text.push(letter);
            }
            '\r' => text.push_str("\\r"),
            letter if breaks_a_line(letter) => text.push_str("\\n"),
            letter if letter.is_control() => text.push(' '),
            letter => text.push(letter),
        }
    }
}

fn breaks_a_line(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
