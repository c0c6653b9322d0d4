//! Drafts of invoices, issuing them, and cancelling what was issued.

mod files;
#[cfg(test)]
mod tests;

use std::{collections::HashSet, rc::Rc};

use portal_bridge::{
    CancelInvoice, DraftState, DraftsView, GetDraftIds, GetDrafts, GetInvoice, GetInvoices, InvoicePaper,
    InvoiceView, IssueInvoices, JobId, JobKind, ListState, OrganizationId, Problem, ProblemKind, ProviderId,
    Rows,
};
use portal_domain::billing::{Issued, Register};

use super::Handle;
use crate::{
    Core,
    jobs::{Issue, start_rows},
    stores::drafts::{Row, Run, Standing, brief, paper_of_bill, paper_of_issued},
};

impl Handle for GetDrafts {
    async fn handle(self, core: &Rc<Core>) -> Result<DraftsView, Problem> {
        let waiting = |state, progress| DraftsView {
            rows: Rows { total: 0, matched: 0, from: 0, rows: Vec::new(), state },
            progress,
            run: None,
        };
        Ok(match core.drafts_so_far(self.query.run).await? {
            Standing::Done(run) => DraftsView {
                rows: run.window(&self.query, self.window),
                progress: None,
                run: Some(Box::new(run.summary().clone())),
            },
            Standing::UnderWay(done, total) => {
                waiting(ListState::Loading { received: done }, Some((done, total)))
            }
            Standing::Failed(problem) => return Err(problem),
        })
    }
}

impl Handle for GetDraftIds {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<OrganizationId>, Problem> {
        let run = core.drafts_of(self.0.run).await?;
        Ok(run.find(&self.0).into_iter().map(|row| row.shown.organization).collect())
    }
}

impl Handle for GetInvoice {
    async fn handle(self, core: &Rc<Core>) -> Result<InvoiceView, Problem> {
        let run = core.drafts_of(self.run).await?;
        let row = run.row(self.organization).ok_or(ProblemKind::NotFound)?;
        let register = Register::of(&run.inputs.pages);
        let issued = register.of_client(self.organization, self.run.period);
        let paper = match &self.number {
            Some(number) => {
                let mut all = register.with_letterheads(self.organization, self.run.period);
                let found = all.find(|(invoice, _)| invoice.written == *number);
                let (invoice, letterhead) = found.ok_or(ProblemKind::NotFound)?;
                Some(paper_of_issued(invoice, letterhead, &register))
            }
            None => paper(&run, &register, self.organization),
        };
        Ok(InvoiceView {
            row: Box::new(row.shown.clone()),
            paper: paper.map(Box::new),
            issued: issued.map(|invoice| brief(invoice, &register)).collect(),
            over: run.summary().over,
            seen: run.seen(),
            next: run.summary().next.clone(),
        })
    }
}

impl Handle for GetInvoices {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<InvoicePaper>, Problem> {
        let run = core.drafts_of(self.run).await?;
        let register = Register::of(&run.inputs.pages);
        let only: HashSet<OrganizationId> = self.only.into_iter().collect();
        let clients = run.all().map(|row| row.shown.organization).filter(|client| only.contains(client));
        let papers = clients.filter_map(|client| paper(&run, &register, client));
        Ok(papers.take(GetInvoices::MOST).collect())
    }
}

/// The invoice that counts for a client, or its draft.
fn paper(run: &Run, register: &Register<'_>, client: OrganizationId) -> Option<InvoicePaper> {
    let period = run.key.period;
    match &run.row(client)?.shown.state {
        DraftState::Issued(number) => {
            let mut all = register.with_letterheads(client, period);
            let (invoice, letterhead) = all.find(|(invoice, _)| invoice.written == *number)?;
            Some(paper_of_issued(invoice, letterhead, register))
        }
        DraftState::Open => Some(paper_of_bill(&run.inputs, run.inputs.bill(client).ok()??)),
        DraftState::Nothing | DraftState::LeftOut | DraftState::Cannot(_) => None,
    }
}

impl Handle for IssueInvoices {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        // What others wrote meanwhile counts.
        let run = core.work_out(self.run).await?;
        if run.seen() != self.seen {
            core.tell_drafts(self.run.of);
            return Err(ProblemKind::ChangedMeanwhile.into());
        }
        if !run.summary().over {
            return Err(ProblemKind::Refused.into());
        }
        let only: Option<HashSet<OrganizationId>> = self.only.map(HashSet::from_iter);
        let chosen = |client: &OrganizationId| only.as_ref().is_none_or(|only| only.contains(client));
        let is_open = |row: &&Row| row.shown.state == DraftState::Open && chosen(&row.shown.organization);
        let open = || run.all().filter(is_open);
        let (clients, labels): (Vec<_>, Vec<_>) =
            open().map(|row| (row.shown.organization, row.shown.name.clone())).unzip();
        if clients.is_empty() {
            return Err(ProblemKind::NotFound.into());
        }
        let most_lines = open().map(|row| row.lines).max().unwrap_or_default();
        let provider = match self.run.of {
            portal_bridge::BooksOf::Provider(provider) => provider,
            portal_bridge::BooksOf::Own => ProviderId::default(),
        };
        let work = Issue { run, clients, most_lines };
        Ok(start_rows(core, provider, JobKind::IssueInvoices, labels, work))
    }
}

impl Handle for CancelInvoice {
    async fn handle(self, core: &Rc<Core>) -> Result<String, Problem> {
        let run = core.work_out(self.run).await?;
        let Self { organization, number, .. } = &self;
        let numbering = &run.inputs.book.numbering;
        core.write_issued(self.run.of, self.run.period, &|page, others| {
            let before = page.clone();
            let register = Register::of(others.iter().chain([&before]));
            let mut all = register.with_letterheads(*organization, self.run.period);
            let is_it = |invoice: &Issued| invoice.written == *number && invoice.credits.is_none();
            let (invoice, letterhead) =
                all.find(|(invoice, _)| is_it(invoice)).ok_or(ProblemKind::NotFound)?;
            match register.credit_for(invoice) {
                // Somebody was faster, or the answer was lost.
                Some(note) => Ok(note.written.clone()),
                None => {
                    let letterhead = letterhead.cloned().unwrap_or_default();
                    Ok(page.credit(invoice, numbering, &letterhead, core.today()))
                }
            }
        })
        .await
    }
}
