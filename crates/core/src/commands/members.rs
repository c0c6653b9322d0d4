//! The members of a client: the list, and what is done with them.

mod change;
mod confirm;
pub(super) mod export;
mod invite;
mod recover;
mod table;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use portal_bridge::{
    Action, GetMember, GetMemberChoices, GetMemberIds, GetMemberLink, GetMembers, ListState, MemberChoices,
    MemberLink, MemberNeed, MemberView, MembersView, Moment, OrganizationUserId, Problem, ProblemKind, Rows,
    Verdict, Within,
};
use portal_wire::organization::MemberRow as WireRow;

use super::{Handle, staff::number};
use crate::{
    Core,
    api::Call,
    stores::roster::{Overseer, Table, access_of},
};

/// Most rows handed out at once.
const LARGEST_WINDOW: u32 = 500;

impl Handle for GetMembers {
    async fn handle(self, core: &Rc<Core>) -> Result<MembersView, Problem> {
        let within = self.query.within;
        let (table, overseer) = look(core, within).await?;
        let roster = core.roster(within.organization);
        let found = roster.find(&self.query);
        let from = self.window.from.min(number(found.0.len()));
        let shown = found.0.iter().skip(from as usize).take(self.window.count.min(LARGEST_WINDOW) as usize);
        let counts = table.counts();
        let needs = [MemberNeed::TwoStep, MemberNeed::Recovery, MemberNeed::Recoverable];
        Ok(MembersView {
            rows: Rows {
                total: number(table.len()),
                matched: number(found.0.len()),
                from,
                rows: shown.filter_map(|row| overseer.row(&table, *row as usize)).collect(),
                state: roster.problem().map_or(ListState::Complete, ListState::Failed),
            },
            statuses: counts.statuses.clone(),
            roles: counts.roles.clone(),
            needs: needs.into_iter().zip(counts.needs).collect(),
            seats: overseer.seats,
        })
    }
}

impl Handle for GetMemberIds {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<OrganizationUserId>, Problem> {
        let (table, _) = look(core, self.0.within).await?;
        Ok(core.roster(self.0.within.organization).find(&self.0).ids(&table))
    }
}

impl Handle for GetMember {
    async fn handle(self, core: &Rc<Core>) -> Result<Box<MemberView>, Problem> {
        let Self { within, member } = self;
        let (table, overseer) = look(core, within).await?;
        let row = table.find(member).ok_or(ProblemKind::NotFound)?;
        // Who may recover accounts but not manage members is told no more than the list says.
        let access = match overseer.verdict(Action::ManageMembers) {
            Verdict::Allowed => Some(access_of(&core.fetch_member(within, member).await?)),
            Verdict::Disabled(_) | Verdict::Hidden => None,
        };
        let choices = core.member_choices(within).await?;
        let groups: Vec<_> = match &access {
            Some(access) => access.groups.clone(),
            None => table.groups(row).collect(),
        };
        let collections = access.iter().flat_map(|access| &access.collections);
        Ok(Box::new(MemberView {
            groups: groups.into_iter().map(|id| choices.group(id)).collect(),
            collections: collections.map(|(id, level)| (choices.collection(*id), *level)).collect(),
            access,
            row: overseer.row(&table, row).ok_or(ProblemKind::NotFound)?,
            external_id: table.external_id(row).map(str::to_owned),
            since: table.since(row).map(Moment),
            revoked_because: table.revoked_because(row).map(|reason| reason.number()),
            sso: table.sso(row),
            claimed: table.claimed(row),
        }))
    }
}

impl Handle for GetMemberChoices {
    async fn handle(self, core: &Rc<Core>) -> Result<MemberChoices, Problem> {
        let (_, overseer) = look(core, self.0).await?;
        overseer.demand(Action::ManageMembers)?;
        let choices = core.member_choices(self.0).await?;
        Ok(MemberChoices {
            roles: overseer.roles(),
            inviting: overseer.roles_at_inviting(),
            permissions: overseer.permissions(),
            groups: choices.groups.clone(),
            collections: choices.collections.clone(),
            seats: overseer.seats,
        })
    }
}

impl Handle for GetMemberLink {
    async fn handle(self, core: &Rc<Core>) -> Result<Option<MemberLink>, Problem> {
        let links = core.member_links(self.within).await?;
        Ok(links.into_iter().find(|(id, _)| *id == self.member).map(|(_, link)| link))
    }
}

impl Core {
    /// One member, as the server tells of it now.
    async fn fetch_member(&self, within: Within, member: OrganizationUserId) -> Result<WireRow, Problem> {
        let organization = within.organization;
        // Saving replaces both lists, so both must have come: a server that was not asked for one may leave it out.
        let wanted = "includeCollections=true&includeGroups=true";
        let call = Call::get(format!("/api/organizations/{organization}/users/{member}?{wanted}"));
        let read: WireRow = self.api.json(&call).await?;
        if read.id == member { Ok(read) } else { Err(ProblemKind::Mismatch.into()) }
    }
}

/// The members, for whoever may see them.
async fn look(core: &Rc<Core>, within: Within) -> Result<(Rc<Table>, Overseer), Problem> {
    // Whoever may not look does not get as far as asking the server.
    core.overseer(within, &Table::default()).await?.demand_look()?;
    let table = core.member_table(within).await?;
    let overseer = core.overseer(within, &table).await?;
    Ok((table, overseer))
}

/// What members are called, for those who are still there.
fn labels(table: &Table, members: &[OrganizationUserId]) -> Vec<String> {
    let label = |id: &OrganizationUserId| match table.find(*id) {
        Some(row) => table.label(row).to_owned(),
        None => id.to_string(),
    };
    members.iter().map(label).collect()
}
