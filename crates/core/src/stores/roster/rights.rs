use std::rc::Rc;

use portal_bridge::{
    Action, MemberDeed, MemberPermission, MemberRole, MemberRow, MemberSeats, Problem, ProblemKind, Reason,
    UserId, Verdict, Within,
};
use portal_domain::access::{MemberTarget, Subject, may_grant, member_verdict};
use portal_wire::{OrganizationUserStatus, OrganizationUserType, profile::Permissions};

use super::{
    Table,
    access::{shown_role, shown_status, wire_permissions, wire_role},
};
use crate::{
    Core,
    stores::{server::Server, space::Rights},
};

/// Who looks after the members, and what the rights depend on.
pub(crate) struct Overseer {
    rights: Rights,
    me: UserId,
    /// The provider's staff count as owners.
    provided: bool,
    /// The plan has the Custom role.
    custom_role: bool,
    server: Server,
    /// The seats.
    pub(crate) seats: MemberSeats,
}

impl Core {
    /// Who asks about the members of a client.
    pub(crate) async fn overseer(
        self: &Rc<Self>,
        within: Within,
        table: &Table,
    ) -> Result<Overseer, Problem> {
        let organization = self.organization(within).await?;
        let assigned = match within.provider {
            Some(provider) => self.client_row(provider, within.organization).await?.assigned,
            None => organization.seats.and_then(|seats| u32::try_from(seats).ok()),
        };
        let provided = within.provider.is_some() || organization.provider_id.is_some();
        Ok(Overseer {
            rights: self.rights_in(within).await?,
            me: self.open()?.me().id,
            provided,
            custom_role: organization.use_custom_permissions.unwrap_or(true),
            server: self.server().await?,
            seats: MemberSeats { assigned, taken: table.counts().seats_taken, fixed: provided },
        })
    }
}

impl Overseer {
    /// Refuses who may not see members at all. Who sees a part of them is let in.
    pub(crate) fn demand_look(&self) -> Result<(), Problem> {
        match self.rights.verdict(Action::ViewMembers) {
            Verdict::Allowed | Verdict::Disabled(Reason::LimitedBySettings) => Ok(()),
            Verdict::Disabled(_) | Verdict::Hidden => Err(ProblemKind::NotAllowed.into()),
        }
    }

    /// Refuses what the role does not have, or not now, before the server would.
    pub(crate) fn demand(&self, action: Action) -> Result<(), Problem> {
        self.rights.demand(action)
    }

    /// Whether something can be done here now.
    pub(crate) fn verdict(&self, action: Action) -> Verdict {
        self.rights.verdict(action)
    }

    /// Whether something can be done to a member now.
    pub(crate) fn verdict_for(&self, deed: MemberDeed, table: &Table, row: usize) -> Verdict {
        let (role, status) = (table.role(row), table.status(row));
        let confirms = self.server.lets_confirm(self.acts_as_owner(), shown_role(role));
        let owner = role == OrganizationUserType::Owner && status == OrganizationUserStatus::Confirmed;
        let target = MemberTarget {
            yourself: self.is_me(table, row),
            role,
            status,
            last_owner: owner && !self.provided && table.counts().confirmed_owners < 2,
            claimed: table.claimed(row),
            recoverable: table.recoverable(row),
            seat_free: !self.seats.fixed || self.seats.assigned.is_none_or(|all| self.seats.taken < all),
        };
        match member_verdict(deed, &self.rights.subjects, &self.rights.situation, &target) {
            Verdict::Allowed if deed == MemberDeed::Confirm && !confirms => {
                Verdict::Disabled(Reason::HigherRole)
            }
            verdict => verdict,
        }
    }

    /// Refuses to do something to a member, with the reason.
    pub(crate) fn demand_for(&self, deed: MemberDeed, table: &Table, row: usize) -> Result<(), Problem> {
        match self.verdict_for(deed, table, row) {
            Verdict::Allowed => Ok(()),
            Verdict::Hidden => Err(ProblemKind::NotAllowed.into()),
            Verdict::Disabled(Reason::LastOwner) => Err(ProblemKind::LastOwner.into()),
            Verdict::Disabled(reason) => Err(Problem::with(ProblemKind::Refused, format!("{reason:?}"))),
        }
    }

