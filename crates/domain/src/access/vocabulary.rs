use serde::{Deserialize, Serialize};

/// Declares the actions once: the enum and the list of all of them.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Something a person may want to do. The words are those of the contract's role table (§6.3).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Action { $($(#[$doc])* $name),+ }

        impl Action {
            /// Every action, in the order of the table.
            pub const ALL: &'static [Action] = &[$(Action::$name),+];
        }
    };
}

actions! {
    /// Enter the provider at all.
    OpenProvider,
    /// See the provider's details.
    ViewProvider,
    /// Change the provider's name and addresses.
    EditProvider,
    /// Set a pending provider up.
    SetUpProvider,
    /// Delete the provider.
    DeleteProvider,
    /// List staff.
    ViewStaff,
    /// Invite staff.
    InviteStaff,
    /// Send a staff invitation again.
    ResendStaffInvitation,
    /// Give the provider key to an accepted person.
    ConfirmStaff,
    /// Change a person's role.
    ChangeStaffRole,
    /// Remove a person from the staff.
    RemoveStaff,
    /// Accept an invitation to the staff.
    AcceptStaffInvitation,
    /// List clients.
    ViewClients,
    /// Create a client.
    CreateClient,
    /// Rename a client.
    RenameClient,
    /// Lower a client's seats, or raise them within the paid pool.
    ChangeSeats,
    /// Raise a client's seats so that some have to be bought.
    BuySeats,
    /// See one's own organizations that could become clients.
    ViewAddable,
    /// Make an organization one owns a client.
    AddExisting,
    /// Unlink a client.
    UnlinkClient,
    /// See the provider's subscription and warnings.
    ViewProviderSubscription,
    /// See invoices, payment method, address and credit of the provider.
    ViewProviderBilling,
    /// Read the provider's events.
    ViewProviderEvents,
    /// Save the provider's events as a file.
    ExportProviderEvents,
    /// Enter a client.
    OpenClient,
    /// See a client's organization.
    ViewOrganization,
    /// Change a client's name and collection settings.
    EditOrganization,
    /// Change a client's billing address.
    EditBillingEmail,
    /// Delete a client's organization.
    DeleteOrganization,
    /// See a client's subscription.
    ViewSubscription,
    /// Change a client's subscription.
    EditSubscription,
    /// Bills, payment method, address and credit. Bitwarden's server lets Owners of managed organizations in at the newer of these
    /// routes and nowhere else (contract §6.3, note 1); this table, and so the embedded server, holds to the rule of §6.4.
    ViewPaymentDetails,
    /// Billing metadata and warnings.
    ViewBillingNotices,
    /// See or rotate the organization's API key.
    ManageApiKey,
    /// See or rotate the SCIM key.
    ManageScimKey,
    /// Read the organization's public key.
    ViewPublicKey,
    /// Set the organization's key pair.
    SetKeyPair,
    /// List members with all details.
    ViewMembers,
    /// List members' names only.
    ViewMemberNames,
    /// Invite, confirm, revoke, restore and remove members.
    ManageMembers,
    /// Change a member's role, groups and collections.
    EditMember,
    /// Recover a member's account.
    RecoverAccount,
    /// List all collections.
    ViewCollections,
    /// List collections with who may do what in them.
    ViewCollectionAccess,
    /// Create collections.
    CreateCollection,
    /// Change any collection and its access.
    EditCollection,
    /// Delete any collection.
    DeleteCollection,
    /// List groups.
    ViewGroups,
    /// List groups with their collections.
    ViewGroupDetails,
    /// Create, change and delete groups.
    ManageGroups,
    /// Read and write policies.
    ManagePolicies,
    /// Single sign-on settings.
    ManageSso,
    /// Read an organization's events.
    ViewOrganizationEvents,
    /// List all items, encrypted.
    ViewItems,
    /// Create, change and delete any item.
    EditItems,
    /// Export the vault.
    ExportVault,
    /// Import into the vault.
    ImportVault,
    /// Empty the vault.
    PurgeVault,
    /// Leave the organization.
    LeaveOrganization,
}

/// Whether an action can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// It can be done.
    Allowed,
    /// The role has it, but not now.
    Disabled(Reason),
    /// The role never has it: no control, no page, no route.
    Hidden,
}

/// Why something cannot be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// The provider is suspended.
    ProviderSuspended,
    /// The provider waits to be set up.
    ProviderPending,
    /// A suspended provider lets only its admins in.
    ContactAdministrator,
    /// The provider manages billing.
    ManagedByProvider,
    /// It would leave the provider without a confirmed Provider Admin.
    LastAdmin,
    /// One cannot do this to oneself.
    Yourself,
    /// The person has not been invited-and-accepted as far as the action needs.
    WrongState,
    /// Seats would have to be bought, which only a Provider Admin may.
    NeedsPurchase,
    /// More seats are in use than that.
    BelowUsedSeats,
    /// Clients are still linked.
    ClientsLinked,
    /// The client has no confirmed owner of its own.
    NoConfirmedOwner,
    /// The client's plan does not have it.
    PlanLacksIt,
    /// The server does not keep events for it.
    EventsOff,
    /// One's copy of the provider key is missing.
    KeyMissing,
    /// The role may do this only in part, as the organization's settings say.
    LimitedBySettings,
    /// The person's role is above what one may manage.
    HigherRole,
    /// Nobody could act as owner of the organization any more.
    LastOwner,
    /// The organization owns the account, which can be revoked but not removed.
    Claimed,
    /// Every seat is taken.
    SeatsTaken,
    /// The person did not agree to account recovery.
    NotEnrolled,
}
