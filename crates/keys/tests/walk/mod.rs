//! The vectors, walked by one table natively and in the browser: each function asserts one part of `vectors.json`.
//!
//! The vectors were computed by an independent program. All keys in them are for tests only.

use portal_keys::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// Expands `$test!` once with the name of every walk below.
macro_rules! for_every_walk {
    ($test:ident) => {
        $test!(
            no_part_of_the_vectors_is_left_out,
            passwords_become_the_right_keys_and_hashes,
            key_derivation_out_of_bounds_is_refused,
            text_and_bytes_decrypt_and_encrypt_again,
            what_must_fail_fails_in_its_kind,
            an_account_opens,
            an_old_account_with_an_unauthenticated_user_key_opens,
            a_provider_key_opens_and_is_handed_on,
            a_client_opens_under_the_provider_key,
            ten_thousand_keys_unwrap_in_one_call,
            other_rsa_types_are_read,
            public_keys_have_the_right_phrase,
            the_newer_account_version_is_refused_by_name,
            a_new_key_pair_fits_and_works,
        );
    };
}
pub(crate) use for_every_walk;

pub(crate) async fn no_part_of_the_vectors_is_left_out() {
    let walked = [
        "meta",
        "kdf",
        "enc2",
        "account_v1",
        "account_legacy_type0_user_key",
        "provider",
        "client_org",
        "rsa_other_types",
        "fingerprint",
        "account_v2",
    ];
    let vectors = vectors();
    let present: BTreeSet<&str> = vectors.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(present, BTreeSet::from(walked));
}

pub(crate) async fn passwords_become_the_right_keys_and_hashes() {
    let vectors = vectors();
    let cases = list(&vectors["kdf"], 8);
    for case in cases {
        let name = text(&case["name"]);
        let password = text(&case["password"]).as_bytes();
        let salt = normalise_salt(text(&case["email"]));
        assert_eq!(salt, text(&case["salt"]), "{name}");
        let master = MasterKey::derive(password, &salt, &kdf(&case["kdf"])).await.unwrap();
        assert_eq!(master.login_hash(password), text(&case["server_hash"]), "{name}");
        assert_eq!(master.local_hash(password), text(&case["local_hash"]), "{name}");
        let stretched = [bytes(&case["stretched_enc"]), bytes(&case["stretched_mac"])].concat();
        assert_eq!(master.stretch().expose_bytes().as_slice(), stretched, "{name}");
        assert_eq!(master.into_bytes().as_slice(), bytes(&case["master_key"]), "{name}");
    }
}

pub(crate) async fn key_derivation_out_of_bounds_is_refused() {
    let argon = |iterations, memory_mib, parallelism| Kdf::Argon2id { iterations, memory_mib, parallelism };
    for kdf in [
        Kdf::Pbkdf2 { iterations: 0 },
        Kdf::Pbkdf2 { iterations: 4_999 },
        Kdf::Pbkdf2 { iterations: 2_000_001 },
        Kdf::Pbkdf2 { iterations: u32::MAX },
        argon(1, 64, 4),
        argon(11, 64, 4),
        argon(3, 14, 4),
        argon(3, 1025, 4),
        argon(3, u32::MAX, 4),
        argon(3, 64, 0),
        argon(3, 64, 17),
    ] {
        let refused = MasterKey::derive(b"password", "a@b.example", &kdf).await.err();
        assert!(matches!(refused, Some(KeyError::KdfOutOfBounds(_))), "{kdf:?}: {refused:?}");
    }
    for kdf in [Kdf::Pbkdf2 { iterations: 2_000_000 }, argon(2, 15, 1), argon(10, 1024, 16)] {
        assert_eq!(kdf.check(), Ok(()), "{kdf:?}");
    }
    assert!(Kdf::Pbkdf2 { iterations: 599_999 }.is_weak());
    assert!(argon(2, 15, 1).is_weak());
    assert!(!Kdf::Pbkdf2 { iterations: 600_000 }.is_weak());
    assert!(argon(2, 18, 4).is_weak());
    assert!(!argon(2, 19, 1).is_weak());
    assert!(!argon(3, 64, 4).is_weak());
}

