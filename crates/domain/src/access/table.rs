//! The table itself. Everything else in this room reads it.

use portal_wire::profile::Permissions;

use super::{Action, Action::*, Refusal, Refusal::*};

/// One action and who has it.
pub(super) struct Row {
    pub(super) action: Action,
    pub(super) place: Place,
    pub(super) provider_admin: Cell,
    pub(super) service_user: Cell,
    pub(super) owner: Cell,
    pub(super) admin: Cell,
    pub(super) user: Cell,
    pub(super) nobody: Cell,
    /// Permissions any of which gives it to a Custom member, who otherwise has what a User has.
    pub(super) custom: &'static [Permission],
    /// Permissions any of which gives a part of it.
    pub(super) custom_in_part: &'static [Permission],
    /// What the server answers those who do not have it.
    pub(super) refusal: Refusal,
    /// What must be the case, else it is shown disabled.
    pub(super) needs: &'static [Need],
}

/// Where an action belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Provider,
    Client,
    Anywhere,
}

/// What one role has of one action.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Yes,
    No,
    /// Unless a provider of any kind manages the organization.
    Unmanaged,
    /// Unless a provider other than a reseller manages the organization.
    UnmanagedOrReseller,
    /// Only where the person has Can Manage, unless Owners and Admins reach everything.
    IfReached,
    /// Unless creating collections is limited to Owners and Admins.
    IfUnlimited,
    /// If the server lets the provider's staff at items.
    IfServerAllows,
    /// Only where the person has Can Manage.
    InPart,
}

/// A permission of a Custom member.
#[derive(Clone, Copy)]
pub(super) enum Permission {
    EventLogs,
    ImportExport,
    Reports,
    CreateNew,
    EditAny,
    DeleteAny,
    Groups,
    Policies,
    Sso,
    Users,
    Recovery,
    Scim,
}

/// What an action needs beside the role.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// The provider is not suspended. (Service Users need that for everything.)
    Unsuspended,
    /// The provider key opens.
    ProviderKey,
    /// The provider keeps events.
    ProviderEvents,
    /// No client is linked.
    NoClients,
    /// The client's plan has events.
    Events,
    /// The client's plan has groups.
    Groups,
    /// The client's plan has policies.
    Policies,
    /// The client's plan has single sign-on.
    Sso,
    /// The client's plan has SCIM.
    Scim,
}

const YES: Cell = Cell::Yes;
const NO: Cell = Cell::No;
const PART: Cell = Cell::InPart;
const REACH: Cell = Cell::IfReached;
const SERVER: Cell = Cell::IfServerAllows;

/// An action at the provider: Provider Admins, Service Users.
const fn provider(
    action: Action,
    admin: Cell,
    service_user: Cell,
    refusal: Refusal,
    needs: &'static [Need],
) -> Row {
    Row {
        place: Place::Provider,
        provider_admin: admin,
        service_user,
        ..client(action, NO, NO, NO, NO, &[], &[], refusal, needs)
    }
}

/// An action in an organization: the provider's staff of either role, Owners, Admins, Users; Custom members.
#[expect(clippy::too_many_arguments, reason = "these are the columns of the table")]
const fn client(
    action: Action,
    staff: Cell,
    owner: Cell,
    admin: Cell,
    user: Cell,
    custom: &'static [Permission],
    custom_in_part: &'static [Permission],
    refusal: Refusal,
    needs: &'static [Need],
) -> Row {
    Row {
        action,
        place: Place::Client,
        provider_admin: staff,
        service_user: staff,
        owner,
        admin,
        user,
        nobody: NO,
        custom,
        custom_in_part,
        refusal,
        needs,
    }
}

/// What whoever is signed in may do.
const fn anyone(action: Action, refusal: Refusal) -> Row {
    Row { place: Place::Anywhere, nobody: YES, ..client(action, YES, YES, YES, YES, &[], &[], refusal, &[]) }
}

use Permission as P;

