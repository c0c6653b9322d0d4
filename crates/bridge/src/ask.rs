use serde::{Deserialize, Serialize};

use crate::*;

/// A question with the type of its answer.
pub trait Question {
    /// What the core answers.
    type Answer;

    /// As a message.
    fn into_ask(self) -> Ask;

    /// The answer out of its message; `None` when it answers another question.
    fn from_answer(answer: Answer) -> Option<Self::Answer>;

    /// The answer within its message; `None` when it answers another question.
    fn read_answer(answer: &Answer) -> Option<&Self::Answer>;
}

/// Writes the pairs of question and answer down once: the two enums and the trait that ties them.
macro_rules! asks {
    ($($name:ident -> $answer:ty),+ $(,)?) => {
        /// Everything a tab can ask. Each variant is documented at the type it carries.
        #[derive(Debug, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum Ask { $($name($name)),+ }

        /// The answer to the [`Ask`] of the same name.
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum Answer { $($name($answer)),+ }

        $(impl Question for $name {
            type Answer = $answer;
            fn into_ask(self) -> Ask { Ask::$name(self) }
            fn from_answer(answer: Answer) -> Option<Self::Answer> {
                match answer { Answer::$name(inner) => Some(inner), _ => None }
            }
            fn read_answer(answer: &Answer) -> Option<&Self::Answer> {
                match answer { Answer::$name(inner) => Some(inner), _ => None }
            }
        })+
    };
}

