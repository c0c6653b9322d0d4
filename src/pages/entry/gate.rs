use leptos::prelude::*;
use portal_bridge::SessionView;

use crate::core_link::use_link;
use crate::live::{live, memo};
use crate::pages::{locked::LockedForm, sign_in::SignInForm, two_step::TwoStepForm};

/// The way in, on a page that needs somebody signed in but has something to say before: the form that comes next.
/// Nothing once the session is open.
pub fn gate(invited: Option<String>) -> impl IntoView {
    #[derive(Clone, Copy, PartialEq)]
    enum Next {
        SignIn,
        TwoStep,
        Locked,
        Open,
    }
    let link = use_link();
    let step = memo(move || match link.session() {
        None | Some(SessionView::SignedOut { .. }) => Next::SignIn,
        Some(SessionView::TwoStep(_)) => Next::TwoStep,
        Some(SessionView::Locked { .. }) => Next::Locked,
        Some(SessionView::Open(_)) => Next::Open,
    });
    live(move || match step.get() {
        Next::SignIn => view! { <SignInForm email=invited.clone() /> }.into_any(),
        Next::TwoStep => view! { <TwoStepForm /> }.into_any(),
        Next::Locked => view! { <LockedForm /> }.into_any(),
        Next::Open => ().into_any(),
    })
}
