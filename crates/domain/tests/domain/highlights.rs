use std::collections::HashSet;

use portal_domain::timeline::{Part, highlights::*};
use portal_wire::EventType::{self as E};
use proptest::{collection::vec, prelude::*};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// A Monday at midnight in UTC.
const START: i64 = 20_454 * DAY;
const ANA: u32 = 7;
const HOME: u32 = 50;
const AWAY: u32 = 51;
const PHONE: u32 = 61;
const LAPTOP: u32 = 60;

/// A log that is being written: an event a call.
#[derive(Default)]
struct Book(Vec<Seen>);

impl Book {
    fn add(&mut self, date: i64, kind: E) -> &mut Seen {
        let row = self.0.len() as u32;
        self.0.push(Seen {
            row,
            date: START + date,
            kind,
            actor: ANA,
            address: HOME,
            device: LAPTOP,
            place: NONE,
            subject: NONE,
            becomes_owner: false,
            policy_now_off: false,
            is_staff: false,
        });
        self.0.last_mut().unwrap()
    }

    /// So many events a day for so many days, from nine o'clock, one every ten minutes.
    fn habit(days: i64, a_day: i64) -> Self {
        let mut book = Self::default();
        for day in 0..days {
            for number in 0..a_day {
                book.add(day * DAY + 9 * HOUR + number * 10 * MINUTE, E::CipherClientViewed);
            }
        }
        book
    }

    fn found(&self) -> Vec<Highlight> {
        self.with(&[], RuleSet::ALL)
    }

    fn with(&self, zone: &[(i64, i32)], rules: RuleSet) -> Vec<Highlight> {
        highlights(&mut self.0.iter().copied(), zone, rules)
    }

    fn rules(&self) -> Vec<Rule> {
        self.found().iter().map(|highlight| highlight.rule).collect()
    }

    fn last(&self) -> u32 {
        self.0.last().unwrap().row
    }
}

fn text(highlight: &Highlight) -> String {
    let names = |mention| {
        Some(match mention {
            Mention::Address(AWAY) => "203.0.113.94".to_owned(),
            Mention::Device(PHONE) => "iOS app".to_owned(),
            Mention::Place(9) => "Cobalt Freight".to_owned(),
            Mention::Member(3) => "Cid Poe".to_owned(),
            Mention::Policy(4) => "Require two-step login".to_owned(),
            _ => return None,
        })
    };
    why(highlight, &names).iter().map(Part::text).collect()
}

/// The one highlight there is, its sentence, and how many rows are behind it.
fn only(book: &Book) -> (Rule, String, usize) {
    let found = book.found();
    assert_eq!(found.len(), 1, "{found:?}");
    let one = &found[0];
    assert_eq!(one.behind.last(), Some(&one.row));
    (one.rule, text(one), one.behind.len())
}

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

#[test]
fn what_weakens_protection_is_told_and_what_strengthens_it_is_not() {
    let mut book = Book::default();
    book.add(0, E::PolicyUpdated).subject = 4;
    for kind in [
        E::UserUpdated2fa,
        E::OrganizationEnabledSso,
        E::OrganizationCollectionManagementLimitCollectionCreationEnabled,
        E::OrganizationCollectionManagementLimitCollectionDeletionEnabled,
        E::OrganizationCollectionManagementLimitItemDeletionEnabled,
        E::OrganizationCollectionManagementAllowAdminAccessToAllCollectionItemsDisabled,
        E::OrganizationUserAdminResetPassword,
    ] {
        book.add(0, kind).policy_now_off = true;
    }
    assert_eq!(book.rules(), []);
    let weakening = [
        (
            E::PolicyUpdated,
            "Require two-step login turned off: this was the last time it was saved, and it is off now",
        ),
        (E::UserDisabled2fa, "Own two-step login turned off"),
        (E::UserRecovered2fa, "Recovery code used: two-step login is off until it is set up again"),
        (E::OrganizationUserAdminResetTwoFactor, "Two-step login taken off the account of a member"),
        (E::OrganizationDisabledSso, "Single sign-on turned off"),
        (
            E::OrganizationCollectionManagementLimitCollectionCreationDisabled,
            "Every member may create collections from now on",
        ),
        (
            E::OrganizationCollectionManagementLimitCollectionDeletionDisabled,
            "Members may delete the collections they manage from now on",
        ),
        (
            E::OrganizationCollectionManagementLimitItemDeletionDisabled,
            "Every member who can edit an item may delete it from now on",
        ),
        (
            E::OrganizationCollectionManagementAllowAdminAccessToAllCollectionItemsEnabled,
            "Owners and Admins reach every item from now on",
        ),
    ];
    for (kind, sentence) in weakening {
        let mut book = Book::default();
        let seen = book.add(0, kind);
        (seen.actor, seen.subject, seen.policy_now_off) = (NONE, 4, kind == E::PolicyUpdated);
        assert_eq!(only(&book), (Rule::ProtectionWeakened, sentence.to_owned(), 1));
    }
}

