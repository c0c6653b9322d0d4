//! The clients of a provider.

use leptos::prelude::*;

/// The page.
pub fn page() -> impl IntoView {
    view! { <h1>"Clients"</h1> }
}
