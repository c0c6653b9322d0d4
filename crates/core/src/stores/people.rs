//! The members of a client by name: whom a collection can be shared with, and who can be in a group.

use std::rc::Rc;

use futures::{FutureExt, future::LocalBoxFuture};
use portal_bridge::{OrganizationUserId, Part, Problem, UserId, Within};
use portal_domain::search::fold;
use serde::Deserialize;

use super::kept::Kept;
use crate::{
    Core,
    api::{Call, RowSink, read},
    sort::sort_by,
};

/// The members, by name.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct People(pub(crate) Vec<Named>);

/// A member by name.
#[derive(Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) id: OrganizationUserId,
    /// The account, once accepted.
    pub(crate) user: Option<UserId>,
    pub(crate) name: Option<String>,
    pub(crate) email: String,
    /// Name and address, folded, for searching.
    pub(crate) folded: String,
}

impl Named {
    /// The name, or the address where there is none.
    pub(crate) fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.email)
    }

    /// The address, where the label is the name.
    pub(crate) fn note(&self) -> Option<String> {
        self.name.is_some().then(|| self.email.clone())
    }
}

impl People {
    /// What a member is called; the id where nobody knows.
    pub(crate) fn label(&self, id: OrganizationUserId) -> String {
        let known = self.0.iter().find(|person| person.id == id);
        known.map_or_else(|| id.to_string(), |person| person.label().to_owned())
    }
}

impl Kept for People {
    const PART: Part = Part::Members;

    /// By the short list, which everybody in the organization may read (contract §4.3).
    fn read<'a>(core: &'a Rc<Core>, within: Within) -> LocalBoxFuture<'a, Result<Self, Problem>> {
        async move {
            let mut people = Rows(Vec::new());
            let call = Call::get(format!("/api/organizations/{}/users/mini-details", within.organization));
            core.api.rows(&call, "data", &mut people).await?;
            let mut people = people.0;
            sort_by(&mut people, |one, other| (&one.folded, one.id).cmp(&(&other.folded, other.id)));
            Ok(Self(people))
        }
        .boxed_local()
    }
}

struct Rows(Vec<Named>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: OrganizationUserId,
    user_id: Option<UserId>,
    name: Option<String>,
    email: Option<String>,
}

impl RowSink for Rows {
    fn restart(&mut self) {
        self.0.clear();
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let Row { id, user_id, name, email } = read(json)?;
        let name = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let email = email.unwrap_or_default();
        let folded = fold(&format!("{} {email}", name.as_deref().unwrap_or_default()));
        self.0.push(Named { id, user: user_id, name, email, folded });
        Ok(())
    }
}
