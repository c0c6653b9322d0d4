use std::collections::HashSet;

use proptest::{collection::vec, prelude::*};

use super::*;

#[test]
fn a_muted_rule_is_left_out_and_nothing_else() {
    let mut book = Book::habit(5, 10);
    let seen = book.add(5 * DAY + 2 * HOUR, E::OrganizationClientExportedVault);
    (seen.address, seen.device) = (AWAY, PHONE);
    let all = [Rule::MassExport, Rule::NewAddress, Rule::NewDevice, Rule::UnusualHour];
    assert_eq!(book.rules(), all);
    for muted in all {
        let rules: Vec<_> =
            book.with(&[], RuleSet::ALL.without(muted)).iter().map(|highlight| highlight.rule).collect();
        let rest: Vec<_> = all.into_iter().filter(|rule| *rule != muted).collect();
        assert_eq!(rules, rest);
    }
    assert_eq!(book.with(&[], RuleSet::EMPTY), []);
}

#[test]
fn every_rule_has_a_key_of_its_own() {
    let keys: HashSet<_> = Rule::ALL.into_iter().map(Rule::key).collect();
    assert_eq!(keys.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        assert_eq!(Rule::from_key(rule.key()), Some(rule));
        assert!(RuleSet::EMPTY.with(rule).has(rule) && !RuleSet::ALL.without(rule).has(rule));
    }
    assert_eq!(Rule::from_key("new-"), None);
}

#[test]
fn an_event_from_the_future_and_clocks_at_the_ends_of_time_break_nothing() {
    let mut book = Book::habit(5, 10);
    book.add(i64::MAX - START, E::CipherClientViewed).address = AWAY;
    book.add(0, E::OrganizationUserRemoved);
    book.0.last_mut().unwrap().date = i64::MIN;
    let found = book.with(&[(i64::MIN, i32::MAX), (0, i32::MIN), (1, 0)], RuleSet::ALL);
    assert_eq!(found[0].rule, Rule::NewAddress);
}

fn any_kind() -> impl Strategy<Value = E> {
    prop_oneof![
        prop::sample::select(E::ALL),
        prop::sample::select(
            &[
                E::UserLoggedIn,
                E::UserFailedLogIn,
                E::OrganizationUserRemoved,
                E::CipherClientCopiedPassword,
                E::OrganizationUserInvited,
                E::ProviderOrganizationCreated,
                E::ProviderOrganizationVaultAccessed,
            ][..]
        ),
        (0..9_999_i32).prop_map(E::from_number),
    ]
}

fn few() -> impl Strategy<Value = u32> {
    prop_oneof![9 => 0..4_u32, 1 => Just(NONE)]
}

prop_compose! {
    fn any_seen(step: i64)(
        date in prop_oneof![9 => (0..400_i64).prop_map(move |number| number * step), 1 => any::<i64>()],
        kind in any_kind(),
        (actor, address, device, place, subject) in (0..2_u32, few(), few(), few(), 0..40_u32),
        (becomes_owner, policy_now_off, is_staff) in any::<(bool, bool, bool)>(),
    ) -> Seen {
        Seen { row: 0, date, kind, actor, address, device, place, subject, becomes_owner, policy_now_off, is_staff }
    }
}

fn numbered(mut log: Vec<Seen>) -> Vec<Seen> {
    (0..).zip(&mut log).for_each(|(row, seen)| seen.row = row * 3 + 1);
    log
}

