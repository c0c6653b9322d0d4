use std::collections::{HashMap, HashSet};

use super::{Directory, Group, Person, address};
use crate::limits::parse_email;

/// What a client holds now, as far as a directory can change it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Every member, whatever their status.
    pub members: Vec<HeldMember>,
    /// Every group; none where the plan has no groups.
    pub groups: Vec<HeldGroup>,
    /// Whether the client's plan has groups.
    pub has_groups: bool,
    /// The server revokes whom a directory gives up, and removes nobody (vaultwarden.md §7).
    pub revokes: bool,
}

/// A member of the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldMember {
    /// What a directory knows them by, if one brought them.
    pub external_id: Option<String>,
    /// Their address.
    pub email: String,
    /// Their name, once they have an account.
    pub name: Option<String>,
    /// Owners are never removed by a directory.
    pub owner: bool,
    /// They are revoked.
    pub revoked: bool,
}

/// A group of the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldGroup {
    /// What a directory knows it by, if one brought it.
    pub external_id: Option<String>,
    /// Its name.
    pub name: String,
    /// The external ids of its members who have one.
    pub members: Vec<String>,
}

/// What would become of everybody and every group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// People in the order of the file, then members it does not name, then groups.
    pub rows: Vec<Row>,
}

/// What would become of one person or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who or what.
    pub subject: Subject,
    /// What would happen.
    pub change: Change,
    /// Name, as far as one is known.
    pub name: Option<String>,
    /// Address, for a person who has one.
    pub email: Option<String>,
    /// What the directory knows them by; empty for a member no directory knows.
    pub external_id: String,
    /// Where it stands in the file, counted from 1; 0 for a member the file does not name.
    pub line: u32,
}

/// What a row is about, by its place in what it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Somebody in the directory.
    Person(usize),
    /// A member of the client whom the directory does not name.
    Member(usize),
    /// A group in the directory.
    Group(usize),
}

/// What would happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// They are invited.
    Invite,
    /// They are a member already, known by address, and are tied to the directory.
    Link,
    /// They lose their membership. To be carried out before anybody is invited.
    Remove,
    /// They stay members, and are revoked.
    Revoke,
    /// The group is made.
    AddGroup {
        /// With so many members.
        members: u32,
    },
    /// The group changes.
    ChangeGroup {
        /// It gets the name it has in the directory.
        renamed: bool,
        /// So many come in.
        added: u32,
        /// So many go out.
        removed: u32,
    },
    /// Nothing.
    Keep(Kept),
}

/// Why nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kept {
    /// It is so already.
    AsItIs,
    /// Owners are never removed by a directory.
    Owner,
    /// The directory has no address for them, and without one nobody can be invited.
    NoAddress,
    /// What stands for the address is none.
    NotAnAddress,
    /// Somebody before them in the file has the same address.
    SameAddress,
    /// Their address belongs to a member tied to another entry of a directory.
    OtherEntry,
    /// They are gone from the directory, and were no member.
    WasNoMember,
    /// The file does not name them, which removes nobody unless one says so.
    NotNamed,
    /// No directory brought them, so none takes them away.
    NotOfADirectory,
    /// The client's plan has no groups.
    NoGroups,
}

impl Change {
    /// Whether anything would happen.
    pub fn is_one(self) -> bool {
        !matches!(self, Self::Keep(_))
    }
}

/// Works out what taking a directory over would change. With `overwrite`, members a directory brought who are not in this one
/// are removed; Owners never are. The rules are those of the public import (contract §4.8).
pub fn plan(directory: &Directory, held: &Held, overwrite: bool) -> Plan {
    let by_id: HashMap<&str, usize> = held
        .members
        .iter()
        .enumerate()
        .filter_map(|(at, member)| Some((member.external_id.as_deref()?, at)))
        .collect();
    let by_email: HashMap<String, usize> = held
        .members
        .iter()
        .enumerate()
        .filter_map(|(at, member)| Some((address(&member.email)?, at)))
        .collect();
    // Whoever leaves makes room: their address may have come back under another entry.
    let gone = directory.people.iter().filter(|person| person.gone);
    let leaves = |at: &usize| !held.revokes && held.members.get(*at).is_some_and(|member| !member.owner);
    let leaving: HashSet<usize> =
        gone.filter_map(|person| by_id.get(person.external_id.as_str()).copied()).filter(leaves).collect();
    let staying = by_email.iter().filter(|(_, at)| !leaving.contains(at));
    let by_email: HashMap<String, usize> = staying.map(|(email, at)| (email.clone(), *at)).collect();
    let mut named = HashSet::new();
    let mut addresses = HashSet::new();
    let mut there_after = HashSet::new();
    let mut rows = Vec::with_capacity(directory.people.len());
    for (at, person) in directory.people.iter().enumerate() {
        let known = by_id.get(person.external_id.as_str()).copied();
        let (member, change) = match known {
            Some(member) => (Some(member), of_known(person, held.members.get(member), held.revokes)),
            None => of_unknown(person, &by_email, held, &mut addresses),
        };
        named.extend(member);
        if matches!(change, Change::Invite | Change::Link | Change::Keep(Kept::AsItIs | Kept::Owner)) {
            there_after.insert(person.external_id.as_str());
        }
        let name = person.name.clone().or_else(|| held.members.get(member?)?.name.clone());
        rows.push(Row {
            subject: Subject::Person(at),
            change,
            name,
            email: person.email.clone(),
            external_id: person.external_id.clone(),
            line: person.line,
        });
    }
    let absent = held.members.iter().enumerate().filter(|(at, _)| !named.contains(at));
    rows.extend(absent.map(|(at, member)| of_absent(at, member, overwrite, held.revokes)));
    rows.extend(
        directory.groups.iter().enumerate().map(|(at, group)| of_group(at, group, held, &there_after)),
    );
    Plan { rows }
}

