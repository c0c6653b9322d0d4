use std::rc::Rc;

use portal_bridge::{
    Action, CollectionChoice, CollectionId, GroupId, OrganizationId, Problem, ProblemKind, Verdict, Within,
};
use portal_domain::search::fold;
use portal_keys::{EncString, SymmetricKey};
use portal_wire::{List, organization::GroupRow};
use serde::Deserialize;

use crate::{Core, api::Call, sort::sort_by};

/// The groups and collections of a client by name.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Choices {
    pub(crate) groups: Vec<(GroupId, String)>,
    pub(crate) collections: Vec<CollectionChoice>,
}

impl Choices {
    /// What a group is called; its id where nobody knows.
    pub(crate) fn group(&self, id: GroupId) -> String {
        let known = self.groups.iter().find(|(known, _)| *known == id);
        known.map_or_else(|| id.to_string(), |(_, name)| name.clone())
    }

    /// What a collection is called; its id where nobody knows.
    pub(crate) fn collection(&self, id: CollectionId) -> String {
        let known = self.collections.iter().find(|known| known.id == id);
        known.and_then(|known| known.name.clone()).unwrap_or_else(|| id.to_string())
    }
}

impl Core {
    /// The groups and collections, read when they were not read yet or a while ago.
    pub(crate) async fn member_choices(self: &Rc<Self>, within: Within) -> Result<Rc<Choices>, Problem> {
        let roster = self.roster(within.organization);
        let fresh = self.platform.now_ms() - roster.choices_read_at.get() < OLD_MS;
        let known = roster.choices.borrow().clone().filter(|_| fresh);
        match known {
            Some(known) => Ok(known),
            None => self.reload_member_choices(within).await,
        }
    }

    /// A group or a collection has changed: whoever asks next is told as it is then.
    pub(crate) fn forget_member_choices(&self, organization: OrganizationId) {
        self.roster(organization).choices.take();
    }

    /// The groups and collections as they are now.
    pub(crate) async fn reload_member_choices(
        self: &Rc<Self>,
        within: Within,
    ) -> Result<Rc<Choices>, Problem> {
        let choices = Rc::new(Choices {
            groups: self.group_names(within.organization).await?,
            collections: self.collection_choices(within).await?,
        });
        let roster = self.roster(within.organization);
        roster.choices_read_at.set(self.platform.now_ms());
        *roster.choices.borrow_mut() = Some(choices.clone());
        Ok(choices)
    }

    /// None where the plan has no groups, or the role does not see them.
    async fn group_names(&self, organization: OrganizationId) -> Result<Vec<(GroupId, String)>, Problem> {
        let call = Call::get(format!("/api/organizations/{organization}/groups"));
        let groups = match self.api.json::<List<GroupRow>>(&call).await {
            Err(problem) if hides(&problem) => return Ok(Vec::new()),
            groups => groups?.data,
        };
        if groups.iter().any(|group| group.organization_id != organization) {
            return Err(ProblemKind::Mismatch.into());
        }
        let mut groups: Vec<_> = groups.into_iter().map(|group| (group.id, group.name)).collect();
        sort_by(&mut groups, |one, other| (fold(&one.1), one.0).cmp(&(fold(&other.1), other.0)));
        Ok(groups)
    }

    async fn collection_choices(self: &Rc<Self>, within: Within) -> Result<Vec<CollectionChoice>, Problem> {
        let organization = within.organization;
        let all = self.rights_in(within).await?.verdict(Action::EditCollection) == Verdict::Allowed;
        // Who may give access to every collection need not ask which; asking is written down as an event.
        let what = if all { "collections" } else { "collections/details" };
        let call = Call::get(format!("/api/organizations/{organization}/{what}"));
        let rows = match self.api.json::<List<Row>>(&call).await {
            Err(problem) if hides(&problem) => return Ok(Vec::new()),
            rows => rows?.data,
        };
        if rows.iter().any(|row| row.organization_id != organization) {
            return Err(ProblemKind::Mismatch.into());
        }
        // Without the key the collections have no names; that the key does not open is said elsewhere.
        let key = self.space_key(within).await.ok();
        let shared = rows.into_iter().filter(|row| row.kind == 0);
        let mut choices: Vec<CollectionChoice> = shared
            .map(|row| CollectionChoice {
                id: row.id,
                name: key.as_deref().and_then(|key| decrypted(key, row.name.as_deref()?)),
                grantable: all || row.manage || row.unmanaged,
            })
            .collect();
        sort_by(&mut choices, |one, other| {
            let key = |choice: &CollectionChoice| (choice.name.as_deref().map(fold), choice.id);
            key(one).cmp(&key(other))
        });
        Ok(choices)
    }
}

/// How long groups and collections count as known.
const OLD_MS: i64 = 15_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: CollectionId,
    organization_id: OrganizationId,
    name: Option<String>,
    /// 0 shared, 1 somebody's own.
    #[serde(rename = "type", default)]
    kind: i32,
    #[serde(default)]
    manage: bool,
    #[serde(default)]
    unmanaged: bool,
}

fn hides(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NotAllowed)
}

fn decrypted(key: &SymmetricKey, name: &str) -> Option<String> {
    let name: EncString = name.parse().ok()?;
    Some(key.decrypt_text(&name).ok()?.to_string())
}
