use std::cell::RefCell;

use portal_bridge::{GroupId, MemberNeed, MemberRole, MemberStatus, OrganizationUserId, UserId};
use portal_domain::search::fold;
use portal_wire::{
    OrganizationUserStatus, OrganizationUserType, RevocationReason, organization::MemberRow as WireRow,
};

use super::{
    access::{shown_role, shown_status},
    query::Orders,
};
use crate::stores::Texts;

/// All members of a client, one column beside the other: twenty thousand of them need some 5 MB.
#[derive(Default)]
pub(crate) struct Table {
    ids: Vec<OrganizationUserId>,
    users: Vec<Option<UserId>>,
    names: Texts,
    emails: Texts,
    external_ids: Texts,
    /// Name, address and external id, folded, for searching.
    pub(super) folded: Texts,
    /// The label, folded, for sorting.
    pub(super) sort_keys: Texts,
    roles: Vec<OrganizationUserType>,
    statuses: Vec<OrganizationUserStatus>,
    flags: Vec<u8>,
    since: Vec<i64>,
    reasons: Vec<Option<RevocationReason>>,
    /// Every group that occurs.
    group_ids: Vec<GroupId>,
    /// The groups of all rows one after the other, as indices into `group_ids`, and where those of each row end.
    groups: Vec<u32>,
    group_ends: Vec<u32>,
    counts: Counts,
    pub(super) orders: RefCell<Orders>,
}

/// How many there are of what.
#[derive(Clone, Default)]
pub(crate) struct Counts {
    pub(crate) statuses: Vec<(MemberStatus, u32)>,
    pub(crate) roles: Vec<(MemberRole, u32)>,
    pub(crate) needs: [u32; 3],
    pub(crate) confirmed_owners: u32,
    /// Invited, accepted and confirmed.
    pub(crate) seats_taken: u32,
}

const TWO_STEP: u8 = 1;
const RECOVERABLE: u8 = 2;
const CLAIMED: u8 = 4;
const SSO: u8 = 8;
/// There is no date.
const NEVER: i64 = i64::MIN;

impl Table {
    /// Adds a row.
    pub(super) fn push(&mut self, row: &WireRow) {
        let name = row.name.as_deref().map(str::trim).unwrap_or_default();
        let external = row.external_id.as_deref().unwrap_or_default();
        self.ids.push(row.id);
        self.users.push(row.user_id);
        self.names.push(name);
        self.emails.push(&row.email);
        self.external_ids.push(external);
        self.folded.push(&fold(&format!("{name} {} {external}", row.email)));
        self.sort_keys.push(&fold(if name.is_empty() { &row.email } else { name }));
        self.roles.push(row.kind);
        self.statuses.push(row.status);
        let flag = |on: bool, flag: u8| if on { flag } else { 0 };
        self.flags.push(
            flag(row.two_factor_enabled, TWO_STEP)
                | flag(row.reset_password_enrolled, RECOVERABLE)
                | flag(row.claimed_by_organization, CLAIMED)
                | flag(row.sso_bound, SSO),
        );
        self.since.push(row.creation_date.map_or(NEVER, |date| date.0));
        self.reasons.push(row.revocation_reason);
        for group in &row.groups {
            let number = self.group_number(*group);
            self.groups.push(number);
        }
        self.group_ends.push(u32::try_from(self.groups.len()).unwrap_or(u32::MAX));
        self.count(row);
    }

    fn count(&mut self, row: &WireRow) {
        fn add<T: PartialEq>(all: &mut Vec<(T, u32)>, what: T) {
            match all.iter_mut().find(|(known, _)| *known == what) {
                Some((_, count)) => *count += 1,
                None => all.push((what, 1)),
            }
        }
        use OrganizationUserStatus::{Accepted, Confirmed, Invited};
        let counts = &mut self.counts;
        add(&mut counts.statuses, shown_status(row.status));
        add(&mut counts.roles, shown_role(row.kind));
        let needs = [!row.two_factor_enabled, !row.reset_password_enrolled, row.reset_password_enrolled];
        counts.needs.iter_mut().zip(needs).for_each(|(count, need)| *count += u32::from(need));
        counts.confirmed_owners +=
            u32::from(row.kind == OrganizationUserType::Owner && row.status == Confirmed);
        counts.seats_taken += u32::from(matches!(row.status, Invited | Accepted | Confirmed));
    }

