//! Signing in, staying signed in, and being refused.

use serde_json::json;

use crate::support::{
    Answer, Engine, Server, contract,
    person::{ENC2, claims, public_key, sign_in_form, with},
};

const ANN: &str = "ann@example.test";
const DAY: i64 = 24 * 3_600_000;

contract! {
    async fn a_sign_in_answers_tokens_and_keys_in_the_contracts_spelling(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        let answer = server.token(&sign_in_form(" Ann@Example.TEST ")).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        let tokens = answer.ok();
        assert_eq!(tokens["token_type"], "Bearer");
        assert_eq!(tokens["expires_in"], 3600);
        assert_eq!(tokens["scope"], "api offline_access");
        assert_eq!(tokens["Key"], ENC2);
        assert_eq!(tokens["PrivateKey"], ENC2);
        assert_eq!(tokens["Kdf"], 0);
        assert_eq!(tokens["KdfIterations"], 600_000);
        assert_eq!(tokens["ForcePasswordReset"], false);
        assert_eq!(tokens["MasterPasswordPolicy"]["Object"], "masterPasswordPolicy");
        assert_eq!(tokens["AccountKeys"]["Object"], "privateKeys");
        assert_eq!(tokens["AccountKeys"]["publicKeyEncryptionKeyPair"]["publicKey"], public_key(ANN));
        let options = &tokens["UserDecryptionOptions"];
        assert_eq!(options["Object"], "userDecryptionOptions");
        assert_eq!(options["HasMasterPassword"], true);
        assert_eq!(options["MasterPasswordUnlock"]["Kdf"]["Iterations"], 600_000);
        assert_eq!(options["MasterPasswordUnlock"]["MasterKeyEncryptedUserKey"], ENC2);
        assert_eq!(options["MasterPasswordUnlock"]["Salt"], ANN);
        assert!(tokens.get("TwoFactorToken").is_none());
        let claims = claims(tokens["access_token"].as_str().unwrap());
        assert_eq!(claims["email"], ANN);
        assert_eq!(claims["devicetype"], "ChromeBrowser");
        assert_eq!(claims["amr"], json!(["Application"]));
        assert_eq!(claims["scope"], json!(["api", "offline_access"]));
    }

    async fn a_wrong_password_and_an_unknown_address_are_refused_alike(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        let wrong = server.token(&with(sign_in_form(ANN), "password", "d3Jvbmc=")).await;
        let unknown = server.token(&sign_in_form("bob@example.test")).await;
        assert_eq!((wrong.status, unknown.status), (400, 400));
        assert_eq!(wrong.json(), unknown.json());
        let error = wrong.json();
        assert_eq!(error["error"], "invalid_grant");
        assert_eq!(error["error_description"], "invalid_username_or_password");
        assert_eq!(error["ErrorModel"]["Object"], "error");
    }

    async fn credentials_come_before_the_version_and_the_version_before_the_device(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        let no_version = |form: Vec<(&'static str, String)>| {
            let request = server.request("POST", "/identity/connect/token").form(&form);
            async { Answer::of(request).await.json()["error"].as_str().unwrap().to_owned() }
        };
        assert_eq!(no_version(with(sign_in_form(ANN), "password", "d3Jvbmc=")).await, "invalid_grant");
        assert_eq!(no_version(with(sign_in_form(ANN), "deviceName", "")).await, "version_header_missing");
        for field in ["deviceType", "deviceIdentifier", "deviceName"] {
            let error = server.token(&with(sign_in_form(ANN), field, "")).await;
            assert_eq!(error.status, 400);
            assert_eq!(error.json()["error"], "device_error");
            assert_eq!(error.json()["error_description"], "No device information provided");
        }
        let garbled = server.request("POST", "/identity/connect/token").header("bitwarden-client-version", "new");
        let error = Answer::of(garbled.form(&sign_in_form(ANN))).await;
        assert_eq!(error.json()["error"], "version_header_missing");
    }

    async fn unknown_clients_and_grants_are_refused(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        let error = async |form: Vec<(&'static str, String)>| server.token(&form).await.json()["error"].clone();
        assert_eq!(error(with(sign_in_form(ANN), "client_id", "nobody")).await, "invalid_client");
        assert_eq!(error(with(sign_in_form(ANN), "grant_type", "implicit")).await, "unsupported_grant_type");
        assert_eq!(error(Vec::new()).await, "invalid_request");
    }

    async fn field_names_are_read_in_any_case(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        let form: Vec<_> = sign_in_form(ANN).into_iter().map(|(name, value)| (name.to_uppercase(), value)).collect();
        let request = server.request("POST", "/identity/connect/token").header("bitwarden-client-version", "2026.8.0");
        Answer::of(request.form(&form)).await.ok();
    }

    async fn a_refresh_hands_the_same_token_back_for_seven_more_days(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let form = [
            ("grant_type", "refresh_token".to_owned()),
            ("client_id", "web".to_owned()),
            ("refresh_token", ann.refresh_token.clone()),
        ];
        for _ in 0..3 {
            server.advance(6 * DAY);
            let tokens = server.token(&form).await.ok();
            assert_eq!(tokens["refresh_token"], ann.refresh_token);
            assert!(tokens.get("Key").is_none());
        }
        server.advance(7 * DAY + 1_000);
        let refused = server.token(&form).await;
        assert_eq!((refused.status, refused.text.as_str()), (400, r#"{"error":"invalid_grant"}"#));
        let unknown = with(form.to_vec(), "refresh_token", "unknown");
        assert_eq!(server.token(&unknown).await.refused_by_oauth(), "invalid_grant");
    }

    async fn a_refresh_token_is_for_the_program_it_was_given_to_and_no_other_token_is_one(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let refresh = async |client: &str, token: &str| {
            let form = [("grant_type", "refresh_token"), ("client_id", client), ("refresh_token", token)];
            server.token(&form.map(|(name, value)| (name, value.to_owned()))).await
        };
        assert_eq!(refresh("cli", &ann.refresh_token).await.refused_by_oauth(), "invalid_grant");
        assert_eq!(refresh("web", &ann.access_token).await.refused_by_oauth(), "invalid_grant");
        let request = server.request("GET", "/api/accounts/profile").bearer_auth(&ann.refresh_token);
        Answer::of(request).await.refused(401);
        let registration = server.registration_token("bob@example.test").await;
        let request = server.request("GET", "/api/accounts/profile").bearer_auth(registration.as_str().unwrap());
        Answer::of(request).await.refused(401);
        refresh("web", &ann.refresh_token).await.ok();
    }

    async fn a_kind_of_device_this_version_does_not_know_is_kept_as_it_came(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        let tokens = server.token(&with(sign_in_form(ANN), "deviceType", "12345")).await.ok();
        assert!(claims(tokens["access_token"].as_str().unwrap()).get("devicetype").is_none());
        assert_eq!(server.token(&with(sign_in_form(ANN), "deviceType", "toaster")).await.refused_by_oauth(), "device_error");
        assert_eq!(server.token(&with(sign_in_form(ANN), "deviceType", "99999999999")).await.refused_by_oauth(), "device_error");
    }

    async fn a_form_of_another_kind_or_of_ten_megabytes_is_refused(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        let request = || server.request("POST", "/identity/connect/token").header("bitwarden-client-version", "2026.8.0");
        let json: std::collections::BTreeMap<_, _> = sign_in_form(ANN).into_iter().collect();
        Answer::of(request().json(&json)).await.refused(400);
        Answer::of(request().body("grant_type=password")).await.refused(400);
        let huge = with(sign_in_form(ANN), "password", &"x".repeat(10_000_000));
        // The connection may be cut while the body is still being sent.
        if let Ok(response) = request().form(&huge).send().await {
            assert_eq!(response.status(), 413);
        }
        server.sign_in(ANN).await;
    }

    async fn without_offline_access_there_is_no_refresh_token(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        let tokens = server.token(&with(sign_in_form(ANN), "scope", "api")).await.ok();
        assert!(tokens.get("refresh_token").is_none_or(|token| token.is_null()));
        assert_eq!(tokens["scope"], "api");
    }

    async fn an_access_token_ends_after_an_hour(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        server.advance(50 * 60_000);
        server.get_as(&ann, "/api/accounts/revision-date").await.ok();
        server.advance(10 * 60_000 + 1_000);
        server.get_as(&ann, "/api/accounts/revision-date").await.refused(401);
    }

    async fn sessions_go_on_behind_another_process_and_after_a_restart(engine: Engine) {
        let server = Server::start(engine).await;
        let mut ann = server.person(ANN).await;
        let second = server.second_process().await;
        second.get_as(&ann, "/api/accounts/revision-date").await.ok();
        let server = server.restart().await;
        server.refresh(&mut ann).await;
        server.get_as(&ann, "/api/accounts/revision-date").await.ok();
    }

    async fn a_persons_api_key_signs_in_without_a_refresh_token(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let mut db = server.app.context().store.read().await.unwrap();
        let user = portal_server::store::users::by_id(&mut db, ann.id.parse().unwrap()).await.unwrap().unwrap();
        drop(db);
        let form = with(sign_in_form(ANN), "grant_type", "client_credentials");
        let form = with(with(form, "client_id", &format!("user.{}", ann.id)), "scope", "api");
        let tokens = server.token(&with(form.clone(), "client_secret", &user.api_key)).await.ok();
        assert_eq!(tokens["Key"], ENC2);
        assert!(tokens.get("refresh_token").is_none_or(|token| token.is_null()));
        let refused = server.token(&with(form.clone(), "client_secret", "wrong")).await;
        assert_eq!((refused.status, refused.text.as_str()), (400, r#"{"error":"invalid_client"}"#));
        let nobody = with(form, "client_id", "user.00000000-0000-0000-0000-000000000000");
        assert_eq!(server.token(&with(nobody, "client_secret", "")).await.json()["error"], "invalid_client");
        let organization = [
            ("grant_type", "client_credentials".to_owned()),
            ("client_id", format!("organization.{}", ann.id)),
            ("client_secret", user.api_key),
        ];
        assert_eq!(server.token(&organization).await.json()["error"], "invalid_client");
    }

    async fn a_known_device_is_known_before_signing_in(engine: Engine) {
        let server = Server::start(engine).await;
        server.person(ANN).await;
        let ask = async |email: &str, device: &str| {
            let email = data_encoding::BASE64URL_NOPAD.encode(email.as_bytes());
            let request = server.request("GET", "/api/devices/knowndevice");
            Answer::of(request.header("x-request-email", email).header("x-device-identifier", device)).await.ok()
        };
        assert_eq!(ask(ANN, "6f2c3f9e-0000-4000-8000-000000000001").await, json!(true));
        assert_eq!(ask(ANN, "6f2c3f9e-0000-4000-8000-000000000002").await, json!(false));
        assert_eq!(ask("bob@example.test", "6f2c3f9e-0000-4000-8000-000000000001").await, json!(false));
        server.get("/api/devices/knowndevice").await.refused(400);
    }

    async fn a_new_device_is_checked_by_mail_where_that_is_on(engine: Engine) {
        let server = Server::with(engine, |settings| settings.new_device_check = true).await;
        server.person(ANN).await;
        let form = with(sign_in_form(ANN), "deviceIdentifier", "6f2c3f9e-0000-4000-8000-000000000002");
        server.token(&form).await.ok();
        server.advance(2 * DAY);
        server.sign_in(ANN).await;
        let form = with(sign_in_form(ANN), "deviceIdentifier", "6f2c3f9e-0000-4000-8000-000000000003");
        let refused = server.token(&form).await.json();
        assert_eq!(refused["error"], "device_error");
        assert_eq!(refused["error_description"], "New device verification required");
        assert_eq!(refused["ErrorModel"]["Message"], "new device verification required");
        let code = mailed_code(&server).await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let refused = server.token(&with(form.clone(), "newDeviceOtp", wrong)).await.json();
        assert_eq!(refused["ErrorModel"]["Message"], "invalid new device otp");
        server.token(&with(form.clone(), "newDeviceOtp", &code)).await.ok();
        server.token(&form).await.ok();
    }
}

/// The six digits in the one mail of the outbox.
async fn mailed_code(server: &Server) -> String {
    let context = server.app.context();
    let mut tx = context.store.write().await.unwrap();
    let now = context.clock.now();
    let due = portal_server::store::outbox::take_due(&mut tx, now, now, 10).await.unwrap();
    let [mail] = due.as_slice() else { panic!("{} mails", due.len()) };
    mail.body
        .lines()
        .find(|line| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit()))
        .unwrap()
        .to_owned()
}