/// Every action, in the order of [`Action::ALL`].
#[rustfmt::skip]
pub(super) const TABLE: &[Row] = &[
    // At the provider               Admin Service user
    provider(OpenProvider,             YES, YES, Forbidden,           &[]),
    provider(ViewProvider,             YES, YES, Forbidden,           &[]),
    provider(EditProvider,             YES, NO,  Forbidden,           &[]),
    provider(SetUpProvider,            YES, NO,  Forbidden,           &[]),
    provider(DeleteProvider,           YES, NO,  Forbidden,           &[Need::NoClients]),
    provider(ViewStaff,                YES, NO,  Forbidden,           &[]),
    provider(InviteStaff,              YES, NO,  Forbidden,           &[]),
    provider(ResendStaffInvitation,    YES, NO,  Forbidden,           &[]),
    provider(ConfirmStaff,             YES, NO,  Forbidden,           &[Need::ProviderKey]),
    provider(ChangeStaffRole,          YES, NO,  Forbidden,           &[]),
    provider(RemoveStaff,              YES, NO,  Forbidden,           &[]),
    anyone(AcceptStaffInvitation,                BadRequest),
    provider(ViewClients,              YES, YES, Forbidden,           &[]),
    provider(CreateClient,             YES, NO,  UnauthorizedWithText, &[Need::Unsuspended, Need::ProviderKey]),
    provider(RenameClient,             YES, YES, UnauthorizedWithText, &[Need::Unsuspended]),
    provider(ChangeSeats,              YES, YES, UnauthorizedWithText, &[Need::Unsuspended]),
    provider(BuySeats,                 YES, NO,  UnauthorizedWithText, &[Need::Unsuspended]),
    provider(ViewAddable,              YES, YES, UnauthorizedWithText, &[Need::Unsuspended]),
    provider(AddExisting,              YES, NO,  UnauthorizedWithText, &[Need::Unsuspended, Need::ProviderKey]),
    provider(UnlinkClient,             YES, NO,  Forbidden,           &[]),
    provider(ViewProviderSubscription, YES, YES, UnauthorizedWithText, &[]),
    provider(ViewProviderBilling,      YES, NO,  UnauthorizedWithText, &[]),
    provider(ViewProviderEvents,       YES, NO,  NotFound,            &[Need::ProviderEvents]),
    provider(ExportProviderEvents,     YES, NO,  NotFound,            &[Need::ProviderEvents]),
    provider(OpenClient,               YES, YES, NotFound,            &[]),

    // In an organization       Staff Owner                      Admin  User  Custom with…  in part with…
    client(ViewOrganization,      YES, YES,                       NO,    NO,  &[], &[], NotFound, &[]),
    client(EditOrganization,      YES, YES,                       NO,    NO,  &[], &[], Unauthorized, &[]),
    client(EditBillingEmail,      YES, Cell::Unmanaged,           NO,    NO,  &[], &[], Unauthorized, &[]),
    client(DeleteOrganization,    YES, YES,                       NO,    NO,  &[], &[], NotFound, &[]),
    client(ViewSubscription,      YES, Cell::UnmanagedOrReseller, NO,    NO,  &[], &[], NotFound, &[]),
    client(EditSubscription,      YES, Cell::Unmanaged,           NO,    NO,  &[], &[], NotFound, &[]),
    client(ViewPaymentDetails,    YES, Cell::Unmanaged,           NO,    NO,  &[], &[], UnauthorizedWithText, &[]),
    client(ViewBillingNotices,    YES, YES,                       YES,   YES, &[], &[], Forbidden, &[]),
    client(ManageApiKey,          YES, YES,                       NO,    NO,  &[], &[], NotFound, &[]),
    client(ManageScimKey,         YES, YES,                       YES,   NO,  &[P::Scim], &[], NotFound, &[Need::Scim]),
    anyone(ViewPublicKey,                                                               NotFound),
    client(SetKeyPair,            YES, YES,                       YES,   NO,  &[P::Recovery], &[], UnauthorizedWithText, &[]),
    client(ViewMembers,           YES, YES,                       YES,   NO,  &[P::Users], &[P::Recovery], NotFound, &[]),
    client(ViewMemberNames,       YES, YES,                       YES,   YES, &[], &[], Forbidden, &[]),
    client(ManageMembers,         YES, YES,                       YES,   NO,  &[P::Users], &[], Forbidden, &[]),
    client(EditMember,            YES, YES,                       YES,   NO,  &[P::Users], &[], Forbidden, &[]),
    client(RecoverAccount,        YES, YES,                       YES,   NO,  &[P::Recovery], &[], Forbidden, &[]),
    client(ViewCollections,       YES, YES,                       YES,   PART, &[P::EditAny, P::DeleteAny, P::ImportExport, P::Groups], &[], NotFound, &[]),
    client(ViewCollectionAccess,  YES, YES,                       YES,   PART, &[P::EditAny, P::DeleteAny, P::Users, P::Groups], &[], NotFound, &[]),
    client(CreateCollection,      YES, YES,                       YES,   Cell::IfUnlimited, &[P::CreateNew], &[], NotFound, &[]),
    client(EditCollection,        YES, REACH,                     REACH, PART, &[P::EditAny], &[P::Users, P::Groups], NotFound, &[]),
    client(DeleteCollection,      YES, REACH,                     REACH, PART, &[P::DeleteAny], &[], NotFound, &[]),
    client(ViewGroups,            YES, YES,                       YES,   PART, &[P::Users, P::Groups, P::Reports, P::CreateNew], &[], Forbidden, &[Need::Groups]),
    client(ViewGroupDetails,      YES, YES,                       YES,   NO,  &[P::Users, P::Groups], &[], Forbidden, &[Need::Groups]),
    client(ManageGroups,          YES, YES,                       YES,   NO,  &[P::Groups], &[], Forbidden, &[Need::Groups]),
    client(ManagePolicies,        YES, YES,                       YES,   NO,  &[P::Policies], &[], Forbidden, &[Need::Policies]),
    client(ManageSso,             YES, YES,                       YES,   NO,  &[P::Sso], &[], NotFound, &[Need::Sso]),
    client(ViewOrganizationEvents, YES, YES,                      YES,   NO,  &[P::EventLogs], &[], NotFound, &[Need::Events]),
    client(ViewItems,             YES, YES,                       YES,   NO,  &[P::ImportExport, P::EditAny, P::Reports], &[], NotFound, &[]),
    client(EditItems,         SERVER,  REACH,                     REACH, NO,  &[P::EditAny], &[], NotFound, &[]),
    client(ExportVault,       SERVER,  YES,                       YES,   PART, &[P::ImportExport], &[], NotFound, &[]),
    client(ImportVault,           YES, YES,                       YES,   PART, &[P::ImportExport, P::CreateNew, P::EditAny], &[], BadRequest, &[]),
    client(PurgeVault,            YES, YES,                       YES,   NO,  &[P::EditAny], &[], NotFound, &[]),
    client(LeaveOrganization,     NO,  YES,                       YES,   YES, &[], &[], NotFound, &[]),
];

// A row in the wrong place would give one action the rights of another, so this does not compile then.
const _: () = {
    assert!(TABLE.len() == Action::ALL.len());
    let mut place = 0;
    while place < TABLE.len() {
        #[expect(clippy::indexing_slicing, reason = "the loop ends at the length")]
        let action = TABLE[place].action;
        assert!(action as usize == place);
        place += 1;
    }
};

/// The row of an action.
pub(super) fn row(action: Action) -> Option<&'static Row> {
    TABLE.get(action as usize)
}

impl Permission {
    pub(super) fn is_held(self, permissions: &Permissions) -> bool {
        match self {
            Self::EventLogs => permissions.access_event_logs,
            Self::ImportExport => permissions.access_import_export,
            Self::Reports => permissions.access_reports,
            Self::CreateNew => permissions.create_new_collections,
            Self::EditAny => permissions.edit_any_collection,
            Self::DeleteAny => permissions.delete_any_collection,
            Self::Groups => permissions.manage_groups,
            Self::Policies => permissions.manage_policies,
            Self::Sso => permissions.manage_sso,
            Self::Users => permissions.manage_users,
            Self::Recovery => permissions.manage_reset_password,
            Self::Scim => permissions.manage_scim,
        }
    }
}
