//! What a change of seats does to the pool of its plan, before it is made.

use leptos::prelude::*;
use portal_bridge::{Plan, PreviewSeats, ProviderOrganizationId, SeatPreview, Topic, Verdict};

use crate::form::ProblemNotice;
use crate::format;
use crate::messages::{client_forms as text, reasons};
use crate::session::use_provider;
use crate::ui::{Notice, Tone};
use crate::view::{View, use_view};

/// Asks for the preview whenever what it is of changes.
pub(super) fn preview(
    link: Option<ProviderOrganizationId>,
    plan: impl Fn() -> Option<Plan> + 'static,
    seats: impl Fn() -> Option<u32> + 'static,
) -> View<PreviewSeats> {
    let provider = use_provider();
    use_view(
        move || Some(PreviewSeats { provider: provider.id(), link, plan: plan(), seats: seats()? }),
        move || vec![Topic::Clients(provider.id())],
    )
}

/// Why the change cannot be made, if so.
pub(super) fn obstacle(preview: View<PreviewSeats>) -> MaybeProp<String> {
    MaybeProp::derive(move || match preview.map(|preview| preview.verdict)? {
        Verdict::Allowed => None,
        Verdict::Disabled(reason) => Some(reasons::reason(reason).to_owned()),
        Verdict::Hidden => Some(reasons::needs_purchase().to_owned()),
    })
}

/// Draws it.
pub(super) fn picture(preview: View<PreviewSeats>) -> impl IntoView {
    view! {
        <div class="pool" aria-live="polite">
            {move || match preview.get() {
                Some(preview) => lines(&preview).into_any(),
                None => view! { <p class="quiet">{text::counting()}</p> }.into_any(),
            }}
            <ProblemNotice problem=Signal::derive(move || preview.problem()) again=move || preview.again() />
        </div>
    }
}

fn lines(preview: &SeatPreview) -> impl IntoView + use<> {
    let number = |value: u32| format::number(value);
    let change = if preview.assigned_before == preview.assigned_after {
        text::pool_same(&number(preview.assigned_after))
    } else {
        text::pool_change(&number(preview.assigned_before), &number(preview.assigned_after))
    };
    let bought = preview.purchased_after.saturating_sub(preview.purchased_before);
    let returned = preview.purchased_before.saturating_sub(preview.purchased_after);
    let purchase = (bought > 0).then(|| match preview.seat_price_cents {
        Some(cents) => text::pool_buys_for(bought, &format::money(f64::from(cents) * f64::from(bought))),
        None => text::pool_buys(bought),
    });
    let blocked = match preview.verdict {
        Verdict::Disabled(reason) => Some(reasons::reason(reason)),
        Verdict::Allowed | Verdict::Hidden => None,
    };
    view! {
        <h3>{text::pool(&preview.plan)}</h3>
        <ul class="figures">
            <li>{change}</li>
            <li>{text::pool_left(preview.unassigned_after)}</li>
            <li class="quiet">{text::pool_minimum(&number(preview.minimum))}</li>
            {(returned > 0).then(|| view! { <li>{text::pool_returns(returned)}</li> }.into_any())}
        </ul>
        {purchase.map(|words| view! { <Notice tone=Tone::Wait>{words}</Notice> }.into_any())}
        {blocked.map(|words| view! { <Notice tone=Tone::Attend>{words}</Notice> }.into_any())}
    }
}
