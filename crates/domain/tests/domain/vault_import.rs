use portal_domain::{
    csv::{Cell, Csv},
    items::{CARD, ItemPart, LOGIN, SECURE_NOTE},
    vault_import::{Fault, FaultKind, Form, Unreadable, read},
};
use proptest::prelude::*;
use serde_json::json;

const HEAD: &str =
    "collections,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n";

#[test]
fn an_organizations_json_is_read_with_its_collections_and_a_broken_item_keeps_no_other_out() {
    let text = json!({
        "encrypted": false,
        "collections": [{"id": "c1", "organizationId": "o", "name": "IT/Servers", "externalId": null}, {"id": "c2", "name": "Sales"}],
        "items": [
            {"type": 1, "name": "Router", "notes": null, "collectionIds": ["c1", "c2", "unknown"], "reprompt": 0,
             "fields": [{"name": "PIN", "value": "0000", "type": 1}, {"name": "Link", "value": null, "type": 3, "linkedId": 100}],
             "login": {"username": "admin", "password": "s3cret", "totp": null, "uris": [{"uri": "https://a.example", "match": 3}]}},
            {"type": 1, "name": " ", "login": {}},
            {"type": 77, "name": "From the future"},
            "no item at all",
            {"type": 3, "name": "Card", "card": {"number": "4111", "expMonth": "1"}, "notes": "<b>text</b>"},
        ],
    });
    let vault = read(&text.to_string()).unwrap();
    assert_eq!(
        (vault.form, vault.collections.as_slice()),
        (Form::Json, ["IT/Servers".to_owned(), "Sales".into()].as_slice())
    );
    let [router, card] = vault.items.as_slice() else { panic!("{:?}", vault.items) };
    assert_eq!((router.kind, router.collections.as_slice()), (LOGIN, [0, 1].as_slice()));
    assert_eq!(
        router.parts,
        [(ItemPart::Username, "admin".to_owned()), (ItemPart::Password, "s3cret".into())]
    );
    assert_eq!(router.uris, [("https://a.example".to_owned(), Some(3))]);
    assert_eq!(router.fields, [(1, "PIN".to_owned(), "0000".into())]);
    assert_eq!((card.kind, card.line), (CARD, 5));
    assert!(card.parts.contains(&(ItemPart::Notes, "<b>text</b>".into())));
    let faults = [(2, FaultKind::NoName), (3, FaultKind::UnknownType), (4, FaultKind::Malformed)];
    assert_eq!(vault.faults, faults.map(|(line, kind)| Fault { line, kind }));
}

#[test]
fn a_persons_folders_become_collections() {
    let text = json!({"encrypted": false, "folders": [{"id": "f", "name": "Work"}],
                      "items": [{"type": 2, "name": "Note", "folderId": "f", "secureNote": {"type": 0}}]});
    let vault = read(&text.to_string()).unwrap();
    assert_eq!(
        (vault.collections[0].as_str(), vault.items[0].collections.as_slice()),
        ("Work", [0].as_slice())
    );
}

#[test]
fn a_table_is_read_with_its_collections_addresses_and_fields_and_a_broken_row_in_the_middle_is_named() {
    let text = format!(
        "{HEAD}\"IT,Sales\",login,Router,,\"Serial: SN 1\nSite: north\nand south\",0,\"https://a.example/x,y,https://b.example\",admin,\"s,\"\"3\",\n\
         IT,login,too,few\n,passport,Odd,,,0,,,,\n,note,Alarm,\"off on\nMondays\",,0,,,,\n"
    );
    let vault = read(&text).unwrap();
    assert_eq!(vault.collections, ["IT", "Sales"]);
    let [router, alarm] = vault.items.as_slice() else { panic!("{:?}", vault.items) };
    let uris: Vec<&str> = router.uris.iter().map(|(uri, _)| uri.as_str()).collect();
    assert_eq!(uris, ["https://a.example/x,y", "https://b.example"]);
    assert_eq!(
        router.fields,
        [(0, "Serial".to_owned(), "SN 1".into()), (0, "Site".into(), "north\nand south".into())]
    );
    assert!(router.parts.contains(&(ItemPart::Password, "s,\"3".into())));
    assert_eq!((alarm.kind, alarm.collections.len()), (SECURE_NOTE, 0));
    let kinds: Vec<FaultKind> = vault.faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::Malformed, FaultKind::UnknownType]);
    assert_eq!(vault.faults[0].line, 5);
}

#[test]
fn what_is_no_export_is_refused_by_name() {
    for (text, expected) in [
        ("", Unreadable::Nothing),
        ("\u{feff} \n", Unreadable::Nothing),
        (r#"{"encrypted": true, "items": []}"#, Unreadable::Encrypted),
        (
            r#"{"encrypted": true, "passwordProtected": true, "salt": "x", "data": "2.a|b|c"}"#,
            Unreadable::Encrypted,
        ),
        (r#"{"logins": []}"#, Unreadable::NotAnExport),
        ("{", Unreadable::NotAnExport),
        ("name,url\nx,y\n", Unreadable::NotAnExport),
    ] {
        assert_eq!(read(text), Err(expected), "{text}");
    }
}

#[test]
fn what_the_server_would_refuse_is_left_out_before_it_is_sent() {
    let item = |name: String, notes: String| json!({"type": 2, "name": name, "notes": notes});
    let items = [
        item("x".repeat(688), String::new()),
        item("ok".into(), "n".repeat(7_440)),
        item("fits".into(), "n".repeat(7_439)),
    ];
    let vault = read(&json!({"items": items}).to_string()).unwrap();
    assert_eq!(vault.items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["fits"]);
    assert!(vault.faults.iter().all(|fault| fault.kind == FaultKind::TooLong));
}

proptest! {
    #[test]
    fn no_text_whatever_makes_the_reader_panic(text in "(?s).{0,300}", begins in prop::sample::select(vec!["", "{", HEAD, "{\"items\":[", "\u{feff}"])) {
        let _ = read(&format!("{begins}{text}"));
    }

    #[test]
    fn what_is_written_as_a_table_is_read_as_it_was(
        rows in prop::collection::vec(("[a-z][^\r\n]{0,12}", "(?s)[a-z][^\r]{0,20}", "[a-z][^\r\n]{0,12}"), 1..8),
    ) {
        let head: Vec<&str> = HEAD.trim().split(',').collect();
        let mut csv = Csv::new(&head);
        for (name, password, user) in &rows {
            csv.row([Cell::Text(""), Cell::Text("login"), Cell::Text(name), Cell::Text(""), Cell::Text(""), Cell::Text("0"),
                     Cell::Text(""), Cell::Text(user), Cell::Text(password), Cell::Text("")]);
        }
        let vault = read(&csv.finish()).unwrap();
        let read: Vec<_> = vault.items.into_iter().map(|item| (item.name, item.parts)).collect();
        let written = rows.into_iter().map(|(name, password, user)| {
            (name, vec![(ItemPart::Username, user), (ItemPart::Password, password)])
        });
        prop_assert_eq!(read, written.collect::<Vec<_>>());
    }
}
