//! JSON in the shape of the public import (contract §4.8), or a bare list of people.

use std::fmt;

use portal_wire::json;
use serde::{Deserialize, Deserializer, de::Visitor};

use super::{Directory, Group, Person, Unreadable, address};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Whole {
    #[serde(default)]
    members: Vec<Member>,
    /// What some exports call them.
    #[serde(default)]
    users: Vec<Member>,
    #[serde(default)]
    groups: Vec<GroupJson>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    external_id: Option<Id>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    deleted: Option<bool>,
    #[serde(default)]
    disabled: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GroupJson {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    external_id: Option<Id>,
    #[serde(default)]
    member_external_ids: Vec<Id>,
    #[serde(default)]
    user_external_ids: Vec<Id>,
}

/// The contract lets ids be numbers.
struct Id(String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrNumber;
        impl Visitor<'_> for TextOrNumber {
            type Value = Id;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text or a number")
            }

            fn visit_str<E>(self, text: &str) -> Result<Id, E> {
                Ok(Id(text.trim().to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }
        }
        deserializer.deserialize_any(TextOrNumber)
    }
}

pub(super) fn read(text: &str) -> Result<Directory, Unreadable> {
    let unreadable = |error: &dyn std::fmt::Display| Unreadable::Json(error.to_string());
    let whole = match text.trim_start().starts_with('[') {
        true => Whole {
            members: json::read(text.as_bytes()).map_err(|error| unreadable(&error))?,
            users: Vec::new(),
            groups: Vec::new(),
        },
        false => json::read(text.as_bytes()).map_err(|error| unreadable(&error))?,
    };
    let number = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
    let people = whole.members.into_iter().chain(whole.users).enumerate().map(|(index, member)| {
        let email = member.email.as_deref().and_then(address);
        Person {
            external_id: member.external_id.map(|id| id.0).or_else(|| email.clone()).unwrap_or_default(),
            email,
            name: member.name.filter(|name| !name.trim().is_empty()),
            gone: member.deleted.unwrap_or_default() || member.disabled.unwrap_or_default(),
            line: number(index),
        }
    });
    let groups = whole.groups.into_iter().enumerate().map(|(index, group)| {
        let name = group.name.unwrap_or_default().trim().to_owned();
        Group {
            external_id: group.external_id.map_or_else(|| name.clone(), |id| id.0),
            name,
            members: group
                .member_external_ids
                .into_iter()
                .chain(group.user_external_ids)
                .map(|id| id.0)
                .collect(),
            line: number(index),
        }
    });
    Ok(Directory { people: people.collect(), groups: groups.collect(), faults: Vec::new() })
}
