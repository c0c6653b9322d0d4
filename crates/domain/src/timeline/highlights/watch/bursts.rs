//! What one person does so often within minutes that it counts as one thing.

use super::{
    super::{
        FAILED_SIGN_INS, FAILED_SIGN_INS_MS, Facts, Highlight, ITEMS_READ, ITEMS_READ_MS, NONE, REMOVALS,
        REMOVALS_MS, Removed, Rule, Seen,
        burst::{Burst, Open, Step},
        habits::Habits,
        numbers::{Numbers, pair},
    },
    Watch,
};

/// The bursts of one person.
#[derive(Clone, Copy)]
pub(super) enum Sort {
    FailedSignIns,
    Removals,
    Reading,
}

impl Watch {
    /// Somebody got in: that ends the failures, and is worse than they are if they were a burst.
    pub(super) fn signed_in(&mut self, person: usize, seen: &Seen) {
        let Some(burst) = burst_of(&self.people, &mut self.bursts, person, Sort::FailedSignIns) else {
            return;
        };
        burst.pass(seen.date, FAILED_SIGN_INS_MS);
        burst.recent.clear();
        let Some(open) = burst.open.take() else { return };
        if let Some(highlight) = self.found.get_mut(open.highlight) {
            highlight.push(seen.row);
            if let Facts::FailedSignIns { signed_in, .. } = &mut highlight.facts {
                *signed_in = true;
            }
        }
    }

    /// One more of what makes a burst.
    pub(super) fn advance(&mut self, person: usize, sort: Sort, step: Step) {
        if !self.rules.has(sort.rule()) {
            return;
        }
        if let Some(slot) =
            self.people.get_mut(person).and_then(|habits| habits.bursts.get_mut(sort as usize))
            && *slot == NONE
        {
            *slot = u32::try_from(self.bursts.len()).unwrap_or(NONE);
            self.bursts.push(Burst::default());
        }
        let Some(burst) = burst_of(&self.people, &mut self.bursts, person, sort) else { return };
        let (within, enough) = sort.limits();
        burst.pass(step.date, within);
        if let Some(open) = &mut burst.open {
            if is_counted(&mut self.counted, open, step) {
                return;
            }
            open.last = step.date;
            if let Some(highlight) = self.found.get_mut(open.highlight) {
                highlight.push(step.row);
                highlight.facts.count(open, step);
            }
            return;
        }
        if !burst.note(step, enough) {
            return;
        }
        let first = burst.recent.first().map_or(step.date, |first| first.date);
        let open = Open { highlight: self.found.len(), first, last: step.date };
        burst.open = Some(open);
        let mut facts = sort.facts();
        let mut behind = Vec::with_capacity(burst.recent.len());
        for step in std::mem::take(&mut burst.recent) {
            is_counted(&mut self.counted, &open, step);
            facts.count(&open, step);
            behind.push(step.row);
        }
        self.found.push(Highlight { rule: sort.rule(), row: step.row, behind, facts });
    }
}

impl Sort {
    fn rule(self) -> Rule {
        match self {
            Self::FailedSignIns => Rule::FailedSignIns,
            Self::Removals => Rule::MassRemoval,
            Self::Reading => Rule::MassExport,
        }
    }

    /// Within how many milliseconds how many are a burst.
    fn limits(self) -> (u64, usize) {
        match self {
            Self::FailedSignIns => (FAILED_SIGN_INS_MS, FAILED_SIGN_INS),
            Self::Removals => (REMOVALS_MS, REMOVALS),
            Self::Reading => (ITEMS_READ_MS, ITEMS_READ),
        }
    }

    fn facts(self) -> Facts {
        match self {
            Self::FailedSignIns => Facts::FailedSignIns { count: 0, minutes: 0, signed_in: false },
            Self::Removals => Facts::Removals { counts: Removed::default(), minutes: 0 },
            Self::Reading => Facts::Reading { items: 0, minutes: 0 },
        }
    }
}

impl Facts {
    fn count(&mut self, open: &Open, step: Step) {
        let (count, minutes) = match self {
            Self::FailedSignIns { count, minutes, .. } | Self::Reading { items: count, minutes } => {
                (count, minutes)
            }
            Self::Removals { counts, minutes } => match counts.get_mut(step.sort) {
                Some(count) => (count, minutes),
                None => return,
            },
            _ => return,
        };
        *count = count.saturating_add(1);
        *minutes = open.minutes();
    }
}

fn burst_of<'a>(
    people: &[Habits],
    bursts: &'a mut [Burst],
    person: usize,
    sort: Sort,
) -> Option<&'a mut Burst> {
    let at = people.get(person)?.bursts.get(sort as usize)?;
    bursts.get_mut(*at as usize)
}

/// Whether a burst has this thing already; from now on it has.
fn is_counted(counted: &mut Numbers, open: &Open, step: Step) -> bool {
    let highlight = u32::try_from(open.highlight).unwrap_or(NONE);
    step.subject != NONE && !counted.get_or(pair(highlight, step.subject), 0).1
}
