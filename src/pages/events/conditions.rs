//! Conditions, as they stand in the address: `client=…,…` for what is wanted, `not-client=…` for what is not.

use portal_bridge::{ChoiceBy, EventCategory, EventConditions};

use crate::messages::{events as text, timeline};
use crate::router::Router;
use crate::ui::Glyph;

/// Every key, with what it means and whether that is wanted.
pub(super) const KEYS: [(&str, ChoiceBy, bool); 12] = [
    ("client", ChoiceBy::Client, true),
    ("person", ChoiceBy::Person, true),
    ("category", ChoiceBy::Category, true),
    ("type", ChoiceBy::Kind, true),
    ("device", ChoiceBy::Device, true),
    ("ip", ChoiceBy::Address, true),
    ("not-client", ChoiceBy::Client, false),
    ("not-person", ChoiceBy::Person, false),
    ("not-category", ChoiceBy::Category, false),
    ("not-type", ChoiceBy::Kind, false),
    ("not-device", ChoiceBy::Device, false),
    ("not-ip", ChoiceBy::Address, false),
];

/// The key of a kind of condition.
pub(super) fn key(by: ChoiceBy, wanted: bool) -> &'static str {
    KEYS.iter().find(|(_, kind, sign)| (*kind, *sign) == (by, wanted)).map_or("", |(key, ..)| *key)
}

/// What stands under a key.
pub(super) fn values(router: Router, key: &str) -> Vec<String> {
    let words = router.query(key).unwrap_or_default();
    words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The conditions that are wanted, or not; what cannot be read is left out.
pub(super) fn read(router: Router, wanted: bool) -> EventConditions {
    fn parsed<T: std::str::FromStr>(values: Vec<String>) -> Vec<T> {
        values.iter().filter_map(|value| value.parse().ok()).collect()
    }
    let of = |by| values(router, key(by, wanted));
    EventConditions {
        clients: parsed(of(ChoiceBy::Client)),
        people: parsed(of(ChoiceBy::Person)),
        categories: of(ChoiceBy::Category).iter().filter_map(|word| category(word)).collect(),
        kinds: parsed(of(ChoiceBy::Kind)),
        devices: parsed(of(ChoiceBy::Device)),
        addresses: of(ChoiceBy::Address),
    }
}

/// The category of a word.
pub(super) fn category(word: &str) -> Option<EventCategory> {
    EventCategory::SHOWN.into_iter().find(|category| category.key() == word)
}

/// What a kind of condition is called.
pub(super) fn name(by: ChoiceBy) -> &'static str {
    match by {
        ChoiceBy::Client => timeline::client(),
        ChoiceBy::Person => text::person(),
        ChoiceBy::Category => text::category(),
        ChoiceBy::Kind => timeline::kind(),
        ChoiceBy::Device => timeline::device(),
        ChoiceBy::Address => timeline::address(),
    }
}

/// A category in a word or two.
pub(super) fn category_words(category: EventCategory) -> &'static str {
    match category {
        EventCategory::SignIn => text::category_sign_in(),
        EventCategory::Staff => text::category_staff(),
        EventCategory::Clients => text::category_clients(),
        EventCategory::Members => text::category_members(),
        EventCategory::Collections => text::category_collections(),
        EventCategory::Groups => text::category_groups(),
        EventCategory::Items => text::category_items(),
        EventCategory::Policies => text::category_policies(),
        EventCategory::Settings => text::category_settings(),
        _ => text::category_other(),
    }
}

/// A category as an outline.
pub(super) fn category_glyph(category: EventCategory) -> Glyph {
    match category {
        EventCategory::SignIn => Glyph::SignIn,
        EventCategory::Staff => Glyph::Users,
        EventCategory::Clients => Glyph::Building,
        EventCategory::Members => Glyph::User,
        EventCategory::Collections => Glyph::Folder,
        EventCategory::Groups => Glyph::Group,
        EventCategory::Items => Glyph::Package,
        EventCategory::Policies => Glyph::Shield,
        EventCategory::Settings => Glyph::Settings,
        _ => Glyph::Info,
    }
}
