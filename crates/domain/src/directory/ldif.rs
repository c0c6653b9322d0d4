//! LDIF (RFC 2849): entries of a directory, a record each.

use std::collections::{HashMap, HashSet};

use super::{Directory, Fault, FaultKind, Group, Person, address};
use crate::base64;

/// One record: the line it begins on, its name, and its attributes in order, without their options.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Counted from 1.
    pub line: u32,
    /// The distinguished name.
    pub dn: String,
    /// Attribute in small letters, and value.
    pub attributes: Vec<(String, String)>,
}

impl Record {
    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.attributes.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn value<'a>(&'a self, names: &[&'static str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.values(name).map(str::trim).find(|value| !value.is_empty()))
    }

    fn is_of(&self, classes: &[&str]) -> bool {
        self.values("objectclass").any(|class| classes.iter().any(|known| class.eq_ignore_ascii_case(known)))
    }
}

const PEOPLE: [&str; 6] =
    ["person", "inetOrgPerson", "organizationalPerson", "posixAccount", "account", "user"];
const GROUPS: [&str; 5] = ["groupOfNames", "groupOfUniqueNames", "posixGroup", "groupOfMembers", "group"];
/// Machines are `user`s to some directories.
const NOBODY: [&str; 3] = ["computer", "device", "organizationalRole"];

/// Reads people and groups out of an export.
pub(super) fn read(text: &str) -> Directory {
    let (records, mut faults) = records(text);
    let mut people = Vec::new();
    let mut by_dn: HashMap<String, usize> = HashMap::new();
    let mut by_uid: HashMap<String, usize> = HashMap::new();
    let mut groups = Vec::new();
    for record in &records {
        if record.is_of(&GROUPS) {
            groups.push(record);
        } else if record.is_of(&PEOPLE) && !record.is_of(&NOBODY) {
            by_dn.entry(plain_dn(&record.dn)).or_insert(people.len());
            for uid in record.values("uid").chain(record.values("samaccountname")) {
                by_uid.entry(uid.trim().to_lowercase()).or_insert(people.len());
            }
            people.push(person(record));
        }
    }
    let groups_by_dn = groups.iter().enumerate().map(|(at, record)| (plain_dn(&record.dn), at)).collect();
    let members = Membership {
        groups: &groups,
        people: &people,
        by_dn: &by_dn,
        groups_by_dn: &groups_by_dn,
        by_uid: &by_uid,
    };
    let found = groups.iter().enumerate().map(|(at, record)| Group {
        external_id: record.dn.clone(),
        name: record.value(&["cn", "displayname", "ou"]).unwrap_or_default().to_owned(),
        members: members.of(at),
        line: record.line,
    });
    let groups = found.collect();
    faults.sort_by_key(|fault| fault.line);
    Directory { people, groups, faults }
}

/// A person. Directory Connector names people of an LDAP directory by their distinguished name, and so does this, so that
/// one may follow the other.
fn person(record: &Record) -> Person {
    let name = record.value(&["displayname", "cn"]).map(str::to_owned);
    let shaped = |value: &&str| value.contains('@');
    let email =
        record.value(&["mail", "email"]).or_else(|| record.value(&["userprincipalname"]).filter(shaped));
    Person {
        external_id: record.dn.clone(),
        email: email.and_then(address),
        name,
        gone: is_off(record),
        line: record.line,
    }
}

/// Switched off, as Active Directory and the 389 Directory Server say it.
fn is_off(record: &Record) -> bool {
    const ACCOUNT_DISABLED: u64 = 2;
    let flags = record.value(&["useraccountcontrol"]).and_then(|flags| flags.parse::<u64>().ok());
    let locked = record.value(&["nsaccountlock"]).is_some_and(|value| value.eq_ignore_ascii_case("true"));
    locked || flags.is_some_and(|flags| flags & ACCOUNT_DISABLED != 0)
}

/// Who is in which group, through groups in it as well.
struct Membership<'a> {
    groups: &'a [&'a Record],
    people: &'a [Person],
    by_dn: &'a HashMap<String, usize>,
    groups_by_dn: &'a HashMap<String, usize>,
    by_uid: &'a HashMap<String, usize>,
}

