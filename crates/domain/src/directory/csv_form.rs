//! A table of people, with their groups in one of its columns.

use std::collections::HashMap;

use super::{Directory, Fault, FaultKind, Group, Person, Unreadable, address};
use crate::csv;

/// Columns by the names they may have, compared in small letters and without blanks, dashes and underscores.
const EMAIL: [&str; 5] = ["email", "mail", "emailaddress", "workemail", "userprincipalname"];
const ID: [&str; 5] = ["externalid", "id", "objectguid", "employeenumber", "employeeid"];
const NAME: [&str; 4] = ["name", "displayname", "fullname", "cn"];
const GROUPS: [&str; 4] = ["groups", "group", "memberof", "departments"];
const GONE: [&str; 3] = ["deleted", "disabled", "gone"];

pub(super) fn read(text: &str) -> Result<Directory, Unreadable> {
    let mut rows = csv::rows(text);
    let (_, head) = rows.next().ok_or(Unreadable::Nothing)?;
    let column = |names: &[&str]| head.iter().position(|cell| names.contains(&plain(cell).as_str()));
    let email = column(&EMAIL).ok_or(Unreadable::NoColumn)?;
    let (id, name, groups, gone) = (column(&ID), column(&NAME), column(&GROUPS), column(&GONE));
    let mut read = Directory::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (line, cells) in rows {
        let cell = |column: Option<usize>| {
            let text = column.and_then(|column| cells.get(column)).map(|cell| cell.trim());
            text.filter(|text| !text.is_empty())
        };
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if cells.len() > head.len() {
            read.faults.push(Fault { line, kind: FaultKind::Malformed });
            continue;
        }
        let email = cell(Some(email)).and_then(address);
        let external_id = cell(id).map(str::to_owned).or_else(|| email.clone()).unwrap_or_default();
        let in_groups = cell(groups).unwrap_or_default().split(['|', ';']);
        for group in in_groups.map(str::trim).filter(|group| !group.is_empty()) {
            let place = *places.entry(group.to_owned()).or_insert_with(|| {
                let new = Group {
                    external_id: group.to_owned(),
                    name: group.to_owned(),
                    members: Vec::new(),
                    line,
                };
                read.groups.push(new);
                read.groups.len() - 1
            });
            if let Some(group) = read.groups.get_mut(place) {
                group.members.push(external_id.clone());
            }
        }
        read.people.push(Person {
            external_id,
            email,
            name: cell(name).map(str::to_owned),
            gone: cell(gone).is_some_and(is_yes),
            line,
        });
    }
    Ok(read)
}

fn plain(cell: &str) -> String {
    cell.trim().to_lowercase().replace([' ', '_', '-'], "")
}

fn is_yes(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1" | "x")
}
