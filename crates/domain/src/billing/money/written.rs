//! Numbers with decimals, as machines write them.

/// The number in units of its last decimal. What has more decimals is rounded half away from zero; what is no plain number, or beyond the
/// limits, is none.
pub(super) fn decimal(text: &str, decimals: u8) -> Option<i64> {
    let decimals = usize::from(decimals);
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let kept = fraction.bytes().chain(std::iter::repeat(b'0')).take(decimals);
    let mut number = 0_i64;
    for digit in whole.bytes().chain(kept) {
        number = number.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
    }
    let rounded_up = fraction.as_bytes().get(decimals).is_some_and(|digit| *digit >= b'5');
    Some(sign * number.checked_add(i64::from(rounded_up))?)
}
