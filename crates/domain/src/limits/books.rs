//! What the books of a provider may hold, for the server and for whoever writes to it.

/// Most pages.
pub const MOST_PAGES: usize = 1_000;
/// Longest name of a page.
pub const PAGE_NAME: usize = 40;
/// Longest content of a page in bytes, encrypted and as text.
pub const PAGE_LENGTH: usize = 4 << 20;

/// Whether a page can have this name: small letters, digits and hyphens.
pub fn is_page_name(name: &str) -> bool {
    (1..=PAGE_NAME).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_plain_short_name() {
        for good in ["prices", "issued-2031-04", "7", &"a".repeat(PAGE_NAME)] {
            assert!(is_page_name(good), "{good}");
        }
        for bad in ["", "Prices", "a b", "a.b", "../a", "prïces", &"a".repeat(PAGE_NAME + 1)] {
            assert!(!is_page_name(bad), "{bad}");
        }
    }
}