    /// Whether a member's role may become another: not where nobody would be left as owner.
    pub(crate) fn demand_role(
        &self,
        table: &Table,
        row: usize,
        role: MemberRole,
        permissions: &[MemberPermission],
    ) -> Result<(), Problem> {
        let before = table.role(row);
        let steps_down = before == OrganizationUserType::Owner && role != MemberRole::Owner;
        let confirmed = table.status(row) == OrganizationUserStatus::Confirmed;
        if steps_down && confirmed && !self.provided && table.counts().confirmed_owners < 2 {
            return Err(ProblemKind::LastOwner.into());
        }
        // Whom one may manage may keep the role, also one this version does not know.
        if shown_role(before) == role && role != MemberRole::Custom {
            return Ok(());
        }
        self.demand_grant(role, permissions)
    }

    /// Refuses to give a role with permissions that are not one's own to give.
    pub(crate) fn demand_grant(
        &self,
        role: MemberRole,
        permissions: &[MemberPermission],
    ) -> Result<(), Problem> {
        let given = if role == MemberRole::Custom { permissions } else { &[] };
        let kept = given.iter().all(|permission| self.server.keeps_permission(*permission));
        match kept && self.may_give(role, &wire_permissions(given)) {
            true => Ok(()),
            false => Err(ProblemKind::NotAllowed.into()),
        }
    }

    /// Refuses to invite somebody with a role, or with permissions, that are not one's own to give.
    pub(crate) fn demand_invitation(
        &self,
        role: MemberRole,
        permissions: &[MemberPermission],
    ) -> Result<(), Problem> {
        match self.server.lets_invite(self.acts_as_owner(), role) {
            true => self.demand_grant(role, permissions),
            false => Err(ProblemKind::NotAllowed.into()),
        }
    }

    /// The roles that may be given at inviting.
    pub(crate) fn roles_at_inviting(&self) -> Vec<MemberRole> {
        let may = |role: &MemberRole| self.demand_invitation(*role, &[]).is_ok();
        self.roles().into_iter().filter(may).collect()
    }

    /// The roles that may be given.
    pub(crate) fn roles(&self) -> Vec<MemberRole> {
        let all = [MemberRole::User, MemberRole::Custom, MemberRole::Admin, MemberRole::Owner];
        all.into_iter().filter(|role| self.may_give(*role, &Permissions::default())).collect()
    }

    /// The permissions that may be given with the Custom role.
    pub(crate) fn permissions(&self) -> Vec<MemberPermission> {
        let may =
            |permission: &MemberPermission| self.demand_grant(MemberRole::Custom, &[*permission]).is_ok();
        MemberPermission::ALL.into_iter().filter(may).collect()
    }

    /// A row, as the tab shows it.
    pub(crate) fn row(&self, table: &Table, row: usize) -> Option<MemberRow> {
        Some(MemberRow {
            id: table.id(row)?,
            user: table.user(row),
            name: table.name(row).map(str::to_owned),
            email: table.email(row).to_owned(),
            role: shown_role(table.role(row)),
            status: shown_status(table.status(row)),
            groups: u32::try_from(table.groups(row).count()).unwrap_or(u32::MAX),
            two_step: table.two_step(row),
            recoverable: table.recoverable(row),
            me: self.is_me(table, row),
            rights: MemberDeed::ALL.iter().map(|deed| (*deed, self.verdict_for(*deed, table, row))).collect(),
        })
    }

    /// Whether the person signed in is an Owner, or counts as one.
    fn acts_as_owner(&self) -> bool {
        let owns = |subject: &Subject| {
            matches!(subject, Subject::ProviderAdmin | Subject::ServiceUser | Subject::Owner)
        };
        self.rights.subjects.iter().any(owns)
    }

    fn is_me(&self, table: &Table, row: usize) -> bool {
        table.user(row) == Some(self.me)
    }

    fn may_give(&self, role: MemberRole, permissions: &Permissions) -> bool {
        let by = |subject: &Subject| may_grant(*subject, wire_role(role), permissions);
        (role != MemberRole::Custom || self.custom_role) && self.rights.subjects.iter().any(by)
    }
}
