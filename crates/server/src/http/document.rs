//! Describing bodies in the document of the interface.
//!
//! The types of the contract live in `portal_wire`, which knows nothing of such documents. Every one of them has a
//! default that serializes, and from that its schema is read: names and kinds, the same that travel.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::openapi::{
    Object, RefOr, Schema,
    schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type},
};

/// Declares what stands for types of the contract in the description of a route: `body = documents::Profile`. With
/// `list`, it is a list of the type.
macro_rules! documents {
    ($($name:ident = $type:ty $(, $list:ident)?;)+) => {
        /// Stand-ins for types of the contract in the descriptions of routes.
        pub mod documents {
            $(
                #[doc = concat!("`", stringify!($type), "`")]
                pub struct $name;

                impl utoipa::PartialSchema for $name {
                    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                        super::like(&documents!(@sample $type $(, $list)?)).into()
                    }
                }

                impl utoipa::ToSchema for $name {
                    fn name() -> std::borrow::Cow<'static, str> {
                        stringify!($name).into()
                    }
                }
            )+
        }
    };
    (@sample $type:ty) => { super::sample::<$type>() };
    (@sample $type:ty, list) => {
        serde_json::json!({ "object": "list", "data": [super::sample::<$type>()], "continuationToken": null })
    };
}

