use std::num::NonZeroU32;

use portal_domain::billing::{
    Amount, Currency, NothingToShareBy, Rate, RateError, TooMuch, TypedError, allocate,
};
use proptest::{collection::vec, prelude::*};

use super::cents;

fn whole(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap()
}

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

#[test]
fn half_a_cent_is_rounded_away_from_nothing() {
    // amount × parts ÷ whole, exactly, and rounded.
    for (amount, parts, of, rounded) in [
        (5, 15, 30, 3),   // 2.5
        (-5, 15, 30, -3), // −2.5: an invoice and its credit note cancel each other
        (7, 15, 30, 4),   // 3.5
        (4, 10, 30, 1),   // 1.33…
        (-4, 10, 30, -1),
        (5, 10, 30, 2),   // 1.66…
        (600, 1, 31, 19), // 19.35…
        (600, -1, 31, -19),
        (1, 1, 3, 0),
        (0, 7, 30, 0),
    ] {
        assert_eq!(cents(amount).share(parts, whole(of)), Ok(cents(rounded)), "{amount} × {parts} ÷ {of}");
    }
}

#[test]
fn a_percentage_is_exact_to_a_ten_thousandth_and_rounded_once() {
    // 8.875 % of 100.00 = 8.875, which is rounded to 8.88.
    assert_eq!(Rate::parse("8.875").unwrap().of(cents(10_000)), Ok(cents(888)));
    // 19 % of 0.13 = 0.0247.
    assert_eq!(Rate::parse("19").unwrap().of(cents(13)), Ok(cents(2)));
    assert_eq!(Rate::from_basis_points(1_950), Rate::parse("19,5").map_err(|_| RateError::OutOfRange));
    assert_eq!(Rate::parse("8,875").map(Rate::millionths), Ok(88_750));
    for shown in ["8.875", "0", "100", "0.0001", "-10", "1000"] {
        assert_eq!(Rate::parse(shown).unwrap().to_string(), shown);
    }
    assert_eq!(Rate::parse("1000.0001"), Err(TypedError::TooMuch));
    assert_eq!(Rate::parse("1.23456"), Err(TypedError::Decimals { allowed: 4 }));
    assert_eq!(Rate::parse("19 %"), Err(TypedError::NotANumber));
    assert_eq!(Rate::from_millionths(-1_000_001), Err(RateError::OutOfRange));
    assert_eq!(Rate::parse("101").unwrap().as_share(), Err(RateError::NotAShare));
    assert_eq!(Rate::parse("-1").unwrap().as_share(), Err(RateError::NotAShare));
}

#[test]
fn what_people_type_is_read_or_refused_and_never_guessed() {
    use TypedError::{Decimals, Empty, NotANumber, Thousands, TooMuch};
    let two = Decimals { allowed: 2 };
    for (code, text, read) in [
        ("EUR", "1234.50", Ok(123_450)),
        ("EUR", "1234,5", Ok(123_450)),
        ("EUR", " 7 ", Ok(700)),
        ("EUR", "-0.05", Ok(-5)),
        ("EUR", "−3", Ok(-300)),
        ("EUR", "007", Ok(700)),
        ("EUR", "", Err(Empty)),
        ("EUR", "1,234.50", Err(Thousands)),
        ("EUR", "1.234,50", Err(Thousands)),
        ("EUR", "1'234", Err(Thousands)),
        ("EUR", "1 234", Err(Thousands)),
        ("EUR", "1,234", Err(two)),
        ("EUR", "1.234", Err(two)),
        ("EUR", "1.", Err(NotANumber)),
        ("EUR", ".5", Err(NotANumber)),
        ("EUR", "--1", Err(NotANumber)),
        ("EUR", "€5", Err(NotANumber)),
        ("EUR", "1e3", Err(NotANumber)),
        ("EUR", "٣", Err(NotANumber)),
        ("EUR", "=1+1", Err(NotANumber)),
        ("EUR", "9999999999999", Ok(999_999_999_999_900)),
        ("EUR", "10000000000000.01", Err(TooMuch)),
        ("EUR", "99999999999999999999999", Err(TooMuch)),
        ("JPY", "1234", Ok(1234)),
        ("JPY", "1234.5", Err(Decimals { allowed: 0 })),
        ("KWD", "1.234", Ok(1234)),
        ("KWD", "1,234", Err(Thousands)),
        ("KWD", "1,23", Ok(1230)),
    ] {
        assert_eq!(currency(code).parse_amount(text).map(Amount::minor), read, "{code} {text}");
    }
}

#[test]
fn what_machines_write_is_read_digit_by_digit() {
    for (text, cents) in [
        ("0", Some(0)),
        ("0.1", Some(10)),
        ("-54.44", Some(-5_444)),
        ("1996", Some(199_600)),
        ("1.005", Some(101)),
        ("-1.005", Some(-101)),
        ("9999999999999.99", Some(999_999_999_999_999)),
        ("10000000000001", None),
        ("99999999999999999999", None),
        ("1e3", None),
        ("1,5", None),
        (".5", None),
        ("-", None),
        ("", None),
        ("--1", None),
    ] {
        assert_eq!(Currency::USD.read_amount(text).map(Amount::minor), cents, "{text}");
    }
    assert_eq!(currency("JPY").read_amount("12.5").map(Amount::minor), Some(13));
    assert_eq!(Rate::read("7.5"), Rate::parse("7.5").ok());
    assert_eq!(Rate::read("1001"), None);
}

