//! Ledgers of any counts.

use std::collections::BTreeMap;

use portal_domain::billing::{
    Amount, Billed, Counted, Currency, Day, Fill, Ledger, Period, PlanUse, PriceList, PriceTable, Rate,
    SeatCharge, What, draft,
};
use portal_wire::PlanType;
use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
};

use super::{
    super::{cents, day, monthly},
    ENTERPRISE, TEAMS, sums,
};

/// What is told to a ledger: a client's number, its days and what was counted on them.
#[derive(Clone, Debug)]
pub(in crate::billing) struct Told {
    pub(in crate::billing) from: i32,
    pub(in crate::billing) end: Option<i32>,
    pub(in crate::billing) plan: PlanType,
    pub(in crate::billing) counts: BTreeMap<i32, (Option<u32>, Option<u32>)>,
}

pub(in crate::billing) fn any_told() -> impl Strategy<Value = Vec<Told>> {
    let counts =
        btree_map(0i32..40, (option::weighted(0.9, 0u32..60), option::weighted(0.9, 0u32..60)), 0..40);
    let one = (-5i32..30, option::of(0i32..45), any::<bool>(), counts);
    vec(
        one.prop_map(|(from, end, teams, mut counts)| {
            counts.retain(|day, _| from <= *day && end.is_none_or(|end| *day < end));
            Told { from, end, plan: if teams { TEAMS } else { ENTERPRISE }, counts }
        }),
        1..6,
    )
}

pub(in crate::billing) fn first() -> Day {
    day("2026-03-01")
}

/// In the given order of counts: forwards, backwards, or what is ended first.
pub(in crate::billing) fn built(told: &[Told], order: u8) -> Ledger {
    let mut ledger = Ledger::new(first(), 3);
    if order > 0 {
        ledger.reserve(told.len());
    }
    for client in told {
        ledger.add_client(client.plan, first().plus(client.from)).unwrap();
    }
    let end = |ledger: &mut Ledger| {
        for (client, told) in told.iter().enumerate() {
            if let Some(end) = told.end {
                ledger.end_client(client, first().plus(end)).unwrap();
            }
        }
    };
    if order == 2 {
        end(&mut ledger);
    }
    let mut counts: Vec<_> = told
        .iter()
        .enumerate()
        .flat_map(|(client, told)| told.counts.iter().map(move |count| (client, count)))
        .collect();
    if order > 0 {
        counts.reverse();
    }
    for (client, (later, (assigned, used))) in counts {
        ledger.count(client, first().plus(*later), Counted { assigned: *assigned, used: *used }).unwrap();
    }
    if order < 2 {
        end(&mut ledger);
    }
    ledger.reach(first().plus(39)).unwrap();
    ledger
}

proptest! {
    // A ledger is made of many numbers, which take long to choose.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sums_are_what_adding_up_one_by_one_gives(told in any_told(), from in 0i32..40, days in 1i32..50) {
        let ledger = built(&told, 0);
        let period = Period::new(first().plus(from), first().plus(from + days)).unwrap();
        let expected: Vec<(u64, u32)> = (from..(from + days).min(40)).map(|day| {
            told.iter().fold((0, 0), |(seats, gaps), client| {
                let there = client.from <= day && client.end.is_none_or(|end| day < end);
                match client.counts.get(&day).and_then(|(assigned, _)| *assigned) {
                    Some(assigned) => (seats + u64::from(assigned), gaps),
                    None => (seats, gaps + u32::from(there)),
                }
            })
        }).collect();
        prop_assert_eq!(sums(ledger.total(period).assigned(0).days()), expected);
    }

    #[test]
    fn the_order_of_counts_does_not_matter(told in any_told()) {
        let all = |ledger: &Ledger| {
            let whole = ledger.period().unwrap();
            (ledger.total(whole), ledger.by_plan(whole), (0..told.len()).map(|client| ledger.known_used(client, whole, Fill::LastKnown)).collect::<Vec<_>>())
        };
        let forwards = all(&built(&told, 0));
        prop_assert_eq!(&all(&built(&told, 1)), &forwards);
        prop_assert_eq!(&all(&built(&told, 2)), &forwards);
    }

    #[test]
    fn the_sum_of_the_drafts_equals_the_ledger(told in any_told(), number in 0u32..2, filled: bool) {
        let ledger = built(&told, 0);
        let month = monthly("2026-03-01").period(number).unwrap();
        let fill = if filled { Fill::LastKnown } else { Fill::Nothing };
        // At as many cents as the month has days, a day with a seat costs one cent exactly.
        let price = cents(i64::from(month.days().get()));
        let charges = vec![(TEAMS, SeatCharge::Price(price)), (ENTERPRISE, SeatCharge::Price(price))];
        let list = PriceList::new(Currency::USD, charges, Vec::new(), Rate::ZERO).unwrap();
        let mut nets = Vec::new();
        let mut filled_in = 0;
        for (client, told) in told.iter().enumerate() {
            let known = ledger.known_assigned(client, month, fill).unwrap();
            let uses = [PlanUse { plan: told.plan, levels: &known.levels, cycle: monthly("2026-03-01") }];
            let billed = Billed { uses: &uses, from: first(), end: None };
            let draft = draft(&billed, month, &list, &PriceTable::shipped()).unwrap();
            prop_assert!(draft.lines.iter().all(|line| line.what == What::Seats(told.plan)));
            nets.push(draft.net);
            // What was made up for days nobody counted, worked out one by one.
            for day in (0..40).filter(|day| filled && month.contains(first().plus(*day))) {
                let there = told.from <= day && told.end.is_none_or(|end| day < end);
                if there && told.counts.get(&day).and_then(|count| count.0).is_none() {
                    let before = told.counts.range(..day).rev().find_map(|(_, count)| count.0);
                    filled_in += i64::from(before.unwrap_or_default());
                }
            }
        }
        let counted = i64::try_from(ledger.total(month).assigned(0).seat_days()).unwrap();
        prop_assert_eq!(Amount::sum(nets), Ok(cents(counted + filled_in)));
        let (plans, by_plan) = ledger.by_plan(month);
        let of_plans: u64 = (0..plans.len()).map(|group| by_plan.assigned(group).seat_days()).sum();
        prop_assert_eq!(i64::try_from(of_plans).unwrap(), counted);
    }
}
