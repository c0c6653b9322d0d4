//! The pools of seats, and the clients that are in none.

use leptos::prelude::*;
use portal_bridge::{AloneClient, SeatPool, SubscriptionView};

use super::figures::money;
use super::table::{Cell, figure, table, word};
use crate::format;
use crate::messages::subscription as text;
use crate::session::use_provider;
use crate::ui::Empty;

/// A row for each plan, and all together.
pub(super) fn pools(view: &SubscriptionView) -> AnyView {
    if view.pools.is_empty() {
        return view! { <Empty title=text::no_pools().to_owned() body=text::no_pools_body().to_owned() /> }
            .into_any();
    }
    let heads = [
        (text::plan(), false),
        (text::minimum(), true),
        (text::purchased(), true),
        (text::assigned(), true),
        (text::unassigned(), true),
        (text::used(), true),
        (text::idle(), true),
        (text::cost(), true),
    ];
    let number = |seats: u32| figure(Some(format::number(seats)));
    let known = |seats: Option<u32>| figure(seats.map(format::number));
    let row = |pool: &SeatPool, name: String| -> Vec<Cell> {
        vec![
            word(name),
            number(pool.minimum),
            number(pool.purchased),
            number(pool.assigned),
            number(pool.unassigned),
            known(pool.used),
            known(pool.idle),
            figure(pool.cost.map(|cost| money(cost, view.currency))),
        ]
    };
    let rows = view.pools.iter().map(|pool| row(pool, pool.plan.clone())).collect();
    let foot = (view.pools.len() > 1).then(|| row(&view.total, text::total().to_owned()));
    let pays = view.bills.is_some();
    let provider = use_provider();
    let reclaim = (pays && view.total.idle.is_some_and(|idle| idle > 0)).then(|| {
        let ledger = untrack(|| provider.path("billing/ledger"));
        view! { <p><a class="link" href=ledger>{text::reclaim()}</a></p> }.into_any()
    });
    view! {
        <section aria-labelledby="seats">
            <h2 id="seats">{text::seats()}</h2>
            {table(text::pools(), &heads, rows, foot.into_iter().collect())}
            <p class="quiet">{if pays { text::full_admin() } else { text::full_user() }}</p>
            {reclaim}
        </section>
    }
    .into_any()
}

/// The clients that are billed by themselves, where there are any.
pub(super) fn alone(view: &SubscriptionView) -> Option<AnyView> {
    if view.alone.is_empty() {
        return None;
    }
    let heads = [
        (text::client(), false),
        (text::plan(), false),
        (text::assigned(), true),
        (text::used(), true),
        (text::cost(), true),
    ];
    let provider = use_provider();
    let row = |client: &AloneClient| -> Vec<Cell> {
        let address = untrack(|| provider.path(&format!("clients/{}", client.organization)));
        let name = match client.name.is_empty() {
            true => word(text::unknown_client()),
            false => word(view! { <a class="link" href=address><bdi>{client.name.clone()}</bdi></a> }),
        };
        vec![
            name,
            word(client.plan.clone()),
            figure(Some(format::number(client.seats))),
            figure(client.used.map(format::number)),
            figure(client.cost.map(|cost| money(cost, view.currency))),
        ]
    };
    let rows = view.alone.iter().map(row).collect();
    Some(
        view! {
            <section aria-labelledby="alone">
                <h2 id="alone">{text::alone()}</h2>
                <p class="quiet">{text::alone_body()}</p>
                {table(text::alone(), &heads, rows, Vec::new())}
            </section>
        }
        .into_any(),
    )
}
