use portal_bridge::{
    Action, CollectionId, CollectionRow, CollectionsQuery, CollectionsView, ListState, Rows, Verdict, Window,
};
use portal_domain::{collections::steps, search::Needle};

use super::{Collection, Collections};
use crate::{session::Membership, stores::space::Rights};

const LARGEST_WINDOW: u32 = 500;

/// A window of the collections, as the tab shows it.
pub(crate) fn view(
    all: &Collections,
    query: &CollectionsQuery,
    window: Window,
    rights: &Rights,
    organization: &Membership,
    state: ListState,
) -> CollectionsView {
    let lines = lines(all, query);
    let shown = lines.iter().skip(window.from as usize).take(window.count.min(LARGEST_WINDOW) as usize);
    CollectionsView {
        rows: Rows {
            total: count(all.0.iter()),
            matched: count(lines.iter()),
            from: window.from,
            rows: shown.map(|line| line.row(rights, organization)).collect(),
            state,
        },
        unmanaged: count(all.0.iter().filter(|collection| collection.unmanaged)),
        unreadable: count(all.0.iter().filter(|collection| collection.path.is_none())),
    }
}

/// The keys of every line, in order.
pub(crate) fn ids(all: &Collections, query: &CollectionsQuery) -> Vec<Option<CollectionId>> {
    lines(all, query).iter().map(|line| line.collection.map(|collection| collection.id)).collect()
}

/// A line of the list: a collection, or a step above one.
struct Line<'a> {
    collection: Option<&'a Collection>,
    label: String,
    path: String,
    depth: u32,
}

/// The tree, where nothing is looked for; else what matches, by its whole name.
fn lines<'a>(all: &'a Collections, query: &CollectionsQuery) -> Vec<Line<'a>> {
    let needle = Needle::new(&query.search);
    if !query.unmanaged && query.search.trim().is_empty() {
        return tree(all);
    }
    let matching = all.0.iter().filter(|collection| {
        (!query.unmanaged || collection.unmanaged) && needle.matches(&collection.folded)
    });
    let flat = |collection: &'a Collection| {
        let path = collection.path.clone().unwrap_or_default();
        Line { collection: Some(collection), label: path.clone(), path, depth: 0 }
    };
    matching.map(flat).collect()
}

fn tree(all: &Collections) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(all.0.len());
    // The steps of the line before: what is new in the next name are steps nobody has named yet.
    let mut above: Vec<&str> = Vec::new();
    for collection in &all.0 {
        let names: Vec<&str> = steps(collection.path.as_deref().unwrap_or_default()).collect();
        let shared = above.iter().zip(&names).take_while(|(one, other)| one == other).count();
        for depth in shared..names.len().saturating_sub(1) {
            let path = names.iter().take(depth + 1).copied().collect::<Vec<_>>().join("/");
            let label = names.get(depth).copied().unwrap_or_default().to_owned();
            lines.push(Line { collection: None, label, path, depth: number(depth) });
        }
        lines.push(Line {
            collection: Some(collection),
            label: names.last().copied().unwrap_or_default().to_owned(),
            path: collection.path.clone().unwrap_or_default(),
            depth: number(names.len().saturating_sub(1)),
        });
        above = names;
    }
    lines
}

impl Line<'_> {
    fn row(&self, rights: &Rights, organization: &Membership) -> CollectionRow {
        let Self { label, path, depth, collection } = self;
        let (label, path, depth) = (label.clone(), path.clone(), *depth);
        match collection {
            Some(collection) => CollectionRow {
                id: Some(collection.id),
                label,
                path,
                depth,
                unreadable: collection.path.is_none(),
                external_id: collection.external_id.clone(),
                owned_by: collection.owned_by.clone(),
                people: count(collection.people.iter()),
                groups: count(collection.groups.iter()),
                unmanaged: collection.unmanaged,
                edit: rights.verdict_on(Action::EditCollection, organization, collection),
                delete: rights.verdict_on(Action::DeleteCollection, organization, collection),
            },
            None => CollectionRow {
                id: None,
                label,
                path,
                depth,
                unreadable: false,
                external_id: None,
                owned_by: None,
                people: 0,
                groups: 0,
                unmanaged: false,
                edit: Verdict::Hidden,
                delete: Verdict::Hidden,
            },
        }
    }
}

fn count<T>(of: impl Iterator<Item = T>) -> u32 {
    number(of.count())
}

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
