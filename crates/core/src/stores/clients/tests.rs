use portal_bridge::{ClientNeed, ClientSort, ClientsQuery, Direction, ListState, ProviderId, Window};
use portal_domain::search::{Needle, fold};
use portal_wire::{Timestamp, client::ClientRow as WireRow};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Table, query::Results, table::family};

fn table(rows: &[WireRow]) -> Table {
    let mut table = Table::default();
    for (index, row) in rows.iter().enumerate() {
        table.push(row, index % 7 != 0);
    }
    table
}

fn query(search: &str) -> ClientsQuery {
    ClientsQuery {
        provider: ProviderId::default(),
        search: search.into(),
        plan: None,
        needs: None,
        sort: ClientSort::Name,
        direction: Direction::Ascending,
    }
}

/// The rows of a query by looking at each row and sorting what is left.
fn naive(rows: &[WireRow], folded: &[String], query: &ClientsQuery) -> Vec<u32> {
    let needle = Needle::new(&query.search);
    let used = |row: &WireRow| i64::from(row.occupied_seats.unwrap_or(row.user_count));
    let mut found: Vec<usize> = (0..rows.len())
        .filter(|index| {
            let row = &rows[*index];
            needle.matches(&folded[*index])
                && query.plan.as_ref().is_none_or(|plan| family(&row.plan) == plan)
                && match query.needs {
                    None => true,
                    Some(ClientNeed::Seats) => row.seats.is_some_and(|seats| used(row) >= i64::from(seats)),
                    Some(ClientNeed::Members) => row.user_count == 0,
                    Some(ClientNeed::Enabling) => index % 7 == 0,
                }
        })
        .collect();
    found.sort_by_key(|index| (&folded[*index], *index));
    if query.sort == ClientSort::Name {
        if query.direction == Direction::Descending {
            found.reverse();
        }
    } else {
        let key = |index: &usize| -> Option<i64> {
            let row = &rows[*index];
            match query.sort {
                ClientSort::Assigned => row.seats.map(i64::from),
                ClientSort::Used => Some(used(row)),
                ClientSort::Remaining => Some(i64::from(row.seats?) - used(row)),
                ClientSort::Added => Some(row.creation_date.0),
                ClientSort::Plan => Some(i64::from(family(&row.plan) == "Teams")),
                ClientSort::Name => None,
            }
        };
        found.sort_by(|left, right| match (key(left), key(right), query.direction) {
            (Some(left), Some(right), Direction::Ascending) => left.cmp(&right),
            (Some(left), Some(right), Direction::Descending) => right.cmp(&left),
            (None, None, _) => std::cmp::Ordering::Equal,
            (None, ..) => std::cmp::Ordering::Greater,
            (_, None, _) => std::cmp::Ordering::Less,
        });
    }
    found.into_iter().map(|index| u32::try_from(index).unwrap()).collect()
}

fn fold_all(rows: &[WireRow]) -> Vec<String> {
    rows.iter().map(|row| fold(&row.organization_name)).collect()
}

fn row() -> impl Strategy<Value = WireRow> {
    let name = prop_oneof!["[a-cÄéß ]{0,8}", "\\PC{0,6}"];
    let plan =
        prop_oneof![Just("Teams (Monthly)"), Just("Enterprise (Monthly)"), Just("Enterprise (Annually)")];
    let seats = prop_oneof![Just(None), (0..6).prop_map(Some)];
    (name, plan, seats, 0..6, proptest::option::of(0..6), 0..4_i64).prop_map(
        |(name, plan, seats, confirmed, occupied, added)| WireRow {
            organization_name: name,
            plan: plan.into(),
            seats,
            user_count: confirmed,
            occupied_seats: occupied,
            creation_date: Timestamp(added),
            ..WireRow::default()
        },
    )
}

