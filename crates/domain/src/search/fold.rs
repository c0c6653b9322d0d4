use super::letters::LETTERS;

/// The text in small letters without accents, for comparing.
///
/// Covers Latin (with Vietnamese), Greek and Cyrillic; other scripts only lose their case.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            folded.push(character.to_ascii_lowercase());
        } else {
            character.to_lowercase().for_each(|small| push(&mut folded, small));
        }
    }
    folded
}

fn push(folded: &mut String, small: char) {
    match small {
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' => {}
        'ß' => folded.push_str("ss"),
        'æ' | 'ǽ' | 'ǣ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        _ => folded.push(match LETTERS.binary_search_by_key(&small, |(accented, _)| *accented) {
            Ok(found) => LETTERS.get(found).map_or(small, |(_, base)| *base),
            Err(_) => small,
        }),
    }
}
