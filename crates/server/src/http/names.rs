//! Names of providers and organizations, which are stored with the characters of HTML encoded, as the original does.

/// A name as it is stored. Limits are checked on this form.
pub fn encode(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '&' => encoded.push_str("&amp;"),
            '<' => encoded.push_str("&lt;"),
            '>' => encoded.push_str("&gt;"),
            '"' => encoded.push_str("&quot;"),
            '\'' => encoded.push_str("&#39;"),
            other => encoded.push(other),
        }
    }
    encoded
}

/// A stored name as it is read.
pub fn decode(name: &str) -> String {
    // The ampersand comes last, so that nothing is decoded twice.
    name.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_comes_back_as_it_was() {
        for name in ["Acme", "A & B <Ltd> \"x\" 'y'", "&lt;", "&amp;amp;", "\u{202e}\u{1f600}"] {
            assert_eq!(decode(&encode(name)), name);
        }
    }
}
