use std::rc::Rc;

use futures::{FutureExt, future::LocalBoxFuture};
use portal_bridge::{
    Action, GroupId, OrganizationId, OrganizationUserId, Part, Problem, ProblemKind, Verdict, Within,
};
use portal_domain::search::fold;
use portal_wire::group::GroupDetails;
use serde::Deserialize;

use super::{Group, Groups};
use crate::{
    Core,
    api::{Call, RowSink, read},
    sort::sort_by,
    stores::{collections::levels, kept::Kept},
};

impl Kept for Groups {
    const PART: Part = Part::Groups;

    fn read<'a>(core: &'a Rc<Core>, within: Within) -> LocalBoxFuture<'a, Result<Self, Problem>> {
        async move {
            let organization = within.organization;
            let rights = core.rights_in(within).await?;
            // Whoever may not administer groups may still learn what they are called (contract §4.5).
            let details =
                if rights.verdict(Action::ViewGroupDetails) == Verdict::Allowed { "/details" } else { "" };
            let mut rows = Rows { organization, read: Vec::new() };
            let call = Call::get(format!("/api/organizations/{organization}/groups{details}"));
            core.api.rows(&call, "data", &mut rows).await?;
            let mut all = rows.read;
            sort_by(&mut all, |one, other| (fold(&one.name), one.id).cmp(&(fold(&other.name), other.id)));
            let members = if rights.verdict(Action::ViewMembers) == Verdict::Allowed {
                let mut members = Members(Vec::new());
                let call = Call::get(format!("/api/organizations/{organization}/users?includeGroups=true"));
                core.api.rows(&call, "data", &mut members).await?;
                Some(members.0)
            } else {
                None
            };
            Ok(Self { all, members })
        }
        .boxed_local()
    }
}

impl Core {
    /// One group and its members, as they are now (contract §4.5).
    pub(crate) async fn read_group(
        &self,
        organization: OrganizationId,
        id: GroupId,
    ) -> Result<(Group, Vec<OrganizationUserId>), Problem> {
        let base = format!("/api/organizations/{organization}/groups/{id}");
        let row: GroupDetails = self.api.json(&Call::get(format!("{base}/details"))).await?;
        if row.organization_id != organization || row.id != id {
            return Err(ProblemKind::Mismatch.into());
        }
        let mut members: Vec<OrganizationUserId> = self.api.json(&Call::get(format!("{base}/users"))).await?;
        sort_by(&mut members, |one, other| one.cmp(other));
        Ok((row.into(), members))
    }
}

struct Rows {
    organization: OrganizationId,
    read: Vec<Group>,
}

impl RowSink for Rows {
    fn restart(&mut self) {
        self.read.clear();
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let row: GroupDetails = read(json)?;
        if row.organization_id != self.organization {
            return Err(ProblemKind::Mismatch.into());
        }
        self.read.push(row.into());
        Ok(())
    }
}

impl From<GroupDetails> for Group {
    fn from(row: GroupDetails) -> Self {
        Self::new(row.id, row.name, row.external_id, levels(&row.collections))
    }
}

struct Members(Vec<(GroupId, OrganizationUserId)>);

#[derive(Deserialize)]
struct MemberRow {
    id: OrganizationUserId,
    groups: Option<Vec<GroupId>>,
}

impl RowSink for Members {
    fn restart(&mut self) {
        self.0.clear();
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let row: MemberRow = read(json)?;
        self.0.extend(row.groups.into_iter().flatten().map(|group| (group, row.id)));
        Ok(())
    }
}
