//! Who is signed in, and what they may do in the provider they look at.

use leptos::prelude::*;
use portal_bridge::{Action, GetProvider, ProviderId, Reason, StaffRole, Topic, Verdict};

use crate::live::memo;
use crate::router::use_router;
use crate::view::{View, use_view};

/// The provider named in the address. A handle that copies.
#[derive(Clone, Copy)]
pub struct Provider {
    id: Memo<Option<ProviderId>>,
    view: View<GetProvider>,
}

/// The provider of the page.
pub fn use_provider() -> Provider {
    expect_context()
}

impl Provider {
    /// Follows the address; called where the frame is drawn.
    pub fn follow() -> Self {
        let router = use_router();
        let id = memo(move || router.id("provider"));
        let view = use_view(
            move || id.get().map(GetProvider),
            move || id.get().map(Topic::Provider).into_iter().collect(),
        );
        Self { id, view }
    }

    /// Its id as the address says; the nil id where it says nothing, which no server knows.
    pub fn id(self) -> ProviderId {
        self.id.get().unwrap_or_default()
    }

    /// The same without asking to be told of changes.
    pub fn id_untracked(self) -> ProviderId {
        self.id.get_untracked().unwrap_or_default()
    }

    /// What its frame shows.
    pub fn view(self) -> View<GetProvider> {
        self.view
    }

    /// One's role in it, once known.
    pub fn role(self) -> Option<StaffRole> {
        self.view.map(|view| view.role)
    }

    /// Whether an action can be done here. Hidden until the core has said so.
    pub fn verdict(self, action: Action) -> Verdict {
        self.view.map(|view| verdict(&view.rights, action)).unwrap_or(Verdict::Hidden)
    }

    /// Whether a control for the action is shown at all.
    pub fn shows(self, action: Action) -> bool {
        self.verdict(action) != Verdict::Hidden
    }

    /// Why the action cannot be done now.
    pub fn obstacle(self, action: Action) -> Option<Reason> {
        obstacle(self.verdict(action))
    }

    /// The address of one of its pages: `provider.path("clients")`.
    pub fn path(self, page: &str) -> String {
        format!("/providers/{}/{page}", self.id())
    }
}

/// The verdict on an action in a list of rights; what is not in it is hidden.
pub fn verdict(rights: &[(Action, Verdict)], action: Action) -> Verdict {
    rights.iter().find(|(known, _)| *known == action).map_or(Verdict::Hidden, |(_, verdict)| *verdict)
}

/// The reason in a verdict.
pub fn obstacle(verdict: Verdict) -> Option<Reason> {
    match verdict {
        Verdict::Disabled(reason) => Some(reason),
        Verdict::Allowed | Verdict::Hidden => None,
    }
}
