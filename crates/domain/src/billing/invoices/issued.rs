//! Invoices that were issued, and stay as they were issued: whoever made a mistake cancels one by a credit note and issues another.
//!
//! They stand on pages by the month in which they were issued, `issued-2031-04`, and where a page is full on its next part,
//! `issued-2031-04-02`. New ones always go on the last page, which knows from the pages before it which numbers were given.

use portal_wire::OrganizationId;
use serde::{Deserialize, Serialize};

use super::{Draft, DraftLine, Numbering};
use crate::billing::{Day, Letterhead, Period};

/// How the names of all such pages begin.
const PAGES: &str = "issued-";

/// A page of issued invoices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct IssuedPage {
    /// The last number given before this page, by what stands in front of it.
    pub carried: Vec<(String, u64)>,
    /// The letterheads of its invoices, each once.
    pub letterheads: Vec<Letterhead>,
    /// In the order in which they were issued.
    pub invoices: Vec<Issued>,
}

/// An invoice, or the credit note for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issued {
    /// What stands in front of its number.
    pub prefix: String,
    /// Its number.
    pub number: u64,
    /// Both as they stand on it.
    pub written: String,
    /// When it was issued.
    pub issued: Day,
    /// Until when it is to be paid.
    pub due: Day,
    /// Which of the page's letterheads it has.
    pub letterhead: usize,
    /// The number of the invoice it cancels; it is a credit note then.
    #[serde(default)]
    pub credits: Option<String>,
    /// The rest.
    pub bill: Bill,
}

/// What is to be issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bill {
    /// Whose it is.
    pub organization: OrganizationId,
    /// What the client is called.
    pub client: String,
    /// To whom it is addressed, in lines; empty is the client's name.
    #[serde(default)]
    pub bill_to: String,
    /// What the client wants to read on it.
    #[serde(default)]
    pub reference: String,
    /// What it is for.
    pub draft: Draft,
}

impl IssuedPage {
    /// A page with more bytes of JSON than this is full.
    pub const FULL: usize = 1_500_000;

    /// Which page new invoices go on: the last there is, unless a month has begun since.
    pub fn name_on<'a>(today: Day, pages: impl IntoIterator<Item = &'a str>) -> String {
        let of_month = of_month(today);
        match pages.into_iter().filter(|name| is_issued(name)).max() {
            // Somebody's clock may be ahead.
            Some(last) if *last > *of_month => last.to_owned(),
            _ => of_month,
        }
    }

    /// The page after a full one.
    pub fn next_part(name: &str) -> String {
        let month = name.get(..PAGES.len() + "2031-04".len()).unwrap_or(name);
        let part =
            name.strip_prefix(month).and_then(|part| part.strip_prefix('-')?.parse().ok()).unwrap_or(1_u32);
        format!("{month}-{:02}", part.saturating_add(1))
    }

    /// Of all pages those on which an invoice for the window or a part of it can stand: it was issued when the window had begun.
    pub fn names_since<'a>(window: Period, pages: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let first = of_month(window.first());
        pages.into_iter().filter(|name| is_issued(name) && **name >= *first).map(str::to_owned).collect()
    }

    /// The last page before this one.
    pub fn name_before<'a>(name: &str, pages: impl IntoIterator<Item = &'a str>) -> Option<String> {
        pages.into_iter().filter(|known| is_issued(known) && *known < name).max().map(str::to_owned)
    }

    /// An empty page after this one.
    pub fn following(&self) -> Self {
        let mut carried = self.carried.clone();
        for invoice in &self.invoices {
            match carried.iter_mut().find(|(prefix, _)| *prefix == invoice.prefix) {
                Some((_, last)) => *last = (*last).max(invoice.number),
                None => carried.push((invoice.prefix.clone(), invoice.number)),
            }
        }
        Self { carried, ..Self::default() }
    }

    /// Issues an invoice with the next number, and gives that as it is written.
    pub fn issue(
        &mut self,
        bill: Bill,
        numbering: &Numbering,
        due_days: u16,
        letterhead: &Letterhead,
        today: Day,
    ) -> String {
        self.add(bill, numbering, (today, today.plus(due_days.into())), letterhead, None)
    }

    /// Issues a credit note for an invoice: the same lines with the opposite sign, under the same letterhead.
    pub fn credit(
        &mut self,
        invoice: &Issued,
        numbering: &Numbering,
        letterhead: &Letterhead,
        today: Day,
    ) -> String {
        let bill = Bill { draft: invoice.bill.draft.reversed(), ..invoice.bill.clone() };
        self.add(bill, numbering, (today, today), letterhead, Some(invoice.written.clone()))
    }

    fn add(
        &mut self,
        bill: Bill,
        numbering: &Numbering,
        (issued, due): (Day, Day),
        letterhead: &Letterhead,
        credits: Option<String>,
    ) -> String {
        let here = self.invoices.iter().map(|invoice| (&invoice.prefix, invoice.number));
        let before = self.carried.iter().map(|(prefix, number)| (prefix, *number));
        let given = here.chain(before).filter(|(prefix, _)| prefix.as_str() == numbering.prefix());
        let number = numbering.next(given.map(|(_, number)| number).max());
        let written = numbering.written(number);
        let known = self.letterheads.iter().position(|known| known == letterhead);
        let letterhead = known.unwrap_or_else(|| {
            self.letterheads.push(letterhead.clone());
            self.letterheads.len() - 1
        });
        let prefix = numbering.prefix().to_owned();
        let answer = written.clone();
        self.invoices.push(Issued { prefix, number, written, issued, due, letterhead, credits, bill });
        answer
    }
}

