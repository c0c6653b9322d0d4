use portal_bridge::{PolicyType, PolicyValue};
use serde_json::{Map, Value};

/// What the master password's policy holds, and how a field stands that nobody has set.
const MASTER_PASSWORD: [(&str, Value); 7] = [
    ("minComplexity", Value::Null),
    ("minLength", Value::Null),
    ("requireUpper", Value::Bool(false)),
    ("requireLower", Value::Bool(false)),
    ("requireNumbers", Value::Bool(false)),
    ("requireSpecial", Value::Bool(false)),
    ("enforceOnLogin", Value::Bool(false)),
];

/// What the data holds, key by key. Data of another shape than an object shows nothing, and is kept.
pub(crate) fn values(data: Option<&Value>) -> Vec<(String, PolicyValue)> {
    let object = data.and_then(Value::as_object);
    object.into_iter().flatten().map(|(key, value)| (key.clone(), shown(value))).collect()
}

/// The data with some keys changed. Every other key stays as it is; nothing is added where nothing changes.
pub(crate) fn merged(data: Option<Value>, changes: &[(String, PolicyValue)]) -> Option<Value> {
    let mut object = match data {
        None => Map::new(),
        Some(Value::Object(object)) => object,
        // A shape this version does not know, with nothing to set in it.
        Some(other) => return Some(other),
    };
    for (key, value) in changes {
        // A key is spelled as it is there already: servers tell them in any case.
        let there = object.keys().find(|known| known.eq_ignore_ascii_case(key));
        let key = match there {
            Some(there) if !object.contains_key(key) => there.clone(),
            _ => key.clone(),
        };
        match value {
            PolicyValue::Other => {}
            // A key that was never there does not have to say so.
            PolicyValue::None if !object.contains_key(&key) => {}
            value => {
                object.insert(key, travelling(value));
            }
        }
    }
    (!object.is_empty()).then_some(Value::Object(object))
}

/// The data with every field that a server looks for. Where there is none at all, it stays none.
pub(crate) fn whole(kind: PolicyType, data: Option<Value>) -> Option<Value> {
    let mut data = data;
    if let (PolicyType::MasterPassword, Some(Value::Object(object))) = (kind, &mut data) {
        for (key, value) in MASTER_PASSWORD {
            if !object.keys().any(|known| known.eq_ignore_ascii_case(key)) {
                object.insert(key.to_owned(), value);
            }
        }
    }
    data
}

fn shown(value: &Value) -> PolicyValue {
    match value {
        Value::Null => PolicyValue::None,
        Value::Bool(flag) => PolicyValue::Flag(*flag),
        Value::Number(number) => number.as_i64().map_or(PolicyValue::Other, PolicyValue::Number),
        Value::String(text) => PolicyValue::Text(text.clone()),
        Value::Array(items) => {
            let numbers: Option<Vec<i64>> = items.iter().map(Value::as_i64).collect();
            numbers.map_or(PolicyValue::Other, PolicyValue::Numbers)
        }
        Value::Object(_) => PolicyValue::Other,
    }
}

fn travelling(value: &PolicyValue) -> Value {
    match value {
        PolicyValue::None | PolicyValue::Other => Value::Null,
        PolicyValue::Flag(flag) => Value::from(*flag),
        PolicyValue::Number(number) => Value::from(*number),
        PolicyValue::Text(text) => Value::from(text.as_str()),
        PolicyValue::Numbers(numbers) => Value::from(numbers.clone()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_changed_stays_as_it_came() {
        let data = json!({"minLength": 14, "futureKey": {"deep": [1, {"x": null}]}, "ratio": 1.5, "requireUpper": null});
        let changes = [("minLength".to_owned(), PolicyValue::Number(20))];
        let expected = json!({"minLength": 20, "futureKey": {"deep": [1, {"x": null}]}, "ratio": 1.5, "requireUpper": null});
        assert_eq!(merged(Some(data), &changes), Some(expected));
    }

    #[test]
    fn a_key_keeps_the_case_the_server_gave_it() {
        let changes = [("minLength".to_owned(), PolicyValue::Number(20))];
        assert_eq!(merged(Some(json!({"MinLength": 14})), &changes), Some(json!({"MinLength": 20})));
    }

    #[test]
    fn data_of_an_unknown_shape_is_kept() {
        let changes = [("a".to_owned(), PolicyValue::Flag(true))];
        assert_eq!(merged(Some(json!([3])), &changes), Some(json!([3])));
        assert_eq!(values(Some(&json!([3]))), []);
    }

    #[test]
    fn nothing_said_about_nothing_adds_no_data() {
        assert_eq!(merged(None, &[("minLength".to_owned(), PolicyValue::None)]), None);
    }

    proptest! {
        #[test]
        fn saving_what_is_shown_changes_nothing(keys in proptest::collection::btree_map("[a-zA-Z]{1,8}", 0..5_u8, 0..6)) {
            let value = |kind: u8| match kind {
                0 => json!(null),
                1 => json!(true),
                2 => json!(-7),
                3 => json!("text"),
                _ => json!({"unknown": [1.5, "x"]}),
            };
            let data: Map<String, Value> = keys.into_iter().map(|(key, kind)| (key, value(kind))).collect();
            let data = (!data.is_empty()).then_some(Value::Object(data));
            prop_assert_eq!(merged(data.clone(), &values(data.as_ref())), data);
        }
    }
}
