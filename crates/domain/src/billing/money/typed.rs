//! Numbers with decimals, as people type them.

/// Why a typed number cannot be taken. Nothing is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    /// There is nothing.
    #[error("it is empty")]
    Empty,
    /// It has something other than digits, a sign, and one point or comma.
    #[error("it is not a number such as 1234.50")]
    NotANumber,
    /// It has marks between thousands.
    #[error("write it without marks between thousands, such as 1234.50")]
    Thousands,
    /// It has more decimals than there are.
    #[error("it has more than {allowed} decimals; write it without marks between thousands")]
    Decimals {
        /// Decimals there are.
        allowed: u8,
    },
    /// It may not be negative.
    #[error("it is negative")]
    Negative,
    /// It is beyond the limits.
    #[error("it is too large")]
    TooMuch,
}

/// Whether a number of this kind can have so many digits that somebody would mark the thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thousands {
    /// Amounts of money.
    Thinkable,
    /// Percentages.
    Unthinkable,
}

/// The longest text that is looked at.
const LONGEST: usize = 40;

/// The number in units of its last decimal.
pub(super) fn decimal(text: &str, decimals: u8, thousands: Thousands) -> Result<i64, TypedError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TypedError::Empty);
    }
    if text.len() > LONGEST {
        return Err(TypedError::TooMuch);
    }
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, fraction) = parts(digits)?;
    let allowed = usize::from(decimals);
    if fraction.len() > allowed {
        return Err(TypedError::Decimals { allowed: decimals });
    }
    // Where a currency has three decimals, "1,234" could still be a thousand; with a point, few would write it so.
    if fraction.len() == 3 && thousands == Thousands::Thinkable && digits.contains(',') {
        return Err(TypedError::Thousands);
    }
    let padding = std::iter::repeat_n(b'0', allowed - fraction.len());
    let mut number = 0_i64;
    for digit in whole.bytes().chain(fraction.bytes()).chain(padding) {
        let next = number.checked_mul(10).and_then(|tens| tens.checked_add(i64::from(digit - b'0')));
        number = next.ok_or(TypedError::TooMuch)?;
    }
    Ok(sign * number)
}

/// What stands before and after the one point or comma; both are digits.
fn parts(digits: &str) -> Result<(&str, &str), TypedError> {
    let is_mark = |letter: char| matches!(letter, '.' | ',' | '\'' | '’' | '_') || letter.is_whitespace();
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let shape = digits.chars().all(|letter| letter.is_ascii_digit() || is_mark(letter));
    if !shape || !digits.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Err(TypedError::NotANumber);
    }
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    if !is_digits(whole) || !is_digits(fraction) {
        return Err(TypedError::Thousands);
    }
    if fraction.is_empty() && whole.len() < digits.len() {
        return Err(TypedError::NotANumber);
    }
    Ok((whole, fraction))
}
