//! Who may change or delete one collection.

use portal_domain::access::{
    Action, ClientSituation, CollectionTarget, Reason, Situation, Subject, Verdict, collection_verdict,
};

const CHANGE: Action = Action::EditCollection;
const DELETE: Action = Action::DeleteCollection;
const LIMITED: Verdict = Verdict::Disabled(Reason::LimitedBySettings);

fn verdict(action: Action, subject: Subject, reached: bool, target: CollectionTarget) -> Verdict {
    let client = ClientSituation { admins_reach_everything: reached, ..ClientSituation::default() };
    collection_verdict(action, &[subject], &Situation { client, ..Situation::default() }, &target)
}

#[test]
fn whoever_manages_a_collection_may_change_it_and_nobody_else_of_the_same_role() {
    let managed = CollectionTarget { managed: true, ..CollectionTarget::default() };
    for subject in [Subject::User, Subject::Admin, Subject::Owner] {
        assert_eq!(verdict(CHANGE, subject, false, managed), Verdict::Allowed, "{subject:?}");
        assert_eq!(verdict(CHANGE, subject, false, CollectionTarget::default()), LIMITED, "{subject:?}");
    }
}

#[test]
fn owners_and_admins_take_over_what_nobody_manages() {
    let unmanaged = CollectionTarget { unmanaged: true, ..CollectionTarget::default() };
    assert_eq!(verdict(CHANGE, Subject::Owner, false, unmanaged), Verdict::Allowed);
    assert_eq!(verdict(DELETE, Subject::Admin, false, unmanaged), Verdict::Allowed);
    assert_eq!(verdict(CHANGE, Subject::User, false, unmanaged), LIMITED);
}

#[test]
fn a_setting_leaves_deleting_to_owners_and_admins_even_for_those_who_manage() {
    let limited = CollectionTarget { managed: true, limits_deletion: true, ..CollectionTarget::default() };
    assert_eq!(verdict(DELETE, Subject::User, false, limited), LIMITED);
    assert_eq!(verdict(CHANGE, Subject::User, false, limited), Verdict::Allowed);
    assert_eq!(verdict(DELETE, Subject::Admin, false, limited), Verdict::Allowed);
}

#[test]
fn staff_reach_every_collection_but_what_is_somebodys_own() {
    let own = CollectionTarget { somebodys_own: true, managed: true, ..CollectionTarget::default() };
    for subject in [Subject::ProviderAdmin, Subject::ServiceUser] {
        assert_eq!(verdict(DELETE, subject, false, CollectionTarget::default()), Verdict::Allowed);
        assert_eq!(verdict(DELETE, subject, true, own), LIMITED);
    }
    assert_eq!(verdict(CHANGE, Subject::Nobody, true, own), Verdict::Hidden);
}
