use super::{Needle, fold};

/// How well a text fits what was typed; larger is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(u32);

/// How one word of what was typed occurs.
const PREFIX: u32 = 400;
const WORD_START: u32 = 300;
const INSIDE: u32 = 200;
const SCATTERED: u32 = 100;

/// Rates a text for a palette: the start of the text beats the start of a word, that beats the inside of one, and that
/// beats letters that only occur in this order. Among equals the shorter text wins. `None` if it does not fit.
pub fn score(typed: &str, text: &str) -> Option<Score> {
    score_folded(&Needle::new(typed), &fold(text))
}

/// The same for a text that is folded already.
pub fn score_folded(typed: &Needle, text: &str) -> Option<Score> {
    let mut sum = 0;
    let mut count = 0;
    for word in typed.words() {
        sum += rate(word, text)?;
        count += 1;
    }
    let average = sum.checked_div(count).unwrap_or(0);
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX).min(99);
    Some(Score(average * 100 + (99 - length)))
}

fn rate(word: &str, text: &str) -> Option<u32> {
    if text.starts_with(word) {
        return Some(PREFIX);
    }
    let mut found = None;
    for (place, _) in text.match_indices(word) {
        let before = text.get(..place).and_then(|before| before.chars().next_back());
        if before.is_none_or(|before| !before.is_alphanumeric()) {
            return Some(WORD_START);
        }
        found = Some(INSIDE);
    }
    found.or_else(|| {
        let mut letters = text.chars();
        word.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(SCATTERED)
    })
}
