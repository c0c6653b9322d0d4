use std::borrow::Cow;

use serde::{
    Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};

use super::{JsonError, scan};

type Result<T> = std::result::Result<T, JsonError>;

const REFUSED: JsonError = JsonError { field: None };

/// One value, or the lack of one.
#[derive(Clone, Copy)]
pub(super) struct Value<'de>(&'de [u8]);

/// What a field that is not there reads as: nothing where a value may be missing, else it is refused.
const MISSING: Value<'static> = Value(b"");

/// The kinds of values.
enum Kind<'de> {
    Null,
    Bool(bool),
    Number(&'de str),
    Text,
    List,
    Object,
}

impl<'de> Value<'de> {
    /// The value of a whole text, which must be JSON; then what reads its parts need not look again.
    pub(super) fn new(json: &'de [u8]) -> Result<Self> {
        scan::Scanner::new(json).only_value().map(Self).ok_or(REFUSED)
    }

    fn kind(self) -> Result<Kind<'de>> {
        Ok(match self.0.first() {
            Some(b'n') => Kind::Null,
            Some(b't') => Kind::Bool(true),
            Some(b'f') => Kind::Bool(false),
            Some(b'"') => Kind::Text,
            Some(b'[') => Kind::List,
            Some(b'{') => Kind::Object,
            Some(_) => Kind::Number(std::str::from_utf8(self.0).map_err(|_| REFUSED)?),
            None => return Err(REFUSED),
        })
    }

    fn text(self) -> Result<Cow<'de, str>> {
        let inside = self.0.strip_prefix(b"\"").and_then(|text| text.strip_suffix(b"\"")).ok_or(REFUSED)?;
        if inside.contains(&b'\\') {
            scan::unescape(inside).map(Cow::Owned).ok_or(REFUSED)
        } else {
            std::str::from_utf8(inside).map(Cow::Borrowed).map_err(|_| REFUSED)
        }
    }

    /// Whether this text is the name, in whatever case.
    fn is_name(self, name: &str) -> bool {
        self.text().is_ok_and(|text| text.eq_ignore_ascii_case(name))
    }

    fn signed(self) -> Result<i64> {
        match self.kind()? {
            Kind::Number(digits) => digits.parse().map_err(|_| REFUSED),
            _ => Err(REFUSED),
        }
    }

    fn float(self) -> Result<f64> {
        match self.kind()? {
            // Whole numbers round once, however many digits they have.
            Kind::Number(digits) => match digits.parse::<i64>() {
                Ok(whole) => Ok(whole as f64),
                Err(_) => float(digits).ok_or(REFUSED),
            },
            _ => Err(REFUSED),
        }
    }

    fn bool(self) -> Result<bool> {
        match self.kind()? {
            Kind::Bool(value) => Ok(value),
            _ => Err(REFUSED),
        }
    }

    fn parts(self, bracket: u8) -> Result<scan::Parts<'de>> {
        scan::Parts::of(self.0, bracket).ok_or(REFUSED)
    }

    /// The values of these fields, in this order.
    fn fields(self, names: &'static [&'static str]) -> Result<Vec<Value<'de>>> {
        let mut values = vec![MISSING; names.len()];
        let mut parts = self.parts(b'{')?;
        while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
            let place = names.iter().position(|known| Value(name).is_name(known));
            if let Some(slot) = place.and_then(|place| values.get_mut(place)) {
                *slot = Value(value);
            }
        }
        Ok(values)
    }
}

/// A number with a fraction or an exponent, exact up to fifteen digits. What the language has for it is exact for all of
/// them, and brings ten kilobytes of tables along.
fn float(text: &str) -> Option<f64> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse().ok()?),
        None => (text, 0_i32),
    };
    let decimals = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let digit = |byte: u8| byte.is_ascii_digit().then(|| f64::from(byte - b'0'));
    let number = digits.bytes().filter_map(digit).fold(0.0, |number, digit| number * 10.0 + digit);
    let exponent = exponent.checked_sub(i32::try_from(decimals).ok()?)?;
    let power = 10.0_f64.powi(exponent.checked_abs()?);
    let number = if exponent < 0 { number / power } else { number * power };
    number.is_finite().then_some(if digits.starts_with('-') { -number } else { number })
}

/// Numbers of every width are read through one program.
macro_rules! simple {
    ($($method:ident: $read:ident $visit:ident;)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            visitor.$visit(self.$read()?)
        })+
    };
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = JsonError;

    simple! {
        deserialize_bool: bool visit_bool;
        deserialize_i8: signed visit_i64;
        deserialize_i16: signed visit_i64;
        deserialize_i32: signed visit_i64;
        deserialize_i64: signed visit_i64;
        deserialize_u8: signed visit_i64;
        deserialize_u16: signed visit_i64;
        deserialize_u32: signed visit_i64;
        deserialize_u64: signed visit_i64;
        deserialize_f32: float visit_f64;
        deserialize_f64: float visit_f64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.kind()? {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(value),
            Kind::Text => self.deserialize_str(visitor),
            Kind::List => self.deserialize_seq(visitor),
            Kind::Object => self.deserialize_map(visitor),
            Kind::Number(digits) => match digits.parse() {
                Ok(number) => visitor.visit_i64(number),
                Err(_) => visitor.visit_f64(self.float()?),
            },
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_str(&text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    /// The value as it is written, for [`super::Digits`].
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_borrowed_bytes(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0.first() {
            None | Some(b'n') => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_seq(List(self.parts(b'[')?))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_map(Entries(self.parts(b'{')?))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let values = self.fields(names)?;
        let mut fields = Fields { values: &values, names, lacking: None };
        let read = visitor.visit_seq(&mut fields);
        fields.end(read.is_ok())?;
        read.map_err(|error| JsonError { field: error.field.or(fields.lacking) })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        char byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}

struct List<'de>(scan::Parts<'de>);

impl<'de> SeqAccess<'de> for List<'de> {
    type Error = JsonError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        self.0.next().map(|value| seed.deserialize(Value(value))).transpose()
    }
}

struct Entries<'de>(scan::Parts<'de>);

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = JsonError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        self.0.next().map(|name| seed.deserialize(Value(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(Value(self.0.next().ok_or(REFUSED)?))
    }
}

/// The fields of a type, in its order.
struct Fields<'a, 'de> {
    values: &'a [Value<'de>],
    names: &'static [&'static str],
    /// The last one that is not there and has no value for that case.
    lacking: Option<&'static str>,
}

impl Fields<'_, '_> {
    /// A type that gives a field a second name has one name more than fields, and cannot be read in order.
    fn end(&self, read: bool) -> Result<()> {
        debug_assert!(!read || self.values.is_empty(), "a type with aliases");
        if read && !self.values.is_empty() { Err(REFUSED) } else { Ok(()) }
    }
}

impl<'de> SeqAccess<'de> for &mut Fields<'_, 'de> {
    type Error = JsonError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some((value, values)) = self.values.split_first() else { return Ok(None) };
        let name = self.names.first().copied();
        (self.values, self.names) = (values, self.names.get(1..).unwrap_or_default());
        match seed.deserialize(*value) {
            Ok(read) => Ok(Some(read)),
            // Then the type decides whether it has a value for a field that is not there.
            Err(_) if value.0.is_empty() => {
                self.lacking = name;
                Ok(None)
            }
            Err(error) => Err(JsonError { field: error.field.or(name) }),
        }
    }
}