fn owner(book: &mut Book, date: i64, kind: E) {
    let seen = book.add(date, kind);
    (seen.place, seen.subject, seen.becomes_owner) = (9, 3, true);
}

#[test]
fn an_owner_is_told_once_from_invitation_to_confirmation() {
    let mut book = Book::default();
    owner(&mut book, 0, E::OrganizationUserInvited);
    assert_eq!(only(&book), (Rule::OwnerAdded, "Cid Poe invited as an Owner".to_owned(), 1));
    owner(&mut book, DAY, E::OrganizationUserConfirmed);
    assert_eq!(only(&book), (Rule::OwnerAdded, "Cid Poe confirmed as an Owner".to_owned(), 2));
    owner(&mut book, 2 * DAY, E::OrganizationUserUpdated);
    assert_eq!(book.rules(), [Rule::OwnerAdded; 2], "once more, after something else");
    assert_eq!(text(&book.found()[1]), "Cid Poe made an Owner");
    let mut member = Book::default();
    for kind in [E::OrganizationUserInvited, E::OrganizationUserConfirmed, E::OrganizationUserUpdated] {
        member.add(0, kind).subject = 3;
    }
    assert_eq!(member.rules(), [], "no Owner");
}

#[test]
fn the_first_owner_of_a_client_just_created_is_a_matter_of_course() {
    let created = |after, first: bool| {
        let mut book = Book::default();
        let invite = |book: &mut Book| owner(book, after, E::OrganizationUserInvited);
        if first {
            invite(&mut book);
        }
        book.add(0, E::ProviderOrganizationCreated).place = 9;
        if !first {
            invite(&mut book);
        }
        owner(&mut book, DAY, E::OrganizationUserConfirmed);
        book.rules()
    };
    assert_eq!(created(MINUTE, false), []);
    assert_eq!(created(0, true), [], "at one moment any order will do");
    assert_eq!(created(MINUTE + 1, false), [Rule::OwnerAdded]);
    let mut again = Book::default();
    again.add(0, E::ProviderOrganizationCreated).place = 9;
    owner(&mut again, 0, E::OrganizationUserInvited);
    owner(&mut again, DAY, E::OrganizationUserConfirmed);
    owner(&mut again, 2 * DAY, E::OrganizationUserConfirmed);
    assert_eq!(again.rules(), [Rule::OwnerAdded], "only the first time");
}

/// A staff member's visits to nine clients, one every eight hours.
fn visits(count: i64, every: i64) -> Book {
    let mut book = Book::default();
    for visit in 0..count {
        let seen = book.add(12 * HOUR + visit * every, E::ProviderOrganizationVaultAccessed);
        (seen.place, seen.is_staff) = (100 + (visit % 9) as u32, true);
    }
    book
}

fn enter(mut book: Book, after: i64) -> Book {
    let date = book.0[0].date - START + after;
    let seen = book.add(date, E::OrganizationVaultAccessed);
    (seen.place, seen.is_staff) = (9, true);
    book
}