/// Of somebody who is a member under this external id.
fn of_known(person: &Person, member: Option<&HeldMember>, revokes: bool) -> Change {
    match (person.gone, member.is_some_and(|member| member.owner)) {
        (true, true) => Change::Keep(Kept::Owner),
        (true, false) => given_up(member.is_some_and(|member| member.revoked), revokes),
        (false, _) => Change::Keep(Kept::AsItIs),
    }
}

/// Of somebody whom the directory gives up.
fn given_up(revoked: bool, revokes: bool) -> Change {
    match (revokes, revoked) {
        (false, _) => Change::Remove,
        (true, false) => Change::Revoke,
        (true, true) => Change::Keep(Kept::AsItIs),
    }
}

/// Of somebody no member is tied to, with the member who has their address.
fn of_unknown(
    person: &Person,
    by_email: &HashMap<String, usize>,
    held: &Held,
    addresses: &mut HashSet<String>,
) -> (Option<usize>, Change) {
    let Some(email) = &person.email else { return (None, Change::Keep(Kept::NoAddress)) };
    let found = by_email.get(email).copied();
    let member = found.and_then(|at| held.members.get(at));
    if person.gone {
        // Whoever the directory did not bring, it does not take away.
        let kept = if member.is_some() { Kept::NotOfADirectory } else { Kept::WasNoMember };
        return (found, Change::Keep(kept));
    }
    if parse_email(email).is_err() {
        return (None, Change::Keep(Kept::NotAnAddress));
    }
    if !addresses.insert(email.clone()) {
        return (found, Change::Keep(Kept::SameAddress));
    }
    match member {
        None => (None, Change::Invite),
        // Such a server restores whoever is named as one who stays.
        Some(member) if held.revokes && member.revoked => (found, Change::Keep(Kept::NotOfADirectory)),
        Some(member) if member.external_id.is_none() => (found, Change::Link),
        Some(_) => (found, Change::Keep(Kept::OtherEntry)),
    }
}

/// Of a member the file does not name.
fn of_absent(at: usize, member: &HeldMember, overwrite: bool, revokes: bool) -> Row {
    let change = match (&member.external_id, member.owner) {
        (_, true) => Change::Keep(Kept::Owner),
        (None, false) => Change::Keep(Kept::NotOfADirectory),
        (Some(_), false) if overwrite => given_up(member.revoked, revokes),
        (Some(_), false) => Change::Keep(Kept::NotNamed),
    };
    Row {
        subject: Subject::Member(at),
        change,
        name: member.name.clone(),
        email: Some(member.email.clone()),
        external_id: member.external_id.clone().unwrap_or_default(),
        line: 0,
    }
}

fn of_group(at: usize, group: &Group, held: &Held, there_after: &HashSet<&str>) -> Row {
    let wanted: HashSet<&str> =
        group.members.iter().map(String::as_str).filter(|id| there_after.contains(id)).collect();
    let count = |ids: usize| u32::try_from(ids).unwrap_or(u32::MAX);
    let known =
        held.groups.iter().find(|known| known.external_id.as_deref() == Some(group.external_id.as_str()));
    let change = match known {
        _ if !held.has_groups => Change::Keep(Kept::NoGroups),
        None => Change::AddGroup { members: count(wanted.len()) },
        Some(known) => {
            let before: HashSet<&str> = known.members.iter().map(String::as_str).collect();
            let added = count(wanted.difference(&before).count());
            let removed = count(before.difference(&wanted).count());
            match (known.name != group.name, added, removed) {
                (false, 0, 0) => Change::Keep(Kept::AsItIs),
                (renamed, added, removed) => Change::ChangeGroup { renamed, added, removed },
            }
        }
    };
    Row {
        subject: Subject::Group(at),
        change,
        name: Some(group.name.clone()),
        email: None,
        external_id: group.external_id.clone(),
        line: group.line,
    }
}
