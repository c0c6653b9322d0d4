//! What happened.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};

use crate::{
    enums::{DeviceType, EventSystemUser, EventType},
    ids::{
        CipherId, CollectionId, GroupId, InstallationId, OrganizationId, OrganizationUserId, PolicyId,
        ProjectId, ProviderId, ProviderOrganizationId, ProviderUserId, SecretId, SendId, ServiceAccountId,
        UserId,
    },
    timestamp::Timestamp,
};

/// One event. It has no id of its own and no names; lists of events come 50 at a time in a [`crate::List`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "object", rename = "event", rename_all = "camelCase")]
pub struct Event {
    #[serde(rename = "type")]
    pub kind: EventType,
    pub date: Timestamp,
    /// Who did it.
    pub acting_user_id: Option<UserId>,
    /// To whom it was done.
    pub user_id: Option<UserId>,
    pub organization_id: Option<OrganizationId>,
    pub provider_id: Option<ProviderId>,
    pub cipher_id: Option<CipherId>,
    pub collection_id: Option<CollectionId>,
    pub group_id: Option<GroupId>,
    pub policy_id: Option<PolicyId>,
    pub organization_user_id: Option<OrganizationUserId>,
    pub provider_user_id: Option<ProviderUserId>,
    /// The link to a client; such events carry no organization.
    pub provider_organization_id: Option<ProviderOrganizationId>,
    pub installation_id: Option<InstallationId>,
    pub device_type: Option<DeviceType>,
    pub ip_address: Option<String>,
    pub system_user: Option<EventSystemUser>,
    pub domain_name: Option<String>,
    pub secret_id: Option<SecretId>,
    pub project_id: Option<ProjectId>,
    pub service_account_id: Option<ServiceAccountId>,
    pub granted_service_account_id: Option<ServiceAccountId>,
    pub send_id: Option<SendId>,
}
