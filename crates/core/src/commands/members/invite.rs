use std::rc::Rc;

use portal_bridge::{
    Action, CollectionId, GroupId, InviteMembers, JobId, JobKind, MemberAccess, Problem, ProblemKind, Within,
};

use super::{
    super::{Handle, staff::addresses},
    look,
};
use crate::{
    Core,
    jobs::{self, Invitation, start_rows},
    stores::roster::Choices,
};

impl Handle for InviteMembers {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let (_, overseer) = look(core, self.within).await?;
        overseer.demand(Action::ManageMembers)?;
        overseer.demand_invitation(self.access.role, &self.access.permissions)?;
        let emails = addresses(&self.emails)?;
        check_choices(&*core.member_choices(self.within).await?, &self.access, &[])?;
        let invitation = |email: String| Invitation { email, access: self.access.clone() };
        let invitations: Vec<Invitation> = emails.into_iter().map(invitation).collect();
        Ok(start(core, self.within, invitations))
    }
}

/// Starts inviting.
pub(super) fn start(core: &Rc<Core>, within: Within, invitations: Vec<Invitation>) -> JobId {
    let labels = invitations.iter().map(|one| one.email.clone()).collect();
    let work = jobs::InviteMembers { within, invitations };
    start_rows(core, within.provider.unwrap_or_default(), JobKind::InviteMembers, labels, work)
}

/// Refuses groups and collections that are not this client's, or not one's own to give: nothing of another client ever stands
/// in a request. What somebody has already, `kept`, may stay.
pub(super) fn check_choices(
    choices: &Choices,
    access: &MemberAccess,
    kept: &[CollectionId],
) -> Result<(), Problem> {
    let group = |id: &GroupId| choices.groups.iter().any(|(known, _)| known == id);
    let collection = |id: &CollectionId| {
        kept.contains(id) || choices.collections.iter().any(|known| known.id == *id && known.grantable)
    };
    if access.groups.iter().all(group) && access.collections.iter().all(|(id, _)| collection(id)) {
        Ok(())
    } else {
        Err(ProblemKind::NotFound.into())
    }
}
