//! Whether the ledger says the same as the server.

use leptos::prelude::*;
use portal_bridge::{BooksOf, GetReconciliation, LedgerDifference, Reconciliation};

use super::{cells, topics_of};
use crate::format;
use crate::messages::ledger as text;
use crate::ui::{Notice, Tone};
use crate::view::use_view;

/// One quiet line where they agree; what differs by how much where they do not. Nothing where the server has no sums.
pub(super) fn line(books: Signal<BooksOf>) -> impl IntoView {
    let view = use_view(
        move || match books.get() {
            BooksOf::Provider(provider) => Some(GetReconciliation(provider)),
            BooksOf::Own => None,
        },
        move || topics_of(books.get()),
    );
    // That the ledger itself cannot be read is said with the list.
    move || view.get().and_then(|view| said(&view))
}

fn said(view: &Reconciliation) -> Option<AnyView> {
    let day = format::calendar_day(view.day?);
    if view.differences.is_empty() {
        let words = text::agrees(&format::number(view.assigned as f64), &day);
        return Some(view! { <p class="quiet reconciled">{words}</p> }.into_any());
    }
    let lines: Vec<String> = view.differences.iter().map(words).collect();
    let lines = lines.into_iter().map(|words| view! { <li>{words}</li> }.into_any()).collect_view();
    Some(
        view! {
            <div class="reconciled">
                <Notice tone=Tone::Attend>
                    <b>{text::differs_title(&day)}</b>
                    <ul>{lines}</ul>
                    <span class="quiet">{text::differs_why()}</span>
                </Notice>
            </div>
        }
        .into_any(),
    )
}

fn words(difference: &LedgerDifference) -> String {
    let number = |seats: u64| format::number(seats as f64);
    let plan = format::isolate(&difference.plan);
    let ledger = number(difference.ledger);
    let Some(server) = difference.server else { return text::differs_unknown(&plan, &ledger) };
    let change =
        cells::change(i64::try_from(server).unwrap_or(i64::MAX).saturating_sub_unsigned(difference.ledger));
    let mut words = vec![text::differs(&plan, &ledger, &number(server), &change)];
    if difference.gaps > 0 {
        words.push(text::differs_gaps(difference.gaps));
    }
    words.push(match difference.agreed {
        Some(day) => text::differs_since(&format::calendar_day(day)),
        None => text::differs_never().to_owned(),
    });
    words.join(" ")
}
