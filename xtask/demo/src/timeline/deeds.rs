//! What people do, and how often.

use portal_wire::{Event, EventType, Timestamp};

use super::{people::Seat, places::Place};
use crate::calendar::Dice;

/// What members do with items, by weight.
pub(super) const EVERYDAY: &[(u64, EventType)] = &[
    (30, EventType::CipherClientViewed),
    (9, EventType::CipherClientToggledPasswordVisible),
    (24, EventType::CipherClientCopiedPassword),
    (18, EventType::CipherClientAutofilled),
    (4, EventType::CipherCreated),
    (8, EventType::CipherUpdated),
    (2, EventType::CipherUpdatedCollections),
    (1, EventType::CipherSoftDeleted),
    (1, EventType::CipherRestored),
];

/// What whoever runs an organization does in it, by weight.
pub(super) const RUNNING: &[(u64, EventType)] = &[
    (12, EventType::OrganizationUserUpdated),
    (10, EventType::OrganizationUserInvited),
    (8, EventType::OrganizationUserConfirmed),
    (4, EventType::OrganizationUserUpdatedGroups),
    (3, EventType::OrganizationUserRevoked),
    (3, EventType::OrganizationUserRestored),
    (2, EventType::OrganizationUserRemoved),
    (6, EventType::CollectionCreated),
    (12, EventType::CollectionUpdated),
    (4, EventType::GroupCreated),
    (6, EventType::GroupUpdated),
    (3, EventType::PolicyUpdated),
    (4, EventType::OrganizationUpdated),
    (1, EventType::OrganizationClientExportedVault),
    (14, EventType::CipherCreated),
    (16, EventType::CipherUpdated),
    (12, EventType::CipherClientViewed),
    (8, EventType::CipherClientCopiedPassword),
    (2, EventType::CipherSoftDeleted),
];

/// One of the deeds.
pub(super) fn some(deeds: &[(u64, EventType)], dice: &mut Dice) -> EventType {
    let mut left = dice.below(deeds.iter().map(|(weight, _)| weight).sum());
    for (weight, kind) in deeds {
        match left.checked_sub(*weight) {
            Some(rest) => left = rest,
            None => return *kind,
        }
    }
    EventType::CipherClientViewed
}

/// An event in a client's log about something that is there.
pub(super) fn at(place: &Place, kind: EventType, dice: &mut Dice) -> Event {
    fn one<T: Copy>(things: &[T], dice: &mut Dice) -> Option<T> {
        things.get(dice.index(things.len())).copied()
    }
    let mut event = Event { kind, organization_id: Some(place.organization), ..Event::default() };
    match kind.number() {
        1100..1200 => event.cipher_id = one(&place.ciphers, dice),
        1300..1400 => event.collection_id = one(&place.collections, dice),
        1400..1500 => event.group_id = one(&place.groups, dice),
        1500..1600 => event.organization_user_id = one(&place.memberships, dice),
        1700 => event.policy_id = one(&place.policies, dice),
        _ => {}
    }
    event
}

/// The event as somebody causes it somewhere at a moment.
pub(super) fn by(event: Event, user: portal_bridge::UserId, seat: &Seat, moment: i64) -> Event {
    Event {
        date: Timestamp(moment),
        acting_user_id: Some(user),
        device_type: Some(seat.device),
        ip_address: Some(seat.address.clone()),
        ..event
    }
}

/// The time from one deed of a session to the next.
pub(super) fn pause(dice: &mut Dice) -> i64 {
    2_000 + i64::try_from(dice.below(100) * dice.below(1_500)).unwrap_or_default()
}
