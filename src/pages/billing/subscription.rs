//! The provider's own subscription.

use leptos::prelude::*;

use crate::messages::billing as text;
use crate::shell::Head;

/// The page.
pub fn page() -> impl IntoView {
    view! { <Head title=text::subscription().to_owned() /> }
}