proptest! {
    #[test]
    fn of_one_date_any_order_gives_the_same(
        log in prop_oneof![vec(any_seen(1), 0..400), vec(any_seen(HOUR), 0..400), vec(any_seen(MINUTE), 0..400)],
        shuffle: u64,
    ) {
        let mut log = numbered(log);
        log.sort_by_key(|seen| seen.date);
        let found = highlights(&mut log.iter().copied(), &[], RuleSet::ALL);
        // Reversed, and then mixed.
        log.sort_by_key(|seen| (seen.date, std::cmp::Reverse(seen.row)));
        prop_assert_eq!(&found, &highlights(&mut log.iter().copied(), &[], RuleSet::ALL));
        log.sort_by_key(|seen| (seen.date, (u64::from(seen.row) ^ shuffle).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        prop_assert_eq!(&found, &highlights(&mut log.iter().copied(), &[], RuleSet::ALL));
    }

    #[test]
    fn handed_in_part_by_part_the_same_is_found(
        log in prop_oneof![vec(any_seen(1), 0..400), vec(any_seen(HOUR), 0..400), vec(any_seen(MINUTE), 0..400)],
        part in 1..40_usize,
    ) {
        let mut log = numbered(log);
        log.sort_by_key(|seen| seen.date);
        let mut watch = Watch::new(&[], RuleSet::ALL);
        for events in log.chunks(part) {
            watch.look(&mut events.iter().copied());
        }
        prop_assert_eq!(watch.end(), highlights(&mut log.iter().copied(), &[], RuleSet::ALL));
    }

    #[test]
    fn whatever_comes_only_rows_that_were_given_are_behind_a_highlight(
        log in vec(any_seen(HOUR), 0..400),
        zone in vec(any::<(i64, i32)>(), 0..3),
        muted in prop::sample::select(&Rule::ALL[..]),
    ) {
        let log = numbered(log);
        let rules = RuleSet::ALL.without(muted);
        for found in highlights(&mut log.iter().copied(), &zone, rules) {
            prop_assert!(rules.has(found.rule));
            prop_assert!(!found.behind.is_empty() && found.behind.len() <= MOST_BEHIND);
            prop_assert_eq!(found.behind.last(), Some(&found.row));
            prop_assert!(found.behind.iter().all(|row| row % 3 == 1 && ((row / 3) as usize) < log.len()));
            let told = text(&found);
            prop_assert!(!told.is_empty() && !told.ends_with('.'));
            prop_assert!(found.behind.iter().collect::<HashSet<_>>().len() == found.behind.len());
        }
    }
}

/// The figure for `docs/performance.md`: `cargo test --release -p portal-domain -- --ignored a_million --nocapture`.
#[test]
#[ignore = "a measurement"]
fn a_million_events_are_looked_through() {
    let mut state = 1_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    const EVERYDAY: [E; 6] = [
        E::UserLoggedIn,
        E::CipherClientViewed,
        E::CipherClientAutofilled,
        E::CipherClientCopiedPassword,
        E::CipherUpdated,
        E::OrganizationVaultAccessed,
    ];
    // Ten thousand people in a thousand clients, in sittings that overlap.
    let mut sittings = [(0_u64, 0_u64); 64];
    let log: Vec<Seen> = (0..1_000_000_u32)
        .map(|row| {
            let sitting = &mut sittings[row as usize % 64];
            if sitting.1 == 0 {
                *sitting = (random(10_000), 5 + random(20));
            }
            sitting.1 -= 1;
            let actor = sitting.0;
            let rare = random(50) == 0;
            Seen {
                row,
                date: START + i64::from(row) * 30_000,
                kind: if rare { E::ALL[random(153) as usize] } else { EVERYDAY[random(6) as usize] },
                actor: actor as u32,
                address: (actor * 4 + random(200) / 190) as u32,
                device: random(3) as u32,
                place: (actor % 1_000) as u32,
                subject: random(100_000) as u32,
                becomes_owner: rare && random(20) == 0,
                policy_now_off: rare && random(5) == 0,
                is_staff: actor < 50,
            }
        })
        .collect();
    let best = (0..5)
        .map(|_| {
            let start = std::time::Instant::now();
            let found =
                highlights(&mut log.iter().copied(), &[(0, 60), (START + 90 * DAY, 120)], RuleSet::ALL);
            assert!(!found.is_empty());
            (start.elapsed(), found.len())
        })
        .min()
        .unwrap();
    eprintln!("{best:?}");
}
