use portal_wire::*;

#[test]
fn there_are_153_events_and_each_number_comes_back() {
    assert_eq!(EventType::ALL.len(), 153);
    for event in EventType::ALL {
        assert_eq!(EventType::from_number(event.number()), *event);
        assert!(event.name().is_some());
    }
    assert!(EventType::ALL.is_sorted_by_key(|event| event.number()));
}

#[test]
fn the_numbers_are_those_of_the_contract() {
    assert_eq!(EventType::ProviderOrganizationVaultAccessed.number(), 1903);
    assert_eq!(EventType::UserFailedLogIn2fa.name(), Some("User_FailedLogIn2fa"));
    assert_eq!(OrganizationUserStatus::Revoked.number(), -1);
    assert_eq!(OrganizationUserType::Custom.number(), 4);
    assert_eq!(PlanType::EnterpriseAnnually.number(), 20);
    assert_eq!(PaymentMethodType::None.number(), 255);
    assert_eq!(DeviceType::DuckDuckGoBrowser.number(), 26);
    assert_eq!(PolicyType::FillAssist.number(), 22);
    assert_eq!(ProviderStatus::Billable.number(), 2);
}

#[test]
fn an_unknown_number_is_kept() {
    let read: Vec<EventType> = serde_json::from_str("[1200, 2999, -7, 1000]").unwrap();
    assert_eq!(
        read,
        [EventType::Unknown(1200), EventType::Unknown(2999), EventType::Unknown(-7), EventType::UserLoggedIn]
    );
    assert_eq!(serde_json::to_string(&read).unwrap(), "[1200,2999,-7,1000]");
    assert_eq!(OrganizationUserType::from_number(3), OrganizationUserType::Unknown(3));
}

#[test]
fn a_number_may_stand_in_quotes() {
    assert_eq!(serde_json::from_str::<PlanType>("\"19\"").unwrap(), PlanType::EnterpriseMonthly);
}

#[test]
fn what_is_no_number_is_refused() {
    for text in ["\"\"", "\"Owner\"", "null", "true", "99999999999", "[1]"] {
        assert!(serde_json::from_str::<PlanType>(text).is_err(), "{text}");
    }
}