fn any_query() -> impl Strategy<Value = ClientsQuery> {
    let sort = prop_oneof![
        Just(ClientSort::Name),
        Just(ClientSort::Plan),
        Just(ClientSort::Assigned),
        Just(ClientSort::Used),
        Just(ClientSort::Remaining),
        Just(ClientSort::Added)
    ];
    let needs = prop_oneof![
        3 => Just(None),
        1 => Just(Some(ClientNeed::Seats)),
        1 => Just(Some(ClientNeed::Members)),
        1 => Just(Some(ClientNeed::Enabling))
    ];
    let plan = prop_oneof![2 => Just(None), 1 => Just(Some("Teams".to_owned())), 1 => Just(Some("None such".to_owned()))];
    ("[a-cA-CE ]{0,4}", sort, any::<bool>(), needs, plan).prop_map(|(search, sort, down, needs, plan)| {
        ClientsQuery {
            sort,
            needs,
            plan,
            direction: if down { Direction::Descending } else { Direction::Ascending },
            ..query(&search)
        }
    })
}

proptest! {
    #[test]
    fn search_filter_and_sort_agree_with_a_naive_model(
        rows in proptest::collection::vec(row(), 0..60),
        queries in proptest::collection::vec(any_query(), 1..6),
    ) {
        let table = table(&rows);
        let folded = fold_all(&rows);
        let results = Results::default();
        for query in queries {
            prop_assert_eq!(&results.find(&table, &query).rows, &naive(&rows, &folded, &query));
        }
    }
}

/// As many clients as the portal promises to be quick with.
fn hundred_thousand() -> Vec<WireRow> {
    let words =
        ["Harbour", "Zürich", "Mill", "Ölwerk", "Foundry", "Acme", "Northern", "Bäckerei", "Lantern", "Quay"];
    (0..100_000_usize)
        .map(|number| WireRow {
            id: Uuid::from_u128(number as u128 + 1).into(),
            organization_id: Uuid::from_u128(number as u128 + 1_000_000).into(),
            organization_name: format!("{} {} {number}", words[number * 7 % 10], words[number * 3 % 9]),
            plan: if number % 3 == 0 { "Teams (Monthly)".into() } else { "Enterprise (Monthly)".into() },
            seats: (number % 11 != 0).then_some((number % 200) as i32),
            occupied_seats: Some((number % 50) as i32),
            user_count: (number % 40) as i32,
            creation_date: Timestamp(number as i64 * 1_000),
            ..WireRow::default()
        })
        .collect()
}

#[test]
fn a_hundred_thousand_clients_are_found_letter_by_letter_as_by_a_naive_model() {
    let rows = hundred_thousand();
    let table = table(&rows);
    let folded = fold_all(&rows);
    let results = Results::default();
    for typed in
        ["z", "zu", "zur", "zuri", "zuri 9", "zuri 99", "zuri 999", "", "olwerk mill", "no such client"]
    {
        for (sort, direction) in
            [(ClientSort::Name, Direction::Descending), (ClientSort::Remaining, Direction::Ascending)]
        {
            let query = ClientsQuery { sort, direction, ..query(typed) };
            assert_eq!(results.find(&table, &query).rows, naive(&rows, &folded, &query), "{typed}");
        }
    }
}

#[test]
fn a_window_beyond_the_end_is_empty_and_says_how_many_there_are() {
    let rows = hundred_thousand();
    let table = table(&rows[..10]);
    let found = Results::default().find(&table, &query(""));
    let view = found.view(&table, Window { from: 99, count: 50 }, ListState::Complete);
    assert_eq!((view.rows.total, view.rows.matched, view.rows.from, view.rows.rows.len()), (10, 10, 10, 0));
    let view = found.view(&table, Window { from: 8, count: u32::MAX }, ListState::Complete);
    assert_eq!(view.rows.rows.len(), 2);
    assert_eq!(view.plans, ["Enterprise", "Teams"]);
}

#[test]
fn sums_are_over_all_matched_clients_and_leave_out_what_is_not_metered() {
    let mut rows = hundred_thousand();
    rows.truncate(3);
    rows[0].seats = None;
    rows[1].seats = Some(5);
    rows[2].seats = Some(7);
    let table = table(&rows);
    let view = Results::default().find(&table, &query("")).view(
        &table,
        Window { from: 0, count: 1 },
        ListState::Complete,
    );
    assert_eq!((view.assigned, view.used), (12, 3));
}
