//! Common Event Format.

use super::*;

/// The header and the extensions of a line, read by the rules of the format and not by our writer.
fn read_cef(line: &str) -> (Vec<String>, BTreeMap<String, String>) {
    let mut header = vec![String::new()];
    let mut letters = line.chars();
    while header.len() < 8 {
        match letters.next().unwrap() {
            '\\' => header.last_mut().unwrap().push(letters.next().unwrap()),
            '|' => header.push(String::new()),
            letter => header.last_mut().unwrap().push(letter),
        }
    }
    header.pop();
    let rest: Vec<char> = letters.collect();
    // A key stands before an equals sign that is not escaped, behind a space or at the start.
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut value = String::new();
    let mut at = 0;
    while at < rest.len() {
        match rest[at] {
            '\\' => {
                at += 1;
                value.push(match rest[at] {
                    'n' => '\n',
                    'r' => '\r',
                    escaped => {
                        assert!(matches!(escaped, '\\' | '='), "{escaped}");
                        escaped
                    }
                });
            }
            '=' => {
                let key = value.rsplit(' ').next().unwrap().to_owned();
                assert!(key.chars().all(|letter| letter.is_ascii_alphanumeric()), "{key}");
                value.truncate(value.len() - key.len());
                if let Some((_, before)) = pairs.last_mut() {
                    *before = value.strip_suffix(' ').unwrap().to_owned();
                }
                pairs.push((key, String::new()));
                value.clear();
            }
            letter => value.push(letter),
        }
        at += 1;
    }
    pairs.last_mut().unwrap().1 = value;
    let count = pairs.len();
    let pairs: BTreeMap<_, _> = pairs.into_iter().collect();
    assert_eq!(pairs.len(), count, "no key twice: {line}");
    (header, pairs)
}

#[test]
fn a_line_of_cef_has_a_header_and_labelled_extensions() {
    let line = Story::of(by_person(), "Ann Lee").cef();
    let expected = "CEF:0|Provider Portal|Provider Portal|1.2|1503|OrganizationUser_Removed|7|rt=1769938200123 cat=members \
        suser=Ann Lee suid=00000001-1234-4000-8000-00000000abcd duid=00000002-1234-4000-8000-00000000abcd \
        msg=Ann Lee removed Ann Lee src=203.0.113.94 cs1=Ann Lee cs1Label=Client cs2=Web vault in Firefox cs2Label=Device \
        cs3=00000003-1234-4000-8000-00000000abcd cs3Label=Organization ID \
        cs4=00000005-1234-4000-8000-00000000abcd cs4Label=Subject ID\n";
    assert_eq!(line, expected);
}

#[test]
fn an_address_goes_where_its_family_belongs() {
    let of = |address: &str| {
        read_cef(Story::of(Event { ip_address: Some(address.into()), ..by_person() }, "A").cef().trim_end()).1
    };
    assert_eq!(of("203.0.113.94")["src"], "203.0.113.94");
    let new = of("2001:db8::1");
    assert_eq!((&*new["c6a2"], &*new["c6a2Label"]), ("2001:db8::1", "Source IPv6 Address"));
    let none = of("not = an | address");
    assert_eq!((&*none["cs6"], &*none["cs6Label"]), ("not = an | address", "Address"));
    for bad in ["1.2.3.999", "1.2.3", "::g", "", "203.0.113.94 src=1.1.1.1"] {
        let fields = of(bad);
        assert!(!fields.contains_key("src") && !fields.contains_key("c6a2"), "{bad}");
    }
}

#[test]
fn a_hostile_name_stays_in_its_field() {
    let evil = "a|b\\c=d\r\ncs1=x src=6.6.6.6 |7|\u{2028}end\\";
    let mut story = Story::of(by_person(), evil);
    story.event.kind = EventType::Unknown(2999);
    story.sentence.what = vec![Part::Words("did ".into()), Part::Name(evil.into())];
    let line = story.cef();
    assert_eq!(line.lines().count(), 1);
    let (header, fields) = read_cef(line.strip_suffix('\n').unwrap());
    assert_eq!(header[5], "did a|b\\c=d  cs1=x src=6.6.6.6 |7| end\\");
    assert_eq!(fields["suser"], evil.replace('\u{2028}', "\n"));
    assert_eq!(fields["cs1"], evil.replace('\u{2028}', "\n"));
    assert_eq!(fields["src"], "203.0.113.94");
}

#[test]
fn what_is_longer_than_the_format_allows_is_cut_between_letters() {
    let long = "é".repeat(50_000);
    let story = Story::of(Event { ip_address: Some(long.clone()), ..by_person() }, &long);
    let (_, fields) = read_cef(story.cef().trim_end());
    assert_eq!(fields["suser"], "é".repeat(511));
    assert_eq!((fields["cs1"].len(), fields["cs6"].len()), (4_000, 4_000));
    assert!(story.cef().len() < 16_000);
}

proptest! {
    #[test]
    fn a_line_of_cef_is_one_line_and_reads_back((event, name) in any_story()) {
        let story = Story::of(event, &name);
        let line = story.cef();
        prop_assert_eq!(line.matches(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count(), 1);
        let (header, fields) = read_cef(line.strip_suffix('\n').unwrap());
        prop_assert_eq!(&header[..5], &["CEF:0", "Provider Portal", "Provider Portal", "1.2",
            &story.event.kind.number().to_string()]);
        prop_assert_eq!(fields["rt"].parse::<i64>().unwrap(), story.event.date.0);
        let same = |one: &str, other: &str| {
            let plain = |text: &str| text.chars().filter(|letter| !letter.is_control()
                && !matches!(letter, ' ' | '\u{2028}' | '\u{2029}')).take(200).collect::<String>();
            plain(one) == plain(other)
        };
        prop_assert!(same(&fields["suser"], story.sentence.who.text()));
        prop_assert!(name.is_empty() || same(&fields["cs1"], &name));
    }
}
