//! Inviting everybody who stands in a table.

use std::{collections::HashSet, rc::Rc};

use portal_bridge::{
    Action, Fault, Field, FieldProblem, GroupId, InvitationFinding, InvitationRow, InvitationsPreview,
    InviteFromTable, JobId, MemberAccess, MemberRole, PreviewInvitations, Problem, ProblemKind, Within,
};
use portal_domain::{
    invitations::{self, Entry, TableError},
    search::fold,
};

use super::{
    super::{Handle, staff::number},
    invite::start,
    look,
};
use crate::{
    Core,
    jobs::Invitation,
    stores::roster::{Choices, Overseer, Table, role_of, shown_status},
};

impl Handle for PreviewInvitations {
    async fn handle(self, core: &Rc<Core>) -> Result<InvitationsPreview, Problem> {
        let (rows, overseer) = preview(core, self.within, &self.text).await?;
        let ready = rows.iter().filter(|(_, invitation)| invitation.is_some()).count();
        Ok(InvitationsPreview {
            ready: number(ready),
            seats: overseer.seats,
            rows: rows.into_iter().map(|(row, _)| row).collect(),
        })
    }
}

impl Handle for InviteFromTable {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let (rows, _) = preview(core, self.within, &self.text).await?;
        let invitations: Vec<Invitation> =
            rows.into_iter().filter_map(|(_, invitation)| invitation).collect();
        if invitations.is_empty() {
            return Err(refused(Fault::Missing));
        }
        Ok(start(core, self.within, invitations))
    }
}

/// Every row with what would come of it, and the invitation it would be.
async fn preview(
    core: &Rc<Core>,
    within: Within,
    text: &str,
) -> Result<(Vec<(InvitationRow, Option<Invitation>)>, Overseer), Problem> {
    look(core, within).await?.1.demand(Action::ManageMembers)?;
    let entries = invitations::read(text).map_err(|error| match error {
        TableError::Empty => refused(Fault::Missing),
        TableError::NoAddresses => refused(Fault::Malformed),
        TableError::TooLong(_) => refused(Fault::TooMany { limit: number(invitations::MOST_ROWS) }),
    })?;
    let table = core.reload_member_table(within).await?;
    let overseer = core.overseer(within, &table).await?;
    let choices = core.member_choices(within).await?;
    let mut known =
        Known { members: members(&table), choices: &choices, overseer: &overseer, seen: HashSet::new() };
    let rows = entries.into_iter().map(|entry| known.judge(entry, &table)).collect();
    Ok((rows, overseer))
}

struct Known<'a> {
    /// The row of each address, in small letters.
    members: std::collections::HashMap<String, usize>,
    choices: &'a Choices,
    overseer: &'a Overseer,
    seen: HashSet<String>,
}

impl Known<'_> {
    fn judge(&mut self, entry: Entry, table: &Table) -> (InvitationRow, Option<Invitation>) {
        let role = entry.role.as_deref().map(role_of);
        let shown = role.flatten().unwrap_or(MemberRole::User);
        let (email, finding, groups) = match self.found(&entry, table, role, shown) {
            Ok((email, groups)) => (email, InvitationFinding::New, groups),
            Err((email, finding)) => (email, finding, Vec::new()),
        };
        let invitation = (finding == InvitationFinding::New).then(|| Invitation {
            email: email.clone(),
            access: MemberAccess { role: shown, permissions: Vec::new(), groups, collections: Vec::new() },
        });
        (InvitationRow { line: entry.line, email, role: shown, groups: entry.groups, finding }, invitation)
    }

    /// The address and the groups of a row that can be invited, else why not.
    fn found(
        &mut self,
        entry: &Entry,
        table: &Table,
        role: Option<Option<MemberRole>>,
        shown: MemberRole,
    ) -> Result<(String, Vec<GroupId>), (String, InvitationFinding)> {
        let email = match &entry.email {
            Ok(email) => email.clone(),
            Err((text, _)) => return Err((text.clone(), InvitationFinding::BadAddress)),
        };
        let because = |finding| Err((email.clone(), finding));
        if let Some(row) = self.members.get(&email) {
            return because(InvitationFinding::Member(shown_status(table.status(*row))));
        }
        if !self.seen.insert(email.clone()) {
            return because(InvitationFinding::Twice);
        }
        if role == Some(None) {
            return because(InvitationFinding::UnknownRole(entry.role.clone().unwrap_or_default()));
        }
        if self.overseer.demand_invitation(shown, &[]).is_err() {
            return because(InvitationFinding::RoleNotYours);
        }
        let mut groups = Vec::new();
        for name in &entry.groups {
            let wanted = fold(name);
            match self.choices.groups.iter().find(|(_, known)| fold(known) == wanted) {
                Some((id, _)) if groups.contains(id) => {}
                Some((id, _)) => groups.push(*id),
                None => return because(InvitationFinding::UnknownGroup(name.clone())),
            }
        }
        Ok((email, groups))
    }
}

fn members(table: &Table) -> std::collections::HashMap<String, usize> {
    (0..table.len()).map(|row| (table.email(row).to_lowercase(), row)).collect()
}

fn refused(fault: Fault) -> Problem {
    ProblemKind::Invalid(vec![FieldProblem { field: Field::Emails, fault, part: None }]).into()
}
