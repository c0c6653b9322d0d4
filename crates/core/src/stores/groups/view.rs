use portal_bridge::{
    Direction, GroupId, GroupRow, GroupSort, GroupsQuery, GroupsView, ListState, Rows, Window,
};
use portal_domain::search::Needle;

use super::{Group, Groups};
use crate::sort::sort_by;

const LARGEST_WINDOW: u32 = 500;

/// A window of the groups, as the tab shows it.
pub(crate) fn view(groups: &Groups, query: &GroupsQuery, window: Window, state: ListState) -> GroupsView {
    let matched = matching(groups, query);
    let shown = matched.iter().skip(window.from as usize).take(window.count.min(LARGEST_WINDOW) as usize);
    GroupsView {
        rows: Rows {
            total: number(groups.all.len()),
            matched: number(matched.len()),
            from: window.from,
            rows: shown.map(|group| row(groups, group)).collect(),
            state,
        },
    }
}

/// The ids of the groups a query asks for, in its order.
pub(crate) fn ids(groups: &Groups, query: &GroupsQuery) -> Vec<GroupId> {
    matching(groups, query).iter().map(|group| group.id).collect()
}

fn matching<'a>(groups: &'a Groups, query: &GroupsQuery) -> Vec<&'a Group> {
    let needle = Needle::new(&query.search);
    let mut matched: Vec<&Group> = groups.all.iter().filter(|group| needle.matches(&group.folded)).collect();
    let figure = |group: &Group| match query.sort {
        GroupSort::Name => 0,
        GroupSort::Members => groups.count(group.id).unwrap_or_default(),
        GroupSort::Collections => number(group.collections.len()),
    };
    // They come by name, and what is equal stays so.
    sort_by(&mut matched, |one, other| figure(one).cmp(&figure(other)));
    if query.direction == Direction::Descending {
        matched.reverse();
    }
    matched
}

fn row(groups: &Groups, group: &Group) -> GroupRow {
    GroupRow {
        id: group.id,
        name: group.name.clone(),
        external_id: group.external_id.clone(),
        members: groups.count(group.id),
        collections: number(group.collections.len()),
    }
}

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
