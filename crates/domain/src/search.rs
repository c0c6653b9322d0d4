//! Finding by what somebody remembers: without regard to case and to accents.

mod fold;
mod letters;
mod palette;

pub use fold::fold;
pub use palette::{Score, score, score_folded};

/// What is looked for: words, each of which must occur somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    words: Vec<String>,
}

impl Needle {
    /// From what was typed.
    pub fn new(text: &str) -> Self {
        Self { words: fold(text).split_whitespace().map(str::to_owned).collect() }
    }

    /// Nothing is looked for, so that everything matches.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words, folded.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether every word occurs. The haystack must be folded; fold it once and keep it.
    pub fn matches(&self, folded: &str) -> bool {
        self.words.iter().all(|word| folded.contains(word.as_str()))
    }
}
