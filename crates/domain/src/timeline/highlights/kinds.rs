use portal_wire::EventType;

/// Whether such an event always means that something protects less than before.
pub(super) fn weakens(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::UserDisabled2fa
            | EventType::UserRecovered2fa
            | EventType::OrganizationUserAdminResetTwoFactor
            | EventType::OrganizationDisabledSso
            | EventType::OrganizationCollectionManagementLimitCollectionCreationDisabled
            | EventType::OrganizationCollectionManagementLimitCollectionDeletionDisabled
            | EventType::OrganizationCollectionManagementLimitItemDeletionDisabled
            | EventType::OrganizationCollectionManagementAllowAdminAccessToAllCollectionItemsEnabled
    )
}

/// Whether somebody saw a secret or took it: viewing an item shows none, and filling one in is everyday.
pub(super) fn reads(kind: EventType) -> bool {
    matches!(kind.number(), 1108..=1113 | 1117..=1132 | 2100) && !matches!(kind, EventType::Unknown(_))
}

/// The kind of what was removed, as [`Removed`] counts it.
pub(super) fn removal(kind: EventType) -> Option<usize> {
    Some(match kind {
        EventType::OrganizationUserRemoved | EventType::OrganizationUserDeleted => 0,
        EventType::OrganizationUserRevoked => 1,
        EventType::CipherDeleted | EventType::CipherSoftDeleted => 2,
        EventType::CollectionDeleted => 3,
        EventType::GroupDeleted => 4,
        EventType::ProviderUserRemoved => 5,
        EventType::ProviderOrganizationRemoved => 6,
        EventType::OrganizationDomainRemoved => 7,
        EventType::SecretDeleted | EventType::SecretPermanentlyDeleted => 8,
        EventType::ProjectDeleted => 9,
        EventType::ServiceAccountDeleted => 10,
        _ => return None,
    })
}
