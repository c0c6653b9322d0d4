//! A directory that was read from a file, and what taking it over would change.

use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    Action, DirectoryChange, DirectoryFault, DirectoryFaultKind, DirectoryForm, DirectoryKept, DirectoryKind,
    DirectoryQuery, DirectoryRow, DirectorySummary, DirectoryView, ListState, Problem, ProblemKind, Rows,
    Verdict, Window, Within,
};
use portal_domain::{
    directory::{Change, Directory, FaultKind, Form, Held, HeldGroup, HeldMember, Kept, Row, Subject, plan},
    search::{Needle, fold},
};
use portal_wire::{
    List, OrganizationUserStatus, OrganizationUserType,
    organization::{GroupRow, MemberRow},
};

use crate::{Core, api::Call};

/// The preview of a client, if a file was read.
#[derive(Default)]
pub(crate) struct Previews(pub(crate) RefCell<Option<Rc<Preview>>>);

/// A directory, and what it would change.
pub(crate) struct Preview {
    pub(crate) file: String,
    pub(crate) form: Form,
    pub(crate) directory: Directory,
    pub(crate) remove_absent: bool,
    pub(crate) rows: Vec<Row>,
    summary: DirectorySummary,
    /// What each row is found by, folded.
    words: Vec<String>,
    /// The last query with what it found.
    found: RefCell<Option<(DirectoryQuery, Rc<[u32]>)>>,
}

/// Faults that are told one by one.
const FAULTS_TOLD: usize = 50;
/// Most rows handed out at once.
const LARGEST_WINDOW: u32 = 500;

impl Preview {
    /// `seats`: those left in the client, where seats are metered.
    pub(crate) fn new(
        file: String,
        form: Form,
        directory: Directory,
        held: &Held,
        remove_absent: bool,
        seats: Option<i32>,
    ) -> Self {
        let rows = plan(&directory, held, remove_absent).rows;
        let count = |kind| {
            let rows = rows.iter().filter(|row| kind_of(row) == kind).count();
            u32::try_from(rows).unwrap_or(u32::MAX)
        };
        let counts: Vec<_> = DirectoryKind::ALL.iter().map(|kind| (*kind, count(*kind))).collect();
        let of = |kind| i32::try_from(count(kind)).unwrap_or(i32::MAX);
        // Whoever is removed makes room first.
        let needed = of(DirectoryKind::Invite).saturating_sub(of(DirectoryKind::Remove));
        let faults = directory.faults.iter().take(FAULTS_TOLD);
        let summary = DirectorySummary {
            file: file.clone(),
            form: match form {
                Form::Ldif => DirectoryForm::Ldif,
                Form::Csv => DirectoryForm::Csv,
                Form::Json => DirectoryForm::Json,
            },
            remove_absent,
            counts,
            faults: faults
                .map(|fault| DirectoryFault { line: fault.line, kind: fault_of(fault.kind) })
                .collect(),
            faulty: u32::try_from(directory.faults.len()).unwrap_or(u32::MAX),
            seats_after: seats.map(|seats| seats.saturating_sub(needed)),
        };
        let words = rows
            .iter()
            .map(|row| {
                let parts = [row.name.as_deref(), row.email.as_deref(), Some(row.external_id.as_str())];
                fold(&parts.into_iter().flatten().collect::<Vec<_>>().join("\n"))
            })
            .collect();
        Self { file, form, directory, remove_absent, rows, summary, words, found: RefCell::default() }
    }

    pub(crate) fn summary(&self) -> DirectorySummary {
        self.summary.clone()
    }

    /// A window of the rows a query leaves.
    pub(crate) fn view(&self, query: &DirectoryQuery, window: Window) -> DirectoryView {
        let found = self.find(query);
        let matched = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let from = window.from.min(matched);
        let shown = found.iter().skip(from as usize).take(window.count.min(LARGEST_WINDOW) as usize);
        DirectoryView {
            summary: Some(self.summary()),
            rows: Rows {
                total: u32::try_from(self.rows.len()).unwrap_or(u32::MAX),
                matched,
                from,
                rows: shown
                    .filter_map(|number| Some(shown_row(*number, self.rows.get(*number as usize)?)))
                    .collect(),
                state: ListState::Complete,
            },
        }
    }

    fn find(&self, query: &DirectoryQuery) -> Rc<[u32]> {
        if let Some((known, found)) = &*self.found.borrow()
            && known == query
        {
            return found.clone();
        }
        let needle = Needle::new(&query.search);
        let rows = self.rows.iter().zip(&self.words).zip(0_u32..);
        let found: Rc<[u32]> = rows
            .filter(|((row, words), _)| {
                query.kind.is_none_or(|kind| kind_of(row) == kind) && needle.matches(words)
            })
            .map(|(_, number)| number)
            .collect();
        *self.found.borrow_mut() = Some((query.clone(), found.clone()));
        found
    }
}

