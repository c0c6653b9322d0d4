//! Currencies and how many decimals each has (ISO 4217).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Amount, TypedError, typed, written};

/// Without decimals.
const NONE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
/// With three.
const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";
/// With two.
const TWO: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
    CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR \
    IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN \
    NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL \
    THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG";

/// The price of a single thing stays below so many whole units.
const PRICES_BELOW: i64 = 1_000_000_000;

/// A text that names no currency known here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("it is not the code of a currency, such as EUR")]
pub struct NotACurrency;

/// A currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency {
    code: [u8; 3],
    decimals: u8,
}

impl Currency {
    /// United States dollars, in which the contract has its prices.
    pub const USD: Self = Self { code: *b"USD", decimals: 2 };

    /// By its code of three letters, large or small.
    pub fn parse(code: &str) -> Result<Self, NotACurrency> {
        let code = code.trim().to_ascii_uppercase();
        let listed = |list: &str| list.split_ascii_whitespace().any(|known| known == code);
        let decimals = match () {
            () if listed(TWO) => 2,
            () if listed(NONE) => 0,
            () if listed(THREE) => 3,
            () => return Err(NotACurrency),
        };
        let code = code.as_bytes().try_into().map_err(|_| NotACurrency)?;
        Ok(Self { code, decimals })
    }

    /// The code, in large letters.
    pub fn code(&self) -> &str {
        // Three letters by construction.
        std::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// Decimals of a whole unit: 0, 2 or 3.
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// Reads an amount that somebody typed: digits, perhaps a minus sign, and decimals after a point or comma. Marks
    /// between thousands are refused, because `1,234` means a thousand to one reader and little more than one to another.
    pub fn parse_amount(self, text: &str) -> Result<Amount, TypedError> {
        let minor = typed::decimal(text, self.decimals, typed::Thousands::Thinkable)?;
        Amount::new(minor).map_err(|_| TypedError::TooMuch)
    }

    /// Reads an amount that a machine wrote, such as `1234.5` in JSON: exact, and rounded half away from zero where it has more decimals than
    /// the currency. `None` for anything else.
    pub fn read_amount(self, text: &str) -> Option<Amount> {
        Amount::new(written::decimal(text, self.decimals)?).ok()
    }

    /// Reads a price that somebody typed: as [`Self::parse_amount`], but not negative, and less than a billion.
    pub fn parse_price(self, text: &str) -> Result<Amount, TypedError> {
        let price = self.parse_amount(text)?;
        match () {
            () if price < Amount::ZERO => Err(TypedError::Negative),
            () if !self.is_price(price) => Err(TypedError::TooMuch),
            () => Ok(price),
        }
    }

    /// Whether the amount can be a price: not negative, and less than a billion whole units.
    pub fn is_price(self, amount: Amount) -> bool {
        (0..PRICES_BELOW * 10_i64.pow(self.decimals.into())).contains(&amount.minor())
    }

    /// The amount with its decimals after a point and nothing else, as machines read it: `-1234.50`.
    pub fn plain(self, amount: Amount) -> String {
        let decimals = usize::from(self.decimals);
        let digits = format!("{:0>width$}", amount.minor().unsigned_abs(), width = decimals + 1);
        let sign = if amount < Amount::ZERO { "-" } else { "" };
        match digits.split_at_checked(digits.len() - decimals) {
            Some((whole, fraction)) if decimals > 0 => format!("{sign}{whole}.{fraction}"),
            _ => format!("{sign}{digits}"),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = NotACurrency;

    fn try_from(code: String) -> Result<Self, NotACurrency> {
        Self::parse(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}
