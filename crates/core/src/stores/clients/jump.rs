use portal_domain::search::{Needle, Score, score_folded};

use super::Table;
use crate::sort::sort_by;

impl Table {
    /// The clients whose names fit best what was typed, best first, each with its score.
    pub(crate) fn jump(&self, typed: &Needle, limit: usize) -> Vec<(Score, usize)> {
        let Some(longest) = typed.words().iter().max_by_key(|word| word.len()) else { return Vec::new() };
        let mut best = Best { typed, table: self, limit, rows: Vec::new() };
        // Nothing beats the start of a name, where only one word was typed.
        if let [word] = typed.words() {
            let begins = |row: &usize| self.folded.get(*row).starts_with(word.as_str());
            (0..self.len()).filter(begins).for_each(|row| best.take(row));
            if best.rows.len() >= limit {
                return best.finish();
            }
            best.rows.clear();
        }
        self.folded.search(longest, |row| best.take(row));
        if best.rows.len() < limit {
            // Few names hold what was typed: then those that hold its letters in order.
            best.rows.clear();
            (0..self.len()).for_each(|row| best.take(row));
        }
        best.finish()
    }
}

/// The best so far.
struct Best<'a> {
    typed: &'a Needle,
    table: &'a Table,
    limit: usize,
    rows: Vec<(Score, usize)>,
}

impl Best<'_> {
    fn take(&mut self, row: usize) {
        if let Some(score) = score_folded(self.typed, self.table.folded.get(row)) {
            self.rows.push((score, row));
        }
        if self.rows.len() > self.limit.saturating_mul(8).max(1_024) {
            self.keep_best();
        }
    }

    fn keep_best(&mut self) {
        // Among equals the one read first, so that the same letters always find the same.
        sort_by(&mut self.rows, |one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        self.rows.truncate(self.limit);
    }

    fn finish(mut self) -> Vec<(Score, usize)> {
        self.keep_best();
        self.rows
    }
}
