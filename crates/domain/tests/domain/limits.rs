use portal_domain::limits::*;
use portal_wire::{KdfType, identity::KdfSettings};
use proptest::prelude::*;

#[test]
fn a_name_is_counted_as_it_is_stored() {
    let long = "x".repeat(50);
    assert_eq!(parse_name(&format!(" {long} "), Stored::Encoded), Ok(long));
    let ampersands = "&".repeat(11);
    assert_eq!(parse_name(&ampersands, Stored::Plain), Ok(ampersands.clone()));
    assert_eq!(
        parse_name(&ampersands, Stored::Encoded),
        Err(TextError::TooLong { length: 55, limit: NAME_LENGTH })
    );
    assert_eq!(parse_name(" \t", Stored::Plain), Err(TextError::Empty));
    assert_eq!(parse_optional_name(" ", Stored::Plain), Ok(None));
    assert!(parse_name(&"x".repeat(51), Stored::Plain).is_err());
    assert!(parse_hint(&"x".repeat(51)).is_err());
}

#[test]
fn usual_addresses_are_taken_as_they_were_typed() {
    for good in [
        "a@b.co",
        "Ann.Lee+msp@Mail.Example.com",
        "o'hara_1@x-y.example",
        "jörg@müller.example",
        "a@b.xn--p1ai",
    ] {
        assert_eq!(parse_email(&format!(" {good}\n")).as_deref(), Ok(good));
    }
}

#[test]
fn what_is_no_address_says_why() {
    let long = format!("{}@example.com", "x".repeat(245));
    for (bad, error) in [
        ("", EmailError::Empty),
        ("ann", EmailError::At),
        ("a@b@c.com", EmailError::At),
        ("@b.com", EmailError::Local),
        ("a b@c.com", EmailError::Local),
        ("a..b@c.com", EmailError::Local),
        ("<a@b.com", EmailError::Local),
        ("a@b", EmailError::Domain),
        ("a@b.c", EmailError::Domain),
        ("a@b..com", EmailError::Domain),
        ("a@-b.com", EmailError::Domain),
        ("a@[127.0.0.1]", EmailError::Domain),
        ("a@127.0.0.11", EmailError::Domain),
        ("a@b.com>", EmailError::Domain),
        (long.as_str(), EmailError::TooLong),
    ] {
        assert_eq!(parse_email(bad), Err(error), "{bad}");
    }
    assert!(parse_email(&long[1..]).is_ok());
}

#[test]
fn addresses_are_divided_and_doubles_dropped() {
    assert_eq!(
        parse_addresses(" a@x.com, b@x.com;A@X.com\r\nc@x.com  ,;").unwrap(),
        ["a@x.com", "b@x.com", "c@x.com"]
    );
    assert_eq!(parse_addresses(" ;, "), Err(AddressesError::Empty));
}

#[test]
fn every_bad_address_is_reported() {
    let Err(AddressesError::Bad(bad)) = parse_addresses("a@x.com, nope; b@, a@x.com") else {
        panic!("bad addresses were taken");
    };
    let texts: Vec<&str> = bad.iter().map(|bad| bad.text.as_str()).collect();
    assert_eq!(texts, ["nope", "b@"]);
}

#[test]
fn twenty_addresses_are_enough() {
    let list = |count: usize| (0..count).map(|n| format!("p{n}@x.com")).collect::<Vec<_>>().join(",");
    assert_eq!(parse_addresses(&list(20)).unwrap().len(), 20);
    assert_eq!(parse_addresses(&list(21)), Err(AddressesError::TooMany(21)));
}

#[test]
fn seats_are_whole_numbers_from_one() {
    assert_eq!(parse_seats(" 25 "), Ok(25));
    for (text, error) in [
        ("", SeatsError::NotANumber),
        ("-1", SeatsError::NotANumber),
        ("+1", SeatsError::NotANumber),
        ("1.5", SeatsError::NotANumber),
        ("0", SeatsError::None),
        ("2147483648", SeatsError::TooMany),
        ("99999999999999", SeatsError::TooMany),
    ] {
        assert_eq!(parse_seats(text), Err(error), "{text}");
    }
}

#[test]
fn derivation_settings_stay_in_their_ranges() {
    for kdf in [KdfType::Pbkdf2Sha256, KdfType::Argon2id] {
        assert_eq!(check_kdf(&default_kdf(kdf)), Ok(()));
    }
    let argon = default_kdf(KdfType::Argon2id);
    let refused = |settings: KdfSettings| check_kdf(&settings).unwrap_err();
    assert!(matches!(refused(KdfSettings { iterations: 1, ..argon }), KdfError::Iterations(_)));
    assert!(matches!(refused(KdfSettings { memory: None, ..argon }), KdfError::Memory(_)));
    assert!(matches!(refused(KdfSettings { memory: Some(1025), ..argon }), KdfError::Memory(_)));
    assert!(matches!(refused(KdfSettings { parallelism: Some(17), ..argon }), KdfError::Parallelism(_)));
    let pbkdf2 = default_kdf(KdfType::Pbkdf2Sha256);
    let error = refused(KdfSettings { iterations: 100_000, ..pbkdf2 });
    assert_eq!(error.to_string(), "the iterations must be 600000 to 2000000");
    assert_eq!(refused(KdfSettings { kdf_type: KdfType::Unknown(2), ..pbkdf2 }), KdfError::UnknownType(2));
}

proptest! {
    #[test]
    fn what_is_taken_is_taken_again(text in "[a-zA-Z0-9.@+ -]{1,20}") {
        if let Ok(address) = parse_email(&text) {
            prop_assert_eq!(parse_email(&address), Ok(address.clone()));
            prop_assert_eq!(parse_addresses(&address), Ok(vec![address]));
        }
    }

    #[test]
    fn no_text_can_break_it(text in any::<String>()) {
        let _ = parse_email(&text);
        let _ = parse_addresses(&text);
        let _ = parse_name(&text, Stored::Encoded);
        let _ = parse_seats(&text);
    }
}
