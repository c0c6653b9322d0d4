//! How invoices are numbered, and when they are due.

use std::rc::Rc;

use portal_bridge::{BillingFault, BooksOf, Fault, Mark, NumbersText, Problem, SaveNumbers};
use portal_domain::billing::{BadNumbering, Numbering, PriceBook};
use serde::Deserialize;

use super::{
    super::Handle,
    PRICES, mark,
    typed::{self, Typed, refused},
};
use crate::{Core, stores::books::Seen};

/// Pages of what was issued begin so.
const ISSUED: &str = "issued-";

/// As much of such a page as says which numbers were given.
#[derive(Default, Deserialize)]
struct Issued {
    #[serde(default)]
    invoices: Vec<Numbered>,
}

#[derive(Deserialize)]
struct Numbered {
    number: String,
}

impl Handle for SaveNumbers {
    async fn handle(self, core: &Rc<Core>) -> Result<Mark, Problem> {
        core.may_bill(self.of).await?;
        let (numbering, due_days) = read(&self.numbers)?;
        let issued =
            |names: &[String]| names.iter().filter(|name| name.starts_with(ISSUED)).cloned().collect();
        let save = |book: &mut PriceBook, seen: &Seen| {
            if mark_of(book) != self.before {
                return Err(portal_bridge::ProblemKind::ChangedMeanwhile.into());
            }
            if book.numbering != numbering {
                let given = given(seen)?;
                numbering
                    .follows(given.iter().map(String::as_str))
                    .map_err(|_| refused("first", Fault::Billing(BillingFault::NumbersGiven)))?;
            }
            book.numbering = numbering.clone();
            book.due_days = due_days;
            Ok(mark_of(book))
        };
        core.books(self.of).edit_seeing(PRICES, issued, save).await
    }
}

impl Core {
    /// Every number that was given to an invoice.
    pub(super) async fn numbers_given(self: &Rc<Self>, of: BooksOf) -> Result<Vec<String>, Problem> {
        let books = self.books(of);
        let mut given = Vec::new();
        for name in books.pages().await?.iter().filter(|name| name.starts_with(ISSUED)) {
            let page: Issued = books.read(name).await?.unwrap_or_default();
            given.extend(page.invoices.into_iter().map(|invoice| invoice.number));
        }
        Ok(given)
    }
}

fn given(seen: &Seen) -> Result<Vec<String>, Problem> {
    let mut given = Vec::new();
    for name in seen.names() {
        let page: Issued = seen.get(name)?.unwrap_or_default();
        given.extend(page.invoices.into_iter().map(|invoice| invoice.number));
    }
    Ok(given)
}

/// Of what this form shows.
pub(super) fn mark_of(book: &PriceBook) -> Mark {
    mark(&(&book.numbering, book.due_days))
}

/// The number the next invoice gets.
pub(super) fn next(numbering: &Numbering, given: &[String]) -> String {
    let last = numbering.numbers_of(given.iter().map(String::as_str)).into_iter().max();
    numbering.written(numbering.next(last))
}

/// As it is typed.
pub(super) fn written(book: &PriceBook) -> NumbersText {
    NumbersText {
        prefix: book.numbering.prefix().to_owned(),
        first: book.numbering.first().to_string(),
        digits: book.numbering.digits().to_string(),
        due_days: book.due_days.to_string(),
    }
}

fn read(numbers: &NumbersText) -> Result<(Numbering, u16), Problem> {
    const MOST_FIRST: u32 = 999_999_999;
    const MOST_DIGITS: u32 = 12;
    let mut typed = Typed::default();
    let first = typed.take("first", typed::whole(&numbers.first, MOST_FIRST));
    let digits = typed.take("digits", typed::whole(&numbers.digits, MOST_DIGITS));
    let due = typed.take("due", typed::whole(&numbers.due_days, PriceBook::MOST_DUE_DAYS.into()));
    let prefix = numbers.prefix.trim();
    // The prefix is looked at even where the numbers are wrong, so that all is told at once.
    let made = Numbering::new(
        prefix,
        first.unwrap_or_default().into(),
        digits.and_then(|digits| u8::try_from(digits).ok()).unwrap_or_default(),
    );
    let made = match made {
        Err(BadNumbering::Prefix) => {
            typed.refuse("prefix", Fault::Billing(BillingFault::NotAPrefix));
            None
        }
        made => made.ok(),
    };
    let due = due.and_then(|due| u16::try_from(due).ok());
    typed.finish(made.zip(due))
}
