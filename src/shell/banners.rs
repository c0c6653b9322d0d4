//! Notices that concern every page.

use leptos::prelude::*;
use portal_bridge::{Action, Network, ProviderState, Suspension};

use crate::core_link::use_link;
use crate::format;
use crate::live::{live, memo};
use crate::messages::{shell as text, subscription as bills};
use crate::session::{Provider, use_provider};
use crate::ui::{Notice, Tone};

pub(super) fn banners() -> impl IntoView {
    let at_provider = use_context::<Provider>().is_some();
    view! {
        <div class="banners">
            {network()}
            {at_provider.then(state)}
            {at_provider.then(overdue)}
            {at_provider.then(admins)}
        </div>
    }
}

fn network() -> impl IntoView {
    let link = use_link();
    let network = memo(move || link.network());
    live(move || match network.get() {
        Network::Online => None,
        Network::Offline => Some(
            view! {
                <Notice tone=Tone::Wait urgent=true><b>{text::offline()}</b>" "{text::offline_body()}</Notice>
            }
            .into_any(),
        ),
        // Short pauses are the server's everyday business.
        Network::Paused { wait_ms } => (wait_ms >= 2_000).then(|| {
            let time = format::duration(wait_ms);
            view! { <Notice tone=Tone::Wait>{text::paused(&time)}</Notice> }.into_any()
        }),
    })
}

fn state() -> impl IntoView {
    let provider = use_provider();
    let state = memo(move || provider.view().map(|view| (view.state, view.suspension, view.key_missing)));
    live(move || {
        let (state, suspension, key_missing) = state.get()?;
        let (head, body) = match (state, suspension) {
            (ProviderState::Suspended, suspension) => (text::suspended(), suspension_words(suspension)),
            (ProviderState::Pending, _) => (text::pending(), text::pending_body().to_owned()),
            (ProviderState::Active, _) if key_missing => {
                (text::key_missing(), text::key_missing_body().to_owned())
            }
            (ProviderState::Active, _) => return None,
        };
        // Who can have it paid finds the invoice.
        let pays = matches!(suspension, Some(Suspension::AddPaymentMethod { .. }));
        let words = view! { <b>{head}</b>" "{body} }.into_any();
        Some(if state == ProviderState::Suspended && pays {
            view! { <Notice tone=Tone::Broken action=to_invoices(provider)>{words}</Notice> }.into_any()
        } else {
            view! { <Notice tone=Tone::Broken>{words}</Notice> }.into_any()
        })
    })
}

/// Something is overdue, and nothing has come of it yet.
fn overdue() -> impl IntoView {
    let provider = use_provider();
    let overdue = memo(move || provider.view().map(|view| view.overdue).flatten());
    live(move || {
        let day = overdue.get()?.suspended_on.map(format::calendar_day);
        if provider.shows(Action::ViewProviderBilling) {
            let body =
                day.map_or_else(|| bills::late_admin_plain().to_owned(), |day| bills::late_admin(&day));
            let action = to_invoices(provider);
            Some(
                view! { <Notice tone=Tone::Attend action><b>{bills::late()}</b>" "{body}</Notice> }
                    .into_any(),
            )
        } else {
            let body = day.map_or_else(|| bills::late_user_plain().to_owned(), |day| bills::late_user(&day));
            Some(view! { <Notice tone=Tone::Attend><b>{bills::late()}</b>" "{body}</Notice> }.into_any())
        }
    })
}

fn to_invoices(provider: Provider) -> ViewFn {
    let address = untrack(|| provider.path("billing/subscription"));
    ViewFn::from(move || view! { <a class="btn" href=address.clone()>{bills::see_invoices()}</a> })
}

/// What to do about a suspension.
pub(super) fn suspension_words(suspension: Option<Suspension>) -> String {
    match suspension {
        Some(Suspension::AddPaymentMethod { cancels_at: Some(date) }) => {
            text::suspended_payment_by(&format::day(date))
        }
        Some(Suspension::AddPaymentMethod { cancels_at: None }) => text::suspended_payment().to_owned(),
        Some(Suspension::ContactAdministrator) => text::suspended_administrator().to_owned(),
        Some(Suspension::ContactSupport) | None => text::suspended_support().to_owned(),
    }
}

/// Fewer than two confirmed Provider Admins are one forgotten password away from nobody.
fn admins() -> impl IntoView {
    let provider = use_provider();
    let counts = memo(move || provider.view().map(|view| (view.confirmed_admins, view.waiting)));
    live(move || {
        let (confirmed, waiting) = counts.get()?;
        let confirmed =
            confirmed.filter(|confirmed| *confirmed < 2 && provider.shows(Action::InviteStaff))?;
        let (head, body) = match confirmed {
            0 => (text::no_admin(), text::no_admin_body()),
            _ => (text::one_admin(), text::one_admin_body()),
        };
        // Somebody who waits for confirmation may be the second one.
        let waiting = waiting.filter(|waiting| *waiting > 0).map(text::confirm_waiting);
        let (waits, invites) =
            (provider.path("staff?status=needs-confirmation"), provider.path("staff/invite?role=admin"));
        let action = move || {
            let confirm = waiting
                .clone()
                .map(|words| view! { <a class="btn" href=waits.clone()>{words}</a> }.into_any());
            view! {
                {confirm}
                <a class="btn" href=invites.clone()>{text::invite_second()}</a>
            }
        };
        Some(view! {
            <Notice tone=Tone::Attend action>
                <b>{head}</b>" "{body}
            </Notice>
        })
    })
}
