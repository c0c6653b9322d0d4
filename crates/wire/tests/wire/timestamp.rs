use portal_wire::Timestamp;
use proptest::prelude::*;
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

fn read(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(|timestamp| timestamp.0)
}

proptest! {
    #[test]
    fn what_is_written_is_what_another_implementation_reads(ms in Timestamp::MIN.0..=Timestamp::MAX.0) {
        let text = Timestamp(ms).to_string();
        let other = OffsetDateTime::parse(&text, &Rfc3339).unwrap();
        prop_assert_eq!(other.unix_timestamp_nanos(), i128::from(ms) * 1_000_000);
        prop_assert_eq!(read(&text), Some(ms));
    }

    #[test]
    fn what_another_implementation_writes_is_read(
        seconds in Timestamp::MIN.0 / 1000 + 100_000..Timestamp::MAX.0 / 1000 - 100_000,
        nanoseconds in 0i128..1_000_000_000,
        offset in -1439i32..1440,
    ) {
        let nanoseconds = i128::from(seconds) * 1_000_000_000 + nanoseconds;
        let offset = UtcOffset::from_whole_seconds(offset * 60).unwrap();
        let other = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).unwrap().to_offset(offset);
        let text = other.format(&Rfc3339).unwrap();
        prop_assert_eq!(read(&text), i64::try_from(nanoseconds.div_euclid(1_000_000)).ok(), "{}", text);
    }

    #[test]
    fn dates_agree_with_another_implementation(year in 0i64..10_000, month in 0u32..14, day in 0u32..33) {
        let other = u8::try_from(month).ok()
            .and_then(|month| time::Month::try_from(month).ok())
            .and_then(|month| time::Date::from_calendar_date(year as i32, month, day as u8).ok())
            .map(|date| date.midnight().assume_utc().unix_timestamp() * 1000);
        let ours = Timestamp::from_date(year, month, day);
        prop_assert_eq!(ours.map(|timestamp| timestamp.0), other);
        if let Some(timestamp) = ours {
            prop_assert_eq!(timestamp.date(), (year, month, day));
        }
    }

    #[test]
    fn no_text_and_no_number_can_break_it(text in any::<String>(), number in any::<i64>()) {
        let _ = text.parse::<Timestamp>();
        let written = Timestamp(number).to_string();
        prop_assert!(read(&written).is_some(), "{}", written);
        let _ = Timestamp(number).date();
    }
}

#[test]
fn every_usual_spelling_is_read() {
    let moment = read("2026-02-01T09:30:00Z").unwrap();
    for same in [
        "2026-02-01T09:30:00",
        "2026-02-01 09:30:00Z",
        "2026-02-01T09:30Z",
        "2026-02-01T09:30:00.0000000Z",
        "2026-02-01T10:30:00+01:00",
        "2026-02-01T04:00:00-0530",
        " 2026-02-01t09:30:00z ",
    ] {
        assert_eq!(read(same), Some(moment), "{same}");
    }
    assert_eq!(read("2026-02-01"), Some(moment - 34_200_000));
    assert_eq!(read("2026-02-01T09:30:00.1Z"), Some(moment + 100));
    assert_eq!(read("2026-02-01T09:30:00.123999Z"), Some(moment + 123));
}

#[test]
fn what_is_no_moment_is_refused() {
    for text in [
        "",
        "today",
        "2026-02-30",
        "2026-13-01",
        "2026-2-1",
        "2026-02-01T",
        "2026-02-01T24:00:00Z",
        "2026-02-01T09:60Z",
        "2026-02-01T09:30:60Z",
        "2026-02-01T09:30:00.1234567890Z",
        "2026-02-01T09:30:00+25:00",
        "2026-02-01T09:30:00Zx",
        "12026-02-01",
        "+026-02-01",
        "２０２６-02-01",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn in_json_it_is_text() {
    let timestamp: Timestamp = serde_json::from_str("\"2026-02-01T09:30:00.123Z\"").unwrap();
    assert_eq!(serde_json::to_string(&timestamp).unwrap(), "\"2026-02-01T09:30:00.123Z\"");
    assert!(serde_json::from_str::<Timestamp>("1769938200123").is_err());
}
