use portal_domain::billing::{BadNumbering, Fault, Numbering};
use proptest::{collection::vec, prelude::*};

fn numbering() -> Numbering {
    Numbering::new("2026-", 1, 4).unwrap()
}

#[test]
fn each_number_follows_the_one_before() {
    assert_eq!(numbering().next(None), 1);
    assert_eq!(numbering().next(Some(41)), 42);
    assert_eq!(numbering().written(42), "2026-0042");
    assert_eq!(numbering().written(123_456), "2026-123456");
    let later = Numbering::new("", 500, 0).unwrap();
    assert_eq!(later.next(Some(7)), 500, "a later first number is a new beginning");
    assert_eq!(later.written(500), "500");
}

#[test]
fn what_is_missing_or_given_twice_is_told() {
    let faults = |given: &[u64]| numbering().faults(given);
    assert_eq!(faults(&[]), []);
    assert_eq!(faults(&[3, 1, 2]), []);
    assert_eq!(faults(&[2, 7, 3]), [Fault::Missing(1, 1), Fault::Missing(4, 6)]);
    assert_eq!(faults(&[1, 2, 2, 2, 3]), [Fault::Twice(2), Fault::Twice(2)]);
    assert_eq!(faults(&[0, 1]), [Fault::TooLow(0)]);
    assert_eq!(faults(&[1, u64::MAX]), [Fault::Missing(2, u64::MAX - 1)]);
}

#[test]
fn what_stands_in_front_is_plain() {
    for prefix in ["=1", "-", "é", "a b", "\"", "a,b", "123456789012345678901"] {
        assert_eq!(Numbering::new(prefix, 1, 4), Err(BadNumbering::Prefix), "{prefix}");
    }
    assert_eq!(Numbering::new("R", 1_000_000_000, 4), Err(BadNumbering::Number));
    assert_eq!(Numbering::new("R", 1, 13), Err(BadNumbering::Number));
    assert!(serde_json::from_str::<Numbering>(r#"{"prefix":"=","first":1,"digits":4}"#).is_err());
}

proptest! {
    #[test]
    fn numbers_given_one_after_the_other_have_no_faults(count in 0usize..50, removed: proptest::sample::Index, turn: proptest::sample::Index) {
        let mut given: Vec<u64> = Vec::new();
        for _ in 0..count {
            given.push(numbering().next(given.last().copied()));
        }
        if count > 1 {
            given.rotate_left(turn.index(count));
            prop_assert_eq!(numbering().faults(&given), []);
            let gone = given.remove(removed.index(count));
            let last = gone == count as u64;
            prop_assert_eq!(numbering().faults(&given), if last { vec![] } else { vec![Fault::Missing(gone, gone)] });
        }
    }

    #[test]
    fn no_numbers_break_the_check(given in vec(any::<u64>(), 0..20)) {
        let _ = numbering().faults(&given);
    }
}
