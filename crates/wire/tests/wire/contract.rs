use portal_wire::{
    client::{ClientRow, CreateClientRequest, UpdateClientRequest},
    error::ErrorResponse,
    identity::{RegisterFinishRequest, TokenError, TokenRequest, TokenSuccess},
    profile::{Permissions, Profile, ProfileProviderOrganization},
    provider::{InviteStaffRequest, Provider, SetupProviderRequest},
    *,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// Reads the text, and insists that writing it again gives the same.
fn there_and_back<T: Serialize + DeserializeOwned>(text: &str) -> T {
    let value: T = serde_json::from_str(text).unwrap();
    let written = serde_json::to_value(&value).unwrap();
    assert_eq!(written, serde_json::from_str::<Value>(text).unwrap());
    value
}

const LINK: &str = "5a1c7b9e-0000-4000-8000-000000000001";
const PROVIDER: &str = "5a1c7b9e-0000-4000-8000-000000000002";
const ORGANIZATION: &str = "5a1c7b9e-0000-4000-8000-000000000003";

#[test]
fn a_client_row_has_every_field_of_the_contract() {
    let row: ClientRow = there_and_back(&format!(
        r#"{{"object":"providerOrganizationOrganizationDetail","id":"{LINK}","providerId":"{PROVIDER}",
        "organizationId":"{ORGANIZATION}","key":"2.iv|ct|mac","settings":null,
        "creationDate":"2026-01-05T10:00:00.000Z","revisionDate":"2026-01-05T10:00:00.000Z",
        "userCount":3,"seats":25,"occupiedSeats":5,"remainingSeats":20,
        "plan":"Enterprise (Monthly)","organizationName":"Acme Ltd"}}"#
    ));
    assert_eq!(row.id.to_string(), LINK);
    assert_eq!(row.remaining_seats, Some(20));
}

#[test]
fn creating_a_client_has_the_shape_of_the_contract() {
    let request: CreateClientRequest = there_and_back(
        r#"{"name":"Acme Ltd","ownerEmail":"owner@acme.test","planType":19,"seats":25,
        "key":"2.iv|ct|mac","keyPair":{"publicKey":"MIIB…","encryptedPrivateKey":"2.iv|ct|mac"},
        "collectionName":"2.iv|ct|mac"}"#,
    );
    assert_eq!(request.plan_type, PlanType::EnterpriseMonthly);
}