impl Membership<'_> {
    fn of(&self, group: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut known = HashSet::new();
        let mut through = HashSet::from([group]);
        let mut open = vec![group];
        while let Some(record) = open.pop().and_then(|at| self.groups.get(at)) {
            let by_dn = record.values("member").chain(record.values("uniquemember"));
            for dn in by_dn.map(plain_dn) {
                if let Some(person) = self.by_dn.get(&dn) {
                    if known.insert(*person) {
                        found.push(*person);
                    }
                } else if let Some(inner) = self.groups_by_dn.get(&dn).copied()
                    && through.insert(inner)
                {
                    open.push(inner);
                }
            }
            for uid in record.values("memberuid") {
                if let Some(person) = self.by_uid.get(&uid.trim().to_lowercase())
                    && known.insert(*person)
                {
                    found.push(*person);
                }
            }
        }
        found
            .iter()
            .filter_map(|person| self.people.get(*person))
            .map(|person| person.external_id.clone())
            .collect()
    }
}

/// A distinguished name as it is compared: small letters, no blanks around its parts, and without the identifier a
/// `uniqueMember` may carry behind `#`.
fn plain_dn(dn: &str) -> String {
    let dn = match dn.rsplit_once('#') {
        Some((before, after)) if after.starts_with('\'') && after.ends_with(['B', 'b']) => before,
        _ => dn,
    };
    let mut plain = String::with_capacity(dn.len());
    let mut escaped = false;
    for letter in dn.chars() {
        match letter {
            ',' | '=' | '+' if !escaped => {
                plain.truncate(plain.trim_end().len());
                plain.push(letter);
            }
            // A blank after a separator says nothing.
            ' ' if plain.is_empty() || plain.ends_with([',', '=', '+']) && !plain.ends_with("\\,") => {}
            other => plain.extend(other.to_lowercase()),
        }
        escaped = letter == '\\' && !escaped;
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// The records of a file, and what of it could not be understood. A record with a fault in it is left out as a whole.
pub fn records(text: &str) -> (Vec<Record>, Vec<Fault>) {
    let mut reader = Reader::default();
    let mut logical = String::new();
    let mut begins = 0;
    for (index, line) in text.split('\n').enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let line = line.strip_suffix('\r').unwrap_or(line);
        match line.strip_prefix(' ') {
            // A line that begins with one blank goes on with the line before.
            Some(more) if begins > 0 && !logical.is_empty() => logical.push_str(more),
            _ => {
                reader.take(begins, &logical);
                logical.clear();
                logical.push_str(line);
                begins = number;
            }
        }
    }
    reader.take(begins, &logical);
    reader.end();
    (reader.records, reader.faults)
}

#[derive(Default)]
struct Reader {
    records: Vec<Record>,
    faults: Vec<Fault>,
    record: Option<Record>,
    /// The record at hand has a fault.
    spoilt: bool,
}

impl Reader {
    fn take(&mut self, line: u32, text: &str) {
        if text.is_empty() {
            return self.end();
        }
        if text.starts_with('#') || line == 0 {
            return;
        }
        let Some((name, value)) = text.split_once(':') else {
            return self.fault(line, FaultKind::Malformed);
        };
        let name = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let value = match value.as_bytes().first() {
            Some(b':') => {
                let bytes = value.get(1..).and_then(base64::decode);
                // Pictures and certificates are no text, and nothing of them is wanted.
                match bytes.map(String::from_utf8) {
                    Some(Ok(text)) => text,
                    Some(Err(_)) if name != "dn" => return,
                    Some(Err(_)) | None => return self.fault(line, FaultKind::BadBase64),
                }
            }
            Some(b'<') if name == "dn" => return self.fault(line, FaultKind::Elsewhere),
            Some(b'<') => return,
            _ => value.trim_start_matches(' ').to_owned(),
        };
        match (name.as_str(), &mut self.record) {
            ("version", None) => {}
            ("dn", None) if !self.spoilt => {
                self.record = Some(Record { line, dn: value.trim().to_owned(), attributes: Vec::new() });
            }
            // An addition says all there is of an entry; other changes do not.
            ("changetype", Some(_)) if value.trim().eq_ignore_ascii_case("add") => {}
            ("changetype", Some(_)) => self.fault(line, FaultKind::NotAnEntry),
            (_, Some(record)) => record.attributes.push((name, value)),
            (_, None) => self.fault(line, FaultKind::Malformed),
        }
    }

    /// One fault for a record is enough.
    fn fault(&mut self, line: u32, kind: FaultKind) {
        if !self.spoilt {
            self.faults.push(Fault { line, kind });
        }
        self.spoilt = true;
    }

    fn end(&mut self) {
        let record = self.record.take();
        if !std::mem::take(&mut self.spoilt) {
            self.records.extend(record);
        }
    }
}
