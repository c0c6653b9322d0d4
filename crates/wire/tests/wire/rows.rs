use portal_wire::{RowSplitter, RowsError};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Map, Value, json};

#[derive(Debug, PartialEq)]
enum Failed {
    Rows(RowsError),
    Row,
}

impl From<RowsError> for Failed {
    fn from(error: RowsError) -> Self {
        Self::Rows(error)
    }
}

/// The rows and the rest of a document that arrives in these chunks.
fn split(mut splitter: RowSplitter, chunks: &[&[u8]]) -> Result<(Vec<Value>, Value), Failed> {
    let mut rows = Vec::new();
    for chunk in chunks {
        splitter.push(chunk, |row| {
            rows.push(serde_json::from_slice(row).map_err(|_| Failed::Row)?);
            Ok::<(), Failed>(())
        })?;
    }
    let rest = splitter.finish()?;
    Ok((rows, serde_json::from_slice(&rest).map_err(|_| Failed::Row)?))
}

fn field(document: &str) -> Result<(Vec<Value>, Value), Failed> {
    split(RowSplitter::field("data"), &[document.as_bytes()])
}

fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![any::<String>(), "[\"\\\\{}\\[\\],: a-c\n]{0,12}", Just("data".to_owned())];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((text.clone(), inner), 0..6).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn object() -> impl Strategy<Value = Map<String, Value>> {
    vec((any::<String>(), value()), 0..5).prop_map(|fields| fields.into_iter().collect())
}

/// Cuts the text at these places.
fn cut<'a>(text: &'a str, places: &[Index]) -> Vec<&'a [u8]> {
    let mut places: Vec<usize> = places.iter().map(|place| place.index(text.len() + 1)).collect();
    places.extend([0, text.len()]);
    places.sort_unstable();
    places.windows(2).map(|ends| &text.as_bytes()[ends[0]..ends[1]]).collect()
}

fn written(value: &Value, pretty: bool) -> String {
    if pretty { serde_json::to_string_pretty(value).unwrap() } else { value.to_string() }
}

proptest! {
    #[test]
    fn a_field_is_split_wherever_the_chunks_end(
        rows in vec(value(), 0..8), mut around in object(), pretty: bool, places: [Index; 6],
    ) {
        around.insert("data".to_owned(), rows.clone().into());
        let text = written(&Value::Object(around.clone()), pretty);
        around.insert("data".to_owned(), json!([]));
        let (found, rest) = split(RowSplitter::field("data"), &cut(&text, &places)).unwrap();
        prop_assert_eq!(found, rows);
        prop_assert_eq!(rest, Value::Object(around));
    }

    #[test]
    fn a_bare_array_is_split_byte_by_byte(rows in vec(value(), 0..8), pretty: bool) {
        let text = written(&Value::from(rows.clone()), pretty);
        let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
        prop_assert_eq!(split(RowSplitter::bare(), &bytes).unwrap(), (rows, json!([])));
    }

    #[test]
    fn a_truncated_document_is_an_error(mut around in object(), rows in vec(value(), 0..8), place: Index) {
        around.insert("data".to_owned(), rows.into());
        let text = Value::Object(around).to_string();
        let end = place.index(text.len());
        let found = split(RowSplitter::field("data"), &[&text.as_bytes()[..end]]);
        prop_assert_eq!(found, Err(Failed::Rows(RowsError::Truncated)));
    }

    /// What the parser refuses is refused here too, or when the row or the rest is parsed; what it takes is taken.
    #[test]
    fn it_takes_what_the_parser_takes(text in "[\\[\\]{},:\"\\\\ 1a]{0,14}", wrap: bool) {
        let text = if wrap { format!("{{\"data\":{text}}}") } else { text };
        let parsed = serde_json::from_str::<Value>(&text);
        let split = field(&text);
        prop_assert_eq!(split.is_ok(), parsed.is_ok(), "{} {:?}", text, split);
    }

    #[test]
    fn no_bytes_can_break_it(chunks in vec(vec(any::<u8>(), 0..20), 0..6)) {
        let chunks: Vec<&[u8]> = chunks.iter().map(Vec::as_slice).collect();
        let _ = split(RowSplitter::field("data"), &chunks);
        let _ = split(RowSplitter::bare(), &chunks);
    }
}

#[test]
fn only_the_field_at_the_top_is_split() {
    let text = r#"{"a":{"data":[1]},"b":["data",[2]],"c":"data","data":[3],"d":[4]}"#;
    let rest = json!({"a": {"data": [1]}, "b": ["data", [2]], "c": "data", "data": [], "d": [4]});
    assert_eq!(field(text), Ok((vec![json!(3)], rest)));
}

#[test]
fn the_field_is_found_when_its_name_is_escaped() {
    assert_eq!(field(r#"{"d\u0061ta":[1]}"#), Ok((vec![json!(1)], json!({"data": []}))));
}

#[test]
fn without_the_array_everything_is_rest() {
    for text in
        [r#"{"data":null}"#, r#"{"data":{"data":[1]}}"#, r#"{"object":"error"}"#, "[1]", "null", "\"data\""]
    {
        assert_eq!(field(text), Ok((vec![], serde_json::from_str(text).unwrap())), "{text}");
    }
}

#[test]
fn misplaced_commas_and_brackets_are_refused() {
    for text in ["[,]", "[1,]", "[1,,2]", "[{}{}]", "[1}", "[]]", "[[1]", "[] []"] {
        let found = split(RowSplitter::bare(), &[text.as_bytes()]);
        assert!(matches!(found, Err(Failed::Rows(_))), "{text} {found:?}");
    }
}

#[test]
fn a_row_or_a_rest_beyond_the_limit_is_refused() {
    let long = "x".repeat(100);
    for text in [format!(r#"{{"data":["{long}"]}}"#), format!(r#"{{"a":"{long}","data":[]}}"#)] {
        let found = split(RowSplitter::field("data").with_limit(64), &[text.as_bytes()]);
        assert_eq!(found, Err(Failed::Rows(RowsError::TooLarge(64))));
    }
    let many = format!(r#"{{"data":[{}"{long}"]}}"#, format!("\"{long}\",").repeat(50));
    assert_eq!(split(RowSplitter::field("data").with_limit(128), &[many.as_bytes()]).unwrap().0.len(), 51);
}

#[test]
fn nesting_without_end_is_refused() {
    let found = split(RowSplitter::field("data"), &["[".repeat(100_000).as_bytes()]);
    assert_eq!(found, Err(Failed::Rows(RowsError::TooDeep)));
}

#[test]
fn an_error_of_the_reader_ends_the_splitting() {
    let mut count = 0;
    let result = RowSplitter::bare().push(b"[1,2,3]", |_| {
        count += 1;
        if count == 2 { Err(Failed::Row) } else { Ok(()) }
    });
    assert_eq!((result, count), (Err(Failed::Row), 2));
}
