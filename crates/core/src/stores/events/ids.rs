use portal_wire::ids::*;
use uuid::Uuid;

use portal_domain::timeline::Named;

/// What kind of thing an event mentions. The number is kept in the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Class {
    User,
    Staff,
    Member,
    Client,
    Organization,
    Collection,
    Group,
    Policy,
    Item,
    Secret,
    Project,
    Machine,
    Send,
    Installation,
    Provider,
}

/// Ids, each kept once and known by a number.
#[derive(Default)]
pub(super) struct Ids {
    keys: Vec<(Class, Uuid)>,
    /// Numbers plus one, by hash; a power of two of them, at most three quarters taken.
    slots: Vec<u32>,
    /// By class, the number that was asked for last: events that come together have much in common.
    last: [u32; CLASSES],
}

/// How many classes there are.
const CLASSES: usize = Class::Provider as usize + 1;

impl Ids {
    /// The number of an id, which is added if it is new.
    pub(super) fn number(&mut self, class: Class, id: Uuid) -> u32 {
        let last = self.last.get(class as usize).copied().unwrap_or_default();
        if self.get(last) == Some((class, id)) {
            return last;
        }
        let number = self.find_or_add(class, id);
        if let Some(last) = self.last.get_mut(class as usize) {
            *last = number;
        }
        number
    }

    fn find_or_add(&mut self, class: Class, id: Uuid) -> u32 {
        if (self.keys.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let (slot, found) = self.find_slot(class, id);
        found.unwrap_or_else(|| {
            let number = u32::try_from(self.keys.len()).unwrap_or(u32::MAX - 1);
            self.keys.push((class, id));
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = number + 1;
            }
            number
        })
    }

    /// The number of an id, if it is known.
    pub(super) fn find(&self, class: Class, id: Uuid) -> Option<u32> {
        if self.slots.is_empty() { None } else { self.find_slot(class, id).1 }
    }

    /// The id of a number.
    pub(super) fn get(&self, number: u32) -> Option<(Class, Uuid)> {
        self.keys.get(number as usize).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Every id from this number on.
    pub(super) fn since(&self, number: usize) -> impl Iterator<Item = (usize, Class, Uuid)> {
        let later = self.keys.iter().enumerate().skip(number);
        later.map(|(number, (class, id))| (number, *class, *id))
    }

    /// Bytes held.
    #[cfg(any(test, feature = "measure"))]
    pub(super) fn memory(&self) -> usize {
        self.keys.capacity() * size_of::<(Class, Uuid)>() + self.slots.capacity() * size_of::<u32>()
    }

    /// Where the id is, or would be put.
    fn find_slot(&self, class: Class, id: Uuid) -> (usize, Option<u32>) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash(class, id) & mask;
        loop {
            let Some(number) = self.slots.get(slot).copied().and_then(|number| number.checked_sub(1)) else {
                return (slot, None);
            };
            if self.get(number) == Some((class, id)) {
                return (slot, Some(number));
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(64)];
        for number in 0..self.keys.len() {
            let Some((class, id)) = self.keys.get(number).copied() else { continue };
            let (slot, _) = self.find_slot(class, id);
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = u32::try_from(number).unwrap_or(u32::MAX - 1) + 1;
            }
        }
    }
}

/// Ids are random; what little order they have is spread by a multiplication.
fn hash(class: Class, id: Uuid) -> usize {
    let (high, low) = id.as_u64_pair();
    let mixed = (high ^ low.rotate_left(29) ^ class as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 32).unwrap_or_default()
}

impl Class {
    /// The id as the timeline names it; an installation it does not name.
    pub(super) fn named(self, id: Uuid) -> Option<Named> {
        Some(match self {
            Self::User => Named::User(UserId(id)),
            Self::Staff => Named::Staff(ProviderUserId(id)),
            Self::Member => Named::Member(OrganizationUserId(id)),
            Self::Client => Named::Client(ProviderOrganizationId(id)),
            Self::Organization => Named::Organization(OrganizationId(id)),
            Self::Collection => Named::Collection(CollectionId(id)),
            Self::Group => Named::Group(GroupId(id)),
            Self::Policy => Named::Policy(PolicyId(id)),
            Self::Item => Named::Item(CipherId(id)),
            Self::Secret => Named::Secret(SecretId(id)),
            Self::Project => Named::Project(ProjectId(id)),
            Self::Machine => Named::MachineAccount(ServiceAccountId(id)),
            Self::Send => Named::Send(SendId(id)),
            Self::Provider => Named::Provider(ProviderId(id)),
            Self::Installation => return None,
        })
    }
}
