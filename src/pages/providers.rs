//! Choosing where to go after signing in.

use leptos::prelude::*;
use portal_bridge::{
    GetPlaces, OrganizationCard, Places, ProviderCard, ProviderState, SessionView, SignOut, Topic,
};

use super::{entry::EntryFrame, listing};
use crate::core_link::use_link;
use crate::form::{ProblemNotice, Sending};
use crate::format::isolate;
use crate::live::{effect, memo};
use crate::messages::{clients, entry as text, portfolio, staff};
use crate::router::use_router;
use crate::ui::{Button, ButtonKind, Glyph, Icon, Skeleton, Status, Tone};
use crate::view::use_view;

/// The page at `/providers`: every provider one is on the staff of.
pub fn page() -> impl IntoView {
    draw(false)
}

/// The page at `/`: whoever has one provider alone, or one organization and no provider, is led straight into it.
pub fn front_door() -> impl IntoView {
    draw(true)
}

fn draw(straight_in: bool) -> impl IntoView {
    let link = use_link();
    let router = use_router();
    let places = use_view(|| Some(GetPlaces), || vec![Topic::Providers]);
    // Whoever was just confirmed comes back to this page to go in.
    listing::on_return(move || places.again());
    let only = memo(move || {
        places
            .map(|places| match (places.providers.as_slice(), places.organizations.as_slice()) {
                ([one], _) if one.state != ProviderState::Pending => {
                    Some(format!("/providers/{}/clients", one.id))
                }
                // Whoever looks after clients has a list of them; whoever is a member of one organization alone is led into it.
                ([], others) if leads_to_clients(places, others) => Some("/clients".to_owned()),
                ([], [one]) if !one.waiting => Some(format!("/organizations/{}", one.id)),
                _ => None,
            })
            .flatten()
    });
    effect(move || {
        if let (true, Some(place)) = (straight_in, only.get()) {
            router.replace(&place);
        }
    });
    let leaving = Sending::new(&[]);
    let me = move || match link.session() {
        Some(SessionView::Open(person)) => person.email,
        _ => String::new(),
    };
    view! {
        <EntryFrame title=text::places().to_owned() wide=true>
            <ProblemNotice problem=Signal::derive(move || places.problem()) again=move || places.again() />
            {move || match places.get() {
                None if places.problem().is_some() => ().into_any(),
                None => view! { <Skeleton /> }.into_any(),
                Some(found) => {
                    let more = !found.organizations.is_empty();
                    let looks_after = found.looked_after > 0 || found.creates;
                    let none = found.providers.is_empty() && !more && !looks_after;
                    view! {
                        {none.then(|| view! {
                            <h2>{text::no_places()}</h2>
                            <p class="lead">{text::no_places_body(&isolate(&me()))}</p>
                        }.into_any())}
                        {looks_after.then(|| view! { <ul class="places">{portfolio_card(found.looked_after)}</ul> }.into_any())}
                        <ul class="places">{found.providers.into_iter().map(provider).collect_view()}</ul>
                        {more.then(|| view! {
                            <h2 class="label">{text::organizations()}</h2>
                            <ul class="places plain">{found.organizations.into_iter().map(organization).collect_view()}</ul>
                        }.into_any())}
                    }.into_any()
                }
            }}
            <p class="aside across">
                <span class="quiet cut">{me}</span>
                <span class="spread"></span>
                <a class="btn bare" href="/account">{text::account()}</a>
                <Button label=text::sign_out().to_owned() kind=ButtonKind::Bare busy=leaving.busy() on_press=move || leaving.send(link, SignOut, |()| ()) />
            </p>
        </EntryFrame>
    }
}

/// Whether somebody who is on no provider's staff begins with the list of clients: it holds several, or may come to.
fn leads_to_clients(places: &Places, organizations: &[OrganizationCard]) -> bool {
    match places.looked_after {
        0 => places.creates && organizations.is_empty(),
        1 => places.creates,
        _ => true,
    }
}

/// The way to every client one looks after.
fn portfolio_card(own: u32) -> AnyView {
    view! {
        <li>
            <a class="place" href="/clients">
                <span class="words">
                    <span class="strong">{portfolio::enter()}</span>
                    <span class="quiet small">{clients::count(own)}</span>
                </span>
                <Icon glyph=Glyph::ChevronRight />
            </a>
        </li>
    }
    .into_any()
}

fn provider(card: ProviderCard) -> AnyView {
    let role = staff::role_word(card.role);
    let name = card.name.clone().unwrap_or_else(|| text::unnamed().to_owned());
    let state = match card.state {
        ProviderState::Active => None,
        ProviderState::Pending => Some((Tone::Wait, text::pending())),
        ProviderState::Suspended => Some((Tone::Broken, text::suspended())),
    };
    let words = view! {
        <span class="words">
            <bdi class="strong">{name}</bdi>
            <span class="quiet small">{if card.state == ProviderState::Pending { text::pending_body().to_owned() } else { role }}</span>
        </span>
        {state.map(|(tone, words)| view! { <Status tone label=words /> }.into_any())}
    };
    if card.state == ProviderState::Pending {
        view! { <li class="place">{words}</li> }.into_any()
    } else {
        view! {
            <li>
                <a class="place" href=format!("/providers/{}/clients", card.id)>
                    {words}
                    <Icon glyph=Glyph::ChevronRight />
                </a>
            </li>
        }
        .into_any()
    }
}

fn organization(card: OrganizationCard) -> AnyView {
    let state = match (card.waiting, card.enabled) {
        (true, _) => Some((Tone::Wait, text::waiting())),
        (false, false) => Some((Tone::Broken, text::switched_off())),
        (false, true) => None,
    };
    let managed = card.managed_by.map(|name| format!(" · {}", text::managed_by(&isolate(&name))));
    let words = view! {
        <span class="words">
            <bdi class="strong">{card.name}</bdi>
            <span class="quiet small">{card.role}{managed}</span>
        </span>
        {state.map(|(tone, words)| view! { <Status tone label=words /> }.into_any())}
    };
    // Whoever is not confirmed yet has nothing to see there.
    if card.waiting {
        view! { <li class="place">{words}</li> }.into_any()
    } else {
        view! {
            <li>
                <a class="place" href=format!("/organizations/{}", card.id)>
                    {words}
                    <Icon glyph=Glyph::ChevronRight />
                </a>
            </li>
        }
        .into_any()
    }
}