impl Draft {
    /// The same with the opposite sign: each quantity at a negative price.
    pub fn reversed(&self) -> Self {
        let line = |line: &DraftLine| DraftLine { price: -line.price, amount: -line.amount, ..line.clone() };
        Self {
            lines: self.lines.iter().map(line).collect(),
            net: -self.net,
            tax: -self.tax,
            gross: -self.gross,
            ..self.clone()
        }
    }
}

/// Issued invoices of several pages by client.
#[derive(Debug)]
pub struct Register<'a> {
    /// By client, in the order in which they were issued.
    invoices: Vec<(&'a Issued, &'a IssuedPage)>,
}

impl<'a> Register<'a> {
    /// Of pages in the order of their names.
    pub fn of(pages: impl IntoIterator<Item = &'a IssuedPage>) -> Self {
        let of_page = |page: &'a IssuedPage| page.invoices.iter().map(move |invoice| (invoice, page));
        let mut invoices: Vec<_> = pages.into_iter().flat_map(of_page).collect();
        invoices.sort_by_key(|(invoice, _)| invoice.bill.organization);
        Self { invoices }
    }

    /// Every invoice and credit note of a client for the window or a part of it, in the order in which they were issued.
    pub fn of_client(
        &self,
        organization: OrganizationId,
        window: Period,
    ) -> impl Iterator<Item = &'a Issued> {
        self.with_letterheads(organization, window).map(|(invoice, _)| invoice)
    }

    /// The same, each with its letterhead.
    pub fn with_letterheads(
        &self,
        organization: OrganizationId,
        window: Period,
    ) -> impl Iterator<Item = (&'a Issued, Option<&'a Letterhead>)> {
        let first = self.invoices.partition_point(|(invoice, _)| invoice.bill.organization < organization);
        let here = self.invoices.get(first..).unwrap_or_default().iter();
        here.take_while(move |(invoice, _)| invoice.bill.organization == organization)
            .filter(move |(invoice, _)| invoice.bill.draft.window.within(window).is_some())
            .map(|(invoice, page)| (*invoice, page.letterheads.get(invoice.letterhead)))
    }

    /// The invoice that a client has for the window or a part of it, and that was not cancelled.
    pub fn standing(&self, organization: OrganizationId, window: Period) -> Option<&'a Issued> {
        let mut bills = self.of_client(organization, window).filter(|invoice| invoice.credits.is_none());
        bills.find(|invoice| self.credit_for(invoice).is_none())
    }

    /// The credit note that cancels an invoice.
    pub fn credit_for(&self, invoice: &Issued) -> Option<&'a Issued> {
        let mut all = self.of_client(invoice.bill.organization, invoice.bill.draft.window);
        all.find(|other| other.credits.as_ref() == Some(&invoice.written))
    }
}

fn is_issued(name: &str) -> bool {
    name.starts_with(PAGES)
}

fn of_month(day: Day) -> String {
    let (year, month, _) = day.date();
    format!("{PAGES}{year:04}-{month:02}")
}
