//! What holds for any input.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
#![cfg(not(target_arch = "wasm32"))]

use portal_keys::totp::TotpSecret;
use portal_keys::{EncKind, EncString, KeyError, PublicKey, SymmetricKey, unwrap_many};
use proptest::prelude::*;

fn any_key() -> impl Strategy<Value = SymmetricKey> {
    proptest::collection::vec(any::<u8>(), 64).prop_map(|bytes| SymmetricKey::from_bytes(&bytes).unwrap())
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..600)
}

/// Bytes in the compact form of a type that is read, with the lengths right.
fn any_value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        (0_u8..=0, 0..20_usize),
        (2_u8..=2, 0..20_usize),
        (3_u8..=4, 0..1_usize),
        (6_u8..=6, 0..1_usize)
    ]
    .prop_flat_map(|(kind, blocks)| {
        let len = match kind {
            0 => 16 + 16 * (blocks + 1),
            2 => 48 + 16 * (blocks + 1),
            6 => 32 + 256,
            _ => 256,
        };
        proptest::collection::vec(any::<u8>(), len).prop_map(move |bytes| [vec![kind], bytes].concat())
    })
}

proptest! {
    #[test]
    fn what_is_encrypted_decrypts_to_the_same(key in any_key(), plain in any_bytes()) {
        let value = key.encrypt(&plain).unwrap();
        let read: EncString = value.to_string().parse().unwrap();
        prop_assert_eq!(key.decrypt(&read).unwrap().to_vec(), plain.clone());
        prop_assert_eq!(key.opener().decrypt(value.as_bytes()).unwrap().to_vec(), plain);
    }

    #[test]
    fn any_text_survives(key in any_key(), text in any::<String>()) {
        let opened = key.decrypt_text(&key.encrypt_text(&text).unwrap()).unwrap();
        prop_assert_eq!(opened.as_str(), text);
    }

    #[test]
    fn a_wrapped_key_unwraps_to_the_same_and_under_no_other(outer in any_key(), inner in any_key()) {
        let wrapped = outer.wrap(&inner).unwrap();
        prop_assert!(outer.unwrap_key(&wrapped) == Ok(inner.clone()));
        prop_assert!(unwrap_many(&outer, [wrapped.as_bytes()]) == [Ok(inner.clone())]);
        prop_assert_eq!(inner.unwrap_key(&wrapped), Err(KeyError::CannotDecrypt));
    }

    #[test]
    fn one_changed_bit_is_noticed(key in any_key(), plain in any_bytes(), at in any::<prop::sample::Index>(), bit in 0..8) {
        let mut bytes = key.encrypt(&plain).unwrap().to_bytes();
        let at = 1 + at.index(bytes.len() - 1);
        bytes[at] ^= 1_u8 << bit;
        let changed = EncString::from_bytes(&bytes).unwrap();
        prop_assert_eq!(key.decrypt(&changed).err(), Some(KeyError::CannotDecrypt));
    }

    #[test]
    fn a_value_is_the_same_as_text_and_as_bytes(bytes in any_value()) {
        let value = EncString::from_bytes(&bytes).unwrap();
        prop_assert_eq!(&value.to_string().parse::<EncString>().unwrap(), &value);
        prop_assert_eq!(value.to_bytes(), bytes);
    }

    #[test]
    fn garbage_is_refused_and_never_panics(key in any_key(), text in any::<String>(), bytes in any_bytes()) {
        for number in 0..=9 {
            let _ = format!("{number}.{text}").parse::<EncString>();
        }
        if let Ok(value) = text.parse::<EncString>() {
            prop_assert!(key.decrypt(&value).is_err());
        }
        prop_assert!(key.opener().decrypt(&bytes).is_err());
        prop_assert!(key.opener().unwrap_key(&bytes).is_err());
        prop_assert!(PublicKey::from_spki(&bytes).is_err());
        prop_assert!(PublicKey::from_base64(&text).is_err());
        let _ = TotpSecret::from_base32(&text);
    }

    #[test]
    fn text_shaped_like_a_value_never_panics(text in "[0-9]{0,3}\\.?[A-Za-z0-9+/=|]{0,120}") {
        if let Ok(value) = text.parse::<EncString>() {
            prop_assert!(value.kind() != EncKind::Unknown(8));
            prop_assert_eq!(value.to_string().parse::<EncString>().unwrap(), value);
        }
    }
}
