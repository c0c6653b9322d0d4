//! Search and filters, and the sums of the period.

use leptos::prelude::*;
use portal_bridge::{DraftRow, DraftTotal, DraftsMargin, MarginAgainst, Money, Period};

use super::filters::Filters;
use crate::format;
use crate::live::{live, memo};
use crate::messages::{invoices as text, ui as ui_text};
use crate::shell::{billing_path, use_books};
use crate::ui::{Chip, FilterButton, SearchField};
use crate::view::List;

/// Search, filters, count: one bar.
pub(super) fn bar(filters: Filters, list: List<DraftRow>) -> impl IntoView {
    let count = memo(move || {
        let (matched, total) = (list.matched()?, list.total()?);
        (total > 0).then(|| text::matched(&format::number(matched), &format::number(total)))
    });
    let books = use_books();
    let settings = move || format!("{}/settings", billing_path(books.get(), "invoices"));
    view! {
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=filters.search()
                on_input=move |typed| filters.search_for(typed)
            />
            {move || filters.chip().map(|value| view! {
                <Chip name=text::show().to_owned() value on_remove=move || filters.set_show(None) />
            }.into_any())}
            <FilterButton entries=move |()| filters.menu() />
            <span class="tail quiet figures">
                <span>{move || count.get()}</span>
                <a class="link" href=settings>{text::settings()}</a>
            </span>
            <span class="sr" role="status">{move || list.matched().map(text::announced)}</span>
        </div>
    }
}

/// What all of them come to, and what is left of it.
pub(super) fn sums(list: List<DraftRow>) -> impl IntoView {
    let known = memo(move || {
        let run = list.map(|view| view.run.as_ref().map(|run| (run.totals.clone(), run.margin.clone())));
        run.flatten().filter(|(totals, _)| !totals.is_empty())
    });
    live(move || {
        let (totals, margin) = known.get()?;
        let sum = |words: &'static str, of: fn(&DraftTotal) -> Money| {
            let amounts: Vec<_> =
                totals.iter().map(|total| view! { <span>{format::amount(of(total))}</span> }).collect();
            view! { <div><dt>{words}</dt><dd>{amounts}</dd></div> }
        };
        let (cost, left, why) = margin_words(&margin);
        Some(view! {
            <dl class="sums figures">
                {sum(text::net(), |total| Money { amount: total.net, currency: total.currency })}
                {sum(text::tax(), |total| Money { amount: total.tax, currency: total.currency })}
                {sum(text::gross(), |total| Money { amount: total.gross, currency: total.currency })}
                <div><dt>{text::cost()}</dt><dd><span>{cost}</span></dd></div>
                <div class="margin"><dt>{text::remains()}</dt><dd><span>{left}</span></dd><dd class="quiet small">{why}</dd></div>
            </dl>
        })
    })
}

/// What the provider pays, what is left, and where the one is from.
fn margin_words(margin: &DraftsMargin) -> (String, String, String) {
    match margin {
        DraftsMargin::Known { cost, left, basis_points, against, .. } => {
            let amount = format::amount(*left);
            let left = match basis_points.and_then(share) {
                Some(share) => text::remains_share(&amount, &share),
                None => amount,
            };
            (format::amount(*cost), left, against_words(against))
        }
        DraftsMargin::NotTold => {
            ("–".to_owned(), text::not_told().to_owned(), text::not_told_why().to_owned())
        }
        DraftsMargin::Currencies => {
            ("–".to_owned(), text::currencies().to_owned(), text::currencies_why().to_owned())
        }
    }
}

/// Hundredths of a percent in words. A loss of many times the revenue is told by its amount.
fn share(basis_points: i64) -> Option<String> {
    let millionths = i32::try_from(basis_points.checked_mul(100)?).ok()?;
    portal_bridge::Rate::from_millionths(millionths).ok().map(format::percentage)
}

fn against_words(against: &MarginAgainst) -> String {
    match against {
        MarginAgainst::Agreement => text::against_agreement().to_owned(),
        MarginAgainst::Invoices { count, period, under_way } => {
            let days = days(*period);
            match (*count, *under_way) {
                (1, true) => text::against_under_way(&days),
                (count, _) => text::against_many(count, &days),
            }
        }
    }
}

/// The first and the last day of a period.
pub(super) fn days(period: Period) -> String {
    text::days(&format::calendar_day(period.first()), &format::calendar_day(period.end().plus(-1)))
}