impl Core {
    /// Members and groups of a client, as far as a directory can change them.
    pub(crate) async fn held_by(self: &Rc<Self>, within: Within) -> Result<(Held, u32), Problem> {
        let rights = self.rights_in(within).await?;
        rights.demand(Action::ViewMembers)?;
        let organization = within.organization;
        let path = format!("/api/organizations/{organization}/users?includeGroups=true");
        let members: List<MemberRow> = self.api.json(&Call::get(path)).await?;
        let has_groups = rights.verdict(Action::ManageGroups) == Verdict::Allowed;
        let groups: Vec<GroupRow> = match has_groups {
            true => {
                let path = format!("/api/organizations/{organization}/groups");
                self.api.json::<List<GroupRow>>(&Call::get(path)).await?.data
            }
            false => Vec::new(),
        };
        if groups.iter().any(|group| group.organization_id != organization) {
            return Err(ProblemKind::Mismatch.into());
        }
        let groups = groups.into_iter().map(|group| {
            let inside = members.data.iter().filter(|member| member.groups.contains(&group.id));
            HeldGroup {
                members: inside.filter_map(|member| member.external_id.clone()).collect(),
                external_id: group.external_id,
                name: group.name,
            }
        });
        let groups = groups.collect();
        let seated = members.data.iter().filter(|member| {
            !matches!(member.status, OrganizationUserStatus::Revoked | OrganizationUserStatus::Staged)
        });
        let used = u32::try_from(seated.count()).unwrap_or(u32::MAX);
        let members = members.data.into_iter().map(|member| HeldMember {
            external_id: member.external_id.filter(|id| !id.is_empty()),
            email: member.email,
            name: member.name.filter(|name| !name.trim().is_empty()),
            owner: member.kind == OrganizationUserType::Owner,
            revoked: member.status == OrganizationUserStatus::Revoked,
        });
        let members = members.collect();
        let revokes = self.server().await?.directory_revokes();
        Ok((Held { members, groups, has_groups, revokes }, used))
    }

    /// The preview of a client.
    pub(crate) fn preview(&self, within: Within) -> Option<Rc<Preview>> {
        self.stores.of_client::<Previews>(within.organization).0.borrow().clone()
    }

    /// Works a directory's changes out again, from how the client is now.
    pub(crate) async fn preview_again(
        self: &Rc<Self>,
        within: Within,
        file: String,
        form: Form,
        directory: Directory,
        remove_absent: bool,
    ) -> Result<Rc<Preview>, Problem> {
        let (held, used) = self.held_by(within).await?;
        let seats = self.organization(within).await?.seats;
        let left = seats.map(|seats| seats.saturating_sub(i32::try_from(used).unwrap_or(i32::MAX)));
        let preview = Rc::new(Preview::new(file, form, directory, &held, remove_absent, left));
        *self.stores.of_client::<Previews>(within.organization).0.borrow_mut() = Some(preview.clone());
        Ok(preview)
    }
}

/// What a row is counted as.
fn kind_of(row: &Row) -> DirectoryKind {
    match row.change {
        Change::Invite => DirectoryKind::Invite,
        Change::Link => DirectoryKind::Link,
        Change::Remove | Change::Revoke => DirectoryKind::Remove,
        Change::AddGroup { .. } | Change::ChangeGroup { .. } => DirectoryKind::Group,
        Change::Keep(Kept::Owner | Kept::NotOfADirectory) => DirectoryKind::Protected,
        Change::Keep(Kept::AsItIs | Kept::WasNoMember | Kept::NotNamed) => DirectoryKind::Unchanged,
        Change::Keep(
            Kept::NoAddress | Kept::NotAnAddress | Kept::SameAddress | Kept::OtherEntry | Kept::NoGroups,
        ) => DirectoryKind::LeftOut,
    }
}

fn shown_row(number: u32, row: &Row) -> DirectoryRow {
    DirectoryRow {
        number,
        name: row.name.clone(),
        email: row.email.clone(),
        external_id: row.external_id.clone(),
        group: matches!(row.subject, Subject::Group(_)),
        change: match row.change {
            Change::Invite => DirectoryChange::Invite,
            Change::Link => DirectoryChange::Link,
            Change::Remove => DirectoryChange::Remove,
            Change::Revoke => DirectoryChange::Revoke,
            Change::AddGroup { members } => DirectoryChange::AddGroup(members),
            Change::ChangeGroup { renamed, added, removed } => {
                DirectoryChange::ChangeGroup { renamed, added, removed }
            }
            Change::Keep(kept) => DirectoryChange::Keep(match kept {
                Kept::AsItIs => DirectoryKept::AsItIs,
                Kept::Owner => DirectoryKept::Owner,
                Kept::NoAddress => DirectoryKept::NoAddress,
                Kept::NotAnAddress => DirectoryKept::NotAnAddress,
                Kept::SameAddress => DirectoryKept::SameAddress,
                Kept::OtherEntry => DirectoryKept::OtherEntry,
                Kept::WasNoMember => DirectoryKept::WasNoMember,
                Kept::NotNamed => DirectoryKept::NotNamed,
                Kept::NotOfADirectory => DirectoryKept::NotOfADirectory,
                Kept::NoGroups => DirectoryKept::NoGroups,
            }),
        },
    }
}

fn fault_of(kind: FaultKind) -> DirectoryFaultKind {
    match kind {
        FaultKind::Malformed => DirectoryFaultKind::Malformed,
        FaultKind::BadBase64 => DirectoryFaultKind::BadBase64,
        FaultKind::Elsewhere => DirectoryFaultKind::Elsewhere,
        FaultKind::NotAnEntry => DirectoryFaultKind::NotAnEntry,
        FaultKind::NoId => DirectoryFaultKind::NoId,
        FaultKind::Twice => DirectoryFaultKind::Twice,
        FaultKind::NoName => DirectoryFaultKind::NoName,
        FaultKind::TooLong => DirectoryFaultKind::TooLong,
    }
}
