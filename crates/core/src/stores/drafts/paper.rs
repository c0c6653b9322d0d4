//! Invoices as they stand on paper.

use portal_bridge::{InvoicePaper, IssuedBrief, Letterhead, Money, PaperLine};
use portal_domain::billing::{Bill, DraftLine, Issued, Register, What};

use super::{Inputs, run::sums};

/// A draft on today's letterhead.
pub(crate) fn paper_of_bill(inputs: &Inputs, bill: Bill) -> InvoicePaper {
    paper(bill, inputs.letterhead.clone())
}

/// An invoice as it was issued.
pub(crate) fn paper_of_issued(
    invoice: &Issued,
    letterhead: Option<&Letterhead>,
    register: &Register<'_>,
) -> InvoicePaper {
    InvoicePaper {
        number: Some(invoice.written.clone()),
        issued: Some(invoice.issued),
        due: Some(invoice.due),
        credits: invoice.credits.clone(),
        cancelled: register.credit_for(invoice).map(|note| note.written.clone()),
        ..paper(invoice.bill.clone(), letterhead.cloned().unwrap_or_default())
    }
}

/// The same in short.
pub(crate) fn brief(invoice: &Issued, register: &Register<'_>) -> IssuedBrief {
    let draft = &invoice.bill.draft;
    IssuedBrief {
        number: invoice.written.clone(),
        issued: invoice.issued,
        credits: invoice.credits.clone(),
        cancelled: register.credit_for(invoice).map(|note| note.written.clone()),
        gross: Money { amount: draft.gross, currency: draft.currency },
    }
}

fn paper(bill: Bill, letterhead: Letterhead) -> InvoicePaper {
    let Bill { organization, client, bill_to, reference, draft } = bill;
    InvoicePaper {
        organization,
        letterhead,
        number: None,
        issued: None,
        due: None,
        credits: None,
        cancelled: None,
        client,
        bill_to,
        reference,
        period: draft.window,
        sums: sums(&draft),
        tax_rate: draft.tax_rate,
        lines: draft.lines.into_iter().map(line).collect(),
    }
}

fn line(DraftLine { what, period, quantity, price, amount }: DraftLine) -> PaperLine {
    let seats = matches!(what, What::Seats(_));
    PaperLine { what: what.name().into_owned(), seats, period, quantity, price, amount }
}
