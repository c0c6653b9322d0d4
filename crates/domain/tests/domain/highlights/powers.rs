use super::*;

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
