use super::*;

fn failing(count: i64, every: i64) -> Book {
    let mut book = Book::default();
    for number in 0..count {
        book.add(number * every, if number % 2 == 0 { E::UserFailedLogIn } else { E::UserFailedLogIn2fa });
    }
    book
}

#[test]
fn a_burst_of_failed_sign_ins_is_one_highlight_and_says_if_somebody_got_in() {
    let mut book = failing(6, 45_000);
    let sentence = "6 failed sign-ins within 4 minutes".to_owned();
    assert_eq!(only(&book), (Rule::FailedSignIns, sentence, 6));
    book.add(6 * 45_000, E::UserLoggedIn);
    let sentence = "6 failed sign-ins within 4 minutes, and then one that succeeded".to_owned();
    assert_eq!(only(&book), (Rule::FailedSignIns, sentence, 7));
    assert_eq!(book.found()[0].row, book.last());
}

#[test]
fn failed_sign_ins_are_a_burst_from_five_within_ten_minutes() {
    assert_eq!(failing(5, 150_000).rules(), [Rule::FailedSignIns], "exactly five in exactly ten minutes");
    assert_eq!(failing(4, 1_000).rules(), []);
    assert_eq!(failing(50, 150_001).rules(), [], "never five within the time");
    let mut mistyped = failing(4, 1_000);
    mistyped.add(5_000, E::UserLoggedIn);
    mistyped.add(6_000, E::UserFailedLogIn);
    assert_eq!(mistyped.rules(), [], "getting in forgives what came before");
    let mut others = failing(8, 1_000);
    others.0.iter_mut().for_each(|seen| seen.actor = seen.row % 2);
    assert_eq!(others.rules(), [], "four to each of two accounts");
    let mut slow = failing(5, 1_000);
    slow.add(4_000 + 10 * MINUTE, E::UserFailedLogIn);
    slow.add(4_000 + 20 * MINUTE, E::UserLoggedIn);
    assert_eq!(only(&slow).1, "6 failed sign-ins within 11 minutes, and then one that succeeded");
    let mut late = failing(5, 1_000);
    late.add(4_000 + 10 * MINUTE + 1, E::UserLoggedIn);
    assert_eq!(only(&late).1, "5 failed sign-ins within 1 minute");
}

fn removing(kinds: &[(E, u32)], every: i64) -> Book {
    let mut book = Book::default();
    let all = kinds.iter().flat_map(|(kind, count)| (0..*count).map(|_| *kind));
    for (number, kind) in all.enumerate() {
        book.add(number as i64 * every, kind).subject = 900 + number as u32;
    }
    book
}

#[test]
fn mass_removal_counts_each_kind() {
    let book = removing(&[(E::OrganizationUserRemoved, 14)], 25_000);
    assert_eq!(only(&book), (Rule::MassRemoval, "14 members removed within 6 minutes".to_owned(), 14));
    let mixed =
        [(E::CipherSoftDeleted, 1), (E::OrganizationUserRevoked, 2), (E::ProviderOrganizationRemoved, 9)];
    let sentence = "2 members revoked, 1 item deleted and 9 clients unlinked within 2 minutes";
    assert_eq!(only(&removing(&mixed, 10_000)).1, sentence);
}

#[test]
fn removal_is_mass_removal_from_ten_within_ten_minutes() {
    let with = |count, every| removing(&[(E::CollectionDeleted, count)], every).rules();
    assert_eq!(with(10, 10 * MINUTE / 9), [Rule::MassRemoval]);
    assert_eq!(with(9, 1_000), []);
    assert_eq!(with(100, 10 * MINUTE / 9 + 1), []);
    let mut twice = removing(&[(E::CipherSoftDeleted, 5), (E::CipherDeleted, 5)], 1_000);
    twice.0.iter_mut().for_each(|seen| seen.subject = 900 + seen.row % 5);
    assert_eq!(twice.rules(), [], "five items, each moved to the trash and then deleted for good");
    let mut directory = removing(&[(E::OrganizationUserRemoved, 50)], 1_000);
    directory.0.iter_mut().for_each(|seen| seen.actor = NONE);
    assert_eq!(directory.rules(), [], "no person did that");
}

#[test]
fn two_bursts_far_apart_are_two_and_one_that_goes_on_is_one() {
    let mut book = removing(&[(E::GroupDeleted, 10)], 1_000);
    for number in 0..10 {
        book.add(30 * MINUTE + number, E::GroupDeleted).subject = 500 + number as u32;
    }
    assert_eq!(book.rules(), [Rule::MassRemoval; 2]);
    let long = removing(&[(E::GroupDeleted, 1_000)], MINUTE);
    let found = long.found();
    assert_eq!(text(&found[0]), "1000 groups deleted within 999 minutes");
    assert_eq!((found.len(), found[0].behind.len(), found[0].row), (1, MOST_BEHIND, 999));
    assert_eq!((found[0].behind[0], found[0].behind[MOST_BEHIND - 1]), (0, 999));
}

#[test]
fn a_purge_and_every_export_are_told_at_once() {
    let mut book = Book::default();
    book.add(0, E::OrganizationPurgedVault);
    book.add(0, E::OrganizationClientExportedVault);
    book.add(0, E::UserClientExportedVault);
    book.add(0, E::CipherClientViewed);
    let found = book.found();
    let told: Vec<_> = found.iter().map(|one| (one.rule, text(one))).collect();
    assert_eq!(
        told,
        [
            (Rule::MassRemoval, "Everything in the organization’s vault deleted at once".to_owned()),
            (Rule::MassExport, "The organization’s whole vault exported".to_owned()),
            (Rule::MassExport, "A member’s own vault exported".to_owned()),
        ]
    );
}

fn reading(items: u32, every: i64, kind: E) -> Book {
    let mut book = Book::default();
    for item in 0..items {
        book.add(i64::from(item) * every, kind).subject = item;
    }
    book
}

#[test]
fn mass_reading_is_the_secrets_of_twenty_five_items_within_ten_minutes() {
    let copied = E::CipherClientCopiedPassword;
    let book = reading(25, 25_000, copied);
    let sentence = "Secrets of 25 different items shown or copied within 10 minutes".to_owned();
    assert_eq!(only(&book), (Rule::MassExport, sentence, 25));
    assert_eq!(reading(24, 1_000, copied).rules(), []);
    assert_eq!(reading(200, 25_001, copied).rules(), []);
    assert_eq!(reading(200, 1_000, E::CipherClientViewed).rules(), [], "viewing shows no secret");
    assert_eq!(reading(200, 1_000, E::CipherClientAutofilled).rules(), [], "filling in is everyday");
    let mut same = reading(200, 1_000, copied);
    same.0.iter_mut().for_each(|seen| seen.subject %= 24);
    assert_eq!(same.rules(), [], "the same items over and over");
    let mut on = reading(30, 1_000, copied);
    on.add(31_000, copied).subject = 3;
    assert_eq!(only(&on).1, "Secrets of 30 different items shown or copied within 1 minute");
}
