//! What has to be known about a run before it is issued.

use leptos::prelude::*;
use portal_bridge::{DraftRow, DraftsSummary, NumberFault};

use super::{filters::Filters, periods};
use crate::format;
use crate::live::{live, memo};
use crate::messages::invoices as text;
use crate::shell::{billing_path, use_books};
use crate::ui::{Button, Notice, Tone};
use crate::view::List;

pub(super) fn notices(filters: Filters, list: List<DraftRow>) -> impl IntoView {
    let run = memo(move || list.map(|view| view.run.clone()).flatten());
    live(move || {
        let run = run.get()?;
        Some(view! {
            <div class="trouble">
                {first_steps(&run)}
                {not_over(&run, filters)}
                {gaps(&run, filters)}
                {faults(&run)}
            </div>
        })
    })
}

/// Where prices or the letterhead are missing, the way to them.
fn first_steps(run: &DraftsSummary) -> Option<AnyView> {
    let (words, verb) = match (run.priced, run.headed) {
        (false, _) => (text::no_prices(), text::no_prices_go()),
        (true, false) => (text::no_name(), text::no_name_go()),
        (true, true) => return None,
    };
    let address = format!("{}/settings", billing_path(use_books().get_untracked(), "invoices"));
    let action = move || view! { <a class="btn" href=address.clone()>{verb}</a> };
    let tone = if run.priced { Tone::Wait } else { Tone::Attend };
    Some(view! { <Notice tone action>{words}</Notice> }.into_any())
}

fn not_over(run: &DraftsSummary, filters: Filters) -> Option<AnyView> {
    let period = filters.period().filter(|_| !run.over)?;
    let words = text::not_over(&periods::words(period), &format::calendar_day(period.end()));
    Some(view! { <Notice tone=Tone::Wait>{words}</Notice> }.into_any())
}

/// Days nobody counted: how they are billed, and the other way.
fn gaps(run: &DraftsSummary, filters: Filters) -> Option<AnyView> {
    if run.gap_days == 0 {
        return None;
    }
    let clients = text::of_clients(run.with_gaps);
    let fills = filters.fills();
    let (words, verb) = match fills {
        true => (text::gaps_last(run.gap_days, &clients), text::fill_nothing()),
        false => (text::gaps_nothing(run.gap_days, &clients), text::fill_last()),
    };
    let action = move || view! { <Button label=verb.to_owned() on_press=move || filters.set_fill(!fills) /> };
    Some(view! { <Notice tone=Tone::Attend action>{words}</Notice> }.into_any())
}

fn faults(run: &DraftsSummary) -> Option<AnyView> {
    let words: Vec<_> = run.faults.iter().map(|fault| view! { <li>{fault_words(*fault)}</li> }).collect();
    (!words.is_empty())
        .then(|| view! { <Notice tone=Tone::Broken>{text::faults()}<ul>{words}</ul></Notice> }.into_any())
}

fn fault_words(fault: NumberFault) -> String {
    match fault {
        NumberFault::Missing(first, last) if first == last => text::missing_one(&first.to_string()),
        NumberFault::Missing(first, last) => text::missing_many(&first.to_string(), &last.to_string()),
        NumberFault::Twice(number) => text::twice(&number.to_string()),
        NumberFault::TooLow(number) => text::too_low(&number.to_string()),
    }
}
