use portal_domain::directory::{
    Change, Directory, FaultKind, Form, Group, Held, HeldGroup, HeldMember, Kept, Person, Subject,
    Unreadable, form, ldif_records, plan, read,
};
use proptest::prelude::*;

const EXPORT: &str = "\
version: 1
# extended LDIF
#
# a comment that
 goes on

dn: ou=people,dc=harbour,dc=example
objectClass: organizationalUnit
ou: people

dn: uid=ada,ou=people,dc=harbour,dc=example
objectClass: inetOrgPerson
objectClass: posixAccount
uid: ada
cn:: QWRhIEzDtndl
mail: Ada@Harbour.Example
jpegPhoto:: /9j/4AAQ

dn: uid=ben,ou=people,dc=harbour,dc=example
objectClass: person
uid: ben
cn: Ben who has a name so long
  that it is folded
description:< file:///etc/passwd

dn:: dWlkPWPDqWxpYSxvdT1wZW9wbGUsZGM9aGFyYm91cixkYz1leGFtcGxl
objectClass: user
mail;lang-fr: celia@harbour.example
userAccountControl: 514

dn: cn=desk-7,ou=people,dc=harbour,dc=example
objectClass: user
objectClass: computer
cn: desk-7

dn: cn=Night,ou=groups,dc=harbour,dc=example
objectClass: groupOfNames
cn: Night
member: UID=ADA, ou=people, dc=harbour,dc=example
member: cn=Crew,ou=groups,dc=harbour,dc=example
member: uid=nobody,dc=elsewhere

dn: cn=Crew,ou=groups,dc=harbour,dc=example
objectClass: groupOfUniqueNames
cn: Crew
uniqueMember: uid=ben,ou=people,dc=harbour,dc=example#'0101'B
uniqueMember: cn=Night,ou=groups,dc=harbour,dc=example

dn: cn=staff,ou=groups,dc=harbour,dc=example
objectClass: posixGroup
cn: staff
memberUid: ben
memberUid: ada
memberUid: nobody
";

fn ids(group: &Group) -> Vec<&str> {
    let short = |id: &'_ str| id.split([',', '=']).nth(1).map(str::len).unwrap_or_default();
    group.members.iter().map(|id| id.get(4..4 + short(id)).unwrap_or(id)).collect()
}

#[test]
fn an_export_of_a_directory_server_is_read_with_its_folded_lines_base64_and_missing_addresses() {
    let read = read("people.ldif", EXPORT).unwrap();
    assert_eq!(read.faults, []);
    let people: Vec<_> = read
        .people
        .iter()
        .map(|person| (person.name.as_deref(), person.email.as_deref(), person.gone))
        .collect();
    assert_eq!(
        people,
        [
            (Some("Ada Löwe"), Some("ada@harbour.example"), false),
            (Some("Ben who has a name so long that it is folded"), None, false),
            (None, Some("celia@harbour.example"), true),
        ],
        "machines and folders are no people"
    );
    assert_eq!(read.people[2].external_id, "uid=célia,ou=people,dc=harbour,dc=example");
}

#[test]
fn a_real_export_of_openldap_is_read_whole() {
    let read = read("export.ldif", include_str!("../fixtures/openldap/export.ldif")).unwrap();
    assert_eq!((read.people.len(), read.groups.len(), read.faults.len()), (2_000, 40, 0));
    assert_eq!(read.people.iter().filter(|person| person.email.is_none()).count(), 21);
    let named = |name: &str| read.people.iter().filter(|person| person.name.as_deref() == Some(name)).count();
    // Twenty-six first names by as many last ones, some of them a third time.
    assert_eq!((named("Zoë Müller"), named("Rósa Řezníček")), (3, 3));
    let size = |name: &str| {
        let group = read.groups.iter().find(|group| group.name == name).unwrap();
        group.members.iter().collect::<std::collections::HashSet<_>>().len()
    };
    // Fifty each, and five of every tenth person more; those of the first are among its own, and the last has the first's, too.
    assert_eq!((size("g00"), size("g01"), size("g39")), (50, 55, 105));
}

#[test]
fn members_are_found_by_name_by_user_id_and_through_groups_that_hold_each_other() {
    let read = read("people.ldif", EXPORT).unwrap();
    let groups: Vec<_> = read.groups.iter().map(|group| (group.name.as_str(), ids(group))).collect();
    assert_eq!(
        groups,
        [("Night", vec!["ada", "ben"]), ("Crew", vec!["ben", "ada"]), ("staff", vec!["ben", "ada"])],
        "whoever is elsewhere is in no group"
    );
}

