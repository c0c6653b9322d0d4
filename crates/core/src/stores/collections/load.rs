use std::rc::Rc;

use futures::{FutureExt, future::LocalBoxFuture};
use portal_bridge::{AccessLevel, Action, OrganizationId, Part, Problem, ProblemKind, Verdict, Within};
use portal_domain::{access::LevelFlags, collections::steps, search::fold};
use portal_keys::{EncString, Opener};
use portal_wire::collection::{CollectionAccessDetails, Selection};
use uuid::Uuid;

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
            let list = async |route| {
                let opener = key.as_ref().map(|key| key.opener());
                let mut rows = Rows { organization: within.organization, opener, read: Vec::new() };
                let call = Call::get(format!("/api/organizations/{}/{route}", within.organization));
                core.api.rows(&call, "data", &mut rows).await?;
                Ok::<_, Problem>(rows.read)
            };
            let mut all = list("collections/details").await?;
            // Whoever sees every collection, but not who has access to each, has the rest of them in the plain list.
            let rights = core.rights_in(within).await?;
            let sees = |action| rights.verdict(action) == Verdict::Allowed;
            if sees(Action::ViewCollections) && !sees(Action::ViewCollectionAccess) {
                let mut others = list("collections").await?;
                others.retain(|one| all.iter().all(|known| known.id != one.id));
                all.append(&mut others);
            }
            sort_by(&mut all, |one, other| (&one.sort_key, one.id).cmp(&(&other.sort_key, other.id)));
            Ok(Self(all))
        }
        .boxed_local()
    }
}

/// Who has which level, by id: the order in which they travel says nothing, and must not make two equal states differ.
pub(crate) fn levels<I: From<Uuid> + Ord>(travelling: &[Selection]) -> Vec<(I, AccessLevel)> {
    let level = |one: &Selection| {
        let Selection { id, read_only, hide_passwords, manage } = *one;
        (id.into(), AccessLevel::of(LevelFlags { read_only, hide_passwords, manage }))
    };
    let mut levels: Vec<(I, AccessLevel)> = travelling.iter().map(level).collect();
    sort_by(&mut levels, |one, other| one.0.cmp(&other.0));
    levels
}

/// A level as it travels.
pub(crate) fn selection(id: Uuid, level: AccessLevel) -> Selection {
    let LevelFlags { read_only, hide_passwords, manage } = level.flags();
    Selection { id, read_only, hide_passwords, manage }
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
        let row: CollectionAccessDetails = read(json)?;
        if row.organization_id != self.organization {
            return Err(ProblemKind::Mismatch.into());
        }
        self.read.push(opened(row, self.opener.as_ref()));
        Ok(())
    }
}

fn opened(row: CollectionAccessDetails, opener: Option<&Opener>) -> Collection {
    let path = opener.and_then(|opener| {
        let name: EncString = row.name.parse().ok()?;
        let name = opener.decrypt_text(name.as_bytes()).ok()?;
        let path = steps(&name).collect::<Vec<_>>().join("/");
        (!path.is_empty()).then_some(path)
    });
    let external_id = row.external_id.filter(|id| !id.is_empty());
    let somebodys_own = row.kind == 1;
    Collection {
        id: row.id,
        folded: fold(&format!(
            "{} {} {}",
            path.as_deref().unwrap_or_default(),
            external_id.as_deref().unwrap_or_default(),
            row.id
        )),
        sort_key: sort_key(path.as_deref()),
        sealed: row.name,
        path,
        external_id,
        owned_by: somebodys_own.then(|| row.default_user_collection_email.unwrap_or_default()),
        shows_access: row.users.is_some() || row.groups.is_some(),
        people: levels(&row.users.unwrap_or_default()),
        groups: levels(&row.groups.unwrap_or_default()),
        managed: row.manage,
        unmanaged: row.unmanaged && !somebodys_own,
    }
}

/// Puts what stands below a step directly behind it, whatever letters follow. Names that cannot be read come last.
fn sort_key(path: Option<&str>) -> String {
    let Some(path) = path else { return "\u{10ffff}".to_owned() };
    steps(path).map(|step| format!("{}\u{1}{step}", fold(step))).collect::<Vec<_>>().join("\u{0}")
}
