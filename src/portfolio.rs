//! Every client one looks after, as a whole: what stands around their list.

use leptos::prelude::*;
use portal_bridge::{GetPortfolio, Topic};

use crate::view::{View, use_view};

/// The portfolio of whoever is signed in. A handle that copies.
#[derive(Clone, Copy)]
pub struct Portfolio(View<GetPortfolio>);

/// The portfolio of the page.
pub fn use_portfolio() -> Portfolio {
    expect_context()
}

impl Portfolio {
    /// Asks for it; called where the frame is drawn.
    pub fn follow() -> Self {
        Self(use_view(|| Some(GetPortfolio), || vec![Topic::Portfolio]))
    }

    /// What its frame shows.
    pub fn view(self) -> View<GetPortfolio> {
        self.0
    }
}
