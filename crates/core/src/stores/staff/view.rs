use std::cmp::Ordering;

use portal_bridge::{
    Direction, ListState, ProviderUserId, Rows, StaffQuery, StaffRow, StaffSort, StaffView, Window,
};
use portal_domain::search::Needle;
use portal_wire::ProviderUserStatus;

use super::{List, Person, Staff, count, rights::Asker};
use crate::sort::sort_by;

/// A window of the staff, as the tab shows it.
pub(crate) fn view(
    staff: &Staff,
    list: &List,
    query: &StaffQuery,
    window: Window,
    asker: &Asker,
) -> StaffView {
    let matched = matching(list, query);
    let shown = matched.iter().skip(window.from as usize).take(window.count.min(LARGEST_WINDOW) as usize);
    let rows = shown.map(|person| row(list, person, asker)).collect();
    StaffView {
        rows: Rows {
            total: count(list.people.iter()),
            matched: count(matched.iter()),
            from: window.from,
            rows,
            state: staff.problem.borrow().clone().map_or(ListState::Complete, ListState::Failed),
        },
        invited: list.count(ProviderUserStatus::Invited),
        needs_confirmation: list.count(ProviderUserStatus::Accepted),
        confirmed: list.count(ProviderUserStatus::Confirmed),
        confirmed_admins: list.confirmed_admins(),
    }
}

/// The people a query asks for, in its order.
pub(crate) fn matching<'a>(list: &'a List, query: &StaffQuery) -> Vec<&'a Person> {
    let needle = Needle::new(&query.search);
    let mut people: Vec<&Person> = list
        .people
        .iter()
        .filter(|person| query.status.is_none_or(|status| status == person.shown_status()))
        .filter(|person| query.role.is_none_or(|role| role == person.shown_role()))
        .filter(|person| needle.matches(&person.folded))
        .collect();
    sort_by(&mut people, |one, other| {
        let order = compare(one, other, query.sort);
        let order = if query.direction == Direction::Descending { order.reverse() } else { order };
        // Equal ones stay in one order, whatever the direction.
        order.then_with(|| by_name(one, other))
    });
    people
}

/// The ids of the people a query asks for, in its order.
pub(crate) fn ids(list: &List, query: &StaffQuery) -> Vec<ProviderUserId> {
    matching(list, query).iter().map(|person| person.id).collect()
}

const LARGEST_WINDOW: u32 = 500;

fn row(list: &List, person: &Person, asker: &Asker) -> StaffRow {
    StaffRow {
        id: person.id,
        user: person.user,
        name: person.name.clone(),
        email: person.email.clone(),
        role: person.shown_role(),
        status: person.shown_status(),
        me: asker.is_me(person),
        rights: asker.rights(list, person),
    }
}

fn compare(one: &Person, other: &Person, sort: StaffSort) -> Ordering {
    match sort {
        StaffSort::Name => by_name(one, other),
        StaffSort::Role => one.role.cmp(&other.role),
        StaffSort::Status => one.status.cmp(&other.status),
    }
}

fn by_name(one: &Person, other: &Person) -> Ordering {
    (&one.sort_key, &one.email, one.id).cmp(&(&other.sort_key, &other.email, other.id))
}
