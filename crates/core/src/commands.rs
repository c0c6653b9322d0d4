//! What each question and command does, one area per file.

mod account;
mod again;
mod attempts;
mod books;
mod bulk;
mod capabilities;
mod client_settings;
#[cfg(test)]
mod client_tests;
mod clients;
pub(crate) mod collections;
mod directory;
mod drafts;
mod events;
mod export;
mod generate;
mod groups;
mod items;
mod jobs;
mod ledger;
mod members;
mod overview;
mod palette;
mod parties;
mod policies;
mod portfolio;
mod prices;
mod providers;
mod server;
mod session;
mod space;
mod staff;
mod subscription;
mod technicians;
mod vault_import;

pub(crate) use clients::KEY_CHANGED;
pub(crate) use items::ItemReach;

use std::{
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use futures::future::LocalBoxFuture;
use portal_bridge::{Answer, Ask, Problem, Question};

use crate::Core;

/// A question this core answers.
pub(crate) trait Handle: Question {
    /// Finds the answer out.
    fn handle(self, core: &Rc<Core>) -> impl Future<Output = Result<Self::Answer, Problem>>;
}

/// The answer to any question, from the answer to one. By hand, since an `async` block would be a state machine of its own
/// for each question.
struct Answering<'a, A> {
    answer: LocalBoxFuture<'a, Result<A, Problem>>,
    wrap: fn(A) -> Answer,
}

impl<A> Future for Answering<'_, A> {
    type Output = Result<Answer, Problem>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.answer.as_mut().poll(context).map_ok(self.wrap)
    }
}

/// Sends each question to its handler. Each becomes a future of one and the same type, so that waiting for it, and giving it
/// up, is one program for all of them.
macro_rules! handled {
    ($($name:ident),+ $(,)?) => {
        /// The answer to any question.
        pub(crate) fn answer<'a>(core: &'a Rc<Core>, ask: Ask) -> LocalBoxFuture<'a, Result<Answer, Problem>> {
            match ask {
                $(Ask::$name(question) => {
                    Box::pin(Answering { answer: Box::pin(question.handle(core)), wrap: Answer::$name })
                })+
            }
        }
    };
}

handled! {
    GetServer, GetServers, ChooseServer, GetSession, SignIn, TwoStep, CancelSignIn, Unlock, Lock, SignOut, SetIdleLock, StartRegistration, Register,
    GetAccount, SaveAccount, BeginTwoStep, TurnOnTwoStep, TurnOffTwoStep,
    GetPlaces, GetCapabilities, GetProvider, SetUpProvider, AcceptStaffInvitation, AcceptOrganizationInvitation, GetProviderDetails,
    SaveProvider, DeleteProvider,
    GetSubscription, GetProviderInvoices, DownloadInvoice, GetInvoiceLines, GetBillingAddress, SaveBillingAddress,
    GetPortfolio, GetPortfolioClients, RetryPortfolio, CreateOrganization, GetTechnicians, GetSeatMatrix,
    GetSeatClients, PreviewTechnicians, AddTechnicians, RemoveTechnicians,
    GetClients, GetClientIds, GetClient, CreateClient, PreviewSeats, UpdateClient, GetAddable, AddExisting,
    GetMemberFingerprint, ConfirmMember,
    GetStaff, GetStaffIds, InviteStaff, ResendInvitations, GetStaffFingerprints, ConfirmStaff, SetStaffRole, RemoveStaff,
    GetInvitationLinks, ChangeSeats, UnlinkClients, GetEvents, LoadAllEvents, RefreshEvents, ExportClients, ExportStaff,
    ExportEvents, GetSpace,
    GetCollections, GetCollectionIds, GetCollection, SaveCollection, GetCollectionsLoss, DeleteCollections, GrantAccess,
    GetGroups, GetGroupIds, GetGroup, SaveGroup, GetGroupsLoss, DeleteGroups, FindParties,
    GetPolicies, GetPolicyEffect, SavePolicy, SavePolicies,
    GetMembers, GetMemberIds, GetMember, GetMemberChoices, InviteMembers, SaveMember, ResendToMembers, GetMemberPhrases,
    ConfirmMembers, ChangeMembers, RecoverMember, GetMemberLink, ExportMembers, PreviewInvitations, InviteFromTable,
    EnterSpace, GetOverview, GetEventChoices, NameConditions, PauseEvents, GetEventLanes, GetHighlight, GetEventGaps, RetryGaps,
    VerifyEvidence, GetClientSettings, SaveClientName, SaveBillingEmail, SaveCollectionSettings,
    GetApiKey, GetClientFingerprint, DeleteClient, LeaveClient, PreviewDirectory, GetDirectoryRows, ForgetDirectory,
    ApplyDirectory,
    GetItems, GetItemIds, GetItem, RevealPart, GetOneTimeCode, SaveItem, ChangeItems, Generate,
    PreviewImport, ApplyImport, ForgetImport,
    GetBooksPlace, ExportBooks, PreviewBooks, ImportBooks,
    GetDrafts, GetDraftIds, GetInvoice, GetInvoices, IssueInvoices, CancelInvoice, ExportInvoices,
    GetDiscounts, SaveTiers, SaveSeatCosts, GetPriceBook, SavePriceList, SaveNumbers, GetTermsClients, GetClientTerms,
    SaveClientTerms, GetLetterhead, SaveLetterhead, CheckLogo,
    GetLedger, GetLedgerClients, GetLedgerClient, ExportLedger, PreviewReclaim, ReclaimSeats, GetReconciliation,
    TryAgain, Jump, GetJobs, StopJob, ResumeJob, DismissJob,
}

/// Whether a question is answered without an open session, and while one ends.
pub(crate) fn outlives_session(ask: &Ask) -> bool {
    matches!(
        ask,
        Ask::GetServer(_)
            | Ask::GetServers(_)
            | Ask::ChooseServer(_)
            | Ask::GetSession(_)
            | Ask::SignIn(_)
            | Ask::TwoStep(_)
            | Ask::CancelSignIn(_)
            | Ask::Unlock(_)
            | Ask::Lock(_)
            | Ask::SignOut(_)
            | Ask::SetIdleLock(_)
            | Ask::StartRegistration(_)
            | Ask::Register(_)
    )
}

/// Whether it is a step on the way in, or about the server one goes in to.
pub(crate) fn enters(ask: &Ask) -> bool {
    matches!(
        ask,
        Ask::GetServers(_)
            | Ask::ChooseServer(_)
            | Ask::SignIn(_)
            | Ask::TwoStep(_)
            | Ask::Unlock(_)
            | Ask::StartRegistration(_)
            | Ask::Register(_)
    )
}
