//! Books on the server, encrypted with the provider key.

use std::rc::Rc;

use portal_bridge::{Problem, ProblemKind, ProviderId};
use portal_domain::limits::books::is_page_name;
use portal_keys::SymmetricKey;
use serde::{Deserialize, Serialize};

use super::Listing;
use crate::{
    Core,
    api::{Call, refusal},
};

/// How often a page is sent of which nobody knows whether it arrived.
const SENDINGS: u32 = 4;

pub(super) struct OnServer {
    pub(super) core: Rc<Core>,
    pub(super) provider: ProviderId,
    pub(super) key: Rc<SymmetricKey>,
}

/// A page as the server has it.
#[derive(Deserialize)]
pub(super) struct Sealed {
    name: String,
    revision: i64,
    pub(super) content: String,
}

#[derive(Serialize)]
struct NewPage<'a> {
    revision: i64,
    content: &'a str,
}

impl OnServer {
    pub(super) async fn list(&self) -> Result<Listing, Problem> {
        let call = Call::get(format!("/api/portal/providers/{}/books", self.provider));
        let mut listing: Listing = self.core.api.json(&call).await?;
        // No other name can be part of a path.
        listing.pages.retain(|page| is_page_name(&page.name));
        crate::sort::sort_by(&mut listing.pages, |one, other| one.name.cmp(&other.name));
        Ok(listing)
    }

    pub(super) async fn sealed(&self, page: &str) -> Result<Option<Sealed>, Problem> {
        let call = Call::get(format!("/api/portal/providers/{}/books/{page}", self.provider));
        match self.core.api.json::<Sealed>(&call).await {
            Ok(sealed) if sealed.name == page => Ok(Some(sealed)),
            Ok(_) => Err(ProblemKind::Mismatch.into()),
            Err(problem) if problem.kind == ProblemKind::NotFound => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Writes a page over this revision of all pages; false if there is a newer one.
    ///
    /// No two writings encrypt to the same text. So when an answer is lost, the page itself tells whether it was written.
    pub(super) async fn write(&self, listing: &Listing, page: &str, content: &str) -> Result<bool, Problem> {
        let body = NewPage { revision: listing.revision, content };
        let call = Call::put(format!("/api/portal/providers/{}/books/{page}", self.provider)).json(&body);
        let mut lost = None;
        for _ in 0..SENDINGS {
            match self.core.api.answer(&call).await {
                Ok((reply, _)) if reply.is_success() => return Ok(true),
                Ok((reply, _)) if reply.status == 409 && lost.is_none() => return Ok(false),
                Ok((reply, _)) if reply.status == 409 || reply.status >= 500 => {
                    lost = Some(refusal(&call, &reply));
                }
                Ok((reply, _)) => return Err(refusal(&call, &reply)),
                Err(problem) if problem.kind == ProblemKind::Uncertain => lost = Some(problem),
                // It is known of this sending that it did nothing, but not of those before.
                Err(problem) if lost.is_some() => return Err(problem.as_kind(ProblemKind::Uncertain)),
                Err(problem) => return Err(problem),
            }
            let uncertain = |problem: Problem| problem.as_kind(ProblemKind::Uncertain);
            if self.list().await.map_err(uncertain)?.revision == listing.revision {
                // It may still arrive: the same is sent again, of which only one can be taken.
                continue;
            }
            return match self.sealed(page).await.map_err(uncertain)? {
                Some(now) if now.content == content => Ok(true),
                // Somebody wrote in this page, over what was sent or instead of it.
                Some(now) if now.revision > listing.revision => Err(ProblemKind::Uncertain.into()),
                // It was not written, and what is over cannot be written any more.
                _ => Ok(false),
            };
        }
        Err(lost.unwrap_or_else(|| ProblemKind::Uncertain.into()).as_kind(ProblemKind::Uncertain))
    }
}
