//! The provider's own subscription: what is charged next, what it pays for, and what it was billed.

mod address;
mod figures;
mod invoices;
mod lines;
mod notices;
mod seats;
mod table;

use leptos::prelude::*;
use portal_bridge::{Action, BillingAddress, GetSubscription, SubscriptionView, Topic};

use crate::form::ProblemNotice;
use crate::live::{live, memo};
use crate::messages::billing as text;
use crate::pages::listing;
use crate::session::use_provider;
use crate::shell::Head;
use crate::ui::Skeleton;
use crate::view::use_view;

/// The page.
pub fn page() -> impl IntoView {
    let provider = use_provider();
    let view = use_view(
        move || Some(GetSubscription(provider.id())),
        move || vec![Topic::Clients(provider.id()), Topic::Provider(provider.id())],
    );
    // Who has it paid does so elsewhere.
    listing::on_return(move || view.again());
    // An answer about the provider before is not shown under the new address.
    let shown = memo(move || view.map(|view| (**view).clone()).filter(|view| view.provider == provider.id()));
    let pays = memo(move || provider.shows(Action::ViewProviderBilling));
    let editing = RwSignal::new(None::<BillingAddress>);
    let place = address::use_place(pays, view);
    view! {
        <Head title=text::subscription().to_owned() />
        <div class="scroll">
            <div class="bills">
                <ProblemNotice problem=Signal::derive(move || view.problem()) again=listing::insisting(move || view.again()) />
                {move || match shown.get() {
                    Some(view) => content(&view, move || place.edit(editing)),
                    None if view.problem().is_some() => ().into_any(),
                    None => view! { <Skeleton lines=8 /> }.into_any(),
                }}
                {live(move || {
                    pays.get().then(|| view! {
                        {invoices::section(shown)}
                        {address::section(place, editing)}
                    }.into_any())
                })}
            </div>
        </div>
        {invoices::panel()}
        {address::dialog(place, editing)}
    }
}

fn content(view: &SubscriptionView, give_tax_id: impl Fn() + 'static) -> AnyView {
    view! {
        {notices::notices(view, give_tax_id)}
        {figures::figures(view)}
        {seats::pools(view)}
        {seats::alone(view)}
        {figures::tier(view)}
    }
    .into_any()
}