#[test]
fn a_broken_record_is_left_out_and_named_by_its_line_and_the_others_are_read() {
    let text = "dn: uid=a,dc=x\nobjectClass: person\nmail: a@x.example\n\ndn: uid=b,dc=x\nobjectClass: person\n\
                mail:: !!!\nno colon\n\ndn: uid=c,dc=x\nchangetype: modify\n\ndn: uid=d,dc=x\nobjectClass: person\n";
    let read = read("x.ldif", text).unwrap();
    let left: Vec<_> = read.people.iter().map(|person| person.external_id.as_str()).collect();
    assert_eq!(left, ["uid=a,dc=x", "uid=d,dc=x"]);
    let faults: Vec<_> = read.faults.iter().map(|fault| (fault.line, fault.kind)).collect();
    assert_eq!(faults, [(7, FaultKind::BadBase64), (11, FaultKind::NotAnEntry)]);
}

#[test]
fn a_table_is_read_whatever_separates_it_with_its_groups_in_one_column() {
    let comma = "Email,Name,External ID,Groups,Disabled\r\n\"ada@x.example\",\"Löwe, Ada\",7,\"Night|Crew\",\r\n\
                 ben@x.example,Ben,,Night,yes\r\n,,,,\r\n,\"No\naddress\",9,,\r\na,b,c,d,e,f\r\n";
    let one = read("people.csv", comma).unwrap();
    assert_eq!(
        one.people
            .iter()
            .map(|person| (person.external_id.as_str(), person.line, person.gone))
            .collect::<Vec<_>>(),
        [("7", 2, false), ("ben@x.example", 3, true), ("9", 5, false)]
    );
    assert_eq!(one.people[0].name.as_deref(), Some("Löwe, Ada"));
    assert_eq!(
        one.groups.iter().map(|group| (group.name.as_str(), group.members.len())).collect::<Vec<_>>(),
        [("Night", 2), ("Crew", 1)]
    );
    assert_eq!(one.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [7], "more cells than columns");
    let semicolon = "mail;id\nada@x.example;7\n";
    assert_eq!(read("people.txt", semicolon).unwrap().people[0].external_id, "7");
    assert_eq!(read("people.csv", "who,what\nada,x\n"), Err(Unreadable::NoColumn));
}

#[test]
fn json_is_read_in_the_shape_of_the_import_and_as_a_bare_list() {
    let whole = r#"{"members":[{"email":"Ada@x.example","externalId":7,"deleted":false},{"externalId":"b","deleted":true}],
                    "groups":[{"name":"Night","externalId":"g","memberExternalIds":[7,"b","nobody"]}],"overwriteExisting":true}"#;
    let read_whole = read("export.json", whole).unwrap();
    assert_eq!(read_whole.people[0].external_id, "7");
    assert!(read_whole.people[1].gone && read_whole.people[1].email.is_none());
    assert_eq!(read_whole.groups[0].members, ["7", "b"]);
    assert_eq!(read("x", r#"[{"email":"a@x.example"}]"#).unwrap().people[0].external_id, "a@x.example");
    assert!(matches!(read("x.json", "{\"members\": 3}"), Err(Unreadable::Json(_))));
    assert_eq!(read("x.json", "{}"), Err(Unreadable::Nothing));
}

#[test]
fn the_form_is_told_by_the_name_and_else_by_how_the_file_begins() {
    assert_eq!(form("a.LDIF", "{"), Form::Ldif);
    assert_eq!(form("a.txt", "# export\n\ndn: dc=x"), Form::Ldif);
    assert_eq!(form("", "  {\"members\": []}"), Form::Json);
    assert_eq!(form("a.txt", "email\n"), Form::Csv);
}

#[test]
fn what_comes_twice_or_is_too_long_is_left_out_and_said() {
    let long = "x".repeat(301);
    let text = format!("email,id\na@x.example,1\nb@x.example,1\nc@x.example,{long}\n,\"\"\n,\n");
    let read = read("a.csv", &text).unwrap();
    assert_eq!(read.people.len(), 1);
    let kinds: Vec<_> = read.faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::Twice, FaultKind::TooLong]);
}

fn person(id: &str, email: Option<&str>) -> Person {
    Person { external_id: id.into(), email: email.map(Into::into), ..Person::default() }
}

fn member(id: Option<&str>, email: &str) -> HeldMember {
    HeldMember { external_id: id.map(Into::into), email: email.into(), ..HeldMember::default() }
}

