use memchr::memchr;

/// Many short texts in one piece of memory, each ended by a zero byte, found by index.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Texts {
    bytes: String,
    ends: Vec<u32>,
}

/// Between two texts. It is taken out of the texts themselves, so that a search never runs across two.
const END: char = '\0';

impl Texts {
    /// Adds a text.
    pub(crate) fn push(&mut self, text: &str) {
        if text.contains(END) {
            self.bytes.extend(text.chars().filter(|c| *c != END));
        } else {
            self.bytes.push_str(text);
        }
        self.bytes.push(END);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// The text with this index; nothing beyond the end.
    pub(crate) fn get(&self, index: usize) -> &str {
        let start =
            index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0) as usize;
        let end = self.ends.get(index).copied().unwrap_or(0) as usize;
        self.bytes.get(start..end.saturating_sub(1)).unwrap_or_default()
    }

    /// Calls `found` with the index of each text the word occurs in, by rising index.
    pub(crate) fn search(&self, word: &str, mut found: impl FnMut(usize)) {
        let Some((first, others)) = word.as_bytes().split_first() else { return };
        let bytes = self.bytes.as_bytes();
        let mut place = 0;
        let mut row = 0;
        // From one first letter to the next: in WebAssembly as quick as `memchr::memmem`, which is several kilobytes of code.
        while let Some(hit) = bytes.get(place..).and_then(|rest| memchr(*first, rest)) {
            let hit = place + hit;
            if !bytes.get(hit + 1..).is_some_and(|rest| rest.starts_with(others)) {
                place = hit + 1;
                continue;
            }
            // Hits are often close to each other: look a few texts ahead before dividing the rest.
            row = match self
                .ends
                .get(row..)
                .unwrap_or_default()
                .iter()
                .take(8)
                .position(|end| *end as usize > hit)
            {
                Some(ahead) => row + ahead,
                None => self.ends.partition_point(|end| *end as usize <= hit),
            };
            found(row);
            match self.ends.get(row) {
                Some(end) => place = *end as usize,
                None => return,
            }
            row += 1;
        }
    }

    /// Gives back memory that no text needs.
    pub(crate) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[&str]) -> Texts {
        let mut texts = Texts::default();
        all.iter().for_each(|text| texts.push(text));
        texts
    }

    fn search(texts: &Texts, word: &str) -> Vec<usize> {
        let mut found = Vec::new();
        texts.search(word, |row| found.push(row));
        found
    }

    #[test]
    fn every_text_is_found_once_and_none_across_two() {
        let texts = texts(&["abab", "", "b", "xab", "ba"]);
        assert_eq!(search(&texts, "ab"), [0, 3]);
        assert_eq!(search(&texts, "b"), [0, 2, 3, 4]);
        assert_eq!(search(&texts, "bb"), [0_usize; 0]);
        assert_eq!((texts.get(3), texts.get(1), texts.get(9)), ("xab", "", ""));
    }

    #[test]
    fn a_text_with_the_separator_in_it_stays_one_text() {
        let texts = texts(&["a\0b", "c"]);
        assert_eq!((texts.get(0), texts.get(1)), ("ab", "c"));
    }

    proptest::proptest! {
        #[test]
        fn search_agrees_with_looking_at_each(all: Vec<String>, word in "[a-c]{1,3}") {
            let borrowed: Vec<&str> = all.iter().map(String::as_str).collect();
            let kept = texts(&borrowed);
            let naive: Vec<usize> =
                (0..all.len()).filter(|row| all[*row].replace('\0', "").contains(&word)).collect();
            proptest::prop_assert_eq!(search(&kept, &word), naive);
        }
    }
}