asks! {
    GetServer -> ServerView,
    GetServers -> ServersView,
    ChooseServer -> (),
    GetSession -> SessionView,
    SignIn -> SessionView,
    TwoStep -> SessionView,
    CancelSignIn -> (),
    Unlock -> SessionView,
    Lock -> (),
    SignOut -> (),
    SetIdleLock -> (),
    StartRegistration -> RegistrationStarted,
    Register -> (),

    GetAccount -> AccountView,
    SaveAccount -> (),
    BeginTwoStep -> TwoStepSetup,
    TurnOnTwoStep -> (),
    TurnOffTwoStep -> (),

    GetPlaces -> Places,
    GetCapabilities -> CapabilitiesView,
    GetProvider -> ProviderView,
    SetUpProvider -> (),
    AcceptStaffInvitation -> (),
    AcceptOrganizationInvitation -> (),
    GetProviderDetails -> ProviderDetails,
    SaveProvider -> (),
    DeleteProvider -> (),

    GetSubscription -> Box<SubscriptionView>,
    GetProviderInvoices -> Vec<ProviderInvoice>,
    DownloadInvoice -> CsvFile,
    GetInvoiceLines -> Box<InvoiceLines>,
    GetBillingAddress -> Option<BillingAddress>,
    SaveBillingAddress -> (),

    GetPortfolio -> PortfolioView,
    GetPortfolioClients -> PortfolioClients,
    RetryPortfolio -> (),
    CreateOrganization -> OrganizationMade,
    GetTechnicians -> TechniciansView,
    GetSeatMatrix -> SeatMatrix,
    GetSeatClients -> Vec<OrganizationId>,
    PreviewTechnicians -> Vec<TechnicianPreview>,
    AddTechnicians -> JobId,
    RemoveTechnicians -> JobId,

    GetClients -> ClientsView,
    GetClientIds -> Vec<ProviderOrganizationId>,
    GetClient -> ClientView,
    CreateClient -> ClientMade,
    PreviewSeats -> SeatPreview,
    UpdateClient -> (),
    ChangeSeats -> JobId,
    GetAddable -> Vec<AddableRow>,
    AddExisting -> ClientMade,
    UnlinkClients -> JobId,
    GetMemberFingerprint -> String,
    ConfirmMember -> (),
    ExportClients -> CsvFile,

    GetStaff -> StaffView,
    GetStaffIds -> Vec<ProviderUserId>,
    InviteStaff -> JobId,
    ResendInvitations -> JobId,
    GetStaffFingerprints -> Vec<StaffFingerprint>,
    ConfirmStaff -> JobId,
    SetStaffRole -> (),
    RemoveStaff -> JobId,
    GetInvitationLinks -> Vec<InvitationLink>,
    ExportStaff -> CsvFile,

    GetEvents -> EventsView,
    LoadAllEvents -> JobId,
    RefreshEvents -> (),
    ExportEvents -> CsvFile,
    GetEventChoices -> Vec<EventChoice>,
    NameConditions -> Vec<String>,
    PauseEvents -> (),
    GetEventLanes -> LanesView,
    GetHighlight -> Vec<EventRow>,
    GetEventGaps -> Vec<EventGap>,
    RetryGaps -> (),
    VerifyEvidence -> EvidenceView,

    GetSpace -> SpaceView,

    GetCollections -> CollectionsView,
    GetCollectionIds -> Vec<Option<CollectionId>>,
    GetCollection -> CollectionView,
    SaveCollection -> CollectionId,
    GetCollectionsLoss -> CollectionsLoss,
    DeleteCollections -> JobId,
    GrantAccess -> JobId,
    GetGroups -> GroupsView,
    GetGroupIds -> Vec<GroupId>,
    GetGroup -> GroupView,
    SaveGroup -> GroupId,
    GetGroupsLoss -> GroupsLoss,
    DeleteGroups -> JobId,
    FindParties -> Vec<Found>,
    GetPolicies -> Vec<PolicyView>,
    GetPolicyEffect -> PolicyEffect,
    SavePolicy -> (),
    SavePolicies -> JobId,
    GetMembers -> MembersView,
    GetMemberIds -> Vec<OrganizationUserId>,
    GetMember -> Box<MemberView>,
    GetMemberChoices -> MemberChoices,
    InviteMembers -> JobId,
    SaveMember -> MemberSaved,
    ResendToMembers -> JobId,
    GetMemberPhrases -> Vec<MemberPhrase>,
    ConfirmMembers -> JobId,
    ChangeMembers -> JobId,
    RecoverMember -> (),
    GetMemberLink -> Option<MemberLink>,
    ExportMembers -> CsvFile,
    PreviewInvitations -> InvitationsPreview,
    InviteFromTable -> JobId,
    TryAgain -> (),
    EnterSpace -> (),
    GetOverview -> OverviewView,
    GetClientSettings -> ClientSettings,
    SaveClientName -> (),
    SaveBillingEmail -> (),
    SaveCollectionSettings -> (),
    GetApiKey -> ApiKey,
    GetClientFingerprint -> Option<String>,
    DeleteClient -> (),
    LeaveClient -> (),
    PreviewDirectory -> DirectorySummary,
    GetDirectoryRows -> DirectoryView,
    ForgetDirectory -> (),
    ApplyDirectory -> JobId,

    GetItems -> ItemsView,
    GetItemIds -> Vec<CipherId>,
    GetItem -> ItemView,
    RevealPart -> Secret,
    GetOneTimeCode -> OneTimeCode,
    SaveItem -> CipherId,
    ChangeItems -> JobId,
    Generate -> Secret,
    PreviewImport -> ImportSummary,
    ApplyImport -> JobId,
    ForgetImport -> (),

    GetDrafts -> DraftsView,
    GetDraftIds -> Vec<OrganizationId>,
    GetInvoice -> InvoiceView,
    GetInvoices -> Vec<InvoicePaper>,
    IssueInvoices -> JobId,
    CancelInvoice -> String,
    ExportInvoices -> CsvFile,
    GetLedger -> LedgerView,
    GetLedgerClients -> Vec<OrganizationId>,
    GetLedgerClient -> LedgerClient,
    ExportLedger -> CsvFile,
    PreviewReclaim -> ReclaimPreview,
    ReclaimSeats -> JobId,
    GetReconciliation -> Reconciliation,

    Jump -> Vec<JumpHit>,

    GetBooksPlace -> BooksPlace,
    ExportBooks -> BooksFile,
    PreviewBooks -> BooksImport,
    ImportBooks -> BooksImport,

    GetDiscounts -> Box<DiscountsView>,
    SaveTiers -> Mark,
    SaveSeatCosts -> Mark,
    GetPriceBook -> PriceBookView,
    SavePriceList -> Mark,
    SaveNumbers -> Mark,
    GetTermsClients -> TermsClients,
    GetClientTerms -> ClientTermsView,
    SaveClientTerms -> Mark,
    GetLetterhead -> LetterheadView,
    SaveLetterhead -> Mark,
    CheckLogo -> Picture,

    GetJobs -> Vec<JobView>,
    StopJob -> (),
    ResumeJob -> (),
    DismissJob -> (),
}
