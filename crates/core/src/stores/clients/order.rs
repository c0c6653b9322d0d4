use std::{cell::RefCell, rc::Rc};

use portal_bridge::{ClientSort, Direction};

use super::table::{Table, UNMETERED, family};
use crate::{few::Few, sort::order_of};

/// Every row in the order of a column, worked out when first asked for.
#[derive(Default)]
pub(crate) struct Orders(RefCell<Few<(ClientSort, Direction), Order>>);

/// Indices of rows.
type Order = Rc<[u32]>;

impl Table {
    /// The indices of all rows in this order. Equal rows follow their names, equal names their age in the list.
    pub(super) fn order(&self, sort: ClientSort, direction: Direction) -> Order {
        if let Some(order) = self.orders.0.borrow().get(&(sort, direction)) {
            return order.clone();
        }
        let order: Order = match (sort, direction) {
            (ClientSort::Name, Direction::Ascending) => self.by_name(),
            (ClientSort::Name, Direction::Descending) => {
                self.order(ClientSort::Name, Direction::Ascending).iter().rev().copied().collect()
            }
            _ => self.by_number(sort, direction),
        };
        self.orders.0.borrow_mut().insert((sort, direction), order.clone());
        order
    }

    /// By the folded name. The first eight bytes decide nearly always, and compare as one number.
    fn by_name(&self) -> Order {
        let starts: Vec<u64> = (0..self.len()).map(|row| self.first_bytes(row)).collect();
        let start = |row: u32| starts.get(row as usize);
        let order = order_of(self.len(), &mut |one, other| {
            let names = || self.folded.get(one as usize).cmp(self.folded.get(other as usize));
            start(one).cmp(&start(other)).then_with(names)
        });
        order.into()
    }

    /// By a number, and by name where the numbers are equal.
    fn by_number(&self, sort: ClientSort, direction: Direction) -> Order {
        let families = self.family_ranks();
        let key = |row: usize| -> Option<i64> {
            let assigned = self.assigned.get(row).copied().filter(|seats| *seats != UNMETERED).map(i64::from);
            let used = self.used.get(row).copied().map(i64::from);
            match sort {
                ClientSort::Name => None,
                ClientSort::Plan => {
                    self.plans.get(row).and_then(|plan| families.get(usize::from(*plan))).copied()
                }
                ClientSort::Assigned => assigned,
                ClientSort::Used => used,
                ClientSort::Remaining => Some(assigned? - used?),
                ClientSort::Added => self.added.get(row).copied(),
            }
        };
        // Rows without a number come last either way.
        let signed = |number: i64| if direction == Direction::Ascending { number } else { !number };
        let by_name = self.order(ClientSort::Name, Direction::Ascending);
        let keys: Vec<i64> = by_name.iter().map(|row| key(*row as usize).map_or(i64::MAX, signed)).collect();
        let ranks =
            order_of(keys.len(), &mut |one, other| keys.get(one as usize).cmp(&keys.get(other as usize)));
        ranks.into_iter().filter_map(|rank| by_name.get(rank as usize).copied()).collect()
    }

    /// Of each plan, the place of its family in the alphabet.
    fn family_ranks(&self) -> Vec<i64> {
        let families = self.families();
        let rank = |name: &String| families.iter().position(|known| known == family(name));
        self.plan_names
            .iter()
            .map(|name| rank(name).and_then(|rank| i64::try_from(rank).ok()).unwrap_or(i64::MAX - 1))
            .collect()
    }

    fn first_bytes(&self, row: usize) -> u64 {
        let mut first = [0; 8];
        first.iter_mut().zip(self.folded.get(row).bytes()).for_each(|(slot, byte)| *slot = byte);
        u64::from_be_bytes(first)
    }
}
