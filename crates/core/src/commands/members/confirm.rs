use std::rc::Rc;

use portal_bridge::{
    Action, ConfirmMembers, GetMemberPhrases, JobId, JobKind, MemberPhrase, Problem, ResendToMembers,
};
use portal_wire::OrganizationUserStatus;

use super::{super::Handle, labels, look};
use crate::{
    Core,
    jobs::{self, start_rows},
    sort::once,
};

impl Handle for ResendToMembers {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let (table, overseer) = look(core, self.within).await?;
        overseer.demand(Action::ManageMembers)?;
        let members = once(self.members, |one, other| one.cmp(other));
        let labels = labels(&table, &members);
        let work = jobs::ResendToMembers { within: self.within, members };
        let provider = self.within.provider.unwrap_or_default();
        Ok(start_rows(core, provider, JobKind::ResendToMembers, labels, work))
    }
}

impl Handle for GetMemberPhrases {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<MemberPhrase>, Problem> {
        look(core, self.within).await?.1.demand(Action::ManageMembers)?;
        let members = once(self.members, |one, other| one.cmp(other));
        // Somebody may have accepted just now.
        let table = core.reload_member_table(self.within).await?;
        let keys = core.member_keys(self.within.organization, &members).await?;
        let labels = labels(&table, &members);
        let phrases = members.into_iter().zip(labels).map(|(id, label)| {
            let row = table.find(id);
            let waiting = row.is_some_and(|row| table.status(row) == OrganizationUserStatus::Accepted);
            let key = keys.get(&id).filter(|_| waiting);
            MemberPhrase {
                member: id,
                label,
                changed: key.is_some_and(|key| core.phrase_changed(key.user, &key.phrase)),
                phrase: key.map(|key| key.phrase.clone()),
            }
        });
        Ok(phrases.collect())
    }
}

impl Handle for ConfirmMembers {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let (table, overseer) = look(core, self.within).await?;
        overseer.demand(Action::ManageMembers)?;
        // Opened, and held to be this organization's, before anybody is told that it can be handed out.
        core.space_key(self.within).await?;
        let members = once(self.members, |one, other| one.0.cmp(&other.0));
        for (id, phrase) in &members {
            if let Some(user) = table.find(*id).and_then(|row| table.user(row)) {
                core.note_compared(user, phrase);
            }
        }
        let labels = labels(&table, &members.iter().map(|(id, _)| *id).collect::<Vec<_>>());
        let work = jobs::ConfirmMembers { within: self.within, members };
        let provider = self.within.provider.unwrap_or_default();
        Ok(start_rows(core, provider, JobKind::ConfirmMembers, labels, work))
    }
}
