//! Names as Bitwarden stores them: HTML-encoded, so that limits of length apply to the encoded text.

/// Encodes a name as the server does before it stores it: the five special characters, what is between U+00A0 and U+00FF,
/// and what is beyond U+FFFF.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => encoded.push_str("&amp;"),
            '<' => encoded.push_str("&lt;"),
            '>' => encoded.push_str("&gt;"),
            '"' => encoded.push_str("&quot;"),
            '\'' => encoded.push_str("&#39;"),
            '\u{a0}'..='\u{ff}' | '\u{10000}'.. => encoded.push_str(&format!("&#{};", u32::from(character))),
            _ => encoded.push(character),
        }
    }
    encoded
}

/// Decodes a stored name. What is no character reference stays as it is.
pub fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, reference)) = rest.split_once('&') {
        decoded.push_str(before);
        match referenced(reference) {
            Some((character, after)) => {
                decoded.push(character);
                rest = after;
            }
            None => {
                decoded.push('&');
                rest = reference;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

/// The length the limits count: of the encoded text, in UTF-16 code units.
pub fn encoded_length(text: &str) -> usize {
    encode(text).encode_utf16().count()
}

/// The character at the start of the text, which follows an ampersand, and what comes after its reference.
fn referenced(text: &str) -> Option<(char, &str)> {
    let (name, after) = text.split_once(';')?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => numbered(name.strip_prefix('#')?)?,
    };
    Some((character, after))
}

fn numbered(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // Parsing alone would also take a sign.
    let valid = digits.chars().all(|digit| digit.is_digit(radix));
    valid.then(|| u32::from_str_radix(digits, radix).ok()).flatten().and_then(char::from_u32)
}
