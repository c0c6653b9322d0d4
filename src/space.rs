//! The client whose space one is in, and what one may do there.

use leptos::prelude::*;
use portal_bridge::{
    Action, Feature, GetSpace, OrganizationId, Part, Reason, Setting, SpaceView, Topic, Verdict, Within,
};

use crate::live::memo;
use crate::messages::{capabilities, reasons};
use crate::router::use_router;
use crate::session::{obstacle, verdict};
use crate::view::{View, use_view};

/// The client named in the address: one of a provider's, or an organization one is a member of. A handle that copies.
#[derive(Clone, Copy)]
pub struct Space {
    within: Memo<Option<Within>>,
    view: View<GetSpace>,
}

/// The space of the page.
pub fn use_space() -> Space {
    expect_context()
}

impl Space {
    /// Follows the address; called where the space is drawn.
    pub fn follow() -> Self {
        let router = use_router();
        let within = memo(move || {
            let organization = router.id("organization")?;
            Some(Within { provider: router.id("provider"), organization })
        });
        let view = use_view(
            move || within.get().map(GetSpace),
            move || {
                let Some(Within { provider, organization }) = within.get() else { return Vec::new() };
                let mut topics = vec![Topic::Client(organization, Part::Space)];
                topics.extend(provider.map(Topic::Clients));
                topics
            },
        );
        Self { within, view }
    }

    /// Which client, and on whose behalf; the nil ids where the address says nothing, which no server knows.
    pub fn within(self) -> Within {
        self.within.get().unwrap_or_default()
    }

    /// The same without asking to be told of changes.
    pub fn within_untracked(self) -> Within {
        self.within.get_untracked().unwrap_or_default()
    }

    /// The news that concern a part of this client.
    pub fn topic(self, part: Part) -> Topic {
        Topic::Client(self.within().organization, part)
    }

    /// What its frame shows.
    pub fn view(self) -> View<GetSpace> {
        self.view
    }

    /// Reads what is known of the client; nothing while that is about the client of the address before.
    pub fn read<T>(self, read: impl FnOnce(&SpaceView) -> T) -> Option<T> {
        let organization: OrganizationId = self.within().organization;
        self.view.map(|view| (view.organization == organization).then(|| read(view))).flatten()
    }

    /// Whether an action can be done here. Hidden until the core has said so.
    pub fn verdict(self, action: Action) -> Verdict {
        self.read(|view| verdict(&view.rights, action)).unwrap_or(Verdict::Hidden)
    }

    /// Whether a control for the action is shown at all.
    pub fn shows(self, action: Action) -> bool {
        self.verdict(action) != Verdict::Hidden
    }

    /// Why the action cannot be done now.
    pub fn obstacle(self, action: Action) -> Option<Reason> {
        obstacle(self.verdict(action))
    }

    /// What switches a feature on that the server has switched off.
    pub fn switched_off(self, feature: Feature) -> Option<Setting> {
        self.read(|view| view.off.iter().find(|(off, _)| *off == feature).map(|(_, setting)| *setting))
            .flatten()
    }

    /// Why an action cannot be done now, in words: where the server has switched it off, with what switches it on.
    pub fn why(self, action: Action, reason: Reason) -> String {
        let feature = match (action, reason) {
            (Action::ViewOrganizationEvents, Reason::EventsOff) => Some(Feature::Events),
            (Action::ViewGroups | Action::ViewGroupDetails | Action::ManageGroups, Reason::PlanLacksIt) => {
                Some(Feature::Groups)
            }
            (Action::ManagePolicies, Reason::PlanLacksIt) => Some(Feature::Policies),
            _ => None,
        };
        match feature.and_then(|feature| Some((feature, self.switched_off(feature)?))) {
            Some((feature, setting)) => capabilities::switched_off(feature, setting),
            None => reasons::reason(reason).to_owned(),
        }
    }

    /// The address of one of its pages: `space.path("members")`; of its overview for an empty name.
    pub fn path(self, page: &str) -> String {
        let Within { provider, organization } = self.within();
        let base = match provider {
            Some(provider) => format!("/providers/{provider}/clients/{organization}"),
            None => format!("/organizations/{organization}"),
        };
        if page.is_empty() { base } else { format!("{base}/{page}") }
    }
}
