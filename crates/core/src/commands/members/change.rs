use std::rc::Rc;

use portal_bridge::{
    AccessChange, Action, ChangeMembers, CollectionId, GroupId, JobId, JobKind, MemberAccess, MemberDeed,
    MemberPermission, MemberRole, MemberSaved, Problem, ProblemKind, SaveMember,
};
use portal_domain::reconcile;
use portal_wire::{membership::UpdateMemberRequest, organization::MemberRow};

use super::{super::Handle, invite::check_choices, labels, look};
use crate::{
    Core,
    api::Call,
    jobs::{self, start_rows},
    sort::{once, sort_by},
    stores::roster::{Choices, access_of, flags_of, wire_permissions, wire_role},
};

impl Handle for SaveMember {
    /// The member is read again before anything is sent: whoever saves later is told what the other one changed, and saves
    /// again on top of that.
    async fn handle(self, core: &Rc<Core>) -> Result<MemberSaved, Problem> {
        let Self { within, member, before, access } = self;
        look(core, within).await?;
        let table = core.reload_member_table(within).await?;
        let overseer = core.overseer(within, &table).await?;
        let row = table.find(member).ok_or(ProblemKind::NotFound)?;
        overseer.demand_for(MemberDeed::Edit, &table, row)?;
        overseer.demand_role(&table, row, access.role, &access.permissions)?;

        let read = core.fetch_member(within, member).await?;
        let now = access_of(&read);
        let choices = core.reload_member_choices(within).await?;
        if !same(&now, &before) || names_gone(&choices, &access, &now) {
            let known = Known { choices: &choices, now: &now };
            return Ok(MemberSaved::Changed {
                merged: known.without_gone(merged(&before, &access, &now)),
                changes: known.changes(&before, &access),
                now,
            });
        }
        let kept: Vec<CollectionId> = now.collections.iter().map(|(id, _)| *id).collect();
        check_choices(&choices, &access, &kept)?;
        if same(&now, &access) {
            return Ok(MemberSaved::Saved);
        }
        let call = Call::put(format!("/api/organizations/{}/users/{member}", within.organization));
        let sent = core.api.done(&call.json(&request(&read, &access))).await;
        if let Err(problem) = sent {
            let came_through = problem.kind == ProblemKind::Uncertain
                && core.fetch_member(within, member).await.is_ok_and(|read| same(&access_of(&read), &access));
            if !came_through {
                return Err(problem);
            }
        }
        if overseer.row(&table, row).is_some_and(|row| row.me) {
            core.reload_me().await?;
        }
        core.members_changed(within).await;
        Ok(MemberSaved::Saved)
    }
}

impl Handle for ChangeMembers {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let kind = match self.deed {
            MemberDeed::Revoke => JobKind::RevokeMembers,
            MemberDeed::Restore => JobKind::RestoreMembers,
            MemberDeed::Remove => JobKind::RemoveMembers,
            _ => return Err(ProblemKind::Refused.into()),
        };
        let (table, overseer) = look(core, self.within).await?;
        overseer.demand(Action::ManageMembers)?;
        let members = once(self.members, |one, other| one.cmp(other));
        let labels = labels(&table, &members);
        let work = jobs::ChangeMembers { within: self.within, members, deed: self.deed };
        Ok(start_rows(core, self.within.provider.unwrap_or_default(), kind, labels, work))
    }
}

fn request(read: &MemberRow, access: &MemberAccess) -> UpdateMemberRequest {
    let custom = access.role == MemberRole::Custom;
    UpdateMemberRequest {
        kind: wire_role(access.role),
        access_secrets_manager: read.access_secrets_manager,
        access_pam: read.access_pam,
        permissions: custom.then(|| wire_permissions(&access.permissions)),
        collections: access.collections.iter().map(|(id, level)| flags_of(*id, *level)).collect(),
        groups: Some(access.groups.clone()),
    }
}

/// Whether two say the same; the lists are sets, and permissions count for the Custom role only.
fn same(one: &MemberAccess, other: &MemberAccess) -> bool {
    let permissions = |access: &MemberAccess| match access.role {
        MemberRole::Custom => wire_permissions(&access.permissions),
        _ => wire_permissions(&[]),
    };
    let groups =
        |access: &MemberAccess| once(access.groups.clone(), |one: &GroupId, other| one.cmp(other)).len();
    let within = |one: &MemberAccess, other: &MemberAccess| {
        one.groups.iter().all(|group| other.groups.contains(group))
            && one.collections.iter().all(|access| other.collections.contains(access))
    };
    one.role == other.role
        && permissions(one) == permissions(other)
        && groups(one) == groups(other)
        && within(one, other)
        && within(other, one)
}

