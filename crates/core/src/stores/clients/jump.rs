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

#[cfg(test)]
mod tests {
    use portal_domain::search::score;
    use portal_wire::client::ClientRow;
    use proptest::prelude::*;

    use super::*;

    fn table(names: &[String]) -> Table {
        let mut table = Table::default();
        for name in names {
            table.push(&ClientRow { organization_name: name.clone(), ..ClientRow::default() }, true);
        }
        table
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_best_are_those_that_rating_every_name_puts_first(
            names in proptest::collection::vec("([ÄaBb]{1,3} ){0,2}[abé]{1,4}", 0..80),
            word in "[aäbe]{1,3}",
            limit in 1_usize..10,
        ) {
            let found: Vec<usize> =
                table(&names).jump(&Needle::new(&word), limit).into_iter().map(|(_, row)| row).collect();
            let mut rated: Vec<_> =
                names.iter().enumerate().filter_map(|(row, name)| Some((score(&word, name)?, row))).collect();
            rated.sort_by_key(|(score, row)| (std::cmp::Reverse(*score), *row));
            let best: Vec<usize> = rated.into_iter().take(limit).map(|(_, row)| row).collect();
            prop_assert_eq!(found, best);
        }
    }

    #[test]
    fn names_with_every_word_come_before_those_with_scattered_letters() {
        let names = ["Nora Vale Estates", "Northwind Valves", "Never on"].map(str::to_owned);
        let rows = table(&names).jump(&Needle::new("nor val"), 3);
        assert_eq!(rows.iter().map(|(_, row)| *row).collect::<Vec<_>>(), [1, 0]);
        assert!(table(&names).jump(&Needle::new("  "), 3).is_empty());
    }

    /// Printed rather than held to: how fast it is depends on the machine. Run it with `--ignored --nocapture`.
    #[test]
    #[ignore = "a measurement"]
    fn a_hundred_thousand_names_are_rated() {
        let parts = [
            "Northwind",
            "Contoso",
            "Zürich",
            "Harbour",
            "Alder",
            "Vale",
            "Estates",
            "Systems",
            "Dental",
            "Group",
        ];
        let name = |number: usize| format!("{} {} {number}", parts[number % 10], parts[number / 10 % 10]);
        let table = table(&(0..100_000).map(name).collect::<Vec<_>>());
        for typed in ["n", "a", "dental", "group 9", "nwd", "zzz"] {
            let begun = std::time::Instant::now();
            let found = table.jump(&Needle::new(typed), 8).len();
            println!("{typed:?}: {found} found in {:?}", begun.elapsed());
        }
    }
}
