use serde::{Deserialize, Serialize};

use super::{Colour, Logo, TermsError, Text};

/// Who bills, as it stands on every invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "Unchecked")]
pub struct Letterhead {
    /// The name.
    pub name: String,
    /// The address, in lines.
    pub address: String,
    /// How it is reached, in lines.
    pub contact: String,
    /// Its number for taxes.
    pub tax_number: String,
    /// How to pay, in lines.
    pub payment: String,
    /// A picture beside the name.
    pub logo: Option<Logo>,
    /// The colour of what stands out.
    pub colour: Option<Colour>,
}

/// As it is written; logo and colour check themselves.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Unchecked {
    name: String,
    address: String,
    contact: String,
    tax_number: String,
    payment: String,
    logo: Option<Logo>,
    colour: Option<Colour>,
}

impl Letterhead {
    /// The same with its texts as they are kept, if they can be.
    pub fn checked(self) -> Result<Self, TermsError> {
        Ok(Self {
            name: Text::Name.parse(&self.name)?,
            address: Text::Address.parse(&self.address)?,
            contact: Text::Contact.parse(&self.contact)?,
            tax_number: Text::TaxNumber.parse(&self.tax_number)?,
            payment: Text::Payment.parse(&self.payment)?,
            ..self
        })
    }
}

impl TryFrom<Unchecked> for Letterhead {
    type Error = TermsError;

    fn try_from(written: Unchecked) -> Result<Self, TermsError> {
        let Unchecked { name, address, contact, tax_number, payment, logo, colour } = written;
        Self { name, address, contact, tax_number, payment, logo, colour }.checked()
    }
}
