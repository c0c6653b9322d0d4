use std::rc::Rc;

use portal_bridge::{Direction, MemberSort, MembersQuery, OrganizationUserId};
use portal_domain::search::Needle;

use super::{
    Table,
    access::{shown_role, shown_status},
};
use crate::{
    few::Few,
    sort::{order_of, sort_by},
};

/// What the last queries found, newest first.
#[derive(Default)]
pub(super) struct Results(Vec<(MembersQuery, Rc<Found>)>);

/// The rows of a query, in its order.
#[derive(Debug, Default)]
pub(crate) struct Found(pub(crate) Vec<u32>);

/// Every row in the order of a column, worked out when first asked for.
#[derive(Default)]
pub(super) struct Orders(Few<(MemberSort, Direction), Rc<[u32]>>);

/// Queries remembered: one per tab and a few steps back.
const REMEMBERED: usize = 6;

impl Results {
    /// The rows of a query.
    pub(super) fn find(&mut self, table: &Table, query: &MembersQuery) -> Rc<Found> {
        if let Some((_, found)) = self.0.iter().find(|(known, _)| known == query) {
            return found.clone();
        }
        let found = Rc::new(table.search(query));
        self.0.insert(0, (query.clone(), found.clone()));
        self.0.truncate(REMEMBERED);
        found
    }
}

impl Found {
    /// The ids of the rows.
    pub(crate) fn ids(&self, table: &Table) -> Vec<OrganizationUserId> {
        self.0.iter().filter_map(|row| table.id(*row as usize)).collect()
    }
}

impl Table {
    fn search(&self, query: &MembersQuery) -> Found {
        let fits = |row: usize| {
            query.status.is_none_or(|status| status == shown_status(self.status(row)))
                && query.role.is_none_or(|role| role == shown_role(self.role(row)))
                && query.need.is_none_or(|need| self.needs(row, need))
        };
        let mut words: Vec<String> =
            Needle::new(&query.search).words().iter().map(|word| word.replace('\0', "")).collect();
        words.retain(|word| !word.is_empty());
        sort_by(&mut words, |one, other| one.len().cmp(&other.len()));
        let order = self.order(query.sort, query.direction);
        let Some((longest, others)) = words.split_last() else {
            return Found(order.iter().copied().filter(|row| fits(*row as usize)).collect());
        };
        // The longest word is looked for in all rows at once; what it finds is held to the rest.
        let mut matched = vec![false; self.len()];
        self.folded.search(longest, |row| {
            let text = self.folded.get(row);
            if let Some(slot) = matched.get_mut(row) {
                *slot = fits(row) && others.iter().all(|word| text.contains(word.as_str()));
            }
        });
        Found(order.iter().copied().filter(|row| matched.get(*row as usize) == Some(&true)).collect())
    }

    /// The indices of all rows in this order. Equal rows follow their names.
    fn order(&self, sort: MemberSort, direction: Direction) -> Rc<[u32]> {
        if let Some(order) = self.orders.borrow().0.get(&(sort, direction)) {
            return order.clone();
        }
        let order: Rc<[u32]> = match (sort, direction) {
            (MemberSort::Name, Direction::Ascending) => self.by_name(),
            (MemberSort::Name, Direction::Descending) => {
                self.order(MemberSort::Name, Direction::Ascending).iter().rev().copied().collect()
            }
            _ => self.by_number(sort, direction),
        };
        self.orders.borrow_mut().0.insert((sort, direction), order.clone());
        order
    }

    fn by_name(&self) -> Rc<[u32]> {
        let key = |row: u32| (self.sort_keys.get(row as usize), self.email(row as usize));
        order_of(self.len(), &mut |one, other| key(one).cmp(&key(other))).into()
    }

    fn by_number(&self, sort: MemberSort, direction: Direction) -> Rc<[u32]> {
        let key = |row: u32| {
            let row = row as usize;
            let key = match sort {
                MemberSort::Name => 0,
                MemberSort::Role => self.role(row).number().into(),
                MemberSort::Status => self.status(row).number().into(),
                MemberSort::Groups => i64::try_from(self.groups(row).count()).unwrap_or(i64::MAX),
                MemberSort::TwoStep => i64::from(!self.two_step(row)),
                MemberSort::Recovery => i64::from(!self.recoverable(row)),
            };
            if direction == Direction::Ascending { key } else { -key }
        };
        let by_name = self.order(MemberSort::Name, Direction::Ascending);
        let keys: Vec<i64> = by_name.iter().map(|row| key(*row)).collect();
        let ranks =
            order_of(keys.len(), &mut |one, other| keys.get(one as usize).cmp(&keys.get(other as usize)));
        ranks.into_iter().filter_map(|rank| by_name.get(rank as usize).copied()).collect()
    }
}
