use portal_domain::{evidence::*, timeline::export::Told, timeline::sentence};
use portal_wire::{Event, Timestamp};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::exports::{any_story, full};

fn sha256(pieces: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update(piece);
    }
    hash.finalize().into()
}

fn head() -> Head {
    Head {
        scope: "North \"MSP\"\n".into(),
        scope_id: "3f1c".into(),
        from: Timestamp(1_767_225_600_000),
        to: Timestamp(1_769_903_999_999),
        filter: "Client is Acme, and policies".into(),
        made: Timestamp(1_769_938_200_123),
        made_by: "Ann Lee <ann@msp.example>".into(),
    }
}

fn write(stories: &[(Event, String)]) -> (String, String) {
    let mut pack = Pack::new(&head(), sha256);
    pack.person(&Person {
        id: Some("u-1".into()),
        name: "Ann Lee".into(),
        email: "ann@msp.example".into(),
        role: "Provider Admin".into(),
        status: "Confirmed".into(),
        place: "North MSP".into(),
        place_id: "3f1c".into(),
    });
    pack.person(&Person { email: "bob@msp.example".into(), status: "Invited".into(), ..Person::default() });
    pack.policy(&Policy {
        organization: "Acme".into(),
        organization_id: "o-1".into(),
        kind: 1,
        type_name: Some("MasterPassword".into()),
        enabled: true,
        data: Some("{\"minLength\":14}".into()),
        revised: Some(Timestamp(1_767_225_600_000)),
    });
    for (event, name) in stories {
        let sentence = sentence(event, &|_| Some(name.clone()));
        pack.event(Told { event, sentence: &sentence, client: Some(name), email: None });
    }
    pack.finish()
}

/// A small pack: a head, three rows, two events and a seal.
fn small() -> Vec<String> {
    let (text, _) = write(&[(full(), "Acme".into()), (Event::default(), "Ann".into())]);
    text.lines().map(str::to_owned).collect()
}

fn joined(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect()
}

fn broken(lines: &[String]) -> (u64, What) {
    let Broken { line, what } = verify(&joined(lines), sha256).unwrap_err();
    (line, what)
}

