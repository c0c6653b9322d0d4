use std::rc::Rc;

use portal_bridge::{Action, Problem, ProblemKind, ProviderId, Reason, Verdict};
use portal_domain::access::{Situation, StaffTarget, Subject, staff_verdict, verdict};

use super::{List, Person};
use crate::{Core, session::Me};

/// What can be done with one of the staff.
const ROW_ACTIONS: [Action; 5] = [
    Action::ResendStaffInvitation,
    Action::ConfirmStaff,
    Action::ChangeStaffRole,
    Action::RemoveStaff,
    Action::ViewProviderEvents,
];

/// Who asks, and what the rights depend on.
pub(crate) struct Asker {
    pub(super) me: Rc<Me>,
    subject: Subject,
    situation: Situation,
}

impl Core {
    /// Who asks about the staff of a provider.
    pub(crate) async fn asker(&self, provider: ProviderId) -> Result<Asker, Problem> {
        let (subject, situation) = self.rights_base(provider).await?;
        Ok(Asker { subject, situation, me: self.open()?.me() })
    }
}

impl Asker {
    /// Refuses what the role does not have, or not now, before the server would.
    pub(crate) fn demand(&self, action: Action) -> Result<(), Problem> {
        refused(verdict(action, self.subject, &self.situation))
    }

    /// The same for one of the staff.
    pub(crate) fn demand_for(&self, action: Action, list: &List, person: &Person) -> Result<(), Problem> {
        refused(self.verdict_for(action, list, person))
    }

    pub(super) fn rights(&self, list: &List, person: &Person) -> Vec<(Action, Verdict)> {
        ROW_ACTIONS.iter().map(|action| (*action, self.verdict_for(*action, list, person))).collect()
    }

    pub(super) fn is_me(&self, person: &Person) -> bool {
        person.user == Some(self.me.id)
    }

    fn verdict_for(&self, action: Action, list: &List, person: &Person) -> Verdict {
        let target = StaffTarget {
            yourself: self.is_me(person),
            role: person.role,
            status: person.status,
            another_admin: list.another_admin(person.id),
        };
        staff_verdict(action, self.subject, &self.situation, &target)
    }
}

fn refused(verdict: Verdict) -> Result<(), Problem> {
    match verdict {
        Verdict::Allowed => Ok(()),
        Verdict::Hidden => Err(ProblemKind::NotAllowed.into()),
        Verdict::Disabled(Reason::LastAdmin) => Err(ProblemKind::LastAdmin.into()),
        Verdict::Disabled(Reason::KeyMissing) => Err(ProblemKind::CannotDecrypt.into()),
        Verdict::Disabled(reason) => Err(Problem::with(ProblemKind::Refused, format!("{reason:?}"))),
    }
}
