use portal_wire::{
    CipherId, CollectionId, GroupId, OrganizationId, OrganizationUserId, PolicyId, ProviderOrganizationId,
    UserId,
};
use uuid::Uuid;

use super::people::Worker;
use crate::calendar::Dice;

/// A client, and what events there can be about.
pub(super) struct Place {
    pub(super) organization: OrganizationId,
    pub(super) link: ProviderOrganizationId,
    pub(super) workers: Vec<Worker>,
    pub(super) memberships: Vec<OrganizationUserId>,
    /// The one of the provider's staff who is a member here too.
    pub(super) insider: Option<UserId>,
    pub(super) ciphers: Vec<CipherId>,
    pub(super) collections: Vec<CollectionId>,
    pub(super) groups: Vec<GroupId>,
    pub(super) policies: Vec<PolicyId>,
}

impl Place {
    pub(super) fn new(
        organization: OrganizationId,
        link: ProviderOrganizationId,
        workers: Vec<Worker>,
        memberships: Vec<OrganizationUserId>,
        insider: Option<UserId>,
        dice: &mut Dice,
    ) -> Self {
        fn ids<T>(count: usize, of: fn(Uuid) -> T, dice: &mut Dice) -> Vec<T> {
            (0..count).map(|_| of(id(dice))).collect()
        }
        Self {
            organization,
            link,
            workers,
            memberships,
            insider,
            ciphers: ids(40, CipherId, dice),
            collections: ids(6, CollectionId, dice),
            groups: ids(4, GroupId, dice),
            policies: ids(3, PolicyId, dice),
        }
    }
}

/// The version 4 id that chance gives.
fn id(dice: &mut Dice) -> Uuid {
    let random = (u128::from(dice.below(u64::MAX)) << 64) | u128::from(dice.below(u64::MAX));
    uuid::Builder::from_random_bytes(random.to_be_bytes()).into_uuid()
}

/// How much happens at each client.
pub(super) struct Weights {
    /// The sums up to each client.
    sums: Vec<usize>,
}

impl Weights {
    /// Of a hundred clients, one has very much and ten have hardly anything.
    pub(super) fn skewed(clients: usize, dice: &mut Dice) -> Self {
        let weight = |client: usize, dice: &mut Dice| match client % 100 {
            37 => 20_000,
            rest if rest % 10 == 3 => 50,
            _ => 300 + dice.index(1_100),
        };
        let mut sum = 0;
        let sums = (0..clients).map(|client| {
            sum += weight(client, dice);
            sum
        });
        Self { sums: sums.collect() }
    }

    /// Some client, those with much more often.
    pub(super) fn some(&self, dice: &mut Dice) -> usize {
        let point = dice.index(self.total());
        self.sums.partition_point(|sum| *sum <= point)
    }

    /// A number shared out among the clients, all of it.
    pub(super) fn shares(&self, number: usize) -> Vec<usize> {
        let mut given = 0;
        self.sums
            .iter()
            .map(|sum| {
                let upto = number * sum / self.total().max(1);
                let share = upto - given;
                given = upto;
                share
            })
            .collect()
    }

    fn total(&self) -> usize {
        self.sums.last().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_shared_out_and_some_have_very_much() {
        let weights = Weights::skewed(1_000, &mut Dice::new(1));
        let shares = weights.shares(1_000_000);
        assert_eq!(shares.iter().sum::<usize>(), 1_000_000);
        assert!(shares.iter().filter(|share| **share > 15_000).count() == 10);
        assert!(shares.iter().filter(|share| **share < 100).count() == 100);
    }
}