/// Both changes together.
fn merged(before: &MemberAccess, mine: &MemberAccess, theirs: &MemberAccess) -> MemberAccess {
    let keyed = |groups: &[GroupId]| groups.iter().map(|group| (*group, ())).collect::<Vec<_>>();
    let given =
        |permissions: &[MemberPermission]| permissions.iter().map(|one| (*one, ())).collect::<Vec<_>>();
    let permissions = reconcile::entries(
        &given(&before.permissions),
        &given(&mine.permissions),
        &given(&theirs.permissions),
    );
    let groups = reconcile::entries(&keyed(&before.groups), &keyed(&mine.groups), &keyed(&theirs.groups));
    MemberAccess {
        role: reconcile::value(&before.role, &mine.role, &theirs.role),
        permissions: permissions.into_iter().map(|(permission, ())| permission).collect(),
        groups: groups.into_iter().map(|(group, ())| group).collect(),
        collections: reconcile::entries(&before.collections, &mine.collections, &theirs.collections),
    }
}

/// Whether something is wanted that was deleted meanwhile.
fn names_gone(choices: &Choices, wanted: &MemberAccess, now: &MemberAccess) -> bool {
    let known = Known { choices, now };
    wanted.groups.iter().any(|id| known.is_gone_group(*id))
        || wanted.collections.iter().any(|(id, _)| known.is_gone_collection(*id))
}

/// What there is, and what the member has of it now.
struct Known<'a> {
    choices: &'a Choices,
    now: &'a MemberAccess,
}

impl Known<'_> {
    fn is_gone_group(&self, id: GroupId) -> bool {
        !self.now.groups.contains(&id) && !self.choices.groups.iter().any(|(known, _)| *known == id)
    }

    fn is_gone_collection(&self, id: CollectionId) -> bool {
        let has = self.now.collections.iter().any(|(known, _)| *known == id);
        !has && !self.choices.collections.iter().any(|known| known.id == id)
    }

    fn without_gone(&self, mut access: MemberAccess) -> MemberAccess {
        access.groups.retain(|id| !self.is_gone_group(*id));
        access.collections.retain(|(id, _)| !self.is_gone_collection(*id));
        access
    }

    /// What differs from how it was when the form was filled, and what is gone of what the form wants.
    fn changes(&self, before: &MemberAccess, wanted: &MemberAccess) -> Vec<AccessChange> {
        let (now, choices) = (self.now, self.choices);
        let mut changes = Vec::new();
        if now.role != before.role {
            changes.push(AccessChange::Role(before.role, now.role));
        }
        if wire_permissions(&now.permissions) != wire_permissions(&before.permissions) {
            changes.push(AccessChange::Permissions);
        }
        let joined = now.groups.iter().filter(|id| !before.groups.contains(id));
        changes.extend(joined.map(|id| AccessChange::Joined(choices.group(*id))));
        let left = before.groups.iter().filter(|id| !now.groups.contains(id));
        changes.extend(left.map(|id| AccessChange::Left(choices.group(*id))));
        let given = now.collections.iter().filter(|access| !before.collections.contains(access));
        changes.extend(given.map(|(id, level)| AccessChange::Given(choices.collection(*id), *level)));
        let has = |id: &CollectionId| now.collections.iter().any(|(known, _)| known == id);
        let taken = before.collections.iter().filter(|(id, _)| !has(id));
        changes.extend(taken.map(|(id, _)| AccessChange::Taken(choices.collection(*id))));
        let gone = wanted.groups.iter().filter(|id| self.is_gone_group(**id) && !before.groups.contains(id));
        changes.extend(gone.map(|id| AccessChange::Left(choices.group(*id))));
        let had = |id: &CollectionId| before.collections.iter().any(|(known, _)| known == id);
        let gone = wanted.collections.iter().filter(|(id, _)| self.is_gone_collection(*id) && !had(id));
        changes.extend(gone.map(|(id, _)| AccessChange::Taken(choices.collection(*id))));
        sort_by(&mut changes, |one, other| rank(one).cmp(&rank(other)));
        changes
    }
}

fn rank(change: &AccessChange) -> u8 {
    match change {
        AccessChange::Role(..) => 0,
        AccessChange::Permissions => 1,
        AccessChange::Joined(_) | AccessChange::Left(_) => 2,
        AccessChange::Given(..) | AccessChange::Taken(_) => 3,
    }
}
