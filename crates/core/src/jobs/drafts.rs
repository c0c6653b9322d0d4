//! Issuing invoices.

use std::{cell::RefCell, rc::Rc};

use futures::future::LocalBoxFuture;
use portal_bridge::{OrganizationId, Problem, ProblemKind, SkipReason};
use portal_domain::billing::{IssuedPage, Register};

use super::{Act, Found, RowWork, picked};
use crate::{
    Core,
    stores::{
        books::Seen,
        drafts::{Inputs, Run},
    },
};

/// Issues the drafts of a run as they were looked at.
pub(crate) struct Issue {
    pub(crate) run: Rc<Run>,
    pub(crate) clients: Vec<OrganizationId>,
    /// Lines of the longest draft, by which is judged how many fit into one writing.
    pub(crate) most_lines: usize,
}

/// Bytes that one writing adds at most.
const BYTES_AT_ONCE: usize = 900_000;
/// How often another page is tried because the one that was meant is no longer the last.
const PAGES_TRIED: usize = 5;

impl Issue {
    fn inputs(&self) -> &Inputs {
        &self.run.inputs
    }
}

impl RowWork for Issue {
    fn at_once(&self) -> usize {
        (BYTES_AT_ONCE / (700 + self.most_lines * 200)).clamp(10, 1_000)
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let key = self.run.key;
            let pages = core.issued_pages(key.of, key.period).await?;
            let register = Register::of(&pages);
            let found =
                picked(&self.clients, rows).map(|client| match register.standing(*client, key.period) {
                    Some(_) => Found::AsWanted(SkipReason::AlreadyInvoiced, None),
                    None => Found::Open,
                });
            Ok(found.collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            let clients: Vec<OrganizationId> = picked(&self.clients, rows).copied().collect();
            let (inputs, key) = (self.inputs(), self.run.key);
            let numbering = &inputs.book.numbering;
            core.write_issued(key.of, key.period, &|page, others| {
                let register = Register::of(others.iter().chain([&*page]));
                let standing: Vec<bool> =
                    clients.iter().map(|client| register.standing(*client, key.period).is_some()).collect();
                let mut acts = Vec::new();
                for (client, stands) in clients.iter().zip(standing) {
                    if stands {
                        acts.push(Act::Stands(Found::AsWanted(SkipReason::AlreadyInvoiced, None)));
                        continue;
                    }
                    match inputs.bill(*client) {
                        Ok(Some(bill)) if !bill.draft.lines.is_empty() => {
                            page.issue(
                                bill,
                                numbering,
                                inputs.book.due_days,
                                &inputs.letterhead,
                                core.today(),
                            );
                            acts.push(Act::Done(None));
                        }
                        Ok(_) => acts.push(Act::Stands(Found::Cannot(SkipReason::NothingToBill))),
                        Err(obstacle) => acts.push(Act::Failed(obstacle.into())),
                    }
                }
                Ok(acts)
            })
            .await
        })
    }

    fn finish<'a>(&'a self, _: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        // The books have told what changed in them.
        Box::pin(async {})
    }
}

/// What is done to the last page, beside the others that decide about the period.
pub(crate) type Issuing<'a, R> = &'a dyn Fn(&mut IssuedPage, &[IssuedPage]) -> Result<R, Problem>;

impl Core {
    /// Every page on which an invoice for the period can stand.
    pub(crate) async fn issued_pages(
        self: &Rc<Self>,
        of: portal_bridge::BooksOf,
        period: portal_bridge::Period,
    ) -> Result<Vec<IssuedPage>, Problem> {
        let books = self.books(of);
        let names = books.pages().await?;
        let mut pages = Vec::new();
        for name in IssuedPage::names_since(period, names.iter().map(String::as_str)) {
            pages.extend(books.read(&name).await?);
        }
        Ok(pages)
    }

    /// Writes on the last page of what was issued. Whatever the change saw of the other pages still holds when it is written, and no
    /// page came after this one meanwhile: so each number follows the one before it.
    pub(crate) async fn write_issued<R>(
        self: &Rc<Self>,
        of: portal_bridge::BooksOf,
        period: portal_bridge::Period,
        change: Issuing<'_, R>,
    ) -> Result<R, Problem> {
        let books = self.books(of);
        let mut full: Option<String> = None;
        for _ in 0..PAGES_TRIED {
            let names = books.pages().await?;
            let page = match full.take() {
                Some(next) => next,
                None => IssuedPage::name_on(self.today(), names.iter().map(String::as_str)),
            };
            let there = RefCell::new(Vec::new());
            let needs = |names: &[String]| {
                let names = || names.iter().map(String::as_str);
                let mut needs = IssuedPage::names_since(period, names());
                needs.extend(IssuedPage::name_before(&page, names()));
                needs.retain(|name| *name != page);
                needs.sort();
                needs.dedup();
                *there.borrow_mut() = needs.clone();
                needs
            };
            let result = books
                .edit_seeing(&page, needs, |content: &mut IssuedPage, seen: &Seen| {
                    let there = there.borrow();
                    if there.iter().any(|name| *name > page) {
                        return Ok(Written::NotTheLast);
                    }
                    let begins = content.invoices.is_empty() && content.carried.is_empty();
                    let mut others = Vec::new();
                    for name in there.iter() {
                        others.extend(seen.get::<IssuedPage>(name)?);
                    }
                    if begins && let Some(before) = others.last() {
                        *content = before.following();
                    } else if !begins && is_full(content) {
                        return Ok(Written::Full);
                    }
                    change(content, &others).map(Written::Done)
                })
                .await?;
            match result {
                Written::Done(result) => return Ok(result),
                Written::Full => full = Some(IssuedPage::next_part(&page)),
                Written::NotTheLast => {}
            }
        }
        Err(ProblemKind::ChangedMeanwhile.into())
    }
}

enum Written<R> {
    Done(R),
    /// Others began a page after this one.
    NotTheLast,
    Full,
}

fn is_full(page: &IssuedPage) -> bool {
    serde_json::to_vec(page).is_ok_and(|json| json.len() > IssuedPage::FULL)
}
