//! What only some events have, packed: a kind of thing and the number of its id in 32 bits.

/// What a detail is. The last one of an event has the highest bit set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Field {
    User,
    Staff,
    Member,
    Client,
    Provider,
    Collection,
    Group,
    Policy,
    Item,
    Secret,
    Project,
    Machine,
    GrantedMachine,
    Send,
    Installation,
    System,
    Domain,
}

/// Every field, by its number.
pub(super) const FIELDS: [Field; 17] = [
    Field::User,
    Field::Staff,
    Field::Member,
    Field::Client,
    Field::Provider,
    Field::Collection,
    Field::Group,
    Field::Policy,
    Field::Item,
    Field::Secret,
    Field::Project,
    Field::Machine,
    Field::GrantedMachine,
    Field::Send,
    Field::Installation,
    Field::System,
    Field::Domain,
];

const LAST: u32 = 1 << 31;
const NUMBER_BITS: u32 = 26;
const NUMBER: u32 = (1 << NUMBER_BITS) - 1;

pub(super) fn packed(field: Field, number: u32) -> u32 {
    (field as u32) << NUMBER_BITS | number & NUMBER
}

pub(super) fn mark_last(detail: &mut u32) {
    *detail |= LAST;
}

/// The details that begin here.
pub(super) fn details_at(details: &[u32]) -> impl Iterator<Item = (Field, u32)> {
    let mut ended = false;
    details.iter().take_while(move |detail| !std::mem::replace(&mut ended, **detail & LAST != 0)).filter_map(
        |detail| {
            let field = FIELDS.get(((detail & !LAST) >> NUMBER_BITS) as usize)?;
            Some((*field, detail & NUMBER))
        },
    )
}
