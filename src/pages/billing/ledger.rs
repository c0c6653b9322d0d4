//! The ledger of seats.

use leptos::prelude::*;

use crate::messages::billing as text;
use crate::shell::Head;

/// The page.
pub fn page() -> impl IntoView {
    view! { <Head title=text::ledger().to_owned() /> }
}
