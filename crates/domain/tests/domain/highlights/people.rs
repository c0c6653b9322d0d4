use super::*;

#[test]
fn a_new_address_of_a_person_with_a_history_is_told_once() {
    let mut book = Book::habit(5, 10);
    book.add(5 * DAY + 9 * HOUR, E::UserLoggedIn).address = AWAY;
    let row = book.last();
    book.add(5 * DAY + 9 * HOUR + MINUTE, E::CipherClientViewed).address = AWAY;
    book.add(5 * DAY + 9 * HOUR + 2 * MINUTE, E::CipherClientViewed);
    book.add(6 * DAY + 9 * HOUR, E::CipherClientViewed).address = AWAY;
    let sentence = "First time from 203.0.113.94: seen 50 times before, from 1 other address".to_owned();
    assert_eq!(only(&book), (Rule::NewAddress, sentence, 2));
    assert_eq!(book.found()[0].behind, [row - 1, row]);
}

#[test]
fn a_new_address_needs_twenty_events_on_three_days_before_it() {
    let with = |days, a_day, skip| {
        let mut book = Book::habit(days, a_day);
        book.0.drain(..skip);
        book.add(days * DAY + 9 * HOUR, E::CipherClientViewed).address = AWAY;
        book.rules()
    };
    assert_eq!(with(3, 7, 1), [Rule::NewAddress], "exactly twenty on exactly three days");
    assert_eq!(with(3, 7, 2), [], "nineteen");
    assert_eq!(with(2, 10, 0), [], "two days");
    assert_eq!(with(0, 0, 0), [], "nothing before");
}

#[test]
fn whose_address_changes_all_the_time_is_never_at_a_new_one() {
    let moving = |every: usize| {
        let mut book = Book::habit(20, 10);
        for (number, seen) in book.0.iter_mut().enumerate() {
            seen.address = 1_000 + (number / every) as u32;
        }
        book.add(20 * DAY + 9 * HOUR, E::CipherClientViewed).address = AWAY;
        book.found().last().map(|last| last.row) == Some(book.last())
    };
    assert!(!moving(5));
    assert!(moving(10), "one address for exactly ten events");
    assert!(moving(40));
}

#[test]
fn a_failed_sign_in_from_elsewhere_teaches_and_tells_nothing() {
    let mut book = Book::habit(5, 10);
    book.add(5 * DAY + 3 * HOUR, E::UserFailedLogIn).address = AWAY;
    assert_eq!(book.rules(), []);
    book.add(5 * DAY + 9 * HOUR, E::UserLoggedIn).address = AWAY;
    assert_eq!(book.rules(), [Rule::NewAddress], "it did not make the address known");
}

#[test]
fn a_new_type_of_device_is_told_after_a_history_only() {
    let with = |days, a_day| {
        let mut book = Book::habit(days, a_day);
        book.add(days * DAY + 9 * HOUR, E::CipherClientViewed).device = PHONE;
        book.add(days * DAY + 9 * HOUR, E::CipherClientViewed).device = PHONE;
        book
    };
    let sentence = "First time with iOS app: seen 20 times before, with 1 other device".to_owned();
    assert_eq!(only(&with(4, 5)), (Rule::NewDevice, sentence, 2));
    assert_eq!(with(19, 1).rules(), []);
    assert_eq!(with(2, 10).rules(), []);
    let mut known = with(4, 5);
    known.0[3].device = PHONE;
    assert_eq!(known.rules(), []);
}

#[test]
fn night_work_is_told_once_a_sitting_by_the_persons_own_habit() {
    let mut book = Book::habit(10, 6);
    for minute in [134, 140, 150] {
        book.add(10 * DAY + minute * MINUTE, E::CipherClientViewed);
    }
    let (rule, sentence, _) = only(&book);
    assert_eq!((rule, &*sentence), (Rule::UnusualHour, "At 02:14: usually active from 09:00 to 10:00"));
    // One night in eleven is no habit yet.
    book.add(11 * DAY + 134 * MINUTE, E::CipherClientViewed);
    assert_eq!(book.rules(), [Rule::UnusualHour; 2]);
    // Whoever works at night is usual at night.
    let mut owl = Book::default();
    for day in 0..10 {
        for hour in [22, 23, 24, 25] {
            owl.add(day * DAY + hour * HOUR, E::CipherClientViewed);
        }
    }
    owl.add(11 * DAY + HOUR, E::CipherClientViewed);
    assert_eq!(owl.rules(), []);
    owl.add(12 * DAY + 12 * HOUR + 5 * MINUTE, E::CipherClientViewed);
    assert_eq!(only(&owl).1, "At 12:05: usually active from 22:00 to 02:00");
}

#[test]
fn an_hour_is_unusual_beyond_two_hours_from_a_habitual_one() {
    let at = |hour| {
        let mut book = Book::habit(5, 4);
        book.add(5 * DAY + hour * HOUR, E::CipherClientViewed);
        book.rules()
    };
    assert_eq!(at(11), [], "two hours later");
    assert_eq!(at(12), [Rule::UnusualHour], "three hours later");
    assert_eq!(at(7), [], "two hours before");
    assert_eq!(at(6), [Rule::UnusualHour], "three hours before");
}

#[test]
fn an_unusual_hour_needs_twenty_events_on_five_days_before_it() {
    let with = |days, a_day| {
        let mut book = Book::habit(days, a_day);
        book.add(days * DAY + 2 * HOUR, E::CipherClientViewed);
        book.rules()
    };
    assert_eq!(with(5, 4), [Rule::UnusualHour]);
    assert_eq!(with(19, 1), []);
    assert_eq!(with(4, 10), []);
}

#[test]
fn hours_are_those_of_the_readers_clocks_even_when_they_change() {
    let mut book = Book::habit(10, 6);
    book.add(10 * DAY + 7 * HOUR, E::CipherClientViewed);
    // From the tenth day on clocks show three hours less: 09:00 to 10:00, and then 04:00.
    let zone = [(START, 0), (START + 10 * DAY, -180)];
    let found = book.with(&zone, RuleSet::ALL);
    assert_eq!(text(&found[0]), "At 04:00: usually active from 09:00 to 10:00");
    assert_eq!(
        book.with(&[(START + 100 * DAY, 330)], RuleSet::ALL),
        [],
        "the first entry holds before it too"
    );
    assert_eq!(book.rules(), []);
}
