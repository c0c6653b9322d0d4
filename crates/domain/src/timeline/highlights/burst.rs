use super::NONE;

/// Events of one sort by one person, as they follow each other.
#[derive(Default)]
pub(super) struct Burst {
    /// Those that lie within the time before the last one, oldest first. They are fewer than make a burst: moving them up
    /// costs little.
    pub(super) recent: Vec<Step>,
    /// The burst that goes on, if there is one.
    pub(super) open: Option<Open>,
}

#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) date: i64,
    pub(super) row: u32,
    pub(super) subject: u32,
    /// What is counted apart.
    pub(super) sort: usize,
}

#[derive(Clone, Copy)]
pub(super) struct Open {
    /// The place of its highlight in the list.
    pub(super) highlight: usize,
    pub(super) first: i64,
    pub(super) last: i64,
}

impl Open {
    /// From the first to the last, rounded up; not less than one.
    pub(super) fn minutes(&self) -> u32 {
        let minutes = self.last.abs_diff(self.first).div_ceil(60_000).max(1);
        u32::try_from(minutes).unwrap_or(u32::MAX)
    }
}

impl Burst {
    /// Ends what lies further back than `within`.
    pub(super) fn pass(&mut self, date: i64, within: u64) {
        if self.open.is_some_and(|open| date.abs_diff(open.last) > within) {
            self.open = None;
        }
        while self.recent.first().is_some_and(|first| date.abs_diff(first.date) > within) {
            self.recent.remove(0);
        }
    }

    /// Notes one more. One thing counts once: what was noted about it before is forgotten. Says whether there are enough.
    pub(super) fn note(&mut self, step: Step, enough: usize) -> bool {
        if step.subject != NONE
            && let Some(known) = self.recent.iter().rposition(|known| known.subject == step.subject)
        {
            self.recent.remove(known);
        }
        self.recent.push(step);
        self.recent.len() >= enough
    }
}
