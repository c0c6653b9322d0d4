//! Reads what was typed into a form, every field at once.

use portal_bridge::{BillingFault, Fault, Field, FieldProblem, Problem, ProblemKind};
use portal_domain::billing::{
    ColourError, Currency, Day, LogoError, PriceListError, Rate, TermsError, Text, TypedError,
};

/// What is wrong with a form so far.
#[derive(Default)]
pub(super) struct Typed(Vec<FieldProblem>);

impl Typed {
    /// What was read; a fault is noted at the field of this key.
    pub(super) fn take<T>(&mut self, key: &str, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.refuse(key, fault)).ok()
    }

    /// Notes a fault.
    pub(super) fn refuse(&mut self, key: &str, fault: Fault) {
        self.0.push(FieldProblem { field: Field::Other, fault, part: Some(key.to_owned()) });
    }

    /// What was read, if nothing was wrong.
    pub(super) fn finish<T>(self, read: Option<T>) -> Result<T, Problem> {
        match read {
            Some(read) if self.0.is_empty() => Ok(read),
            _ => Err(ProblemKind::Invalid(self.0).into()),
        }
    }
}

/// One fault as a whole problem.
pub(super) fn refused(key: &str, fault: Fault) -> Problem {
    let mut typed = Typed::default();
    typed.refuse(key, fault);
    typed.finish::<()>(None).err().unwrap_or_else(|| ProblemKind::BadAnswer.into())
}

/// The code of a currency.
pub(super) fn currency(code: &str) -> Result<Currency, Fault> {
    if code.trim().is_empty() {
        return Err(Fault::Missing);
    }
    Currency::parse(code).map_err(|_| Fault::Billing(BillingFault::NotACurrency))
}

/// A percentage between nothing and all.
pub(super) fn share(text: &str) -> Result<Rate, Fault> {
    let rate = Rate::parse(text).map_err(number)?;
    rate.as_share().map_err(|_| Fault::Billing(BillingFault::NotAShare))
}

/// A whole number of so many at most.
pub(super) fn whole(text: &str, most: u32) -> Result<u32, Fault> {
    let text = text.trim();
    match text.parse::<u32>() {
        Ok(number) if number > most => Err(Fault::TooLarge { limit: most }),
        Ok(number) if text.bytes().all(|letter| letter.is_ascii_digit()) => Ok(number),
        _ if text.is_empty() => Err(Fault::Missing),
        _ if text.bytes().all(|letter| letter.is_ascii_digit()) => Err(Fault::TooLarge { limit: most }),
        _ => Err(Fault::Billing(BillingFault::NotANumber)),
    }
}

/// A day; `None` where nothing was typed.
pub(super) fn day(text: &str) -> Result<Option<Day>, Fault> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Fault::Billing(BillingFault::NotADay)),
    }
}

/// A text of an invoice.
pub(super) fn text(what: Text, text: &str) -> Result<String, Fault> {
    what.parse(text).map_err(|error| terms(&error))
}

/// What is wrong with a number.
pub(super) fn number(error: TypedError) -> Fault {
    Fault::Billing(match error {
        TypedError::Empty => return Fault::Missing,
        TypedError::NotANumber => BillingFault::NotANumber,
        TypedError::Thousands => BillingFault::Thousands,
        TypedError::Decimals { allowed } => BillingFault::Decimals { allowed },
        TypedError::Negative => BillingFault::Negative,
        TypedError::TooMuch => BillingFault::TooMuch,
    })
}

/// What is wrong with a part of the books.
pub(super) fn terms(error: &TermsError) -> Fault {
    let count = |number: &usize| u32::try_from(*number).unwrap_or(u32::MAX);
    match error {
        TermsError::TooLong { limit, .. } => Fault::TooLong { limit: count(limit) },
        TermsError::TooManyLines { limit, .. } => {
            Fault::Billing(BillingFault::TooManyLines { limit: count(limit) })
        }
        TermsError::Unprintable(_) => Fault::Billing(BillingFault::Unprintable),
        TermsError::List(error) => list(error),
        TermsError::NoList => Fault::Billing(BillingFault::NoList),
        TermsError::CurrencyInUse { clients, .. } => {
            Fault::Billing(BillingFault::CurrencyInUse { clients: count(clients) })
        }
        TermsError::TooManyClients => {
            Fault::TooMany { limit: count(&portal_domain::billing::PriceBook::MOST_CLIENTS) }
        }
        TermsError::Twice | TermsError::DueTooLate => Fault::Malformed,
    }
}

/// What is wrong with a price list.
pub(super) fn list(error: &PriceListError) -> Fault {
    let most = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    match error {
        PriceListError::NotAPrice(_) => Fault::Billing(BillingFault::TooMuch),
        PriceListError::NotATax => Fault::Billing(BillingFault::NotAShare),
        PriceListError::BadName => {
            Fault::TooLong { limit: most(portal_domain::billing::PriceList::LONGEST_NAME) }
        }
        PriceListError::TooManyServices => Fault::Billing(BillingFault::TooManyServices {
            limit: most(portal_domain::billing::PriceList::MOST_SERVICES),
        }),
        PriceListError::EndsBefore(_) => Fault::Billing(BillingFault::EndsBefore),
        PriceListError::Twice(_) => Fault::Malformed,
    }
}

/// What is wrong with a colour.
pub(super) fn colour(error: ColourError) -> Fault {
    Fault::Billing(match error {
        ColourError::NotAColour => BillingFault::NotAColour,
        ColourError::TooPale { contrast, darker } => BillingFault::TooPale { contrast, darker: darker.rgb() },
    })
}

/// What is wrong with a logo.
pub(super) fn logo(error: LogoError) -> Fault {
    use portal_domain::billing::Logo;
    Fault::Billing(match error {
        LogoError::TooLarge => {
            BillingFault::LargePicture { limit: u32::try_from(Logo::MOST_BYTES / 1_000).unwrap_or(u32::MAX) }
        }
        LogoError::NotAPicture => BillingFault::NotAPicture,
        LogoError::Broken => BillingFault::BrokenPicture,
        LogoError::TooWide { .. } => BillingFault::WidePicture { limit: Logo::MOST_PIXELS },
    })
}
