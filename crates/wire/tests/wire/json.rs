//! The small reader reads what `serde_json` reads.

use portal_wire::{
    Event, List, OrganizationUserType, Timestamp,
    client::ClientRow,
    json::{Digits, Entries, JsonError, Lenient, read},
    organization::MemberMini,
    profile::Profile,
    provider::StaffRow,
};
use proptest::prelude::*;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sample {
    whole: i32,
    wide: Option<i64>,
    small: Option<u8>,
    fraction: Option<f64>,
    flag: Option<bool>,
    text: Option<String>,
    #[serde(rename = "type", default)]
    kind: OrganizationUserType,
    inner: Option<Box<Sample>>,
    list: Option<Vec<Sample>>,
    #[serde(default)]
    counted: Vec<i64>,
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-300_i64..300).prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
        any::<String>().prop_map(Value::from),
        "[\"\\\\{}\\[\\],: \u{e9}\u{1f600}\n]{0,8}".prop_map(Value::from),
    ];
    let names = prop_oneof![
        Just("whole".to_owned()),
        Just("wide".into()),
        Just("small".into()),
        Just("fraction".into()),
        Just("flag".into()),
        Just("text".into()),
        Just("type".into()),
        Just("inner".into()),
        Just("list".into()),
        Just("counted".into()),
        any::<String>(),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((names.clone(), inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// A value of the right kinds more often than chance would have it.
fn sample() -> impl Strategy<Value = Value> {
    let leaf = (any::<i32>(), any_json(), any_json(), (0..9_000).prop_map(|cents| f64::from(cents) / 100.0), any::<String>()).prop_map(
        |(whole, wide, small, fraction, text)| json!({"whole": whole, "wide": wide, "small": small, "fraction": fraction, "text": text}),
    );
    leaf.prop_recursive(3, 20, 3, |inner| {
        (any::<i32>(), inner.clone(), proptest::collection::vec(inner, 0..3), "[0-3]", any::<[i64; 2]>())
            .prop_map(|(whole, inner, list, kind, counted)| {
                json!({"counted": counted, "list": list, "inner": inner, "type": kind, "whole": whole})
            })
    })
}

#[track_caller]
fn agrees<T: DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) {
    assert_eq!(read::<T>(text.as_bytes()).ok(), serde_json::from_str::<T>(text).ok(), "{text}");
}

#[test]
fn a_whole_number_read_as_a_fraction_rounds_once() {
    for text in ["-8878331937045084848", "1109791492130635606", "9007199254740993"] {
        agrees::<f64>(text);
    }
}

proptest! {
    #[test]
    fn any_document_reads_as_serde_json_reads_it(value in prop_oneof![any_json(), sample()], pretty: bool) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        agrees::<Sample>(&text);
        agrees::<Vec<Sample>>(&text);
        agrees::<Option<f64>>(&text);
        agrees::<String>(&text);
        agrees::<Value>(&text);
    }

    #[test]
    fn any_bytes_are_read_or_refused_as_serde_json_does(bytes: Vec<u8>, text in "[\\[\\]{}\",:0-9a\\\\ ntrue]{0,16}") {
        prop_assert_eq!(read::<Value>(&bytes).ok(), serde_json::from_slice::<Value>(&bytes).ok());
        agrees::<Value>(&text);
    }
}

#[test]
fn the_types_the_portal_reads_are_read_alike() {
    fn both<T: DeserializeOwned + PartialEq + std::fmt::Debug>(value: Value) {
        let text = value.to_string();
        assert_eq!(read::<T>(text.as_bytes()).unwrap(), serde_json::from_str::<T>(&text).unwrap());
    }
    let id = "01234567-89ab-cdef-0123-456789abcdef";
    let date = "2026-02-01T09:30:00.123Z";
    both::<List<Event>>(json!({
        "object": "list",
        "data": [{"object": "event", "type": 1900, "date": date, "actingUserId": id, "deviceType": 9,
            "ipAddress": "192.0.2.1", "unknown": {"deep": [1, {"x": "]}"}]}}],
        "continuationToken": "next",
    }));
    both::<ClientRow>(json!({"id": id, "providerId": id, "organizationId": id, "organizationName": null,
        "creationDate": date, "userCount": 3, "seats": 5, "plan": "Teams (Monthly)"}));
    both::<StaffRow>(json!({"id": id, "userId": null, "type": "1", "status": 2, "email": "ana@example.org"}));
    both::<MemberMini>(
        json!({"id": id, "type": 0, "status": 2, "email": "ana@example.org", "name": "A\u{e4}\n"}),
    );
    both::<Timestamp>(json!(date));
}

#[test]
fn a_name_is_read_in_any_case_and_escaped() {
    let read: Sample = read(br#" { "WHOLE" : 7 , "te\u0078t":"\u00fc\ud83d\ude00" } "#).unwrap();
    assert_eq!((read.whole, read.text.as_deref()), (7, Some("\u{fc}\u{1f600}")));
}

#[test]
fn a_refusal_names_the_innermost_field() {
    let error = |text: &str| read::<Sample>(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(error(r#"{"inner":{"text":"x"}}"#), "the answer cannot be understood at whole");
    assert_eq!(error(r#"{"whole":1,"list":[{"whole":"x"}]}"#), "the answer cannot be understood at whole");
    assert_eq!(error(r#"{"whole":1,"flag":0}"#), "the answer cannot be understood at flag");
    assert_eq!(error(r#"{"whole":1"#), "the answer cannot be understood");
}

#[test]
fn what_is_of_another_kind_counts_as_missing_where_that_is_allowed() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Loose {
        text: Lenient<String>,
        names: Lenient<Entries<Vec<String>>>,
        after: i32,
    }
    let texts = Entries(vec![("b".to_owned(), vec!["1".to_owned()]), ("a".to_owned(), Vec::new())]);
    assert_eq!(
        read(br#"{"names":{"b":["1"],"a":[]},"text":{"no":"text"},"after":1}"#),
        Ok(Loose { text: Lenient(None), names: Lenient(Some(texts)), after: 1 })
    );
    let missing: Result<Loose, JsonError> = read(br#"{"after":1,"names":[]}"#);
    assert_eq!(missing, Ok(Loose { text: Lenient(None), names: Lenient(None), after: 1 }));
}

#[test]
fn a_profile_with_second_names_is_refused_rather_than_misread() {
    // Its organizations know two spellings of one property: such types are for the server, which reads with `serde_json`.
    let result = std::panic::catch_unwind(|| {
        read::<Profile>(br#"{"id":"01234567-89ab-cdef-0123-456789abcdef","organizations":[{"id":"01234567-89ab-cdef-0123-456789abcdef","status":2,"type":0}]}"#)
    });
    assert!(result.is_err() || result.is_ok_and(|read| read.is_err()));
}

#[test]
fn a_number_of_which_every_digit_counts_is_handed_on_as_it_is_written() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Bill {
        cost: Digits,
        credit: Option<Digits>,
        other: Lenient<Digits>,
    }
    let digits = |text: &str| Digits(text.to_owned());
    let read_bill = |text: &str| read::<Bill>(text.as_bytes());
    assert_eq!(
        read_bill(r#"{"cost": 180.10, "credit": -0.1, "other": 12345678901234567890.25}"#),
        Ok(Bill {
            cost: digits("180.10"),
            credit: Some(digits("-0.1")),
            other: Lenient(Some(digits("12345678901234567890.25"))),
        })
    );
    assert_eq!(
        read_bill(r#"{"cost": 1, "credit": null, "other": "6"}"#),
        Ok(Bill { cost: digits("1"), credit: None, other: Lenient(None) })
    );
    for refused in [r#"{"credit": 1}"#, r#"{"cost": "1"}"#, r#"{"cost": true}"#, r#"{"cost": [1]}"#] {
        assert!(read_bill(refused).is_err(), "{refused}");
    }
}