    fn group_number(&mut self, group: GroupId) -> u32 {
        let known = self.group_ids.iter().position(|known| *known == group);
        let number = known.unwrap_or_else(|| {
            self.group_ids.push(group);
            self.group_ids.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// How many there are of what.
    pub(crate) fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The row of a member.
    pub(crate) fn find(&self, id: OrganizationUserId) -> Option<usize> {
        self.ids.iter().position(|known| *known == id)
    }

    /// The row of an address.
    pub(crate) fn find_email(&self, email: &str) -> Option<usize> {
        let email = email.trim().to_lowercase();
        (0..self.len()).find(|row| {
            let known = self.emails.get(*row);
            known.len() == email.len() && known.to_lowercase() == email
        })
    }

    pub(crate) fn id(&self, row: usize) -> Option<OrganizationUserId> {
        self.ids.get(row).copied()
    }

    /// The account, once accepted.
    pub(crate) fn user(&self, row: usize) -> Option<UserId> {
        self.users.get(row).copied().flatten()
    }

    pub(crate) fn name(&self, row: usize) -> Option<&str> {
        Some(self.names.get(row)).filter(|name| !name.is_empty())
    }

    pub(crate) fn email(&self, row: usize) -> &str {
        self.emails.get(row)
    }

    /// The name, or the address where there is none.
    pub(crate) fn label(&self, row: usize) -> &str {
        self.name(row).unwrap_or_else(|| self.email(row))
    }

    pub(crate) fn external_id(&self, row: usize) -> Option<&str> {
        Some(self.external_ids.get(row)).filter(|id| !id.is_empty())
    }

    pub(crate) fn role(&self, row: usize) -> OrganizationUserType {
        self.roles.get(row).copied().unwrap_or_default()
    }

    pub(crate) fn status(&self, row: usize) -> OrganizationUserStatus {
        self.statuses.get(row).copied().unwrap_or_default()
    }

    pub(crate) fn two_step(&self, row: usize) -> bool {
        self.has(row, TWO_STEP)
    }

    pub(crate) fn recoverable(&self, row: usize) -> bool {
        self.has(row, RECOVERABLE)
    }

    pub(crate) fn claimed(&self, row: usize) -> bool {
        self.has(row, CLAIMED)
    }

    pub(crate) fn sso(&self, row: usize) -> bool {
        self.has(row, SSO)
    }

    /// When the membership began.
    pub(crate) fn since(&self, row: usize) -> Option<i64> {
        self.since.get(row).copied().filter(|since| *since != NEVER)
    }

    pub(crate) fn revoked_because(&self, row: usize) -> Option<RevocationReason> {
        self.reasons.get(row).copied().flatten()
    }

    /// The groups of a row.
    pub(crate) fn groups(&self, row: usize) -> impl Iterator<Item = GroupId> {
        let end = |row: usize| self.group_ends.get(row).copied().unwrap_or(0) as usize;
        let start = row.checked_sub(1).map_or(0, end);
        let numbers = self.groups.get(start..end(row)).unwrap_or_default();
        numbers.iter().filter_map(|number| self.group_ids.get(*number as usize).copied())
    }

    /// Whether a member has or lacks this.
    pub(super) fn needs(&self, row: usize, need: MemberNeed) -> bool {
        match need {
            MemberNeed::TwoStep => !self.two_step(row),
            MemberNeed::Recovery => !self.recoverable(row),
            MemberNeed::Recoverable => self.recoverable(row),
        }
    }

    /// Nothing more will be added.
    pub(super) fn finish(mut self) -> Self {
        for texts in
            [&mut self.names, &mut self.emails, &mut self.external_ids, &mut self.folded, &mut self.sort_keys]
        {
            texts.shrink();
        }
        self
    }

    fn has(&self, row: usize, flag: u8) -> bool {
        self.flags.get(row).is_some_and(|flags| flags & flag != 0)
    }
}
