//! A reader of JSON values that knows which names a type expects, and forgives their case and quoted numbers.

use std::{collections::BTreeSet, fmt};

use serde::{
    Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};

/// Why a value does not fit a type.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Error {
    /// A required field is missing.
    Missing {
        /// Its name as the type has it.
        field: String,
    },
    /// Something is of the wrong kind.
    Unfit {
        /// Where, as `$.seats` or `$.ids[2]`.
        path: String,
        /// What is wrong.
        message: String,
    },
}

/// Reads a value as a type.
pub(super) fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    T::deserialize(Lenient(value)).map_err(|error| match error {
        Error::Unfit { path, message } => Error::Unfit { path: format!("${path}"), message },
        missing => missing,
    })
}

struct Lenient(Value);

impl Error {
    fn below(self, step: impl fmt::Display) -> Self {
        match self {
            Self::Unfit { path, message } => Self::Unfit { path: format!("{step}{path}"), message },
            missing => missing,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { field } => write!(f, "{field} is missing"),
            Self::Unfit { path, message } => write!(f, "{path}: {message}"),
        }
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Unfit { path: String::new(), message: message.to_string() }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing { field: field.to_owned() }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        de::Error::custom(error)
    }
}

impl Lenient {
    /// A number in quotes as the number.
    fn unquoted(self) -> Value {
        match &self.0 {
            Value::String(text) => match text.trim().parse::<Number>() {
                Ok(number) => Value::Number(number),
                Err(_) => self.0,
            },
            _ => self.0,
        }
    }
}

macro_rules! numbers {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            Ok(self.unquoted().$method(visitor)?)
        })+
    };
}

impl<'de> Deserializer<'de> for Lenient {
    type Error = Error;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items { items: items.into_iter(), index: 0 }),
            Value::Object(fields) => visitor.visit_map(Fields::new(fields, &[])),
            value => Ok(value.deserialize_any(visitor)?),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(fields) => visitor.visit_map(Fields::new(fields, names)),
            // A list would be read as the fields in order, and an empty one as whatever they are when left out.
            Value::Array(_) => Err(serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &visitor)),
            value => Ok(value.deserialize_any(visitor)?),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        Ok(self.0.deserialize_enum(name, variants, visitor)?)
    }

    serde::forward_to_deserialize_any! {
        bool char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items {
    items: std::vec::IntoIter<Value>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(Lenient(item)).map(Some).map_err(|error| error.below(format_args!("[{index}]")))
    }
}

struct Fields {
    fields: std::vec::IntoIter<(String, Value)>,
    current: Option<(String, Value)>,
}

impl Fields {
    /// Gives each field the name the type has for it. Where a name comes twice, the later one counts.
    fn new(fields: Map<String, Value>, names: &'static [&'static str]) -> Self {
        if names.is_empty() {
            return Self { fields: fields.into_iter().collect::<Vec<_>>().into_iter(), current: None };
        }
        let mut seen = BTreeSet::new();
        let mut known: Vec<(String, Value)> = fields
            .into_iter()
            .rev()
            .filter_map(|(name, value)| {
                let expected = names.iter().find(|expected| expected.eq_ignore_ascii_case(&name))?;
                seen.insert(*expected).then(|| ((*expected).to_owned(), value))
            })
            .collect();
        known.reverse();
        Self { fields: known.into_iter(), current: None }
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.current = self.fields.next();
        let Some((name, _)) = &self.current else { return Ok(None) };
        seed.deserialize(name.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (name, value) = self.current.take().unwrap_or_default();
        seed.deserialize(Lenient(value)).map_err(|error| error.below(format_args!(".{name}")))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Plan {
        plan_type: i32,
        seats: Option<u32>,
        #[serde(default)]
        rows: Vec<Row>,
        data: Option<Value>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        id: String,
    }

    #[test]
    fn names_in_any_case_and_quoted_numbers_are_read() {
        let value = json!({"PLANTYPE": "17", "Seats": "3", "unknown": {}, "Rows": [{"ID": "a"}], "data": {"Keep": "1"}});
        let plan: Plan = from_value(value).unwrap();
        let rows = vec![Row { id: "a".to_owned() }];
        assert_eq!(plan, Plan { plan_type: 17, seats: Some(3), rows, data: Some(json!({"Keep": "1"})) });
    }

    #[test]
    fn a_misfit_says_where() {
        let error =
            from_value::<Plan>(json!({"planType": 17, "rows": [{"id": "a"}, {"id": 2}]})).unwrap_err();
        assert!(matches!(error, Error::Unfit { path, .. } if path == "$.rows[1].id"));
        let error = from_value::<Plan>(json!({"planType": "many"})).unwrap_err();
        assert!(matches!(error, Error::Unfit { path, .. } if path == "$.planType"));
    }

    #[test]
    fn a_missing_field_is_named() {
        assert_eq!(from_value::<Plan>(json!({})), Err(Error::Missing { field: "planType".to_owned() }));
    }

    #[test]
    fn the_last_of_several_spellings_counts_and_none_is_a_duplicate() {
        let plan: Plan = from_value(json!({"PlanType": 1, "planType": 2})).unwrap();
        assert_eq!(plan.plan_type, 2);
    }
}
