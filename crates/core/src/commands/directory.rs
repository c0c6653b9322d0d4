//! Taking people and groups over from a file a directory was exported to.

use std::rc::Rc;

use portal_bridge::{
    Action, ApplyDirectory, DirectoryKind, DirectorySummary, DirectoryView, Fault, Field, FieldProblem,
    ForgetDirectory, GetDirectoryRows, JobId, JobKind, LARGEST_DIRECTORY, ListState, Part, PreviewDirectory,
    Problem, ProblemKind, Rows,
};
use portal_domain::directory;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Handle, session::given};
use crate::{
    Core,
    api::Call,
    jobs::{Entry, Import, start_rows},
    stores::directory::Previews,
};

impl Handle for PreviewDirectory {
    async fn handle(self, core: &Rc<Core>) -> Result<DirectorySummary, Problem> {
        let Self { within, file, bytes, remove_absent } = self;
        core.rights_in(within).await?.demand(Action::ManageMembers)?;
        if bytes.len() > LARGEST_DIRECTORY {
            let limit = u32::try_from(LARGEST_DIRECTORY).unwrap_or(u32::MAX);
            return Err(refused(Fault::TooLong { limit }, None));
        }
        let text = String::from_utf8(bytes).map_err(|_| refused(Fault::Malformed, Some(NO_TEXT.into())))?;
        let read = directory::read(&file, &text)
            .map_err(|error| refused(Fault::Malformed, Some(error.to_string())))?;
        let form = directory::form(&file, &text);
        let preview = core.preview_again(within, file, form, read, remove_absent).await?;
        core.tell_client(within.organization, Part::Directory);
        Ok(preview.summary())
    }
}

impl Handle for GetDirectoryRows {
    async fn handle(self, core: &Rc<Core>) -> Result<DirectoryView, Problem> {
        core.rights_in(self.query.within).await?.demand(Action::ManageMembers)?;
        let none = || DirectoryView {
            summary: None,
            rows: Rows { total: 0, matched: 0, from: 0, rows: Vec::new(), state: ListState::Complete },
        };
        let preview = core.preview(self.query.within);
        Ok(preview.map_or_else(none, |preview| preview.view(&self.query, self.window)))
    }
}

impl Handle for ForgetDirectory {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.stores.of_client::<Previews>(self.0.organization).0.take();
        core.tell_client(self.0.organization, Part::Directory);
        Ok(())
    }
}

impl Handle for ApplyDirectory {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        let Self { within, password } = self;
        let rights = core.rights_in(within).await?;
        rights.demand(Action::ManageMembers)?;
        rights.demand(Action::ManageApiKey)?;
        let preview = core.preview(within).ok_or(ProblemKind::NotFound)?;
        let summary = preview.summary();
        let invites = summary.counts.iter().any(|(kind, count)| *kind == DirectoryKind::Invite && *count > 0);
        if invites && summary.seats_after.is_some_and(|left| left < 0) {
            return Err(Problem::with(ProblemKind::Refused, NO_SEATS));
        }
        let key = core.api_key(within, given(&password)?, false).await?;
        let token = core.import_token(&key.client_id, &Zeroizing::new(key.client_secret)).await?;
        let entries = Entry::all_of(&preview);
        let labels = entries.iter().map(|entry| entry.label().to_owned()).collect();
        let work = Import { within, entries, token };
        Ok(start_rows(core, within.provider.unwrap_or_default(), JobKind::ImportDirectory, labels, work))
    }
}

/// What is said of a file that is no text.
const NO_TEXT: &str = "The file is not text in UTF-8.";
/// What is said when more people are to come than there are seats for.
const NO_SEATS: &str = "There are fewer seats than people to invite.";

impl Core {
    /// A token for the public import: an hour long, and for this organization alone (contract §1.3).
    async fn import_token(&self, client_id: &str, secret: &str) -> Result<Zeroizing<String>, Problem> {
        let call = Call::post("/identity/connect/token").anonymous().repeatable().form(&[
            ("grant_type", "client_credentials"),
            ("client_id", client_id),
            ("client_secret", secret),
            ("scope", "api.organization"),
        ]);
        let granted: Granted = self.api.json(&call).await?;
        Ok(granted.access_token)
    }
}

#[derive(Deserialize)]
struct Granted {
    access_token: Zeroizing<String>,
}

fn refused(fault: Fault, detail: Option<String>) -> Problem {
    let fault = FieldProblem { field: Field::File, fault, part: None };
    Problem::of(ProblemKind::Invalid(vec![fault]), detail)
}