pub(crate) async fn text_and_bytes_decrypt_and_encrypt_again() {
    let vectors = vectors();
    let key = key(&vectors["enc2"]["key"]);
    for case in list(&vectors["enc2"]["cases"], 7) {
        let name = text(&case["name"]);
        let value = enc(&case["enc"]);
        let plain = bytes(&case["plaintext"]);
        assert_eq!(key.decrypt(&value).unwrap().as_slice(), plain, "{name}");
        assert_eq!(value.to_string(), text(&case["enc"]), "{name}");
        assert_eq!(EncString::from_bytes(&value.to_bytes()), Ok(value.clone()), "{name}");
        let again = key.encrypt(&plain).unwrap();
        assert_ne!(again, value, "{name}: the iv must be fresh");
        assert_eq!(key.decrypt(&again).unwrap().as_slice(), plain, "{name}");
    }
}

pub(crate) async fn what_must_fail_fails_in_its_kind() {
    let vectors = vectors();
    let key = key(&vectors["enc2"]["key"]);
    for case in list(&vectors["enc2"]["must_fail"], 14) {
        let name = text(&case["name"]);
        let error = match text(&case["enc"]).parse::<EncString>() {
            Ok(value) => key.decrypt(&value).err(),
            Err(error) => Some(error),
        };
        let expected = match (text(&case["error"]), name) {
            ("mac" | "padding", _) => KeyError::CannotDecrypt,
            ("parse", _) => KeyError::Malformed("encrypted value"),
            ("wrong key kind", _) => KeyError::WrongKeyKind,
            ("unsupported type", "no type") => KeyError::Unsupported(EncKind::Aes128CbcHmac),
            ("unsupported type", "type 9") => KeyError::Unsupported(EncKind::Unknown(9)),
            ("unsupported type", _) => KeyError::Unsupported(EncKind::AesCbc),
            other => panic!("{name}: an expectation this walk does not know: {other:?}"),
        };
        assert_eq!(error, Some(expected), "{name}");
    }
    for (refused, kind) in [
        ("1.AA==|AA==|AA==", EncKind::Aes128CbcHmac),
        ("5.AA==|AA==", EncKind::RsaOaepSha256Hmac),
        ("7.AA==", EncKind::CoseEncrypt0),
    ] {
        assert_eq!(refused.parse::<EncString>(), Err(KeyError::Unsupported(kind)));
    }
}

pub(crate) async fn an_account_opens() {
    let vectors = vectors();
    let account = &vectors["account_v1"];
    let master = master_key(&vectors, text(&account["kdf_case"]));
    let user_key =
        unwrap_user_key(&master, &enc(&account["user_key_wrapped_by_stretched_master_key"])).unwrap();
    assert!(user_key == key(&account["user_key"]));
    let wrapped = enc(&account["private_key_wrapped_by_user_key"]);
    assert_eq!(user_key.decrypt(&wrapped).unwrap().as_slice(), bytes(&account["private_key_pkcs8"]));
    let private = PrivateKey::unwrap(&wrapped, &user_key).await.unwrap();
    let public = public(&account["public_key_spki"]);
    assert_eq!(private.matches(&public).await, Ok(true));
    assert_eq!(private.matches(&self::public(&vectors["provider"]["peer_public_key_spki"])).await, Ok(false));

    let wrong = MasterKey::from_bytes(random_bytes().unwrap());
    let refused = unwrap_user_key(&wrong, &enc(&account["user_key_wrapped_by_stretched_master_key"]));
    assert_eq!(refused.err(), Some(KeyError::CannotDecrypt));
    let other = SymmetricKey::generate().unwrap();
    assert_eq!(PrivateKey::unwrap(&wrapped, &other).await.err(), Some(KeyError::CannotDecrypt));
    let no_key = user_key.encrypt(b"not a private key").unwrap();
    assert_eq!(PrivateKey::unwrap(&no_key, &user_key).await.err(), Some(KeyError::Malformed("private key")));
}

