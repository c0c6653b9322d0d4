//! What the log says of signing in and two-step login.

use portal_server::{auth::totp, operator};
use serde_json::json;
use sqlx::Row;

use crate::support::{
    Engine, Server, contract,
    person::{PASSWORD, sign_in_form, with},
};

const ANN: &str = "ann@example.test";

contract! {
    async fn signing_in_is_written_once_for_the_person_and_once_for_each_provider(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        server.sign_in(ANN).await;
        assert_eq!(copies(&server, 1000).await, (1, 0));
        let provider = make_provider(&server).await;
        server.sign_in(ANN).await;
        assert_eq!(copies(&server, 1000).await, (2, 1));
        server.token(&with(sign_in_form(ANN), "password", "d3Jvbmc=")).await;
        server.token(&sign_in_form("nobody@example.test")).await;
        assert_eq!(copies(&server, 1005).await, (1, 1));
        operator::set_provider_enabled(server.app.context(), provider, false).await.unwrap();
        server.sign_in(ANN).await;
        assert_eq!(copies(&server, 1000).await, (3, 1), "a disabled provider's log stays as it is");
    }

    async fn an_event_says_who_when_from_where_and_with_what(engine: Engine) {
        let server = Server::with(engine, |settings| {
            settings.trusted_proxy_header = Some("x-forwarded-for".parse().unwrap());
        }).await;
        let before = server.app.context().clock.now().0;
        server.register(ANN).await;
        let request = server.request("POST", "/identity/connect/token").form(&sign_in_form(ANN));
        let request = request.header("bitwarden-client-version", "2026.8.0");
        // What the caller claims stands left of what the trusted proxy added.
        let request = request.header("x-forwarded-for", "198.51.100.1, 203.0.113.7");
        crate::support::Answer::of(request).await.ok();
        let mut db = server.app.context().store.read().await.unwrap();
        let row = sqlx::query("SELECT * FROM events WHERE type = 1000").fetch_one(&mut *db).await.unwrap();
        assert_eq!(row.get::<String, _>("ip_address"), "203.0.113.7");
        assert_eq!(row.get::<i64, _>("device_type"), 9);
        assert!(row.get::<i64, _>("date") >= before);
        assert_eq!(row.get::<String, _>("acting_user_id"), row.get::<String, _>("user_id"));
    }

    async fn two_step_login_is_written_when_it_changes_and_when_it_fails(engine: Engine) {
        let server = Server::start(engine).await;
        server.register(ANN).await;
        make_provider(&server).await;
        let ann = server.sign_in(ANN).await;
        let proof = json!({ "masterPasswordHash": PASSWORD });
        let key = server.send_as(&ann, "POST", "/api/two-factor/get-authenticator", proof).await.ok()["key"].clone();
        let code = totp::code_at(key.as_str().unwrap(), server.app.context().clock.now());
        let body = json!({ "key": key, "token": code, "masterPasswordHash": PASSWORD });
        server.send_as(&ann, "PUT", "/api/two-factor/authenticator", body).await.ok();
        assert_eq!(copies(&server, 1002).await, (1, 1));
        server.token(&sign_in_form(ANN)).await;
        assert_eq!(copies(&server, 1006).await, (0, 0), "being asked is not failing");
        let form = with(with(sign_in_form(ANN), "twoFactorProvider", "0"), "twoFactorToken", "000");
        server.token(&form).await;
        assert_eq!(copies(&server, 1006).await, (1, 1));
        let body = json!({ "type": 0, "masterPasswordHash": PASSWORD });
        server.send_as(&ann, "PUT", "/api/two-factor/disable", body).await.ok();
        assert_eq!(copies(&server, 1003).await, (1, 1));
    }

    async fn tokens_carry_the_roles_of_the_moment_they_were_made(engine: Engine) {
        let server = Server::start(engine).await;
        let mut ann = server.person(ANN).await;
        let role = |token: &str| crate::support::person::claims(token)["providerprovideradmin"].clone();
        let provider = make_provider(&server).await;
        assert_eq!(role(&ann.access_token), json!(null));
        server.refresh(&mut ann).await;
        assert_eq!(role(&ann.access_token), json!(provider));
        let profile = server.get_as(&ann, "/api/accounts/profile").await.ok();
        assert_eq!(profile["providers"][0]["id"], json!(provider));
        assert_eq!(profile["providers"][0]["name"], json!(null), "a pending provider has no name yet");
        assert_eq!(profile["providers"][0]["useEvents"], true);
    }
}

/// How often an event of this type stands in personal logs, and in those of providers.
async fn copies(server: &Server, kind: i64) -> (i64, i64) {
    let mut db = server.app.context().store.read().await.unwrap();
    let count = async |db: &mut portal_server::store::Db, sql: &'static str| -> i64 {
        sqlx::query(sql).bind(kind).fetch_one(db).await.unwrap().get(0)
    };
    let personal =
        count(&mut db, "SELECT COUNT(*) FROM events WHERE type = $1 AND provider_id IS NULL").await;
    let of_providers =
        count(&mut db, "SELECT COUNT(*) FROM events WHERE type = $1 AND provider_id IS NOT NULL").await;
    (personal, of_providers)
}

/// A provider whose first admin is Ann, who has an account.
async fn make_provider(server: &Server) -> portal_wire::ProviderId {
    let order = operator::ProviderOrder {
        name: "Acme IT".to_owned(),
        admin_email: ANN.to_owned(),
        teams_minimum: 0,
        enterprise_minimum: 0,
    };
    let made = operator::create_provider(server.app.context(), &order).await.unwrap();
    assert_eq!(made.invitation, None);
    made.provider_id
}
