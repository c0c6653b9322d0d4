//! Money as the contract has it: a number of dollars in JSON. Nothing is worked out with such a number; it is made here, last.

use portal_domain::billing::{Amount, Rate};

/// So many dollars. Amounts below 10¹³ dollars are written with exactly the cents they have: the number that is nearest to them is
/// written by the fewest digits that name it, and those are theirs.
pub fn dollars(amount: Amount) -> f64 {
    amount.minor() as f64 / 100.0
}

/// So many percent.
pub fn percent(rate: Rate) -> f64 {
    f64::from(rate.millionths()) / 10_000.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_amount_is_written_with_its_cents(minor in -Amount::MOST..=Amount::MOST) {
            let amount = Amount::new(minor).unwrap();
            let written = serde_json::to_string(&dollars(amount)).unwrap();
            let (whole, cents) = written.split_once('.').unwrap();
            let sign = if minor < 0 { "-" } else { "" };
            prop_assert_eq!(whole, format!("{sign}{}", minor.unsigned_abs() / 100));
            prop_assert_eq!(format!("{cents:0<2}"), format!("{:02}", minor.unsigned_abs() % 100));
        }
    }
}