pub(crate) async fn an_old_account_with_an_unauthenticated_user_key_opens() {
    let vectors = vectors();
    let old = &vectors["account_legacy_type0_user_key"];
    let master = master_key(&vectors, "pbkdf2-600k");
    let wrapped = enc(&old["wrapped"]);
    assert!(unwrap_user_key(&master, &wrapped).unwrap() == key(&old["user_key"]));
    assert_eq!(wrapped.to_string(), text(&old["wrapped"]));
    let refused = master.stretch().unwrap_key(&wrapped).err();
    assert_eq!(refused, Some(KeyError::Unsupported(EncKind::AesCbc)));
}

pub(crate) async fn a_provider_key_opens_and_is_handed_on() {
    let vectors = vectors();
    let provider = &vectors["provider"];
    let expected = key(&provider["provider_key"]);
    let (own, own_public) = user_pair(&vectors).await;
    let opened = own.decapsulate(&enc(&provider["key_in_profile_for_user"])).await.unwrap();
    assert!(opened == expected);

    let vault = SymmetricKey::generate().unwrap();
    let peer_wrapped = vault.encrypt(&bytes(&provider["peer_private_key_pkcs8"])).unwrap();
    let peer = PrivateKey::unwrap(&peer_wrapped, &vault).await.unwrap();
    let peer_public = public(&provider["peer_public_key_spki"]);
    assert_eq!(peer.matches(&peer_public).await, Ok(true));
    assert!(peer.decapsulate(&enc(&provider["key_for_peer_confirm"])).await.unwrap() == expected);

    let handed_on = peer_public.encapsulate(&opened).await.unwrap();
    assert_eq!(handed_on.kind(), EncKind::RsaOaepSha1);
    assert!(peer.decapsulate(&handed_on).await.unwrap() == expected);
    assert_eq!(own.decapsulate(&handed_on).await.err(), Some(KeyError::CannotDecrypt));

    let for_self = own_public.encapsulate_for_self(&opened, &own).await.unwrap();
    assert!(own.decapsulate(&for_self).await.unwrap() == expected);
    let not_own = peer_public.encapsulate_for_self(&opened, &own).await.err();
    assert_eq!(not_own, Some(KeyError::CheckFailed));
}

pub(crate) async fn a_client_opens_under_the_provider_key() {
    let vectors = vectors();
    let client = &vectors["client_org"];
    let provider_key = key(&vectors["provider"]["provider_key"]);
    let org_key = provider_key.unwrap_key(&enc(&client["key_wrapped_by_provider_key"])).unwrap();
    assert!(org_key == key(&client["org_key"]));
    for name in ["collection_name", "my_items_name"] {
        let opened = org_key.decrypt_text(&enc(&client[format!("{name}_enc")])).unwrap();
        assert_eq!(opened.as_str(), text(&client[name]));
    }

    let (own, _) = user_pair(&vectors).await;
    let vault = SymmetricKey::generate().unwrap();
    let peer_wrapped = vault.encrypt(&bytes(&vectors["provider"]["peer_private_key_pkcs8"])).unwrap();
    let peer = PrivateKey::unwrap(&peer_wrapped, &vault).await.unwrap();
    let for_member = enc(&client["key_for_member_type4"]);
    let opened = [own.decapsulate(&for_member).await, peer.decapsulate(&for_member).await];
    assert_eq!(opened.iter().filter(|key| key.as_ref() == Ok(&org_key)).count(), 1);

    let wrapped = enc(&client["org_private_key_wrapped_by_org_key"]);
    assert_eq!(org_key.decrypt(&wrapped).unwrap().as_slice(), bytes(&client["org_private_key_pkcs8"]));
    let org_private = PrivateKey::unwrap(&wrapped, &org_key).await.unwrap();
    assert_eq!(org_private.matches(&public(&client["org_public_key_spki"])).await, Ok(true));
    let recovered =
        org_private.decapsulate(&enc(&client["user_key_for_account_recovery_type4"])).await.unwrap();
    assert!(recovered == key(&vectors["account_v1"]["user_key"]));

    let again = provider_key.wrap(&org_key).unwrap();
    assert!(provider_key.unwrap_key(&again).unwrap() == org_key);
    assert_eq!(org_key.unwrap_key(&again).err(), Some(KeyError::CannotDecrypt));
}

