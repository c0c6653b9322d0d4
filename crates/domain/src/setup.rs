//! The recommended set-up of a new client, step by step, and how far one is.

use serde::{Deserialize, Serialize};

/// A step, in the order they are best taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StepKind {
    /// The organization exists.
    Organization,
    /// Two confirmed Owners of the client's own: one forgotten master password must not lock everybody out.
    AdministrativeSeats,
    /// A collection beside the one every client begins with.
    Collections,
    /// Something to share.
    FirstItems,
    /// At least one policy is on.
    Policies,
    /// At least one group.
    Groups,
    /// Somebody who is not there to administer.
    People,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StepState {
    /// Taken.
    Done,
    /// To be taken.
    Open,
    /// The client's plan does not have it, so there is nothing to do.
    NotInPlan,
    /// The role does not see it, or the server does not tell.
    Unknown,
}

/// A step with its progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// Where it stands.
    pub state: StepState,
    /// What there is of it: confirmed Owners, collections, policies that are on…
    pub have: u32,
}

/// What a client holds, as far as the person asking may know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holdings {
    /// Confirmed Owners who are members of the client.
    pub owners: Option<u32>,
    /// Confirmed members who neither own nor administer it.
    pub people: Option<u32>,
    /// Shared collections.
    pub collections: Option<u32>,
    /// Items, counted only as far as the first; `None` as well where nobody asked for any.
    pub items: Option<u32>,
    /// Policies that are on.
    pub policies: Option<u32>,
    /// Groups.
    pub groups: Option<u32>,
    /// The plan has policies.
    pub has_policies: bool,
    /// The plan has groups.
    pub has_groups: bool,
}

/// Confirmed Owners a client is to have.
pub const OWNERS: u32 = 2;

/// Every step with its progress.
pub fn steps(held: &Holdings) -> [Step; 7] {
    let step = |kind, have: Option<u32>, wanted: u32, in_plan: bool| Step {
        kind,
        have: have.unwrap_or_default(),
        state: match have {
            _ if !in_plan => StepState::NotInPlan,
            None => StepState::Unknown,
            Some(have) if have >= wanted => StepState::Done,
            Some(_) => StepState::Open,
        },
    };
    [
        step(StepKind::Organization, Some(1), 1, true),
        step(StepKind::AdministrativeSeats, held.owners, OWNERS, true),
        step(StepKind::Collections, held.collections, 2, true),
        step(StepKind::FirstItems, held.items, 1, true),
        step(StepKind::Policies, held.policies, 1, held.has_policies),
        step(StepKind::Groups, held.groups, 1, held.has_groups),
        step(StepKind::People, held.people, 1, true),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(held: &Holdings) -> Vec<StepState> {
        steps(held).iter().map(|step| step.state).collect()
    }

    #[test]
    fn a_new_client_has_taken_the_first_step_alone() {
        let held = Holdings {
            owners: Some(0),
            people: Some(0),
            collections: Some(1),
            items: Some(0),
            policies: Some(0),
            groups: Some(0),
            has_policies: true,
            has_groups: true,
        };
        let mut expected = vec![StepState::Open; 7];
        expected[0] = StepState::Done;
        assert_eq!(states(&held), expected);
    }

    #[test]
    fn one_owner_is_not_enough_and_two_are() {
        let with = |owners| steps(&Holdings { owners: Some(owners), ..Holdings::default() })[1];
        assert_eq!((with(1).state, with(1).have), (StepState::Open, 1));
        assert_eq!(with(2).state, StepState::Done);
    }

    #[test]
    fn what_the_plan_lacks_is_no_open_step_even_when_the_server_tells_of_it() {
        let held = Holdings { policies: Some(0), groups: None, ..Holdings::default() };
        assert_eq!(states(&held)[4..6], [StepState::NotInPlan, StepState::NotInPlan]);
    }

    #[test]
    fn what_the_role_does_not_see_is_neither_open_nor_done() {
        assert_eq!(states(&Holdings::default())[1], StepState::Unknown);
    }
}
