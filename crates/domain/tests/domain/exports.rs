mod cef;

use std::collections::BTreeMap;

use portal_domain::{
    csv::Csv,
    timeline::{Category, Part, Sentence, category, export::*, sentence},
};
use portal_wire::{Event, EventType, Timestamp, *};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(number: u32) -> T {
    format!("{number:08x}-1234-4000-8000-00000000abcd").parse().unwrap()
}

/// An event in which every field has a value.
pub(crate) fn full() -> Event {
    Event {
        kind: EventType::OrganizationUserRemoved,
        date: Timestamp(1_769_938_200_123),
        acting_user_id: Some(id(1)),
        user_id: Some(id(2)),
        organization_id: Some(id(3)),
        provider_id: Some(id(4)),
        cipher_id: Some(id(5)),
        collection_id: Some(id(6)),
        group_id: Some(id(7)),
        policy_id: Some(id(8)),
        organization_user_id: Some(id(9)),
        provider_user_id: Some(id(10)),
        provider_organization_id: Some(id(11)),
        installation_id: Some(id(12)),
        device_type: Some(DeviceType::FirefoxBrowser),
        ip_address: Some("203.0.113.94".into()),
        system_user: Some(EventSystemUser::Scim),
        domain_name: Some("acme.example".into()),
        secret_id: Some(id(13)),
        project_id: Some(id(14)),
        service_account_id: Some(id(15)),
        granted_service_account_id: Some(id(16)),
        send_id: Some(id(17)),
    }
}

fn by_person() -> Event {
    Event { system_user: None, ..full() }
}

/// What a test says about an event, owned.
struct Story {
    event: Event,
    sentence: Sentence,
    client: Option<String>,
    email: Option<String>,
}

impl Story {
    fn of(event: Event, name: &str) -> Self {
        let sentence = sentence(&event, &|_| Some(name.to_owned()));
        Self { event, sentence, client: Some(name.to_owned()), email: Some(name.to_owned()) }
    }

    fn told(&self) -> Told<'_> {
        Told {
            event: &self.event,
            sentence: &self.sentence,
            client: self.client.as_deref(),
            email: self.email.as_deref(),
        }
    }

    fn json(&self) -> String {
        let mut text = String::new();
        json_line(self.told(), &mut text);
        text
    }

    fn cef(&self) -> String {
        let mut text = String::new();
        cef(self.told(), "1.2", &mut text);
        text
    }

    fn row(&self) -> BTreeMap<String, String> {
        let mut csv = events_table();
        table_row(self.told(), &mut csv);
        let rows = read(&csv.finish());
        rows[0].iter().cloned().zip(rows[1].iter().cloned()).collect()
    }
}

fn read(csv: &str) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes())
        .into_records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_row_of_json_lines_is_the_contracts_event_and_our_words() {
    let story = Story::of(by_person(), "Ann Lee");
    let line = story.json();
    assert_eq!(serde_json::from_str::<Event>(&line).unwrap(), story.event);
    let row: Value = serde_json::from_str(&line).unwrap();
    for (key, expected) in [
        ("object", "event"),
        ("typeName", "OrganizationUser_Removed"),
        ("category", "members"),
        ("date", "2026-02-01T09:30:00.123Z"),
        ("who", "Ann Lee"),
        ("whoEmail", "Ann Lee"),
        ("what", "removed Ann Lee"),
        ("where", "Ann Lee"),
        ("client", "Ann Lee"),
        ("device", "Web vault in Firefox"),
        ("actingUserId", "00000001-1234-4000-8000-00000000abcd"),
    ] {
        assert_eq!(row[key], expected, "{key}");
    }
    assert!(row.get("system").is_none());
    assert_eq!(row["type"], 1503);
    let by_directory: Value = serde_json::from_str(&Story::of(full(), "").json()).unwrap();
    assert_eq!(by_directory["system"], "The directory (SCIM)");
}

#[test]
fn what_an_event_does_not_have_is_left_out() {
    let event = Event { kind: EventType::Unknown(2999), ..Event::default() };
    let nobody = sentence(&event, &|_| None);
    let mut text = String::new();
    json_line(Told { event: &event, sentence: &nobody, client: None, email: None }, &mut text);
    let expected = "{\"object\":\"event\",\"type\":2999,\"category\":\"other\",\"date\":\"1970-01-01T00:00:00.000Z\",\
        \"who\":\"Somebody\",\"what\":\"did something this version does not know (type 2999)\"}\n";
    assert_eq!(text, expected);
    text.clear();
    cef(Told { event: &event, sentence: &nobody, client: None, email: None }, "1", &mut text);
    assert_eq!(
        text,
        "CEF:0|Provider Portal|Provider Portal|1|2999|did something this version does not know (type 2999)|5|rt=0 \
         cat=other suser=Somebody msg=Somebody did something this version does not know (type 2999)\n"
    );
}

#[test]
fn every_category_has_a_key_of_its_own() {
    let mut keys: Vec<_> =
        EventType::ALL.iter().map(|kind| category(*kind)).chain([Category::Other]).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut texts: Vec<_> = keys.iter().map(|category| category.key()).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), keys.len());
}