#[test]
fn everybody_in_the_file_and_in_the_client_gets_exactly_one_answer() {
    let directory = Directory {
        people: vec![
            person("new", Some("new@x.example")),
            person("known", Some("moved@x.example")),
            person("link", Some("link@x.example")),
            person("other", Some("taken@x.example")),
            person("none", None),
            person("odd", Some("not an address")),
            person("twin", Some("new@x.example")),
            Person { gone: true, ..person("left", Some("left@x.example")) },
            Person { gone: true, ..person("never", Some("never@x.example")) },
            Person { gone: true, ..person("boss", Some("boss@x.example")) },
        ],
        ..Directory::default()
    };
    let held = Held {
        members: vec![
            member(Some("known"), "known@x.example"),
            member(None, "LINK@x.example"),
            member(Some("elsewhere"), "taken@x.example"),
            member(Some("left"), "left@x.example"),
            HeldMember { owner: true, ..member(Some("boss"), "boss@x.example") },
            member(Some("absent"), "absent@x.example"),
            member(None, "by-hand@x.example"),
            HeldMember { owner: true, ..member(Some("chief"), "chief@x.example") },
        ],
        ..Held::default()
    };
    let changes = |overwrite| {
        let rows = plan(&directory, &held, overwrite).rows;
        rows.into_iter().map(|row| row.change).collect::<Vec<_>>()
    };
    let people = [
        Change::Invite,
        Change::Keep(Kept::AsItIs),
        Change::Link,
        Change::Keep(Kept::OtherEntry),
        Change::Keep(Kept::NoAddress),
        Change::Keep(Kept::NotAnAddress),
        Change::Keep(Kept::SameAddress),
        Change::Remove,
        Change::Keep(Kept::WasNoMember),
        Change::Keep(Kept::Owner),
    ];
    let absent = |first| [first, Change::Keep(Kept::NotOfADirectory), Change::Keep(Kept::Owner)];
    assert_eq!(changes(false), [&people[..], &absent(Change::Keep(Kept::NotNamed))].concat());
    assert_eq!(changes(true), [&people[..], &absent(Change::Remove)].concat());
}

#[test]
fn where_the_server_revokes_whom_a_directory_gives_up_nobody_is_removed_and_nobody_comes_back() {
    let directory = Directory {
        people: vec![
            Person { gone: true, ..person("left", Some("left@x.example")) },
            Person { gone: true, ..person("gone", Some("gone@x.example")) },
            person("back", Some("back@x.example")),
            // The address of somebody who only loses access is still taken.
            person("new", Some("left@x.example")),
        ],
        ..Directory::default()
    };
    let revoked = |id, email| HeldMember { revoked: true, ..member(id, email) };
    let held = Held {
        members: vec![
            member(Some("left"), "left@x.example"),
            revoked(Some("gone"), "gone@x.example"),
            revoked(None, "back@x.example"),
            member(Some("absent"), "absent@x.example"),
            revoked(Some("away"), "away@x.example"),
        ],
        revokes: true,
        ..Held::default()
    };
    let changes: Vec<_> = plan(&directory, &held, true).rows.into_iter().map(|row| row.change).collect();
    let stays = Change::Keep(Kept::AsItIs);
    let taken = Change::Keep(Kept::OtherEntry);
    let not_brought = Change::Keep(Kept::NotOfADirectory);
    assert_eq!(changes, [Change::Revoke, stays, not_brought, taken, Change::Revoke, stays]);
}

#[test]
fn a_group_counts_only_those_who_will_be_there() {
    let directory = Directory {
        people: vec![person("a", Some("a@x.example")), person("b", None), person("c", Some("c@x.example"))],
        groups: vec![
            Group {
                external_id: "g".into(),
                name: "New name".into(),
                members: vec!["a".into(), "b".into()],
                line: 1,
            },
            Group {
                external_id: "h".into(),
                name: "New".into(),
                members: vec!["c".into(), "b".into()],
                line: 2,
            },
        ],
        ..Directory::default()
    };
    let known = HeldGroup { external_id: Some("g".into()), name: "Old".into(), members: vec!["c".into()] };
    let held = Held { groups: vec![known], has_groups: true, ..Held::default() };
    let of = |held: &Held| {
        plan(&directory, held, false).rows.into_iter().skip(3).map(|row| row.change).collect::<Vec<_>>()
    };
    assert_eq!(
        of(&held),
        [Change::ChangeGroup { renamed: true, added: 1, removed: 1 }, Change::AddGroup { members: 1 }]
    );
    let without = Held { has_groups: false, ..Held::default() };
    assert_eq!(of(&without), [Change::Keep(Kept::NoGroups), Change::Keep(Kept::NoGroups)]);
}