#[test]
fn staff_who_enter_a_client_for_the_first_time_after_many_visits_elsewhere_are_told() {
    let mut rules = RuleSet::EMPTY.with(Rule::FirstVisit);
    let book = enter(visits(61, 8 * HOUR), 61 * 8 * HOUR);
    let found = book.with(&[], rules);
    // Of the nine the last was first visited too early to be told.
    assert_eq!(found.len(), 1);
    assert_eq!(text(&found[0]), "First time in Cobalt Freight, after 61 visits to 9 other clients");
    let again = enter(book, 70 * 8 * HOUR);
    assert_eq!(again.with(&[], rules).len(), 1, "the second visit is not the first");
    let mut member = enter(visits(61, 8 * HOUR), 61 * 8 * HOUR);
    member.0.iter_mut().for_each(|seen| seen.is_staff = false);
    assert_eq!(member.with(&[], rules), []);
    rules = rules.without(Rule::FirstVisit);
    assert_eq!(again.with(&[], rules), []);
}

#[test]
fn a_first_visit_needs_five_visits_elsewhere_over_seven_days() {
    let told = |count, every, after| {
        let book = enter(visits(count, every), after);
        book.with(&[], RuleSet::EMPTY.with(Rule::FirstVisit)).len()
    };
    assert_eq!(told(5, HOUR, 7 * DAY), 1, "exactly five, exactly seven days ago");
    assert_eq!(told(4, HOUR, 7 * DAY), 0);
    assert_eq!(told(5, HOUR, 7 * DAY - 1), 0);
    // Going in and out of one client without a pause is one visit.
    let mut restless = visits(5, MINUTE);
    restless.0.iter_mut().for_each(|seen| seen.place = 100);
    assert_eq!(enter(restless, 7 * DAY).with(&[], RuleSet::EMPTY.with(Rule::FirstVisit)), []);
}

#[test]
fn a_muted_rule_is_left_out_and_nothing_else() {
    let mut book = Book::habit(5, 10);
    let seen = book.add(5 * DAY + 2 * HOUR, E::OrganizationClientExportedVault);
    (seen.address, seen.device) = (AWAY, PHONE);
    let all = [Rule::MassExport, Rule::NewAddress, Rule::NewDevice, Rule::UnusualHour];
    assert_eq!(book.rules(), all);
    for muted in all {
        let rules: Vec<_> =
            book.with(&[], RuleSet::ALL.without(muted)).iter().map(|highlight| highlight.rule).collect();
        let rest: Vec<_> = all.into_iter().filter(|rule| *rule != muted).collect();
        assert_eq!(rules, rest);
    }
    assert_eq!(book.with(&[], RuleSet::EMPTY), []);
}

#[test]
fn every_rule_has_a_key_of_its_own() {
    let keys: HashSet<_> = Rule::ALL.into_iter().map(Rule::key).collect();
    assert_eq!(keys.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        assert_eq!(Rule::from_key(rule.key()), Some(rule));
        assert!(RuleSet::EMPTY.with(rule).has(rule) && !RuleSet::ALL.without(rule).has(rule));
    }
    assert_eq!(Rule::from_key("new-"), None);
}

#[test]
fn an_event_from_the_future_and_clocks_at_the_ends_of_time_break_nothing() {
    let mut book = Book::habit(5, 10);
    book.add(i64::MAX - START, E::CipherClientViewed).address = AWAY;
    book.add(0, E::OrganizationUserRemoved);
    book.0.last_mut().unwrap().date = i64::MIN;
    let found = book.with(&[(i64::MIN, i32::MAX), (0, i32::MIN), (1, 0)], RuleSet::ALL);
    assert_eq!(found[0].rule, Rule::NewAddress);
}

fn any_kind() -> impl Strategy<Value = E> {
    prop_oneof![
        prop::sample::select(E::ALL),
        prop::sample::select(
            &[
                E::UserLoggedIn,
                E::UserFailedLogIn,
                E::OrganizationUserRemoved,
                E::CipherClientCopiedPassword,
                E::OrganizationUserInvited,
                E::ProviderOrganizationCreated,
                E::ProviderOrganizationVaultAccessed,
            ][..]
        ),
        (0..9_999_i32).prop_map(E::from_number),
    ]
}

fn few() -> impl Strategy<Value = u32> {
    prop_oneof![9 => 0..4_u32, 1 => Just(NONE)]
}

prop_compose! {
    fn any_seen(step: i64)(
        date in prop_oneof![9 => (0..400_i64).prop_map(move |number| number * step), 1 => any::<i64>()],
        kind in any_kind(),
        (actor, address, device, place, subject) in (0..2_u32, few(), few(), few(), 0..40_u32),
        (becomes_owner, policy_now_off, is_staff) in any::<(bool, bool, bool)>(),
    ) -> Seen {
        Seen { row: 0, date, kind, actor, address, device, place, subject, becomes_owner, policy_now_off, is_staff }
    }
}

