use serde::{
    Serialize, Serializer,
    ser::{
        SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
        SerializeTupleStruct, SerializeTupleVariant,
    },
};
use zeroize::{Zeroize, Zeroizing};

use super::Garbled;

type Result<T = ()> = std::result::Result<T, Garbled>;

/// Takes the bytes of a message one after the other.
#[derive(Default)]
pub(super) struct Writer(Zeroizing<Vec<u8>>);

impl Writer {
    /// Adds bytes. Growing leaves no copy behind.
    pub(super) fn put(&mut self, bytes: &[u8]) {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            let mut larger = Vec::with_capacity((needed * 2).max(256));
            larger.extend_from_slice(&self.0);
            self.0.zeroize();
            *self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn finish(self) -> Zeroizing<Vec<u8>> {
        self.0
    }

    /// Seven bits to a byte, the lowest first; the highest bit says that more follow.
    fn number(&mut self, mut number: u64) -> Result {
        while number > 0x7f {
            self.put(&[number as u8 | 0x80]);
            number >>= 7;
        }
        self.put(&[number as u8]);
        Ok(())
    }

    /// Numbers near zero are short, whatever their sign: it stands in the lowest bit.
    fn signed(&mut self, number: i64) -> Result {
        self.number((number << 1 ^ number >> 63) as u64)
    }

    fn length(&mut self, length: usize) -> Result {
        self.number(length as u64)
    }

    fn sized(&mut self, bytes: &[u8]) -> Result {
        self.length(bytes.len())?;
        self.put(bytes);
        Ok(())
    }
}

impl Serializer for &mut Writer {
    type Ok = ();
    type Error = Garbled;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fn serialize_bool(self, value: bool) -> Result {
        self.number(value.into())
    }

    fn serialize_i8(self, value: i8) -> Result {
        self.signed(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result {
        self.signed(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result {
        self.signed(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result {
        self.signed(value)
    }

    fn serialize_u8(self, value: u8) -> Result {
        self.number(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result {
        self.number(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result {
        self.number(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result {
        self.number(value)
    }

    fn serialize_f32(self, value: f32) -> Result {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result {
        self.put(&value.to_le_bytes());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result {
        self.number(u32::from(value).into())
    }

    fn serialize_str(self, value: &str) -> Result {
        self.sized(value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result {
        self.sized(value)
    }

    fn serialize_none(self) -> Result {
        self.number(0)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        self.number(1)?;
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, variant: u32, _: &'static str) -> Result {
        self.number(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
        value: &T,
    ) -> Result {
        self.number(variant.into())?;
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self> {
        self.length(length.ok_or(Garbled)?)?;
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self> {
        self.number(variant.into())?;
        Ok(self)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self> {
        self.serialize_seq(length)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self> {
        self.number(variant.into())?;
        Ok(self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// Whatever holds parts writes one after the other.
macro_rules! parts {
    ($($trait:ident::$method:ident($($name:ty)?);)+) => {
        $(impl $trait for &mut Writer {
            type Ok = ();
            type Error = Garbled;

            fn $method<T: Serialize + ?Sized>(&mut self, $(_: $name,)? value: &T) -> Result {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result {
                Ok(())
            }
        })+
    };
}

parts! {
    SerializeSeq::serialize_element();
    SerializeTuple::serialize_element();
    SerializeTupleStruct::serialize_field();
    SerializeTupleVariant::serialize_field();
    SerializeStruct::serialize_field(&'static str);
    SerializeStructVariant::serialize_field(&'static str);
}

impl SerializeMap for &mut Writer {
    type Ok = ();
    type Error = Garbled;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result {
        Ok(())
    }
}