pub(crate) async fn ten_thousand_keys_unwrap_in_one_call() {
    let provider_key = SymmetricKey::generate().unwrap();
    let keys: Vec<SymmetricKey> = (0..10_000).map(|_| SymmetricKey::generate().unwrap()).collect();
    let mut wrapped: Vec<EncString> = keys.iter().map(|key| provider_key.wrap(key).unwrap()).collect();
    wrapped[17] = SymmetricKey::generate().unwrap().wrap(&keys[17]).unwrap();
    wrapped[18] = provider_key.encrypt(b"too short for a key").unwrap();
    let opened = unwrap_many(&provider_key, wrapped.iter().map(EncString::as_bytes));
    assert_eq!(opened.len(), keys.len());
    for (row, (opened, key)) in opened.iter().zip(&keys).enumerate() {
        match row {
            17 => assert_eq!(opened, &Err(KeyError::CannotDecrypt)),
            18 => assert_eq!(opened, &Err(KeyError::Malformed("key"))),
            _ => assert!(opened.as_ref() == Ok(key), "row {row}"),
        }
    }
}

pub(crate) async fn other_rsa_types_are_read() {
    let vectors = vectors();
    let other = &vectors["rsa_other_types"];
    let expected = key(&other["key"]);
    let (own, _) = user_pair(&vectors).await;
    for name in ["type3_oaep_sha256", "type6_oaep_sha1_mac_ignored"] {
        let value = enc(&other[name]);
        assert!(own.decapsulate(&value).await.unwrap() == expected, "{name}");
        assert_eq!(value.to_string(), text(&other[name]));
        assert_eq!(EncString::from_bytes(value.as_bytes()), Ok(value.clone()));
        assert_eq!(expected.decrypt(&value).err(), Some(KeyError::WrongKeyKind));
    }
    for case in list(&other["must_fail"], 2) {
        let name = text(&case["name"]);
        assert_eq!(own.decapsulate(&enc(&case["enc"])).await.err(), Some(KeyError::CannotDecrypt), "{name}");
    }
    let symmetric = expected.encrypt(b"not for RSA").unwrap();
    assert_eq!(own.decapsulate(&symmetric).await.err(), Some(KeyError::WrongKeyKind));
}

pub(crate) async fn public_keys_have_the_right_phrase() {
    let vectors = vectors();
    let words = WordList::parse(include_str!("../../words.txt")).unwrap();
    for case in list(&vectors["fingerprint"], 3) {
        let public = public(&case["public_key_spki"]);
        assert_eq!(fingerprint(text(&case["user_id"]), &public, &words), text(&case["phrase"]));
    }
    let mut der = bytes(&vectors["fingerprint"][0]["public_key_spki"]);
    assert!(PublicKey::from_spki(&der[1..]).is_err());
    der[291] = 3;
    assert_eq!(PublicKey::from_spki(&der).err(), Some(KeyError::Malformed("public key")));
    assert_eq!(PublicKey::from_base64("@").err(), Some(KeyError::Malformed("public key")));
}

