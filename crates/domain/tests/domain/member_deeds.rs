use portal_domain::access::{MemberDeed, MemberTarget, Reason, Situation, Subject, Verdict, member_verdict};
use portal_wire::{OrganizationUserStatus as Status, OrganizationUserType as Role, profile::Permissions};

fn target() -> MemberTarget {
    MemberTarget {
        yourself: false,
        role: Role::User,
        status: Status::Confirmed,
        last_owner: false,
        claimed: false,
        recoverable: true,
        seat_free: true,
    }
}

fn on(deed: MemberDeed, subject: Subject, target: MemberTarget) -> Verdict {
    member_verdict(deed, &[subject], &Situation::default(), &target)
}

fn allowed(subject: Subject, target: MemberTarget) -> Vec<MemberDeed> {
    MemberDeed::ALL.into_iter().filter(|deed| on(*deed, subject, target) == Verdict::Allowed).collect()
}

#[test]
fn the_status_says_what_can_be_done() {
    use MemberDeed::*;
    for (status, deeds) in [
        (Status::Invited, vec![Resend, Edit, Revoke, Remove]),
        (Status::Accepted, vec![Confirm, Edit, Revoke, Remove]),
        (Status::Confirmed, vec![Edit, Revoke, Remove, Recover]),
        (Status::Revoked, vec![Edit, Restore, Remove]),
        (Status::Unknown(9), vec![Edit, Revoke, Remove]),
    ] {
        assert_eq!(allowed(Subject::Owner, MemberTarget { status, ..target() }), deeds, "{status:?}");
    }
}

#[test]
fn nobody_reaches_above_their_own_role() {
    let custom = Subject::Custom(Permissions { manage_users: true, ..Permissions::default() });
    for (subject, role, reaches) in [
        (Subject::ServiceUser, Role::Owner, true),
        (Subject::Owner, Role::Owner, true),
        (Subject::Admin, Role::Owner, false),
        (Subject::Admin, Role::Admin, true),
        (custom, Role::Admin, false),
        (custom, Role::Custom, true),
    ] {
        let expected = if reaches { Verdict::Allowed } else { Verdict::Disabled(Reason::HigherRole) };
        assert_eq!(
            on(MemberDeed::Edit, subject, MemberTarget { role, ..target() }),
            expected,
            "{subject:?} {role:?}"
        );
    }
    assert_eq!(on(MemberDeed::Edit, Subject::User, target()), Verdict::Hidden);
    assert_eq!(on(MemberDeed::Recover, custom, target()), Verdict::Hidden, "another permission gives that");
}

#[test]
fn whoever_acts_in_two_capacities_has_the_better_of_both() {
    let owner = MemberTarget { role: Role::Owner, ..target() };
    let both = [Subject::User, Subject::ServiceUser];
    assert_eq!(member_verdict(MemberDeed::Revoke, &both, &Situation::default(), &owner), Verdict::Allowed);
}

#[test]
fn what_stands_in_the_way_is_said() {
    let disabled = Verdict::Disabled;
    let with = |target: MemberTarget| move |deed| on(deed, Subject::Owner, target);
    let me = with(MemberTarget { yourself: true, ..target() });
    assert_eq!(me(MemberDeed::Remove), disabled(Reason::Yourself));
    assert_eq!(me(MemberDeed::Edit), Verdict::Allowed);
    let last = with(MemberTarget { role: Role::Owner, last_owner: true, ..target() });
    assert_eq!(last(MemberDeed::Revoke), disabled(Reason::LastOwner));
    let claimed = with(MemberTarget { claimed: true, ..target() });
    assert_eq!(claimed(MemberDeed::Remove), disabled(Reason::Claimed));
    assert_eq!(claimed(MemberDeed::Revoke), Verdict::Allowed);
    let full = with(MemberTarget { status: Status::Revoked, seat_free: false, ..target() });
    assert_eq!(full(MemberDeed::Restore), disabled(Reason::SeatsTaken));
    let private = with(MemberTarget { recoverable: false, ..target() });
    assert_eq!(private(MemberDeed::Recover), disabled(Reason::NotEnrolled));
}
