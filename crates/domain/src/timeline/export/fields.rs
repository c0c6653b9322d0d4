use portal_wire::Event;

/// Every id an event has, by the contract's name of the field.
pub(super) fn each_id(event: &Event, each: &mut dyn FnMut(&'static str, &str)) {
    let ids = [
        ("actingUserId", event.acting_user_id.map(|id| id.0.as_u128())),
        ("userId", event.user_id.map(|id| id.0.as_u128())),
        ("organizationId", event.organization_id.map(|id| id.0.as_u128())),
        ("providerId", event.provider_id.map(|id| id.0.as_u128())),
        ("cipherId", event.cipher_id.map(|id| id.0.as_u128())),
        ("collectionId", event.collection_id.map(|id| id.0.as_u128())),
        ("groupId", event.group_id.map(|id| id.0.as_u128())),
        ("policyId", event.policy_id.map(|id| id.0.as_u128())),
        ("organizationUserId", event.organization_user_id.map(|id| id.0.as_u128())),
        ("providerUserId", event.provider_user_id.map(|id| id.0.as_u128())),
        ("providerOrganizationId", event.provider_organization_id.map(|id| id.0.as_u128())),
        ("installationId", event.installation_id.map(|id| id.0.as_u128())),
        ("secretId", event.secret_id.map(|id| id.0.as_u128())),
        ("projectId", event.project_id.map(|id| id.0.as_u128())),
        ("serviceAccountId", event.service_account_id.map(|id| id.0.as_u128())),
        ("grantedServiceAccountId", event.granted_service_account_id.map(|id| id.0.as_u128())),
        ("sendId", event.send_id.map(|id| id.0.as_u128())),
    ];
    let mut text = String::with_capacity(36);
    for (key, id) in ids {
        if let Some(id) = id {
            text.clear();
            hyphenated(id, &mut text);
            each(key, &text);
        }
    }
}

fn hyphenated(id: u128, text: &mut String) {
    for place in 0..32 {
        if matches!(place, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        // Four bits.
        let digit = (id >> (124 - 4 * place) & 15) as u32;
        text.push(char::from_digit(digit, 16).unwrap_or('0'));
    }
}