/// The line with this row, as somebody would write it who knows the format.
fn forged(number: usize, before: &str, row: &str) -> String {
    let hash: String = sha256(&[before.as_bytes(), b"\n", row.as_bytes()])
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{{\"n\":{number},\"prev\":\"{before}\",\"hash\":\"{hash}\",\"row\":{row}}}")
}

fn part(line: &str, key: &str) -> String {
    serde_json::from_str::<Value>(line).unwrap()[key].as_str().unwrap().to_owned()
}

fn row(line: &str) -> &str {
    line.split_once(",\"row\":").unwrap().1.strip_suffix('}').unwrap()
}

#[test]
fn a_pack_verifies_and_says_what_it_is_about() {
    let (text, seal) = write(&[(full(), "Acme".into()), (Event::default(), "Ann".into())]);
    let verified = verify(text.as_bytes(), sha256).unwrap();
    assert_eq!(
        verified,
        Verified { head: head(), counts: Counts { people: 2, policies: 1, gaps: 0, events: 2 }, seal }
    );
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<_> = lines.iter().map(|line| line["row"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["head", "person", "person", "policy", "event", "event", "seal"]);
    assert_eq!(lines[0]["row"]["format"], FORMAT);
    assert_eq!(lines[1]["row"]["role"], "Provider Admin");
    assert_eq!(lines[3]["row"]["data"], "{\"minLength\":14}");
    assert_eq!(lines[4]["row"]["cipherId"], full().cipher_id.unwrap().to_string());
    assert_eq!(lines[6]["row"]["rows"], 5);
    assert_eq!(lines[6]["row"]["last"], lines[5]["hash"]);
}

#[test]
fn a_pack_says_of_which_logs_something_is_missing() {
    let mut pack = Pack::new(&head(), sha256);
    pack.gap(&Gap {
        place: "Mill".into(),
        place_id: "o-2".into(),
        reason: "crowded",
        moment: Some(Timestamp(1_767_225_600_000)),
    });
    let (text, _) = pack.finish();
    assert_eq!(verify(text.as_bytes(), sha256).unwrap().counts, Counts { gaps: 1, ..Counts::default() });
    let lines: Vec<_> = text.lines().collect();
    let gap = r#"{"kind":"gap","place":"Mill","placeId":"o-2","reason":"crowded","moment":"2026-01-01T00:00:00.000Z"}"#;
    assert_eq!(row(lines[1]), gap);
    // A pack that was sealed before there were such rows is as good as it was.
    let seal = row(lines[2]).replace("\"gaps\":1,", "").replace("\"rows\":1", "\"rows\":0");
    let before = part(lines[0], "hash");
    let seal = seal.replace(&part(lines[1], "hash"), &before);
    let old = [lines[0].to_owned(), forged(1, &before, &seal)];
    assert_eq!(verify(&joined(&old), sha256).unwrap().counts, Counts::default());
}

#[test]
fn every_hash_can_be_worked_out_from_the_documented_bytes() {
    let lines = small();
    let mut before = "0".repeat(64);
    for (number, line) in lines.iter().enumerate() {
        assert_eq!(*line, forged(number, &before, row(line)));
        before = part(line, "hash");
    }
}

#[test]
fn a_pack_taken_in_pieces_is_the_same_pack() {
    let (whole, seal) = write(&[(full(), "Acme".into())]);
    let mut pack = Pack::new(&head(), sha256);
    let mut pieces = pack.take();
    pack.person(&Person::default());
    pieces += &pack.take();
    let (rest, other) = pack.finish();
    pieces += &rest;
    assert_eq!(verify(pieces.as_bytes(), sha256).unwrap().seal, other);
    assert_ne!(seal, other);
    assert!(whole.starts_with(pieces.lines().next().unwrap()));
}

#[test]
fn an_altered_row_is_found_at_its_line() {
    let mut lines = small();
    lines[4] = lines[4].replace("203.0.113.94", "203.0.113.95");
    assert_eq!(broken(&lines), (5, What::Altered));
    let mut lines = small();
    lines[4] = lines[4].replacen("\"n\":4", "\"n\":9", 1);
    assert_eq!(broken(&lines), (5, What::Altered), "its number");
    let mut lines = small();
    lines[4] = lines[4].replacen("\"n\":4", "\"n\":04", 1);
    assert_eq!(broken(&lines), (5, What::Unreadable), "its number in another way");
}

#[test]
fn an_altered_row_with_its_own_hash_renewed_is_found_at_the_next_line() {
    let mut lines = small();
    let altered = row(&lines[4]).replace("203.0.113.94", "203.0.113.95");
    lines[4] = forged(4, &part(&lines[3], "hash"), &altered);
    assert_eq!(broken(&lines), (6, What::Unlinked));
    // Whoever renews all that follows has another seal, and only that tells.
    for at in 5..lines.len() {
        let before = part(&lines[at - 1], "hash");
        let last = part(&lines[at], "prev");
        lines[at] = forged(at, &before, &row(&lines[at]).replace(&last, &before));
    }
    let verified = verify(&joined(&lines), sha256).unwrap();
    assert_ne!(verified.seal, part(&small()[6], "hash"));
}

#[test]
fn a_removed_row_is_missed() {
    for at in 1..5 {
        let mut lines = small();
        lines.remove(at);
        assert_eq!(broken(&lines), (at as u64 + 1, What::Missing(1)));
    }
    let mut lines = small();
    lines.drain(1..4);
    assert_eq!(broken(&lines), (2, What::Missing(3)));
    lines.remove(0);
    assert_eq!(broken(&lines), (1, What::NotOurs));
}

#[test]
fn swapped_rows_are_found() {
    let mut lines = small();
    lines.swap(2, 4);
    assert_eq!(broken(&lines), (3, What::Moved));
}

#[test]
fn an_inserted_row_is_found() {
    let mut lines = small();
    lines.insert(4, lines[3].clone());
    assert_eq!(broken(&lines), (5, What::Inserted), "one that was there before");
    let mut lines = small();
    lines.insert(4, forged(4, &part(&lines[3], "hash"), "{\"kind\":\"person\"}"));
    assert_eq!(broken(&lines), (6, What::Inserted), "one that follows from the line before it");
    let mut lines = small();
    lines.insert(4, forged(4, &part(&lines[2], "hash"), "{\"kind\":\"person\"}"));
    assert_eq!(broken(&lines), (5, What::Unlinked), "one that does not");
    let mut lines = small();
    lines.insert(4, String::new());
    assert_eq!(broken(&lines), (5, What::Unreadable));
}

#[test]
fn a_file_that_was_cut_off_is_no_pack() {
    let lines = small();
    assert_eq!(broken(&lines[..6]), (7, What::NoSeal));
    assert_eq!(broken(&lines[..1]), (2, What::NoSeal));
    let whole = joined(&lines);
    for length in 0..whole.len() {
        let cut = verify(&whole[..length], sha256).unwrap_err();
        let line = whole[..length].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        let what = match line {
            1 => What::NotOurs,
            _ if whole[length - 1] == b'\n' => What::NoSeal,
            _ => What::Truncated,
        };
        assert_eq!(cut, Broken { line, what });
    }
}

#[test]
fn nothing_may_follow_the_seal() {
    let mut lines = small();
    let seal = part(&lines[6], "hash");
    lines.push(forged(7, &seal, "{\"kind\":\"person\"}"));
    assert_eq!(broken(&lines), (8, What::AfterSeal));
    lines[7] = forged(7, &seal, row(&lines[6]));
    assert_eq!(broken(&lines), (8, What::SecondSeal));
    lines[7] = "more".into();
    assert_eq!(broken(&lines), (8, What::AfterSeal));
    lines[7].clear();
    assert_eq!(broken(&lines), (8, What::AfterSeal));
}

#[test]
fn a_seal_that_does_not_fit_its_rows_is_refused() {
    let reseal = |from: &str, to: &str| {
        let mut lines = small();
        let seal = row(&lines[6]).replace(from, to);
        assert_ne!(seal, row(&lines[6]));
        lines[6] = forged(6, &part(&lines[5], "hash"), &seal);
        broken(&lines)
    };
    assert_eq!(reseal("\"events\":2", "\"events\":3"), (7, What::WrongSeal));
    assert_eq!(reseal("\"rows\":5", "\"rows\":6"), (7, What::WrongSeal));
    assert_eq!(reseal("\"last\":\"", "\"last\":\"0"), (7, What::WrongSeal));
    assert_eq!(reseal("\"rows\"", "\"lines\""), (7, What::WrongSeal));
    assert_eq!(reseal("\"seal\"", "\"other\""), (7, What::UnknownKind));
    assert_eq!(reseal("\"seal\"", "\"head\""), (7, What::UnknownKind));
}

#[test]
fn another_file_and_another_version_are_told_apart() {
    let not_ours = Err(Broken { line: 1, what: What::NotOurs });
    for other in ["", "\n", "{}", "date,type\r\n", "PK\u{3}\u{4}", "{\"n\":0}\n"] {
        assert_eq!(verify(other.as_bytes(), sha256), not_ours);
    }
    assert_eq!(verify(&[0xff, 0xfe, b'\n'], sha256), not_ours);
    assert_eq!(verify(&["\u{feff}".as_bytes(), &joined(&small())].concat(), sha256), not_ours);
    let zeros = "0".repeat(64);
    let mut lines = small();
    lines[0] = forged(0, &zeros, &row(&lines[0]).replace("\"version\":1", "\"version\":2"));
    assert_eq!(broken(&lines), (1, What::UnknownVersion(2)));
    lines[0] = forged(0, &zeros, "{\"kind\":\"head\",\"format\":\"something-else\",\"version\":1}");
    assert_eq!(broken(&lines), (1, What::NotOurs));
    lines[0] = forged(0, &zeros, "{\"kind\":\"head\",\"format\":\"provider-portal-evidence\",\"version\":1}");
    assert_eq!(broken(&lines), (1, What::NotOurs), "a head that says nothing");
    let windows = String::from_utf8(joined(&small())).unwrap().replace('\n', "\r\n");
    assert_eq!(verify(windows.as_bytes(), sha256), not_ours, "line ends are part of the format");
}

#[test]
fn a_seal_is_shown_in_groups() {
    assert_eq!(in_groups("0123456789abcdef01"), "01234567 89abcdef 01");
    assert_eq!(in_groups(""), "");
}

#[test]
fn no_change_of_a_single_byte_of_a_small_pack_goes_unnoticed() {
    let whole = joined(&small());
    for at in 0..whole.len() {
        for flip in [1, 2, 4, 8, 16, 32, 64, 128] {
            let mut changed = whole.clone();
            changed[at] ^= flip;
            assert!(verify(&changed, sha256).is_err(), "byte {at} of {}, {flip}", whole.len());
        }
    }
}

proptest! {
    #[test]
    fn every_pack_verifies_and_no_byte_can_be_changed_added_or_taken_away(
        stories in vec(any_story(), 0..8),
        at: prop::sample::Index,
        byte: u8,
    ) {
        let (text, seal) = write(&stories);
        let verified = verify(text.as_bytes(), sha256).unwrap();
        prop_assert_eq!(verified.seal, seal);
        prop_assert_eq!(verified.counts.events, stories.len() as u64);
        for (line, (event, _)) in text.lines().skip(4).zip(&stories) {
            // The row has the contract's fields under the contract's names.
            let mut row: Value = serde_json::from_str(row(line)).unwrap();
            row["object"] = "event".into();
            prop_assert_eq!(&serde_json::from_value::<Event>(row).unwrap(), event);
        }
        let at = at.index(text.len());
        let mut bytes = text.into_bytes();
        let was = bytes[at];
        if was != byte {
            bytes[at] = byte;
            prop_assert!(verify(&bytes, sha256).is_err());
            bytes[at] = was;
        }
        bytes.insert(at, byte);
        prop_assert!(verify(&bytes, sha256).is_err(), "{:?} added at {}", byte as char, at);
        bytes.remove(at);
        bytes.remove(at);
        prop_assert!(verify(&bytes, sha256).is_err());
    }

    #[test]
    fn no_line_can_be_taken_away_repeated_or_moved(
        stories in vec(any_story(), 1..8),
        from: prop::sample::Index,
        to: prop::sample::Index,
    ) {
        let (text, _) = write(&stories);
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (from, to) = (from.index(lines.len()), to.index(lines.len()));
        let mut less = lines.clone();
        let line = less.remove(from);
        prop_assert!(verify(&joined(&less), sha256).is_err());
        if from != to {
            less.insert(to, line.clone());
            prop_assert!(verify(&joined(&less), sha256).is_err());
        }
        let mut more = lines;
        more.insert(to, line);
        prop_assert!(verify(&joined(&more), sha256).is_err());
    }

    #[test]
    fn whatever_the_file_is_it_is_read_without_harm(file in vec(any::<u8>(), 0..300), number in 0..7_usize) {
        let _ = verify(&file, sha256);
        let mut lines = small();
        lines[number] = String::from_utf8_lossy(&file).into_owned();
        prop_assert!(verify(&joined(&lines), sha256).is_err());
    }
}

/// The figure for `docs/performance.md`: `cargo test --release -p portal-domain -- --ignored a_large_pack --nocapture`.
#[test]
#[ignore = "a measurement"]
fn a_large_pack_is_written_and_verified() {
    let event = full();
    let sentence = sentence(&event, &|_| Some("Ann Lee".to_owned()));
    let told = Told { event: &event, sentence: &sentence, client: Some("Acme"), email: None };
    let start = std::time::Instant::now();
    let mut pack = Pack::new(&head(), sha256);
    (0..80_000).for_each(|_| pack.event(told));
    let (text, _) = pack.finish();
    let written = start.elapsed();
    let start = std::time::Instant::now();
    assert!(verify(text.as_bytes(), sha256).is_ok());
    eprintln!("{} bytes: written in {written:?}, verified in {:?}", text.len(), start.elapsed());
}
