//! What needs attention, and what the person who reads it can do about it. What is overdue stands above every page already.

use leptos::prelude::*;
use portal_bridge::SubscriptionView;

use crate::messages::subscription as text;
use crate::session::use_provider;
use crate::ui::{Button, Notice, Press, Tone};

pub(super) fn notices(view: &SubscriptionView, give_tax_id: impl Fn() + 'static) -> AnyView {
    let provider = use_provider();
    let over = view.over.filter(|over| *over > 0).map(|over| {
        let clients = untrack(|| provider.path("clients?needs=seats"));
        let action = move || view! { <a class="btn" href=clients.clone()>{text::over_see()}</a> };
        view! { <Notice tone=Tone::Attend action><b>{text::over(over)}</b>" "{text::over_body()}</Notice> }
            .into_any()
    });
    let give = Press::from(give_tax_id);
    let tax_id = view.bills.as_deref().and_then(|bills| bills.tax_id.as_deref()).and_then(|kind| {
        let (tone, head, body) = match kind {
            "tax_id_missing" => (Tone::Attend, text::tax_missing(), text::tax_missing_body()),
            "tax_id_failed_verification" => (Tone::Attend, text::tax_wrong(), text::tax_wrong_body()),
            "tax_id_pending_verification" => (Tone::Wait, text::tax_waits(), ""),
            _ => return None,
        };
        let words = if kind == "tax_id_missing" { text::tax_add() } else { text::change() };
        let action = move || view! { <Button label=words.to_owned() on_press=give /> };
        Some(view! { <Notice tone action><b>{head}</b>" "{body}</Notice> }.into_any())
    });
    view! { <div class="notices">{over}{tax_id}</div> }.into_any()
}
