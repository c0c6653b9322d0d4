//! The discount tiers: what was agreed, and how far the next one is.

use leptos::prelude::*;

use crate::messages::billing as text;
use crate::shell::Head;

/// The page.
pub fn page() -> impl IntoView {
    view! { <Head title=text::discounts().to_owned() /> }
}