fn numbered(mut log: Vec<Seen>) -> Vec<Seen> {
    (0..).zip(&mut log).for_each(|(row, seen)| seen.row = row * 3 + 1);
    log
}

proptest! {
    #[test]
    fn of_one_date_any_order_gives_the_same(
        log in prop_oneof![vec(any_seen(1), 0..400), vec(any_seen(HOUR), 0..400), vec(any_seen(MINUTE), 0..400)],
        shuffle: u64,
    ) {
        let mut log = numbered(log);
        log.sort_by_key(|seen| seen.date);
        let found = highlights(&mut log.iter().copied(), &[], RuleSet::ALL);
        // Reversed, and then mixed.
        log.sort_by_key(|seen| (seen.date, std::cmp::Reverse(seen.row)));
        prop_assert_eq!(&found, &highlights(&mut log.iter().copied(), &[], RuleSet::ALL));
        log.sort_by_key(|seen| (seen.date, (u64::from(seen.row) ^ shuffle).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        prop_assert_eq!(&found, &highlights(&mut log.iter().copied(), &[], RuleSet::ALL));
    }

    #[test]
    fn whatever_comes_only_rows_that_were_given_are_behind_a_highlight(
        log in vec(any_seen(HOUR), 0..400),
        zone in vec(any::<(i64, i32)>(), 0..3),
        muted in prop::sample::select(&Rule::ALL[..]),
    ) {
        let log = numbered(log);
        let rules = RuleSet::ALL.without(muted);
        for found in highlights(&mut log.iter().copied(), &zone, rules) {
            prop_assert!(rules.has(found.rule));
            prop_assert!(!found.behind.is_empty() && found.behind.len() <= MOST_BEHIND);
            prop_assert_eq!(found.behind.last(), Some(&found.row));
            prop_assert!(found.behind.iter().all(|row| row % 3 == 1 && ((row / 3) as usize) < log.len()));
            let told = text(&found);
            prop_assert!(!told.is_empty() && !told.ends_with('.'));
            prop_assert!(found.behind.iter().collect::<HashSet<_>>().len() == found.behind.len());
        }
    }
}

/// The figure for `docs/performance.md`: `cargo test --release -p portal-domain -- --ignored a_million --nocapture`.
#[test]
#[ignore = "a measurement"]
fn a_million_events_are_looked_through() {
    let mut state = 1_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    const EVERYDAY: [E; 6] = [
        E::UserLoggedIn,
        E::CipherClientViewed,
        E::CipherClientAutofilled,
        E::CipherClientCopiedPassword,
        E::CipherUpdated,
        E::OrganizationVaultAccessed,
    ];
    // Ten thousand people in a thousand clients, in sittings that overlap.
    let mut sittings = [(0_u64, 0_u64); 64];
    let log: Vec<Seen> = (0..1_000_000_u32)
        .map(|row| {
            let sitting = &mut sittings[row as usize % 64];
            if sitting.1 == 0 {
                *sitting = (random(10_000), 5 + random(20));
            }
            sitting.1 -= 1;
            let actor = sitting.0;
            let rare = random(50) == 0;
            Seen {
                row,
                date: START + i64::from(row) * 30_000,
                kind: if rare { E::ALL[random(153) as usize] } else { EVERYDAY[random(6) as usize] },
                actor: actor as u32,
                address: (actor * 4 + random(200) / 190) as u32,
                device: random(3) as u32,
                place: (actor % 1_000) as u32,
                subject: random(100_000) as u32,
                becomes_owner: rare && random(20) == 0,
                policy_now_off: rare && random(5) == 0,
                is_staff: actor < 50,
            }
        })
        .collect();
    let best = (0..5)
        .map(|_| {
            let start = std::time::Instant::now();
            let found =
                highlights(&mut log.iter().copied(), &[(0, 60), (START + 90 * DAY, 120)], RuleSet::ALL);
            assert!(!found.is_empty());
            (start.elapsed(), found.len())
        })
        .min()
        .unwrap();
    eprintln!("{best:?}");
}
