use std::rc::Rc;

use futures::{FutureExt, future::LocalBoxFuture};
use portal_bridge::{
    AccessLevel, CollectionId, GroupId, OrganizationId, OrganizationUserId, Part, Problem, ProblemKind,
    Within,
};
use portal_domain::{access::LevelFlags, collections::steps, search::fold};
use portal_keys::{EncString, Opener};
use serde::Deserialize;

use super::{Collection, Collections};
use crate::{
    Core,
    api::{Call, RowSink, read},
    sort::sort_by,
    stores::kept::Kept,
};

impl Kept for Collections {
    const PART: Part = Part::Collections;

    fn read<'a>(core: &'a Rc<Core>, within: Within) -> LocalBoxFuture<'a, Result<Self, Problem>> {
        async move {
            // Without the key the list is still shown, with names that cannot be read.
            let key = match core.space_key(within).await {
                Err(problem) if problem.kind != ProblemKind::CannotDecrypt => return Err(problem),
                key => key.ok(),
            };
            let mut rows = Rows {
                organization: within.organization,
                opener: key.map(|key| key.opener()),
                read: Vec::new(),
            };
            let call = Call::get(format!("/api/organizations/{}/collections/details", within.organization));
            core.api.rows(&call, "data", &mut rows).await?;
            let mut all = rows.read;
            sort_by(&mut all, |one, other| (&one.sort_key, one.id).cmp(&(&other.sort_key, other.id)));
            Ok(Self(all))
        }
        .boxed_local()
    }
}

/// The level that travels as three flags.
pub(crate) fn level_of(
    read_only: Option<bool>,
    hide_passwords: Option<bool>,
    manage: Option<bool>,
) -> AccessLevel {
    AccessLevel::of(LevelFlags {
        read_only: read_only.unwrap_or_default(),
        hide_passwords: hide_passwords.unwrap_or_default(),
        manage: manage.unwrap_or_default(),
    })
}

struct Rows {
    organization: OrganizationId,
    opener: Option<Opener>,
    read: Vec<Collection>,
}

impl RowSink for Rows {
    fn restart(&mut self) {
        self.read.clear();
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let row: Row = read(json)?;
        if row.organization_id != self.organization {
            return Err(ProblemKind::Mismatch.into());
        }
        let collection = row.open(self.opener.as_ref());
        self.read.push(collection);
        Ok(())
    }
}

/// A collection as it travels (contract §4.4), as far as the portal needs it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: CollectionId,
    organization_id: OrganizationId,
    name: Option<String>,
    external_id: Option<String>,
    /// 1 is somebody's own.
    #[serde(rename = "type")]
    kind: Option<i32>,
    default_user_collection_email: Option<String>,
    groups: Option<Vec<Share<GroupId>>>,
    users: Option<Vec<Share<OrganizationUserId>>>,
    manage: Option<bool>,
    unmanaged: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Share<I> {
    id: I,
    read_only: Option<bool>,
    hide_passwords: Option<bool>,
    manage: Option<bool>,
}

impl<I: Copy + Ord> Share<I> {
    fn levels(shares: Option<Vec<Self>>) -> Vec<(I, AccessLevel)> {
        let level = |share: Self| (share.id, level_of(share.read_only, share.hide_passwords, share.manage));
        let mut levels: Vec<_> = shares.into_iter().flatten().map(level).collect();
        // The order says nothing, and must not make two equal states differ.
        sort_by(&mut levels, |one, other| one.0.cmp(&other.0));
        levels
    }
}

impl Row {
    fn open(self, opener: Option<&Opener>) -> Collection {
        let sealed = self.name.unwrap_or_default();
        let path = opener.and_then(|opener| {
            let name: EncString = sealed.parse().ok()?;
            let name = opener.decrypt_text(name.as_bytes()).ok()?;
            let path = steps(&name).collect::<Vec<_>>().join("/");
            (!path.is_empty()).then_some(path)
        });
        let external_id = self.external_id.filter(|id| !id.is_empty());
        let shows_access = self.users.is_some() || self.groups.is_some();
        let people = Share::levels(self.users);
        let groups = Share::levels(self.groups);
        let managed_by_any = people
            .iter()
            .map(|(_, level)| *level)
            .chain(groups.iter().map(|(_, level)| *level))
            .any(|level| level == AccessLevel::Manage);
        Collection {
            id: self.id,
            folded: fold(&format!(
                "{} {} {}",
                path.as_deref().unwrap_or_default(),
                external_id.as_deref().unwrap_or_default(),
                self.id
            )),
            sort_key: sort_key(path.as_deref()),
            sealed,
            path,
            external_id,
            owned_by: (self.kind == Some(1)).then(|| self.default_user_collection_email.unwrap_or_default()),
            people,
            groups,
            shows_access,
            managed: self.manage.unwrap_or_default(),
            unmanaged: self.unmanaged.unwrap_or(shows_access && !managed_by_any) && self.kind != Some(1),
        }
    }
}

/// Puts what stands below a step directly behind it, whatever letters follow. Names that cannot be read come last.
fn sort_key(path: Option<&str>) -> String {
    let Some(path) = path else { return "\u{10ffff}".to_owned() };
    steps(path).map(|step| format!("{}\u{1}{step}", fold(step))).collect::<Vec<_>>().join("\u{0}")
}
