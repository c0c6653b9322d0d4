//! What a run of drafts is made of.

use std::{borrow::Cow, rc::Rc};

use portal_bridge::{BooksOf, DraftRun, OrganizationId, Problem, ProblemKind};
use portal_domain::billing::{
    Bill, Currency, Day, Draft, DraftError, IssuedPage, Letterhead, Period, PriceBook, PriceError, PriceList,
    PriceTable, SeatPriceError, TermsError, Usage,
};

use super::cost::Cost;
use crate::{
    Core,
    sort::{once, sort_by},
    stores::ledger::SeatLedger,
};

/// Pages of issued invoices that are read at most: those of many years, but not a library.
pub(crate) const ISSUED_PAGES_READ: usize = 200;

/// Everything that decides about a draft.
pub(crate) struct Inputs {
    pub(crate) key: DraftRun,
    pub(crate) today: Day,
    pub(crate) book: PriceBook,
    pub(crate) letterhead: Letterhead,
    /// What was issued since the period began, in the order of the pages.
    pub(crate) pages: Vec<IssuedPage>,
    /// What seats cost the provider before any discount.
    pub(super) own: PriceTable,
    pub(super) cost: Cost,
    pub(super) ledger: Rc<SeatLedger>,
    /// The ledger's rows by client.
    pub(super) rows: Vec<(OrganizationId, usize)>,
}

impl Core {
    /// Reads it all.
    pub(super) async fn draft_inputs(self: &Rc<Self>, key: DraftRun) -> Result<Inputs, Problem> {
        let DraftRun { of, period, .. } = key;
        let books = self.books(of);
        let book: PriceBook = books.read("prices").await?.unwrap_or_default();
        let letterhead: Letterhead = books.read("letterhead").await?.unwrap_or_default();
        let agreed = self.agreed(of).await?;
        let mut pages = Vec::new();
        let names = books.pages().await?;
        let since = IssuedPage::names_since(period, names.iter().map(String::as_str));
        for name in since.iter().rev().take(ISSUED_PAGES_READ).rev() {
            pages.extend(books.read::<IssuedPage>(name).await?);
        }
        let told = match of {
            BooksOf::Provider(provider) => self.told_cost(provider, period).await?,
            BooksOf::Own => None,
        };
        let reach = Period::new(Usage::needs(period), period.end()).unwrap_or(period);
        let ledger = self.ledger(of, reach).await?;
        let cost = Cost::of(told, agreed.prices(), agreed.tiers());
        // Where nobody tells what seats cost, nothing can be marked up.
        let own = agreed.prices().cloned().unwrap_or_else(nothing_known);
        let mut rows: Vec<(OrganizationId, usize)> =
            ledger.clients.iter().enumerate().map(|(row, (client, _))| (*client, row)).collect();
        sort_by(&mut rows, |one, other| one.cmp(other));
        let today = self.today();
        Ok(Inputs { key, today, book, letterhead, pages, own, cost, ledger, rows })
    }
}

impl Inputs {
    /// Every client of the ledger or with an invoice for a part of the period, once.
    pub(super) fn clients(&self) -> Vec<OrganizationId> {
        let issued = self.pages.iter().flat_map(|page| &page.invoices).map(|invoice| &invoice.bill);
        let issued = issued.filter(|bill| bill.draft.window.within(self.key.period).is_some());
        let counted = self.rows.iter().map(|(client, _)| *client);
        once(counted.chain(issued.map(|bill| bill.organization)).collect(), OrganizationId::cmp)
    }

    /// What a client was called last.
    pub(crate) fn name(&self, client: OrganizationId) -> &str {
        let last = self.rows_of(client).last();
        let counted = last.and_then(|(_, row)| self.ledger.clients.get(*row)).map(|(_, name)| name);
        let invoiced = || {
            let mut bills = self.pages.iter().flat_map(|page| &page.invoices).map(|invoice| &invoice.bill);
            bills.find(|bill| bill.organization == client).map(|bill| &bill.client)
        };
        counted.or_else(invoiced).map_or("", String::as_str)
    }

    /// What a client had.
    pub(crate) fn usage(&self, client: OrganizationId) -> Option<Usage> {
        let rows: Vec<usize> = self.rows_of(client).iter().map(|(_, row)| *row).collect();
        Usage::of(&self.ledger.ledger, &rows, self.key.period, self.today, self.key.fill)
    }

    /// What a client owes.
    pub(crate) fn draft(&self, client: OrganizationId, usage: &Usage) -> Result<Draft, Obstacle> {
        usage.draft(&*self.list(client)?, &self.own).map_err(Obstacle::from)
    }

    /// The same with all that stands on its invoice.
    pub(crate) fn bill(&self, client: OrganizationId) -> Result<Option<Bill>, Obstacle> {
        let Some(usage) = self.usage(client) else { return Ok(None) };
        let draft = self.draft(client, &usage)?;
        let terms = self.book.terms_of(client);
        Ok(Some(Bill {
            organization: client,
            client: self.name(client).to_owned(),
            bill_to: terms.map(|terms| terms.bill_to.clone()).unwrap_or_default(),
            reference: terms.map(|terms| terms.reference.clone()).unwrap_or_default(),
            draft,
        }))
    }

    /// Whether a client gets no invoices.
    pub(crate) fn is_left_out(&self, client: OrganizationId) -> bool {
        self.book.terms_of(client).is_some_and(|terms| terms.left_out)
    }

    /// Whether the last day of the period is over.
    pub(crate) fn is_over(&self) -> bool {
        self.key.period.end() <= self.today
    }

    fn list(&self, client: OrganizationId) -> Result<Cow<'_, PriceList>, Obstacle> {
        match (self.book.terms_of(client), &self.book.standard) {
            (None, Some(standard)) => Ok(Cow::Borrowed(standard)),
            // Its services and its list were held together when they were entered.
            _ => self.book.list_of(client).map(Cow::Owned).map_err(|error| match error {
                TermsError::NoList => Obstacle::NoList,
                _ => Obstacle::TooMuch,
            }),
        }
    }

    fn rows_of(&self, client: OrganizationId) -> &[(OrganizationId, usize)] {
        let first = self.rows.partition_point(|(known, _)| *known < client);
        let end = self.rows.partition_point(|(known, _)| *known <= client);
        self.rows.get(first..end).unwrap_or_default()
    }
}

/// Why a client has no draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    NoList,
    NoPrice(portal_wire::PlanType),
    OtherCurrency(Currency, Currency),
    TooMuch,
}

impl From<DraftError> for Obstacle {
    fn from(error: DraftError) -> Self {
        match error {
            DraftError::Price(SeatPriceError::Price(
                PriceError::UnknownPlan(plan) | PriceError::NotAPrice(plan) | PriceError::Twice(plan),
            )) => Self::NoPrice(plan),
            DraftError::Price(SeatPriceError::Currency { list, own }) => Self::OtherCurrency(list, own),
            DraftError::Price(SeatPriceError::TooMuch(_)) | DraftError::TooMuch(_) => Self::TooMuch,
        }
    }
}

impl From<Obstacle> for Problem {
    fn from(_: Obstacle) -> Self {
        ProblemKind::Refused.into()
    }
}

fn nothing_known() -> PriceTable {
    // A table without rows has none that could be wrong.
    PriceTable::new(Currency::USD, []).unwrap_or_else(|_| PriceTable::shipped())
}