#[test]
fn a_price_is_not_negative_and_less_than_a_billion() {
    let euro = currency("EUR");
    assert_eq!(euro.parse_price("-1"), Err(TypedError::Negative));
    assert_eq!(euro.parse_price("1000000000"), Err(TypedError::TooMuch));
    assert_eq!(euro.parse_price("999999999.99").map(Amount::minor), Ok(99_999_999_999));
    assert_eq!(currency("JPY").parse_price("1000000000"), Err(TypedError::TooMuch));
    assert!(!euro.is_price(cents(-1)));
}

#[test]
fn currencies_have_their_own_decimals() {
    for (code, decimals, plain) in [("usd", 2, "-1234.05"), ("JPY", 0, "-123405"), ("bhd", 3, "-123.405")] {
        assert_eq!(currency(code).decimals(), decimals);
        assert_eq!(currency(code).plain(cents(-123_405)), plain);
    }
    assert_eq!(currency("EUR").plain(cents(5)), "0.05");
    assert_eq!(currency("JPY").plain(Amount::ZERO), "0");
    for unknown in ["", "EU", "EURO", "XXQ", "BIF CLP", "€"] {
        assert!(Currency::parse(unknown).is_err(), "{unknown}");
    }
}

#[test]
fn nothing_is_lost_when_an_amount_is_shared_out() {
    let shared = |total, weights: &[u64]| {
        allocate(cents(total), weights).map(|parts| parts.into_iter().map(Amount::minor).collect::<Vec<_>>())
    };
    // 33.33…: the cent that is left goes to the first of equals.
    assert_eq!(shared(10_000, &[1, 1, 1]), Ok(vec![3_334, 3_333, 3_333]));
    // 1.66…, 3.33…, 5: the first lost most.
    assert_eq!(shared(10, &[1, 2, 3]), Ok(vec![2, 3, 5]));
    assert_eq!(shared(-10, &[1, 2, 3]), Ok(vec![-2, -3, -5]));
    assert_eq!(shared(5, &[0, 7, 0]), Ok(vec![0, 5, 0]));
    assert_eq!(shared(0, &[0, 0]), Ok(vec![0, 0]));
    assert_eq!(shared(1, &[0, 0]), Err(NothingToShareBy));
    assert_eq!(shared(1, &[]), Err(NothingToShareBy));
}

#[test]
fn what_is_beyond_the_limits_is_an_error_and_not_another_number() {
    let most = cents(Amount::MOST);
    assert_eq!(Amount::new(Amount::MOST + 1), Err(TooMuch));
    assert_eq!(most.plus(cents(1)), Err(TooMuch));
    assert_eq!((-most).minus(cents(1)), Err(TooMuch));
    assert_eq!(most.times(i64::MAX), Err(TooMuch));
    assert_eq!(most.share(i64::MIN, whole(1)), Err(TooMuch));
    assert_eq!(Amount::sum([most, cents(1), -most]), Ok(cents(1)), "only the sum has to be within");
    assert!(serde_json::from_str::<Amount>("1000000000000001").is_err());
    assert!(serde_json::from_str::<Amount>("1.5").is_err());
    assert!(serde_json::from_str::<Rate>("10000001").is_err());
    assert!(serde_json::from_str::<Currency>("\"EURO\"").is_err());
}

prop_compose! {
    fn any_amount()(minor in -Amount::MOST..=Amount::MOST) -> Amount { cents(minor) }
}

proptest! {
    #[test]
    fn a_share_is_never_more_than_half_a_unit_off(amount in any_amount(), parts: i64, of in 1u32..) {
        let exact = i128::from(amount.minor()) * i128::from(parts);
        match amount.share(parts, whole(of)) {
            Ok(share) => {
                let off = exact - i128::from(share.minor()) * i128::from(of);
                prop_assert!(2 * off.abs() <= i128::from(of));
                prop_assert_eq!((-amount).share(parts, whole(of)), Ok(-share));
            }
            Err(TooMuch) => prop_assert!(exact.abs() >= i128::from(of) * i128::from(Amount::MOST)),
        }
    }

    #[test]
    fn the_parts_add_up_to_the_whole(total in any_amount(), weights in vec(prop_oneof![0u64..4, any::<u64>()], 1..40)) {
        let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        prop_assume!(sum > 0);
        let parts = allocate(total, &weights).unwrap();
        prop_assert_eq!(parts.iter().map(|part| part.minor()).sum::<i64>(), total.minor());
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = i128::from(total.minor()) * i128::from(*weight);
            prop_assert!((exact - i128::from(part.minor()) * sum).abs() < sum, "less than one unit off");
        }
    }

    #[test]
    fn what_is_written_plainly_is_read_again(minor in -99_999_999_999_999i64..99_999_999_999_999, code in "EUR|JPY|KWD") {
        let currency = currency(&code);
        prop_assert_eq!(currency.parse_amount(&currency.plain(cents(minor))), Ok(cents(minor)));
    }

    #[test]
    fn no_text_breaks_the_reader(text in "[0-9.,' +−-]{0,45}|.{0,8}") {
        let _ = (currency("EUR").parse_price(&text), currency("KWD").parse_amount(&text), Rate::parse(&text));
    }
}
