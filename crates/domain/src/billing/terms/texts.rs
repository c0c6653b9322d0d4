//! Texts that stand on invoices.

use super::TermsError;

/// A text of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// The provider's name.
    Name,
    /// The provider's address, in lines.
    Address,
    /// How the provider is reached, in lines.
    Contact,
    /// The provider's number for taxes.
    TaxNumber,
    /// How to pay, in lines.
    Payment,
    /// To whom a client's invoice is addressed, in lines.
    BillTo,
    /// What the client wants to read on its invoices: an order number, a cost centre.
    Reference,
}

impl Text {
    /// Most characters.
    pub fn limit(self) -> usize {
        match self {
            Self::Name | Self::TaxNumber | Self::Reference => 100,
            Self::Address | Self::Contact | Self::BillTo => 500,
            Self::Payment => 1_000,
        }
    }

    /// Most lines; none of them is endless, or the head of an invoice would be its only page.
    pub fn lines(self) -> usize {
        match self {
            Self::Name | Self::TaxNumber | Self::Reference => 1,
            Self::Address | Self::Contact | Self::BillTo => 8,
            Self::Payment => 12,
        }
    }

    /// The text as it is kept: without blanks around it and at the ends of lines.
    pub fn parse(self, text: &str) -> Result<String, TermsError> {
        let text: String = text.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        if text.chars().any(|letter| letter.is_control() && letter != '\n') {
            return Err(TermsError::Unprintable(self));
        }
        if text.chars().count() > self.limit() {
            return Err(TermsError::TooLong { what: self, limit: self.limit() });
        }
        if text.lines().count() > self.lines() {
            return Err(TermsError::TooManyLines { what: self, limit: self.lines() });
        }
        Ok(text)
    }
}
