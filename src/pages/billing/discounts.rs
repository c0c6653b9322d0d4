//! The discount tiers: what was agreed, and how far the next one is.

mod costs;
mod standing;
mod tiers;

use leptos::prelude::*;
use portal_bridge::{BooksOf, DiscountsView, GetDiscounts, Topic};

use crate::form::ProblemNotice;
use crate::live::memo;
use crate::messages::{billing, discounts as text};
use crate::pages::settings::section;
use crate::shell::{Head, use_books};
use crate::ui::Skeleton;
use crate::view::use_view;

/// The page.
pub fn page() -> impl IntoView {
    let of = use_books();
    let topics = move || {
        let seats = match of.get() {
            BooksOf::Provider(provider) => Topic::Clients(provider),
            BooksOf::Own => Topic::Portfolio,
        };
        vec![Topic::Books(of.get()), seats]
    };
    let view = use_view(move || Some(GetDiscounts(of.get())), topics);
    let told = memo(move || view.get().map(|told| *told));
    let there = memo(move || told.with(Option::is_some));
    view! {
        <Head title=billing::discounts().to_owned() />
        <div class="scroll">
            <ProblemNotice problem=Signal::derive(move || view.problem()) again=move || view.again() />
            {move || match there.get() {
                true => draw(told, move || view.again()).into_any(),
                false if view.problem().is_some() => ().into_any(),
                false => view! { <Skeleton lines=8 /> }.into_any(),
            }}
        </div>
    }
}

fn draw(told: Memo<Option<DiscountsView>>, again: impl Fn() + Copy + Send + 'static) -> impl IntoView {
    let from_server = memo(move || told.with(|told| told.as_ref().is_some_and(|told| told.from_server)));
    view! {
        <div class="settings">
            {section(text::standing(), text::standing_body(), standing::part(told).into_any())}
            {move || from_server.get().then(|| section(text::billed_tiers(), text::billed_tiers_body(), tiers::billed(told).into_any()))}
            {section(text::own_tiers(), text::own_tiers_body(), tiers::own(told, again).into_any())}
            {section(text::seat_costs(), text::seat_costs_body(), costs::part(told, again).into_any())}
        </div>
    }
}