#[test]
fn the_table_begins_with_the_official_columns() {
    // features.md: the export of the official portal, P16.
    let official = "message,appIcon,appName,userId,userName,userEmail,date,ip,type,installationId,systemUser,serviceAccountId";
    assert_eq!(COLUMNS[..12].join(","), official);
    let row = Story::of(by_person(), "Ann Lee").row();
    for (column, expected) in [
        ("message", "removed Ann Lee"),
        ("appIcon", ""),
        ("appName", "Web vault in Firefox"),
        ("userId", "00000001-1234-4000-8000-00000000abcd"),
        ("userName", "Ann Lee"),
        ("userEmail", "Ann Lee"),
        ("date", "2026-02-01T09:30:00.123Z"),
        ("ip", "203.0.113.94"),
        ("type", "OrganizationUser_Removed"),
        ("typeNumber", "1503"),
        ("systemUser", ""),
        ("affectedUserId", "00000002-1234-4000-8000-00000000abcd"),
        ("client", "Ann Lee"),
        ("deviceType", "10"),
    ] {
        assert_eq!(row[column], expected, "{column}");
    }
    let filled = row.iter().filter(|(_, cell)| !cell.is_empty()).count();
    assert_eq!(filled, COLUMNS.len() - 2, "everything but the picture and the system");
    assert_eq!(Story::of(full(), "").row()["systemUser"], "1");
    let signed_in = Event { acting_user_id: None, ..by_person() };
    assert_eq!(Story::of(signed_in, "").row()["userId"], "00000002-1234-4000-8000-00000000abcd");
}

#[test]
fn no_cell_is_a_formula() {
    for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
        let row = Story::of(Event { ip_address: Some(evil.into()), ..by_person() }, evil).row();
        for column in ["userName", "userEmail", "client", "place", "ip"] {
            assert_eq!(row[column], format!("'{evil}"), "{column}");
        }
    }
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z=|\\\\\"'\n\r\t, +@-]{0,12}",
        "[\u{80}-\u{9f}\u{2028}\u{2029}\u{feff}<&]{0,4}"
    ]
}

prop_compose! {
    pub(crate) fn any_story()(
        kind in prop_oneof![prop::sample::select(EventType::ALL), (0..9_999_i32).prop_map(EventType::from_number)],
        date in Timestamp::MIN.0..=Timestamp::MAX.0,
        which: u32,
        name in any_name(),
        address in any_name(),
        device in prop::option::of((0..40_i32).prop_map(DeviceType::from_number)),
    ) -> (Event, String) {
        let full = full();
        let bit = |number: u32| which >> number & 1 == 1;
        let event = Event {
            kind,
            date: Timestamp(date),
            acting_user_id: full.acting_user_id.filter(|_| bit(0)),
            user_id: full.user_id.filter(|_| bit(1)),
            organization_id: full.organization_id.filter(|_| bit(2)),
            provider_id: full.provider_id.filter(|_| bit(3)),
            cipher_id: full.cipher_id.filter(|_| bit(4)),
            group_id: full.group_id.filter(|_| bit(5)),
            organization_user_id: full.organization_user_id.filter(|_| bit(6)),
            send_id: full.send_id.filter(|_| bit(7)),
            system_user: full.system_user.filter(|_| bit(8)),
            ip_address: Some(address).filter(|_| bit(9)),
            domain_name: Some(name.clone()).filter(|_| bit(10)),
            device_type: device,
            ..Event::default()
        };
        (event, name)
    }
}

proptest! {
    #[test]
    fn json_lines_read_back_row_for_row(stories in vec(any_story(), 0..20)) {
        let mut text = String::new();
        let stories: Vec<_> = stories.into_iter().map(|(event, name)| Story::of(event, &name)).collect();
        for story in &stories {
            json_line(story.told(), &mut text);
        }
        prop_assert_eq!(text.lines().count(), stories.len());
        // A reader that takes everything Unicode calls an end of a line for one finds no more.
        let ends = ['\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'];
        prop_assert_eq!(text.matches(ends).count(), stories.len());
        for (line, story) in text.lines().zip(&stories) {
            prop_assert_eq!(&serde_json::from_str::<Event>(line).unwrap(), &story.event);
            let row: Value = serde_json::from_str(line).unwrap();
            prop_assert_eq!(row["who"].as_str(), Some(story.sentence.who.text()));
            let what = story.sentence.what_text();
            prop_assert_eq!(row["what"].as_str(), Some(what.as_str()));
            prop_assert_eq!(row["client"].as_str(), story.client.as_deref());
        }
    }

    #[test]
    fn the_table_reads_back_row_for_row(stories in vec(any_story(), 0..20)) {
        let mut csv: Csv = events_table();
        let stories: Vec<_> = stories.into_iter().map(|(event, name)| Story::of(event, &name)).collect();
        for story in &stories {
            table_row(story.told(), &mut csv);
        }
        let rows = read(&csv.finish());
        prop_assert_eq!(rows.len(), stories.len() + 1);
        let place = |column: &str| COLUMNS.iter().position(|known| *known == column).unwrap();
        for (row, story) in rows[1..].iter().zip(&stories) {
            prop_assert_eq!(row.len(), COLUMNS.len());
            let cell = |column: &str| row[place(column)].clone();
            let plain = |text: &str| [text.to_owned(), format!("'{text}")];
            prop_assert!(plain(story.client.as_deref().unwrap()).contains(&cell("client")));
            prop_assert!(plain(&story.sentence.what_text()).contains(&cell("message")));
            prop_assert_eq!(cell("date"), story.event.date.to_string());
            prop_assert_eq!(cell("typeNumber"), story.event.kind.number().to_string());
            let id = |id: Option<CipherId>| id.map(|id| id.to_string()).unwrap_or_default();
            prop_assert_eq!(cell("cipherId"), id(story.event.cipher_id));
        }
    }
}
