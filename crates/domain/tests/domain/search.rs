use portal_domain::search::{Needle, fold, score};
use proptest::prelude::*;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

fn best<'a>(typed: &str, texts: &[&'a str]) -> Vec<&'a str> {
    let mut found: Vec<_> = texts.iter().filter_map(|text| Some((score(typed, text)?, *text))).collect();
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, text)| text).collect()
}

#[test]
fn accents_and_case_do_not_matter() {
    for (text, folded) in [
        ("Müller & Söhne", "muller & sohne"),
        ("STRASSE Straße", "strasse strasse"),
        ("Ærø Øystein Œuvre Łódź", "aero oystein oeuvre lodz"),
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("ΑΘΉΝΑ Οδυσσεύς", "αθηνα οδυσσευσ"),
        ("Ёлка Йод", "елка иод"),
        ("Cafe\u{301}", "cafe"),
        ("İstanbul Iğdır", "istanbul igdir"),
        ("東京 المكتب", "東京 المكتب"),
    ] {
        assert_eq!(fold(text), folded);
    }
}

#[test]
fn every_word_must_occur_somewhere() {
    let folded = fold("Müller Dental GmbH");
    assert!(Needle::new("dent MULLER").matches(&folded));
    assert!(!Needle::new("dent praxis").matches(&folded));
    assert!(Needle::new("  ").matches(&folded) && Needle::new("  ").is_empty());
}

#[test]
fn the_palette_prefers_beginnings() {
    assert_eq!(
        best("bil", &["Sibilla", "Open billing", "Billing", "Bold initials list", "Settings"]),
        ["Billing", "Open billing", "Sibilla", "Bold initials list"]
    );
    assert_eq!(
        best("inv st", &["Invite staff", "Invoices", "Staff, invite"]),
        ["Invite staff", "Staff, invite"]
    );
    assert_eq!(best("acme", &["Acme Holdings", "Acme"]), ["Acme", "Acme Holdings"]);
    assert_eq!(best("mull", &["Müller"]), ["Müller"]);
    assert!(score("", "anything").is_some());
}

proptest! {
    /// Where another implementation finds an accent to drop on a Latin, Greek or Cyrillic letter, so does this one.
    #[test]
    fn folding_agrees_with_decomposition(text in "[\u{e0}-\u{24f}\u{1e00}-\u{1eff}\u{390}-\u{3ff}\u{400}-\u{4ff}]{1,8}") {
        // What is a letter of its own to Unicode, but an accented one to people, is ours alone.
        let ours = |letter: &char| !"ßæǽǣœþøǿđðłħıŧŀŉſẛƀɨĸςŋ".contains(*letter);
        let text: String = text.to_lowercase().chars().filter(ours).collect();
        let expected: String = text.nfd().filter(|character| !is_combining_mark(*character)).collect();
        prop_assert_eq!(fold(&text), expected);
    }

    #[test]
    fn folding_twice_changes_nothing(text in any::<String>()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
    }

    #[test]
    fn a_text_finds_itself(text in any::<String>()) {
        prop_assert!(Needle::new(&text).matches(&fold(&text)));
        prop_assert!(score(&text, &text).is_some());
    }
}
