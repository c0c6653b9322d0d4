use portal_wire::OrganizationId;

const TEXT: &str = "9bf22fab-3bc6-4ca0-8ad4-305fea04c04a";

#[test]
fn an_id_is_lower_case_and_hyphenated_whatever_it_was_read_from() {
    for text in [TEXT, &TEXT.to_uppercase(), &TEXT.replace('-', "")] {
        let id: OrganizationId = text.parse().unwrap();
        assert_eq!(id.to_string(), TEXT);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{TEXT}\""));
    }
}

#[test]
fn what_is_no_id_is_refused() {
    for text in ["", "1", "9bf22fab-3bc6-4ca0-8ad4-305fea04c04g", "../organizations"] {
        assert!(text.parse::<OrganizationId>().is_err(), "{text}");
    }
    assert!(serde_json::from_str::<OrganizationId>("null").is_err());
}
