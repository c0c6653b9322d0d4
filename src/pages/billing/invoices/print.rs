//! Printing several invoices: they are drawn where only paper shows them, and the browser prints.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{DraftRun, GetDraftIds, GetInvoices, InvoicePaper, OrganizationId};

use super::{filters::Filters, paper};
use crate::core_link::{Link, use_link};
use crate::format;
use crate::live::live;
use crate::messages::{invoices as text, problems};
use crate::ui::Toasts;

/// What is being printed. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Printing {
    link: Link,
    toasts: Toasts,
    run: Memo<DraftRun>,
    papers: RwSignal<Vec<InvoicePaper>>,
}

impl Printing {
    pub(super) fn of_page(run: Memo<DraftRun>) -> Self {
        Self { link: use_link(), toasts: Toasts::of_page(), run, papers: RwSignal::new(Vec::new()) }
    }

    /// Prints everything that search and filter leave.
    pub(super) fn all(self, filters: Filters) {
        let answer = self.link.ask(GetDraftIds(filters.query().get_untracked()));
        spawn_local(async move {
            match answer.await {
                Ok(clients) => self.some(clients),
                Err(problem) => self.toasts.say(problems::problem(&problem)),
            }
        });
    }

    /// Prints the invoices and drafts of these clients, by name.
    pub(super) fn some(self, only: Vec<OrganizationId>) {
        let answer = self.link.ask(GetInvoices { run: self.run.get_untracked(), only });
        spawn_local(async move {
            match answer.await {
                Ok(papers) if papers.is_empty() => self.toasts.say(text::print_nothing().to_owned()),
                Ok(papers) => self.print(papers),
                Err(problem) => self.toasts.say(problems::problem(&problem)),
            }
        });
    }

    fn print(self, papers: Vec<InvoicePaper>) {
        if papers.len() == GetInvoices::MOST {
            self.toasts.say(text::print_limit(&format::number(GetInvoices::MOST as u32)));
        }
        if self.papers.try_set(papers).is_some() {
            // The page has gone.
            return;
        }
        // Drawn by then; the pictures in them are part of the page.
        set_timeout(
            move || {
                print_page();
                self.papers.try_set(Vec::new());
            },
            Duration::ZERO,
        );
    }

    /// Where they are drawn.
    pub(super) fn sheets(self) -> AnyView {
        live(move || {
            self.papers.with(|papers| {
                (!papers.is_empty()).then(|| {
                    let sheets: Vec<_> = papers.iter().map(paper::sheet).collect();
                    view! { <div class="sheets for-print" class:single=papers.len() == 1>{sheets}</div> }
                        .into_any()
                })
            })
        })
    }
}

/// Has the browser print what it shows on paper.
pub(super) fn print_page() {
    // A browser that cannot print says so itself.
    let _ = window().print();
}
