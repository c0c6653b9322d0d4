//! Two-step login.

use portal_server::{auth::totp, store::users};
use serde_json::{Value, json};

use crate::support::{
    Engine, Person, Server, contract,
    person::{PASSWORD, sign_in_form, with},
};

const ANN: &str = "ann@example.test";
const DAY: i64 = 24 * 3_600_000;

contract! {
    async fn the_app_is_turned_on_with_a_code_and_off_with_the_password(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        assert_eq!(server.get_as(&ann, "/api/two-factor").await.ok()["data"], json!([]));
        let path = "/api/two-factor/get-authenticator";
        server.send_as(&ann, "POST", path, json!({})).await.invalid("MasterPasswordHash");
        server.send_as(&ann, "POST", path, json!({ "masterPasswordHash": "x" })).await.invalid("MasterPasswordHash");
        let secret = turn_on(&server, &ann).await;
        let status = server.get_as(&ann, "/api/two-factor").await.ok();
        assert_eq!(status["data"], json!([{ "object": "twoFactorProvider", "type": 0, "enabled": true }]));
        assert_eq!(server.get_as(&ann, "/api/accounts/profile").await.ok()["twoFactorEnabled"], true);
        let again = server.send_as(&ann, "POST", path, json!({ "masterPasswordHash": PASSWORD })).await.ok();
        assert_eq!((&again["key"], &again["enabled"]), (&json!(secret), &json!(true)));
        let off = json!({ "type": 0, "masterPasswordHash": "x" });
        server.send_as(&ann, "PUT", "/api/two-factor/disable", off).await.invalid("MasterPasswordHash");
        let off = json!({ "type": 0, "masterPasswordHash": PASSWORD });
        server.send_as(&ann, "PUT", "/api/two-factor/disable", off).await.ok();
        assert_eq!(server.get_as(&ann, "/api/two-factor").await.ok()["data"], json!([]));
        server.sign_in(ANN).await;
    }

    async fn a_wrong_code_turns_nothing_on(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let proof = json!({ "masterPasswordHash": PASSWORD });
        let key = server.send_as(&ann, "POST", "/api/two-factor/get-authenticator", proof).await.ok()["key"].clone();
        let body = json!({ "key": key, "token": "abcdef", "masterPasswordHash": PASSWORD });
        server.send_as(&ann, "PUT", "/api/two-factor/authenticator", body).await.invalid("Token");
        let body = json!({ "key": key, "token": "000000", "masterPasswordHash": "x" });
        server.send_as(&ann, "PUT", "/api/two-factor/authenticator", body).await.invalid("MasterPasswordHash");
        assert_eq!(server.get_as(&ann, "/api/accounts/profile").await.ok()["twoFactorEnabled"], false);
    }

    async fn the_token_of_the_set_up_is_for_one_person_and_secret_and_half_an_hour(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let bob = server.person("bob@example.test").await;
        let get = async |person: &Person| {
            let proof = json!({ "masterPasswordHash": PASSWORD });
            server.send_as(person, "POST", "/api/two-factor/get-authenticator", proof).await.ok()
        };
        let (own, bobs) = (get(&ann).await, get(&bob).await);
        let refuse = async |key: &Value, token: &Value| {
            let code = code_now(&server, key.as_str().unwrap());
            let body = json!({ "key": key, "token": code, "userVerificationToken": token });
            server.send_as(&ann, "PUT", "/api/two-factor/authenticator", body).await.invalid("MasterPasswordHash");
        };
        refuse(&own["key"], &bobs["userVerificationToken"]).await;
        refuse(&bobs["key"], &bobs["userVerificationToken"]).await;
        refuse(&bobs["key"], &own["userVerificationToken"]).await;
        refuse(&own["key"], &json!("x")).await;
        server.advance(30 * 60_000);
        refuse(&own["key"], &own["userVerificationToken"]).await;
        assert_eq!(server.get_as(&ann, "/api/accounts/profile").await.ok()["twoFactorEnabled"], false);
    }

    async fn signing_in_asks_for_the_code_and_takes_each_once(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let secret = turn_on(&server, &ann).await;
        let refused = server.token(&sign_in_form(ANN)).await;
        assert_eq!(refused.status, 400);
        assert_eq!(
            refused.json(),
            json!({
                "error": "invalid_grant", "error_description": "Two factor required.",
                "TwoFactorProviders": ["0"], "TwoFactorProviders2": { "0": null },
                "MasterPasswordPolicy": { "Object": "masterPasswordPolicy" },
            })
        );
        let with_code = |code: &str| with(with(sign_in_form(ANN), "twoFactorProvider", "0"), "twoFactorToken", code);
        server.advance(30_000);
        let code = code_now(&server, &secret);
        server.token(&with_code(&code)).await.ok();
        let replayed = server.token(&with_code(&code)).await;
        assert_eq!(replayed.json()["error_description"], "invalid_username_or_password");
        server.advance(30_000);
        server.token(&with_code(&code_now(&server, &secret))).await.ok();
        let wrong = server.token(&with_code("12345")).await.json();
        assert_eq!(wrong["ErrorModel"]["Object"], "error");
        let other = with(with_code(&code), "twoFactorProvider", "1");
        assert_eq!(server.token(&other).await.json()["error_description"], "invalid_username_or_password");
    }

    async fn a_remembered_device_is_not_asked_for_thirty_days(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let secret = turn_on(&server, &ann).await;
        server.advance(30_000);
        let form = with(sign_in_form(ANN), "twoFactorProvider", "0");
        let form = with(with(form, "twoFactorToken", &code_now(&server, &secret)), "twoFactorRemember", "1");
        let token = server.token(&form).await.ok()["TwoFactorToken"].as_str().unwrap().to_owned();
        let remembered = with(with(sign_in_form(ANN), "twoFactorProvider", "5"), "twoFactorToken", &token);
        server.token(&remembered).await.ok();
        let elsewhere = with(remembered.clone(), "deviceIdentifier", "6f2c3f9e-0000-4000-8000-000000000002");
        assert_eq!(server.token(&elsewhere).await.json()["error_description"], "Two factor required.");
        let bob = server.person("bob@example.test").await;
        turn_on(&server, &bob).await;
        let foreign = with(remembered.clone(), "username", "bob@example.test");
        assert_eq!(server.token(&foreign).await.json()["error_description"], "Two factor required.");
        server.advance(29 * DAY);
        server.token(&remembered).await.ok();
        server.advance(2 * DAY);
        assert_eq!(server.token(&remembered).await.json()["error_description"], "Two factor required.");
    }

    async fn guessing_codes_is_stopped_whatever_address_it_comes_from(engine: Engine) {
        let server = Server::with(engine, |settings| {
            settings.trusted_proxy_header = Some("x-forwarded-for".parse().unwrap());
        }).await;
        let ann = server.person(ANN).await;
        turn_on(&server, &ann).await;
        let form = with(with(sign_in_form(ANN), "twoFactorProvider", "0"), "twoFactorToken", "abcdef");
        server.begin_minute();
        let mut last = 0;
        for number in 0..60 {
            let request = server.request("POST", "/identity/connect/token").form(&form);
            let request = request.header("x-forwarded-for", format!("203.0.113.{number}"));
            let request = request.header("bitwarden-client-version", "2026.8.0");
            last = crate::support::Answer::of(request).await.status;
        }
        assert_eq!(last, 429);
    }
}

fn code_now(server: &Server, secret: &str) -> String {
    totp::code_at(secret, server.app.context().clock.now()).unwrap()
}

/// Turns the app on and gives its secret.
async fn turn_on(server: &Server, person: &Person) -> String {
    let proof = json!({ "masterPasswordHash": PASSWORD });
    let given = server.send_as(person, "POST", "/api/two-factor/get-authenticator", proof).await.ok();
    let secret = given["key"].as_str().unwrap().to_owned();
    let body = json!({
        "key": secret, "token": code_now(server, &secret), "userVerificationToken": given["userVerificationToken"],
    });
    let on = server.send_as(person, "PUT", "/api/two-factor/authenticator", body).await.ok();
    assert_eq!(on["enabled"], true);
    let mut db = server.app.context().store.read().await.unwrap();
    let user = users::by_id(&mut db, person.id.parse().unwrap()).await.unwrap().unwrap();
    assert_ne!(json!(user.recovery_code), Value::Null);
    secret
}
