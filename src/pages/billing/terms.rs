//! Everything that is set once for invoices to clients: prices, numbers, letterhead, and where that is kept.

mod client;
mod clients;
mod colour;
mod letterhead;
mod list_form;
mod logo;
mod numbers;
mod place;
mod price_list;
mod services;

use leptos::prelude::*;
use portal_bridge::{GetLetterhead, GetPriceBook, PriceBookView, Topic};

use crate::form::ProblemNotice;
use crate::live::{live, memo};
use crate::messages::{billing, letterhead as letter, prices as text};
use crate::pages::settings::section;
use crate::shell::{Head, billing_path, use_books};
use crate::ui::Skeleton;
use crate::view::use_view;

pub use clients::page as clients_page;

/// The page.
pub fn page() -> impl IntoView {
    let of = use_books();
    let topics = move || vec![Topic::Books(of.get())];
    let book = use_view(move || Some(GetPriceBook(of.get())), topics);
    let letterhead = use_view(move || Some(GetLetterhead(of.get())), topics);
    let told = memo(move || book.get());
    let there = memo(move || told.with(Option::is_some));
    let above = (untrack(|| billing_path(of.get(), "invoices")), billing::invoices().to_owned());
    let head_of_letters = move || {
        view! {
            <ProblemNotice problem=Signal::derive(move || letterhead.problem()) again=move || letterhead.again() />
            {letterhead::part(memo(move || letterhead.get()), move || letterhead.again())}
        }
        .into_any()
    };
    view! {
        <Head title=text::settings().to_owned() above />
        <div class="scroll">
            <ProblemNotice problem=Signal::derive(move || book.problem()) again=move || book.again() />
            {move || match there.get() {
                true => view! {
                    <div class="settings">
                        {section(text::price_list(), text::price_list_body(), price_list::part(told, move || book.again()).into_any())}
                        {section(text::single_clients(), text::single_clients_body(), single_clients(told).into_any())}
                        {section(text::numbers(), text::numbers_body(), numbers::part(told, move || book.again()).into_any())}
                        {section(letter::letterhead(), letter::letterhead_body(), head_of_letters())}
                        {section(letter::place(), letter::place_body(), place::part().into_any())}
                    </div>
                }
                .into_any(),
                false if book.problem().is_some() => ().into_any(),
                false => view! { <Skeleton lines=8 /> }.into_any(),
            }}
        </div>
    }
}

fn single_clients(told: Memo<Option<PriceBookView>>) -> impl IntoView {
    let of = use_books();
    let different =
        memo(move || told.with(|told| told.as_ref().map(|told| told.different).unwrap_or_default()));
    let words = move || match different.get() {
        0 => text::none_different().to_owned(),
        count => text::different(count),
    };
    view! {
        {live(move || view! { <p>{words()}</p> })}
        <p><a class="link" href=move || billing_path(of.get(), "invoices/settings/clients")>{text::open_clients()}</a></p>
    }
}
