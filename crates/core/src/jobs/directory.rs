//! Taking people and groups over through the public import (contract §4.8).

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use futures::future::LocalBoxFuture;
use portal_bridge::{Part, Problem, SkipReason, Within};
use portal_domain::directory::{Change, Held, HeldGroup, Subject};
use serde::Serialize;
use zeroize::Zeroizing;

use super::{Act, Found, RowWork};
use crate::{Core, api::Call, stores::directory::Preview};

/// Rows in one call. After each, all members are read again to see what came of it.
const AT_ONCE: usize = 1_000;

/// One row of the import.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// Somebody to be invited, or tied to the directory.
    Person {
        /// What the directory knows them by.
        external_id: String,
        /// Their address.
        email: String,
    },
    /// Somebody to be removed.
    Gone {
        /// What the directory knows them by.
        external_id: String,
        /// Their address, to be named by.
        label: String,
    },
    /// A group as it is to be.
    Group {
        /// What the directory knows it by.
        external_id: String,
        /// Its name.
        name: String,
        /// The external ids of its members.
        members: Vec<String>,
    },
}

impl Entry {
    /// Everything a preview would change, in the order it can be done: whoever leaves makes room, and groups need their
    /// people.
    pub(crate) fn all_of(preview: &Preview) -> Vec<Self> {
        let (mut gone, mut people, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        for row in &preview.rows {
            let external_id = row.external_id.clone();
            let email = row.email.clone();
            match (row.change, row.subject) {
                (Change::Remove | Change::Revoke, _) => {
                    let label = email.or_else(|| row.name.clone()).unwrap_or_else(|| external_id.clone());
                    gone.push(Self::Gone { external_id, label });
                }
                (Change::Invite | Change::Link, _) => {
                    people.extend(email.map(|email| Self::Person { external_id, email }));
                }
                (Change::AddGroup { .. } | Change::ChangeGroup { .. }, Subject::Group(at)) => {
                    let group = preview.directory.groups.get(at);
                    groups.extend(group.map(|group| Self::Group {
                        external_id,
                        name: group.name.clone(),
                        members: group.members.clone(),
                    }));
                }
                _ => {}
            }
        }
        gone.into_iter().chain(people).chain(groups).collect()
    }

    /// What the row is called.
    pub(crate) fn label(&self) -> &str {
        match self {
            Self::Person { email, .. } => email,
            Self::Gone { label, .. } => label,
            Self::Group { name, .. } => name,
        }
    }
}

/// A client as entries are compared with it.
struct Standing<'a> {
    /// Members a directory brought, by their external ids.
    members: HashMap<&'a str, Stays>,
    groups: HashMap<&'a str, &'a HeldGroup>,
}

/// How a member stands that a directory gave up.
#[derive(Clone, Copy)]
struct Stays {
    /// Owners stay.
    owner: bool,
    /// They are revoked, which is all that the server does.
    gone: bool,
}

impl<'a> Standing<'a> {
    fn of(held: &'a Held) -> Self {
        let members = held.members.iter();
        let groups = held.groups.iter();
        Self {
            members: members
                .filter_map(|member| {
                    let stays = Stays { owner: member.owner, gone: held.revokes && member.revoked };
                    Some((member.external_id.as_deref()?, stays))
                })
                .collect(),
            groups: groups.filter_map(|group| Some((group.external_id.as_deref()?, group))).collect(),
        }
    }

    fn found(&self, entry: &Entry) -> Found {
        let is_so = match entry {
            Entry::Person { external_id, .. } => self.members.contains_key(external_id.as_str()),
            Entry::Gone { external_id, .. } => match self.members.get(external_id.as_str()) {
                Some(Stays { owner: true, .. }) => return Found::Cannot(SkipReason::WrongState),
                known => known.is_none_or(|stays| stays.gone),
            },
            Entry::Group { external_id, name, members } => {
                self.groups.get(external_id.as_str()).is_some_and(|group| {
                    let wanted = members.iter().map(String::as_str);
                    let wanted: HashSet<&str> = wanted.filter(|id| self.members.contains_key(id)).collect();
                    let have: HashSet<&str> = group.members.iter().map(String::as_str).collect();
                    group.name == *name && wanted == have
                })
            }
        };
        if is_so { Found::AsWanted(SkipReason::AlreadySo, None) } else { Found::Open }
    }
}

/// Takes entries over.
pub(crate) struct Import {
    pub(crate) within: Within,
    pub(crate) entries: Vec<Entry>,
    /// Of the organization's API key.
    pub(crate) token: Zeroizing<String>,
}

impl Import {
    fn picked<'a>(&'a self, rows: &'a [usize]) -> impl Iterator<Item = &'a Entry> {
        rows.iter().filter_map(|row| self.entries.get(*row))
    }
}

impl RowWork for Import {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let (held, _) = core.held_by(self.within).await?;
            let standing = Standing::of(&held);
            Ok(self.picked(rows).map(|entry| standing.found(entry)).collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            // Absent members are removed one by one by what is sent, never by their absence: a part of a directory would
            // otherwise remove all who are in the other parts.
            let mut body = ImportRequest { large_import: true, ..ImportRequest::default() };
            for entry in self.picked(rows) {
                match entry {
                    Entry::Person { external_id, email } => {
                        body.members.push(ImportMember { email: Some(email), external_id, deleted: false })
                    }
                    Entry::Gone { external_id, .. } => {
                        body.members.push(ImportMember { email: None, external_id, deleted: true });
                    }
                    Entry::Group { external_id, name, members } => {
                        body.groups.push(ImportGroup { name, external_id, member_external_ids: members });
                    }
                }
            }
            let call = Call::post("/api/public/organization/import").json(&body).bearing(self.token.clone());
            core.api.done(&call).await?;
            Ok(vec![Act::Look; rows.len()])
        })
    }

    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        Box::pin(async move {
            let within = self.within;
            core.tell_client(within.organization, Part::Members);
            core.tell_client(within.organization, Part::Groups);
            if let Some(provider) = within.provider {
                // A failure is shown with the list.
                let _ = core.clients_changed(provider).await;
            }
            // What is shown from now on is what is left to do; what cannot be read now is read with the next file.
            if let Some(preview) = core.preview(within) {
                let (file, directory) = (preview.file.clone(), preview.directory.clone());
                let _ =
                    core.preview_again(within, file, preview.form, directory, preview.remove_absent).await;
            }
            core.tell_client(within.organization, Part::Directory);
        })
    }
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct ImportRequest<'a> {
    groups: Vec<ImportGroup<'a>>,
    members: Vec<ImportMember<'a>>,
    overwrite_existing: bool,
    large_import: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImportGroup<'a> {
    name: &'a str,
    external_id: &'a str,
    member_external_ids: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImportMember<'a> {
    email: Option<&'a str>,
    external_id: &'a str,
    deleted: bool,
}
