//! The own account, and what everybody may know of others.

use serde_json::json;

use crate::support::{
    Answer, Engine, Server, contract,
    person::{ENC2, PASSWORD, public_key},
};

const ANN: &str = "ann@example.test";

contract! {
    async fn a_profile_carries_the_person_and_no_role_yet(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let profile = server.get_as(&ann, "/api/accounts/profile").await.ok();
        assert_eq!(profile["object"], "profile");
        assert_eq!(profile["id"], ann.id);
        assert_eq!(profile["email"], ANN);
        assert_eq!(profile["key"], ENC2);
        assert_eq!(profile["privateKey"], ENC2);
        assert_eq!(profile["accountKeys"]["object"], "privateKeys");
        for empty in ["organizations", "organizationsNew", "providers", "providerOrganizations"] {
            assert_eq!(profile[empty], json!([]), "{empty}");
        }
        assert_eq!(server.get_as(&ann, "/api/organizations").await.ok()["data"], json!([]));
    }

    async fn a_sync_carries_the_profile_and_an_empty_vault(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let sync = server.get_as(&ann, "/api/sync?excludeDomains=true").await.ok();
        assert_eq!(sync["object"], "sync");
        assert_eq!(sync["profile"]["id"], ann.id);
        assert_eq!(sync["domains"], json!(null));
        for empty in ["folders", "collections", "ciphers", "policies", "sends"] {
            assert_eq!(sync[empty], json!([]), "{empty}");
        }
        let unlock = &sync["userDecryption"]["masterPasswordUnlock"];
        assert_eq!(unlock["kdf"]["iterations"], 600_000);
        assert_eq!(unlock["salt"], ANN);
        assert_eq!(server.get_as(&ann, "/api/sync").await.ok()["domains"]["object"], "domains");
    }

    async fn changing_the_profile_moves_the_revision_date(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let before = server.get_as(&ann, "/api/accounts/revision-date").await.ok().as_i64().unwrap();
        server.advance(5_000);
        let name = "Ann \u{202e}<b>&\u{1f600}";
        let body = json!({ "Name": name, "MASTERPASSWORDHINT": "hint", "unknown": [1] });
        let profile = server.send_as(&ann, "PUT", "/api/accounts/profile", body).await.ok();
        assert_eq!(profile["name"], name);
        let after = server.get_as(&ann, "/api/accounts/revision-date").await.ok().as_i64().unwrap();
        assert!(after >= before + 5_000);
        let profile = server.get_as(&ann, "/api/accounts/profile").await.ok();
        assert_eq!(profile["name"], name);
    }

    async fn the_id_of_the_key_can_be_left_by_its_owner(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let leave = "/api/accounts/key-management/user-key-id";
        let kept = server.send_as(&ann, "POST", leave, json!({ "userKeyId": "ec66a229fea21ede46a5acc11e091416" })).await;
        assert_eq!(kept.status, 200);
        let long = server.send_as(&ann, "POST", leave, json!({ "userKeyId": "0".repeat(65) })).await;
        assert_eq!(long.status, 400);
    }

    async fn limits_hold_when_the_form_is_bypassed(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let put = async |body| server.send_as(&ann, "PUT", "/api/accounts/profile", body).await;
        put(json!({ "name": "a".repeat(51) })).await.invalid("Name");
        put(json!({ "name": "\u{1f600}".repeat(26) })).await.invalid("Name");
        put(json!({ "masterPasswordHint": "a".repeat(51) })).await.invalid("MasterPasswordHint");
        put(json!({ "culture": "a".repeat(11) })).await.invalid("Culture");
        put(json!({ "name": 7 })).await.invalid("$.name");
        assert_eq!(server.get_as(&ann, "/api/accounts/profile").await.ok()["name"], json!(null));
    }

    async fn broken_and_huge_bodies_are_refused_and_change_nothing(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let send = async |body: String| {
            let request = server.request_as(&ann, "PUT", "/api/accounts/profile");
            Answer::of(request.header("content-type", "application/json").body(body)).await
        };
        for broken in ["", "{", r#"{"name": "Ann"#, r#"{"name": "Ann"} x"#, "\u{0}", r#"{"name": "\ud800"}"#] {
            send(broken.to_owned()).await.invalid("$");
        }
        send(format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000))).await.invalid("$");
        send(format!(r#"{{"name": "{}"}}"#, "a".repeat(10 * 1024 * 1024))).await.refused(413);
        assert_eq!(server.get_as(&ann, "/api/accounts/profile").await.ok()["name"], json!(null));
    }

    async fn the_password_is_verified(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let path = "/api/accounts/verify-password";
        let right = json!({ "masterPasswordHash": PASSWORD });
        assert_eq!(server.send_as(&ann, "POST", path, right).await.ok()["object"], "masterPasswordPolicy");
        server.send_as(&ann, "POST", path, json!({ "masterPasswordHash": "x" })).await.invalid("MasterPasswordHash");
        server.send_as(&ann, "POST", path, json!({})).await.invalid("MasterPasswordHash");
    }

    async fn public_keys_are_for_everybody_signed_in(engine: Engine) {
        let server = Server::start(engine).await;
        let ann = server.person(ANN).await;
        let bob = server.person("bob@example.test").await;
        let path = format!("/api/users/{}/public-key", bob.id);
        let expected = json!({ "object": "userKey", "userId": bob.id, "publicKey": public_key(&bob.email) });
        assert_eq!(server.get_as(&ann, &path).await.ok(), expected);
        let keys = server.get_as(&ann, &format!("/api/users/{}/keys", bob.id)).await.ok();
        assert_eq!(keys["publicKey"], public_key(&bob.email));
        server.get(&path).await.refused(401);
        for unknown in ["00000000-0000-0000-0000-000000000000", "nobody", "%00"] {
            server.get_as(&ann, &format!("/api/users/{unknown}/public-key")).await.refused(404);
        }
    }

    async fn the_plans_and_their_prices_are_public(engine: Engine) {
        let server = Server::start(engine).await;
        let plans = server.get("/api/plans").await.ok();
        let prices: Vec<_> = plans["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|plan| (plan["type"].as_i64(), plan["name"].as_str(), &plan["passwordManager"]["providerPortalSeatPrice"]))
            .collect();
        assert_eq!(
            prices,
            [
                (Some(17), Some("Teams (Monthly)"), &json!(4.0)),
                (Some(19), Some("Enterprise (Monthly)"), &json!(6.0)),
                (Some(20), Some("Enterprise (Annually)"), &json!(72.0)),
            ]
        );
    }
}