documents! {
    AcceptMemberRequest = portal_wire::organization::AcceptMemberRequest;
    AcceptStaffRequest = portal_wire::provider::AcceptStaffRequest;
    AddExistingRequest = portal_wire::client::AddExistingRequest;
    AddableOrganization = portal_wire::client::AddableOrganization;
    AdjustSeatsRequest = portal_wire::billing::AdjustSeatsRequest;
    Authenticator = portal_wire::two_factor::Authenticator;
    BillingAddress = portal_wire::provider::BillingAddress;
    BulkConfirmMembersRequest = portal_wire::organization::BulkConfirmMembersRequest;
    BulkConfirmStaffRequest = portal_wire::provider::BulkConfirmStaffRequest;
    Clients = portal_wire::client::ClientRow, list;
    Collections = portal_wire::organization::CollectionRow, list;
    Config = portal_wire::config::Config;
    ConfirmMemberRequest = portal_wire::organization::ConfirmMemberRequest;
    ConfirmStaffRequest = portal_wire::provider::ConfirmStaffRequest;
    CreateOrganizationRequest = portal_wire::organization::CreateOrganizationRequest;
    CreateClientRequest = portal_wire::client::CreateClientRequest;
    ApiKey = portal_wire::policy::ApiKey;
    ApiKeyInformation = portal_wire::policy::ApiKeyInformation, list;
    ApiKeyRequest = portal_wire::policy::ApiKeyRequest;
    BillingMetadata = portal_wire::policy::BillingMetadata;
    CollectionManagementRequest = portal_wire::organization::CollectionManagementRequest;
    KeyPair = portal_wire::organization::KeyPair;
    OrganizationKeys = portal_wire::policy::OrganizationKeys;
    OrganizationPrivateKey = portal_wire::policy::OrganizationPrivateKey;
    OrganizationWarnings = portal_wire::billing::OrganizationWarnings;
    DeleteRecoverTokenRequest = portal_wire::provider::DeleteRecoverTokenRequest;
    DisableAuthenticatorRequest = portal_wire::two_factor::DisableAuthenticatorRequest;
    DisableTwoFactorRequest = portal_wire::two_factor::DisableTwoFactorRequest;
    EnableAuthenticatorRequest = portal_wire::two_factor::EnableAuthenticatorRequest;
    EnrollmentRequest = portal_wire::membership::EnrollmentRequest;
    Error = portal_wire::error::ErrorResponse;
    Events = portal_wire::Event, list;
    InviteStaffRequest = portal_wire::provider::InviteStaffRequest;
    InviteMembersRequest = portal_wire::organization::InviteMembersRequest;
    Invoices = portal_wire::billing::Invoices;
    MemberBulkResults = portal_wire::organization::MemberBulkResult, list;
    MemberIdsRequest = portal_wire::organization::MemberIdsRequest;
    MemberNames = portal_wire::organization::MemberMini, list;
    MemberPublicKeys = portal_wire::organization::MemberPublicKey, list;
    Members = portal_wire::organization::MemberRow, list;
    Organization = portal_wire::organization::Organization;
    OrganizationPublicKey = portal_wire::organization::OrganizationPublicKey;
    Plans = portal_wire::plan::Plan, list;
    PreloginRequest = portal_wire::identity::PreloginRequest;
    Profile = portal_wire::profile::Profile;
    ProfileOrganizations = portal_wire::profile::ProfileOrganization, list;
    Provider = portal_wire::provider::Provider;
    ProviderSubscription = portal_wire::billing::ProviderSubscription;
    ProviderWarnings = portal_wire::billing::ProviderWarnings;
    RecoveryCode = portal_wire::two_factor::RecoveryCode;
    RegisterFinishRequest = portal_wire::identity::RegisterFinishRequest;
    PolicyEffect = portal_wire::policy::PolicyEffect;
    PolicyStatus = portal_wire::organization::PolicyStatus;
    PolicyStatuses = portal_wire::organization::PolicyStatus, list;
    RecoverAccountRequest = portal_wire::membership::RecoverAccountRequest;
    RecoveryDetails = portal_wire::membership::RecoveryDetails;
    RecoveryDetailsList = portal_wire::membership::RecoveryDetails, list;
    RestoreMembersRequest = portal_wire::membership::RestoreMembersRequest;
    RegisterFinished = portal_wire::identity::RegisterFinished;
    SavePolicyRequest = portal_wire::policy::SavePolicyRequest;
    SendVerificationEmailRequest = portal_wire::identity::SendVerificationEmailRequest;
    SetupProviderRequest = portal_wire::provider::SetupProviderRequest;
    Staff = portal_wire::provider::StaffRow, list;
    StaffBulkResults = portal_wire::provider::StaffBulkResult, list;
    StaffDetails = portal_wire::provider::StaffDetails;
    StaffIdsRequest = portal_wire::provider::StaffIdsRequest;
    StaffPublicKeys = portal_wire::provider::StaffPublicKey, list;
    Sync = portal_wire::profile::Sync;
    TokenError = portal_wire::identity::TokenError;
    TokenRequest = portal_wire::identity::TokenRequest;
    TokenSuccess = portal_wire::identity::TokenSuccess;
    TwoFactorStatus = portal_wire::two_factor::TwoFactorStatus;
    TwoFactorStatuses = portal_wire::two_factor::TwoFactorStatus, list;
    UpdateClientRequest = portal_wire::client::UpdateClientRequest;
    UpdateMemberRequest = portal_wire::membership::UpdateMemberRequest;
    UpdateOrganizationRequest = portal_wire::organization::UpdateOrganizationRequest;
    UpdateProviderRequest = portal_wire::provider::UpdateProviderRequest;
    UpdateStaffRequest = portal_wire::provider::UpdateStaffRequest;
    UserKey = portal_wire::profile::UserKey;
    VerificationEmailClickedRequest = portal_wire::identity::VerificationEmailClickedRequest;
    VerifyRequest = portal_wire::organization::VerifyRequest;

    AssignedCollections = portal_wire::collection::AssignedCollection, list;
    BulkCipherCollectionsRequest = portal_wire::cipher::BulkCipherCollectionsRequest;
    BulkCollectionAccessRequest = portal_wire::collection::BulkCollectionAccessRequest;
    Cipher = portal_wire::cipher::Cipher;
    CipherCollectionsRequest = portal_wire::cipher::CipherCollectionsRequest;
    CipherIdsRequest = portal_wire::cipher::CipherIdsRequest;
    CipherRequest = portal_wire::cipher::CipherRequest;
    Ciphers = portal_wire::cipher::Cipher, list;
    CollectionAccessDetails = portal_wire::collection::CollectionAccessDetails;
    CollectionIdsRequest = portal_wire::collection::CollectionIdsRequest;
    CollectionRequest = portal_wire::collection::CollectionRequest;
    CollectionsDetails = portal_wire::collection::CollectionAccessDetails, list;
    CreateCipherRequest = portal_wire::cipher::CreateCipherRequest;
    DirectoryImportRequest = portal_wire::directory::DirectoryImportRequest;
    GroupDetails = portal_wire::group::GroupDetails;
    GroupIdsRequest = portal_wire::group::GroupIdsRequest;
    GroupRequest = portal_wire::group::GroupRequest;
    Groups = portal_wire::organization::GroupRow, list;
    GroupsDetails = portal_wire::group::GroupDetails, list;
    ImportOrganizationRequest = portal_wire::vault::ImportOrganizationRequest;
    OrganizationExport = portal_wire::vault::OrganizationExport;
}

fn sample<T: Serialize + Default>() -> Value {
    serde_json::to_value(T::default()).unwrap_or_default()
}

/// The schema a value looks like. What is null may be anything, or missing.
fn like(value: &Value) -> Schema {
    let of_type = |kind| Schema::Object(ObjectBuilder::new().schema_type(SchemaType::Type(kind)).build());
    match value {
        Value::Null => Schema::Object(Object::with_type(SchemaType::AnyValue)),
        Value::Bool(_) => of_type(Type::Boolean),
        Value::Number(number) if number.is_f64() => of_type(Type::Number),
        Value::Number(_) => of_type(Type::Integer),
        Value::String(_) => of_type(Type::String),
        Value::Array(items) => {
            let items = items.first().map_or_else(|| like(&Value::Null), like);
            Schema::Array(ArrayBuilder::new().items(RefOr::T(items)).build())
        }
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.iter().collect();
            let object = fields
                .into_iter()
                .fold(ObjectBuilder::new(), |object, (name, value)| object.property(name, like(value)));
            Schema::Object(object.schema_type(SchemaType::Type(Type::Object)).build())
        }
    }
}