/// Writes a value as LDIF does: folded where the test says, and in base64 where it must be.
fn written(name: &str, value: &str, fold_at: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let safe = value.bytes().all(|byte| (0x20..0x7f).contains(&byte))
        && !value.starts_with([' ', ':', '<'])
        && !value.ends_with(' ');
    let line = if safe {
        format!("{name}: {value}")
    } else {
        let mut coded = String::new();
        for chunk in value.as_bytes().chunks(3) {
            let bits = chunk.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte))
                << (8 * (3 - chunk.len()));
            for place in 0..4 {
                let letter = LETTERS[bits >> (18 - 6 * place) & 63];
                coded.push(if place <= chunk.len() { char::from(letter) } else { '=' });
            }
        }
        format!("{name}:: {coded}")
    };
    let letters: Vec<char> = line.chars().collect();
    letters
        .chunks(fold_at.max(2))
        .map(|piece| piece.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("\n ")
}

fn text() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9 :<#=äß€😀,.@-]{1,40}".prop_filter("blanks around are not kept", |text| text.trim() == text)
}

proptest! {
    #[test]
    fn what_is_written_as_ldif_is_read_as_it_was(
        entries in prop::collection::vec((text(), prop::collection::vec(("[a-z]{1,8}", text()), 0..6)), 1..8),
        fold_at in 2_usize..90,
    ) {
        let mut file = String::from("version: 1\n");
        for (dn, attributes) in &entries {
            file.push('\n');
            file.push_str(&written("dn", dn, fold_at));
            file.push('\n');
            for (name, value) in attributes {
                file.push_str(&written(name, value, fold_at));
                file.push('\n');
            }
        }
        let attributes_of = |name: &str| matches!(name, "dn" | "changetype");
        prop_assume!(entries.iter().flat_map(|(_, all)| all).all(|(name, _)| !attributes_of(name)));
        let (records, faults) = ldif_records(&file);
        prop_assert_eq!(faults, vec![]);
        let found: Vec<_> = records.into_iter().map(|record| (record.dn, record.attributes)).collect();
        prop_assert_eq!(found, entries);
    }

    #[test]
    fn no_text_whatever_makes_a_reader_panic(name in "(a\\.ldif|a\\.csv|a\\.json|a)", text in "(?s).{0,400}") {
        let _ = read(&name, &text);
    }

    #[test]
    fn a_plan_carried_out_leaves_nothing_to_do_and_no_owner_is_removed(
        people in prop::collection::vec((0_u8..12, prop::option::of(0_u8..12), any::<bool>()), 0..12),
        members in prop::collection::vec((prop::option::of(0_u8..12), 0_u8..12, any::<bool>()), 0..12),
        overwrite in any::<bool>(),
    ) {
        let (mut ids, mut addresses) = (Vec::new(), Vec::new());
        let people = people.into_iter().filter(|(id, ..)| !ids.contains(id) && { ids.push(*id); true });
        let directory = Directory {
            people: people
                .map(|(id, email, gone)| Person {
                    external_id: id.to_string(),
                    email: email.map(|email| format!("{email}@x.example")),
                    gone,
                    ..Person::default()
                })
                .collect(),
            ..Directory::default()
        };
        let mut linked = Vec::new();
        let members = members.into_iter().filter(|(id, email, _)| {
            let fresh = !addresses.contains(email) && id.is_none_or(|id| !linked.contains(&id));
            addresses.push(*email);
            linked.extend(*id);
            fresh
        });
        let held = Held {
            members: members
                .map(|(id, email, owner)| HeldMember {
                    external_id: id.map(|id| id.to_string()),
                    email: format!("{email}@x.example"),
                    owner,
                    name: None,
                    ..HeldMember::default()
                })
                .collect(),
            ..Held::default()
        };
        let first = plan(&directory, &held, overwrite);
        prop_assert_eq!(
            first.rows.len(),
            directory.people.len()
                + first.rows.iter().filter(|row| matches!(row.subject, Subject::Member(_))).count()
        );
        let mut after = held.clone();
        for row in &first.rows {
            match row.change {
                Change::Invite => after.members.push(member(Some(&row.external_id), row.email.as_deref().unwrap())),
                Change::Link => {
                    let found = after.members.iter_mut().find(|known| Some(&known.email) == row.email.as_ref()).unwrap();
                    found.external_id = Some(row.external_id.clone());
                }
                Change::Remove => {
                    let place = after.members.iter().position(|known| known.external_id.as_deref() == Some(&row.external_id)).unwrap();
                    prop_assert!(!after.members[place].owner);
                    after.members.remove(place);
                }
                _ => {}
            }
        }
        let second = plan(&directory, &after, overwrite);
        let left: Vec<_> = second.rows.iter().filter(|row| row.change.is_one()).collect();
        prop_assert!(left.is_empty(), "{left:?}");
    }
}