pub(crate) async fn the_newer_account_version_is_refused_by_name() {
    let vectors = vectors();
    let master = master_key(&vectors, "pbkdf2-600k");
    for case in list(&vectors["account_v2"]["variants"], 2) {
        let wrapped = enc(&case["user_key_wrapped_by_stretched_master_key"]);
        let refused = unwrap_user_key(&master, &wrapped).err().unwrap();
        assert_eq!(refused, KeyError::AccountVersion);
        assert_eq!(refused.to_string(), "account encryption version not supported yet");
        assert_eq!(
            SymmetricKey::from_bytes(&bytes(&case["cose_key_padded"])).err(),
            Some(KeyError::AccountVersion)
        );
        assert_eq!(SymmetricKey::from_bytes(&bytes(&case["raw_key"])).err(), Some(KeyError::WrongKeyKind));
        for name in ["private_key_wrapped_by_user_key", "text_enc"] {
            let refused = text(&case[name]).parse::<EncString>().err().unwrap();
            assert_eq!(refused, KeyError::Unsupported(EncKind::CoseEncrypt0));
            assert!(refused.to_string().contains("7 (COSE Encrypt0 of a newer account encryption version)"));
        }
    }
}

pub(crate) async fn a_new_key_pair_fits_and_works() {
    let org_key = SymmetricKey::generate().unwrap();
    let pair = PrivateKey::generate_wrapped(&org_key).await.unwrap();
    assert_eq!(pair.wrapped_private.kind(), EncKind::AesCbcHmac);
    assert_eq!(PublicKey::from_base64(&pair.public.to_base64()), Ok(pair.public.clone()));
    let private = PrivateKey::unwrap(&pair.wrapped_private, &org_key).await.unwrap();
    let secret = SymmetricKey::generate().unwrap();
    let value = pair.public.encapsulate(&secret).await.unwrap();
    assert!(private.decapsulate(&value).await.unwrap() == secret);
    let other = PrivateKey::generate_wrapped(&org_key).await.unwrap();
    assert_eq!(private.matches(&other.public).await, Ok(false));
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors.json")).unwrap()
}

fn list(value: &Value, len: usize) -> &[Value] {
    let list = value.as_array().unwrap();
    assert_eq!(list.len(), len);
    list
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    use base64ct::{Base64, Encoding};
    Base64::decode_vec(text(value)).unwrap()
}

fn key(value: &Value) -> SymmetricKey {
    SymmetricKey::from_bytes(&bytes(value)).unwrap()
}

fn enc(value: &Value) -> EncString {
    text(value).parse().unwrap()
}

fn public(value: &Value) -> PublicKey {
    let key = PublicKey::from_base64(text(value)).unwrap();
    assert_eq!(key.to_base64(), text(value));
    key
}

fn kdf(value: &Value) -> Kdf {
    let number = |name: &str| u32::try_from(value[name].as_u64().unwrap()).unwrap();
    match number("type") {
        0 => Kdf::Pbkdf2 { iterations: number("iterations") },
        1 => Kdf::Argon2id {
            iterations: number("iterations"),
            memory_mib: number("memory"),
            parallelism: number("parallelism"),
        },
        other => panic!("a KDF this walk does not know: {other}"),
    }
}

fn master_key(vectors: &Value, name: &str) -> MasterKey {
    let case = vectors["kdf"].as_array().unwrap().iter().find(|case| case["name"] == name).unwrap();
    let bytes: [u8; 32] = bytes(&case["master_key"]).try_into().unwrap();
    MasterKey::from_bytes(Zeroizing::new(bytes))
}

async fn user_pair(vectors: &Value) -> (PrivateKey, PublicKey) {
    let account = &vectors["account_v1"];
    let wrapped = enc(&account["private_key_wrapped_by_user_key"]);
    let private = PrivateKey::unwrap(&wrapped, &key(&account["user_key"])).await.unwrap();
    (private, public(&account["public_key_spki"]))
}