#[test]
fn setting_seats_without_a_number_is_refused() {
    assert!(serde_json::from_str::<UpdateClientRequest>(r#"{"name":"Acme"}"#).is_err());
}

#[test]
fn a_required_text_left_out_or_null_reads_as_empty() {
    let request: SetupProviderRequest = serde_json::from_str(r#"{"name":null}"#).unwrap();
    assert_eq!((request.name.as_str(), request.key.as_str()), ("", ""));
    assert!(request.payment_method.is_none());
    let request: InviteStaffRequest = serde_json::from_str(r#"{"emails":null,"type":"1"}"#).unwrap();
    assert_eq!((request.emails.len(), request.kind), (0, ProviderUserType::ServiceUser));
}

#[test]
fn the_constant_object_is_written_and_not_read() {
    let provider: Provider =
        serde_json::from_str(&format!(r#"{{"object":7,"id":"{PROVIDER}","type":0,"unheardOf":[]}}"#))
            .unwrap();
    let written = serde_json::to_value(&provider).unwrap();
    assert_eq!(written["object"], "provider");
    assert_eq!(written["businessAddress1"], Value::Null);
    assert!(written.as_object().unwrap().contains_key("billingEmail"));
}

#[test]
fn an_answer_without_its_id_is_refused() {
    assert!(serde_json::from_str::<Provider>(r#"{"object":"provider","type":0}"#).is_err());
    assert!(serde_json::from_str::<Profile>(r#"{"object":"profile"}"#).is_err());
}

#[test]
fn a_page_of_events_is_read() {
    let page: List<Event> = serde_json::from_str(&format!(
        r#"{{"object":"list","continuationToken":"5250…","data":[
        {{"object":"event","type":1901,"date":"2026-02-01T09:30:00.123Z","actingUserId":"{LINK}",
        "providerId":"{PROVIDER}","providerOrganizationId":"{LINK}","organizationId":null,
        "deviceType":9,"ipAddress":"203.0.113.7","systemUser":null}}]}}"#
    ))
    .unwrap();
    assert_eq!(page.continuation_token.as_deref(), Some("5250…"));
    assert_eq!(page.data[0].kind, EventType::ProviderOrganizationAdded);
    assert_eq!(page.data[0].device_type, Some(DeviceType::ChromeBrowser));
    let written = serde_json::to_value(&page.data[0]).unwrap();
    assert_eq!(
        written.as_object().unwrap().len(),
        24,
        "every field of the contract is written, if only as null"
    );
}

#[test]
fn a_refusal_names_the_fields() {
    let error: ErrorResponse = there_and_back(
        r#"{"object":"error","message":"The model state is invalid.",
        "validationErrors":{"Seats":["'seats' must be greater than 0"]},
        "exceptionMessage":null,"exceptionStackTrace":null,"innerExceptionMessage":null}"#,
    );
    assert_eq!(
        error.texts().collect::<Vec<_>>(),
        ["The model state is invalid.", "'seats' must be greater than 0"]
    );
}

#[test]
fn the_demand_for_a_second_step_is_read() {
    let error: TokenError = there_and_back(
        r#"{"error":"invalid_grant","error_description":"Two factor required.",
        "TwoFactorProviders":["0","1"],
        "TwoFactorProviders2":{"0":null,"1":{"Email":"an***@example.test"}},
        "SsoEmail2faSessionToken":"…","Email":"ann@example.test",
        "MasterPasswordPolicy":{"Object":"masterPasswordPolicy"}}"#,
    );
    assert_eq!(error.two_factor_providers2.len(), 2);
}

#[test]
fn the_text_of_a_failed_sign_in_is_read_in_either_case() {
    for model in [r#""ErrorModel":{"Message":"no","Object":"error"}"#, r#""errorModel":{"message":"no"}"#] {
        let error: TokenError =
            serde_json::from_str(&format!(r#"{{"error":"invalid_grant",{model}}}"#)).unwrap();
        assert_eq!(error.error_model.unwrap().message, "no");
    }
}

#[test]
fn a_sign_in_is_read_in_either_case_and_with_anything_missing() {
    let pascal = r#"{"access_token":"a","expires_in":3600,"token_type":"Bearer","refresh_token":"r",
        "scope":"api offline_access","Key":"2.k","PrivateKey":"2.p","Kdf":0,"KdfIterations":600000,"KdfMemory":null,
        "ForcePasswordReset":false,"MasterPasswordPolicy":{"Object":"masterPasswordPolicy","MinLength":12},
        "AccountKeys":{"publicKeyEncryptionKeyPair":{"wrappedPrivateKey":"2.p","publicKey":"MII","signedPublicKey":null},
        "signatureKeyPair":null,"securityState":null,"Object":"privateKeys"},
        "UserDecryptionOptions":{"HasMasterPassword":true,"MasterPasswordUnlock":{"Kdf":{"KdfType":0,
        "Iterations":600000,"Memory":null,"Parallelism":null},"MasterKeyEncryptedUserKey":"2.k","Salt":"ann@example.test"},
        "Object":"userDecryptionOptions"}}"#;
    let camel = pascal
        .replace("\"Key\"", "\"key\"")
        .replace("\"Kdf", "\"kdf")
        .replace("\"UserD", "\"userD")
        .replace("\"HasM", "\"hasM")
        .replace("\"MasterPasswordUnlock", "\"masterPasswordUnlock")
        .replace("\"Salt", "\"salt");
    for text in [pascal, &camel] {
        let token: TokenSuccess = serde_json::from_str(text).unwrap();
        assert_eq!(token.key.as_deref(), Some("2.k"));
        assert_eq!(token.kdf_iterations, Some(600_000));
        let unlock = token.user_decryption_options.unwrap().master_password_unlock.unwrap();
        assert_eq!((unlock.salt.as_str(), unlock.kdf.kdf_type), ("ann@example.test", KdfType::Pbkdf2Sha256));
    }
    let refreshed: TokenSuccess = serde_json::from_str(r#"{"access_token":"a"}"#).unwrap();
    assert_eq!(refreshed.key, None);
    let written = serde_json::to_value(serde_json::from_str::<TokenSuccess>(pascal).unwrap()).unwrap();
    assert_eq!(written["AccountKeys"]["Object"], "privateKeys");
    assert_eq!(written["UserDecryptionOptions"]["Object"], "userDecryptionOptions");
    assert_eq!(written["access_token"], "a");
}

#[test]
fn a_sign_in_form_sends_only_what_is_set() {
    let request = TokenRequest {
        grant_type: "refresh_token".into(),
        client_id: "web".into(),
        refresh_token: Some("r".into()),
        ..TokenRequest::default()
    };
    assert_eq!(
        serde_json::to_value(&request).unwrap(),
        json!({"grant_type": "refresh_token", "client_id": "web", "refresh_token": "r"})
    );
    let read: TokenRequest =
        serde_json::from_value(json!({"grant_type": "password", "twoFactorToken": "123456"})).unwrap();
    assert_eq!(read.two_factor_token.as_deref(), Some("123456"));
}

#[test]
fn secrets_stay_out_of_debug_output() {
    let request = TokenRequest { password: Some("hunter2".into()), ..TokenRequest::default() };
    assert_eq!(format!("{request:?}"), "TokenRequest(…)");
    let token: TokenSuccess = serde_json::from_str(r#"{"access_token":"hunter2"}"#).unwrap();
    assert!(!format!("{token:?}").contains("hunter2"));
}

#[test]
fn both_forms_of_registering_are_read() {
    let new: RegisterFinishRequest = serde_json::from_value(json!({
        "email": "ann@example.test",
        "masterPasswordAuthentication": {
            "kdf": {"kdfType": 1, "iterations": 6, "memory": 32, "parallelism": 4},
            "masterPasswordAuthenticationHash": "h", "salt": "ann@example.test"
        },
        "masterPasswordUnlock": {
            "kdf": {"kdfType": 1, "iterations": 6, "memory": 32, "parallelism": 4},
            "masterKeyWrappedUserKey": "2.k", "salt": "ann@example.test"
        },
        "userAsymmetricKeys": {"publicKey": "MII", "encryptedPrivateKey": "2.p"},
        "emailVerificationToken": "t"
    }))
    .unwrap();
    assert_eq!(new.master_password_unlock.unwrap().kdf, new.master_password_authentication.unwrap().kdf);
    let old: RegisterFinishRequest = serde_json::from_value(json!({
        "email": "ann@example.test", "masterPasswordHash": "h", "userSymmetricKey": "2.k",
        "kdf": 0, "kdfIterations": 600_000, "providerInviteToken": "t", "providerUserId": LINK
    }))
    .unwrap();
    assert_eq!(
        (old.kdf, old.provider_user_id.unwrap().to_string()),
        (Some(KdfType::Pbkdf2Sha256), LINK.into())
    );
}

#[test]
fn flags_have_bitwardens_spelling() {
    let written = serde_json::to_value(ProfileProviderOrganization::default()).unwrap();
    for name in ["use2fa", "useTotp", "useDisableSMAdsForUsers", "useMyItems", "accessPam", "maxStorageGb"] {
        assert!(written.as_object().unwrap().contains_key(name), "{name}");
    }
    let organization = serde_json::to_value(organization::Organization::default()).unwrap();
    assert!(organization.as_object().unwrap().contains_key("useDisableSmAdsForUsers"));
    let plan = serde_json::to_value(plan::Plan::default()).unwrap();
    assert!(plan.as_object().unwrap().contains_key("has2fa"));
}

#[test]
fn missing_permissions_are_not_granted() {
    let permissions: Permissions = serde_json::from_str(r#"{"manageUsers":true}"#).unwrap();
    assert_eq!(permissions, Permissions { manage_users: true, ..Permissions::default() });
    assert_eq!(serde_json::to_value(permissions).unwrap().as_object().unwrap().len(), 13);
}
